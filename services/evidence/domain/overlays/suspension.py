"""What may be done with a suspension, and when (R90, record 2.7). Each guard answers with the word in capitals."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.calendar_days import london_today
from services.evidence.domain.overlays.overlay import (
    DecidedBy,
    Followed,
    LiftReason,
    Notice,
    Overlay,
    OverlayPolicy,
    OverlayState,
    Policy,
    Reason,
    Suspension,
    WithoutRecommendation,
    next_version,
)
from services.evidence.domain.safeguarder import Safeguarder, State, check_serves
from services.refusals import did_you_mean, invalid, precondition
from services.who import Who

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recorder(Who):
    """Who records something of an overlay. `records_decisions`: what Ministers and officials decide."""

    records_decisions: bool
    now: datetime

    @property
    def today(self) -> date:
        """Return the day in London."""
        return london_today(self.now)


@dataclass(frozen=True, slots=True)
class DecidedOn:
    """The recommendation that is followed, or why there is none. `reasons`: why it is not as was recommended."""

    recommendation_id: str = ""
    pack_hash: str = ""
    without: WithoutRecommendation | None = None
    reasons: str = ""

    @property
    def followed(self) -> Followed | None:
        """What is followed."""
        return Followed(self.recommendation_id, self.pack_hash) if self.recommendation_id else None


@dataclass(frozen=True, slots=True)
class Asked:
    """A suspension as somebody records it. `starts_on`: None for today."""

    reason: Reason
    policy: str
    notice_on: date | None
    starts_on: date | None
    review_on: date | None
    decided_on: DecidedOn = DecidedOn()


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a suspension that goes on. `on`: None for today."""

    on: date | None
    next_on: date | None
    decided_on: DecidedOn = DecidedOn()


@dataclass(frozen=True, slots=True)
class Lifting:
    """The end of a suspension. `on`: the day from which the person is no longer suspended; None for today."""

    on: date | None
    reason: LiftReason
    decided_on: DecidedOn = DecidedOn()


def suspend(overlay_id: str, entry: Safeguarder, asked: Asked, policy: OverlayPolicy, by: Recorder) -> Overlay:
    """Return a new suspension. It is in force from the day on which it is recorded, or from an earlier one.

    Raises:
        Refusal: SAY_THE_POLICY, NOT_YOURS_TO_RECORD, START_TO_COME, NOT_APPOINTED, NOTICE_FIRST, REVIEW_DATE,
            SAY_THE_RECOMMENDATION.
    """
    rests_on = _policy(asked, policy)
    _check_recorder(rests_on, by)
    starts_on = asked.starts_on or by.today
    if starts_on > by.today:
        message = "A suspension is in force from the day on which it is recorded. Record it on that day."
        raise invalid("START_TO_COME", message, "start_date", today=by.today.isoformat())
    check_serves(entry, starts_on)
    notice_on = _notice(asked, starts_on, rests_on)
    review_on = _review_day(asked.review_on, starts_on, policy.review_days)
    suspension = _following(Suspension(asked.reason, rests_on.name, notice_on, review_on), asked.decided_on, rests_on)
    return Overlay(
        overlay_id, entry.safeguarder_id, OverlayState.IN_FORCE, starts_on, None, suspension, policy.suspension_does,
        starts_on < by.today, by.now, by.person, by.now,
    )  # fmt: skip


def review(overlay: Overlay, look: Look, policy: OverlayPolicy, by: Recorder) -> Overlay:
    """Return a suspension that was looked at and goes on.

    One that follows no recommendation yet is asked for one at each look.

    Raises:
        Refusal: SUSPENSION_OVER, NOT_YOURS_TO_RECORD, DAY_OUT_OF_RANGE, REVIEW_DATE, SAY_THE_RECOMMENDATION.
    """
    suspension = _in_force(overlay, policy, by)
    reviewed_on = look.on or by.today
    _check_day(reviewed_on, (overlay.starts_on, *suspension.reviewed_on)[-1], by.today, "reviewed_date")
    review_on = _review_day(look.next_on, reviewed_on, policy.review_days)
    following = _following(suspension, look.decided_on, _named(suspension, policy))
    after = replace(following, review_on=review_on, reviewed_on=(*suspension.reviewed_on, reviewed_on))
    return replace(next_version(overlay, by.person, by.now), suspension=after, state=OverlayState.REVIEWED)


def lift(overlay: Overlay, lifting: Lifting, policy: OverlayPolicy, by: Recorder) -> Overlay:
    """Return a suspension that is lifted from a day on. It waits for no recommendation: it favours the person.

    One that was recorded in error has no day.

    Raises:
        Refusal: SUSPENSION_OVER, NOT_YOURS_TO_RECORD, DAY_OUT_OF_RANGE, RECOMMENDATION_DOES_NOT_FIT.
    """
    suspension = _in_force(overlay, policy, by)
    lifted_on = lifting.on or by.today
    _check_day(lifted_on, overlay.starts_on, by.today, "lift_date")
    in_error, followed = lifting.reason is LiftReason.IN_ERROR, lifting.decided_on.followed
    if in_error and followed:
        message = "What was recorded in error is taken back, and follows no recommendation."
        raise precondition("RECOMMENDATION_DOES_NOT_FIT", message, "decided_on.recommendation")
    ends_on = (overlay.starts_on if in_error else lifted_on) - _DAY
    after = replace(suspension, lifted_on=lifted_on, lift_reason=lifting.reason, lift_follows=followed)
    lifted = next_version(overlay, by.person, by.now)
    return replace(lifted, suspension=after, ends_on=ends_on, state=OverlayState.LIFTED)


def end_with_membership(overlay: Overlay, entry: Safeguarder, now: datetime) -> Overlay | None:
    """Return a suspension that ended with the membership; None while the person is a member, or if it is over."""
    last_on = entry.terms[-1].ends_on if entry.terms else None
    if not overlay.is_open or entry.state is not State.ENDED or last_on is None or last_on >= london_today(now):
        return None
    # What is recorded of an earlier day leaves no day of it after the last day of membership.
    ends_on = max(last_on, overlay.starts_on - _DAY)
    return replace(next_version(overlay, "calendar", now), ends_on=ends_on, state=OverlayState.ENDED)


def go_on_with_membership(
    overlay: Overlay, before: Safeguarder, after: Safeguarder, by: str, now: datetime
) -> Overlay | None:
    """Return a suspension that ended with a membership which did not end then, as a correction says; None for others.

    `before`, `after`: the entry of the register before the correction and after it.
    """
    if overlay.state is not OverlayState.ENDED or overlay.suspension is None or overlay.ends_on is None:
        return None
    next_on = overlay.ends_on + _DAY
    if before.serves_on(next_on) or not after.serves_on(next_on):
        return None
    state = OverlayState.REVIEWED if overlay.suspension.reviewed_on else OverlayState.IN_FORCE
    return replace(next_version(overlay, by, now), ends_on=None, state=state)


def _policy(asked: Asked, policy: OverlayPolicy) -> Policy:
    found = next((each for each in policy.policies if each.name == asked.policy), None)
    fitting = [each.name for each in policy.policies if asked.reason in each.reasons]
    if found is None or asked.reason not in found.reasons:
        hint = "" if found else did_you_mean(asked.policy, fitting)
        message = f"A suspension rests on a policy for its reason: {', '.join(fitting) or 'there is none'}.{hint}"
        raise precondition("SAY_THE_POLICY", message, "policy", policies=", ".join(fitting))
    return found


def _check_recorder(policy: Policy, by: Recorder) -> None:
    """Refuse the Team where the policy leaves the decision to Ministers' officials."""
    if not by.records_decisions and policy.decided_by is not DecidedBy.THE_TEAM:
        message = "Under this policy an official decides for Ministers, and a recorder of decisions records it."
        raise precondition("NOT_YOURS_TO_RECORD", message, "policy")


def _notice(asked: Asked, starts_on: date, policy: Policy) -> date:
    last_on = starts_on if policy.notice is Notice.THE_SAME_DAY else starts_on - _DAY
    if asked.notice_on is None or asked.notice_on > last_on:
        message = f"A suspension is in force once notice is served: by {last_on.isoformat()} under this policy."
        raise precondition("NOTICE_FIRST", message, "notice_date", latest=last_on.isoformat())
    return asked.notice_on


def _review_day(review_on: date | None, since: date, most: int) -> date:
    latest_on = since + timedelta(days=most)
    if review_on is None or not since < review_on <= latest_on:
        message = f"Say by when it is looked at again: after {since.isoformat()}, and by {latest_on.isoformat()}."
        raise precondition("REVIEW_DATE", message, "review_date", latest=latest_on.isoformat())
    return review_on


def _in_force(overlay: Overlay, policy: OverlayPolicy, by: Recorder) -> Suspension:
    suspension = overlay.suspension
    if suspension is None or not overlay.is_open:
        raise precondition("SUSPENSION_OVER", "This suspension is over. Record a new one if there is one.", "name")
    rests_on = _named(suspension, policy)
    if rests_on is not None:
        _check_recorder(rests_on, by)
    return suspension


def _named(suspension: Suspension, policy: OverlayPolicy) -> Policy | None:
    """Return the policy that a suspension names. None if it is no longer in the file."""
    return next((each for each in policy.policies if each.name == suspension.policy), None)


def _following(suspension: Suspension, said: DecidedOn, rests_on: Policy | None) -> Suspension:
    """Return a suspension with the recommendation that it follows, or with why there is none.

    Under a policy by which the Team decides, the Team recommends nothing to Ministers.
    """
    ministers_decide = rests_on is not None and rests_on.decided_by is DecidedBy.MINISTERS
    known = said.followed or suspension.follows
    if (known and said.without) or (ministers_decide and not (known or said.without)):
        message = (
            "Name the recommendation that it follows, with the hash of its pack. If it follows none, say why: it was "
            "urgent, one is not ready, or none was made. Say one of the two."
        )
        raise precondition("SAY_THE_RECOMMENDATION", message, "decided_on")
    return replace(suspension, follows=known, without=None if known else said.without or suspension.without)


def _check_day(day: date, earliest: date, latest: date, field: str) -> None:
    if not earliest <= day <= latest:
        message = f"{field} must be from {earliest.isoformat()} to today."
        raise invalid("DAY_OUT_OF_RANGE", message, field, earliest=earliest.isoformat(), latest=latest.isoformat())
