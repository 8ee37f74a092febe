"""What people do about a concern, and what the calendar does: load, move, keep with its history."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from services.calendar_days import london_today
from services.refusals import not_found
from services.rules.domain.closed_lists import State
from services.rules.domain.concerns import moves
from services.rules.domain.concerns.concern import Concern, check_copy
from services.rules.domain.concerns.guards import Around
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.concerns.transitions import allowed_moves, in_the_way
from services.rules.domain.evidence.countability import known_items
from services.rules.ports import Concerns, Facts

CALENDAR = "calendar"
"""Stands in the history for the person, where a date passed."""
LOOKS_AT_EVIDENCE = (State.ACTION_REVIEW, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Named:
    """The concern a command names, and the copy its sender had read (empty: any)."""

    safeguarder_id: str
    concern_id: str
    etag: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What it takes to move a concern: the transaction at hand, who moves, and when."""

    concerns: Concerns
    facts: Facts
    by: str
    now: datetime

    def around(self, concern: Concern) -> Around:
        """What moves of a concern depend on. Evidence is read only where a move looks at it."""
        around = Around(london_today(self.now), self.by)
        if concern.state not in LOOKS_AT_EVIDENCE:
            return around
        case_file = self.facts.case_file(concern.safeguarder_id)
        versions = case_file.evidence if case_file else ()
        evidence = known_items(versions, around.today, self.now, frozenset())
        matter = (concern.answer.rule_id, concern.answer.subject)
        same = [
            other
            for other in self.concerns.of_person(concern.safeguarder_id)
            if (other.answer.rule_id, other.answer.subject) == matter
        ]
        return replace(around, evidence=evidence, newest=same[-1].concern_id == concern.concern_id)


def find_concern(named: Named, concerns: Concerns, at: datetime | None = None) -> Concern:
    """The concern about that person, now or as it stood at an instant.

    Raises:
        Refusal: NOT_FOUND, also when it is about another person.
    """
    found = concerns.find(named.concern_id, at)
    if found is None or found.safeguarder_id != named.safeguarder_id:
        raise not_found("CONCERN_NOT_FOUND", "No such concern is on this person's file.", "name")
    return found


def move_concern(
    named: Named, move: Move, word: str, desk: Desk, change: Callable[[Concern, Around], Concern]
) -> Concern:
    """The concern after a move, kept with its place in the history."""
    found = find_concern(named, desk.concerns)
    check_copy(found, named.etag)
    changed = change(found, desk.around(found))
    made = Made(move, desk.by, desk.now, found.state, changed.state, word)
    desk.concerns.make(changed, made, confirms=found.quiet and not changed.quiet)
    return changed


def merge_concern(named: Named, into: Named, desk: Desk) -> Concern:
    """The concern, gone on as part of another."""
    other = find_concern(into, desk.concerns)
    return move_concern(named, Move.MERGE, "", desk, lambda found, around: moves.merge(found, other, around, desk.now))


def next_moves(concern: Concern, desk: Desk) -> tuple[Move, ...]:
    """What its state and its guards allow next."""
    return allowed_moves(concern, desk.around(concern))


def open_action_reviews(desk: Desk) -> int:
    """Open a review of every required action whose time has passed (R81); how many."""
    opened = 0
    for concern in desk.concerns.in_state(State.REQUIRED_ACTION):
        around = desk.around(concern)
        if in_the_way(concern, Move.OPEN_REVIEW, around) is None:
            changed = moves.open_review(concern, around)
            made = Made(Move.OPEN_REVIEW, desk.by, desk.now, concern.state, changed.state)
            desk.concerns.make(changed, made)
            opened += 1
    return opened
