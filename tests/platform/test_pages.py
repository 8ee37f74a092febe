"""Pages of a list. A token continues where it was made, with the same filters. No other text is accepted as a token."""

import base64
import json
from typing import Any

import pytest

from services.platform.calls.pages import DEFAULT_SIZE, LARGEST_SIZE, page_size, page_token, read_page_token
from services.refusals import Refusal


def test_a_token_brings_back_where_the_page_ended() -> None:
    token = page_token(["2026-11-24", 7], "panel-team", "S4")
    assert read_page_token(token, "panel-team", "S4") == ["2026-11-24", 7]


def test_the_first_page_needs_no_token() -> None:
    assert read_page_token("", "panel-team") is None


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
