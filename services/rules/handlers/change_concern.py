"""Change concerns, by moves of people and of the calendar: load, move, store with the history."""

from functools import partial
from typing import Protocol

from services.rules.domain.closed_lists import State
from services.rules.domain.concerns import moves
from services.rules.domain.concerns.concern import Concern, check_copy
from services.rules.domain.concerns.guards import MoveContext
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.concerns.transitions import blocking_guard
from services.rules.handlers.concerns import ConcernContext, Named, find_concern


class Change(Protocol):
    """A move with its arguments, ready to be made on a concern."""

    def __call__(self, concern: Concern, /, *, context: MoveContext) -> Concern:
        """Return the concern after the move. Raises Refusal if the move is not allowed."""
        ...


def move_concern(named: Named, move: Move, word: str, context: ConcernContext, change: Change) -> Concern:
    """Make a move and return the concern after it. `word` goes into the history: words of closed lists only.

    Raises:
        Refusal: NOT_FOUND, CONFLICT for a stale copy, or whatever the move raises.
    """
    found = find_concern(named, context.concerns)
    check_copy(found, named.etag)
    changed = change(found, context=context.move_context(found))
    made = Made(move, context.by, context.now, found.state, changed.state, word)
    context.concerns.make(changed, made, confirms=found.quiet and not changed.quiet)
    return changed


def merge_concern(named: Named, into: Named, context: ConcernContext) -> Concern:
    """Merge a concern into another one and return it."""
    other = find_concern(into, context.concerns)
    merged = move_concern(named, Move.MERGE, "", context, partial(moves.merge, into=other, now=context.now))
    taken_over = moves.take_over(other, merged)
    if taken_over is not other:
        made = Made(Move.START_SUPPORT, context.by, context.now, other.state, taken_over.state)
        context.concerns.make(taken_over, made)
    return merged


def open_action_reviews(safeguarder_id: str, context: ConcernContext) -> int:
    """Open a review of each of a person's required actions whose time has passed (R81), and return how many."""
    opened = 0
    for concern in context.concerns.of_person(safeguarder_id):
        if concern.state is not State.REQUIRED_ACTION:
            continue
        move_context = context.move_context(concern)
        if blocking_guard(concern, Move.OPEN_REVIEW, move_context) is None:
            changed = moves.open_review(concern, move_context)
            made = Made(Move.OPEN_REVIEW, context.by, context.now, concern.state, changed.state)
            context.concerns.make(changed, made)
            opened += 1
    return opened
