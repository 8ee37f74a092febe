"""Changes of approach and recommendations, as the record has them (R79, R80, R85; record 2.4, 2.6).

Evidence keeps them, and checks what has to come first. A concern follows them and never refuses what the record says.
Its state *required action* is worked out: a change to it stands, and an action that it requires is in the plan.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from services.rules.domain.closed_lists import Approach, State
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.guards import support_answered
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.progress import (
    ApproachFact,
    Progress,
    RecommendationFact,
    by_the_record,
    notice_stands,
)
from services.rules.domain.concerns.transitions import PRACTICE

_ON_A_NOTICE = (State.REQUIRED_ACTION, State.ACTION_REVIEW, State.ESCALATED, State.RECOMMENDATION)
"""States that a concern has only while a change to required action stands."""


def follow_approach(concern: Concern, said: ApproachFact, today: date) -> Iterator[tuple[Move, str, Concern]]:
    """Yield the moves that a change of approach makes, each with its word and the concern after it.

    The newest version of each change holds, in whatever order they come. Nothing changes on a concern that has ended or
    is not about practice, or if the change was served before the concern was reopened.
    """
    progress = concern.progress
    known = next((fact for fact in progress.approaches if fact.change_id == said.change_id), None)
    is_of_before = progress.reopened_day is not None and said.served_on < progress.reopened_day
    is_old = known is not None and said.version <= known.version
    if not concern.is_open or concern.answer.lane not in PRACTICE or is_of_before or is_old:
        return
    said = replace(said, left=known.left) if known else said
    others = tuple(fact for fact in progress.approaches if fact is not known)
    approaches = tuple(sorted((*others, said), key=lambda fact: fact.change_id))
    followed = _with(concern, by_the_record(replace(progress, approaches=approaches)))
    followed = _back_to_support(followed, today)
    yield *_move(known, said), followed
    yield from pass_time(followed, today)


def pass_time(concern: Concern, today: date) -> Iterator[tuple[Move, str, Concern]]:
    """Yield the move to required action once a change to it stands, or once a review has led to more time.

    A review of actions opens at once if the day of the action has passed by then: it came late, or was reported.
    What a release before the record kept stays as it is, and so does a concern on hold: its days do not run.
    """
    if concern.progress.hold is not None:
        return
    progress, action = concern.progress, concern.progress.action
    stands = notice_stands(progress, today) and support_answered(progress)
    if not stands or action is None or not action.action_id:
        return
    runs = not action.has_ended and not action.is_overdue(today) and progress.review is None
    if concern.state is State.IN_SUPPORT or (concern.state is State.ACTION_REVIEW and runs):
        later = concern.next_on is not None and concern.next_on > today
        changed = concern if later else replace(concern, next_on=action.due_on)
        known = by_the_record(progress)
        # A review of the action may have come first.
        state = State.ACTION_REVIEW if known.review else State.REQUIRED_ACTION
        required = replace(changed, state=state, progress=known)
        required = replace(required, version=concern.version + 1)
        yield Move.REQUIRE_ACTION, action.what.value, required
        if state is State.REQUIRED_ACTION and action.is_overdue(today):
            yield Move.OPEN_REVIEW, "", replace(required, state=State.ACTION_REVIEW, version=required.version + 1)


def follow_recommendation(concern: Concern, said: RecommendationFact) -> Concern | None:
    """Return the concern with a recommendation as the record has it. None if that changes nothing.

    Nothing changes on a concern that has ended, is not about practice, was not escalated, or was reopened since.
    """
    progress = concern.progress
    state = progress.hold.stood if progress.hold is not None else concern.state
    known = progress.recommendation
    is_known = known is not None and known.recommendation_id == said.made.recommendation_id
    is_old = known is not None and is_known and said.made.version <= known.version
    is_of_before = progress.reopened_day is not None and said.made.shared_on < progress.reopened_day
    if not concern.is_open or concern.answer.lane not in PRACTICE or is_old or is_of_before:
        return None
    if known is not None and said.stands and replace(said.made, version=known.version) == known:
        return None  # The person added words, or Ministers decided. The concern stands where it stood.
    if said.stands and (state is State.ESCALATED or (state is State.RECOMMENDATION and is_known)):
        return _next_in_state(concern, State.RECOMMENDATION, replace(progress, recommendation=said.made))
    if not said.stands and state is State.RECOMMENDATION and is_known:
        return _next_in_state(concern, State.ESCALATED, replace(progress, recommendation=None))
    return None


def _back_to_support(concern: Concern, today: date) -> Concern:
    """Return a concern in support again, where no change to required action stands any more.

    Nor does an escalation then, also one that crossed on the wire with what ended the change (record 1.4).
    """
    progress = concern.progress
    stands = progress.action is not None and notice_stands(progress, today)
    if stands or _state(concern) not in _ON_A_NOTICE:
        return concern
    nothing = replace(progress, review=None, escalated_by="", escalated_on=None, recommendation=None)
    return _in_state(concern, State.IN_SUPPORT, nothing)


def _move(known: ApproachFact | None, said: ApproachFact) -> tuple[Move, str]:
    if said.ended:
        return Move.APPROACH_CHANGED, said.ended
    if known is None:
        move = Move.SERVE_NOTICE if said.to is Approach.REQUIRED_ACTION else Move.APPROACH_CHANGED
        return move, said.to.value
    if known.acknowledged_on is None and said.acknowledged_on is not None:
        return Move.ACKNOWLEDGE_NOTICE, ""
    return Move.APPROACH_CHANGED, said.to.value


def _state(concern: Concern) -> State:
    """Return the state of a concern, or the one that it returns to after a hold."""
    hold = concern.progress.hold
    return hold.stood if hold is not None else concern.state


def _in_state(concern: Concern, state: State, progress: Progress) -> Concern:
    if progress.hold is not None:
        return replace(concern, progress=replace(progress, hold=replace(progress.hold, stood=state)))
    return replace(concern, state=state, progress=progress)


def _with(concern: Concern, progress: Progress) -> Concern:
    return replace(concern, progress=progress, version=concern.version + 1)


def _next_in_state(concern: Concern, state: State, progress: Progress) -> Concern:
    return replace(_in_state(concern, state, progress), version=concern.version + 1)
