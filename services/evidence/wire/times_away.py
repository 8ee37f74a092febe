"""Times away as protobuf: what a caller sends, what people read, and the event."""

from collections.abc import Sequence
from datetime import datetime

from psmf.evidence.v1 import events_pb2, times_away_pb2

from services.calendar_days import Days
from services.evidence.domain.safeguarder import SafeguarderId
from services.evidence.domain.time_away import AwayKind, TimeAway
from services.platform.calls.wire import from_date, from_word, name_parts, to_date, to_instant, to_member


def time_away(message: times_away_pb2.RecordTimeAwayRequest, new_id: str, recorded_by: str, now: datetime) -> TimeAway:
    """Return the time away in a request. Refuse INVALID for an unknown value."""
    (safeguarder_id,) = name_parts(message.parent, "safeguarders", field="parent")
    starts_on = from_date(message, "start_date")
    assert starts_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    return TimeAway(
        time_away_id=new_id,
        safeguarder_id=SafeguarderId(safeguarder_id),
        kind=to_member(AwayKind, times_away_pb2.TimeAwayKind, message.kind, "kind"),
        starts_on=starts_on,
        ends_on=from_date(message, "end_date"),
        cancelled=message.cancelled,
        recorded_by=recorded_by,
        recorded_at=now,
    )


def time_away_message(away: TimeAway) -> times_away_pb2.TimeAway:
    """Return the message of a time away, for people who may read it."""
    return times_away_pb2.TimeAway(
        name=away.name,
        kind=from_word(times_away_pb2.TimeAwayKind, away.kind),
        start_date=to_date(away.starts_on),
        end_date=to_date(away.ends_on),
        cancelled=away.cancelled,
        record_time=to_instant(away.recorded_at),
    )


def time_away_event(away: TimeAway, not_counted: Sequence[Days]) -> events_pb2.SafeguarderTimeAwayRecorded:
    """Return the event of a time away. `not_counted`: the days that no time to reply counts because of it."""
    return events_pb2.SafeguarderTimeAwayRecorded(
        safeguarder_id=away.safeguarder_id,
        time_away_id=away.time_away_id,
        version=away.version,
        kind=from_word(times_away_pb2.TimeAwayKind, away.kind),
        start_date=to_date(away.starts_on),
        end_date=to_date(away.ends_on),
        cancelled=away.cancelled,
        not_counted=[
            events_pb2.DaysNotCounted(start_date=to_date(days.first_on), end_date=to_date(days.last_on))
            for days in not_counted
        ],
    )
