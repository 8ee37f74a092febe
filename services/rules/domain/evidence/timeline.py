"""Evidence over time: when each version of each item becomes known, counts, and is replaced by the next."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from services.calendar_days import LONDON, london_today
from services.rules.domain.closed_lists import EvidenceClass, ItemStatus, Kind
from services.rules.domain.evidence.countability import counts_from, not_counted
from services.rules.domain.evidence.mappings import CountableMapping, countable_mappings, read_by_edition
from services.rules.domain.evidence.matching import ItemTest, Matched, by_subject, item_test
from services.rules.domain.facts import CaseFile, EvidenceFact
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import InForce, Rulebook


class Moment(NamedTuple):
    """A moment at which the live path asks: the day that it asks about, and the instant up to which facts are known.

    It asks at the start of each day in Scotland, and whenever a version arrives.
    """

    on: date
    known_at: datetime


END_OF_TIME = Moment(date.max, datetime.max.replace(tzinfo=UTC))


# A forecast asks for the same days for each person, and for the same arrivals again and again. 20,000 days are 54
# years; 50,000 arrivals are 500 people with 100 items. No entry goes out of date: it follows from its arguments alone.
@lru_cache(maxsize=20_000)
def start_of(day: date) -> Moment:
    """Return the first moment of a day in Scotland."""
    return Moment(day, datetime.combine(day, time.min, LONDON).astimezone(UTC))


@lru_cache(maxsize=50_000)
def arrival(recorded_at: datetime) -> Moment:
    """Return the moment at which a version is recorded."""
    return Moment(london_today(recorded_at), recorded_at)


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """One version of one item.

    `known`: the moment from which the Team knows it. `ended`: the moment at which the next version replaces it.
    `counts`: the moment from which it may count, `adverse` from which against the person, and `for_safety` from which
    in the lane of safety if it is a matter of that, else as `counts`. `END_OF_TIME` for never.
    `entries`: its mappings that may count.
    """

    fact: EvidenceFact
    known: Moment
    ended: Moment
    counts: Moment
    adverse: Moment
    for_safety: Moment
    entries: tuple[CountableMapping, ...]

    def entries_about(self, about: str | None) -> Sequence[CountableMapping]:
        """Return the entries about a standard or an indicator; None for all."""
        if about is None:
            return self.entries
        return [entry for entry in self.entries if about in (entry.mapping.standard, entry.mapping.indicator)]


def item_versions(versions: Iterable[EvidenceFact], rulebook: Rulebook) -> tuple[ItemVersion, ...]:
    """Return the versions that were ever the current one, in order of date and id.

    It must agree with `known_items` and `not_counted`, which say the same of one day.
    """
    by_item: dict[str, list[EvidenceFact]] = {}
    for fact in read_by_edition(versions, rulebook):
        by_item.setdefault(fact.evidence_id, []).append(fact)
    found = [version for item in by_item.values() for version in _versions_of_item(item, rulebook)]
    return tuple(sorted(found, key=lambda version: (version.fact.happened_on, version.fact.evidence_id, version.known)))


def _versions_of_item(item: Sequence[EvidenceFact], rulebook: Rulebook) -> Iterator[ItemVersion]:
    in_turn: list[EvidenceFact] = []
    for fact in sorted(item, key=lambda fact: fact.recorded_at) if len(item) > 1 else item:
        if not in_turn or (fact.version, fact.recorded_at) > (in_turn[-1].version, in_turn[-1].recorded_at):
            in_turn.append(fact)
    for place, fact in enumerate(in_turn):
        if fact.status is not ItemStatus.CURRENT:
            continue
        ended = arrival(in_turn[place + 1].recorded_at) if place + 1 < len(in_turn) else END_OF_TIME
        known = max(arrival(fact.recorded_at), start_of(max(fact.received_on, fact.happened_on)))
        if known < ended:
            safety = fact.evidence_class is EvidenceClass.SAFETY
            counts = _counts_from(fact, known)
            at_once = not safety and fact.adverse_from == fact.countable_from
            adverse = counts if at_once else _counts_from(fact, known, adverse=True)
            for_safety = _counts_from(fact, known, for_safety=True) if safety else counts
            entries = tuple(countable_mappings((fact,), rulebook))
            yield ItemVersion(fact, known, ended, counts, adverse, for_safety, entries)


def _counts_from(fact: EvidenceFact, known: Moment, *, adverse: bool = False, for_safety: bool = False) -> Moment:
    if not_counted(fact, date.max, adverse=adverse, for_safety=for_safety) is not None:
        return END_OF_TIME
    return max(known, start_of(counts_from(fact, adverse=adverse, for_safety=for_safety)))


def as_received(case_file: CaseFile) -> CaseFile:
    """Return the case file as if each item had been recorded on the day on which the Team received it.

    For a history that was loaded later: otherwise nothing in it would be known before the day of loading.
    """
    first: dict[str, EvidenceFact] = {}
    for fact in case_file.evidence:
        if fact.evidence_id not in first or fact.version < first[fact.evidence_id].version:
            first[fact.evidence_id] = fact
    return replace(case_file, evidence=tuple(map(partial(_received, first), case_file.evidence)))


def _received(first: Mapping[str, EvidenceFact], fact: EvidenceFact) -> EvidenceFact:
    if first[fact.evidence_id] is not fact:
        return fact
    known_at = start_of(max(fact.received_on, fact.happened_on)).known_at
    return replace(fact, recorded_at=min(fact.recorded_at, known_at))


class MatchedVersion(NamedTuple):
    """A version that a measure matches, whether the measure counts it, and from which moment."""

    version: ItemVersion
    counted: bool
    starts: Moment


class MatchOverTime:
    """The items that one measure matches about one subject as time passes, while the same terms are in force.

    Items on which its value cannot rest are left out.
    """

    def __init__(self, wanted: Measure, subject: str, versions: Sequence[ItemVersion], terms: InForce) -> None:
        about, counts_as = wanted.about(subject), item_test(wanted, subject, terms)
        self._adverse, self._for_safety = wanted.name in terms.adverse, wanted.name in terms.for_safety
        self.parts = [
            part for version in versions if (part := _part(wanted, counts_as, about, version, terms)) is not None
        ]
        self._matched: dict[int, Matched] = {}

    def at(self, moment: Moment) -> Matched:
        """Return the items matched at a moment."""
        # Between two edges nothing changes, so all moments between them share one object.
        place = bisect_right(self._edges, moment)
        found = self._matched.get(place)
        if found is None:
            there = [part for part in self.parts if part.starts <= moment < part.version.ended]
            counted, others = (tuple(p.version.fact for p in there if p.counted is wish) for wish in (True, False))
            found = self._matched[place] = Matched(counted, others, self._adverse, self._for_safety)
        return found

    @cached_property
    def _edges(self) -> list[Moment]:
        return sorted({edge for part in self.parts for edge in (part.starts, part.version.ended)})


def _part(
    wanted: Measure, counts_as: ItemTest, about: str | None, version: ItemVersion, terms: InForce
) -> MatchedVersion | None:
    if version.for_safety is END_OF_TIME or not may_matter(wanted, version.fact):
        return None
    counts = counts_as(version.entries_about(about))
    if counts is None or not (counts or wanted.looks_at_others):
        return None
    safety = wanted.name in terms.for_safety and version.fact.evidence_class is EvidenceClass.SAFETY
    seen_from = version.for_safety if safety else version.counts
    if counts and wanted.name in terms.adverse and not safety:
        return MatchedVersion(version, True, version.adverse)
    return MatchedVersion(version, counts, seen_from)


def may_matter(wanted: Measure, fact: EvidenceFact) -> bool:
    """Return whether the value of a measure may rest on an item, by its kind and its polarity.

    Most items end here. An item without the polarity looked for can only make an answer possible.
    """
    if not wanted.reads(fact.kind):
        return False
    if wanted.polarity is None or wanted.looks_at_others:
        return True
    return any(mapping.polarity is wanted.polarity for mapping in fact.mappings)


class Timeline:
    """A person's items over time, as measures match them at any moment."""

    def __init__(self, versions: Sequence[ItemVersion], rulebook: Rulebook) -> None:
        self.versions = versions
        self._rulebook = rulebook
        self._over_time: dict[tuple[str, str], MatchOverTime] = {}
        self._spoken_to: dict[frozenset[Kind], Set[tuple[str, str]]] = {}

    def by(self, rulebook: Rulebook) -> "Timeline":
        """Return the same items, as the measures of another rulebook with the same editions match them."""
        other = copy(self)
        other._rulebook = rulebook
        return other

    def match(self, moment: Moment, name: str, subject: str, terms: InForce) -> Matched:
        """Return the items that a measure matches at a moment about a subject by the terms given."""
        return self.matches(name, subject, terms).at(moment)

    def matches(self, name: str, subject: str, terms: InForce) -> MatchOverTime:
        """Return the items that a measure matches about a subject by the terms given, as time passes."""
        wanted = self._rulebook.measures[name]
        key = (terms.matching[name], wanted.subject_of(subject))
        found = self._over_time.get(key)
        if found is None:
            found = MatchOverTime(wanted, subject, self.about(wanted.about(subject)), terms)
            self._over_time[key] = found
        return found

    def bears_on(self, wanted: Measure, subject: str) -> bool:
        """Return whether any version may bear on a measure about a subject. False about most subjects."""
        return any(may_matter(wanted, version.fact) for version in self.about(wanted.about(subject)))

    def ever_countable(self, wanted: Measure, subject: str) -> Iterator[ItemVersion]:
        """Yield the versions about a measure's subject that count at some time and may bear on its value."""
        versions = (version for version in self.about(wanted.about(subject)) if version.for_safety is not END_OF_TIME)
        return (version for version in versions if may_matter(wanted, version.fact))

    def spoken_to(self, derived: frozenset[Kind]) -> Set[tuple[str, str]]:
        """Return the standards and indicators that its versions are mapped to, whether they count or not."""
        found = self._spoken_to.get(derived)
        if found is None:
            found = self._spoken_to[derived] = frozenset(spoken_to(self.versions, derived))
        return found

    def about(self, about: str | None) -> Sequence[ItemVersion]:
        """Return the versions mapped to a standard or an indicator, whether they count or not; None for all."""
        return self.versions if about is None else self._by_subject.get(about, ())

    @cached_property
    def _by_subject(self) -> Mapping[str, Sequence[ItemVersion]]:
        return by_subject(self.versions, lambda version: version.fact.mappings)


def spoken_to(versions: Iterable[ItemVersion], derived: frozenset[Kind]) -> Iterator[tuple[str, str]]:
    """Yield the standard and indicator of each mapping. `derived`: the derived kinds that are looked at too."""
    facts = (version.fact for version in versions)
    read = (fact for fact in facts if not fact.is_derived or fact.kind in derived)
    return ((mapping.standard, mapping.indicator) for fact in read for mapping in fact.mappings)
