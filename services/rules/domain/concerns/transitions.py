"""The table of a concern's life: from which states, for which lanes and past which guards each move is allowed (D5)."""

from dataclasses import dataclass

from services.refusals import Refusal, precondition
from services.rules.domain.closed_lists import Lane, State
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.guards import GUARD_CHECKS, GUARD_MESSAGES, Guard, MoveContext
from services.rules.domain.concerns.history import FROM_THE_RECORD, FROM_THE_REGISTER, WITHOUT_A_METHOD, Move
from services.rules.domain.concerns.progress import OPEN_STATES


@dataclass(frozen=True, slots=True)
class Step:
    """The states and lanes from which a move is allowed, and the guards it must pass."""

    states: tuple[State, ...]
    lanes: tuple[Lane, ...]
    guards: tuple[Guard, ...] = ()


ALL = tuple(Lane)
NOT_THE_TEAMS = tuple(lane for lane in Lane if lane is not Lane.DATA_GAP)
PRAISE = (Lane.EXCELLENCE,)
PRACTICE = tuple(lane for lane in NOT_THE_TEAMS if lane is not Lane.EXCELLENCE)
"""Concerns about somebody's practice. No step leads from an overdue duty of the Team to a person (D15.17)."""
MOVING = tuple(state for state in OPEN_STATES if state is not State.HELD)
NEW = (State.RAISED, State.ACKNOWLEDGED, State.REOPENED)

STEPS: dict[Move, Step] = {
    Move.ACKNOWLEDGE: Step(MOVING, ALL),
    Move.DISMISS: Step(MOVING, ALL),
    Move.CLOSE: Step(MOVING, ALL, (Guard.SAFEGUARDERS_VIEW,)),
    **{move: Step(OPEN_STATES, PRACTICE) for move in (*FROM_THE_REGISTER, *FROM_THE_RECORD)},
    Move.OPEN_REVIEW: Step((State.REQUIRED_ACTION,), PRACTICE, (Guard.ACTION_OVERDUE,)),
    Move.ESCALATE: Step(
        (State.ACTION_REVIEW,),
        PRACTICE,
        (
            Guard.SUPPORT_ANSWERED,
            Guard.NOTICE_STANDS,
            Guard.ACTION_OVERDUE,
            Guard.REVIEW_HELD,
            Guard.NOT_MET,
            Guard.REVIEW_AFTER_TIME,
            Guard.SUPPORTS_COMPLETE,
            Guard.MORE_THAN_ONE_ITEM,
            Guard.MORE_THAN_ONE_SOURCE,
        ),
    ),
    Move.HOLD: Step(OPEN_STATES, ALL),
    Move.RELEASE: Step((State.HELD,), ALL),
    Move.MERGE: Step(MOVING, ALL),
    Move.REOPEN: Step((State.CLOSED,), ALL, (Guard.NEWEST_CONCERN,)),
    Move.RECORD_VIEW: Step(OPEN_STATES, NOT_THE_TEAMS),
    Move.ACKNOWLEDGE_IN_SESSION: Step(NEW, PRAISE),
    Move.INVITE_TO_SHARE: Step((State.ACKNOWLEDGED_IN_SESSION,), PRAISE),
    Move.ANSWER_INVITATION: Step((State.INVITED_TO_SHARE,), PRAISE),
    Move.SNOOZE: Step(MOVING, ALL),
    Move.HAND_OVER: Step(OPEN_STATES, ALL),
}


def blocking_guard(concern: Concern, move: Move, context: MoveContext) -> Guard | None:
    """Return the first guard that blocks a move; None if the move is allowed.

    State and lane are checked first: the later guards assume them, and a person should read the plainest reason.
    """
    step = STEPS[move]
    if concern.state not in step.states:
        if not concern.is_open:
            return Guard.ENDED
        return Guard.HELD if concern.state is State.HELD else Guard.STATE
    if concern.answer.lane not in step.lanes:
        return Guard.LANE
    return next((guard for guard in step.guards if not GUARD_CHECKS[guard](concern, context)), None)


def allowed_moves(concern: Concern, context: MoveContext) -> tuple[Move, ...]:
    """Return the moves that people may ask for now, in the order of `Move`."""
    human = (move for move in Move if move not in WITHOUT_A_METHOD)
    return tuple(move for move in human if blocking_guard(concern, move, context) is None)


def blocked_moves(concern: Concern, context: MoveContext) -> dict[Move, Guard]:
    """Return the moves that people may not ask for now, each with the guard that blocks it.

    What never fits concerns of this lane is left out: nobody waits for it.
    """
    guards = {
        move: blocking_guard(concern, move, context)
        for move in Move
        if move not in WITHOUT_A_METHOD and concern.answer.lane in STEPS[move].lanes
    }
    return {move: guard for move, guard in guards.items() if guard is not None}


def refusal(concern: Concern, guard: Guard, context: MoveContext, field: str = "name") -> Refusal:
    """Return the refusal that a guard blocks a move, with the moves that are allowed instead."""
    allowed = ", ".join(allowed_moves(concern, context)) or "nothing"
    stands = {"guard": guard.value, "state": concern.state.value, "allowed": allowed}
    state = "on hold" if concern.state is State.HELD else concern.state.replace("_", " ")
    message = f"{GUARD_MESSAGES[guard]} The concern is {state}. Allowed now: {allowed.replace('_', ' ')}."
    if guard is Guard.ENDED:
        return precondition("CONCERN_ENDED", message, field, **stands)
    return precondition("MOVE_NOT_ALLOWED", message, field, **stands)
