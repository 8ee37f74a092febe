"""Evaluations by both engines: asked about several people at once, then assessed or deferred one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from services.platform.storage.database import to_micros
from services.platform.telemetry.logs import log
from services.refusals import not_found, unavailable
from services.rules.adapters.engine.process import EngineChild, EngineUnavailable
from services.rules.adapters.store.evaluations import SqlEvaluations
from services.rules.adapters.store.facts import LONGEST_PAUSE, Holding, Request, SqlFacts
from services.rules.adapters.store.trials import SqlTrials
from services.rules.domain.concerns.quiet import WithoutChangeOfRules
from services.rules.domain.evaluation.agreement import disagreement
from services.rules.domain.evaluation.decision_record import decision_record, differing_answers
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate
from services.rules.domain.evaluation.plain_engine import CaseAnswers
from services.rules.domain.evaluation.same_record import same_record
from services.rules.domain.facts import CaseFile, HypotheticalItem
from services.rules.domain.forecasts.trials import Tried, try_rules
from services.rules.domain.rulebook.model import Rulebook
from services.rules.handlers.assess_practice import assess_practice

ENGINES_DISAGREE, ENGINE_UNAVAILABLE = "engines_disagree", "engine_unavailable"
EVALUATION_FAILED = "evaluation_failed"
"""The evaluation of one person raised an error, for example because their stored facts are damaged."""
_COUNTERS = {
    ENGINES_DISAGREE: "disagreements",
    ENGINE_UNAVAILABLE: "engine_unavailable",
    EVALUATION_FAILED: "evaluations_failed",
}
FIRST_PAUSE = timedelta(seconds=5)
"""A deferred evaluation waits twice as long each time: a fault that lasts must not keep the engines from others."""
_MOST_DOUBLINGS = 10
"""After a few days of tries the wait itself would otherwise be too large a number to calculate with."""

Opinion = tuple[Sequence[CaseAnswers] | None, str]
"""The other engine's answers, None if it gave none; and why the evaluation is deferred, empty if the two agree."""


@dataclass(frozen=True, slots=True)
class Finished:
    """One person's evaluation with the other engine's answers, or why it is deferred."""

    request: Request
    case_file: CaseFile
    evaluation: Evaluation
    durable: Sequence[CaseAnswers] | None
    deferred: str
    tried: Tried | None = None
    """What rules on trial answered, None unless both engines answered the same."""
    otherwise: WithoutChangeOfRules | None = None
    holding: Holding | None = None
    """How long the answers hold, None if that is not known."""


def second_opinions(engine: EngineChild, rulebook: Rulebook, evaluations: Sequence[Evaluation]) -> list[Opinion]:
    """Ask the other engine about several people at once, and about each alone if that fails.

    One person's case may be what it fails on: asked alone, only that evaluation is deferred.
    """
    cases = [answered.case for evaluation in evaluations for answered in evaluation.answered]
    try:
        answers = iter(engine.evaluate(rulebook, cases))
    except EngineUnavailable:
        if len(evaluations) == 1:
            return [(None, ENGINE_UNAVAILABLE)]
        return [second_opinion(engine, rulebook, evaluation) for evaluation in evaluations]
    return [_opinion(evaluation, tuple(islice(answers, len(evaluation.answered)))) for evaluation in evaluations]


def second_opinion(engine: EngineChild, rulebook: Rulebook, evaluation: Evaluation) -> Opinion:
    """Ask the other engine about one person."""
    return second_opinions(engine, rulebook, [evaluation])[0]


def _opinion(evaluation: Evaluation, durable: Sequence[CaseAnswers]) -> Opinion:
    return durable, ENGINES_DISAGREE if disagreement(evaluation.answered, durable) else ""


@dataclass(frozen=True, slots=True)
class Question:
    """An evaluation that somebody asks for. `known_at`: None for all that is known now."""

    as_of: date
    known_at: datetime | None
    without: frozenset[str] = frozenset()
    plus: Sequence[HypotheticalItem] = ()


def known_person(safeguarder_id: str, facts: SqlFacts) -> CaseFile:
    """Return what rules know of a person. Raises Refusal NOT_FOUND for a person who was never appointed."""
    case_file = facts.case_file(safeguarder_id)
    if case_file is None:
        raise not_found("SAFEGUARDER_NOT_FOUND", "Rules know no appointed Safeguarder with this id.", "name")
    return case_file


def evaluate_only(
    question: Question, case_file: CaseFile, rulebook: Rulebook, engine: EngineChild, now: datetime
) -> tuple[Evaluation, bool]:
    """Evaluate one person and store nothing. Return also whether both engines agree.

    Raises:
        Refusal: UNAVAILABLE if the other engine does not answer.
    """
    known_at = question.known_at or case_file.known_by(now)
    evaluation = evaluate(rulebook, case_file, question.as_of, known_at, without=question.without, plus=question.plus)
    durable, deferred = second_opinion(engine, rulebook, evaluation)
    if durable is None:
        raise unavailable("ENGINE_UNAVAILABLE", "The rules engine did not answer. Try again shortly.")
    return evaluation, not deferred


def ask_for_everyone(facts: SqlFacts) -> int:
    """Ask for everyone who serves to be evaluated, and return how many people now wait."""
    facts.ask_for_everyone()
    return facts.waiting()


def try_rules_on_trial(
    engine: EngineChild, rulebook: Rulebook, evaluations: Sequence[Evaluation]
) -> Sequence[Tried | None]:
    """Ask both engines about the rules on trial; None for a person where that fails.

    Asked apart from the live rules: whatever goes wrong here defers nobody's evaluation.
    """
    found = [try_rules(rulebook, evaluation) for evaluation in evaluations]
    try:
        answers = iter(engine.evaluate(rulebook, [each.case for tried in found for each in tried.answered]))
    except EngineUnavailable:
        log().error("trial_not_kept", reason=ENGINE_UNAVAILABLE)
        return [None] * len(evaluations)
    agreed = [disagreement(one.answered, tuple(islice(answers, len(one.answered)))) is None for one in found]
    if not all(agreed):
        log().error("trial_not_kept", reason=ENGINES_DISAGREE)
    return [tried if agrees else None for tried, agrees in zip(found, agreed, strict=True)]


def assess(
    result: Finished, versions: Mapping[str, str], store: SqlEvaluations, trials: SqlTrials, now: datetime
) -> None:
    """Store the decision record of a finished evaluation and what follows from it. `versions`: of the programs."""
    # Each record holds the hash of the person's previous one, so that none can be removed unnoticed.
    last = store.last_record(result.request.safeguarder_id)
    record = decision_record(result.evaluation, result.durable, versions, last.sha256)
    if last.whole_id and record.inputs == last.inputs:
        otherwise = differing_answers(store.whole_record(result.request.safeguarder_id, last.whole_id), record.content)
        record = same_record(last.whole_id, record, result.evaluation, last.sha256, otherwise)
    evaluation_id = assess_practice(result.evaluation, record, store, now, result.otherwise)
    if result.tried is not None:
        trials.keep(result.evaluation, evaluation_id, result.tried)


def defer(request: Request, why: str, facts: SqlFacts, now: datetime) -> None:
    """Keep the request for later and raise nothing. Tell the operator the first time only. `why`: a word."""
    pause = min(FIRST_PAUSE * 2 ** min(request.tries, _MOST_DOUBLINGS), LONGEST_PAUSE)
    facts.try_later(request, to_micros(now + pause), why)
    facts.count(_COUNTERS[why])
    log().error("evaluation_held", reason=why)
    if request.tries == 0:
        facts.publish_held(request, why, now)
