"""Overlays in the database, in the current transaction. Every version is kept."""

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.evidence.adapters.tables import overlay
from services.evidence.domain.overlays.overlay import Overlay
from services.evidence.wire import overlays as wire
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent

_OVERLAY = TypeAdapter(Overlay)
_ADD = insert_sql(overlay)
_NOT_NEWEST = "UPDATE overlay SET is_newest = false, is_open = false WHERE overlay_id = ? AND is_newest"


class SqlOverlays:
    """Overlays by id and by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, overlay_id: str) -> Overlay | None:
        """Return an overlay as it stands, or None."""
        row = execute(
            self._connection, "SELECT body FROM overlay WHERE overlay_id = ? AND is_newest", (overlay_id,)
        ).fetchone()
        return _OVERLAY.validate_json(row[0]) if row else None

    def of(self, safeguarder_id: str) -> list[Overlay]:
        """Return a person's overlays as they stand, the latest first."""
        statement = "SELECT body FROM overlay WHERE safeguarder_id = ? AND is_newest"
        rows = execute(self._connection, statement, (safeguarder_id,))
        found = [_OVERLAY.validate_json(body) for (body,) in rows]
        return sorted(found, key=lambda each: (each.starts_on, each.created_at, each.overlay_id), reverse=True)

    def open(self) -> list[Overlay]:
        """Return everybody's overlays that are in force."""
        rows = execute(self._connection, "SELECT body FROM overlay WHERE is_open ORDER BY overlay_id", ())
        return [_OVERLAY.validate_json(body) for (body,) in rows]

    def put(self, version: Overlay) -> None:
        """Store a version of an overlay, and publish it."""
        execute(self._connection, _NOT_NEWEST, (version.overlay_id,))
        recorded_at = to_micros(version.recorded_at)
        row = (
            version.overlay_id, version.version, version.safeguarder_id, recorded_at, True, version.is_open,
            _OVERLAY.dump_json(version).decode(),
        )  # fmt: skip
        execute(self._connection, _ADD, row)
        event = (version.safeguarder_id, wire.overlay_event(version))
        add_events(self._connection, [event], version.recorded_at, traceparent())
