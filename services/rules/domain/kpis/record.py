"""What the record says that KPIs count: duties, papers, records, plans, supports and reviews, without words (record 6).

Each fact is one version of one thing. The newest version holds, in whatever order they come.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class OwedFact:
    """A duty to share the record of a session, or to bring the plan of a term into force.

    Scheduling works out its last day and what stops its time, so that no figure counts days by rules of its own.
    """

    duty_id: str
    safeguarder_id: str
    due_on: date
    state: str
    """`open`, `met` or `ended`: nobody owes it any more, although it was not met."""
    changed_on: date
    recorded_at: datetime
    session_id: str = ""
    """Of the session whose record it is. Empty for a plan."""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class PapersFact:
    """The papers of a session: when they were frozen, and the day of the session. `void`: it was moved or not held."""

    session_id: str
    safeguarder_id: str
    frozen_at: datetime | None
    on: date
    void: bool
    recorded_at: datetime
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class SharedRecordFact:
    """The record of a session that was held on a day, once it was shared.

    `answer`: how the Safeguarder's answer stands: `awaited`, `confirmed`, `disputed` or `no_answer`; `withdrawn` for a
    record that was withdrawn. `acknowledged` and `disputed`: the concerns that it says were acknowledged, and those
    about which the Safeguarder disputes what it says.
    """

    session_id: str
    safeguarder_id: str
    on: date
    answer: str
    acknowledged: tuple[str, ...]
    disputed: tuple[str, ...]
    changed_on: date
    recorded_at: datetime
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class PlanReasonFact:
    """A reason was given, on a day, why the plan of a term is not final yet."""

    safeguarder_id: str
    term: int
    given_on: date
    recorded_at: datetime
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class PromisedFact:
    """A support. `promised_on` is the day promised first, `last_promised_on` the last: None if it is not accepted."""

    support_id: str
    safeguarder_id: str
    promised_on: date | None
    last_promised_on: date | None
    given_on: date | None
    """None while it does not stand as given, also because the Safeguarder did not receive it."""
    unavailable: bool
    reported: bool
    recorded_at: datetime
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class ReviewAskedFact:
    """A review request that was made on a day.

    `due_on`: the last day to give it to a reviewer, or to decide it; None once it is over.
    `moved_up`: how often somebody's time was over, so that it went up a level.
    """

    review_id: str
    safeguarder_id: str
    made_on: date
    due_on: date | None
    moved_up: int
    ended_on: date | None
    decision: str
    """`upheld`, `partly` or `not_upheld`; empty while nobody has decided, and if it ended otherwise."""
    session_id: str
    """Of the session whose record it is about. Empty if it is about something else."""
    changed_on: date
    recorded_at: datetime
    sequence: int = 0


RecordFact = OwedFact | PapersFact | SharedRecordFact | PlanReasonFact | PromisedFact | ReviewAskedFact
F = TypeVar("F", bound=RecordFact)


def versions(facts: Iterable[RecordFact], kind: type[F], thing: Callable[[F], str]) -> dict[str, list[F]]:
    """Return the versions of each thing of one kind, oldest first. `thing` gives the id of what a fact is about."""
    found: dict[str, list[F]] = {}
    of_kind = [fact for fact in facts if isinstance(fact, kind)]
    for fact in sorted(of_kind, key=lambda fact: (fact.sequence, fact.recorded_at)):
        found.setdefault(thing(fact), []).append(fact)
    return found
