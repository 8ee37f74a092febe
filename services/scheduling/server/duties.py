"""gRPC methods of DutyService."""

from datetime import date
from typing import Any

from psmf.scheduling.v1 import duties_pb2 as pb
from psmf.scheduling.v1 import duties_pb2_grpc

from services.platform.calls.commands import current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.relations import listed_subjects
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.scheduling.adapters.duties import SqlDuties
from services.scheduling.wire import messages as wire
from services.scheduling.wire.duties import duty_message


class DutyServer(duties_pb2_grpc.DutyServiceServicer):
    """What somebody owes by a day in the record of a Safeguarder."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def ListDuties(self, request: pb.ListDutiesRequest, context: Any) -> pb.ListDutiesResponse:
        """Return a page of open duties, the earliest due first."""
        call, safeguarder_id = current_call.get(), wire.safeguarder(request.parent)
        principal, own = call.principal, call.relation == "own"
        mark = (principal.person, safeguarder_id)
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        after = (date.fromisoformat(str(last[0])), str(last[1])) if last else None
        with self._database.read() as connection:
            people = listed_subjects(connection, principal, safeguarder_id, "support_manager", self._clock.today())
            found = SqlDuties(connection, self._clock.now()).page(after, most + 1, people, own=own)
        token = ""
        if len(found) > most:
            token = page_token([found[most - 1].due_on.isoformat(), found[most - 1].duty_id], *mark)
        today = self._clock.today()
        return pb.ListDutiesResponse(duties=[duty_message(duty, today) for duty in found[:most]], next_page_token=token)
