"""Which move is allowed from where, for which lanes, past which guards: the table of a concern's life (D5).

Only people move a concern; `open_review` alone is the calendar's.
"""

from dataclasses import dataclass

from services.refusals import Refusal, precondition
from services.rules.domain.closed_lists import Lane, State
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.guards import GUARD_CHECKS, GUARD_MESSAGES, Guard, MoveContext
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.progress import OPEN_STATES


@dataclass(frozen=True, slots=True)
class Step:
    """From which states, for which lanes, past which guards."""

    states: tuple[State, ...]
    lanes: tuple[Lane, ...]
    guards: tuple[Guard, ...] = ()


ALL = tuple(Lane)
NOT_THE_TEAMS = tuple(lane for lane in Lane if lane is not Lane.DATA_GAP)
PRAISE = (Lane.EXCELLENCE,)
PRACTICE = tuple(lane for lane in NOT_THE_TEAMS if lane is not Lane.EXCELLENCE)
"""Concerns about somebody's practice. The Team's overdue duty is none: no step leads from it to a person (D15.17)."""
MOVING = tuple(state for state in OPEN_STATES if state is not State.HELD)
NEW = (State.RAISED, State.ACKNOWLEDGED, State.REOPENED)
ACTING = (State.IN_SUPPORT, State.REQUIRED_ACTION, State.ACTION_REVIEW)

STEPS: dict[Move, Step] = {
    Move.ACKNOWLEDGE: Step(MOVING, ALL),
    Move.DISMISS: Step(MOVING, ALL),
    Move.CLOSE: Step(MOVING, ALL, (Guard.SAFEGUARDERS_VIEW,)),
    Move.START_SUPPORT: Step((State.ACKNOWLEDGED, *ACTING), PRACTICE),
    Move.ANSWER_SUPPORT: Step(ACTING, PRACTICE, (Guard.SUPPORT_OFFERED,)),
    Move.SERVE_NOTICE: Step((State.IN_SUPPORT,), PRACTICE, (Guard.SUPPORT_ANSWERED,)),
    Move.ACKNOWLEDGE_NOTICE: Step(ACTING, PRACTICE, (Guard.NOTICE_SERVED,)),
    Move.REQUIRE_ACTION: Step(
        (State.IN_SUPPORT, State.ACTION_REVIEW),
        PRACTICE,
        (Guard.SUPPORT_ANSWERED, Guard.NOTICE_STANDS, Guard.REVIEW_HELD),
    ),
    Move.OPEN_REVIEW: Step((State.REQUIRED_ACTION,), PRACTICE, (Guard.ACTION_OVERDUE,)),
    Move.REVIEW_ACTIONS: Step((State.REQUIRED_ACTION, State.ACTION_REVIEW), PRACTICE),
    Move.ESCALATE: Step(
        (State.ACTION_REVIEW,),
        PRACTICE,
        (
            Guard.SUPPORT_ANSWERED,
            Guard.NOTICE_STANDS,
            Guard.ACTION_OVERDUE,
            Guard.REVIEW_HELD,
            Guard.NOT_MET,
            Guard.SUPPORTS_COMPLETE,
            Guard.MORE_THAN_ONE_ITEM,
            Guard.MORE_THAN_ONE_SOURCE,
        ),
    ),
    Move.RECOMMEND: Step((State.ESCALATED,), PRACTICE, (Guard.SECOND_PERSON,)),
    Move.HOLD: Step(OPEN_STATES, ALL),
    Move.RELEASE: Step((State.HELD,), ALL),
    Move.MERGE: Step(MOVING, ALL),
    Move.REOPEN: Step((State.CLOSED,), ALL, (Guard.NEWEST_CONCERN,)),
    Move.RECORD_VIEW: Step(OPEN_STATES, NOT_THE_TEAMS),
    Move.ACKNOWLEDGE_IN_SESSION: Step(NEW, PRAISE),
    Move.INVITE_TO_SHARE: Step((State.ACKNOWLEDGED_IN_SESSION,), PRAISE),
    Move.ANSWER_INVITATION: Step((State.INVITED_TO_SHARE,), PRAISE),
}


def in_the_way(concern: Concern, move: Move, context: MoveContext) -> Guard | None:
    """The first guard that stands in the way of a move; None when it may be made."""
    step = STEPS[move]
    if concern.state not in step.states:
        if not concern.is_open:
            return Guard.ENDED
        return Guard.HELD if concern.state is State.HELD else Guard.STATE
    if concern.answer.lane not in step.lanes:
        return Guard.LANE
    return next((guard for guard in step.guards if not GUARD_CHECKS[guard](concern, context)), None)


def allowed_moves(concern: Concern, context: MoveContext) -> tuple[Move, ...]:
    """What people may do next, in the order of the list."""
    human = (move for move in Move if move is not Move.OPEN_REVIEW)
    return tuple(move for move in human if in_the_way(concern, move, context) is None)


def refusal(concern: Concern, guard: Guard, context: MoveContext, field: str = "name") -> Refusal:
    """That a guard stands in the way, and what may be done instead."""
    allowed = ", ".join(allowed_moves(concern, context)) or "nothing"
    stands = {"guard": guard.value, "state": concern.state.value, "allowed": allowed}
    said = f"{GUARD_MESSAGES[guard]} It is {concern.state.replace('_', ' ')}; allowed now: {allowed.replace('_', ' ')}."
    if guard is Guard.ENDED:
        return precondition("CONCERN_ENDED", said, field, **stands)
    return precondition("MOVE_NOT_ALLOWED", said, field, **stands)
