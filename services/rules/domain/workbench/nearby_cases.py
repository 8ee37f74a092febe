"""Cases near the lines of a rule: its examples with one thing changed, and then with two.

Small changes of a rule show on such cases.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice

from services.calendar_days import window_start
from services.rules.domain.closed_lists import (
    Answer,
    Aspect,
    ComplaintOutcome,
    Counts,
    EvidenceClass,
    Kind,
    Polarity,
    Setting,
    Source,
    TeamDutyKind,
)
from services.rules.domain.evaluation.answering import RISING
from services.rules.domain.facts import (
    DETAILS,
    MAY_BE_BLANK,
    NOT_SAID,
    REPORT_LINES,
    CaseFile,
    ConcernKey,
    Detail,
    EvidenceFact,
    StandardMapping,
)
from services.rules.domain.rulebook.conditions import comparisons
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import Example, Rule, Rulebook

# Two changes of a case give cases by the square of its items, so cases must stay small.
MOST_ITEMS = 12
# Two changes of every example give more cases than there is time for. The nearest come first.
MOST_CASES = 3_000
_OPEN_FOR = timedelta(days=60)
_DAY = timedelta(days=1)
_OTHER_SOURCES = (Source.PANEL_MEMBER, Source.REPORTER, Source.LOCAL_AUTHORITY)


def cases_nearby(rulebook: Rulebook, rule: Rule, most: int = MOST_CASES) -> Iterator[Example]:
    """Yield cases, those first that differ least from the rule's examples. Each comes once; `most` limits them."""
    return islice(_breadth_first(rulebook, rule), most)


def _breadth_first(rulebook: Rulebook, rule: Rule) -> Iterator[Example]:
    seen: set[str] = set()
    own = [*map(_as_case, rule.examples)]
    level = [*own, *_later(rulebook, rule, own), *_on_the_line(rulebook, rule), *_of_counted_rules(rulebook, rule)]
    yield from _new(level, seen)
    for _ in range(2):
        following: list[Example] = []
        for case in _in_turns([_Edits(rulebook, rule, case).all() for case in level]):
            if _key(case) not in seen:
                seen.add(_key(case))
                following.append(case)
                yield case
        level = following


def _new(cases: Iterable[Example], seen: set[str]) -> Iterator[Example]:
    for case in cases:
        if _key(case) not in seen:
            seen.add(_key(case))
            yield case


def _in_turns(many: list[Iterator[Example]]) -> Iterator[Example]:
    """Yield one case from each in turn, so that the limit leaves some of every example."""
    while many:
        left = []
        for cases in many:
            found = next(cases, None)
            if found is not None:
                left.append(cases)
                yield found
        many = left


def _as_case(example: Example) -> Example:
    return replace(example, title="", says="", answer="")


def _key(case: Example) -> str:
    """Return a key that is equal for cases which differ only in the order of their items."""
    items = sorted(repr(replace(fact, evidence_id="")) for fact in case.case_file.evidence)
    file = case.case_file
    return repr((items, file.duties, file.person, file.open_concerns, case.on, case.subject))


@dataclass(frozen=True)
class _Edits:
    """The cases that one change makes of a case."""

    rulebook: Rulebook
    rule: Rule
    case: Example

    def all(self) -> Iterator[Example]:
        """Yield them: changes of the person and of the Team's duties, an item less, one more, and one changed."""
        evidence = self.case.case_file.evidence
        yield from self._of_person()
        yield from self._of_duties()
        for place, fact in enumerate(evidence):
            before, after = evidence[:place], evidence[place + 1 :]
            yield self._with((*before, *after))
            if len(evidence) < MOST_ITEMS:
                yield from (self._with((*evidence, more)) for more in self._more_like(fact))
            yield from (self._with((*before, changed, *after)) for changed in self._changed(fact))

    def _with(self, evidence: tuple[EvidenceFact, ...]) -> Example:
        named = tuple(replace(fact, evidence_id=f"demo-{n}") for n, fact in enumerate(evidence, 1))
        return replace(self.case, case_file=replace(self.case.case_file, evidence=named))

    def _of_person(self) -> Iterator[Example]:
        file, on = self.case.case_file, self.case.on
        for days in self._lines_of(Counts.DAYS_SINCE_APPOINTED):
            for appointed in (on - timedelta(days=days + by) for by in (0, -1, 1)):
                person = replace(file.person, appointed_on=appointed, term_starts_on=appointed)
                yield replace(self.case, case_file=replace(file, person=person))
        for days in self._lines_of(Counts.DAYS_TO_TERM_END):
            for ends in (on + timedelta(days=days + by) for by in (0, -1, 1)):
                yield replace(self.case, case_file=replace(file, person=replace(file.person, term_ends_on=ends)))
        opened = {} if file.open_concerns else {self._concern: on - _OPEN_FOR}
        if self.rule.clears_as_written is not None or file.open_concerns:
            yield replace(self.case, case_file=replace(file, open_concerns=opened))

    def _of_duties(self) -> Iterator[Example]:
        """Yield the case with a duty of the Team less, with one of another kind, and with one due on another day."""
        file, on = self.case.case_file, self.case.on
        for place, duty in enumerate(file.duties):
            before, after = file.duties[:place], file.duties[place + 1 :]
            kinds = (replace(duty, kind=kind) for kind in TeamDutyKind if kind is not duty.kind)
            days = (replace(duty, due_on=on - back) for back in (timedelta(), _DAY))
            for changed in ((), *((other,) for other in (*kinds, *days))):
                yield replace(self.case, case_file=replace(file, duties=(*before, *changed, *after)))

    @property
    def _concern(self) -> ConcernKey:
        return ConcernKey(self.rule.rule_id, self.case.subject)

    def _lines_of(self, counts: Counts) -> Iterator[int]:
        lines = self.rulebook.lines_on(self.case.on)
        held = lines.get(self.rule.holds_for or "", 1) - 1
        for comparison in (*self.rule.raises_by, *self.rule.clears_by):
            if self.rulebook.measures[comparison.measure].counts is counts:
                yield from {lines[comparison.parameter]: None, lines[comparison.parameter] + held: None}

    def _more_like(self, fact: EvidenceFact) -> Iterator[EvidenceFact]:
        """Yield one more item: the same, from another source, neutral, or on another day."""
        taken = {other.source for other in self.case.case_file.evidence}
        another = next((source for source in _OTHER_SOURCES if source not in taken), fact.source)
        neutral = tuple(replace(mapping, polarity=Polarity.NEUTRAL) for mapping in fact.mappings)
        for mappings in (fact.mappings, neutral):
            for source in (fact.source, another):
                more = replace(fact, mappings=mappings, source=source)
                yield more
                yield from (moved_to(more, day) for day in self._days)

    def _changed(self, fact: EvidenceFact) -> Iterator[EvidenceFact]:
        yield from (moved_to(fact, day) for day in self._days if day != fact.happened_on)
        taken = [other.source for other in self.case.case_file.evidence if other is not fact]
        yield from (replace(fact, source=source) for source in {*_OTHER_SOURCES, *taken} - {fact.source})
        yield from _with_other_mappings(fact)
        yield from _of_another_kind(fact)
        for name in self._details:
            blank = tuple(other for other in fact.blank if other != name)
            for value in _values_near(name, fact.details.get(name)):
                yield replace(fact, details={**fact.details, name: value}, blank=blank)
        for name in MAY_BE_BLANK if NOT_SAID in self._asked else ():
            said = {other: value for other, value in fact.details.items() if other != name}
            yield replace(fact, details=said, blank=(*(other for other in fact.blank if other != name), name))

    @property
    def _asked(self) -> list[str]:
        return [where.detail for name in self.rule.measures for where in self.rulebook.measures[name].where]

    @property
    def _details(self) -> Iterator[str]:
        named = self._asked
        yield from dict.fromkeys(name for name in named if name in DETAILS)
        if "report_line" in named:
            yield from REPORT_LINES

    @property
    def _days(self) -> Iterator[date]:
        """Yield the days near which the answer can change.

        They are the edges of the months that measures look back, of the days for which a condition must hold, and of
        the days between first and last item.
        """
        lines, on = self.rulebook.lines_on(self.case.on), self.case.on
        held = lines.get(self.rule.holds_for or "", 1)
        days = [on - timedelta(days=back) for back in {0, held - 2, held - 1, held} if back >= 0]
        edges = [window_start(day, lines[over]) for over in self._windows for day in days]
        ends = [fact.happened_on for fact in self.case.case_file.evidence]
        apart = [day - timedelta(days=n) for n in self._lines_of(Counts.DAYS_BETWEEN_FIRST_AND_LAST) for day in ends]
        turns = (*days, *(edge - back for edge in edges for back in (timedelta(), _DAY)))
        near = (day + by * _DAY for day in apart for by in (0, -1, 1))
        yield from dict.fromkeys(day for day in (*turns, *near) if day <= on)

    @property
    def _windows(self) -> set[str]:
        measures = (self.rulebook.measures[name] for name in self.rule.measures)
        return {measure.over for measure in measures if measure.over}


def moved_to(fact: EvidenceFact, day: date) -> EvidenceFact:
    """Return the same item on another day, known and countable on that day."""
    recorded = fact.recorded_at.replace(year=day.year, month=day.month, day=day.day)
    moved = replace(fact, happened_on=day, received_on=day, recorded_at=recorded, shared_on=day)
    return replace(moved, countable_from=day, adverse_from=day)


def _with_other_mappings(fact: EvidenceFact) -> Iterator[EvidenceFact]:
    for polarity in Polarity:
        mappings = tuple(replace(mapping, polarity=polarity) for mapping in fact.mappings)
        if mappings != fact.mappings:
            yield replace(fact, mappings=mappings)
    for other in (EvidenceClass.STANDARD, EvidenceClass.SAFETY):
        if fact.evidence_class is not other:
            yield replace(fact, evidence_class=other)


def _of_another_kind(fact: EvidenceFact) -> Iterator[EvidenceFact]:
    for kind in Kind:
        outcomes = ComplaintOutcome if kind is Kind.COMPLAINT else (None,)
        for outcome in outcomes:
            if (kind, outcome) != (fact.kind, fact.complaint_outcome):
                yield replace(fact, kind=kind, complaint_outcome=outcome)


def _values_near(name: str, value: Detail | None) -> Iterator[Detail]:
    allowed = DETAILS[name]
    if isinstance(allowed, tuple):
        yield from (word for word in allowed if word != value)
    elif allowed is bool:
        yield from (word for word in (True, False) if word is not value)
    else:
        number = value if type(value) is int else 0
        yield from (number + 1, max(number - 1, 0), 0)


def _later(rulebook: Rulebook, rule: Rule, cases: Sequence[Example]) -> Iterator[Example]:
    """Yield the cases moved to each later day on which a line of the rule changes."""
    with_person = counts_days_of_a_person(rulebook, rule)
    for value in (value for name in rule.lines for value in rulebook.parameters[name].values):
        for case in cases:
            if case.on < value.from_on:
                yield days_later(case, value.from_on - case.on, with_person)


def counts_days_of_a_person(rulebook: Rulebook, rule: Rule) -> bool:
    """Return whether a rule counts days since the appointment or to the end of the term."""
    of_person = {Counts.DAYS_SINCE_APPOINTED, Counts.DAYS_TO_TERM_END}
    return any(rulebook.measures[name].counts in of_person for name in rule.measures)


def days_later(case: Example, days: timedelta, with_person: bool) -> Example:
    """Return a case moved to a later day with its evidence. `with_person`: their appointment and term move too."""
    file = case.case_file
    moved = replace(
        file.person,
        appointed_on=file.person.appointed_on + days,
        term_starts_on=file.person.term_starts_on + days,
        term_ends_on=file.person.term_ends_on + days,
    )
    person = moved if with_person else file.person
    evidence = tuple(moved_to(fact, fact.happened_on + days) for fact in file.evidence)
    opened = {key: day + days for key, day in file.open_concerns.items()}
    duties = tuple(replace(duty, due_on=duty.due_on + days) for duty in file.duties)
    return replace(case, on=case.on + days, case_file=CaseFile(person, evidence, opened, duties=duties))


def _of_counted_rules(rulebook: Rulebook, rule: Rule) -> Iterator[Example]:
    """Yield cases with the evidence that raises the rules whose concerns this rule counts."""
    lanes = frozenset().union(*(rulebook.measures[name].lanes for name in rule.measures))
    seed = _as_case(rule.examples[0])
    for other in rulebook.rules:
        for example in other.examples if other.lane in lanes else ():
            if example.answer == Answer.RAISED and example.on == seed.on and not example.case_file.open_concerns:
                yield replace(seed, case_file=replace(example.case_file, person=seed.case_file.person))


def _on_the_line(rulebook: Rulebook, rule: Rule) -> Iterator[Example]:
    """Yield an invented case with as many items as the lines of the condition ask for, from different sources."""
    seed = _as_case(rule.examples[0])
    lines = rulebook.lines_on(seed.on)
    numbers = count(1)
    facts: list[EvidenceFact] = []
    for comparison in comparisons(rule.asked):
        measure = rulebook.measures[comparison.measure]
        if measure.counts is Counts.ITEMS and comparison.comparator in RISING:
            wanted = range(min(lines[comparison.parameter], MOST_ITEMS))
            facts += (_an_item(measure, seed, next(numbers)) for _ in wanted)
    if facts:
        yield replace(seed, case_file=CaseFile(seed.case_file.person, tuple(facts)))


def _an_item(measure: Measure, seed: Example, number: int) -> EvidenceFact:
    """Return an item that the measure counts, `number` months before the day that is asked about."""
    about = measure.about(seed.subject) or "S1"
    mapping = StandardMapping(
        about.split(".", maxsplit=1)[0],
        about if "." in about else f"{about}.1",
        measure.polarity or Polarity.CONCERN,
    )
    words = {where.detail: where.one_of[0] for where in measure.where if where.one_of}
    kind = min(measure.kinds, default=Kind.FEEDBACK)
    outcome = ComplaintOutcome(str(words.get("complaint_outcome", ComplaintOutcome.UPHELD)))
    day = window_start(seed.on, number)
    return EvidenceFact(
        evidence_id=f"demo-{number}",
        kind=kind,
        source=_OTHER_SOURCES[number % len(_OTHER_SOURCES)],
        aspect=Aspect.PRACTICE,
        setting=Setting.APPOINTMENT,
        evidence_class=EvidenceClass(str(words.get("evidence_class", EvidenceClass.STANDARD))),
        happened_on=day,
        received_on=day,
        recorded_at=datetime.combine(day, time(), UTC),
        shared_on=day,
        countable_from=day,
        adverse_from=day,
        complaint_outcome=outcome if kind is Kind.COMPLAINT else None,
        mappings=(mapping,),
        details={name: word for name, word in words.items() if name in DETAILS},
        blank=(str(words[NOT_SAID]),) if NOT_SAID in words else (),
    )
