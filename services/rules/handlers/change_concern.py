"""What people do about a concern, and what the calendar does: load, move, keep with its history."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from services.calendar_days import london_today
from services.refusals import not_found
from services.rules.domain.closed_lists import State
from services.rules.domain.concerns import moves
from services.rules.domain.concerns.concern import Concern, check_copy
from services.rules.domain.concerns.guards import MoveContext
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
class ConcernContext:
    """What it takes to move a concern: the transaction at hand, who moves, and when."""

    concerns: Concerns
    facts: Facts
    by: str
    now: datetime

    def move_context(self, concern: Concern) -> MoveContext:
        """What moves of a concern depend on. Evidence is read only where a move looks at it."""
        move_context = MoveContext(london_today(self.now), self.by)
        if concern.state not in LOOKS_AT_EVIDENCE:
            return move_context
        case_file = self.facts.case_file(concern.safeguarder_id)
        versions = case_file.evidence if case_file else ()
        evidence = known_items(versions, move_context.today, self.now, frozenset())
        matter = (concern.answer.rule_id, concern.answer.subject)
        same = [
            other
            for other in self.concerns.of_person(concern.safeguarder_id)
            if (other.answer.rule_id, other.answer.subject) == matter
        ]
        return replace(move_context, evidence=evidence, newest=same[-1].concern_id == concern.concern_id)


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
    named: Named, move: Move, word: str, context: ConcernContext, change: Callable[[Concern, MoveContext], Concern]
) -> Concern:
    """The concern after a move, kept with its place in the history."""
    found = find_concern(named, context.concerns)
    check_copy(found, named.etag)
    changed = change(found, context.move_context(found))
    made = Made(move, context.by, context.now, found.state, changed.state, word)
    context.concerns.make(changed, made, confirms=found.quiet and not changed.quiet)
    return changed


def merge_concern(named: Named, into: Named, context: ConcernContext) -> Concern:
    """The concern, gone on as part of another."""
    other = find_concern(into, context.concerns)
    return move_concern(
        named, Move.MERGE, "", context, lambda found, move_context: moves.merge(found, other, move_context, context.now)
    )


def next_moves(concern: Concern, context: ConcernContext) -> tuple[Move, ...]:
    """What its state and its guards allow next."""
    return allowed_moves(concern, context.move_context(concern))


def open_action_reviews(context: ConcernContext) -> int:
    """Open a review of every required action whose time has passed (R81); how many."""
    opened = 0
    for concern in context.concerns.in_state(State.REQUIRED_ACTION):
        move_context = context.move_context(concern)
        if in_the_way(concern, Move.OPEN_REVIEW, move_context) is None:
            changed = moves.open_review(concern, move_context)
            made = Made(Move.OPEN_REVIEW, context.by, context.now, concern.state, changed.state)
            context.concerns.make(changed, made)
            opened += 1
    return opened
