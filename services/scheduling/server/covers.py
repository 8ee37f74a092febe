"""gRPC methods of CoverService."""

import uuid
from collections.abc import Callable
from typing import Any

from psmf.scheduling.v1 import cover_pb2 as pb
from psmf.scheduling.v1 import cover_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.relations import Listed, listed_subjects
from services.platform.clock import Clock
from services.platform.storage.database import Database, to_micros
from services.refusals import invalid
from services.scheduling.adapters.covers import SqlCovers
from services.scheduling.domain.identifiers import DelegationId, LinkId
from services.scheduling.handlers import cover
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.wire import covers as wire
from services.scheduling.wire.messages import safeguarder

_DECLARES_THEIR_OWN = "support_manager"
"""The role whose people declare no link but their own. The Team and a senior manager declare those of others."""


class CoverServer(cover_pb2_grpc.CoverServiceServicer):
    """Delegations and declared links."""

    def __init__(
        self,
        database: Database,
        commands: Commands,
        new_context: Callable[[Connection], SchedulingContext],
        clock: Clock,
    ) -> None:
        self._database = database
        self._commands = commands
        self._new_context = new_context
        self._clock = clock

    def CreateDelegation(self, request: pb.CreateDelegationRequest, context: Any) -> pb.Delegation:
        """Let another support manager act for the allocated one."""
        wanted, by, new_id = wire.wanted_delegation(request), _caller(), DelegationId(uuid.uuid4().hex)

        def work(connection: Connection) -> pb.Delegation:
            made = cover.create_delegation(wanted, new_id, by, self._new_context(connection))
            return wire.delegation_message(made, self._clock.today())

        return self._commands.run(request, pb.Delegation, work)

    def EndDelegation(self, request: pb.EndDelegationRequest, context: Any) -> pb.Delegation:
        """End a delegation at once."""
        name, by = wire.delegation_name(request.name), _caller()

        def work(connection: Connection) -> pb.Delegation:
            ended = cover.end_delegation(*name, by, self._new_context(connection))
            return wire.delegation_message(ended, self._clock.today())

        return self._commands.run(request, pb.Delegation, work)

    def ListDelegations(self, request: pb.ListDelegationsRequest, context: Any) -> pb.ListDelegationsResponse:
        """Return a page of delegations, the latest first day first."""
        mark = (_caller(), request.parent, request.include_ended)
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        after, today = (str(last[0]), str(last[1])) if last else None, self._clock.today()
        not_over_on = None if request.include_ended else today
        with self._database.read() as connection:
            people = self._people(connection, request.parent)
            found = SqlCovers(connection).delegation_page(people, not_over_on, after, most + 1)
        end = found[most - 1] if len(found) > most else None
        return pb.ListDelegationsResponse(
            delegations=[wire.delegation_message(known, today) for known in found[:most]],
            next_page_token=page_token([end.from_on.isoformat(), end.delegation_id], *mark) if end else "",
        )

    def DeclareLink(self, request: pb.DeclareLinkRequest, context: Any) -> pb.PersonLink:
        """Declare a link between a member of staff and a Safeguarder."""
        safeguarder_id, kind, by = safeguarder(request.parent), wire.link_kind(request), _caller()
        person, new_id = _linked(request.person), LinkId(uuid.uuid4().hex)

        def work(connection: Connection) -> pb.PersonLink:
            new_context = self._new_context(connection)
            return wire.link_message(cover.declare_link(safeguarder_id, person, kind, new_id, by, new_context))

        return self._commands.run(request, pb.PersonLink, work)

    def EndLink(self, request: pb.EndLinkRequest, context: Any) -> pb.PersonLink:
        """End a link."""
        name, reason, by = wire.link_name(request.name), wire.end_reason(request), _caller()

        def work(connection: Connection) -> pb.PersonLink:
            return wire.link_message(cover.end_link(*name, reason, by, self._new_context(connection)))

        return self._commands.run(request, pb.PersonLink, work)

    def ListLinks(self, request: pb.ListLinksRequest, context: Any) -> pb.ListLinksResponse:
        """Return a page of declared links, the newest first."""
        mark = (_caller(), request.parent, request.include_ended)
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        after = (int(last[0]), str(last[1])) if last else None
        with self._database.read() as connection:
            people = self._people(connection, request.parent)
            found = SqlCovers(connection).link_page(people, request.include_ended, after, most + 1)
        end = found[most - 1] if len(found) > most else None
        return pb.ListLinksResponse(
            links=[wire.link_message(known) for known in found[:most]],
            next_page_token=page_token([to_micros(end.declared_at), end.link_id], *mark) if end else "",
        )

    def _people(self, connection: Connection, parent: str) -> Listed:
        """Return those about whom a list of the caller may hold something."""
        principal, today = current_call.get().principal, self._clock.today()
        return listed_subjects(connection, principal, safeguarder(parent), "support_manager", today)


def _caller() -> str:
    return current_call.get().principal.person


def _linked(named: str) -> str:
    """Return the member of staff whose link is declared: the caller, or the one whom they may name.

    Raises:
        Refusal: INVALID.
    """
    caller = current_call.get().principal
    if caller.role == _DECLARES_THEIR_OWN and named not in ("", caller.person):
        message = "You can declare your own link only. Ask the Panel Team to declare somebody else's."
        raise invalid("NOT_YOUR_LINK", message, "person")
    if caller.role == "safeguarder" and not named:
        raise invalid("SAY_WITH_WHOM", "Name the member of staff with whom you have a link.", "person")
    return named or caller.person
