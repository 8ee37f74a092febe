"""A notification: one message to one person, from the intent to a final state (Q21, Q22, E12)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """How far a notification has come."""

    INTENDED = "intended"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


FINAL_STATES = (State.SENT, State.FAILED)


class Channel(StrEnum):
    """How it reaches the person."""

    EMAIL = "email"
    INBOX = "inbox"


class Outcome(StrEnum):
    """What became of one try."""

    SENT = "sent"
    """Handed over."""
    NOT_SENT = "not_sent"
    """Certainly not handed over; trying again may help."""
    REFUSED = "refused"
    """Refused for good."""
    UNKNOWN = "unknown"
    """It may have been handed over."""


@dataclass(frozen=True, slots=True)
class Retries:
    """Many short tries: long pauses delay messages for no reason (Q21)."""

    after: timedelta
    most: int


@dataclass(frozen=True, slots=True)
class Notification:
    """A message that says there is something to read, and nothing else."""

    notification_id: str
    alert_id: str
    safeguarder_id: str
    recipient: str
    channel: Channel
    to_the_person: bool
    """Whether it goes to the Safeguarder concerned. What goes to others waits until theirs are in a final state."""
    urgent: bool
    """A matter of safety: waits for nothing and nobody."""
    created_at: datetime
    due_at: datetime
    state: State = State.INTENDED
    tries: int = 0
    reference: str = ""
    """What the e-mail is known by, the same at every try; shared by those that went as one e-mail."""
    claimed_at: datetime | None = None
    claimed_by: str = ""
    """The copy of the service that sends it; empty when none does."""
    sent_at: datetime | None = None
    possible_duplicate: bool = False


def claim(notification: Notification, reference: str, copy_name: str, now: datetime) -> Notification:
    """Taken by the sender, before anything is sent: what happens next can be unknown, but never unnoticed."""
    tried = replace(notification, state=State.CLAIMED, tries=notification.tries + 1, reference=reference)
    return replace(tried, claimed_at=now, claimed_by=copy_name)


def after_try(notification: Notification, outcome: Outcome, now: datetime, retries: Retries) -> Notification:
    """The notification after a try: sent, failed for good, or due again."""
    unsure = notification.possible_duplicate or outcome is Outcome.UNKNOWN
    done = replace(notification, claimed_at=None, claimed_by="", possible_duplicate=unsure)
    if outcome is Outcome.SENT:
        return replace(done, state=State.SENT, sent_at=now)
    if outcome is Outcome.REFUSED or notification.tries >= retries.most:
        return replace(done, state=State.FAILED)
    return replace(done, state=State.INTENDED, due_at=now + retries.after)


def forgotten(notification: Notification, now: datetime, retries: Retries) -> Notification:
    """A claim without an outcome: due at once, under the same reference, and marked as possibly sent twice."""
    tried = after_try(notification, Outcome.UNKNOWN, now, retries)
    return replace(tried, due_at=now)
