"""SimulationService: what a change of the rules would do over the organisation's own history, and replay."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from google.protobuf.json_format import ParseDict
from psmf.rules.v1 import simulations_pb2 as pb
from psmf.rules.v1 import simulations_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands
from services.platform.calls.wire import from_date, from_word, name_parts, to_date, to_instant
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import Kind, Refusal, invalid, not_found
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.rule_files.folder import RulebookRefused, rulebook_of_files
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.simulations import KEPT_FOR, MOST_WAITING, Simulation, SqlSimulations
from services.rules.domain.rulebook.file_names import check_names
from services.rules.domain.rulebook.model import Rulebook
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.simulations.replay import kept_rulebook, replay

LONGEST = timedelta(days=10 * 366)
TWO_YEARS = timedelta(days=730)
MOST_VALUES = 100
SHOWN_FAULTS, LONGEST_FAULT = 10, 300
"""A refusal travels in the trailers of the call, which hold 8 KB."""
_FIELDS = {"what_if": "what_if", "tuning": "tuning", "replay": "replays"}


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
        """Have a candidate run beside the rulebook in force."""
        files = dict(request.files)
        candidate = _loaded(files)
        asked = self._span(request) | {
            "after": files,
            "after_hash": candidate.content_hash,
            "as_dated": request.as_dated,
        }
        return self._ask(request, "what_if", asked)

    def TuneParameter(self, request: pb.TuneParameterRequest, context: Any) -> pb.Simulation:
        """Have a number of the rulebook in force tried at many values."""
        parameter = self._in_force.current.parameters.get(request.parameter)
        if parameter is None:
            raise not_found("PARAMETER_NOT_FOUND", "The rulebook in force has no number of this name.", "parameter")
        step, (least, most) = request.step or 1, parameter.scale
        if step < 1 or not least <= request.from_value <= request.to_value <= most:
            raise invalid(
                "VALUES_OUTSIDE_SCALE",
                f"Values go up from {least} to {most}, the number's scale, in steps of 1 or more.",
                "from_value",
            )
        if (request.to_value - request.from_value) // step >= MOST_VALUES:
            raise invalid("TOO_MANY_VALUES", f"At most {MOST_VALUES} values are tried at once. Widen the step.", "step")
        asked = self._span(request) | {
            "parameter": request.parameter,
            "from_value": request.from_value,
            "to_value": request.to_value,
            "step": step,
        }
        return self._ask(request, "tuning", asked)

    def ReplayEvaluations(self, request: pb.ReplayEvaluationsRequest, context: Any) -> pb.Simulation:
        """Have every kept decision evaluated again."""
        return self._ask(request, "replay", {})

    def ReplayEvaluation(self, request: pb.ReplayEvaluationRequest, context: Any) -> pb.Replay:
        """Evaluate one kept decision again."""
        safeguarder_id, evaluation_id = name_parts(request.name, "safeguarders", "evaluations")
        with self._database.read() as connection:
            found = SqlConcerns(connection, 0).record(safeguarder_id, evaluation_id)
        if found is None:
            raise not_found("EVALUATION_NOT_FOUND", "No such evaluation is on this person's file.", "name")
        done = replay(bytes(found[0]), found[1], self._kept_rulebook, self._engine)
        return pb.Replay(
            name=request.name,
            outcome=from_word(pb.ReplayOutcome, done.outcome),
            record_hash=found[1],
            replayed_hash=done.sha256,
            differing_parts=done.differing,
        )

    def GetSimulation(self, request: pb.GetSimulationRequest, context: Any) -> pb.Simulation:
        """How far it is, and what it found."""
        (simulation_id,) = name_parts(request.name, "simulations")
        with self._database.read() as connection:
            return _message(_found(SqlSimulations(connection), simulation_id))

    def CancelSimulation(self, request: pb.CancelSimulationRequest, context: Any) -> pb.Simulation:
        """Stop it. One that has ended stays as it is."""
        (simulation_id,) = name_parts(request.name, "simulations")

        def work(connection: Connection) -> pb.Simulation:
            store = SqlSimulations(connection)
            _found(store, simulation_id)
            store.move(simulation_id, "cancelled", self._clock.now())
            return _message(_found(store, simulation_id))

        return self._commands.run(request, pb.Simulation, work)

    def _kept_rulebook(self, content_hash: str) -> Rulebook | None:
        with self._database.read() as connection:
            return kept_rulebook(SqlSimulations(connection).rulebooks(content_hash), content_hash)

    def _ask(self, request: Any, kind: str, asked: Mapping[str, Any]) -> pb.Simulation:
        now = self._clock.now()
        rulebook_hash = self._in_force.current.content_hash
        simulation = Simulation(uuid.uuid4().hex, kind, "queued", asked, rulebook_hash, now, now + KEPT_FOR)

        def work(connection: Connection) -> pb.Simulation:
            store = SqlSimulations(connection)
            if store.waiting() >= MOST_WAITING:
                message = f"{MOST_WAITING} simulations wait already. Try again when some are done."
                raise Refusal(Kind.EXHAUSTED, "TOO_MANY_SIMULATIONS", message)
            store.add(simulation)
            return _message(simulation)

        return self._commands.run(request, pb.Simulation, work)

    def _span(self, request: Any) -> dict[str, Any]:
        today = self._clock.today()
        until = from_date(request, "until_date") or today
        since = from_date(request, "since_date") or until - TWO_YEARS
        if not since <= until <= today:
            raise invalid(
                "SPAN_NOT_IN_ORDER", "since_date comes before until_date, and neither is ahead.", "since_date"
            )
        if until - since > LONGEST:
            raise invalid("SPAN_TOO_LONG", "At most ten years are looked at.", "since_date")
        return {"since": since.isoformat(), "until": until.isoformat(), "as_received": request.as_received}


def _loaded(files: Mapping[str, str]) -> Rulebook:
    check_names(files, "files")
    try:
        return rulebook_of_files(files)
    except RulebookRefused as refused:
        faults = [str(fault) for fault in refused.faults]
        places = {f"fault_{number}": text[:LONGEST_FAULT] for number, text in enumerate(faults[:SHOWN_FAULTS], 1)}
        message = f"The candidate does not load: {len(faults)} faults. Check it with: psmf rules check"
        raise invalid("CANDIDATE_REFUSED", message, "files", **places) from None


def _found(store: SqlSimulations, simulation_id: str) -> Simulation:
    simulation = store.find(simulation_id)
    if simulation is None:
        message = "There is no such simulation. Its answer is kept for a month after it was asked for."
        raise not_found("SIMULATION_NOT_FOUND", message, "name")
    return simulation


def _message(simulation: Simulation) -> pb.Simulation:
    message = pb.Simulation(
        name=f"simulations/{simulation.simulation_id}",
        kind=f"KIND_{simulation.kind.upper()}",
        state=f"STATE_{simulation.state.upper()}",
        create_time=to_instant(simulation.created_at),
        expire_time=to_instant(simulation.expires_at),
        done=simulation.done,
        total=simulation.total,
        rulebook_hash=simulation.rulebook_hash,
        candidate_hash=simulation.asked.get("after_hash", ""),
        since_date=_day(simulation, "since"),
        until_date=_day(simulation, "until"),
        problem=simulation.problem,
        as_received=simulation.asked.get("as_received", False),
    )
    if simulation.result is not None:
        ParseDict(dict(simulation.result), getattr(message, _FIELDS[simulation.kind]))
        getattr(message, _FIELDS[simulation.kind]).SetInParent()
    return message


def _day(simulation: Simulation, name: str) -> Any:
    text = simulation.asked.get(name)
    return to_date(date.fromisoformat(text)) if text else None
