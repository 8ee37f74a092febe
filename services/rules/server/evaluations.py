"""ConcernService as a whole: concerns and their moves, and the evaluations behind them."""

from typing import Any

from psmf.rules.v1 import rules_pb2 as pb
from sqlalchemy import Connection

from services.owners import check_owner
from services.platform.calls.pages import require_few
from services.platform.calls.relations import allocated_to, linked_people
from services.platform.calls.wire import from_date, from_instant, name_parts
from services.platform.process.process import ServiceParts
from services.refusals import not_found
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.store.evaluations import kept_record
from services.rules.adapters.store.facts import SqlFacts
from services.rules.domain.evidence.mappings import read_by_edition
from services.rules.handlers.evaluations import Question, ask_for_everyone, evaluate_only, known_person
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.server.concerns import ConcernServer
from services.rules.wire import evaluations as wire


class ConcernService(ConcernServer):
    """The contract's service, which holds both: methods about concerns are inherited, those about evaluations here."""

    def __init__(self, parts: ServiceParts, in_force: RulebookInForce, engine: EngineChild) -> None:
        def check(connection: Connection, safeguarder_id: str, owner: str) -> None:
            manager = allocated_to(connection, safeguarder_id)
            kept_out = parts.directory.every_account(linked_people(connection, safeguarder_id))
            check_owner(owner, parts.directory.role_of(owner), manager, kept_out)

        super().__init__(
            parts.database,
            parts.commands,
            parts.clock,
            parts.access,
            check,
            lambda facts: read_by_edition(facts, in_force.current),
        )
        self._in_force = in_force
        self._engine = engine

    def EvaluateSafeguarder(self, request: pb.EvaluateSafeguarderRequest, context: Any) -> pb.Evaluation:
        """Evaluate one person and store nothing."""
        (safeguarder_id,) = name_parts(request.name, "safeguarders")
        as_of = from_date(request, "as_of_date") or self._clock.today()
        require_few(request.without_evidence, "without_evidence")
        plus = wire.hypothetical_items(request.with_items)
        known_at = from_instant(request.known_at_time) if request.HasField("known_at_time") else None
        question = Question(as_of, known_at, frozenset(request.without_evidence), plus)
        with self._database.read() as connection:
            case_file = known_person(safeguarder_id, SqlFacts(connection))
        # Outside the transaction, so that no connection waits for the engine.
        evaluation, agree = evaluate_only(question, case_file, self._in_force.current, self._engine, self._clock.now())
        return wire.evaluation_message(evaluation, agree)

    def GetEvaluation(self, request: pb.GetEvaluationRequest, context: Any) -> pb.Evaluation:
        """Return one stored evaluation with its decision record."""
        safeguarder_id, evaluation_id = name_parts(request.name, "safeguarders", "evaluations")
        with self._database.read() as connection:
            found = kept_record(connection, safeguarder_id, evaluation_id)
        if found is None:
            raise not_found("EVALUATION_NOT_FOUND", "No such evaluation is on this person's file.", "name")
        return wire.kept_evaluation(request.name, safeguarder_id, found)

    def EvaluateEveryone(self, request: pb.EvaluateEveryoneRequest, context: Any) -> pb.EvaluateEveryoneResponse:
        """Ask for everyone to be evaluated now."""

        def work(connection: Connection) -> pb.EvaluateEveryoneResponse:
            return pb.EvaluateEveryoneResponse(waiting=ask_for_everyone(SqlFacts(connection)))

        return self._commands.run(request, pb.EvaluateEveryoneResponse, work)
