"""Pages of a list. A token continues where it was made, with the same filters. No other text is accepted as a token."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.platform.calls.pages import (
    DEFAULT_SIZE,
    LARGEST_SIZE,
    PageSeal,
    page_size,
    page_token,
    read_on,
    read_page_token,
)
from services.refusals import Refusal


def test_a_token_brings_back_where_the_page_ended() -> None:
    token = page_token(["2026-11-24", 7], "panel-team", "S4")
    assert read_page_token(token, "panel-team", "S4") == ["2026-11-24", 7]


def test_the_first_page_needs_no_token() -> None:
    assert read_page_token("", "panel-team") is None


@pytest.mark.parametrize("most", range(1, 8))
@pytest.mark.parametrize("after", [None, 0, 5, 20])
def test_a_list_is_read_on_until_enough_is_kept_or_nothing_follows(most: int, after: int | None) -> None:
    """Two rows of seven are kept. Whatever the size of a page, none is left out or comes twice."""
    rows = list(range(1, 21))

    def read(last: int | None) -> list[int]:
        return [row for row in rows if last is None or row > last][:most]

    wanted = [row for row in rows if row % 7 in (0, 3) and row > (after or 0)]
    kept = read_on(read, lambda page: [row for row in page if row in wanted], lambda row: row, after, most)
    assert kept == wanted[:most]


@pytest.mark.parametrize("others", [(), ("senior-manager", "S4"), ("panel-team", "S5"), ("panel-team", "S4", "")])
def test_a_token_is_not_valid_with_other_filters(others: tuple[str, ...]) -> None:
    with pytest.raises(Refusal, match="PAGE_TOKEN_NOT_VALID"):
        read_page_token(page_token(["a"], "panel-team", "S4"), *others)


def encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "é",
        "....",
        encoded(5),
        encoded(None),
        encoded([]),
        encoded({}),
        encoded("text"),
        encoded([["a"], "b"]),
        encoded(["mark", {"a": 1}]),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        page_token(["a"], "panel-team")[:-6],
    ],
)
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_page_token(token, "panel-team")
    assert (refused.value.reason, refused.value.field) == ("PAGE_TOKEN_NOT_VALID", "page_token")


@pytest.mark.parametrize(("asked", "used"), [(0, DEFAULT_SIZE), (1, 1), (LARGEST_SIZE, LARGEST_SIZE)])
def test_a_page_has_the_size_asked_for_or_the_default(asked: int, used: int) -> None:
    assert page_size(asked) == used


@pytest.mark.parametrize("asked", [-1, LARGEST_SIZE + 1, -(2**31), 2**31 - 1])
def test_a_size_out_of_range_is_refused(asked: int) -> None:
    with pytest.raises(Refusal, match="PAGE_SIZE_OUT_OF_RANGE"):
        page_size(asked)


SEAL, METHOD = PageSeal(lambda: [b"k" * 32]), "/psmf.evidence.v1.SafeguarderService/ListSafeguarders"


def test_a_seal_comes_off_the_token_that_it_was_put_on() -> None:
    token = page_token(["2026-11-24", 7], "panel-team")
    assert SEAL.opened(METHOD, SEAL.sealed(METHOD, token)) == token
    assert (SEAL.sealed(METHOD, ""), SEAL.opened(METHOD, "")) == ("", "")


def test_while_the_key_is_changed_a_token_of_the_old_one_is_good() -> None:
    """A list that somebody is reading goes on, until the operator takes the old key away."""
    keys = [b"old"]
    seal = PageSeal(lambda: keys)
    token = seal.sealed(METHOD, page_token(["a"]))
    keys.insert(0, b"new")
    assert seal.opened(METHOD, token) == page_token(["a"])
    assert seal.sealed(METHOD, page_token(["a"])) != token
    del keys[1]
    with pytest.raises(Refusal, match="PAGE_TOKEN_NOT_VALID"):
        seal.opened(METHOD, token)


@pytest.mark.parametrize("other", [METHOD.replace("Safeguarders", "Drafts"), METHOD.replace("evidence", "rules")])
def test_a_seal_is_not_valid_for_another_method(other: str) -> None:
    with pytest.raises(Refusal, match="PAGE_TOKEN_NOT_VALID"):
        SEAL.opened(other, SEAL.sealed(METHOD, page_token(["a"])))


@given(st.lists(st.text() | st.integers(), max_size=4), st.text(max_size=60))
def test_a_token_that_somebody_made_is_refused_however_right_its_mark(keys: list[str | int], seal: str) -> None:
    """A8: the mark alone was enough, and a token of another shape or with another value was an internal fault."""
    forged = page_token(keys, "panel-team")
    for token in (forged, seal + forged, PageSeal(lambda: [b"other"]).sealed(METHOD, forged), seal or "x"):
        with pytest.raises(Refusal, match="PAGE_TOKEN_NOT_VALID"):
            SEAL.opened(METHOD, token)
