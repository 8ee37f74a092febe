"""Intent, claim, send, outcome: each in its own transaction, and the sending in none (Q22, Q23, E12)."""

from collections.abc import Sequence
from datetime import datetime

from services.notifications.domain import notification as domain
from services.notifications.domain.notification import Channel, Notification, Outcome, Retries
from services.notifications.ports import Mailer, Notifications, People


def claim_next(notifications: Notifications, copy_name: str, now: datetime) -> list[Notification]:
    """Claim what goes as one e-mail next; empty when nothing is due. Commit before sending."""
    group = notifications.next_group(now)
    claimed = [domain.claim(one, one.reference or group[0].notification_id, copy_name, now) for one in group]
    notifications.keep(claimed)
    return claimed


def send(claimed: Sequence[Notification], people: People, mailer: Mailer, now: datetime) -> Outcome:
    """Send what was claimed, outside any transaction. What goes to the inbox is there already."""
    first = claimed[0]
    if first.channel is Channel.INBOX:
        return Outcome.SENT
    address = people.address(first.recipient)
    return mailer.send(address, first.reference, now) if address else Outcome.REFUSED


def record_outcome(
    claimed: Sequence[Notification], outcome: Outcome, notifications: Notifications, now: datetime, retries: Retries
) -> list[Notification]:
    """Keep what became of a try; the notifications after it. A claim freed meanwhile is another sender's to settle."""
    first = claimed[0]
    standing = notifications.claimed(first.claimed_at or now, first.claimed_by)
    tried = [domain.after_try(one, outcome, now, retries) for one in claimed if one in standing]
    notifications.keep(tried)
    return tried


def release_claims(
    notifications: Notifications, before: datetime, copy_name: str, now: datetime, retries: Retries
) -> None:
    """Free claims whose outcome was never recorded, marked as possibly sent twice."""
    lost = notifications.claimed(before, copy_name)
    notifications.keep([domain.forgotten(one, now, retries) for one in lost])
