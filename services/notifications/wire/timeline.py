"""Entries of the timeline from the messages that a person was sent."""

from collections.abc import Iterable, Iterator
from datetime import date

from psmf.platform.v1 import timeline_pb2 as pb

from services.calendar_days import london_today
from services.notifications.domain.notification import Notification
from services.platform.calls.timeline import entry


def of_messages(sent: Iterable[Notification]) -> Iterator[pb.TimelineEntry]:
    """Yield each message that was sent. One that went by e-mail and to the inbox is one message."""
    told: set[tuple[str, str, date]] = set()
    for one in sent:
        if one.sent_at is None:
            continue
        word = one.subject or ""
        message = (one.alert_id, word, london_today(one.sent_at))
        if message not in told:
            told.add(message)
            name = f"safeguarders/{one.safeguarder_id}/notifications/{one.notification_id}"
            yield entry("message_sent", name, "message", at=one.sent_at, word=word)
