"""gRPC methods of DecisionService."""

from collections.abc import Callable
from typing import Any

from psmf.evidence.v1 import decisions_pb2 as pb
from psmf.evidence.v1 import decisions_pb2_grpc
from sqlalchemy import Connection

from services.evidence.adapters.decisions import SqlDecisions
from services.evidence.adapters.overlays.store import SqlOverlays
from services.evidence.adapters.recommendations.files import recommendation_file
from services.evidence.domain.decisions.correction import RecordedDecision
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.handlers.decisions import correct as handler
from services.evidence.handlers.decisions.correct import DecisionFile
from services.evidence.handlers.overlays.days import DaysAway
from services.evidence.wire import decisions as wire
from services.evidence.wire.plans.requests import needed_words, one_person, part_name
from services.platform.calls.commands import Commands, current_call
from services.platform.clock import Clock
from services.platform.storage.database import Database


class DecisionServer(decisions_pb2_grpc.DecisionServiceServicer):
    """Recorded decisions of Ministers and their corrections."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, reply_working_days: int) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._reply_working_days = reply_working_days

    def ListMinisterialDecisions(
        self, request: pb.ListMinisterialDecisionsRequest, context: Any
    ) -> pb.ListMinisterialDecisionsResponse:
        """List the decisions about one person, newest first."""
        person = one_person(request.parent)
        with self._database.read() as connection:
            found = SqlDecisions(connection).of(person)
        return pb.ListMinisterialDecisionsResponse(decisions=map(wire.decision_message, reversed(found)))

    def CorrectMinisterialDecision(
        self, request: pb.CorrectMinisterialDecisionRequest, context: Any
    ) -> pb.MinisterialDecision:
        """Enter a correction."""
        name, year = part_name(request.name, "decisions"), self._clock.now().year
        change, because = wire.change(request, year), needed_words(request.because, "because", year)
        return self._run(request, lambda file: handler.correct(name, request.etag, change, because, file))

    def ConfirmDecisionCorrection(
        self, request: pb.ConfirmDecisionCorrectionRequest, context: Any
    ) -> pb.MinisterialDecision:
        """Confirm a correction as the second person."""
        name = part_name(request.name, "decisions")
        return self._run(request, lambda file: handler.confirm(name, request.etag, file))

    def WithdrawDecisionCorrection(
        self, request: pb.WithdrawDecisionCorrectionRequest, context: Any
    ) -> pb.MinisterialDecision:
        """Take a correction back."""
        name = part_name(request.name, "decisions")
        because = needed_words(request.because, "because", self._clock.now().year)
        return self._run(request, lambda file: handler.withdraw(name, request.etag, because, file))

    def _run(self, request: Any, command: Callable[[DecisionFile], RecordedDecision]) -> pb.MinisterialDecision:
        caller = current_call.get().principal
        actor = Actor(caller.person, Side.PANEL_TEAM, self._clock.now(), accounts=caller.accounts)

        def work(tx: Connection) -> pb.MinisterialDecision:
            recommendations = recommendation_file(tx, actor)
            days = DaysAway(recommendations.plan, self._reply_working_days)
            file = DecisionFile(SqlDecisions(tx), recommendations, SqlOverlays(tx), days)
            return wire.decision_message(command(file))

        return self._commands.run(request, pb.MinisterialDecision, work)
