"""Common protobuf values: calendar dates, instants, enum words, plain text and names (reliability S3)."""

import time
import unicodedata
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date
from hypothesis import given
from hypothesis import strategies as st
from psmf.evidence.v1 import evidence_pb2 as pb

from services.platform.calls.wire import (
    from_date,
    from_instant,
    from_word,
    name_parts,
    to_date,
    to_instant,
    to_member,
    to_needed_text,
    to_text,
    to_word,
)
from services.refusals import Refusal


class Polarity(StrEnum):
    """Values of the contract's enum."""

    PRAISE = "praise"
    NEUTRAL = "neutral"
    CONCERN = "concern"


@given(st.dates())
def test_a_date_comes_back_as_it_went(day: date) -> None:
    assert from_date(pb.EvidenceItem(happened_date=to_date(day)), "happened_date") == day


def test_a_date_left_out_is_none() -> None:
    assert from_date(pb.EvidenceItem(), "happened_date") is None
    assert to_date(None) is None


@pytest.mark.parametrize(
    "day",
    [(2026, 2, 30), (2025, 2, 29), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0), (0, 1, 1), (10_000, 1, 1), (-1, 1, 1)],
)
def test_what_is_no_day_of_the_calendar_is_refused(day: tuple[int, int, int]) -> None:
    message = pb.EvidenceItem(happened_date=Date(year=day[0], month=day[1], day=day[2]))
    with pytest.raises(Refusal) as refused:
        from_date(message, "happened_date", "evidence_item.")
    assert (refused.value.reason, refused.value.field) == ("NOT_A_DATE", "evidence_item.happened_date")


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_comes_back_as_it_went(instant: datetime) -> None:
    assert from_instant(to_instant(instant)) == instant


@pytest.mark.parametrize("seconds", [2**62, -(2**62), 253402300800, -62135596801])
def test_an_instant_outside_the_calendar_is_refused(seconds: int) -> None:
    with pytest.raises(Refusal, match="NOT_AN_INSTANT"):
        from_instant(Timestamp(seconds=seconds))


def test_a_word_of_an_enum_comes_back_as_it_went() -> None:
    for member in Polarity:
        number = from_word(pb.Polarity, member)
        assert to_word(pb.Polarity, number) == member
        assert to_member(Polarity, pb.Polarity, number) is member
    assert from_word(pb.Polarity, None) == 0
    assert to_word(pb.Polarity, 0) == ""


@pytest.mark.parametrize("number", [99, -1, 2**31 - 1])
def test_a_value_the_contract_does_not_have_is_refused(number: int) -> None:
    with pytest.raises(Refusal, match="UNKNOWN_VALUE"):
        to_word(pb.Polarity, number, "polarity")


@pytest.mark.parametrize("number", [0, 99])
def test_a_member_is_needed_and_known(number: int) -> None:
    with pytest.raises(Refusal, match="UNKNOWN_VALUE"):
        to_member(Polarity, pb.Polarity, number, "polarity")


def test_text_is_kept_in_one_form_without_space_around_it() -> None:
    assert to_text("  cafe\u0301\n", "summary", 20) == "caf\u00e9"
    assert to_text("first line\n\tsecond", "summary", 20) == "first line\n\tsecond"
    assert to_text("", "summary", 20) == ""


@given(st.text(max_size=60))
def test_text_is_in_one_form_or_refused(text: str) -> None:
    try:
        kept = to_text(text, "summary", 50)
    except Refusal as refused:
        assert refused.reason in ("TEXT_TOO_LONG", "TEXT_NOT_PLAIN")  # noqa: PT017
        return
    assert kept == unicodedata.normalize("NFC", kept)
    assert to_text(kept, "summary", 50) == kept
    assert len(kept) <= 50


@pytest.mark.parametrize(
    "text",
    ["a\x00b", "a\x07b", "a\x1b[31mb", "a\rb", "a\x7fb", "a\x9fb", "a\u202eb", "a\u2066b"],
    ids=["NUL", "bell", "escape", "carriage return", "delete", "C1", "right-to-left override", "isolate"],
)
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        to_text(text, "summary", 20)
    assert (refused.value.reason, refused.value.field) == ("TEXT_NOT_PLAIN", "summary")
    assert "b" not in refused.value.metadata.values()


def test_length_is_counted_in_characters_as_they_are_kept() -> None:
    assert to_text("e\u0301" * 20, "summary", 20) == "\u00e9" * 20
    assert len(to_text("\U0001f600" * 20, "summary", 20)) == 20
    with pytest.raises(Refusal, match="TEXT_TOO_LONG"):
        to_text("e\u0301" * 21, "summary", 20)


@pytest.mark.parametrize("text", ["a" + "\u0300\u0316" * 250_000, "x" * 1_000_000, "\u0958" * 300_000])
def test_a_bomb_of_text_is_refused_at_once(text: str) -> None:
    started = time.process_time()
    with pytest.raises(Refusal, match="TEXT_TOO_LONG"):
        to_text(text, "summary", 4000)
    assert time.process_time() - started < 0.5, "the length must be checked before anything else"


def test_words_that_must_be_there_are_not_white_space() -> None:
    assert to_needed_text(" said ", "text", 20) == "said"
    for empty in ("", "  \n", "\u00a0", "\u3000"):
        with pytest.raises(Refusal, match="FIELD_MISSING"):
            to_needed_text(empty, "text", 20)


def test_a_name_gives_the_ids_in_it() -> None:
    assert name_parts("safeguarders/sg-one", "safeguarders") == ("sg-one",)
    assert name_parts("safeguarders/a/concerns/b", "safeguarders", "concerns") == ("a", "b")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "safeguarders",
        "safeguarders/",
        "/",
        "people/a",
        "safeguarders/a/",
        "safeguarders/a/concerns/b",
        "a/safeguarders",
    ],
)
def test_a_name_of_another_form_is_refused_with_the_form_it_should_have(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        name_parts(name, "safeguarders", field="parent")
    assert (refused.value.reason, refused.value.field) == ("NAME_NOT_VALID", "parent")
    assert refused.value.metadata == {"form": "safeguarders/{id}"}
