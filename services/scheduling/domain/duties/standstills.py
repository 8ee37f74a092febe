"""Standstills: the days on which no time passes for what a Safeguarder owes.

It stands still while the Safeguarder is on leave or suspended, and while a review is open that it hangs on. An action
also stands still while the Team is late with a support for it. What the Team and the support manager owe runs on, but
for what they owe about the target of a review.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from services.calendar_days import WorkingCalendar, first_working_day_from
from services.scheduling.domain.duties.facts import ActionFact, Facts, ReviewFact, SupportFact
from services.scheduling.domain.duties.states import OwedBy, SupportState
from services.scheduling.domain.obligations.clocks import Clock, Pause, PauseReason

_DAY = timedelta(days=1)
_STILL_OWED = (SupportState.ACCEPTED, SupportState.NOT_DELIVERED, SupportState.UNAVAILABLE)
"""A support that the Team cannot provide leaves the Safeguarder without it, so it is late too."""


def stops_of(owed_by: OwedBy, about: str, concern_ids: Iterable[str], facts: Facts) -> tuple[Pause, ...]:
    """Return what stops the time of something owed, but for late supports.

    `about`: its name under the Safeguarder. `concern_ids`: the concerns that it hangs on. A review stops what the
    Safeguarder owes about its target and about the concerns that rest on it. It stops what others owe about the target
    alone, because the Safeguarder still waits for the rest.
    """
    theirs = owed_by is OwedBy.SAFEGUARDER
    hangs_on = set(concern_ids) if theirs else set()
    reviews = (
        review for review in facts.of(ReviewFact) if about == review.target or hangs_on & set(review.concern_ids)
    )
    return (*(facts.away if theirs else ()), *map(_of_review, reviews))


def of_reviews(target: str, facts: Facts) -> tuple[Pause, ...]:
    """Return the pauses that reviews of one thing make, by its name under the Safeguarder."""
    return tuple(_of_review(review) for review in facts.of(ReviewFact) if review.target == target)


def _of_review(review: ReviewFact) -> Pause:
    """Return the pause that a review makes: from the day it was made until the day it ended, on which time goes on."""
    return Pause(review.review_id, PauseReason.REVIEW_OPEN, review.made_on, review.ended_on)


def is_still_owed(support: SupportFact, actions: Iterable[ActionFact]) -> bool:
    """Return whether the Team owes a support: promised and not given, or one it cannot provide that an action needs.

    `actions`: those that are open. Else the Team could end what it owes by saying that it has none.
    """
    if support.state is SupportState.UNAVAILABLE:
        return any(_holds(support, action) for action in actions)
    return support.state in _STILL_OWED and support.promised_on is not None


def late_supports(action: ActionFact, supports: Iterable[SupportFact]) -> tuple[Pause, ...]:
    """Return the pauses of an action for supports that the Team is, or was, late with.

    Each begins on the day after the first promised day, whatever was promised later. It lasts until the day on which
    the support was given, or was recorded as given if that is later. That day is given back too. So a record that comes
    late takes back no day. A support that cannot be given holds only what was open by then.
    """
    return tuple(pause for support in supports if _holds(support, action) and (pause := _pause(support)))


def due_on(clock: Clock, last_on: date, today: date) -> date:
    """Return the last day as it was set, moved later by the days that the clock stood still.

    A moved day is an office working day. While nobody knows how long the clock stands still, the day stays as it was
    before, and moves only once it has come. So it is never past because of a standstill, and does not move each day.
    """
    if not clock.is_paused_without_end(today):
        return _moved(clock, last_on, today)
    since = min(pause.from_on for pause in clock.pauses if pause.resumed_on is None)
    due = _moved(clock, last_on, since - _DAY)
    while due <= today and (later := _moved(clock, last_on, due)) > due:
        due = later
    return due


def _moved(clock: Clock, last_on: date, as_of: date) -> date:
    reached = clock.day_reached((last_on - clock.starts_on).days + 1, as_of)
    return last_on if reached == last_on else first_working_day_from(WorkingCalendar.OFFICE, reached)


def _holds(support: SupportFact, action: ActionFact) -> bool:
    """Return whether an action rests on a support. Evidence refuses *not met* for the same actions.

    A later action does not rest on what the Team cannot provide, unless it takes the place of an earlier one.
    """
    opened_later = (action.opened_on or action.since_on) > (support.unavailable_on or support.since_on)
    took_over = action.takes_a_place and action.action_id in support.action_ids
    if support.state is SupportState.UNAVAILABLE and opened_later and not took_over:
        return False
    return _is_for(support, action)


def _is_for(support: SupportFact, action: ActionFact) -> bool:
    """Return whether a support is for an action, for a need that the action answers, or for its concern."""
    if action.action_id in support.action_ids or action.concern_id in support.concern_ids:
        return True
    return not set(action.need_ids).isdisjoint(support.need_ids)


def _pause(support: SupportFact) -> Pause | None:
    late_from = _late_from(support)
    if late_from is None:
        return None
    if support.state in _STILL_OWED:
        return Pause(support.support_id, PauseReason.SUPPORT_LATE, late_from)
    recorded_on = support.given_since_on or support.since_on
    given_on = max(support.delivered_on or recorded_on, recorded_on)
    late = support.state is SupportState.DELIVERED and given_on >= late_from
    return Pause(support.support_id, PauseReason.SUPPORT_LATE, late_from, given_on + _DAY) if late else None


def _late_from(support: SupportFact) -> date | None:
    if support.first_promised_on is not None:
        return support.first_promised_on + _DAY
    return support.unavailable_on if support.state is SupportState.UNAVAILABLE else None
