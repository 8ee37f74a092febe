"""Sending of notifications: claim, send, record the outcome (Q22, Q23, E12).

Claim and outcome are transactions of their own. Sending is outside any transaction, because a slow mail server would
otherwise keep the database locked.
"""

from collections.abc import Sequence
from datetime import datetime

from services.notifications.domain import notification as domain
from services.notifications.domain.notification import Channel, Notification, Outcome, Retries
from services.notifications.ports import Mailer, Notifications, People


def claim_next(notifications: Notifications, copy_name: str, now: datetime, retries: Retries) -> list[Notification]:
    """Claim the notifications of the next e-mail, or none if nothing is due. Commit this before sending."""
    group = notifications.next_group(now, retries)
    claimed = [domain.claim(one, one.reference or group[0].notification_id, copy_name, now) for one in group]
    notifications.keep(claimed)
    return claimed


def send(claimed: Sequence[Notification], people: People, mailer: Mailer, now: datetime) -> Outcome:
    """Send one e-mail for what was claimed, outside any transaction. Whatever goes to the inbox is already there."""
    first = claimed[0]
    if first.channel is Channel.INBOX:
        return Outcome.SENT
    address = people.address(first.recipient)
    days = [one.answer_by_on for one in claimed if one.answer_by_on is not None]
    return mailer.send(address, first.reference, now, min(days, default=None)) if address else Outcome.REFUSED


def record_outcome(
    claimed: Sequence[Notification], outcome: Outcome, notifications: Notifications, now: datetime, retries: Retries
) -> list[Notification]:
    """Store the outcome of a try and return the notifications after it."""
    first = claimed[0]
    # A claim released in the meantime belongs to another sender by now, so its outcome is not ours to record.
    standing = notifications.claimed(first.claimed_at or now, first.claimed_by)
    tried = [domain.after_try(one, outcome, now, retries) for one in claimed if one in standing]
    notifications.keep(tried)
    return tried


def release_claims(notifications: Notifications, lost: Sequence[Notification], now: datetime, retries: Retries) -> None:
    """Release claims whose outcome was never recorded, and mark them as possibly sent twice."""
    notifications.keep([domain.release_claim(one, now, retries) for one in lost])
