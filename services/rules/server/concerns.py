"""ConcernService: what rules say of one person's evidence, and what people do about it."""

from datetime import datetime
from typing import Any

from psmf.rules.v1 import rules_pb2 as pb
from sqlalchemy import Connection

from services.platform.calls.access import Access
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.relations import allocated_subjects
from services.platform.calls.wire import from_date, from_instant, name_parts, to_word
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import not_found, unavailable
from services.rules import wire
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.store.concerns import SqlConcerns, Which, order_of
from services.rules.adapters.store.facts import SqlFacts
from services.rules.domain.closed_lists import Lane
from services.rules.domain.concerns.as_of import moment_asked
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.handlers import change_concern as change
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.server.concern_moves import ConcernMovesServer, named
from services.rules.wire.concern_moves import concern_message
from services.rules.worker import second_opinion


class ConcernServer(ConcernMovesServer):
    """Concerns and evaluations."""

    def __init__(
        self,
        database: Database,
        commands: Commands,
        clock: Clock,
        access: Access,
        in_force: RulebookInForce,
        engine: EngineChild,
    ) -> None:
        super().__init__(database, commands, clock, access)
        self._in_force = in_force
        self._engine = engine

    def EvaluateSafeguarder(self, request: pb.EvaluateSafeguarderRequest, context: Any) -> pb.Evaluation:
        """Evaluate without keeping anything."""
        (safeguarder_id,) = name_parts(request.name, "safeguarders")
        as_of = from_date(request, "as_of_date") or self._clock.today()
        plus = [wire.hypothetical_item(item) for item in request.with_items]
        with self._database.read() as connection:
            case_file = SqlFacts(connection).case_file(safeguarder_id)
        if case_file is None:
            raise not_found("SAFEGUARDER_NOT_FOUND", "Rules know no appointed Safeguarder with this id.", "name")
        asked_at = request.HasField("known_at_time")
        known_at = from_instant(request.known_at_time) if asked_at else case_file.known_by(self._clock.now())
        without = frozenset(request.without_evidence)
        rulebook = self._in_force.current
        evaluation = evaluate(rulebook, case_file, as_of, known_at, without=without, plus=plus)
        durable, held = second_opinion(self._engine, rulebook, evaluation)
        if durable is None:
            raise unavailable("ENGINE_UNAVAILABLE", "The rules engine did not answer. Try again shortly.")
        return wire.evaluation_message(evaluation, agree=not held)

    def GetEvaluation(self, request: pb.GetEvaluationRequest, context: Any) -> pb.Evaluation:
        """One kept evaluation, with its decision record."""
        safeguarder_id, evaluation_id = name_parts(request.name, "safeguarders", "evaluations")
        with self._database.read() as connection:
            found = SqlConcerns(connection, 0).record(safeguarder_id, evaluation_id)
        if found is None:
            raise not_found("EVALUATION_NOT_FOUND", "No such evaluation is on this person's file.", "name")
        return wire.kept_evaluation(request.name, *found)

    def GetConcern(self, request: pb.GetConcernRequest, context: Any) -> pb.Concern:
        """One concern, now or as it stood. What is for the Team to mend is not shown as if it were about the person."""
        at = self._moment(request)
        with self._database.read() as connection:
            concerns, context = SqlConcerns(connection, 0), self._desk(connection, current_call.get().principal.person)
            if at is not None:
                concerns.check_history(at, [named(request).safeguarder_id])
            found = change.find_concern(named(request), concerns, at)
            steps = concerns.moves(found)
            moves = change.next_moves(found, context) if at is None else ()
            allowed = [move for move in moves if self._is_callers(move)]
        if current_call.get().relation == "own" and found.answer.lane is Lane.DATA_GAP:
            raise not_found("CONCERN_NOT_FOUND", "No such concern is on this person's file.", "name")
        return concern_message(found, steps, allowed)

    def ListConcerns(self, request: pb.ListConcernsRequest, context: Any) -> pb.ListConcernsResponse:
        """A page of concerns, most urgent first, now or as they stood; of the people the caller may see now."""
        call = current_call.get()
        (safeguarder_id,) = name_parts(request.parent, "safeguarders")
        lane, at = to_word(pb.Lane, request.lane, "lane"), self._moment(request)
        mark = (call.principal.person, safeguarder_id, lane, request.include_closed, str(at or ""))
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        after = (int(last[0]), int(last[1]), str(last[2])) if last else None
        with self._database.read() as connection:
            concerns, only = SqlConcerns(connection, 0), self._visible(connection, safeguarder_id)
            if at is not None:
                concerns.check_history(at, only)
            which = Which(lane, request.include_closed, call.relation != "own", only)
            found = concerns.page(after, most + 1, which, at)
        token = page_token(order_of(found[most - 1]), *mark) if len(found) > most else ""
        return pb.ListConcernsResponse(
            concerns=[concern_message(concern) for concern in found[:most]], next_page_token=token
        )

    def EvaluateEveryone(self, request: pb.EvaluateEveryoneRequest, context: Any) -> pb.EvaluateEveryoneResponse:
        """Ask for everyone to be evaluated now."""

        def work(connection: Connection) -> pb.EvaluateEveryoneResponse:
            facts = SqlFacts(connection)
            for safeguarder_id in facts.everyone():
                facts.ask_for_evaluation(safeguarder_id)
            return pb.EvaluateEveryoneResponse(waiting=facts.waiting())

        return self._commands.run(request, pb.EvaluateEveryoneResponse, work)

    def _moment(self, request: pb.GetConcernRequest | pb.ListConcernsRequest) -> datetime | None:
        known_at = from_instant(request.known_at_time, "known_at_time") if request.HasField("known_at_time") else None
        return moment_asked(from_date(request, "as_of_date"), known_at, self._clock.now())

    def _visible(self, connection: Connection, safeguarder_id: str) -> list[str] | None:
        """The people a list is about; None for everyone."""
        caller = current_call.get().principal
        if safeguarder_id != "-":
            return [safeguarder_id]
        return allocated_subjects(connection, caller.person) if caller.role == "support_manager" else None
