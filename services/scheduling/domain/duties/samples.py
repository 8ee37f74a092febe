"""What evidence says of the sampled report of a Safeguarder: a fact like those in `facts.py`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from services.calendar_days import months_later

_HALF_MONTHS = 6
YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class AwaitedStep:
    """Something that a sampled report waits for."""

    kind: str
    """A word of `DutyKind`. One that only a later release knows is left out before."""
    person: str
    """The reader whose turn it is. Empty for the Team."""
    since_on: date
    due_on: date

    @property
    def mark(self) -> str:
        """Which one, where the same step is owed again: by another reader, or for the next report of the draw."""
        return f"{self.since_on.isoformat()} {self.person}".strip()


@dataclass(frozen=True, slots=True)
class SampleFact:
    """A sampled report without its readings."""

    sample_id: str
    version: int
    round_id: str
    round_starts_on: date
    to_be_drawn: bool
    """SCRA's records held no report to draw from. A later draw may find one."""
    awaited: tuple[AwaitedStep, ...]
    wait_ended: bool
    """The Team ended the wait for one of two readings."""
    report_id: str
    """Which report it is, in the same words as in the events of the item that it made. Empty while none was drawn."""
    since_on: date
    """The day since which it stands so, as far as it is known."""
    item_shared: bool = False
    item_over: bool = False
    """The item was withdrawn, so nobody shares it."""

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"reportSamples/{self.sample_id}"

    @property
    def stand(self) -> tuple[object, ...]:
        """How it stands. Two versions that stand alike are one stretch of days."""
        return self.to_be_drawn, self.awaited


def round_on(day: date) -> tuple[str, date]:
    """Return the round of sampling of a day, as evidence names it, with the first day of its half contract year."""
    april = contract_year_of(day)
    first_half = 4 <= day.month <= 9
    return f"{april.year}-H{1 if first_half else 2}", april if first_half else months_later(april, _HALF_MONTHS)


def contract_year_of(day: date) -> date:
    """Return the first day of the contract year of a day, a 1 April."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def round_of(about: str) -> str:
    """Return the id of the round in the name of a round under the Safeguarder."""
    return about.removeprefix(f"{ROUNDS}/")


ROUNDS = "sampleRounds"
"""How the round that a draw is owed for is named under the Safeguarder."""


def follow_item(samples: Iterable[SampleFact], report_id: str, *, withdrawn: bool) -> Iterator[SampleFact]:
    """Yield the samples of a report as they stand once the item about it was shared, or withdrawn."""
    for sample in samples:
        if report_id and sample.report_id == report_id:
            yield replace(sample, item_over=True) if withdrawn else replace(sample, item_shared=True)
