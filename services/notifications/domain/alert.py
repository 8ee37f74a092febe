"""An alert: one matter for one person to look at, from a concern until a person ends it (D11, B14)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.calendar_days import WorkingCalendar, add_working_days, first_working_day_from, london_today
from services.refusals import conflict, invalid, precondition

LONGEST_SNOOZE_DAYS = 90
LONGEST_SNOOZE_OF_SAFETY_DAYS = 14
"""The limits are ours, because the Framework gives none. A snooze without a limit could hide a matter for good.

The next date of an owner has the same limits, here and in rules.
"""

HELD_RULE = "evaluation_held"
"""The rule name in the alert of a deferred evaluation."""


class Lane(StrEnum):
    """What a concern is for, most urgent first (D5). The order of the members is the order in an inbox."""

    SAFETY = "safety"
    ESCALATION = "escalation"
    REAPPOINTMENT_RISK = "reappointment_risk"
    SUPPORT_NEED = "support_need"
    DATA_GAP = "data_gap"
    EXCELLENCE = "excellence"


class Role(StrEnum):
    """The role that a rule tells."""

    SUPPORT_MANAGER = "support_manager"
    SENIOR_MANAGER = "senior_manager"
    PANEL_TEAM = "panel_team"


class State(StrEnum):
    """The state of an alert."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


class Reason(StrEnum):
    """The reason for a snooze, or the outcome of an alert."""

    TAKEN_TO_SESSION = "taken_to_session"
    AWAITING_INFORMATION = "awaiting_information"
    PERSON_ON_LEAVE = "person_on_leave"
    CONCERN_CLOSED = "concern_closed"
    CONCERN_DISMISSED = "concern_dismissed"
    EXPLAINED = "explained"
    GAP_FILLED = "gap_filled"
    PRAISE_ACKNOWLEDGED = "praise_acknowledged"


class Happening(StrEnum):
    """The events that are published about an alert."""

    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


SNOOZE_REASONS = (Reason.TAKEN_TO_SESSION, Reason.AWAITING_INFORMATION, Reason.PERSON_ON_LEAVE)
_URGENCY = {lane: place for place, lane in enumerate(Lane)}
_OUTCOMES_OF_ONE_LANE = {Reason.GAP_FILLED: Lane.DATA_GAP, Reason.PRAISE_ACKNOWLEDGED: Lane.EXCELLENCE}


@dataclass(frozen=True, slots=True)
class Concern:
    """The part of a concern that notifications needs. `concern_id` is empty for a deferred evaluation."""

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
    """One matter in somebody's inbox.

    At most one alert at a time is live for a Safeguarder, rule, subject and window (X17).
    """

    alert_id: str
    concern: Concern
    recipient: str
    """The person it is for, or empty if nobody was found yet."""
    respond_by_on: date
    opened_at: datetime
    open_to_the_person: bool
    """Whether the Safeguarder concerned sees the alert and is told of it."""
    state: State = State.OPEN
    owner: str = ""
    next_on: date | None = None
    """The owner's next date, or the day on which a snooze ends. It stays when the day comes: it is the matter's."""
    reason: Reason | None = None
    updates: int = 0
    silenced_by: str = ""
    """The alert of the escalation that suppresses this one. The state below it stays, so no work of people is lost."""
    closing_proposed: bool = False
    version: int = 1
    quiet: bool = False
    """Only a change of rulebook caused it. Nobody is told before a person acknowledges it (D15.16)."""
    held_since: date | None = None
    """The day from which its concern is on hold, or None. Meanwhile nobody needs to look, and its days do not run."""
    asks_on: date | None = None
    """The day on which it asks, or asks again, unless a person acts before. None once it has ended for good."""
    asked: int = 0
    """Steps of its ladder that were taken since that day: see `ladder.py`."""
    acted_at: datetime | None = None
    """When a person last acted on this alert. Each act on one alert has a later time than the one before."""
    acted_by: str = ""

    @property
    def safeguarder_id(self) -> str:
        """The Safeguarder concerned."""
        return self.concern.safeguarder_id

    @property
    def place(self) -> tuple[int, str, str]:
        """The sort key of an inbox: most urgent lane first, then earliest date to respond by, then id."""
        return _URGENCY[self.concern.lane], self.respond_by_on.isoformat(), self.alert_id

    @property
    def live(self) -> bool:
        """True if the alert has not ended."""
        return self.state is not State.RESOLVED

    @property
    def stands(self) -> bool:
        """True if it has not ended for good. One that was taken to a session comes back on its next date."""
        return self.live or self.next_on is not None

    @property
    def addressee(self) -> str:
        """The person who should look: the owner, or else the recipient."""
        return self.owner or self.recipient

    @property
    def needs_attention(self) -> bool:
        """True if somebody should look now."""
        return self.state is State.OPEN and not self.silenced_by and not self.kept_from_staff and bool(self.addressee)

    @property
    def kept_from_staff(self) -> bool:
        """True if staff are not told, because it is quiet or its concern is on hold. Safety is never kept from them."""
        return (self.quiet or self.held_since is not None) and self.concern.lane is not Lane.SAFETY


def fold_in(alert: Alert, concern: Concern, today: date) -> Alert:
    """Fold new evidence into the alert. A snooze ends (X14), but an owner and an acknowledgement stay (X13, B14)."""
    asleep = alert.state in (State.SNOOZED, State.RESOLVED)
    return replace(
        wait_for_answer(_awake(alert), today) if asleep else alert,
        concern=replace(concern, window_starts_on=alert.concern.window_starts_on),
        updates=alert.updates + 1,
        closing_proposed=False,
    )


def hold(alert: Alert, today: date) -> Alert:
    """Mark the alert of a concern that is on hold."""
    return replace(alert, held_since=alert.held_since or today)


def release(alert: Alert, today: date) -> Alert:
    """Release the alert of a concern that is no longer on hold, and add the days of the hold to its date (D15.5)."""
    if alert.held_since is None:
        return alert
    days = today - alert.held_since
    asks_on = alert.asks_on + days if alert.asks_on else None
    return replace(alert, held_since=None, respond_by_on=alert.respond_by_on + days, asks_on=asks_on)


def ask_again(alert: Alert, steps: int, today: date) -> Alert:
    """Return the alert after some more steps of its ladder. It is open again, with the owner and the date it has.

    The later steps are counted from the day of the first, which may be a day after the office was closed.
    """
    return replace(_awake(alert), asked=alert.asked + steps, asks_on=alert.asks_on if alert.asked else today)


def plan(alert: Alert, today: date, *, dated: bool) -> Alert:
    """Return the alert as it waits after an act of a person: until its next date, or until the day to respond by.

    `dated`: the act set the next date. An act that leaves the matter with a day that has come gives it as long as the
    rule gave at first.
    """
    due_on = alert.respond_by_on if alert.state is State.OPEN else alert.next_on
    if due_on == today and dated:
        # A person who takes it on today for today is not asked again on the same day.
        return replace(alert, asks_on=add_working_days(WorkingCalendar.OFFICE, today, 1), asked=0)
    return replace(alert, asks_on=due_on, asked=0) if due_on and due_on > today else wait_for_answer(alert, today)


def wait_for_answer(alert: Alert, today: date) -> Alert:
    """Return the alert as it waits for an answer from today: as many working days as its rule gives."""
    days = max(1, alert.concern.respond_within_working_days)
    return replace(alert, asks_on=add_working_days(WorkingCalendar.OFFICE, today, days), asked=0)


def _awake(alert: Alert) -> Alert:
    return replace(alert, state=State.OPEN, reason=None)


def acknowledge(alert: Alert, owner: str, next_on: date, today: date) -> Alert:
    """Acknowledge an alert for a named owner, with the date on which they will look again (X13).

    A date on which the office is closed becomes the next day on which it is open: nobody would look before.

    Raises:
        Refusal: PRECONDITION if the alert has ended or is on hold. INVALID for a next date in the past, or too far off.
    """
    _check_open(alert)
    if next_on < today:
        raise invalid("NEXT_DATE_PAST", "The next date must be today or later.", "next_date", today=today.isoformat())
    latest_on = today + timedelta(days=_longest_days(alert))
    if next_on > latest_on:
        message = f"The next date must be at most {_longest_days(alert)} days from today."
        raise invalid("NEXT_DATE_TOO_FAR", message, "next_date", latest=latest_on.isoformat())
    return acknowledged(alert, owner, first_working_day_from(WorkingCalendar.OFFICE, next_on))


def _longest_days(alert: Alert) -> int:
    return LONGEST_SNOOZE_OF_SAFETY_DAYS if alert.concern.lane is Lane.SAFETY else LONGEST_SNOOZE_DAYS


def acknowledged(alert: Alert, owner: str, next_on: date | None) -> Alert:
    """Return the alert with its owner. Rules sends no next date if it has none."""
    return replace(alert, state=State.ACKNOWLEDGED, owner=owner, next_on=next_on, reason=None)


def snooze(alert: Alert, owner: str, until_on: date, reason: Reason, today: date) -> Alert:
    """Snooze an alert until a day, with a reason (X14). Nobody else looks meanwhile, so it has an owner from then on.

    It comes back on a day on which the office is open, as in `acknowledge`.

    Raises:
        Refusal: PRECONDITION if the alert has ended or is on hold. INVALID for a reason or a day that does not fit.
    """
    _check_open(alert)
    if reason not in SNOOZE_REASONS:
        raise invalid(
            "REASON_NOT_FOR_SNOOZE",
            f"The reason for a snooze must be one of {', '.join(SNOOZE_REASONS)}.",
            "reason",
            given=reason,
        )
    latest_on = today + timedelta(days=_longest_days(alert))
    if not today < until_on <= latest_on:
        raise invalid(
            "SNOOZE_OUT_OF_RANGE",
            f"A snooze must end between tomorrow and {_longest_days(alert)} days from today.",
            "until_date",
            today=today.isoformat(),
            latest=latest_on.isoformat(),
        )
    next_on = first_working_day_from(WorkingCalendar.OFFICE, until_on)
    return replace(alert, state=State.SNOOZED, owner=alert.owner or owner, next_on=next_on, reason=reason)


def resolve(alert: Alert, outcome: Reason, today: date) -> Alert:
    """End an alert with an outcome that a person gives.

    What was taken to a session leaves the concern open. So it needs an owner and a next date, on which it comes back.

    Raises:
        Refusal: PRECONDITION if the alert has already ended or is on hold, or if nobody would look at its concern.
            INVALID for an outcome that does not fit.
    """
    _check_open(alert)
    fitting = outcomes_of(alert.concern.lane)
    if outcome not in fitting:
        raise invalid(
            "NOT_AN_OUTCOME",
            f"The outcome of this alert must be one of {', '.join(fitting)}. "
            "Closing or dismissing the concern also ends the alert.",
            "outcome",
            given=outcome,
        )
    if outcome is not Reason.TAKEN_TO_SESSION:
        return ended(alert, outcome)
    if not alert.owner or alert.next_on is None or alert.next_on < today:
        raise precondition(
            "NO_OWNER_OR_DATE",
            "The concern stays open after a session. Acknowledge the alert first, with the date of the session.",
            "outcome",
            owner=alert.owner,
        )
    return replace(alert, state=State.RESOLVED, reason=outcome)


def outcomes_of(lane: Lane) -> tuple[Reason, ...]:
    """Return the outcomes with which a person may end an alert of a lane."""
    own = tuple(reason for reason, only in _OUTCOMES_OF_ONE_LANE.items() if only is lane)
    return (Reason.TAKEN_TO_SESSION, Reason.EXPLAINED, *own)


def hand_over(alert: Alert, recipient: str) -> Alert:
    """Give the alert to another recipient (X15)."""
    return replace(alert, recipient=recipient)


def change_owner(alert: Alert, owner: str, today: date) -> Alert:
    """Give what the support manager before owned to the one after (X15). It is open again, so that they are asked.

    Otherwise somebody who no longer sees the matter would own it.
    """
    return wait_for_answer(_awake(replace(alert, owner=owner)), today)


def ended(alert: Alert, reason: Reason) -> Alert:
    """Return the alert as it has ended for good. Its owner stays on record."""
    return replace(alert, state=State.RESOLVED, reason=reason, next_on=None, asks_on=None, asked=0)


def what_happened(before: Alert | None, after: Alert) -> Happening | None:
    """Return what to publish about a change, or None if it concerns no other service."""
    if before is None or (after.live and not before.live):
        return Happening.OPENED
    if before.live and not after.live:
        return Happening.RESOLVED
    acted = has_acted(before, after)
    if after.state is State.SNOOZED and acted:
        return Happening.SNOOZED
    owned_before = (before.state, before.owner, before.next_on)
    if after.state is State.ACKNOWLEDGED and (acted or owned_before != (after.state, after.owner, after.next_on)):
        return Happening.ACKNOWLEDGED
    return None


def has_acted(before: Alert | None, after: Alert) -> bool:
    """Return whether a person acted on the alert, rather than that the alert follows its concern."""
    return after.acted_at is not None and (before is None or before.acted_at != after.acted_at)


def act(alert: Alert, person: str, now: datetime) -> Alert:
    """Return the alert as a person has changed it now, with the day on which it asks again."""
    # The clock may stand still or go back between two acts. Their order must still be told from their times.
    at = now if alert.acted_at is None else max(now, alert.acted_at + timedelta(microseconds=1))
    return replace(
        alert if not alert.stands else plan(alert, london_today(now), dated=True), acted_at=at, acted_by=person
    )


def check_etag(alert: Alert, etag: str) -> None:
    """Refuse ETAG_MISMATCH if the caller read another version. An empty etag skips the check."""
    if etag and etag != str(alert.version):
        raise conflict(
            "ETAG_MISMATCH",
            f"The alert has changed. You read version {etag[:20]}, and it is now at {alert.version}. Read it again.",
            "etag",
            read=etag[:20],
            current=str(alert.version),
        )


def _check_open(alert: Alert) -> None:
    if not alert.live:
        raise precondition(
            "ALERT_RESOLVED", "The alert has ended. New evidence will open another one.", "name", state=alert.state
        )
    if alert.held_since is not None:
        raise precondition(
            "CONCERN_ON_HOLD",
            "The concern is on hold. End the hold first: psmf concern release.",
            "name",
            since=alert.held_since.isoformat(),
        )
