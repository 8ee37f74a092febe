"""Deterministic facts about records, actions and supports, and the duties that follow from them."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from services.calendar_days import london_instant
from services.scheduling.domain.duties.duties import Duty, follow_facts
from services.scheduling.domain.duties.facts import ActionFact, Fact, Facts, HeldSession, RecordFact, SupportFact
from services.scheduling.domain.duties.owed import Owed, owed_on
from services.scheduling.domain.duties.states import ActionState, OwedBy, RecordState, SupportState
from services.scheduling.domain.identifiers import ActionId, DutyId, SessionId, SupportId
from services.scheduling.domain.obligations.clocks import Pause, PauseReason
from tests.scheduling.builders import POLICY, SAFEGUARDER

MONDAY = date(2026, 11, 2)
"""A day on which the office is open, with no holiday in the weeks after it."""


def day(text: str) -> date:
    """A day of the year of these stories, such as 11-02."""
    return date.fromisoformat(f"2026-{text}")


def a_record(state: str = "shared", version: int = 1, **changes: Any) -> RecordFact:
    """The first text of the record of session s1, shared on Monday 2 November and to be answered by the 16th."""
    given: dict[str, Any] = {
        "edition": 1,
        "ending": None,
        "answer_due_on": day("11-16") if state == "shared" else None,
        "response_due_on": day("11-20") if state == "disputed" else None,
        "since_on": MONDAY,
    }
    return RecordFact(SessionId("s1"), version, RecordState(state), **(given | changes))


def an_action(state: str = "open", version: int = 1, **changes: Any) -> ActionFact:
    """The Safeguarder's action a1 for the need n1, open from Monday 2 November and due on the 30th."""
    given: dict[str, Any] = {
        "action_id": ActionId("a1"),
        "owner": OwedBy.SAFEGUARDER,
        "proposed_by": OwedBy.SUPPORT_MANAGER,
        "answered": state != "proposed",
        "need_ids": ("n1",),
        "concern_id": None,
        "opened_on": None if state == "proposed" else MONDAY,
        "due_on": day("11-30"),
        "answer_due_on": day("11-16") if state == "proposed" else None,
        "since_on": MONDAY,
    }
    return ActionFact(version=version, state=ActionState(state), **(given | changes))


def a_support(state: str = "accepted", version: int = 1, **changes: Any) -> SupportFact:
    """The support u1 for the action a1, accepted on Monday 2 November and promised for the 10th."""
    accepted = state not in {"offered", "declined", "none_given"}
    given: dict[str, Any] = {
        "support_id": SupportId("u1"),
        "action_ids": ("a1",),
        "need_ids": (),
        "concern_ids": (),
        "answer_due_on": day("11-16") if state == "offered" else None,
        "first_promised_on": day("11-10") if accepted else None,
        "promised_on": day("11-10") if accepted else None,
        "delivered_on": None,
        "since_on": MONDAY,
        "given_since_on": changes.get("delivered_on"),
        "unavailable_on": day("11-20") if state == "unavailable" else None,
    }
    return SupportFact(version=version, state=SupportState(state), **(given | changes))


def away(first: str, last: str = "", reason: PauseReason = PauseReason.ON_LEAVE) -> Pause:
    """A time away from its first day to its last. Without a last day nobody knows it."""
    until = date.fromordinal(day(last).toordinal() + 1) if last else None
    return Pause("away", reason, day(first), until)


def facts(*said: Fact, held: Iterable[HeldSession] = (), pauses: Iterable[Pause] = (), **changes: Any) -> Facts:
    """What is known about one Safeguarder."""
    return Facts(SAFEGUARDER, said, tuple(held), tuple(pauses), **changes)


def owed(today: str, known: Facts) -> list[Owed]:
    """What is owed on a day."""
    return list(owed_on(day(today), known, POLICY))


def who_and_when(today: str, known: Facts) -> list[tuple[str, str, str]]:
    """Who owes what by when, on a day."""
    return [(each.kind, each.owed_by, each.due_on(day(today)).isoformat()[5:]) for each in owed(today, known)]


class Told:
    """Duties as they are kept, from one day to another."""

    def __init__(self) -> None:
        self.duties: dict[DutyId, Duty] = {}

    def on(self, today: str, known: Facts, at: str = "12:00") -> list[tuple[str, str, str]]:
        """Work the duties out on a day, and return how each one stands that changed, with its due day."""
        changed = self.changes(london_instant(day(today), time.fromisoformat(at)), known)
        return [(duty.kind, duty.state, duty.due_on.isoformat()[5:]) for duty in changed]

    def changes(self, now: datetime, known: Facts) -> tuple[Duty, ...]:
        """Keep the duties that changed, and return them."""
        changed = follow_facts(list(self.duties.values()), known, now, POLICY, DutyId)
        self.duties |= {duty.duty_id: duty for duty in changed}
        return changed
