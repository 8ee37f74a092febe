"""SimulationService: what a change of the rules would do over the organisation's own history, and replay."""

from collections.abc import Mapping
from typing import Any

from psmf.rules.v1 import simulations_pb2 as pb
from psmf.rules.v1 import simulations_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands
from services.platform.calls.wire import from_word, name_parts
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import not_found
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.store.evaluations import kept_record
from services.rules.adapters.store.simulations import SqlSimulations
from services.rules.domain.rulebook.model import Rulebook
from services.rules.handlers import simulations as handler
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.simulations.replay import kept_rulebook, replay
from services.rules.wire import simulations as wire


class SimulationServer(simulations_pb2_grpc.SimulationServiceServicer):
    """Keeps what is to be run; a process beside the service runs it."""

    def __init__(
        self,
        database: Database,
        commands: Commands,
        clock: Clock,
        in_force: RulebookInForce,
        engine: EngineChild,
    ) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._in_force = in_force
        self._engine = engine

    def SimulateRulebook(self, request: pb.SimulateRulebookRequest, context: Any) -> pb.Simulation:
        """Queue a what-if of a candidate, or of a date in the rulebook in force, against that rulebook as it stands."""
        if request.HasField("on_date"):
            asked = wire.date_ahead(request, self._in_force.current, self._clock.today())
            return self._queue(request, "what_if", asked)
        rulebook = handler.load_candidate(request.files)
        return self._queue(request, "what_if", wire.candidate(request, rulebook, self._clock.today()))

    def TuneParameter(self, request: pb.TuneParameterRequest, context: Any) -> pb.Simulation:
        """Queue a trial of many values for one parameter of the rulebook in force."""
        asked = wire.tuning(request, self._in_force.current, self._clock.today())
        return self._queue(request, "tuning", asked)

    def ReplayEvaluations(self, request: pb.ReplayEvaluationsRequest, context: Any) -> pb.Simulation:
        """Queue a replay of every kept decision."""
        return self._queue(request, "replay", {})

    def ReplayEvaluation(self, request: pb.ReplayEvaluationRequest, context: Any) -> pb.Replay:
        """Evaluate one kept decision again, now."""
        safeguarder_id, evaluation_id = name_parts(request.name, "safeguarders", "evaluations")
        with self._database.read() as connection:
            found = kept_record(connection, safeguarder_id, evaluation_id)
        if found is None:
            raise not_found("EVALUATION_NOT_FOUND", "No such evaluation is on this person's file.", "name")
        done = replay(found.content, found.sha256, self._kept_rulebook, self._engine, found.whole)
        return pb.Replay(
            name=request.name,
            outcome=from_word(pb.ReplayOutcome, done.outcome),
            record_hash=found.sha256,
            replayed_hash=done.sha256,
            differing_parts=done.differing,
        )

    def GetSimulation(self, request: pb.GetSimulationRequest, context: Any) -> pb.Simulation:
        """Return a simulation with its progress and its result."""
        (simulation_id,) = name_parts(request.name, "simulations")
        with self._database.read() as connection:
            return wire.simulation_message(handler.find(simulation_id, SqlSimulations(connection)))

    def CancelSimulation(self, request: pb.CancelSimulationRequest, context: Any) -> pb.Simulation:
        """Cancel a simulation. One that has ended stays as it is."""
        (simulation_id,) = name_parts(request.name, "simulations")

        def work(connection: Connection) -> pb.Simulation:
            cancelled = handler.cancel(simulation_id, self._clock.now(), SqlSimulations(connection))
            return wire.simulation_message(cancelled)

        return self._commands.run(request, pb.Simulation, work)

    def _kept_rulebook(self, content_hash: str) -> Rulebook | None:
        with self._database.read() as connection:
            return kept_rulebook(SqlSimulations(connection).rulebooks(content_hash), content_hash)

    def _queue(self, request: Any, kind: str, asked: Mapping[str, Any]) -> pb.Simulation:
        now, content_hash = self._clock.now(), self._in_force.current.content_hash

        def work(connection: Connection) -> pb.Simulation:
            queued = handler.queue(kind, asked, content_hash, now, SqlSimulations(connection))
            return wire.simulation_message(queued)

        return self._commands.run(request, pb.Simulation, work)
