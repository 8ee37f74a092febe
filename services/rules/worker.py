"""Evaluates the people who wait for it: both engines, then one transaction. A crash at any point loses nothing.

The request is a durable row, removed in the transaction that stores the decision record. Several people who wait are
evaluated together, with one request to the other engine, and committed together. If that fails, each is evaluated
alone: what is wrong with one person's facts holds up nobody else. People who wait for safety are not evaluated together
with others, and others make way as soon as one of them waits.
"""

import hashlib
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from importlib.metadata import version

from sqlalchemy import Connection

from services.build import build_version
from services.platform.clock import Clock
from services.platform.failpoints import reach
from services.platform.loop import Loop
from services.platform.storage.database import EPOCH, Database
from services.platform.telemetry import traces
from services.platform.telemetry.logs import log
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.evaluations import SqlEvaluations
from services.rules.adapters.store.facts import Holding, Request, SqlFacts, Urgency
from services.rules.adapters.store.overlays import SqlOverlays
from services.rules.adapters.store.revisions import SqlRevisions
from services.rules.adapters.store.trials import SqlTrials
from services.rules.domain.closed_lists import State
from services.rules.domain.concerns.history import CALENDAR
from services.rules.domain.evaluation.decision_record import canonical_json
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate_again
from services.rules.domain.evaluation.holding import holds_until
from services.rules.domain.evaluation.kept_answers import KeptAnswers
from services.rules.domain.evidence.mappings import read_by_edition
from services.rules.domain.facts import CaseFile
from services.rules.domain.rulebook.dated import changes_to_tell
from services.rules.domain.rulebook.model import Rulebook
from services.rules.handlers.change_concern import open_action_reviews
from services.rules.handlers.concerns import ConcernContext
from services.rules.handlers.evaluations import (
    EVALUATION_FAILED,
    Finished,
    assess,
    defer,
    second_opinions,
    try_rules_on_trial,
)
from services.rules.handlers.follow_approach import require_actions
from services.rules.handlers.overlays.follow import follow_all as follow_overlays
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.rules_before import RulesBefore

TOGETHER = 3
"""People evaluated together: one request to the other engine and one commit serve them all.

A matter of safety may wait for the commit of those who were evaluated before it came, so they are few. With ten it
waited twice as long, and each person took no less CPU."""
PEOPLE_KEPT = 150
"""People whose answers are kept for their next evaluation on the same day, in the order of their last one.

Several items about a person often come close together. A Panel has about 150 people."""
IDLE_SECONDS = 1.0
"""A commit of this copy ends the rest early. Deferred requests, other copies' commits and a new day wait for it."""
LOOK = timedelta(seconds=IDLE_SECONDS / 2)
"""Time between two looks for what comes with time: a new day, or a rulebook whose hour has come."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request with what is stored about the person, and how often that had changed before it was read."""

    request: Request
    case_file: CaseFile
    changes: int


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
        # On a database that no other copy can share, nobody claims: it would cost a commit for each evaluation.
        self._claimant = copy_name if database.is_shared else ""
        self._database = database
        self._in_force = in_force
        self._engine = engine
        self._rules_before = RulesBefore(database, in_force)
        self._engine_hash = in_force.content_hash
        self._clock = clock
        self._day: date | None = None
        self._looked_at = EPOCH
        self._kept: dict[str, KeptAnswers] = {}
        self._versions = {
            "psmf": build_version(),
            "durable-rules": version("durable-rules"),
            "python": platform.python_version(),
            "tzdata": version("tzdata"),
        }
        self._loop = Loop("evaluator", self._turn, database.commits, _log_fault)

    def start(self) -> None:
        """Begin; return at once."""
        self._loop.start()

    def stop(self) -> None:
        """Finish the people who are being evaluated, then return."""
        self._loop.stop()
        self._engine.close()

    def _turn(self) -> float:
        # Most turns follow a commit, and somebody may wait for them. What comes with time can wait for a moment.
        now = self._clock.now()
        if abs(now - self._looked_at) >= LOOK:
            self._looked_at = now
            self._follow_time()
        return 0.0 if self.evaluate_waiting() else IDLE_SECONDS

    def _follow_time(self) -> None:
        # What fails of these two fails again at the next look, and must not keep anybody from being evaluated.
        for step in (self._follow_rulebook, self._start_day):
            try:
                step()
            except Exception as problem:
                _log_fault(problem)

    def _follow_rulebook(self) -> None:
        """Start a new child of the engine for a new rulebook. The old one has finished what it was asked."""
        self._in_force.take_up_due()
        if self._in_force.content_hash != self._engine_hash:
            self._engine_hash = self._in_force.content_hash
            self._engine.renew()

    def _start_day(self) -> None:
        today = self._clock.today()
        if today != self._day:
            # Reviews come first: opening one twice changes nothing, and a crash in between loses none.
            self._open_action_reviews()
            self._database.write(lambda tx: self._begin(tx, today))
            self._day = today

    def _begin(self, connection: Connection, today: date) -> None:
        """Ask for everyone's evaluation, and tell first of what dates in the rulebook change (D15.16)."""
        facts, rulebook = SqlFacts(connection), self._in_force.current
        last = facts.last_day(today) or today - timedelta(days=1)
        if facts.start_day(today, self._made_with(rulebook.content_hash)):
            for change, ahead in changes_to_tell(rulebook, last, today):
                SqlRevisions(connection).publish_dated(rulebook.content_hash, change, ahead, self._clock.now())

    def _open_action_reviews(self) -> None:
        with self._database.read() as connection:
            concerns = SqlConcerns(connection)
            people = {*concerns.people_with(State.IN_SUPPORT), *concerns.people_with(State.REQUIRED_ACTION)}
        for person in sorted(people):
            try:
                self._database.write(partial(self._open_reviews_of, person))
            except Exception as problem:
                if self._database.is_away(problem):
                    raise
                _log_fault(problem)  # this person's evaluation meets the same fault, and is held

    def _open_reviews_of(self, person: str, connection: Connection) -> None:
        read_facts = partial(read_by_edition, rulebook=self._in_force.current)
        now = self._clock.now()
        require_actions(person, SqlConcerns(connection), now)
        open_action_reviews(person, ConcernContext(SqlConcerns(connection), read_facts, CALENDAR, now))

    def _made_with(self, rulebook_hash: str) -> str:
        """Return the hash of a rulebook and of the programs that evaluate now. Others may answer differently."""
        return hashlib.sha256(canonical_json({"rulebook": rulebook_hash, "versions": self._versions})).hexdigest()

    def evaluate_everyone_again(self) -> None:
        """Ask for everyone's evaluation, because the clock was set: what was evaluated ahead of time may not hold."""
        self._database.write(lambda tx: SqlFacts(tx).ask_for_everyone())

    def evaluate_waiting(self) -> int:
        """Evaluate some of the people who wait. Return how many."""
        now = self._clock.now()
        with self._database.read() as connection:
            waiting = SqlFacts(connection).due(now, self._claimant, TOGETHER)
        if not waiting:
            return 0
        # Only after the read above: a person who waits because of a new rulebook is then evaluated by it.
        self._in_force.catch_up()
        if self._claimant:
            waiting = self._database.write(lambda tx: SqlFacts(tx).claim(now, self._claimant, TOGETHER))
            if not waiting:
                return 0  # another copy has claimed them since they were read
            reach("after_claim")
            # Others may have been claimed than were read, because of a newer rulebook.
            self._in_force.catch_up()
        if waiting[0].urgency is Urgency.SAFETY:
            waiting = [request for request in waiting if request.urgency is Urgency.SAFETY]
        return self._answer(waiting)

    def _answer(self, waiting: Sequence[Request]) -> int:
        """Evaluate people together, and each alone if that fails. Hold only a person whose own evaluation fails.

        Return how many were evaluated or held. The last ones wait on if somebody waits for safety meanwhile.

        Raises:
            Exception: the database is away or full, which is no fault of anybody's facts.
        """
        try:
            asked, strangers = self._read(waiting)
            finished = self._evaluate(asked)
            self._database.write(lambda tx: self._keep(tx, strangers, finished))
        except Exception as problem:
            if self._database.is_away(problem):
                raise
            if len(waiting) > 1:
                return sum([self._answer([request]) for request in waiting])
            _log_fault(problem)
            self._database.write(lambda tx: defer(waiting[0], EVALUATION_FAILED, SqlFacts(tx), self._clock.now()))
            return 1
        return len(strangers) + len(finished)

    def _read(self, waiting: Sequence[Request]) -> tuple[list[_Asked], list[Request]]:
        """Return what is stored about people, and the requests about those who were never appointed."""
        with self._database.read() as connection:
            facts = SqlFacts(connection)
            # Before the facts: what changes in between is then not seen, and the daily run asks again.
            changes = facts.changes_of([request.safeguarder_id for request in waiting])
            files = [(request, facts.case_file(request.safeguarder_id)) for request in waiting]
        asked = [_Asked(request, file, changes[request.safeguarder_id]) for request, file in files if file is not None]
        return asked, [request for request, file in files if file is None]

    def _evaluate(self, asked: Sequence[_Asked]) -> list[Finished]:
        """Evaluate people in order, at least the first. Stop as soon as somebody waits for safety."""
        rulebook, today, commits = self._in_force.current, self._clock.today(), self._database.commits.count
        evaluations: list[Evaluation] = []
        for one in asked:
            if evaluations and self._makes_way(one.request, commits):
                break
            with traces.processing("rules.evaluate", one.request.traceparent):
                known_at = one.case_file.known_by(self._clock.now())
                evaluations.append(self._evaluate_one(rulebook, one.case_file, today, known_at))
        asked = asked[: len(evaluations)]
        with traces.processing_together("rules.ask_engine", [one.request.traceparent for one in asked]):
            opinions = second_opinions(self._engine, rulebook, evaluations)
        has_trials = bool(rulebook.in_force(today).trials)
        tried = try_rules_on_trial(self._engine, rulebook, evaluations) if has_trials else [None] * len(evaluations)
        return [
            Finished(
                one.request,
                one.case_file,
                evaluation,
                *opinion,
                trial,
                self._rules_before.compare(evaluation, one.case_file, rulebook),
                # What rules on trial answer was not kept, so the next daily run asks them again.
                None if has_trials and trial is None else self._holding(rulebook, one, evaluation),
            )
            for one, evaluation, opinion, trial in zip(asked, evaluations, opinions, tried, strict=True)
        ]

    def _evaluate_one(self, rulebook: Rulebook, case_file: CaseFile, today: date, known_at: datetime) -> Evaluation:
        """Evaluate a person. What is kept of the last time saves asking again where nothing is new."""
        person = case_file.person.safeguarder_id
        evaluation, kept = evaluate_again(rulebook, case_file, today, known_at, self._kept.pop(person, None))
        self._kept[person] = kept
        if len(self._kept) > PEOPLE_KEPT:
            del self._kept[next(iter(self._kept))]  # whose evaluation is the longest ago
        return evaluation

    def _makes_way(self, request: Request, commits: int) -> bool:
        """Return whether somebody waits for safety while others are evaluated. `commits`: their number before."""
        if request.urgency is Urgency.SAFETY or self._database.commits.count == commits:
            return False  # nobody can have come without a commit
        with self._database.read() as connection:
            first = SqlFacts(connection).due(self._clock.now(), self._claimant, 1)
        return bool(first) and first[0].urgency is Urgency.SAFETY

    def _holding(self, rulebook: Rulebook, asked: _Asked, evaluation: Evaluation) -> Holding:
        until = holds_until(rulebook, asked.case_file, evaluation)
        return Holding(until, asked.changes, self._made_with(evaluation.rulebook_hash))

    def _keep(self, connection: Connection, strangers: Sequence[Request], finished: Sequence[Finished]) -> None:
        facts = SqlFacts(connection)
        now = self._clock.now()
        # A claim that ran out may be another copy's by now: what that copy answers must not be stored twice.
        for request in strangers:
            if facts.is_claimed(request, self._claimant):
                # Facts of someone never appointed: nothing to evaluate; the appointment asks again.
                facts.done(request)
        for result in finished:
            if not facts.is_claimed(result.request, self._claimant):
                continue
            if result.deferred:
                defer(result.request, result.deferred, facts, now)
                continue
            with traces.processing("rules.assess_practice", result.request.traceparent):
                store = SqlEvaluations(connection, now, result.request.evidence_recorded_at)
                assess(result, self._versions, store, SqlTrials(connection), now)
                # A suspension may have been heard of while engines answered, and a person may have reopened a concern.
                person = result.request.safeguarder_id
                follow_overlays(person, SqlOverlays(connection), SqlConcerns(connection), now)
            facts.done(result.request, result.case_file, result.evaluation, result.holding)
            facts.count("evaluations")


def _log_fault(problem: Exception) -> None:
    log().error("evaluation_failed", error=type(problem).__name__)
