"""Evaluation of one person's evidence: what every rule answers, and why. Pure: the same facts give the same answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.rules.domain.closed_lists import Answer
from services.rules.domain.evaluation.agreement import AnsweredCase
from services.rules.domain.evaluation.answers import Notice, RuleAnswer
from services.rules.domain.evaluation.clearing import SPEAKING, Clearing
from services.rules.domain.evaluation.examination import Examination, Outcome, Question
from services.rules.domain.evaluation.explanation import Explainer, window_starts_on
from services.rules.domain.evaluation.kept_answers import KeptAnswers, nothing_kept
from services.rules.domain.evidence.countability import known_items
from services.rules.domain.evidence.mappings import hypothetical_facts, read_by_edition
from services.rules.domain.evidence.matching import Evidence
from services.rules.domain.evidence.team_duties import open_duties
from services.rules.domain.facts import CaseFile, HypotheticalItem
from services.rules.domain.rulebook.model import Routing, Rulebook


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answers of every live rule, with the facts they follow from.

    `case_file`: only what could be known. `answered`: the cases for the second engine; nothing may be raised before it
    agrees (see `disagreement`). `waits_for`: by rule and subject, the Practice Note in draft for which items wait.
    `standards_in_force`: which standards are in force made a difference, because the rulebook has several editions.
    """

    case_file: CaseFile
    as_of: date
    as_known_at: datetime
    rulebook_hash: str
    edition_id: str
    answers: tuple[RuleAnswer, ...]
    answered: tuple[AnsweredCase, ...]
    waits_for: Mapping[tuple[str, str], str] = field(default_factory=dict)
    standards_in_force: bool = False

    @property
    def overridden(self) -> frozenset[tuple[str, str]]:
        """Rules and subjects that would be raised or watched without an override."""
        overridden = {one.key for one in self.case_file.overrides}
        held = (answer for answer in self.answers if answer.answer is Answer.HELD_BACK)
        return frozenset({(answer.rule_id, answer.subject) for answer in held} & overridden)

    @property
    def raised(self) -> tuple[RuleAnswer, ...]:
        """Answers that raise a concern, for a person to consider, or praise."""
        return tuple(answer for answer in self.answers if answer.answer is Answer.RAISED)


def evaluate(
    rulebook: Rulebook,
    case_file: CaseFile,
    as_of: date,
    as_known_at: datetime,
    *,
    without: frozenset[str] = frozenset(),
    plus: Sequence[HypotheticalItem] = (),
) -> Evaluation:
    """Ask every live rule about the day `as_of`, from what was recorded by `as_known_at` (aware UTC).

    `without` leaves items out and `plus` adds hypothetical ones, to show what a change of evidence would do. No rule is
    asked about a person who no longer serves.

    Raises:
        ValueError: `as_known_at` has no time zone.
    """
    seen = _seen(rulebook, case_file, as_of, as_known_at, without, plus)
    return _evaluate(rulebook, seen, as_of, as_known_at, None)[0]


def evaluate_again(
    rulebook: Rulebook, case_file: CaseFile, as_of: date, as_known_at: datetime, last: KeptAnswers | None
) -> tuple[Evaluation, KeptAnswers]:
    """Return what `evaluate` returns, and what it keeps for the next time.

    `last`: what was kept of the person's last evaluation, so that only what has news is asked again.

    Raises:
        ValueError: `as_known_at` has no time zone.
    """
    return _evaluate(rulebook, _seen(rulebook, case_file, as_of, as_known_at), as_of, as_known_at, last)


def _evaluate(
    rulebook: Rulebook, seen: CaseFile, as_of: date, as_known_at: datetime, last: KeptAnswers | None
) -> tuple[Evaluation, KeptAnswers]:
    known_of = (seen.open_concerns, seen.overrides, seen.duties, seen.under_review, bool(seen.suspensions))
    question = Question(rulebook, seen.person, as_of, *known_of)
    kept = last.that_hold(question, seen.evidence) if last else nothing_kept(question, seen.evidence)
    examination = Examination(question, Evidence(seen.evidence, as_of, rulebook), kept.known)
    outcomes = examination.outcomes if seen.person.serving else {}
    explainer, clearing = Explainer(examination), Clearing(examination, kept.changes)
    lines = examination.today.lines
    routings = {outcome.rule.rule_id: outcome.rule.routing for outcome in outcomes.values()}
    notices = {rule_id: _notice(routing, lines) for rule_id, routing in routings.items()}
    answers = tuple(
        kept.answer_to(key, outcome) or _rule_answer(outcome, notices[key.rule_id], explainer, clearing)
        for key, outcome in outcomes.items()
    )
    waiting = ((answer, explainer.waits_for(answer.explanation)) for answer in answers if examination.today.unclear)
    edition = examination.today.edition
    evaluation = Evaluation(
        seen,
        as_of,
        as_known_at,
        rulebook.content_hash,
        edition.edition_id if edition else "",
        answers,
        tuple(examination.answered),
        {(answer.rule_id, answer.subject): note_id for answer, note_id in waiting if note_id is not None},
        len(rulebook.editions) > 1 and not rulebook.asks_of_every_edition,
    )
    explained = {key: (outcome, answer) for (key, outcome), answer in zip(outcomes.items(), answers, strict=True)}
    return evaluation, KeptAnswers(question, seen.evidence, examination.known, explained, clearing.changes)


def _seen(
    rulebook: Rulebook,
    case_file: CaseFile,
    as_of: date,
    as_known_at: datetime,
    without: frozenset[str] = frozenset(),
    plus: Sequence[HypotheticalItem] = (),
) -> CaseFile:
    """Return what could be seen of a case file from what was known at an instant."""
    if as_known_at.tzinfo is None:
        raise ValueError("as_known_at has no time zone; give an aware UTC instant")
    items = known_items(case_file.evidence, as_of, as_known_at, without)
    known = read_by_edition(items, rulebook) + hypothetical_facts(plus, as_of, as_known_at)
    # An early end that is not known yet must leave no trace, or the record would differ from one made at the time.
    overrides = tuple(replace(one, ended_at=None) for one in case_file.overrides if one.holds(as_of, as_known_at))
    reviews = tuple(replace(one, ended_at=None) for one in case_file.reviews if one.is_open(as_known_at))
    suspensions = tuple(replace(one, ended_at=None) for one in case_file.suspensions if one.is_open(as_known_at))
    opened, duties = dict(sorted(case_file.open_concerns.items())), open_duties(case_file.duties, as_known_at)
    return CaseFile(case_file.person, known, opened, overrides, duties, reviews, suspensions)


def _rule_answer(outcome: Outcome, notice: Notice, explainer: Explainer, clearing: Clearing) -> RuleAnswer:
    explanation = explainer.explain(outcome)
    if outcome.answer in SPEAKING:
        explanation = replace(explanation, clears_if=clearing.clears_if(outcome))
    return RuleAnswer(
        outcome.rule.rule_id,
        outcome.subject,
        outcome.rule.standards,
        outcome.rule.lane,
        outcome.answer,
        window_starts_on(outcome),
        notice,
        explanation,
    )


def _notice(routing: Routing, lines: Mapping[str, int]) -> Notice:
    session_within = lines[routing.session_within] if routing.session_within else None
    return Notice(routing.tell, lines[routing.within], routing.agenda, routing.quiet_if_escalated, session_within)
