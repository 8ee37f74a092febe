"""What was published of attendance is kept, so that a leave can move its time to reply.

The release before published the day of the record and the last day to reply, and kept neither. They are read from the
outbox. A record of the past whose day of sharing was reported stays without: its time to reply does not move.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from psmf.scheduling.v1 import events_pb2, scheduling_pb2

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_LONDON = ZoneInfo("Europe/London")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EVENTS = "SELECT recorded_at, data FROM outbox WHERE type = :type ORDER BY position"
_KINDS: tuple[tuple[Any, str, str], ...] = (
    (events_pb2.SupportSessionAttendanceRecorded, "session_id", "support_session"),
    (events_pb2.TrainingAttendanceRecorded, "obligation_id", "obligation"),
)


def upgrade() -> None:
    """Apply."""
    connection = op.get_bind()
    for message_type, key, table in _KINDS:
        rows = connection.execute(sa.text(_EVENTS), {"type": message_type.DESCRIPTOR.full_name}).fetchall()
        newest: dict[str, dict[str, Any] | None] = {}
        for recorded_at, data in rows:
            message = message_type.FromString(bytes(data))
            newest[getattr(message, key)] = _told(message, recorded_at)
        for name, told in newest.items():
            if told is not None:
                _keep(connection, table, key, name, told)


def _told(message: Any, recorded_at: int) -> dict[str, Any] | None:
    """Return what an event told, or None if it does not say when its time to reply began."""
    due = message.reply_due_date
    if not message.HasField("reply_due_date") or getattr(message, "sharing_reported", False):
        return None
    word = scheduling_pb2.Attendance.Name(message.attendance).removeprefix("ATTENDANCE_").lower()
    shared_on = (_EPOCH + timedelta(microseconds=recorded_at)).astimezone(_LONDON).date()
    due_on = f"{due.year:04}-{due.month:02}-{due.day:02}"
    return {"attendance": word, "shared_on": shared_on.isoformat(), "reply_due_on": due_on, "sharing_reported": False}


def _keep(connection: sa.Connection, table: str, key: str, name: str, told: dict[str, Any]) -> None:
    rows = sa.table(table, sa.column(key), sa.column("body"))
    found = connection.execute(sa.select(rows.c.body).where(rows.c[key] == name)).first()
    if found is not None:
        body = json.dumps(json.loads(found[0]) | {"told": told}, separators=(",", ":"), ensure_ascii=False)
        connection.execute(sa.update(rows).where(rows.c[key] == name).values(body=body))


def downgrade() -> None:
    """Undo nothing: the release before leaves what it does not know."""
