"""The report on every KPI of a rulebook over a period: the figures, and the ledger behind each.

Every unit of a register is in exactly one of three places: it counts, it falls short, or it is left out (D15.8).
Whether a target is met is decided in whole numbers. A share is shown in tenths of a per cent and rounded down, so 95.0
is never shown for less.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.rules.domain.evaluation.decision_record import canonical_json
from services.rules.domain.kpis.facts import KpiFacts
from services.rules.domain.kpis.known import Known, Unit
from services.rules.domain.kpis.periods import Period
from services.rules.domain.kpis.units import register
from services.rules.domain.rulebook.kpi import Judgement, Kpi, Result, judge
from services.rules.domain.rulebook.model import Rulebook


class Verdict(StrEnum):
    """The verdicts on a figure and its target."""

    MET = "met"
    NOT_MET = "not_met"
    NO_TARGET = "no_target"
    NOTHING_DUE = "nothing_due"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger: a unit, its judgement, and why."""

    unit: Unit
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Count:
    """A number of units that have something in common, and the number of people they are about."""

    title: str
    units: int
    people: int


@dataclass(frozen=True, slots=True)
class Share:
    """The figure by another reading, with other units in its denominator. It has no target."""

    title: str
    numerator: Count
    denominator: Count

    @property
    def tenths_of_percent(self) -> int | None:
        """The share that counts, in tenths of a per cent and rounded down. None if nothing is due."""
        return _tenths(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Figure:
    """One KPI over its twelve months.

    Numerator and shortfall add up to the denominator. Denominator and left-out units add up to the register.
    """

    kpi_id: str
    title: str
    whose: str
    source: str
    note: str
    starts_on: date
    ends_on: date
    register: Count
    numerator: Count
    shortfall: Count
    denominator: Count
    left_out: tuple[Count, ...]
    beside: tuple[Count, ...]
    target_percent: int | None
    target_reason: str
    verdict: Verdict
    smallest_group: int
    """Parts about fewer people than this are withheld from people who may not open the ledger."""
    other_reading: Share | None = None

    @property
    def tenths_of_percent(self) -> int | None:
        """The share that counts, in tenths of a per cent and rounded down. None if nothing is due."""
        return _tenths(self.numerator, self.denominator)


class Hidden(StrEnum):
    """The parts of a figure that can be withheld."""

    REGISTER = "register"
    FIGURE = "figure"
    LEFT_OUT = "left_out"
    BESIDE = "beside"
    OTHER_READING = "other_reading"


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a period on a day, from the facts that had been recorded by an instant."""

    period: str
    as_of: date
    known_at: datetime
    rulebook_hash: str
    figures: tuple[Figure, ...]
    ledger_sha256: str
    """The hash of all ledgers, in the order of the figures. The same facts give the same hash."""

    @property
    def content(self) -> bytes:
        """The report as canonical JSON."""
        return canonical_json(self)

    @property
    def sha256(self) -> str:
        """The hash of `content`."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Pack:
    """A frozen quarterly pack. `content` is the report as canonical JSON, and `sha256` its hash."""

    quarter: str
    frozen_at: datetime
    sha256: str
    content: bytes


def ledger(kpi: Kpi, rulebook: Rulebook, known: Known, period: Period) -> tuple[Entry, ...]:
    """Return every unit of a KPI's register with its judgement, in order of person."""
    lines = rulebook.lines_on(period.as_of)
    units = register(kpi, known, period.months_for(kpi.period), lines)
    return tuple(Entry(unit, judge(kpi, unit.words, lines)) for unit in units)


def kpis_in_force(rulebook: Rulebook, day: date) -> tuple[Kpi, ...]:
    """Return the KPIs whose parameters all have a value on a day, in the order of the file."""
    lines = rulebook.lines_on(day)
    return tuple(kpi for kpi in rulebook.kpis if all(name in lines for name in kpi.parameters))


def report(rulebook: Rulebook, facts: KpiFacts, period: Period, known_at: datetime) -> Report:
    """Return the report on every KPI in force on the day of the period."""
    known = Known(facts.known_at(known_at), period.as_of)
    figures = []
    written = hashlib.sha256()
    for kpi in kpis_in_force(rulebook, period.as_of):
        entries = ledger(kpi, rulebook, known, period)
        written.update(canonical_json([_written(entry) for entry in entries]))
        figures.append(figure(kpi, entries, rulebook, period))
    return Report(period.label, period.as_of, known_at, rulebook.content_hash, tuple(figures), written.hexdigest())


def figure(kpi: Kpi, entries: Sequence[Entry], rulebook: Rulebook, period: Period) -> Figure:
    """Return the figure that a ledger adds up to."""
    starts_on, ends_on = period.months_for(kpi.period)
    numerator = _count(kpi.counts.title, entries, lambda entry: entry.judgement.result is Result.COUNTED)
    denominator = _count("Looked at", entries, lambda entry: entry.judgement.result is not Result.LEFT_OUT)
    target = rulebook.parameters[kpi.target].in_force(period.as_of) if kpi.target else None
    percent = target.value if target else None
    return Figure(
        kpi.kpi_id,
        kpi.title,
        kpi.whose,
        kpi.source,
        kpi.note,
        starts_on,
        ends_on,
        _count(kpi.register, entries, lambda entry: True),
        numerator,
        _count("Falls short", entries, lambda entry: entry.judgement.result is Result.SHORT),
        denominator,
        tuple(_count(part.title, entries, _left_out(part.title)) for part in kpi.left_out),
        tuple(_count(part.title, entries, _beside(part.title)) for part in kpi.beside),
        percent,
        f"{target.why} ({target.cites})" if target else "",
        verdict(numerator.units, denominator.units, percent),
        rulebook.lines_on(period.as_of)[kpi.withhold_below],
        _by_other_reading(kpi, entries, rulebook.lines_on(period.as_of)),
    )


def verdict(numerator: int, denominator: int, percent: int | None) -> Verdict:
    """Return whether a target is met. In whole numbers, because binary fractions can be wrong exactly on the line."""
    if denominator == 0:
        return Verdict.NOTHING_DUE
    if percent is None:
        return Verdict.NO_TARGET
    return Verdict.MET if numerator * 100 >= percent * denominator else Verdict.NOT_MET


def hidden(figure: Figure) -> frozenset[Hidden]:
    """Return what is withheld from people who may not open the ledger.

    A list is withheld as a whole if one of its parts is about too few people. So is everything from which that part
    could be worked out: the register less the denominator is what is left out.
    """

    def small(count: Count) -> bool:
        return 0 < count.people < figure.smallest_group

    found: set[Hidden] = set()
    if small(figure.denominator):
        found |= {Hidden.FIGURE, Hidden.REGISTER, Hidden.BESIDE}
    if any(map(small, figure.left_out)):
        found |= {Hidden.LEFT_OUT, Hidden.REGISTER}
    if any(map(small, figure.beside)):
        found.add(Hidden.BESIDE)
    # The two denominators differ by what is left out.
    if figure.other_reading is not None and found & {Hidden.FIGURE, Hidden.LEFT_OUT}:
        found.add(Hidden.OTHER_READING)
    return frozenset(found)


def _by_other_reading(kpi: Kpi, entries: Sequence[Entry], lines: Mapping[str, int]) -> Share | None:
    reading = kpi.other_reading
    if reading is None:
        return None

    def owed(entry: Entry) -> bool:
        return entry.judgement.result is not Result.LEFT_OUT or entry.judgement.reason in reading.includes

    within = [entry for entry in entries if owed(entry)]
    counted = _count(kpi.counts.title, within, lambda entry: kpi.counts.holds(entry.unit.words, lines))
    return Share(reading.title, counted, _count(reading.title, within, lambda entry: True))


def _tenths(numerator: Count, denominator: Count) -> int | None:
    return numerator.units * 1000 // denominator.units if denominator.units else None


def _left_out(title: str) -> Callable[[Entry], bool]:
    return lambda entry: entry.judgement.result is Result.LEFT_OUT and entry.judgement.reason == title


def _beside(title: str) -> Callable[[Entry], bool]:
    return lambda entry: title in entry.judgement.beside


def _count(title: str, entries: Iterable[Entry], which: Callable[[Entry], bool]) -> Count:
    found = [entry.unit.safeguarder_id for entry in entries if which(entry)]
    return Count(title, len(found), len(set(found)))


def _written(entry: Entry) -> list[object]:
    return [entry.unit.unit_id, entry.unit.safeguarder_id, entry.unit.on, entry.judgement]
