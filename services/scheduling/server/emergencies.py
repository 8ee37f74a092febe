"""gRPC methods of EmergencyAccessService."""

import uuid
from collections.abc import Callable
from typing import Any

from psmf.scheduling.v1 import emergency_access_pb2 as pb
from psmf.scheduling.v1 import emergency_access_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.relations import listed_subjects
from services.platform.clock import Clock
from services.platform.storage.database import Database, to_micros
from services.scheduling.adapters.emergencies import SqlEmergencies
from services.scheduling.domain.emergency import EmergencyAccess
from services.scheduling.domain.identifiers import AccessId
from services.scheduling.handlers import emergency
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.wire import emergencies as wire
from services.scheduling.wire.messages import safeguarder
from services.who import Who

_OPENS = "support_manager"
"""The role whose people open files. Other roles either read every file by their work, or never read one."""
_READS = ("allocated", "delegated")
"""Relations in which they may read a file anyway."""


class EmergencyAccessServer(emergency_access_pb2_grpc.EmergencyAccessServiceServicer):
    """Files that somebody opens because somebody is at risk, and the review of that."""

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

    def OpenEmergencyAccess(self, request: pb.OpenEmergencyAccessRequest, context: Any) -> pb.EmergencyAccess:
        """Open a file to the caller, to read, for some hours."""
        call, new_id = current_call.get(), AccessId(uuid.uuid4().hex)
        wanted = wire.wanted_access(request, self._clock.today().year)
        by, may_read = call.principal.person, call.relation in _READS
        return self._run(request, lambda made: emergency.open_access(wanted, new_id, by, made, may_read=may_read))

    def CloseEmergencyAccess(self, request: pb.CloseEmergencyAccessRequest, context: Any) -> pb.EmergencyAccess:
        """Close an emergency access: one's own, or as the one who answers for the data any."""
        caller, name = current_call.get().principal, wire.access_name(request.name)
        of_others = caller.role != _OPENS
        return self._run(request, lambda made: emergency.close_access(name, caller.person, made, any_access=of_others))

    def ReviewEmergencyAccess(self, request: pb.ReviewEmergencyAccessRequest, context: Any) -> pb.EmergencyAccess:
        """Say whether an emergency access was justified."""
        caller, name = current_call.get().principal, wire.access_name(request.name)
        by = Who(caller.person, accounts=caller.accounts)
        said = wire.access_review(request, self._clock.today().year)
        return self._run(request, lambda made: emergency.review_access(name, said, by, made))

    def ListEmergencyAccesses(
        self, request: pb.ListEmergencyAccessesRequest, context: Any
    ) -> pb.ListEmergencyAccessesResponse:
        """Return a page of emergency accesses, the newest first."""
        call = current_call.get()
        caller, own = call.principal, call.relation == "own"
        mark = (caller.person, request.parent, request.include_reviewed)
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        after, now = (int(last[0]), str(last[1])) if last else None, self._clock.now()
        with self._database.read() as connection:
            people = listed_subjects(connection, caller, safeguarder(request.parent), _OPENS, self._clock.today())
            opener = caller if caller.role == _OPENS and call.relation == "any" else None
            store = SqlEmergencies(connection)
            found = store.page(people, opener, after, most + 1, reviewed_too=request.include_reviewed)
        end = found[most - 1] if len(found) > most else None
        return pb.ListEmergencyAccessesResponse(
            emergency_accesses=[wire.access_message(known, now, own=own) for known in found[:most]],
            next_page_token=page_token([to_micros(end.opened_at), end.access_id], *mark) if end else "",
        )

    def _run(self, request: Any, change: Callable[[SchedulingContext], EmergencyAccess]) -> pb.EmergencyAccess:
        def work(connection: Connection) -> pb.EmergencyAccess:
            return wire.access_message(change(self._new_context(connection)), self._clock.now())

        return self._commands.run(request, pb.EmergencyAccess, work)
