"""Evaluates the people who wait for it: both engines, then one transaction. A crash at any point loses nothing.

The request is a durable row, removed in the transaction that keeps the decision record. Several people waiting are
evaluated together, with one request to the other engine, and committed together.
"""

import platform
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version
from itertools import islice

from psmf.rules.v1 import events_pb2
from sqlalchemy import Connection

from services.platform.clock import Clock
from services.platform.events.outbox import add_events
from services.platform.failpoints import reach
from services.platform.storage.database import Database, to_micros
from services.platform.telemetry import traces
from services.platform.telemetry.logs import log
from services.rules.adapters.engine.process import EngineChild, EngineUnavailable
from services.rules.adapters.rule_files.folder import RulebookRefused
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.facts import Request, SqlFacts
from services.rules.adapters.store.trials import SqlTrials
from services.rules.domain.concerns.quiet import WithoutNewRulebook
from services.rules.domain.evaluation.agreement import disagreement
from services.rules.domain.evaluation.decision_record import decision_record
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate
from services.rules.domain.evaluation.plain_engine import CaseAnswers
from services.rules.domain.facts import CaseFile
from services.rules.domain.forecasts.trials import Tried, try_rules
from services.rules.domain.rulebook.model import Rulebook
from services.rules.handlers.assess_practice import assess_practice
from services.rules.handlers.change_concern import CALENDAR, ConcernContext, open_action_reviews
from services.rules.rulebook_in_force import RulebookInForce

TOGETHER = 25
IDLE_SECONDS = 1.0
WAIT_AFTER_HELD = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=10)
CLAIM = timedelta(seconds=60)
"""How long a copy of the service has for the people it took, before another may take them."""


@dataclass(frozen=True, slots=True)
class Finished:
    """One person's evaluation, with the other engine's answers, or why it is held."""

    request: Request
    case_file: CaseFile
    evaluation: Evaluation
    durable: Sequence[CaseAnswers] | None
    held: str
    tried: Tried | None = None
    """What rules on trial answered, where both engines say the same."""
    otherwise: WithoutNewRulebook | None = None


class Evaluator:
    """Answers evaluation requests, and asks for everyone's once a day."""

    def __init__(
        self,
        database: Database,
        in_force: RulebookInForce,
        engine: EngineChild,
        clock: Clock,
        copy_name: str = "only",
    ) -> None:
        # Where no other copy can be, nobody claims: it would cost a commit for each evaluation.
        self._claimant = copy_name if database.is_shared else ""
        self._database = database
        self._in_force = in_force
        self._engine = engine
        self._before: dict[str, Rulebook | None] = {}
        self._asked_by = in_force.current.content_hash
        self._clock = clock
        self._versions = {
            "psmf": version("psmf"),
            "durable-rules": version("durable-rules"),
            "python": platform.python_version(),
            "tzdata": version("tzdata"),
        }
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work_forever, name="evaluator", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the people in hand."""
        self._stopping.set()
        self._database.commits.announce()
        self._thread.join()
        self._engine.close()

    def _work_forever(self) -> None:
        while not self._stopping.is_set():
            commits = self._database.commits.count
            try:
                self._follow_rulebook()
                self._start_day()
                worked = self.evaluate_waiting()
            except Exception as problem:
                log().error("evaluation_failed", error=type(problem).__name__)
                self._stopping.wait(IDLE_SECONDS)
                continue
            if not worked:
                self._database.commits.wait_beyond(commits, IDLE_SECONDS)

    def _follow_rulebook(self) -> None:
        """A new child of the engine answers for a new rulebook; the old one has finished what it was asked."""
        self._in_force.take_up_due()
        if self._in_force.current.content_hash != self._asked_by:
            self._asked_by = self._in_force.current.content_hash
            self._engine.renew()

    def _start_day(self) -> None:
        today = self._clock.today()
        if today != getattr(self, "_day", None):
            self._database.write(lambda tx: self._begin(tx, today))
            self._day = today

    def _begin(self, connection: Connection, day: date) -> None:
        """Once a day, whichever copy comes first: everyone is evaluated, and what is overdue is reviewed."""
        facts, now = SqlFacts(connection), self._clock.now()
        if facts.start_day(day):
            open_action_reviews(ConcernContext(SqlConcerns(connection, to_micros(now)), facts, CALENDAR, now))

    def evaluate_waiting(self) -> int:
        """Evaluate some of those who wait; how many."""
        now = to_micros(self._clock.now())
        with self._database.read() as connection:
            facts = SqlFacts(connection)
            waiting = facts.due(now, self._claimant, TOGETHER)
            files = _files(facts, waiting)
        if not waiting:
            return 0
        # After the look at who waits: whoever waits because of a new rulebook is evaluated by it.
        self._in_force.catch_up()
        if self._claimant:
            until = now + CLAIM // timedelta(microseconds=1)
            waiting = self._database.write(lambda tx: SqlFacts(tx).claim(now, until, self._claimant, TOGETHER))
            reach("after_claim")
            self._in_force.catch_up()
            with self._database.read() as connection:
                files = _files(SqlFacts(connection), waiting)
        finished = self._evaluate([(request, file) for request in waiting if (file := files[request.safeguarder_id])])
        self._database.write(lambda tx: self._keep(tx, waiting, finished))
        return len(waiting)

    def _evaluate(self, waiting: Sequence[tuple[Request, CaseFile]]) -> list[Finished]:
        rulebook = self._in_force.current
        evaluations = []
        for request, case_file in waiting:
            with traces.processing("rules.evaluate", request.traceparent):
                known_by = case_file.known_by(self._clock.now())
                evaluations.append(evaluate(rulebook, case_file, self._clock.today(), known_by))
        with traces.processing_together("rules.ask_engine", [request.traceparent for request, _ in waiting]):
            opinions = second_opinions(self._engine, rulebook, evaluations)
        tried = self._try(rulebook, evaluations)
        return [
            Finished(request, case_file, evaluation, *opinion, trial, self._otherwise(request, rulebook, evaluation))
            for (request, case_file), evaluation, opinion, trial in zip(
                waiting, evaluations, opinions, tried, strict=True
            )
        ]

    def _try(self, rulebook: Rulebook, evaluations: Sequence[Evaluation]) -> Sequence[Tried | None]:
        """Rules on trial, asked of both engines apart from the live ones: whatever becomes of it holds nobody."""
        if not rulebook.in_force(self._clock.today()).trials:
            return [None] * len(evaluations)
        found = [try_rules(rulebook, evaluation) for evaluation in evaluations]
        try:
            answers = iter(self._engine.evaluate(rulebook, [each.case for tried in found for each in tried.answered]))
        except EngineUnavailable:
            log().error("trial_not_kept", reason="engine_unavailable")
            return [None] * len(evaluations)
        agreed = [disagreement(one.answered, tuple(islice(answers, len(one.answered)))) is None for one in found]
        if not all(agreed):
            log().error("trial_not_kept", reason="engines_disagree")
        return [tried if agrees else None for tried, agrees in zip(found, agreed, strict=True)]

    def _otherwise(self, request: Request, rulebook: Rulebook, evaluation: Evaluation) -> WithoutNewRulebook | None:
        """What would have been raised without the change of the rulebook, where there was one; and without news."""
        if request.instead_of in ("", rulebook.content_hash) or not evaluation.raised:
            return None
        with self._database.read() as connection:
            facts = SqlFacts(connection)
            case_file, news = facts.case_file(request.safeguarder_id), facts.news(request.safeguarder_id)
        if case_file is None:
            return None
        before = self._rulebook_before(request.instead_of)
        asked = evaluation.as_of, evaluation.as_known_at
        return WithoutNewRulebook(
            evaluate(before, case_file, *asked) if before else None,
            evaluate(rulebook, case_file, *asked, without=news) if news else evaluation,
        )

    def _rulebook_before(self, content_hash: str) -> Rulebook | None:
        if content_hash not in self._before:
            try:
                self._before = {content_hash: self._in_force.stored(content_hash)}
            except RulebookRefused:
                self._before = {content_hash: None}
        return self._before[content_hash]

    def _keep(self, connection: Connection, waiting: Sequence[Request], finished: Sequence[Finished]) -> None:
        facts = SqlFacts(connection)
        now = self._clock.now()
        waiting = [request for request in waiting if facts.is_claimed(request, self._claimant)]
        finished = [result for result in finished if result.request in waiting]
        done = {result.request.safeguarder_id for result in finished}
        for request in waiting:
            if request.safeguarder_id not in done:
                # Facts of someone never appointed: nothing to evaluate; the appointment asks again.
                facts.done(request, ())
        for result in finished:
            if result.held:
                self._hold(connection, facts, result)
                continue
            with traces.processing("rules.assess_practice", result.request.traceparent):
                self._assess(connection, result, now)
            facts.done(result.request, result.case_file.evidence, result.evaluation.rulebook_hash)
            facts.count("evaluations")

    def _assess(self, connection: Connection, result: Finished, now: datetime) -> None:
        concerns = SqlConcerns(connection, to_micros(now), result.request.evidence_recorded_at)
        previous = concerns.last_record_hash(result.request.safeguarder_id)
        record = decision_record(result.evaluation, result.durable, self._versions, previous)
        evaluation_id = assess_practice(result.evaluation, record, concerns, now, result.otherwise)
        if result.tried is not None:
            SqlTrials(connection).keep(result.evaluation, evaluation_id, result.tried)

    def _hold(self, connection: Connection, facts: SqlFacts, result: Finished) -> None:
        """Raise nothing; keep the request for later; tell the operator once."""
        request = result.request
        wait = min(WAIT_AFTER_HELD * 2**request.tries, LONGEST_WAIT)
        facts.try_later(request, to_micros(self._clock.now() + wait))
        facts.count("disagreements" if result.held == "engines_disagree" else "engine_unavailable")
        log().error("evaluation_held", reason=result.held)
        if request.tries == 0:
            event = events_pb2.EvaluationHeld(safeguarder_id=request.safeguarder_id, reason=result.held)
            add_events(connection, [(request.safeguarder_id, event)], self._clock.now(), request.traceparent)


Opinion = tuple[Sequence[CaseAnswers] | None, str]
"""The other engine's answers, None if it gave none; and why the evaluation is held, empty when the two agree."""


def _files(facts: SqlFacts, waiting: Sequence[Request]) -> dict[str, CaseFile | None]:
    return {request.safeguarder_id: facts.case_file(request.safeguarder_id) for request in waiting}


def second_opinions(engine: EngineChild, rulebook: Rulebook, evaluations: Sequence[Evaluation]) -> list[Opinion]:
    """Asks the other engine about several people at once, and about each alone if it then fails: one may be why."""
    cases = [answered.case for evaluation in evaluations for answered in evaluation.answered]
    try:
        answers = iter(engine.evaluate(rulebook, cases))
    except EngineUnavailable:
        if len(evaluations) == 1:
            return [(None, "engine_unavailable")]
        return [second_opinion(engine, rulebook, evaluation) for evaluation in evaluations]
    return [_opinion(evaluation, tuple(islice(answers, len(evaluation.answered)))) for evaluation in evaluations]


def second_opinion(engine: EngineChild, rulebook: Rulebook, evaluation: Evaluation) -> Opinion:
    """Asks the other engine about one person."""
    return second_opinions(engine, rulebook, [evaluation])[0]


def _opinion(evaluation: Evaluation, durable: Sequence[CaseAnswers]) -> Opinion:
    return durable, "engines_disagree" if disagreement(evaluation.answered, durable) else ""
