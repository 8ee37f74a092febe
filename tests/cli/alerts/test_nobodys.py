"""`psmf concern nobodys`: what nobody has taken on, with its age, the one that waits longest first (X15)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from psmf.notifications.v1 import notifications_pb2
from psmf.rules.v1 import rules_pb2

from services.cli.concern.nobodys import age_in_words, list_nobodys
from services.platform.calls.wire import to_instant

PERSON = "safeguarders/sg-one"


def raised(known: str, day: int, owner: str = "") -> Any:
    """Return an open concern that was raised on a day of November 2026."""
    at = to_instant(datetime(2026, 11, day, 9, tzinfo=UTC))
    return rules_pb2.Concern(name=f"{PERSON}/concerns/{known}", owner=owner, raise_time=at)


class Asked:
    """A terminal whose services know some concerns and alerts, and that keeps what it is to print."""

    person, as_json = "panel-team", False

    def __init__(self, *concerns: Any, untold: str = "") -> None:
        alerts = [
            notifications_pb2.Alert(concern=one.name, recipient="" if one.name.endswith(untold) else "somebody")
            for one in concerns
            if untold
        ]
        self.held = {"concerns": concerns, "alerts": alerts}
        self.printed: list[tuple[str, ...]] = []
        self.client = SimpleNamespace(
            concerns=SimpleNamespace(ListConcerns=None), alerts=SimpleNamespace(ListAlerts=None),
            rulebook=SimpleNamespace(ListRules=None), pages=lambda *_: iter(()),
            safeguarders=SimpleNamespace(ListSafeguarders=None),
        )  # fmt: skip

    def pages(self, method: Any, request: Any, field: str) -> Iterator[Any]:
        """Return every record of a list."""
        return iter(self.held[field])

    def say(self, text: str) -> None:
        """Keep a sentence."""
        self.printed.append((text,))

    def entries(self, messages: Sequence[Any], _: str, entry: Callable[[Any], tuple[str, ...]], following: str) -> None:
        """Keep what is printed of each concern."""
        self.printed += [(message.name[-1], following) for message in messages]
        self.lines = [entry(message) for message in messages]

    def call(self, method: Any, request: Any) -> Any:
        """Answer that there is no rule."""
        return rules_pb2.ListRulesResponse()


def test_the_one_that_waits_longest_stands_first_and_what_has_an_owner_is_left_out() -> None:
    terminal: Any = Asked(raised("c-a", 27), raised("c-b", 24), raised("c-c", 2, "manager-one"))
    list_nobodys(terminal)
    assert [known for known, _ in terminal.printed] == ["b", "a"]


def test_that_everything_has_an_owner_is_said() -> None:
    terminal: Any = Asked(raised("c-c", 2, "manager-one"))
    list_nobodys(terminal)
    assert terminal.printed == [("Every open concern has somebody who has taken it on.",)]


def test_each_says_how_many_days_of_the_office_it_waits() -> None:
    monday = date(2026, 11, 30)  # St Andrew's Day: the office is closed
    assert age_in_words(raised("c-a", 30), monday) == "raised today"
    assert age_in_words(raised("c-a", 26), monday) == "waits since 26 November 2026, 1 working day"
    assert age_in_words(raised("c-a", 24), monday) == "waits since 24 November 2026, 3 working days"


def test_of_which_nobody_could_be_told_it_says_so() -> None:
    terminal: Any = Asked(raised("c-a", 24), raised("c-b", 25), untold="c-b")
    list_nobodys(terminal)
    assert ["nobody could be told" in lines[-1] for lines in terminal.lines] == [False, True]
