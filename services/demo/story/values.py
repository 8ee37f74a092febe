"""What a story is made of. Words are those of the contracts' closed lists."""

from dataclasses import dataclass
from datetime import date

YEARS_IN_TERM = 3


@dataclass(frozen=True, slots=True)
class Person:
    """An invented Safeguarder. The first area is the main one; each term starts on the day the last one ended."""

    safeguarder_id: str
    display_name: str
    areas: tuple[str, ...]
    term_starts: tuple[date, ...]

    @property
    def appointed_on(self) -> date:
        """First day of the first term."""
        return self.term_starts[0]

    @property
    def term_ends_before(self) -> date:
        """The day after the current term."""
        return years_later(self.term_starts[-1], YEARS_IN_TERM)


@dataclass(frozen=True, slots=True)
class Review:
    """Lines of a sampled report: `below`, `at` or `above` standard."""

    on_time: str = "at"
    form: str = "at"
    clear: str = "at"
    reasoned: str = "at"
    justifiable: str = "at"
    child_views_recorded: bool = True
    second_reader_agrees: bool = True


@dataclass(frozen=True, slots=True)
class Timeliness:
    """When a report was due and when it came."""

    due_on: date
    filed_on: date
    extension_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of evidence as the Team has it on file. `speaks` holds (indicator, polarity)."""

    safeguarder_id: str
    kind: str
    source: str
    happened_on: date
    received_on: date
    speaks: tuple[tuple[str, str], ...]
    evidence_class: str = "standard"
    aspect: str = "practice"
    setting: str = "appointment"
    shared_on: date | None = None
    replied_on: date | None = None
    complaint_outcome: str = ""
    review: Review | None = None
    timeliness: Timeliness | None = None
    case_reference: str = ""

    @property
    def adverse(self) -> bool:
        """Whether it speaks of something to discuss."""
        return any(polarity == "concern" for _, polarity in self.speaks)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Attendance at a mandatory training event of the current year, the first or the second."""

    safeguarder_id: str
    number: int
    event_on: date
    attendance: str


@dataclass(frozen=True, slots=True)
class LiveItem:
    """Told while the suite runs: a partner adds it, the Team maps and shares it, the Safeguarder replies."""

    partner: str
    item: Item
    reply: str


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """Something the rules are expected to raise, or, in `Chapter.silent`, not to."""

    safeguarder_id: str
    rule: str
    subject: str
    lane: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is told of one person, and what the rules are expected to make of it."""

    safeguarder_id: str
    title: str
    raised: tuple[Expected, ...]
    silent: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the demo tells. Whoever has no chapter is plainly normal: enough evidence, and nothing raised."""

    today: date
    seed: int
    people: tuple[Person, ...]
    history: tuple[Item, ...]
    attendances: tuple[Attendance, ...]
    live: tuple[LiveItem, ...]
    chapters: tuple[Chapter, ...]

    @property
    def expected(self) -> frozenset[Expected]:
        """All that is to be raised, and no more."""
        return frozenset(expected for chapter in self.chapters for expected in chapter.raised)


def years_later(day: date, years: int) -> date:
    """The same day of another year. Only for days up to the 28th of a month."""
    return day.replace(year=day.year + years)
