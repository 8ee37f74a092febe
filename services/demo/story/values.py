"""The values of a story. Their words are those of the contracts' closed lists."""

from dataclasses import dataclass
from datetime import date

from services.calendar_days import months_later

YEARS_IN_TERM = 3


@dataclass(frozen=True, slots=True)
class Person:
    """An invented Safeguarder. The first area is the main one. Each term starts when the one before has ended."""

    safeguarder_id: str
    display_name: str
    areas: tuple[str, ...]
    term_starts: tuple[date, ...]

    @property
    def appointed_on(self) -> date:
        """First day of the first term."""
        return self.term_starts[0]

    @property
    def panel_number(self) -> str:
        """The invented number by which other bodies know the person."""
        return f"DEMO-{self.safeguarder_id.removeprefix('sg-').upper()}"

    @property
    def term_ends_before(self) -> date:
        """Day after the last day of the current term."""
        return years_later(self.term_starts[-1], YEARS_IN_TERM)


@dataclass(frozen=True, slots=True)
class Review:
    """Ratings of a sampled report: each line `below`, `at` or `above` standard."""

    on_time: str = "at"
    form: str = "at"
    clear: str = "at"
    reasoned: str = "at"
    justifiable: str = "at"
    child_views_recorded: bool = True
    second_reader_agrees: bool = True


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The days on which a report was due and came."""

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
    found_wrong: bool = False
    """A review that is upheld while the suite runs takes it away. A concern that needs it is closed."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Attendance at a mandatory training event of the current year, the first or the second."""

    safeguarder_id: str
    number: int
    event_on: date
    attendance: str
    first_recorded_as: str = ""
    """What the Team recorded by mistake, and corrected later. Empty if the record was right from the start."""


@dataclass(frozen=True, slots=True)
class LiveItem:
    """An item told while the suite runs: a partner adds it, the Team maps and shares it, the Safeguarder replies."""

    partner: str
    item: Item
    reply: str


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """A concern or praise that the rules should raise, or, in `Chapter.silent`, should not."""

    safeguarder_id: str
    rule: str
    subject: str
    lane: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The story of one person: what the rules should raise, and what they should not."""

    safeguarder_id: str
    title: str
    raised: tuple[Expected, ...]
    silent: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the demo tells. People without a chapter have enough evidence, and nothing is raised about them."""

    today: date
    seed: int
    people: tuple[Person, ...]
    history: tuple[Item, ...]
    attendances: tuple[Attendance, ...]
    live: tuple[LiveItem, ...]
    chapters: tuple[Chapter, ...]

    def named(self, name: str) -> Person:
        """Return the person with a name of the demo's year."""
        return next(person for person in self.people if person.display_name == name)

    @property
    def expected(self) -> frozenset[Expected]:
        """Everything that should be raised; anything else is a fault."""
        return frozenset(expected for chapter in self.chapters for expected in chapter.raised)


def years_later(day: date, years: int) -> date:
    """Return the first day after a number of years that begin on a day. A negative number counts back."""
    return months_later(day, 12 * years)
