"""Delegations and declared links in the database, in the current transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, false, or_, select, tuple_

from services.platform.calls.relations import Delegated, Linked, Listed, follow_delegation, follow_link
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, to_micros
from services.platform.telemetry.traces import traceparent
from services.scheduling.adapters import tables
from services.scheduling.adapters.rows import put_sql
from services.scheduling.domain.cover import Delegation, PersonLink, delegation_told, link_told
from services.scheduling.domain.identifiers import SafeguarderId, SupportManagerId
from services.scheduling.wire.events import event_message

_DELEGATION, _LINK = TypeAdapter(Delegation), TypeAdapter(PersonLink)
_PUT_DELEGATION, _PUT_LINK = put_sql(tables.delegation), put_sql(tables.person_link)
_DELEGATIONS = "SELECT body FROM delegation WHERE safeguarder_id = ? ORDER BY from_on DESC, delegation_id"
_BY_OTHERS = "SELECT body FROM delegation WHERE support_manager = ? AND NOT ended ORDER BY delegation_id"
_LINKS = "SELECT body FROM person_link WHERE safeguarder_id = ? ORDER BY declared_at DESC, link_id"


class SqlCovers:
    """The delegations and links of all Safeguarders.

    What access checks is kept in step in the same transaction. Otherwise somebody whom a link keeps out could still
    read for a while.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def delegations(self, safeguarder_id: SafeguarderId) -> Sequence[Delegation]:
        """Return every delegation about a Safeguarder, the latest first day first."""
        rows = execute(self._connection, _DELEGATIONS, (safeguarder_id,))
        return [_DELEGATION.validate_json(body) for (body,) in rows]

    def delegations_of(self, support_manager: SupportManagerId) -> Sequence[Delegation]:
        """Return every delegation by which others act for a support manager, but those that were ended."""
        rows = execute(self._connection, _BY_OTHERS, (support_manager,))
        return [_DELEGATION.validate_json(body) for (body,) in rows]

    def links(self, safeguarder_id: SafeguarderId) -> Sequence[PersonLink]:
        """Return every declared link with a Safeguarder, the newest first."""
        return [_LINK.validate_json(body) for (body,) in execute(self._connection, _LINKS, (safeguarder_id,))]

    def put_delegations(self, changed: Sequence[Delegation], now: datetime) -> None:
        """Store delegations that changed, and publish how they stand."""
        for known in changed:
            what, days = (known.safeguarder_id, known.delegation_id), (known.from_on, known.to_on)
            ended = known.ended_at is not None
            row = (
                known.delegation_id,
                known.safeguarder_id,
                known.support_manager,
                *(day.isoformat() for day in days),
                ended,
            )
            execute(self._connection, _PUT_DELEGATION, (*row, _DELEGATION.dump_json(known).decode()))
            people = (known.delegate, known.support_manager)
            follow_delegation(self._connection, Delegated(*what, known.version, *people, *days, ended))
        messages = [(known.safeguarder_id, event_message(delegation_told(known, now))) for known in changed]
        add_events(self._connection, messages, now, traceparent())

    def put_link(self, changed: PersonLink, now: datetime) -> None:
        """Store a link that changed, and publish how it stands."""
        row = (changed.link_id, changed.safeguarder_id, to_micros(changed.declared_at), not changed.stands)
        execute(self._connection, _PUT_LINK, (*row, _LINK.dump_json(changed).decode()))
        what = (changed.safeguarder_id, changed.link_id, changed.version, changed.person, changed.stands)
        follow_link(self._connection, Linked(*what))
        message = (changed.safeguarder_id, event_message(link_told(changed, now)))
        add_events(self._connection, [message], now, traceparent())

    def delegation_page(
        self, people: Listed, not_over_on: date | None, after: tuple[str, str] | None, most: int
    ) -> Sequence[Delegation]:
        """Return delegations after a place in the list, the latest first day first, then by id.

        `not_over_on` limits them to those that are in force on that day or later.
        """
        column = tables.delegation.c
        query = select(column.body).where(*people.limits(column.safeguarder_id))
        if not_over_on is not None:
            query = query.where(column.ended == false(), column.to_on >= not_over_on.isoformat())
        if after is not None:
            from_on, last = after
            same_day = tuple_(column.from_on, column.delegation_id) > tuple_(from_on, last)
            query = query.where(or_(column.from_on < from_on, (column.from_on == from_on) & same_day))
        query = query.order_by(column.from_on.desc(), column.delegation_id).limit(most)
        return [_DELEGATION.validate_json(body) for body in self._connection.execute(query).scalars()]

    def link_page(
        self, people: Listed, ended_too: bool, after: tuple[int, str] | None, most: int
    ) -> Sequence[PersonLink]:
        """Return links after a place in the list, the newest first, then by id."""
        column = tables.person_link.c
        query = select(column.body).where(*people.limits(column.safeguarder_id))
        if not ended_too:
            query = query.where(column.ended == false())
        if after is not None:
            declared_at, last = after
            same = (column.declared_at == declared_at) & (column.link_id > last)
            query = query.where(or_(column.declared_at < declared_at, same))
        query = query.order_by(column.declared_at.desc(), column.link_id).limit(most)
        return [_LINK.validate_json(body) for body in self._connection.execute(query).scalars()]
