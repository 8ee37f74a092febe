"""gRPC methods of PersonalFileService."""

from typing import Any

from psmf.evidence.v1 import personal_file_pb2 as pb
from psmf.evidence.v1 import personal_file_pb2_grpc

from services.evidence.adapters.personal_file.files import personal_file
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.handlers import personal_file as handler
from services.evidence.wire import personal_file as wire
from services.platform.calls.commands import current_call
from services.platform.clock import Clock
from services.platform.storage.database import Database


class PersonalFileServer(personal_file_pb2_grpc.PersonalFileServiceServicer):
    """A Safeguarder's own view of their file."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def GetMyStanding(self, request: pb.GetMyStandingRequest, context: Any) -> pb.MyStanding:
        """Return where a person's practice stands, and what is due from whom."""
        safeguarder_id = wire.standing_person(request.name)
        with self._database.read() as connection:
            file = personal_file(connection, safeguarder_id, self._actor())
            return wire.standing_message(handler.read_standing(safeguarder_id, file))

    def GetHandover(self, request: pb.GetHandoverRequest, context: Any) -> pb.Handover:
        """Return what somebody who takes over as support manager needs."""
        safeguarder_id = wire.handover_person(request.name)
        with self._database.read() as connection:
            file = personal_file(connection, safeguarder_id, self._actor())
            return wire.handover_message(handler.read_handover(safeguarder_id, file))

    def ListWaitingForMe(self, request: pb.ListWaitingForMeRequest, context: Any) -> pb.ListWaitingForMeResponse:
        """Return what waits for a person."""
        safeguarder_id = wire.waiting_person(request.parent)
        with self._database.read() as connection:
            file = personal_file(connection, safeguarder_id, self._actor())
            return wire.waiting_message(handler.read_waiting(safeguarder_id, file))

    def _actor(self) -> Actor:
        """Return the reader. The answer is the same for every reader, so the side makes no difference."""
        caller = current_call.get().principal
        return Actor(caller.person, Side.SAFEGUARDER, self._clock.now(), accounts=caller.accounts)
