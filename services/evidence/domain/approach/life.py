"""The moves of a change of approach (R76, R79, R80).

Support comes before clear advice, and clear advice before required action. The Safeguarder reads what is expected and
why before anything is required of them. A change in their favour waits for nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.approach.change import (
    IN_ORDER,
    Approach,
    ApproachChange,
    ChangeState,
    Required,
    Wanted,
)
from services.evidence.domain.approach.matter import Matter
from services.evidence.domain.plans.action import Action, ActionKind
from services.evidence.domain.plans.life_of_an_action import shortest_days
from services.evidence.domain.plans.plan import TimedAction
from services.evidence.domain.plans.sides import Actor, PlanNumbers, Side
from services.evidence.domain.standing import GivenTime
from services.refusals import Refusal, invalid, precondition

NOT_TO_REQUIRE = (ActionKind.MAINTAIN_PRACTICE, ActionKind.REFLECT)
"""Nobody can be required to think, or to keep up what is good."""
ENDINGS = (ChangeState.MET, ChangeState.WITHDRAWN, ChangeState.SET_ASIDE)
"""How people end a change."""
_NOT_PRACTICE = ("excellence", "data_gap")
"""Lanes of praise and of the Team's own duties."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a change of approach is checked against."""

    matters: Sequence[Matter]
    before: Sequence[ApproachChange]
    """The changes that apply to any of the concerns now."""
    actions: Sequence[TimedAction]
    spoken_of_on: date | None
    """The day on which it was spoken of; None if it was not, or if what was said is disputed."""
    spoken_of_from: date | None = None
    """The first day on which it could be spoken of; None if nobody knows it."""
    last_day: Callable[[GivenTime], date | None] = lambda given: given.last_on
    """Returns the last day of a time, with the days away; None while nobody knows it."""


def serve(
    ids: tuple[str, str], wanted: Wanted, known: Known, actor: Actor, numbers: PlanNumbers
) -> tuple[ApproachChange, tuple[ApproachChange, ...]]:
    """Return a change of approach, and the changes whose place it takes.

    `ids`: of the change and of the Safeguarder. The time of one that is served again on another day runs again. The
    same one of the same day is a repeat: it is returned as it stands, or the Safeguarder would have to read it twice.

    Raises:
        Refusal: EXPECTATION_IN_WORDS; NAME_THEM_ALL; APPROACHES_DIFFER; APPROACH_SAME; FIELD_MISSING if clear advice is
            left out without a reason; and, unless it is in the Safeguarder's favour, NOT_ABOUT_PRACTICE; CONCERN_HELD;
            SUPPORT_FIRST; DISCUSSED_FIRST; NOT_TO_REQUIRE, ACTION_NOT_OPEN, ONLY_REPORTED or TOO_SHORT for an action.
    """
    if not wanted.expectation or not wanted.because:
        field = "because" if wanted.expectation else "expectation"
        message = "Write in words what is expected of the Safeguarder, and why. They read both."
        raise invalid("EXPECTATION_IN_WORDS", message, field)
    came_from = _came_from(wanted, known)
    served_on = wanted.reported.served_on if wanted.reported else actor.today
    _check_served_on(wanted, served_on, actor.today)
    for change in known.before:
        if change.served_on == served_on and _as_served(change.wanted) == _as_served(wanted):
            return change, ()
    in_their_favour = IN_ORDER.index(wanted.to) < IN_ORDER.index(came_from)
    if not in_their_favour:
        _check_against(came_from, served_on, wanted, known)
    served = _with_time(_served(ids, wanted, came_from, served_on, actor), known, numbers)
    _check_actions(served, known.actions, numbers)
    actions = tuple(required(each) for each in known.actions)
    return replace(served, actions=actions), tuple(_superseded(each, ids[0], actor) for each in known.before)


def acknowledge(change: ApproachChange, actor: Actor) -> ApproachChange:
    """Return a change that the Safeguarder has read. Once it stands, this changes no day.

    Raises:
        Refusal: APPROACH_ENDED.
    """
    if change.acknowledged_on is not None:
        return change
    if not change.applies:
        raise _ended(change)
    stands_from = min(change.stands_from or actor.today, actor.today)
    return _next(change, actor.now, acknowledged_on=actor.today, stands_from=stands_from)


def end(change: ApproachChange, outcome: ChangeState, words: str, actor: Actor) -> ApproachChange:
    """Return a change that has ended. Its concerns are worked on with support again.

    Raises:
        Refusal: UNKNOWN_VALUE for another outcome; APPROACH_ENDED; SECOND_PERSON_NEEDED if who served it sets it aside.
    """
    if (change.state, change.end_words) == (outcome, words):
        return change
    if outcome not in ENDINGS:
        message = "Say that it is met, withdrawn or set aside. A later change takes its place by itself."
        raise invalid("UNKNOWN_VALUE", message, "outcome")
    if not change.applies:
        raise _ended(change)
    if outcome is ChangeState.SET_ASIDE and actor.is_any_of([change.served_by]):
        message = "You served this change. Somebody else sets it aside. You can withdraw it."
        raise precondition("SECOND_PERSON_NEEDED", message, "outcome")
    ended = {"state": outcome, "end_words": words, "ended_by": actor.person, "ended_at": actor.now}
    return _next(change, actor.now, **ended)


def set_aside_by_review(change: ApproachChange, reasons: str, actor: Actor) -> ApproachChange:
    """Return a change that its reviewer set aside. Its concerns are worked on with support again."""
    ended = {"end_words": reasons, "ended_by": actor.person, "ended_at": actor.now}
    return _next(change, actor.now, state=ChangeState.SET_ASIDE, **ended)


def end_with_concerns(change: ApproachChange, now: datetime) -> ApproachChange:
    """Return a change whose concerns have all ended. Nobody is asked to read it any more."""
    return _next(change, now, state=ChangeState.CONCERN_ENDED, ended_at=now) if change.applies else change


def end_for_support(change: ApproachChange, now: datetime) -> ApproachChange:
    """Return a change that all its open concerns have left, because another support was offered. It needs a new one."""
    return _next(change, now, state=ChangeState.SUPPORT_AGAIN, ended_at=now) if change.applies else change


def follow_days(
    change: ApproachChange, time_is_over_on: date | None, actions: Sequence[TimedAction], now: datetime
) -> ApproachChange:
    """Return a change with its days as they stand now. Days away, and whatever moves an action, move them.

    `time_is_over_on`: the last day to acknowledge it, with the days away; None while nobody knows it.
    """
    if not change.applies:
        return change
    has_time = change.answer_due_on is not None
    stands_from = _earlier(change.acknowledged_on, time_is_over_on) if has_time else change.stands_from
    after = tuple(required(each) for each in actions)
    if (stands_from, after) == (change.stands_from, change.actions):
        return change
    return _next(change, now, stands_from=stands_from, actions=after)


def required(timed: TimedAction) -> Required:
    """Return an action as a change requires it, with its day as it stands."""
    action, standing = timed.action, timed.standing
    what = (action.action_id, action.proposal.kind, action.state, action.opened_on)
    return Required(*what, standing.due_on, standing.stands_still)


def _came_from(wanted: Wanted, known: Known) -> Approach:
    """Return the approach until now, which is one for all the concerns."""
    for change in known.before:
        left_out = [concern_id for concern_id in change.wanted.concerns if concern_id not in wanted.concerns]
        if left_out:
            message = "The change that applies now is about another concern too. Name that as well, or end it first."
            raise precondition("NAME_THEM_ALL", message, "concerns", left_out=" ".join(left_out))
    by_concern = {concern_id: change.wanted.to for change in known.before for concern_id in change.wanted.concerns}
    until_now = {by_concern.get(concern_id, Approach.SUPPORT) for concern_id in wanted.concerns}
    if len(until_now) > 1:
        message = "These concerns are not worked on in the same way until now. Change each by itself."
        raise precondition("APPROACHES_DIFFER", message, "concerns")
    (came_from,) = until_now
    if wanted.to is came_from is Approach.SUPPORT:
        message = "These concerns are worked on with support already."
        raise precondition("APPROACH_SAME", message, "to_approach")
    return came_from


def _check_served_on(wanted: Wanted, served_on: date, today: date) -> None:
    acknowledged_on = wanted.reported.acknowledged_on if wanted.reported else None
    if served_on > today:
        raise _not_that_day("reported_serve_date", today)
    if acknowledged_on is not None and not served_on <= acknowledged_on <= today:
        raise _not_that_day("reported_acknowledge_date", today)


def _check_against(came_from: Approach, served_on: date, wanted: Wanted, known: Known) -> None:
    """Check what has to come before a change that asks more of the Safeguarder."""
    for matter in known.matters:
        _check_matter(matter, as_reported=wanted.reported is not None)
    leaves_out_advice = came_from is Approach.SUPPORT and wanted.to is Approach.REQUIRED_ACTION
    if leaves_out_advice and not wanted.skip_because:
        message = "skip_because is needed: clear advice comes before required action. Say why it is left out."
        raise invalid("FIELD_MISSING", message, "skip_because")
    _check_spoken_of(known, served_on)


def _check_spoken_of(known: Known, served_on: date) -> None:
    if known.spoken_of_on is None or known.spoken_of_on > served_on:
        message = "Speak of it with the Safeguarder first, and name the day or the session. What they dispute waits."
        raise precondition("DISCUSSED_FIRST", message, "discussed_date")
    if known.spoken_of_from is not None and known.spoken_of_on < known.spoken_of_from:
        message = f"Name a day or a session since {known.spoken_of_from}. Before that, the concern was not raised or "
        message += "reopened, or the person did not serve, so there was nothing to speak of."
        raise precondition("DISCUSSED_FIRST", message, "discussed_date", earliest=known.spoken_of_from.isoformat())


def _check_matter(matter: Matter, *, as_reported: bool) -> None:
    if matter.concern.lane in _NOT_PRACTICE:
        message = "This is no concern about practice, so nothing is expected of the Safeguarder about it."
        raise precondition("NOT_ABOUT_PRACTICE", message, "concerns")
    if matter.concern.is_held:
        raise precondition("CONCERN_HELD", "This concern is on hold. End the hold first.", "concerns")
    if not matter.support_answered(as_reported=as_reported):
        message = "Support comes first: every offer needs an answer, and one at least the Safeguarder's own, or that "
        message += "they were asked again at a session and gave none. An answer that was only reported is not enough."
        raise precondition("SUPPORT_FIRST", message, "concerns", concern=matter.concern.concern_id)


def _as_served(wanted: Wanted) -> Wanted:
    """Return a change without what a repeat of it may say otherwise: the order of names, and why advice is left out."""
    return replace(
        wanted,
        concerns=tuple(sorted(wanted.concerns)),
        actions=tuple(sorted(wanted.actions)),
        evidence=tuple(sorted(wanted.evidence)),
        skip_because="",
    )


def _served(ids: tuple[str, str], wanted: Wanted, came_from: Approach, served_on: date, actor: Actor) -> ApproachChange:
    """Return a change that stands at once."""
    change_id, safeguarder_id = ids
    acknowledged_on = wanted.reported.acknowledged_on if wanted.reported else None
    return ApproachChange(
        change_id,
        safeguarder_id,
        wanted,
        came_from,
        actor.person,
        served_on,
        actor.now,
        actor.now,
        answer_due_on=None,
        stands_from=served_on,
        acknowledged_on=acknowledged_on,
    )


def _with_time(change: ApproachChange, known: Known, numbers: PlanNumbers) -> ApproachChange:
    """Return a change to required action with the Safeguarder's time to read it. Any other has none."""
    if change.wanted.to is not Approach.REQUIRED_ACTION:
        return change
    days = numbers.approach_working_days
    timed = replace(change, answer_due_on=add_working_days(WorkingCalendar.OFFICE, change.served_on, days))
    over_on = known.last_day(timed.time) if timed.time else None
    return replace(timed, stands_from=_earlier(over_on, change.acknowledged_on))


def _earlier(first: date | None, second: date | None) -> date | None:
    return min((day for day in (first, second) if day is not None), default=None)


def _check_actions(change: ApproachChange, actions: Sequence[TimedAction], numbers: PlanNumbers) -> None:
    """Check that each action can be required, and has its full time after the change stands."""
    if change.wanted.to is not Approach.REQUIRED_ACTION and actions:
        raise invalid("UNKNOWN_VALUE", "Only required action names actions. Leave them out.", "actions")
    for timed in actions:
        action = timed.action
        _check_can_be_required(action, change)
        days = shortest_days(action.proposal.kind, numbers)
        stands_from = change.stands_from or change.served_on
        first = stands_from + timedelta(days=days)
        if timed.standing.due_on < first:
            message = f"A required action has {days} days after the change stands: it is due {first} or later."
            raise precondition("TOO_SHORT", f"{message} Give it a later day.", "actions", days=str(days))


def _check_can_be_required(action: Action, change: ApproachChange) -> None:
    proposal = action.proposal
    theirs = proposal.owner is Side.SAFEGUARDER and proposal.concern in change.wanted.concerns
    if not theirs or proposal.kind in NOT_TO_REQUIRE:
        message = "Require what the Safeguarder is to do about one of these concerns, and what both sides can see done."
        raise precondition("NOT_TO_REQUIRE", message, "actions")
    if not action.is_open:
        raise precondition("ACTION_NOT_OPEN", "An action that is required is open.", "actions", state=action.state)
    if action.reported and change.wanted.reported is None:
        message = "An action that was only reported is not required. Propose it, so that the Safeguarder answers it."
        raise precondition("ONLY_REPORTED", message, "actions")


def _superseded(change: ApproachChange, by: str, actor: Actor) -> ApproachChange:
    return _next(change, actor.now, state=ChangeState.SUPERSEDED, superseded_by=by, ended_at=actor.now)


def _not_that_day(field: str, today: date) -> Refusal:
    message = f"{field} is not in the future, and the Safeguarder is given a change before they acknowledge it."
    return invalid("DATE_OUT_OF_ORDER", message, field, latest=today.isoformat())


def _ended(change: ApproachChange) -> Refusal:
    return precondition("APPROACH_ENDED", "This change of approach has ended.", "name", state=change.state)


def _next(change: ApproachChange, now: datetime, **changes: object) -> ApproachChange:
    return replace(change, version=change.version + 1, recorded_at=now, **changes)  # type: ignore[arg-type]
