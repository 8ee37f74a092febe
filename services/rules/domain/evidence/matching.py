"""Which items a measure matches, on one day and about one subject."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from services.rules.domain.closed_lists import DERIVED, Kind, NotCounted, Polarity
from services.rules.domain.evidence.countability import awaits_reply, counts_from, not_counted
from services.rules.domain.evidence.mappings import CountableMapping, countable_mappings, may_count_as
from services.rules.domain.facts import NOT_SAID, EvidenceFact, StandardMapping
from services.rules.domain.rulebook.conditions import HOLDS
from services.rules.domain.rulebook.measures import Measure, Where
from services.rules.domain.rulebook.model import InForce, Rulebook
from services.rules.domain.rulebook.standards import StandardsEdition

Part = TypeVar("Part")


@dataclass(frozen=True)
class Matched:
    """The countable items that a measure matches about one subject, in order of date, whatever its window.

    `counted`: items with the polarity and details it looks for. `others`: items that only make it possible to say
    anything. `adverse`: whether the measure counts against the person, so that what it counts has had its reply time.
    `for_safety`: whether a rule of the lane of safety compares it, so that safety items wait for nothing.
    """

    counted: tuple[EvidenceFact, ...]
    others: tuple[EvidenceFact, ...]
    adverse: bool
    for_safety: bool

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of all items matched."""
        return frozenset(fact.evidence_id for fact in (*self.counted, *self.others))

    def by(self, day: date) -> "Matched":
        """Return what had been matched by an earlier day: the same object if that is everything."""
        if self._complete_on <= day:
            return self
        counted = (fact for fact in self.counted if self._counted_from(fact) <= day)
        others = (fact for fact in self.others if self._seen_from(fact) <= day)
        return replace(self, counted=tuple(counted), others=tuple(others))

    def without(self, removed: frozenset[str]) -> "Matched":
        """Return what is left without some items: the same object if none of them was matched.

        The caller sees by the object's identity that nothing has to be measured again.
        """
        gone = removed & self.ids
        if not gone:
            return self
        if gone not in self._without:
            counted, others = (
                tuple(f for f in facts if f.evidence_id not in gone) for facts in (self.counted, self.others)
            )
            self._without[gone] = replace(self, counted=counted, others=others)
        return self._without[gone]

    def and_also(self, added: "Matched") -> "Matched":
        """Return the items with some added that happened later than all others. Otherwise they lose their order."""
        return replace(self, counted=(*self.counted, *added.counted), others=(*self.others, *added.others))

    @cached_property
    def starts_on(self) -> tuple[date, ...]:
        """The days on which its items start to count. A day may come twice."""
        return (*map(self._counted_from, self.counted), *map(self._seen_from, self.others))

    def _counted_from(self, fact: EvidenceFact) -> date:
        return counts_from(fact, adverse=self.adverse, for_safety=self.for_safety)

    def _seen_from(self, fact: EvidenceFact) -> date:
        return counts_from(fact, for_safety=self.for_safety)

    @cached_property
    def _complete_on(self) -> date:
        return max(self.starts_on, default=date.min)

    @cached_property
    def _without(self) -> dict[frozenset[str], "Matched"]:
        return {}


def match(wanted: Measure, subject: str, entries: Iterable[CountableMapping], terms: InForce, on: date) -> Matched:
    """Return the items that a measure matches on a day.

    `entries`: the countable mappings about its standard or subject. Whatever a measure would count against the person
    is left out until its reply or lapse, also where it would only make an answer possible (B4). An item that leaves
    blank what the measure asks is left out too: it says neither yes nor no, so it is no evidence (P18).
    """
    adverse, for_safety = wanted.name in terms.adverse, wanted.name in terms.for_safety
    ready: list[EvidenceFact] = []
    told: list[EvidenceFact] = []
    counts_as = item_test(wanted, subject, terms)
    of_kinds = (entry for entry in entries if wanted.reads(entry.fact.kind))
    for _, of_item in groupby(of_kinds, key=_evidence_id):
        parts = list(of_item)
        fact, counts = parts[0].fact, counts_as(parts)
        if counts and not awaits_reply(fact, on, adverse=adverse, for_safety=for_safety):
            ready.append(fact)
        elif counts is False and not awaits_reply(fact, on, adverse=False, for_safety=for_safety):
            told.append(fact)
    return Matched(tuple(ready), tuple(told), adverse, for_safety)


ItemTest = Callable[[Iterable[CountableMapping]], bool | None]
MappingTest = Callable[[EvidenceFact, StandardMapping], bool | None]


def item_test(wanted: Measure, subject: str, terms: InForce) -> ItemTest:
    """Return a test of whether a measure counts an item of its kinds, once it may count.

    It is given the item's countable mappings about the measure's standard or subject. False: the measure only looks at
    the item. None: it may use none of the mappings, or the item leaves blank what the measure asks and nothing else
    makes it count.
    """
    speaks = _mapping_test(wanted, subject, terms)

    def counts_as(entries: Iterable[CountableMapping]) -> bool | None:
        found: bool | None = None
        blank = False
        for entry in entries:
            if may_count_as(entry, wanted, terms):
                counts = speaks(entry.fact, entry.mapping)
                if counts:
                    return True
                blank, found = blank or counts is None, False
        return None if blank else found

    return counts_as


def _evidence_id(entry: CountableMapping) -> str:
    return entry.fact.evidence_id


class Evidence:
    """A day's evidence, indexed once for all rules.

    `items`: all items known by the day, in order of date and id.
    """

    def __init__(self, items: tuple[EvidenceFact, ...], as_of: date, rulebook: Rulebook) -> None:
        self.items = items
        self.as_of = as_of
        self.rulebook = rulebook
        self._matched: dict[tuple[int, str, InForce], Matched] = {}
        self._spoken_to: dict[frozenset[Kind], Set[tuple[str, str]]] = {}

    def match(self, name: str, subject: str, terms: InForce) -> Matched:
        """Return the items that a measure matches about a subject by the terms given."""
        # Measures that select the same items share one entry, and so one object: see `Matched.without`.
        key = (self.rulebook.selections[name], subject, terms)
        found = self._matched.get(key)
        if found is None:
            found = self._matched[key] = self._match(name, subject, terms)
        return found

    def _match(self, name: str, subject: str, terms: InForce) -> Matched:
        wanted = self.rulebook.measures[name]
        return match(wanted, subject, self.countable_about(wanted.about(subject)), terms, self.as_of)

    @cached_property
    def uncounted(self) -> Mapping[str, NotCounted]:
        """Why items do not count on the day, by id. Items that may count, if only for safety, are left out."""
        found = ((fact.evidence_id, not_counted(fact, self.as_of, for_safety=True)) for fact in self.items)
        return {evidence_id: reason for evidence_id, reason in found if reason is not None}

    @cached_property
    def awaiting_reply(self) -> Set[str]:
        """Ids of items that may count on the day, but not against the person yet."""
        countable = (fact for fact in self.items if fact.evidence_id not in self.uncounted)
        return {fact.evidence_id for fact in countable if awaits_reply(fact, self.as_of)}

    @cached_property
    def countable(self) -> tuple[CountableMapping, ...]:
        """Mappings that may count on the day: those of an indicator of the edition in force when it happened (R45).

        They include all that counted on an earlier day, because passing time never makes an item uncountable.
        """
        return tuple(countable_mappings((f for f in self.items if f.evidence_id not in self.uncounted), self.rulebook))

    @cached_property
    def praise(self) -> tuple[CountableMapping, ...]:
        """Mappings that may count as praise on the day. An action that was met is no praise beside its evidence."""
        praise = (entry for entry in self.countable if entry.mapping.polarity is Polarity.PRAISE)
        told = (entry for entry in praise if not awaits_reply(entry.fact, self.as_of, adverse=False))
        return tuple(entry for entry in told if not entry.fact.is_derived)

    def countable_about(self, subject: str | None) -> Sequence[CountableMapping]:
        """Return the mappings that may count about a standard or an indicator; None for all."""
        return self.countable if subject is None else self._countable_by_subject.get(subject, ())

    def about(self, subject: str | None) -> tuple[EvidenceFact, ...]:
        """Return the items mapped to a standard or an indicator, whether they count or not; None for all."""
        return self.items if subject is None else self._by_subject.get(subject, ())

    @cached_property
    def speakers(self) -> Sequence[Set[str]]:
        """The ids of the items about each standard and indicator, those of derived kinds apart from the others."""
        found: dict[tuple[str, str, bool], set[str]] = {}
        for fact in self.items:
            for mapping in fact.mappings:
                found.setdefault((mapping.standard, mapping.indicator, fact.is_derived), set()).add(fact.evidence_id)
        return tuple(found.values())

    def spoken_to(self, derived: frozenset[Kind]) -> Set[tuple[str, str]]:
        """Return the standards and indicators that items are mapped to, whether they count or not.

        `derived`: the derived kinds whose items are looked at too.
        """
        found = self._spoken_to.get(derived)
        if found is None:
            items = (fact for fact in self.items if not fact.is_derived or fact.kind in derived)
            found = {(mapping.standard, mapping.indicator) for fact in items for mapping in fact.mappings}
            self._spoken_to[derived] = found
        return found

    @property
    def subjects_spoken_to(self) -> tuple[Set[tuple[str, str]], ...]:
        """The standards and indicators of which rules are asked: of those that look at derived kinds, and of others."""
        return self.spoken_to(frozenset()), self.spoken_to(DERIVED)

    @cached_property
    def _countable_by_subject(self) -> Mapping[str, Sequence[CountableMapping]]:
        return by_subject(self.countable, lambda entry: (entry.mapping,))

    @cached_property
    def _by_subject(self) -> Mapping[str, tuple[EvidenceFact, ...]]:
        return by_subject(self.items, lambda fact: fact.mappings)


def by_subject(
    parts: Iterable[Part], mappings_of: Callable[[Part], Iterable[StandardMapping]]
) -> Mapping[str, tuple[Part, ...]]:
    """Return the parts mapped to each standard and each indicator, each part once, in the order given."""
    found: dict[str, dict[int, Part]] = {}
    for number, part in enumerate(parts):
        for mapping in mappings_of(part):
            found.setdefault(mapping.standard, {})[number] = part
            found.setdefault(mapping.indicator, {})[number] = part
    return {subject: tuple(numbered.values()) for subject, numbered in found.items()}


def would_count(wanted: Measure, subject: str, terms: InForce) -> Callable[[EvidenceFact], bool | None]:
    """Return a test of whether a measure would count an item if the day and the reasons against it allowed that.

    The kind, the subject, the polarity and the details must be those the measure looks for. The test answers None for
    an item that leaves blank what the measure asks.
    """
    about, speaks = wanted.about(subject), _mapping_test(wanted, subject, terms)

    def would(fact: EvidenceFact) -> bool | None:
        if not wanted.reads(fact.kind):
            return False
        blank = False
        for mapping in fact.mappings:
            if about is None or about in (mapping.standard, mapping.indicator):
                counts = speaks(fact, mapping)
                if counts:
                    return True
                blank = blank or counts is None
        return None if blank else not fact.mappings and about is None and wanted.polarity is None

    return would


def _mapping_test(wanted: Measure, subject: str, terms: InForce) -> MappingTest:
    """Return a test of whether a mapping has the polarity that the measure looks for, and its item the details.

    None if the item leaves a detail blank and no other detail is against it.
    """
    polarity, where, lines = wanted.polarity, wanted.where, terms.lines
    line = _report_line(wanted, subject, terms.edition)

    def speaks(fact: EvidenceFact, mapping: StandardMapping) -> bool | None:
        if polarity is not None and mapping.polarity is not polarity:
            return False
        if not where:
            return True
        met = [_meets(each, fact, line, lines) for each in where]
        return False if False in met else None if None in met else True

    return speaks


def _report_line(wanted: Measure, subject: str, edition: StandardsEdition | None) -> str | None:
    """Return the line of a report review that belongs to an indicator; None if the measure does not look at it."""
    if not wanted.looks_at_report_line:
        return None
    indicator = edition.indicator(subject) if edition else None
    return indicator.report_line if indicator else None


def _meets(where: Where, fact: EvidenceFact, line: str | None, lines: Mapping[str, int]) -> bool | None:
    if where.detail == NOT_SAID:
        return any(name in fact.blank and name not in fact.unanswerable for name in where.one_of)
    if where.detail in ("complaint_outcome", "evidence_class"):
        return getattr(fact, where.detail) in where.one_of
    name = line if where.detail == "report_line" else where.detail
    if fact.blank and name in fact.blank:
        return None
    value = fact.details.get(name) if name else None
    if value is None:
        return False
    if where.comparator is None or where.parameter is None:
        return value in where.one_of
    return type(value) is int and HOLDS[where.comparator](value, lines[where.parameter])
