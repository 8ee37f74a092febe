"""Until which day an evaluation holds if nothing new is recorded, so that nobody is evaluated for nothing.

With the days alone, an answer changes only where a fact, a line or a wait passes one of its own days. Those days are
listed here, too many rather than too few. A property test holds the list: on each day up to the one returned, a whole
evaluation has the same essence. `forecasts/over_time.py` lists the same days for each rule over a span.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from services.calendar_days import months_later
from services.rules.domain.closed_lists import Answer
from services.rules.domain.evaluation.answering import PASSING_DAYS, days_it_passes
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.domain.evidence.countability import known_items
from services.rules.domain.evidence.mappings import read_by_edition
from services.rules.domain.evidence.measures import ONE_DAY
from services.rules.domain.evidence.team_duties import open_duties
from services.rules.domain.facts import CaseFile, EvidenceFact
from services.rules.domain.rulebook.model import InForce, Rule, Rulebook

LONGEST = timedelta(days=28)
"""Ours: everybody is evaluated at least so often, in case a day is missing from the list below."""


def holds_until(rulebook: Rulebook, case_file: CaseFile, evaluation: Evaluation) -> date:
    """Return the last day on which the answers are those of an evaluation, if nothing new is recorded.

    It is the day of the evaluation itself if they may differ on the next. `case_file`: everything that is stored about
    the person, also what lies ahead.
    """
    as_of, terms = evaluation.as_of, rulebook.in_force(evaluation.as_of)
    days = set(_days(rulebook, terms, case_file, evaluation.as_known_at))
    waits = _waits(terms, evaluation)
    if waits:
        # After a change of the rulebook a wait asks about each of its days, so its cases differ from day to day.
        if rulebook.in_force(as_of - timedelta(days=max(waits))) is not terms:
            return as_of
        days.update([day + timedelta(days=wait + more) for day in days for wait in waits for more in (-1, 0)])
        days.update([day + ONE_DAY for day in days])
    ahead = min((day for day in days if day > as_of), default=date.max)
    return min(ahead - ONE_DAY, as_of + LONGEST)


def _waits(terms: InForce, evaluation: Evaluation) -> frozenset[int]:
    """Return for how many days rules wait, if a rule that waits may now be waiting. Most people wait for nothing."""
    asked_before = any(answered.case.on != evaluation.as_of for answered in evaluation.answered)
    watching = any(answer.answer is Answer.WATCHING for answer in evaluation.answers)
    waiting = (*terms.rules, *terms.trials) if asked_before or watching else terms.trials
    return frozenset(terms.lines[name] for rule in waiting if (name := rule.holds_for) and name in terms.lines)


def _days(rulebook: Rulebook, terms: InForce, case_file: CaseFile, known_at: datetime) -> Iterator[date]:
    """Yield the days, past and to come, on which an answer may differ from the day before."""
    yield from rulebook.changes_on
    wanted = {(name, line) for rule in (*terms.rules, *terms.trials) for name, line in _compared(rule)}
    for name, line in wanted:
        counts = rulebook.measures[name].counts
        if counts in PASSING_DAYS and line in terms.lines:
            yield from days_it_passes(case_file.person, counts, terms.lines[line])
    windows = {measure.over for measure in rulebook.measures.values()}
    months = frozenset(terms.lines[name] for name in windows if name and name in terms.lines)
    for fact in known_items(read_by_edition(case_file.evidence, rulebook), date.max, known_at, frozenset()):
        yield from _days_of(fact, months)
    yield from (duty.due_on + ONE_DAY for duty in open_duties(case_file.duties, known_at))
    for override in case_file.overrides:
        yield from (override.starts_on, override.ends_on + ONE_DAY)


def _compared(rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield each measure that a rule compares, with its line."""
    return ((comparison.measure, comparison.parameter) for comparison in (*rule.raises_by, *rule.clears_by))


def _days_of(fact: EvidenceFact, months: Iterable[int]) -> Iterator[date]:
    """Yield the days on which an item becomes known, is told, counts, counts against the person, or leaves a window."""
    yield from (fact.happened_on, fact.received_on)
    yield from (day for day in (fact.shared_on, fact.countable_from, fact.adverse_from) if day is not None)
    yield from (months_later(fact.happened_on, number) for number in months)
