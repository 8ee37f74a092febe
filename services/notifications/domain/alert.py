"""An alert: one matter for one person to look at, from the moment rules speak until a person ends it (D11, B14)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.refusals import conflict, invalid, precondition

LONGEST_SNOOZE_DAYS = 90
"""Ours: a snooze of open length hides a matter for good, and the Framework gives no number."""

HELD_RULE = "evaluation_held"
"""Stands in a rule's place where an evaluation could not be relied on."""


class Lane(StrEnum):
    """Where a concern is routed, most urgent first (D5)."""

    SAFETY = "safety"
    ESCALATION = "escalation"
    REAPPOINTMENT_RISK = "reappointment_risk"
    SUPPORT_NEED = "support_need"
    DATA_GAP = "data_gap"
    EXCELLENCE = "excellence"


class Role(StrEnum):
    """Whom a rule tells."""

    SUPPORT_MANAGER = "support_manager"
    SENIOR_MANAGER = "senior_manager"
    PANEL_TEAM = "panel_team"


class State(StrEnum):
    """How far people have come with an alert."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


class Reason(StrEnum):
    """Why an alert was put aside, or how it ended."""

    TAKEN_TO_SESSION = "taken_to_session"
    AWAITING_INFORMATION = "awaiting_information"
    PERSON_ON_LEAVE = "person_on_leave"
    CONCERN_CLOSED = "concern_closed"
    CONCERN_DISMISSED = "concern_dismissed"
    EXPLAINED = "explained"
    GAP_FILLED = "gap_filled"
    PRAISE_ACKNOWLEDGED = "praise_acknowledged"


class Happening(StrEnum):
    """What the other services hear of an alert."""

    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


SNOOZE_REASONS = (Reason.TAKEN_TO_SESSION, Reason.AWAITING_INFORMATION, Reason.PERSON_ON_LEAVE)
_URGENCY = {lane: place for place, lane in enumerate(Lane)}
_OUTCOMES_OF_ONE_LANE = {Reason.GAP_FILLED: Lane.DATA_GAP, Reason.PRAISE_ACKNOWLEDGED: Lane.EXCELLENCE}


@dataclass(frozen=True, slots=True)
class Concern:
    """What rules say of a concern: ids, words from closed lists and dates. `concern_id` is empty when rules held."""

    safeguarder_id: str
    concern_id: str
    rule: str
    subject: str
    standards: tuple[str, ...]
    lane: Lane
    window_starts_on: date | None
    tell: Role
    respond_within_working_days: int
    quiet_if_escalated: bool


@dataclass(frozen=True, slots=True)
class Alert:
    """One matter. At any time one alert at most is live for a person, rule, subject and window (X17)."""

    alert_id: str
    concern: Concern
    recipient: str
    """Person it is for; empty while nobody is."""
    respond_by_on: date
    opened_at: datetime
    open_to_the_person: bool
    """Whether the Safeguarder concerned sees it, and is told of it."""
    state: State = State.OPEN
    owner: str = ""
    next_on: date | None = None
    """The owner's next date, or the day a snooze ends."""
    reason: Reason | None = None
    updates: int = 0
    silenced_by: str = ""
    """The escalation's alert that keeps this one quiet. It lies over the state: what people have done stays."""
    closing_proposed: bool = False
    version: int = 1
    quiet: bool = False
    """A change of the rulebook alone set it off: nobody is told before a person takes it on (D15.16)."""
    held_since: date | None = None
    """Since when its concern is held; None while it is not. Nobody need look, and its time does not run."""

    @property
    def safeguarder_id(self) -> str:
        """The person the matter is about."""
        return self.concern.safeguarder_id

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands among others: most urgent lane first, then earliest to respond by, then id."""
        return _URGENCY[self.concern.lane], self.respond_by_on.isoformat(), self.alert_id

    @property
    def live(self) -> bool:
        """Whether it still waits for someone."""
        return self.state is not State.RESOLVED

    @property
    def addressee(self) -> str:
        """Who is to look: whoever took it on, else whom it is for."""
        return self.owner or self.recipient

    @property
    def needs_attention(self) -> bool:
        """Whether somebody is to look now."""
        return self.state is State.OPEN and not self.silenced_by and not self.hushed and bool(self.addressee)

    @property
    def hushed(self) -> bool:
        """Whether staff are not told: it is quiet, or its concern is held. Safety is never kept from them."""
        return (self.quiet or self.held_since is not None) and self.concern.lane is not Lane.SAFETY


def fold_in(alert: Alert, concern: Concern) -> Alert:
    """The alert after rules spoke again: a snooze breaks (X14); acknowledgement and owner survive (X13, B14)."""
    asleep = alert.state is State.SNOOZED
    return replace(
        _awake(alert) if asleep else alert,
        concern=replace(concern, window_starts_on=alert.concern.window_starts_on),
        updates=alert.updates + 1,
        closing_proposed=False,
    )


def hold(alert: Alert, today: date) -> Alert:
    """The alert of a concern that is held."""
    return replace(alert, held_since=alert.held_since or today)


def release(alert: Alert, today: date) -> Alert:
    """The alert of a concern that is free again, with the days it was held given back (D15.5)."""
    if alert.held_since is None:
        return alert
    return replace(alert, held_since=None, respond_by_on=alert.respond_by_on + (today - alert.held_since))


def return_from_snooze(alert: Alert, today: date) -> Alert:
    """The alert, open again when the day has come; unchanged before, and when it is not put aside."""
    if alert.state is not State.SNOOZED or alert.next_on is None or today < alert.next_on:
        return alert
    return _awake(alert)


def _awake(alert: Alert) -> Alert:
    return replace(alert, state=State.OPEN, next_on=None, reason=None)


def acknowledge(alert: Alert, owner: str, next_on: date, today: date) -> Alert:
    """Taken on by a named person, who says when they come back to it (X13).

    Raises:
        Refusal: PRECONDITION when it has ended, INVALID for a next date in the past.
    """
    _check_live(alert)
    if next_on < today:
        raise invalid("NEXT_DATE_PAST", "The next date is today or later.", "next_date", today=today.isoformat())
    return taken_on(alert, owner, next_on)


def taken_on(alert: Alert, owner: str, next_on: date | None) -> Alert:
    """The alert with its owner, whether a person told us or rules did."""
    return replace(alert, state=State.ACKNOWLEDGED, owner=owner, next_on=next_on, reason=None)


def snooze(alert: Alert, until_on: date, reason: Reason, today: date) -> Alert:
    """Put aside until a day, with a reason (X14).

    Raises:
        Refusal: PRECONDITION when it has ended, INVALID for a reason or a day that does not fit.
    """
    _check_live(alert)
    if reason not in SNOOZE_REASONS:
        raise invalid(
            "REASON_NOT_FOR_SNOOZE", f"An alert is put aside for: {', '.join(SNOOZE_REASONS)}.", "reason", given=reason
        )
    latest_on = today + timedelta(days=LONGEST_SNOOZE_DAYS)
    if not today < until_on <= latest_on:
        raise invalid(
            "SNOOZE_OUT_OF_RANGE",
            f"An alert is put aside from one day to {LONGEST_SNOOZE_DAYS} days.",
            "until_date",
            today=today.isoformat(),
            latest=latest_on.isoformat(),
        )
    return replace(alert, state=State.SNOOZED, next_on=until_on, reason=reason)


def resolve(alert: Alert, outcome: Reason) -> Alert:
    """Ended by a person.

    Raises:
        Refusal: PRECONDITION when it has ended already, INVALID for an outcome that does not fit.
    """
    _check_live(alert)
    fitting = outcomes_of(alert.concern.lane)
    if outcome not in fitting:
        raise invalid(
            "NOT_AN_OUTCOME",
            f"This alert ends with one of: {', '.join(fitting)}. Closing or dismissing the concern ends it too.",
            "outcome",
            given=outcome,
        )
    return ended(alert, outcome)


def outcomes_of(lane: Lane) -> tuple[Reason, ...]:
    """How a person may end an alert of a lane."""
    own = tuple(reason for reason, only in _OUTCOMES_OF_ONE_LANE.items() if only is lane)
    return (Reason.TAKEN_TO_SESSION, Reason.EXPLAINED, *own)


def hand_over(alert: Alert, recipient: str) -> Alert:
    """The alert for someone else (X15). What the one before had taken on is open again: it would rot with them."""
    if alert.recipient == recipient:
        return alert
    left = bool(alert.recipient) and alert.owner == alert.recipient
    handed = replace(alert, recipient=recipient, owner="" if left else alert.owner)
    return _awake(handed) if left and handed.state is State.ACKNOWLEDGED else handed


def ended(alert: Alert, reason: Reason) -> Alert:
    """The alert with its outcome. Who took it on stays on record."""
    return replace(alert, state=State.RESOLVED, reason=reason, next_on=None)


def what_happened(before: Alert | None, after: Alert) -> Happening | None:
    """What there is to publish of a change; None when it concerns nobody outside."""
    if before is None:
        return Happening.OPENED
    if before.live and not after.live:
        return Happening.RESOLVED
    taken_on_before = (before.state, before.owner, before.next_on)
    if after.state is State.ACKNOWLEDGED and taken_on_before != (after.state, after.owner, after.next_on):
        return Happening.ACKNOWLEDGED
    return None


def check_etag(alert: Alert, etag: str) -> None:
    """Raises Refusal CONFLICT when the caller read another version; an empty etag asks for no check."""
    if etag and etag != str(alert.version):
        raise conflict(
            "ETAG_MISMATCH",
            f"The alert has changed: you read version {etag[:20]}, it is at {alert.version}. Read it again.",
            "etag",
            read=etag[:20],
            current=str(alert.version),
        )


def _check_live(alert: Alert) -> None:
    if not alert.live:
        raise precondition(
            "ALERT_RESOLVED", "The alert has ended. New evidence opens another one.", "name", state=alert.state
        )
