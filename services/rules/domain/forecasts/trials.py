"""Trial rules: what each would have raised, and when, beside what people decided on the same person and standard.

A trial has no effect. Its answers are kept apart from decision records and concerns.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum

from services.rules.domain.closed_lists import Answer, State
from services.rules.domain.concerns.concern import Concern, EvaluationId, Reason, kind_of
from services.rules.domain.concerns.overrides import Override
from services.rules.domain.evaluation.agreement import AnsweredCase
from services.rules.domain.evaluation.decision_record import canonical_json
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.domain.evaluation.examination import Examination, Question
from services.rules.domain.evidence.matching import Evidence
from services.rules.domain.facts import ConcernKey
from services.rules.domain.rulebook.conditions import in_words
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import Rule, Rulebook


class Decided(StrEnum):
    """What people decided on the same person and standard. Of several decisions, the first in this order counts."""

    TAKEN_ON = "taken_on"
    SET_ASIDE = "set_aside"
    DISMISSED = "dismissed"
    UNDECIDED = "undecided"
    NOT_RAISED = "not_raised"


@dataclass(frozen=True, slots=True)
class Tried:
    """The answers of the trial rules about one person.

    `answered`: the cases for the second engine. `terms`: by rule id, the hash of what its answer follows from
    (`terms_of`).
    """

    terms: Mapping[str, str]
    answers: Mapping[ConcernKey, Answer]
    answered: tuple[AnsweredCase, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The present answer of a trial rule about one person and subject, with its history.

    `asked_on`: the first day on which it was asked. `raised_on`: the first day on which it would have been raised.
    `answered_on`: the day since which the answer is the same. `evaluation_id`: the evaluation that changed it last.
    """

    safeguarder_id: str
    rule_id: str
    subject: str
    answer: Answer
    answered_on: date
    raised_on: date | None
    asked_on: date
    evaluation_id: EvaluationId


@dataclass
class TrialReport:
    """The figures of one trial.

    `raised`: what people decided where the rule would have been raised; `silent`: what they decided where it would not.
    Counts are of matters: a person and a subject. `since`: None until the first person is evaluated.
    """

    rule: Rule
    since: date | None = None
    people: int = 0
    people_raised: int = 0
    still_raised: int = 0
    first_raised_on: date | None = None
    last_raised_on: date | None = None
    raised: Counter[Decided] = field(default_factory=Counter)
    silent: Counter[Decided] = field(default_factory=Counter)


def try_rules(rulebook: Rulebook, evaluation: Evaluation) -> Tried:
    """Ask the trial rules about the facts of an evaluation, each as if it alone were live beside the live rules."""
    file, as_of = evaluation.case_file, evaluation.as_of
    terms = {rule.rule_id: terms_of(rulebook, rule) for rule in rulebook.in_force(as_of).trials}
    if not file.person.serving:
        return Tried(terms, {}, ())
    known = (file.open_concerns, file.overrides, file.duties, file.under_review, bool(file.suspensions))
    question = Question(rulebook, file.person, as_of, *known)
    examination = Examination(question, Evidence(file.evidence, as_of, rulebook))
    answers = {ConcernKey(o.rule.rule_id, o.subject): o.answer for o in examination.trial_outcomes}
    return Tried(terms, answers, tuple(examination.answered))


def terms_of(rulebook: Rulebook, rule: Rule) -> str:
    """Return a hash (sha256, hex) of everything that a rule's answer follows from. Its words are left out.

    Another hash means another trial: figures of two different conditions must not be added up.
    """
    said = {
        "standards": rule.standards,
        "lane": rule.lane,
        "scope": rule.scope,
        "when": in_words(rule.when),
        "clears_when": in_words(rule.clears_when),
        "holds_for": rule.holds_for,
        "measures": [_measure(rulebook.measures[name]) for name in rule.measures],
        "lines": {
            name: [(value.from_on, value.value) for value in rulebook.parameters[name].values]
            for name in rulebook.parameters_of(rule)
        },
    }
    return hashlib.sha256(canonical_json(said)).hexdigest()


def _measure(measure: Measure) -> Mapping[str, object]:
    """Return a measure for the hash. One that counts no duties has the hash of releases that knew none."""
    said = {part.name: getattr(measure, part.name) for part in fields(measure)}
    return said if measure.duties else {name: part for name, part in said.items() if name != "duties"}


def stand(
    person: str, before: Mapping[ConcernKey, Standing], tried: Tried, on: date, seen: EvaluationId
) -> list[Standing]:
    """Return the standings that an evaluation changes. A rule no longer asked about a subject is clear of it."""
    changed = []
    for key, answer in {**dict.fromkeys(before, Answer.CLEAR), **tried.answers}.items():
        last = before.get(key)
        raised_on = on if answer is Answer.RAISED else None
        if last is None:
            changed.append(Standing(person, key.rule_id, key.subject, answer, on, raised_on, on, seen))
        elif last.answer is not answer:
            first = last.raised_on or raised_on
            changed.append(replace(last, answer=answer, answered_on=on, raised_on=first, evaluation_id=seen))
    return changed


def report(
    rule: Rule,
    standings: Sequence[Standing],
    concerns: Iterable[Concern],
    overrides: Iterable[tuple[Override, Rule]] = (),
) -> TrialReport:
    """Compare a trial rule with people's decisions.

    `concerns`: those open, or ended since the trial began. `overrides`: those made since then, each with its rule.
    Only decisions of the same kind of lane, on a common standard, are compared.
    """
    found = TrialReport(rule, since=min((one.asked_on for one in standings), default=None))
    by_person: dict[str, list[tuple[frozenset[str], Decided]]] = {}
    for concern in concerns:
        if concern.state is not State.MERGED and kind_of(concern.answer.lane) == kind_of(rule.lane):
            about = _about(concern.answer.subject, concern.answer.standards)
            by_person.setdefault(concern.safeguarder_id, []).append((about, decided(concern)))
    for override, other in overrides:
        if kind_of(other.lane) == kind_of(rule.lane):
            about = _about(override.aside.key.subject, other.standards)
            by_person.setdefault(override.safeguarder_id, []).append((about, Decided.SET_ASIDE))
    for one in standings:
        about = _about(one.subject, rule.standards)
        same = [decision for standards, decision in by_person.get(one.safeguarder_id, ()) if standards & about]
        decision = min(same, key=list(Decided).index, default=Decided.NOT_RAISED)
        (found.silent if one.raised_on is None else found.raised)[decision] += 1
    raised = [one for one in standings if one.raised_on is not None]
    days = sorted(one.raised_on for one in raised if one.raised_on is not None)
    found.first_raised_on, found.last_raised_on = (days[0], days[-1]) if days else (None, None)
    found.people = len({one.safeguarder_id for one in standings})
    found.people_raised = len({one.safeguarder_id for one in raised})
    found.still_raised = sum(one.answer is Answer.RAISED for one in raised)
    return found


def decided(concern: Concern) -> Decided:
    """Return what people have decided about a concern so far.

    A concern that ended because its rule no longer applies, before it had an owner, is undecided.
    """
    if concern.state is State.DISMISSED:
        return Decided.DISMISSED
    stood = concern.progress.hold.stood if concern.progress.hold else concern.state
    went_away = concern.reason is Reason.NO_LONGER_APPLIES and not concern.owner
    untouched = stood in (State.RAISED, State.REOPENED) or went_away
    return Decided.UNDECIDED if untouched else Decided.TAKEN_ON


def _about(subject: str, standards: tuple[str, ...]) -> frozenset[str]:
    """Return the standard of an answer's subject. An answer about the person is about all standards of its rule."""
    return frozenset({subject.split(".", maxsplit=1)[0]} if subject else standards)
