"""SimulationService: what a change of the rules would do over the organisation's own history, and replay."""

from collections.abc import Mapping
from typing import Any

from psmf.rules.v1 import simulations_pb2 as pb
from psmf.rules.v1 import simulations_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.wire import from_word, name_parts
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import not_found
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.rule_files.folder import RulebookRefused
from services.rules.adapters.store.evaluations import kept_record
from services.rules.adapters.store.revisions import SqlRevisions
from services.rules.adapters.store.simulations import SqlSimulations, order_of
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.rulebook.parameter_change import masked_until
from services.rules.handlers import revisions as handler_of_revisions
from services.rules.handlers import simulations as handler
from services.rules.rulebook_in_force import RulebookInForce, files_refused
from services.rules.simulations.replay import kept_rulebook, replay
from services.rules.submission.number import ChangedNumbers
from services.rules.wire import simulations as wire
from services.rules.wire.revisions import content_hash, kept_change, parameter_change


class SimulationServer(simulations_pb2_grpc.SimulationServiceServicer):
    """Keeps what is to be run; a process beside the service runs it."""

    def __init__(
        self,
        database: Database,
        commands: Commands,
        clock: Clock,
        in_force: RulebookInForce,
        engine: EngineChild,
        numbers: ChangedNumbers,
    ) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._in_force = in_force
        self._engine = engine
        self._numbers = numbers

    def SimulateRulebook(self, request: pb.SimulateRulebookRequest, context: Any) -> pb.Simulation:
        """Queue a what-if of a candidate, or of a date in the rulebook in force, against that rulebook as it stands."""
        today, named = self._clock.today(), wire.one_candidate(request)
        if named == "on_date":
            return self._queue(request, "what_if", wire.date_ahead(request, self._in_force.current, today))
        before, more = self._in_force.current, dict[str, Any]()
        if named == "change":
            change = parameter_change(request.change, today.year)
            prepared = self._numbers.prepared(before.content_hash, change, today)
            files, rulebook, more = dict(prepared.files), prepared.rulebook, {"change": kept_change(change)}
        else:
            files = dict(request.files) if named == "files" else self._stored(content_hash(request.revision, named))
            rulebook = handler.load_candidate(files)
        asked = wire.candidate(request, files, rulebook, today) | more
        if not request.as_dated and (until := masked_until(before, rulebook)):
            asked["as_on"] = until.isoformat()
        return self._queue(request, "what_if", asked)

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

    def ListSimulations(self, request: pb.ListSimulationsRequest, context: Any) -> pb.ListSimulationsResponse:
        """Return a page of simulations with their counts, newest first."""
        only = wire.filters(request, _caller())
        most, last = page_size(request.page_size), read_page_token(request.page_token, _caller(), *only.values())
        after = (int(last[0]), str(last[1])) if last else None
        with self._database.read() as connection:
            found = SqlSimulations(connection).page(only, after, most + 1)
        more = len(found) > most
        token = page_token(order_of(found[most - 1]), _caller(), *only.values()) if more else ""
        messages = [wire.simulation_message(one, counts_only=True) for one in found[:most]]
        return pb.ListSimulationsResponse(simulations=messages, next_page_token=token)

    def CancelSimulation(self, request: pb.CancelSimulationRequest, context: Any) -> pb.Simulation:
        """Cancel a simulation. One that has ended stays as it is."""
        (simulation_id,) = name_parts(request.name, "simulations")

        def work(connection: Connection) -> pb.Simulation:
            cancelled = handler.cancel(simulation_id, self._clock.now(), SqlSimulations(connection))
            return wire.simulation_message(cancelled)

        return self._commands.run(request, pb.Simulation, work)

    def _stored(self, of_hash: str) -> dict[str, str]:
        with self._database.read() as connection:
            handler_of_revisions.find_revision(of_hash, SqlRevisions(connection))
        try:
            return dict(self._in_force.files(of_hash))
        except RulebookRefused as refused:
            raise files_refused(refused) from None

    def _kept_rulebook(self, content_hash: str) -> Rulebook | None:
        with self._database.read() as connection:
            return kept_rulebook(SqlSimulations(connection).rulebooks(content_hash), content_hash)

    def _queue(self, request: Any, kind: str, asked: Mapping[str, Any]) -> pb.Simulation:
        now, in_force, caller = self._clock.now(), self._in_force.current.content_hash, _caller()

        def work(connection: Connection) -> pb.Simulation:
            queued = handler.queue(kind, asked, in_force, caller, now, SqlSimulations(connection))
            return wire.simulation_message(queued)

        return self._commands.run(request, pb.Simulation, work)


def _caller() -> str:
    return current_call.get().principal.person
