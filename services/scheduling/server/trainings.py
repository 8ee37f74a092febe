"""gRPC methods of TrainingService."""

from collections.abc import Callable
from typing import Any

from psmf.scheduling.v1 import scheduling_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands
from services.platform.storage.database import Database
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.handlers.record_training_event import record_training_event
from services.scheduling.wire import messages as wire


class TrainingServer(scheduling_pb2_grpc.TrainingServiceServicer):
    """Training events that were held."""

    def __init__(
        self, database: Database, commands: Commands, new_context: Callable[[Connection], SchedulingContext]
    ) -> None:
        self._database = database
        self._commands = commands
        self._new_context = new_context

    def ListTrainingEvents(self, request: pb.ListTrainingEventsRequest, context: Any) -> pb.ListTrainingEventsResponse:
        """Return every event, in order of its id."""
        with self._database.read() as connection:
            events = self._new_context(connection).trainings.all()
        return pb.ListTrainingEventsResponse(training_events=[wire.training_event_message(event) for event in events])

    def RecordTrainingEvent(self, request: pb.RecordTrainingEventRequest, context: Any) -> pb.TrainingEvent:
        """Record on which days an event was held."""
        event_id, kind, held_on = wire.training_event(request)

        def work(connection: Connection) -> pb.TrainingEvent:
            event = record_training_event(event_id, kind, held_on, request.again, self._new_context(connection))
            return wire.training_event_message(event)

        return self._commands.run(request, pb.TrainingEvent, work)
