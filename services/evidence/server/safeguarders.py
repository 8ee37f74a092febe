"""gRPC methods of SafeguarderService."""

import uuid
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from psmf.evidence.v1 import safeguarder_pb2 as pb
from psmf.evidence.v1 import safeguarder_pb2_grpc
from sqlalchemy import Connection

from services.evidence.adapters.decisions import SqlDecisions
from services.evidence.adapters.pages.names import findable
from services.evidence.adapters.pages.register import Wanted, listed, page_by_id, place_of
from services.evidence.adapters.recommendations.files import recommendation_file
from services.evidence.adapters.recommendations.of_concerns import SqlRecommendations
from services.evidence.adapters.store import SqlRegister
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.safeguarder import Safeguarder, entered
from services.evidence.handlers.create_safeguarder import CreateSafeguarder, create_safeguarder
from services.evidence.handlers.pages.people import entries_of, search_register
from services.evidence.handlers.panel_number import look_up, set_panel_number
from services.evidence.handlers.record_ministerial_decision import record_ministerial_decision
from services.evidence.server.kept_out import people_seen
from services.evidence.wire import register as wire
from services.evidence.wire.directory import LONGEST_QUERY, found_message, ids_of
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.identity import Directory
from services.platform.calls.pages import asked_at_once, page_size, page_token, read_page_token
from services.platform.calls.relations import Listed, acting_managers, open_until
from services.platform.calls.wire import name_parts, to_instant, to_needed_text
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import precondition

LOOK_UPS, LOOK_UPS_A_DAY = "panel numbers", 500
"""The most that one system may look up in 24 hours, so that nobody tries numbers until one fits. The number is ours."""


class SafeguarderServer(safeguarder_pb2_grpc.SafeguarderServiceServicer):
    """The register of Safeguarders."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, directory: Directory) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._directory = directory

    def CreateSafeguarder(self, request: pb.CreateSafeguarderRequest, context: Any) -> pb.Safeguarder:
        """Add a person to the register."""
        command = CreateSafeguarder(
            request.safeguarder_id or uuid.uuid4().hex,
            wire.display_name(request.safeguarder),
            tuple(request.safeguarder.areas),
            request.safeguarder.demo,
            request.safeguarder.panel_number,
            request.again,
        )
        return self._commands.run(
            request,
            pb.Safeguarder,
            lambda tx: self._message(tx, create_safeguarder(command, SqlRegister(tx), self._clock.now())),
        )

    def GetSafeguarder(self, request: pb.GetSafeguarderRequest, context: Any) -> pb.Safeguarder:
        """Return one person's entry. Who opened the file in an emergency learns until when they read it."""
        (safeguarder_id,) = name_parts(request.name, "safeguarders")
        call = current_call.get()
        with self._database.read() as connection:
            message = self._message(connection, entered(SqlRegister(connection).find(safeguarder_id), "name"))
            if call.relation == "emergency":
                until = open_until(connection, safeguarder_id, call.principal.person, self._clock.now())
                if until is not None:  # it may end between the gate's look and this one
                    message.open_until_time.CopyFrom(to_instant(until))
        return message

    def ListSafeguarders(self, request: pb.ListSafeguardersRequest, context: Any) -> pb.ListSafeguardersResponse:
        """Return a page of the register. A support manager sees those allocated to them, a Safeguarder themselves."""
        caller, most = current_call.get().principal, page_size(request.page_size)
        asked = wire.asked_of_register(request)
        after = read_page_token(request.page_token, caller.person, *asked.values())
        with self._database.read() as connection:
            wanted = Wanted(self._seen(connection), self._clock.today(), **asked)
            if wanted.needs_everybody:
                places = listed(connection, wanted)
                first = bisect_right(places, place_of(connection, str(after[0]), wanted)) if after else 0
            else:
                places, first = page_by_id(connection, wanted, str(after[0]) if after else "", most + 1), 0
            ids = [place[-1] for place in places[first : first + most]]
            entries = SqlRegister(connection).find_many(ids)
            found = self._messages(connection, [entries[each] for each in ids])
        more = len(places) > first + most
        return pb.ListSafeguardersResponse(
            safeguarders=found,
            next_page_token=page_token([ids[-1]], caller.person, *asked.values()) if more else "",
            total_size=len(places) if wanted.needs_everybody else 0,
        )

    def BatchGetSafeguarders(
        self, request: pb.BatchGetSafeguardersRequest, context: Any
    ) -> pb.BatchGetSafeguardersResponse:
        """Return those of the people named whom the caller may see."""
        ids = ids_of(asked_at_once(request.names, "names"))
        with self._database.read() as connection:
            entries = entries_of(ids, self._seen(connection), SqlRegister(connection))
            found = self._messages(connection, entries)
        return pb.BatchGetSafeguardersResponse(safeguarders=found)

    def SearchSafeguarders(self, request: pb.SearchSafeguardersRequest, context: Any) -> pb.SearchSafeguardersResponse:
        """Return those whom a text may name and whom the caller may see."""
        query = to_needed_text(request.query, "query", LONGEST_QUERY)
        with self._database.read() as connection:
            known = findable(connection, self._seen(connection))
            found, total = search_register(query, known, SqlRegister(connection))
            entries = self._messages(connection, [each.entry for each in found])
        shown = [found_message(each.match, entry) for each, entry in zip(found, entries, strict=True)]
        return pb.SearchSafeguardersResponse(found=shown, total=total)

    def SetPanelNumber(self, request: pb.SetPanelNumberRequest, context: Any) -> pb.Safeguarder:
        """Give a person a panel number."""
        (safeguarder_id,) = name_parts(request.name, "safeguarders")
        return self._commands.run(
            request,
            pb.Safeguarder,
            lambda tx: self._message(tx, set_panel_number(safeguarder_id, request.panel_number, SqlRegister(tx))),
        )

    def LookUpSafeguarder(self, request: pb.LookUpSafeguarderRequest, context: Any) -> pb.LookUpSafeguarderResponse:
        """Return whose panel number it is. A system's look-ups are audited and limited, found or not."""
        caller = current_call.get().principal
        if caller.role == "partner_system" and not all(self._commands.note_checks([LOOK_UPS], LOOK_UPS_A_DAY)):
            message = f"A system may look up {LOOK_UPS_A_DAY} panel numbers in 24 hours. Keep the ids that you have."
            raise precondition("TOO_MANY_LOOK_UPS", message, "panel_number")
        with self._database.read() as connection:
            found = look_up(request.panel_number, SqlRegister(connection))
        return pb.LookUpSafeguarderResponse(safeguarder=f"safeguarders/{found}")

    def RecordMinisterialDecision(self, request: pb.RecordMinisterialDecisionRequest, context: Any) -> pb.Safeguarder:
        """Record a decision of Ministers."""
        (safeguarder_id,) = name_parts(request.name, "safeguarders")
        caller = current_call.get().principal
        actor = Actor(caller.person, Side.PANEL_TEAM, self._clock.now(), accounts=caller.accounts)
        decision = wire.decision(request, actor.person, actor.now)

        def work(tx: Connection) -> pb.Safeguarder:
            recommendations = (SqlRecommendations(tx), recommendation_file(tx, actor))
            entry = record_ministerial_decision(safeguarder_id, decision, SqlDecisions(tx), *recommendations)
            return self._message(tx, entry)

        return self._commands.run(request, pb.Safeguarder, work)

    def _message(self, connection: Connection, entry: Safeguarder) -> pb.Safeguarder:
        (message,) = self._messages(connection, [entry])
        return message

    def _messages(self, connection: Connection, entries: Sequence[Safeguarder]) -> list[pb.Safeguarder]:
        """Return the messages of entries, each with who supports the person now."""
        managers = acting_managers(connection, [entry.safeguarder_id for entry in entries])
        known = {person: self._directory.find(person) for person in set(managers.values())}
        supported = [managers.get(entry.safeguarder_id, "") for entry in entries]
        return [
            wire.safeguarder_message(entry, manager, found.display_name if (found := known.get(manager)) else "")
            for entry, manager in zip(entries, supported, strict=True)
        ]

    def _seen(self, connection: Connection) -> Listed:
        return people_seen(connection, current_call.get().principal, self._clock.today())


def require_known(connection: Connection, safeguarder_id: str) -> None:
    """Refuse somebody who is not on the register.

    Raises:
        Refusal: NOT_FOUND.
    """
    entered(SqlRegister(connection).find(safeguarder_id))
