"""gRPC methods of ObligationService."""

from collections.abc import Callable
from typing import Any

from psmf.scheduling.v1 import scheduling_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands
from services.platform.storage.database import Database
from services.refusals import invalid
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.handlers.record_training_attendance import record_training_attendance
from services.scheduling.wire import messages as wire


class ObligationServer(scheduling_pb2_grpc.ObligationServiceServicer):
    """Obligations of the year, of the Safeguarder and of the Team."""

    def __init__(
        self, database: Database, commands: Commands, new_context: Callable[[Connection], SchedulingContext]
    ) -> None:
        self._database = database
        self._commands = commands
        self._new_context = new_context

    def ListObligations(self, request: pb.ListObligationsRequest, context: Any) -> pb.ListObligationsResponse:
        """Return a person's obligations, earliest due first."""
        safeguarder_id = wire.safeguarder(request.parent)
        if safeguarder_id == "-":
            # An empty list would say that nothing is owed. A Safeguarder's `-` is themselves by now.
            raise invalid("NAME_NOT_VALID", "Name one Safeguarder: what is owed is listed for one person.", "parent")
        with self._database.read() as connection:
            context = self._new_context(connection)
            schedule, today = context.schedule(safeguarder_id), context.today
        in_order = sorted(schedule.obligations, key=lambda owed: (owed.due_on(today), owed.kind, owed.number))
        return pb.ListObligationsResponse(obligations=[wire.obligation_message(owed, today) for owed in in_order])

    def RecordTrainingAttendance(self, request: pb.RecordTrainingAttendanceRequest, context: Any) -> pb.Obligation:
        """Record attendance at a mandatory training event."""
        safeguarder_id, obligation_id = wire.obligation_name(request.name)
        training = wire.training_attendance(request)

        def work(connection: Connection) -> pb.Obligation:
            context = self._new_context(connection)
            obligation = record_training_attendance(safeguarder_id, obligation_id, training, context)
            return wire.obligation_message(obligation, context.today)

        return self._commands.run(request, pb.Obligation, work)
