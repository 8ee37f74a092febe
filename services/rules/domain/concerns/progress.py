"""The words and dates that people enter on a concern (D5, B7). Rules change none of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.calendar_days import Days, WorkingCalendar, add_working_days, first_working_day_from
from services.rules.domain.closed_lists import (
    Approach,
    HoldReason,
    RecommendationKind,
    RequiredAction,
    ReviewOutcome,
    State,
    SupportAnswer,
    SupportGiven,
    SupportKind,
    SupportsStanding,
    View,
)

NOTICE_WORKING_DAYS = 5
"""Ours, on the office calendar: after this many days a notice stands even if nobody acknowledged it (R80)."""
_DAY = timedelta(days=1)

ENDED_STATES = (State.CLOSED, State.DISMISSED, State.MERGED)
OPEN_STATES = tuple(state for state in State if state not in ENDED_STATES)


@dataclass(frozen=True, slots=True)
class Support:
    """One offer of support. `answer` is None until the Safeguarder has answered.

    `support_id`: its id in the register of supports, which evidence keeps. Empty if a release before the register
    stored it. `given` is None while the Team owes it, or has nothing to give.
    """

    kind: SupportKind
    discussed_on: date
    answer: SupportAnswer | None = None
    answered_on: date | None = None
    support_id: str = ""
    version: int = 0
    promised_on: date | None = None
    """The day that the Team promised first. What comes later is late."""
    given: SupportGiven | None = None
    unavailable_on: date | None = None
    """The day from which the Team cannot provide it."""
    deny_until: date | None = None
    """The last day on which the Safeguarder, who has not said so yet, may say that they did not receive it."""

    @property
    def words(self) -> str:
        """Where it stands, in words of closed lists."""
        return f"{self.kind} {self.given or self.answer or 'offered'}"


@dataclass(frozen=True, slots=True)
class Notice:
    """Notice that the approach changes, and of what is expected. `document` is the id of the text.

    `change_id`: the change of approach in the record. Empty if it was kept before the record, by a release that
    took the id of a document for it.
    """

    document: str
    served_on: date
    acknowledged_on: date | None = None
    change_id: str = ""
    stands_from: date | None = None
    """As the record has it. None while its time stands still."""
    reported: bool = False
    """It was recorded only later, so no escalation rests on it."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action that is required, and its due date. `action_id`: in the plan; empty if kept before the record."""

    what: RequiredAction
    required_on: date
    due_on: date
    action_id: str = ""
    stands_still: bool = False
    has_ended: bool = False

    def is_overdue(self, today: date) -> bool:
        """Tell whether its time has passed. If it is due on a day the office is closed, the next working day counts."""
        return not self.stands_still and today > first_working_day_from(WorkingCalendar.OFFICE, self.due_on)


@dataclass(frozen=True, slots=True)
class RequiredFact:
    """An action of the plan that a change of approach requires, open or ended with an outcome."""

    action_id: str
    what: RequiredAction
    due_on: date
    """Moved later by the days that its clock stood still."""
    stands_still: bool = False
    has_ended: bool = False
    """It ended with an outcome."""


@dataclass(frozen=True, slots=True)
class ApproachFact:
    """A version of a change of approach, without words."""

    change_id: str
    version: int
    to: Approach
    served_at: datetime
    """When it was recorded. Of two that apply, the later one does."""
    served_on: date
    acknowledged_on: date | None = None
    stands_from: date | None = None
    """None while its time stands still."""
    reported: bool = False
    actions: tuple[RequiredFact, ...] = ()
    ended: str = ""
    """How it ended, in the word of the record; empty while it applies."""
    left: bool = False
    """Another support was offered since at a review. It no longer applies to this concern (R76, R80)."""

    @property
    def applies(self) -> bool:
        """True while it says how the Team works on the concern."""
        return not self.ended and not self.left


@dataclass(frozen=True, slots=True)
class ReviewedFact:
    """What a review found of an action of the plan."""

    action_id: str
    found: str
    """Its outcome, in the word of `ReviewOutcome`; or another word if it counts against nobody, or has more time."""
    due_on: date
    """The day on which it was due, moved by the days that it stood still."""
    supports: SupportsStanding | None
    """How its supports stood, as the register said. None if none was offered for it."""

    @property
    def outcome(self) -> ReviewOutcome | None:
        """Its outcome. None if it could not be done, or has more time."""
        return ReviewOutcome(self.found) if self.found in tuple(ReviewOutcome) else None


@dataclass(frozen=True, slots=True)
class ActionReviewFact:
    """A version of a review of actions, without words."""

    review_id: str
    version: int
    held_on: date
    actions: tuple[ReviewedFact, ...]

    def of(self, action_id: str) -> ReviewedFact | None:
        """Return what it found of an action; None if that was no part of it."""
        return next((each for each in self.actions if each.action_id == action_id), None)


@dataclass(frozen=True, slots=True)
class ActionReview:
    """A review of the required action that was held. `review_id`: in the record; empty if kept before the record."""

    held_on: date
    outcome: ReviewOutcome
    supports: SupportsStanding | None
    review_id: str = ""
    due_on: date | None = None
    """The day on which the action was due, as the record knew it. None if kept before the record."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The Team's recommendation. `pack_hash`: sha256, in hex, of the pack that the Safeguarder was given.

    `by`: who made it. Empty if an earlier release stored it. `recommendation_id`: in the record; empty if kept before.
    """

    kind: RecommendationKind
    pack_hash: str
    shared_on: date
    by: str = ""
    recommendation_id: str = ""
    version: int = 0
    """The version in the record. The highest holds."""


@dataclass(frozen=True, slots=True)
class RecommendationFact:
    """A version of a recommendation in the record, without words. `stands`: Ministers have it."""

    made: Recommendation
    stands: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a concern is on hold, the state it returns to, and the first day.

    `note`: id of the Practice Note being drafted that put it on hold; empty if only people did.
    """

    reasons: tuple[HoldReason, ...]
    stood: State
    since: date
    note: str = ""
    reviews: tuple[str, ...] = ()
    """Ids of the open review requests in the record. Empty if a person typed that a review is open."""
    suspensions: tuple[str, ...] = ()
    """Ids of the suspensions in the record. Empty if a person typed that the Safeguarder is suspended."""

    @property
    def by_the_record(self) -> bool:
        """True while the record holds it. Scheduling counts these days for what is in a plan."""
        return bool(self.reviews or self.suspensions)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on hold. None of the concern's clocks ran (D15.5)."""

    since: date
    until: date
    by_the_record: bool = False
    """As of `Hold`. Days of the record hold these days already, so they are not given back twice."""


@dataclass(frozen=True, slots=True)
class Progress:
    """All that people entered since the concern was raised or reopened."""

    supports: tuple[Support, ...] = ()
    notice: Notice | None = None
    action: Action | None = None
    review: ActionReview | None = None
    escalated_by: str = ""
    escalated_on: date | None = None
    recommendation: Recommendation | None = None
    hold: Hold | None = None
    pauses: tuple[Pause, ...] = ()
    view: View | None = None
    view_document: str = ""
    view_version: int = 0
    """The version of the view in the record. 0 if a person entered it before views had a record."""
    merged_into: str = ""
    reopened_on: str = ""
    """Id of the item of evidence for which it was reopened."""
    reopened_day: date | None = None
    """The day of reopening. Supports that were spoken of before it belong to what was before."""
    upheld_review: str = ""
    """Id of the review request that closed it. Empty if something else did, or nothing."""
    reviews: tuple[ActionReviewFact, ...] = ()
    """The newest version of each review of actions about it in the record. `review` follows from them."""
    approaches: tuple[ApproachFact, ...] = ()
    """The newest version of each change of approach in the record. `notice` and `action` follow from them."""


def supports_standing(supports: Sequence[Support], today: date) -> SupportsStanding | None:
    """Return how the supports of a concern stand on a day, worked out from the register (record 1.4).

    None if there are none, or if a release before the register stored one and the Team owes nothing in the register. A
    person says it then.
    """
    kept = [one for one in supports if one.support_id and not _is_replaced(one, supports)]
    states = {_stands(one, today) for one in kept}
    for word in (SupportsStanding.STILL_RUNNING, SupportsStanding.TEAM_COULD_NOT):
        if word in states:
            return word
    if not kept or any(not one.support_id for one in supports):
        return None
    return SupportsStanding.DECLINED if states == {SupportsStanding.DECLINED} else SupportsStanding.COMPLETE


def _stands(support: Support, today: date) -> SupportsStanding:
    if support.answer is SupportAnswer.DECLINED:
        return SupportsStanding.DECLINED
    if support.answer is SupportAnswer.NONE_GIVEN:
        # The Safeguarder took up nothing that could be owed. They have not declined it either.
        return SupportsStanding.COMPLETE
    if support.given is None:
        runs = support.answer is None or support.promised_on is None or support.promised_on >= today
        return SupportsStanding.STILL_RUNNING if runs else SupportsStanding.TEAM_COULD_NOT
    if support.given is not SupportGiven.DELIVERED:
        return SupportsStanding.TEAM_COULD_NOT
    # The Safeguarder may still say that they did not receive it.
    waits = support.deny_until is not None and support.deny_until >= today
    return SupportsStanding.STILL_RUNNING if waits else SupportsStanding.COMPLETE


def _is_replaced(support: Support, supports: Sequence[Support]) -> bool:
    """Return whether the Team cannot provide a support, and the Safeguarder accepted another one after that."""
    since = support.unavailable_on
    return since is not None and any(
        other.discussed_on >= since and other.answer is SupportAnswer.ACCEPTED and other.unavailable_on is None
        for other in supports
        if other.support_id
    )


def paused_days(progress: Progress, since: date) -> int:
    """Return how many days since a date the concern was on hold."""
    return sum(max(0, (pause.until - max(pause.since, since)).days) for pause in progress.pauses)


def notice_stands_from(progress: Progress) -> date | None:
    """Return the day from which the notice stands: acknowledged, or served long enough ago. None without notice."""
    notice = progress.notice
    if notice is None:
        return None
    if notice.change_id:
        return _later_by_pauses(notice.stands_from, notice.acknowledged_on, notice.served_on, progress)
    if notice.acknowledged_on is not None:
        return notice.acknowledged_on
    served = add_working_days(WorkingCalendar.OFFICE, notice.served_on, NOTICE_WORKING_DAYS)
    return served + timedelta(days=paused_days(progress, notice.served_on))


def notice_stands(progress: Progress, today: date) -> bool:
    """Tell whether the notice stands on a day."""
    stands_from = notice_stands_from(progress)
    return stands_from is not None and stands_from <= today


def by_the_record(progress: Progress) -> Progress:
    """Return the course with the notice and the action as the record has them.

    The latest change of approach that applies says so. What was kept before the record stays until there is one.
    """
    if not progress.approaches:
        return progress
    applying = [fact for fact in progress.approaches if fact.applies]
    fact = max(applying, key=lambda fact: (fact.served_at, fact.change_id), default=None)
    if fact is None or fact.to is not Approach.REQUIRED_ACTION:
        return replace(progress, notice=None, action=None, review=None)
    days = (fact.change_id, fact.served_on, fact.acknowledged_on)
    notice = Notice(*days, fact.change_id, fact.stands_from, fact.reported)
    action = _required(fact, progress)
    return replace(progress, notice=notice, action=action, review=_review_of(action, progress))


def _review_of(action: Action | None, progress: Progress) -> ActionReview | None:
    """Return the last review that found an outcome of a required action. What others were found to be says nothing."""
    found = [(fact, fact.of(action.action_id)) for fact in progress.reviews] if action else []
    held = [(fact, one) for fact, one in found if one is not None and one.outcome is not None]
    fact, one = max(held, key=lambda each: (each[0].held_on, each[0].review_id), default=(None, None))
    if fact is None or one is None or one.outcome is None:
        return None
    supports = one.supports or supports_standing(progress.supports, fact.held_on)
    return ActionReview(fact.held_on, one.outcome, supports, fact.review_id, one.due_on)


def _required(fact: ApproachFact, progress: Progress) -> Action | None:
    """Return the required action whose time is over last. One that has ended counts only if no other is open."""
    found = max(fact.actions, key=lambda each: (not each.has_ended, each.due_on, each.action_id), default=None)
    if found is None:
        return None
    due_on = _held_later(found.due_on, fact.served_on, progress)
    return Action(found.what, fact.served_on, due_on, found.action_id, found.stands_still, found.has_ended)


def _held_later(day: date, since: date, progress: Progress) -> date:
    """Return a day, later by the days on hold that began while its time still ran. It has those of the record."""
    hold = progress.hold
    counted = [Days(pause.since, pause.until - _DAY) for pause in progress.pauses if pause.by_the_record]
    counted += [Days(hold.since, None)] if hold and hold.by_the_record else []
    for pause in progress.pauses:
        last = first_working_day_from(WorkingCalendar.OFFICE, day)
        if not pause.by_the_record and pause.since <= last:
            held = range((pause.until - max(pause.since, since)).days)
            days = (max(pause.since, since) + _DAY * number for number in held)
            day += _DAY * sum(not any(known.covers(one) for known in counted) for one in days)
    return day


def with_hold(progress: Progress, hold: Hold | None, today: date) -> Progress:
    """Return the course with another hold, or without one. The days on hold until then are given back once.

    Days on which the record holds it are counted apart from other days.
    """
    before = progress.hold
    if before is None or (hold is not None and hold.by_the_record is before.by_the_record):
        return replace(progress, hold=hold)
    action = progress.action
    # An early review may have found the action met. Its time then still ran when the hold began.
    if action is not None and (before.stood is State.REQUIRED_ACTION or not action.is_overdue(before.since)):
        action = replace(action, due_on=action.due_on + (today - before.since))
    # The notice and the reply window have no due date that could move: they subtract the pauses when asked.
    pauses = (*progress.pauses, Pause(before.since, today, before.by_the_record))
    return replace(progress, hold=hold and replace(hold, since=today), action=action, pauses=pauses)


def _later_by_pauses(
    stands_from: date | None, acknowledged_on: date | None, served_on: date, progress: Progress
) -> date | None:
    """Return the day from which a notice of the record stands. An acknowledgement waits for no hold."""
    unread = _held_later(stands_from, served_on, progress) if stands_from else None
    return min((day for day in (unread, acknowledged_on) if day is not None), default=None)
