"""What on file may be about the same thing is shown to the person who records an item; it decides nothing (P17)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.evidence.domain.evidence_item import Content, EvidenceClass, EvidenceId, EvidenceItem, ItemState, Kind
from services.evidence.domain.similar import MOST, Likeness, similar_items

DAY, WORDS = date(2026, 11, 16), "The report came late, and nobody was told."
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def content(**fields: Any) -> Content:
    given: dict[str, Any] = {
        "kind": Kind.FEEDBACK, "source": "reporter", "aspect": "practice", "setting": "appointment",
        "evidence_class": EvidenceClass.STANDARD, "happened_on": DAY, "received_on": date(2026, 11, 24),
    }  # fmt: skip
    return Content(**(given | fields))


def on_file(**fields: Any) -> EvidenceItem:
    said = content(**({"summary": "A talk."} | fields))
    return EvidenceItem(EvidenceId("e-1"), "sg-1", said, None, NOW, NOW, "panel-team", "r-1", history=False)


def likeness(held: EvidenceItem, **fields: Any) -> tuple[Likeness, ...]:
    sent = content(**({"summary": WORDS} | fields))
    return tuple(alike for one in similar_items(sent, [held]) for alike in one.likeness)


@pytest.mark.parametrize(
    ("held", "sent", "alike"),
    [
        ({"summary": "the REPORT came late; and nobody was told"}, {"source": "child"}, (Likeness.SAME_WORDS,)),
        ({}, {}, (Likeness.SAME_DAY,)),
        ({}, {"kind": Kind.COMPLAINT}, (Likeness.SAME_DAY,)),
        ({"happened_on": date(2026, 11, 9)}, {}, (Likeness.NEAR_DAY,)),
        ({"happened_on": date(2026, 11, 23)}, {}, (Likeness.NEAR_DAY,)),
        ({"happened_on": date(2026, 11, 8)}, {}, ()),
        ({"source": "sheriff"}, {}, ()),
        ({"case_reference": "case-aaaa"}, {"case_reference": "case-bbbb"}, ()),
        ({"case_reference": "case-aaaa"}, {}, (Likeness.SAME_DAY,)),
        (
            {"case_reference": "case-aaaa", "happened_on": date(2026, 3, 2)},
            {"case_reference": "case-aaaa"},
            (Likeness.SAME_CASE,),
        ),
        ({"summary": ""}, {"summary": "", "source": "child"}, ()),
    ],
)
def test_an_item_resembles_another_by_its_words_or_by_source_and_day(
    held: dict[str, Any], sent: dict[str, Any], alike: tuple[Likeness, ...]
) -> None:
    assert likeness(on_file(**held), **sent) == alike


def test_what_is_not_on_file_any_more_resembles_nothing() -> None:
    for state in (ItemState.WITHDRAWN, ItemState.SUPERSEDED):
        assert likeness(on_file(summary=WORDS)._replace(state=state)) == ()
    assert likeness(on_file(summary=WORDS)._replace(state=ItemState.HELD)) != ()


def test_the_surest_come_first_and_no_more_than_somebody_compares() -> None:
    near = [on_file(happened_on=date(2026, 11, 14))] * MOST
    found = similar_items(on_file(summary=WORDS).content, [*near, on_file(), on_file(summary=WORDS, source="child")])
    assert [one.likeness[0] for one in found] == [
        Likeness.SAME_WORDS, Likeness.SAME_DAY, *[Likeness.NEAR_DAY] * (MOST - 2)
    ]  # fmt: skip
