"""Emergency accesses in the database, in the current transaction."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, and_, false, or_, select

from services.platform.calls.identity import Principal
from services.platform.calls.relations import Listed, Opened, follow_emergency, kept_from
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, to_micros
from services.platform.telemetry.traces import traceparent
from services.scheduling.adapters import tables
from services.scheduling.adapters.rows import put_sql
from services.scheduling.domain.duties.cover import AccessToReview
from services.scheduling.domain.emergency import EmergencyAccess, access_told
from services.scheduling.domain.identifiers import SafeguarderId
from services.scheduling.wire.events import event_message

_ACCESS = TypeAdapter(EmergencyAccess)
_PUT = put_sql(tables.emergency_access)
_OF = "SELECT body FROM emergency_access WHERE safeguarder_id = ? ORDER BY opened_at DESC, access_id"
_TO_REVIEW = "SELECT body FROM emergency_access WHERE safeguarder_id = ? AND NOT reviewed ORDER BY opened_at, access_id"


class SqlEmergencies:
    """The emergency accesses to all files.

    What access checks is kept in step in the same transaction. Otherwise somebody could read after theirs was closed.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, safeguarder_id: SafeguarderId) -> Sequence[EmergencyAccess]:
        """Return every emergency access to a file, the newest first."""
        return [_ACCESS.validate_json(body) for (body,) in execute(self._connection, _OF, (safeguarder_id,))]

    def to_review(self, safeguarder_id: SafeguarderId) -> tuple[AccessToReview, ...]:
        """Return the emergency accesses to a file that nobody has reviewed yet, the oldest first."""
        rows = execute(self._connection, _TO_REVIEW, (safeguarder_id,))
        return tuple(_ACCESS.validate_json(body).to_review for (body,) in rows)

    def put(self, changed: EmergencyAccess, now: datetime) -> None:
        """Store an emergency access that changed, and publish how it stands."""
        what = (changed.access_id, changed.safeguarder_id, changed.opened_by, to_micros(changed.opened_at))
        row = (*what, changed.outcome is not None, _ACCESS.dump_json(changed).decode())
        execute(self._connection, _PUT, row)
        closed = changed.closed_at is not None
        named = (changed.safeguarder_id, changed.access_id, changed.version, changed.opened_by)
        follow_emergency(self._connection, Opened(*named, changed.ends_at, closed))
        message = (changed.safeguarder_id, event_message(access_told(changed, now)))
        add_events(self._connection, [message], now, traceparent())

    def page(
        self, people: Listed, opener: Principal | None, after: tuple[int, str] | None, most: int, *, reviewed_too: bool
    ) -> Sequence[EmergencyAccess]:
        """Return emergency accesses after a place in the list, the newest first, then by id.

        `people`: those to whose files. `opener`: somebody whose own stand in the list too, unless a declared link keeps
        them from the file.
        """
        column = tables.emergency_access.c
        seen = and_(True, *people.limits(column.safeguarder_id))
        if opener is not None:
            open_files = Listed(None, kept_from(self._connection, opener)).limits(column.safeguarder_id)
            seen = or_(seen, and_(column.opened_by == opener.person, *open_files))
        query = select(column.body).where(seen)
        if not reviewed_too:
            query = query.where(column.reviewed == false())
        if after is not None:
            opened_at, last = after
            same = (column.opened_at == opened_at) & (column.access_id > last)
            query = query.where(or_(column.opened_at < opened_at, same))
        query = query.order_by(column.opened_at.desc(), column.access_id).limit(most)
        return [_ACCESS.validate_json(body) for body in self._connection.execute(query).scalars()]
