"""gRPC methods of TimeAwayService."""

import uuid
from typing import Any

from psmf.evidence.v1 import times_away_pb2 as pb
from psmf.evidence.v1 import times_away_pb2_grpc
from sqlalchemy import Connection

from services.evidence.adapters.overlays.store import SqlOverlays
from services.evidence.adapters.plan_files import plan_file
from services.evidence.adapters.times_away import SqlTimesAway
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.handlers.overlays.days import DaysAway
from services.evidence.handlers.record_time_away import record_time_away
from services.evidence.wire import times_away as wire
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.wire import name_parts
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import invalid

RECORDS_DECISIONS = "decision_recorder"
"""The role of people who record decisions."""


class TimeAwayServer(times_away_pb2_grpc.TimeAwayServiceServicer):
    """Leave and suspension."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, reply_working_days: int) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._reply_working_days = reply_working_days

    def RecordTimeAway(self, request: pb.RecordTimeAwayRequest, context: Any) -> pb.TimeAway:
        """Record a time away, or correct one. The times to reply that it covers move with it."""
        caller = current_call.get().principal
        away = wire.time_away(request, uuid.uuid4().hex, caller.person, self._clock.now())
        decides = caller.role == RECORDS_DECISIONS

        def work(tx: Connection) -> pb.TimeAway:
            plan = plan_file(tx, Actor("calendar", Side.PANEL_TEAM, away.recorded_at))
            days = DaysAway(plan, self._reply_working_days)
            recorded = record_time_away(away, request.time_away_id, decides, days, SqlOverlays(tx))
            return wire.time_away_message(recorded)

        return self._commands.run(request, pb.TimeAway, work)

    def ListTimesAway(self, request: pb.ListTimesAwayRequest, context: Any) -> pb.ListTimesAwayResponse:
        """Return a person's times away, latest first."""
        (safeguarder_id,) = name_parts(request.parent, "safeguarders", field="parent")
        if safeguarder_id == "-":
            # An empty list would say that nobody is away. A Safeguarder's `-` is themselves by now.
            raise invalid("NAME_NOT_VALID", "Name one Safeguarder: times away are listed for one person.", "parent")
        with self._database.read() as connection:
            found = SqlTimesAway(connection).of(safeguarder_id)
        return pb.ListTimesAwayResponse(times_away=[wire.time_away_message(away) for away in found])
