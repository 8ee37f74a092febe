"""When each version of each item is known, counts and is overtaken: evidence over time instead of on one day."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache, partial
from typing import NamedTuple

from services.calendar_days import LONDON, london_today
from services.rules.domain.closed_lists import ItemStatus
from services.rules.domain.evidence.countability import CountableMapping, countable_mappings, not_counted
from services.rules.domain.evidence.measures import ONE_DAY, Matched, match, months_before
from services.rules.domain.facts import CaseFile, EvidenceFact
from services.rules.domain.rulebook.model import InForce, Measure, Rulebook


class Moment(NamedTuple):
    """When the live path asks: the day it asks about, and what is known. At the start of each day, and at arrivals."""

    on: date
    known_at: datetime


END_OF_TIME = Moment(date.max, datetime.max.replace(tzinfo=UTC))


@lru_cache(maxsize=20_000)
def start_of(day: date) -> Moment:
    """The first moment of a day in Scotland."""
    return Moment(day, datetime.combine(day, time.min, LONDON).astimezone(UTC))


@lru_cache(maxsize=50_000)
def arrival(recorded_at: datetime) -> Moment:
    """The moment a version is recorded."""
    return Moment(london_today(recorded_at), recorded_at)


@lru_cache(maxsize=50_000)
def leaves_on(happened_on: date, months: int) -> date:
    """First day on which a window of that many months no longer reaches back to a day."""
    year, month = divmod(happened_on.year * 12 + happened_on.month - 1 + months, 12)
    day = date(year, month + 1, min(happened_on.day, monthrange(year, month + 1)[1])) - 4 * ONE_DAY
    while months_before(day, months) <= happened_on:
        day += ONE_DAY
    return day


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """One version of one item: `known` to the Team from one moment, `ended` by its next version at another.

    `counts`: from which moment it may count; None for never. `entries`: its mappings that may count.
    """

    fact: EvidenceFact
    known: Moment
    ended: Moment
    counts: Moment | None
    entries: tuple[CountableMapping, ...]

    def entries_about(self, about: str | None) -> Sequence[CountableMapping]:
        """Those about a standard or an indicator; None for all."""
        if about is None:
            return self.entries
        return [entry for entry in self.entries if about in (entry.mapping.standard, entry.mapping.indicator)]


def item_versions(versions: Iterable[EvidenceFact], rulebook: Rulebook) -> tuple[ItemVersion, ...]:
    """The versions that were ever gone by, in order of date and id, as `known_items` and `not_counted` have it."""
    by_item: dict[str, list[EvidenceFact]] = {}
    for fact in versions:
        by_item.setdefault(fact.evidence_id, []).append(fact)
    found = [life for item in by_item.values() for life in _lives_of_item(item, rulebook)]
    return tuple(sorted(found, key=lambda life: (life.fact.happened_on, life.fact.evidence_id, life.known)))


def _lives_of_item(item: Sequence[EvidenceFact], rulebook: Rulebook) -> Iterator[ItemVersion]:
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
            yield ItemVersion(
                fact, known, ended, _counts_from(fact, known), tuple(countable_mappings((fact,), rulebook))
            )


def _counts_from(fact: EvidenceFact, known: Moment) -> Moment | None:
    if not_counted(fact, date.max) is not None or fact.countable_from is None:
        return None
    return max(known, start_of(fact.countable_from))


def as_received(case_file: CaseFile) -> CaseFile:
    """As if each item had been recorded on the day the Team received it: for a history that was loaded later."""
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


class _Part(NamedTuple):
    """A version that a measure listens to, and whether it speaks the way the measure listens for."""

    life: ItemVersion
    counted: bool


class MatchOverTime:
    """What one measure hears about one subject as time passes, while the same lines are in force."""

    def __init__(self, wanted: Measure, subject: str, all_lives: Sequence[ItemVersion], terms: InForce) -> None:
        about = wanted.about(subject)
        self._parts = [part for life in all_lives if (part := _part(wanted, subject, about, life, terms)) is not None]
        edges = {edge for part in self._parts for edge in (part.life.counts, part.life.ended) if edge is not None}
        self._edges = sorted(edges)
        self._heard: dict[int, Matched] = {}

    def at(self, moment: Moment) -> Matched:
        """What it hears at a moment: the same object until that changes."""
        place = bisect_right(self._edges, moment)
        found = self._heard.get(place)
        if found is None:
            there = [p for p in self._parts if p.life.counts is not None and p.life.counts <= moment < p.life.ended]
            counted, others = (tuple(p.life.fact for p in there if p.counted is wish) for wish in (True, False))
            found = self._heard[place] = Matched(counted, others)
        return found


def _part(wanted: Measure, subject: str, about: str | None, life: ItemVersion, terms: InForce) -> _Part | None:
    if life.counts is None or (wanted.kinds and life.fact.kind not in wanted.kinds):
        return None
    heard = match(wanted, subject, life.entries_about(about), terms)
    return _Part(life, bool(heard.counted)) if heard.counted or heard.others else None


def by_subject(all_lives: Iterable[ItemVersion]) -> Mapping[str, Sequence[ItemVersion]]:
    """Versions mapped to each standard and indicator, whether they count or not."""
    found: dict[str, dict[int, ItemVersion]] = {}
    for number, life in enumerate(all_lives):
        for mapping in life.fact.mappings:
            found.setdefault(mapping.standard, {})[number] = life
            found.setdefault(mapping.indicator, {})[number] = life
    return {subject: tuple(numbered.values()) for subject, numbered in found.items()}
