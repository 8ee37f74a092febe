"""gRPC methods of OverlayService."""

import uuid
from collections.abc import Callable
from typing import Any

from psmf.evidence.v1 import overlays_pb2 as pb
from psmf.evidence.v1 import overlays_pb2_grpc
from sqlalchemy import Connection

from services.evidence.adapters.overlays.policy import overlay_policy
from services.evidence.adapters.overlays.store import SqlOverlays
from services.evidence.adapters.plan_files import plan_file
from services.evidence.adapters.recommendations.kept import SqlTeamRecommendations
from services.evidence.domain.overlays.overlay import Overlay
from services.evidence.domain.overlays.suspension import Recorder
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.handlers.overlays import leave
from services.evidence.handlers.overlays import suspend as handler
from services.evidence.handlers.overlays.days import DaysAway
from services.evidence.handlers.overlays.suspend import Copy, OverlayFiles
from services.evidence.server.times_away import RECORDS_DECISIONS
from services.evidence.wire import overlays as wire
from services.evidence.wire.plans.requests import part_name
from services.evidence.wire.session_records import words
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.wire import from_date, name_parts
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import invalid

_SAFEGUARDER = "safeguarder"


class OverlayServer(overlays_pb2_grpc.OverlayServiceServicer):
    """Suspensions, and leave that is asked for."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, reply_working_days: int) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._reply_working_days = reply_working_days

    def SuspendSafeguarder(self, request: pb.SuspendSafeguarderRequest, context: Any) -> pb.Overlay:
        """Suspend a Safeguarder."""
        (person,), asked = _person(request), wire.asked(request, self._clock.today().year)
        new_id = uuid.uuid4().hex
        return self._run(request, lambda files: handler.suspend(person, new_id, asked, files))

    def ReviewSuspension(self, request: pb.ReviewSuspensionRequest, context: Any) -> pb.Overlay:
        """Record that a suspension was looked at and goes on."""
        copy, look = _copy(request), wire.look(request, self._clock.today().year)
        return self._run(request, lambda files: handler.review(copy, look, files))

    def LiftSuspension(self, request: pb.LiftSuspensionRequest, context: Any) -> pb.Overlay:
        """Lift a suspension."""
        copy, lifting = _copy(request), wire.lifting(request, self._clock.today().year)
        return self._run(request, lambda files: handler.lift(copy, lifting, files))

    def RequestLeave(self, request: pb.RequestLeaveRequest, context: Any) -> pb.Overlay:
        """Ask for a leave."""
        own = current_call.get().principal.role == _SAFEGUARDER
        (person,), new_id = _person(request), uuid.uuid4().hex
        asked = wire.asked_leave(request, by_the_person=own)
        return self._run(request, lambda files: leave.ask(person, new_id, asked, files))

    def AgreeLeave(self, request: pb.AgreeLeaveRequest, context: Any) -> pb.Overlay:
        """Agree to a leave, or decline it."""
        copy, agreed = _copy(request), wire.agrees(request)
        because = words(request.because, "because", self._clock.today().year)
        return self._run(request, lambda files: leave.answer(copy, because, files, agreed=agreed))

    def EndLeave(self, request: pb.EndLeaveRequest, context: Any) -> pb.Overlay:
        """Set the last day of a leave, or record that it was not taken."""
        copy, last_on = _copy(request), from_date(request, "end_date")
        return self._run(request, lambda files: leave.end(copy, last_on, files, not_taken=request.not_taken))

    def ListOverlays(self, request: pb.ListOverlaysRequest, context: Any) -> pb.ListOverlaysResponse:
        """List a person's overlays, latest first."""
        (person,) = _person(request)
        if person == "-":
            # An empty list would say that nobody is suspended. A Safeguarder's `-` is themselves by now.
            raise invalid("NAME_NOT_VALID", "Name one Safeguarder: overlays are listed for one person.", "parent")
        with self._database.read() as connection:
            found = SqlOverlays(connection).of(person)
        policies = map(wire.policy_message, overlay_policy().policies)
        return pb.ListOverlaysResponse(overlays=map(wire.overlay_message, found), policies=policies)

    def _run(self, request: Any, command: Callable[[OverlayFiles], Overlay]) -> pb.Overlay:
        caller = current_call.get().principal
        by = Recorder(caller.person, caller.role == RECORDS_DECISIONS, self._clock.now(), accounts=caller.accounts)

        def work(tx: Connection) -> pb.Overlay:
            days = DaysAway(plan_file(tx, Actor("calendar", Side.PANEL_TEAM, by.now)), self._reply_working_days)
            kept = SqlOverlays(tx), days, SqlTeamRecommendations(tx)
            return wire.overlay_message(command(OverlayFiles(*kept, overlay_policy(), by)))

        return self._commands.run(request, pb.Overlay, work)


def _copy(request: Any) -> Copy:
    return (*part_name(request.name, "overlays"), request.etag)


def _person(request: Any) -> tuple[str, ...]:
    return name_parts(request.parent, "safeguarders", field="parent")
