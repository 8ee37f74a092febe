"""The algorithm that answers rules about one person at one moment, whatever the source of the matched items.

There are three sources: a day's evidence (`Examination`), evidence with hypothetical changes (`ChangedExamination`) and
a timeline (`forecasts/over_time.py`). They share this algorithm, so a forecast cannot drift away from the live path.

What stays apart, for speed: an examination keeps every measure and records every case for the second engine. A forecast
keeps neither and measures only what decides, because it asks at hundreds of moments for each person.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from services.rules.domain.closed_lists import Answer, Comparator, Counts, HeldBack, Lane, Scope, Truth
from services.rules.domain.evaluation.plain_engine import Truths, decide
from services.rules.domain.evidence.countability import awaits_reply
from services.rules.domain.evidence.matching import Matched
from services.rules.domain.evidence.measures import ONE_DAY, Measured, days_of_change, measure
from services.rules.domain.evidence.team_duties import overdue
from services.rules.domain.facts import EvidenceFact, PersonFact, TeamDuty, gathered, how_many, how_many_source_types
from services.rules.domain.rulebook.conditions import Comparison, compared
from services.rules.domain.rulebook.model import InForce, Rule, Rulebook

RISING = (Comparator.AT_LEAST, Comparator.ABOVE)
PASSING_DAYS = (Counts.DAYS_SINCE_APPOINTED, Counts.DAYS_TO_TERM_END)
_OF_AN_OPEN_CONCERN = {
    Truth.YES: Answer.CLEAR,
    Truth.NO: Answer.RAISED,
    Truth.UNKNOWN: Answer.NOT_ENOUGH_EVIDENCE,
}
Match = Callable[[str, str, InForce], Matched]
"""A search for the items that a measure (by name) matches about a subject. By its terms the measure is measurable."""


class Answering(ABC):
    """The answers of rules about one person on one day, from the items that `match` finds.

    `today`: what the rulebook says on that day. `duties`: what the Team owes, as known at the moment asked about.
    """

    def __init__(
        self, rulebook: Rulebook, person: PersonFact, as_of: date, match: Match, duties: Sequence[TeamDuty]
    ) -> None:
        self.rulebook = rulebook
        self.person = person
        self.as_of = as_of
        self.match = match
        self.duties = duties
        self.today = rulebook.in_force(as_of)

    @abstractmethod
    def concerns(self, lanes: frozenset[Lane], for_safety: bool) -> Measured:
        """Return the number of concerns raised in some lanes by rules of the first stage, and the items behind them.

        `for_safety`: for a rule of the lane of safety. For others, see `told`.
        """

    def measured(self, name: str, subject: str, on: date) -> Measured:
        """Return one measure about one subject on the day asked about, or on an earlier day.

        The earlier day too is measured from what is known at the moment asked about. Unknown before all parameters
        of the measure have a value.
        """
        wanted = self.rulebook.measures[name]
        if wanted.of_items:
            terms = self.today if on == self.as_of else self.rulebook.in_force(on)
            if name not in terms.measurable:
                return Measured(None)
            matched = self.match(name, subject, terms)
            return measure(wanted, matched if on == self.as_of else matched.by(on), on, terms.lines)
        if wanted.counts is Counts.CONCERNS_RAISED:
            return self.concerns(wanted.lanes, name in self.today.for_safety)
        if wanted.counts is Counts.TEAM_DUTIES_OVERDUE:
            late = overdue(self.duties, wanted.duties, on)
            return Measured(len(late), duties=late)
        return Measured(passing_days(self.person, wanted.counts, on))

    def told(self, lane: Lane, rests_on: tuple[EvidenceFact, ...], for_safety: bool) -> tuple[EvidenceFact, ...] | None:
        """Return the items of a concern that may count in another one today; None if it does not count there."""
        return told_on(self.as_of, lane, rests_on, for_safety)

    def all_measured(self, rule: Rule, subject: str) -> dict[str, Measured]:
        """Return every measure of a rule about a subject on the day asked about, by name."""
        return {name: self.measured(name, subject, self.as_of) for name in rule.measures}

    def truths(self, rule: Rule, subject: str) -> Truths:
        """Return whether a rule's conditions hold about a subject on the day asked about."""
        return decide(self.today, rule.rule_id, Values(self, subject, self.as_of))

    def before_guards(self, rule: Rule, subject: str, truths: Truths, is_open: bool) -> Answer:
        """Return the answer that follows from a rule's conditions and from whether its concern is open."""
        return answer_of(truths, is_open, lambda: self.is_sustained(rule, subject))

    def rests_on(self, rule: Rule, measured: Mapping[str, Measured], kept_open: bool) -> tuple[EvidenceFact, ...]:
        """Return the items behind an answer.

        `kept_open`: the condition no longer holds, but what clears the concern does not hold either.
        """
        return _items_behind(rule.stays_by if kept_open else rule.raises_by, measured, self.today.lines)

    def is_sustained(self, rule: Rule, subject: str) -> bool:
        """Return whether the condition held on each of the last days that the rule asks for, by the same facts."""
        back = self._days_back(rule)
        if not back:
            return True
        if self.as_of - back < self._begins_to_wait(rule, subject):
            return False
        return self.sustained_on(rule, subject) <= self.as_of

    def sustained_on(self, rule: Rule, subject: str) -> date:
        """Return the first day by which a condition has held for as many days as the rule asks, by the same facts.

        Supposing that it holds today and goes on to hold. It is asked on the first of these days and on those on which
        its answer may change. On every other day the answer is that of the day before (a property test).
        """
        back, since = self._days_back(rule), self.as_of
        # In a fixed order, up to the first day without it: the cases asked are part of the decision record.
        for on in sorted(self._days_of_change(rule, subject, since - back), reverse=True):
            if self._truths_before(rule, subject, on).when is not Truth.YES:
                break
            since = on
        return max(since, self._begins_to_wait(rule, subject)) + back

    def _days_back(self, rule: Rule) -> timedelta:
        """Return how many days before today a condition must hold already."""
        days = self.today.lines.get(rule.holds_for, 1) if rule.holds_for else 1
        return timedelta(days=max(days, 1) - 1)

    def _begins_to_wait(self, rule: Rule, subject: str) -> date:
        """Return the first day that counts for a rule that waits. A standard of a new edition has its own wait."""
        if not asks_of_each_standard(rule):
            return rule.in_force_from
        since = self.rulebook.standard_since(subject, self.as_of)
        return max(rule.in_force_from, since) if since is not None else rule.in_force_from

    def _truths_before(self, rule: Rule, subject: str, on: date) -> Truths:
        """Return whether a rule's conditions held on an earlier day."""
        return decide(self.rulebook.in_force(on), rule.rule_id, Values(self, subject, on))

    def _days_of_change(self, rule: Rule, subject: str, first: date) -> set[date]:
        """Return the first day, and later days before the one asked about on which the condition may change."""
        last = self.as_of - ONE_DAY
        # A change of the rulebook in between may change every measure, so every day is asked.
        if self.rulebook.in_force(first) is not self.today:
            return {first + timedelta(days=number) for number in range((last - first).days + 1)}
        days = {first}
        for comparison in rule.raises_by:
            wanted = self.rulebook.measures[comparison.measure]
            if wanted.counts in PASSING_DAYS:
                days.update(days_it_passes(self.person, wanted.counts, self.today.lines.get(comparison.parameter, 0)))
            elif wanted.of_items and comparison.measure in self.today.measurable:
                matched = self.match(comparison.measure, subject, self.today)
                days.update(days_of_change(wanted, matched, first, last, self.today.lines))
            elif wanted.counts is Counts.TEAM_DUTIES_OVERDUE:
                days.update(duty.due_on + ONE_DAY for duty in self.duties)
        return {day for day in days if first <= day <= last}


class Values:
    """Values about a subject on a day, each measured only if a condition asks for it."""

    __slots__ = ("_answering", "_on", "_subject")

    def __init__(self, answering: Answering, subject: str, on: date) -> None:
        self._answering = answering
        self._subject = subject
        self._on = on

    def get(self, name: str) -> int | None:
        """Return the value of a measure, None if it is unknown."""
        return self._answering.measured(name, self._subject, self._on).value


def answer_of(truths: Truths, is_open: bool, is_sustained: Callable[[], bool]) -> Answer:
    """Return the answer that follows from a rule's conditions and from whether its concern is open, before guards.

    An open concern clears by `clears_when`, not by the opposite of `when`: otherwise it would come and go with every
    item near the line. `is_sustained`: asked only where the condition of a concern that is not open holds.
    """
    if is_open:
        return _OF_AN_OPEN_CONCERN[truths.clears]
    if truths.when is not Truth.YES:
        return Answer.CLEAR if truths.when is Truth.NO else Answer.NOT_ENOUGH_EVIDENCE
    return Answer.RAISED if is_sustained() else Answer.WATCHING


def told_on(
    on: date, lane: Lane, rests_on: tuple[EvidenceFact, ...], for_safety: bool
) -> tuple[EvidenceFact, ...] | None:
    """Return the items of a concern that may count in another one on a day; None if it does not count there.

    A matter of safety counts in another lane only by items that have had their reply, like any other concern.
    """
    if lane is not Lane.SAFETY or for_safety or not rests_on:
        return rests_on
    return tuple(fact for fact in rests_on if not awaits_reply(fact, on)) or None


def passing_days(person: PersonFact, counts: Counts, on: date) -> int:
    """Return a number that changes by one each day: the days since the appointment, or to the end of the term."""
    return ((on - person.appointed_on) if counts is Counts.DAYS_SINCE_APPOINTED else (person.term_ends_on - on)).days


def days_it_passes(person: PersonFact, counts: Counts, line: int) -> tuple[date, date]:
    """Return the day on which a number that changes by one each day reaches its line, and the next day.

    A condition can change on either, depending on whether its comparison includes the line.
    """
    days = timedelta(days=line)
    on_line = person.appointed_on + days if counts is Counts.DAYS_SINCE_APPOINTED else person.term_ends_on - days
    return on_line, on_line + ONE_DAY


def is_always_asked(rule: Rule) -> bool:
    """Return whether a rule is asked about everybody, even if there has never been any evidence."""
    return rule.scope is Scope.PERSON or asks_of_each_standard(rule)


def asks_of_each_standard(rule: Rule) -> bool:
    """Return whether a rule asks whether evidence is missing on each standard."""
    return rule.scope is Scope.STANDARD and rule.lane is Lane.DATA_GAP


def subjects(
    rule: Rule, asked: tuple[str, ...], spoken_to: Iterable[tuple[str, str]], opened: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the subjects about which a rule is asked, in order.

    `asked`: standards about which it is asked if it looks for missing evidence. Only such rules are asked about a
    standard to which no item is mapped. `spoken_to`: standards and indicators that items are mapped to. `opened`:
    subjects of the rule's open concerns.
    """
    if is_always_asked(rule):
        return ("",) if rule.scope is Scope.PERSON else asked
    return tuple(sorted({*opened, *_places(rule, spoken_to)}))


def _places(rule: Rule, spoken_to: Iterable[tuple[str, str]]) -> Iterator[str]:
    for standard, indicator in spoken_to:
        if standard in rule.standards:
            place = standard if rule.scope is Scope.STANDARD else indicator
            # What is about a whole standard names no indicator.
            if place:
                yield place


def _items_behind(
    comparisons: tuple[Comparison, ...], measured: Mapping[str, Measured], lines: Mapping[str, int]
) -> tuple[EvidenceFact, ...]:
    """Return the items behind the comparisons that hold, in order of date and id.

    Only rising comparisons rest on items: a number below its line rests on what is missing.
    """
    facts: dict[str, EvidenceFact] = {}
    for comparison in comparisons:
        found, comparator = measured[comparison.measure], comparison.comparator
        if not found.counted or comparator not in RISING:
            continue
        if compared(found.value, comparator, lines.get(comparison.parameter)) is Truth.YES:
            facts.update({fact.evidence_id: fact for fact in found.counted})
    return tuple(sorted(facts.values(), key=lambda fact: (fact.happened_on, fact.evidence_id))) if facts else ()


def held_back(lane: Lane, rests_on: tuple[EvidenceFact, ...]) -> HeldBack | None:
    """Return why a guard of the Framework blocks an answer, or None.

    No escalation rests on one item or on one type of source (requirements B7, D15.4). There is no exception. What is
    derived from other evidence counts as neither. What must reach a person on one item has another lane: `safety`, or
    `support_need` to a senior manager.
    """
    if lane is not Lane.ESCALATION:
        return None
    items = gathered(rests_on)
    if how_many(items) < 2:
        return HeldBack.ONE_ITEM
    return HeldBack.ONE_SOURCE_TYPE if how_many_source_types(items) < 2 else None
