"""The only message says that there is something to read, and nothing else (R15, Q24)."""

import re
import string

import pytest

from services.notifications.adapters.smtp import TEMPLATE, read_template
from services.notifications.domain.alert import Lane

LOADED_WORDS = [
    *(
        "concern",
        "alert",
        "fail",
        "poor",
        "risk",
        "breach",
        "complain",
        "alleg",
        "warn",
        "urgent",
        "serious",
        "problem",
    ),
    *("disciplin", "misconduct", "bad", "weak", "below", "late", "overdue", "escalat", "suspen", "remov", "praise"),
    *("child", "evidence", "standard", "performance", "safety", "support need", "must", "immediately", "regret"),
]


def said() -> str:
    """The subject and the body, with a service name that adds no words of its own."""
    return "\n".join(read_template("service"))


def test_the_only_placeholder_is_the_services_name() -> None:
    fields = {name for _, name, _, _ in string.Formatter().parse(TEMPLATE.read_text()) if name}
    assert fields == {"service_name"}


@pytest.mark.parametrize("word", LOADED_WORDS)
def test_it_uses_no_loaded_word(word: str) -> None:
    assert not re.search(rf"\b{word}", said(), re.IGNORECASE)


@pytest.mark.parametrize("lane", Lane)
def test_it_names_no_lane(lane: Lane) -> None:
    assert lane.value.replace("_", " ") not in said().lower()


def test_it_holds_no_link_address_or_number() -> None:
    assert not re.search(r"https?:|www\.|@|/|\d", said())


def test_its_lines_fit_a_narrow_screen() -> None:
    assert all(len(line) <= 110 for line in said().splitlines())
