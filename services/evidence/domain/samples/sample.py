"""A round of sampling, and the sampled report of one Safeguarder in it (R53, D9, record 2.8)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.calendar_days import london_today
from services.evidence.domain.report_sample import NoReportReason

LINES = ("on_time", "form", "clear", "reasoned", "justifiable")
"""The lines of a reading, by their names in the contract."""
BELOW = "below"


class State(StrEnum):
    """Where a sampled report stands."""

    DUE = "due"
    """Drawn for, but SCRA's records had no report to draw from."""
    SELECTED = "selected"
    OBTAINED = "obtained"
    NOT_AVAILABLE = "not_available"
    ASSIGNED = "assigned"
    READ = "read"
    """One reading is in. It is the only one, or a second reader still reads."""
    SECOND_READ = "second_read"
    """Both readings are in, and they differ."""
    RECONCILED = "reconciled"
    """One reading stands for both."""


@dataclass(frozen=True, slots=True)
class SampleNumbers:
    """Our numbers, from services/evidence/data/record.yaml."""

    second_reading_percent: int
    agreement_least_pairs: int
    obtain_report_working_days: int
    """Office working days to obtain a report that was drawn."""
    read_report_working_days: int
    """Office working days to read it, from the day on which its reader has it."""
    second_reading_working_days: int
    """Office working days for the second reading, once the first one is in."""
    reconcile_readings_working_days: int
    """Office working days to agree on one reading for two that differ."""
    share_reading_working_days: int
    """Office working days to map and share the item that a reading makes."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round of sampling: half a contract year. Its seed was made before any report was looked at."""

    round_id: str
    """For example `2026-H2`: October 2026 to March 2027."""
    seed: str
    since: date
    """First day of filing of the reports that can be drawn."""
    until: date
    """Last day of filing. It is before the seed, so nobody who knows the seed can still file a report."""
    made_by: str
    made_at: datetime

    @property
    def name(self) -> str:
        """Return its resource name."""
        return f"sampleRounds/{self.round_id}"


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a Safeguarder, as SCRA records it."""

    case_reference: str
    due_on: date
    filed_on: date


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reading says. Each line is `below`, `at` or `above` standard, or empty: not read is never below."""

    on_time: str = ""
    form: str = ""
    clear: str = ""
    reasoned: str = ""
    justifiable: str = ""
    child_views: bool | None = None
    """Whether the child's views are recorded; None while nobody has said."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines, in the order of `LINES`."""
        return (self.on_time, self.form, self.clear, self.reasoned, self.justifiable)

    @property
    def has_a_line_below(self) -> bool:
        """True if any line is below standard."""
        return BELOW in self.lines


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of a report by one reader."""

    reader: str
    rating: Rating
    words: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Agreed:
    """One reading for two that differ: proposed by one reader, and agreed by the other or by a senior manager."""

    rating: Rating
    words: str
    proposed_by: str
    agreed_by: str = ""
    by_senior: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """One version of the sampled report of one Safeguarder in one round."""

    sample_id: str
    safeguarder_id: str
    round_id: str
    second_wanted: bool
    """Whether it gets a second, blind reading."""
    second_by_seed: bool
    """Whether the seed chose it for that. Agreement is measured on these alone."""
    created_at: datetime
    recorded_at: datetime
    version: int = 1
    state: State = State.DUE
    drawn_from: tuple[Report, ...] = ()
    """The reports of the draw, in the order in which they are taken."""
    passed: int = 0
    """Number of reports that could not be had."""
    reason: NoReportReason | None = None
    reader: str = ""
    second_reader: str = ""
    readings: tuple[Reading, ...] = ()
    agreed: Agreed | None = None
    evidence_id: str = ""
    """The item of evidence that the reading makes; empty while there is none."""
    obtained_on: date | None = None
    reader_since: date | None = None
    """The day on which the reader got it."""
    second_since: date | None = None
    """The day on which the second reader got it."""
    wait_ended_by: str = ""
    """Who ended the wait for one of two readings, because its day had passed. Empty while nobody has."""

    @property
    def name(self) -> str:
        """Return its resource name."""
        return f"safeguarders/{self.safeguarder_id}/reportSamples/{self.sample_id}"

    @property
    def etag(self) -> str:
        """Return what changes with every change."""
        return str(self.version)

    @property
    def report(self) -> Report | None:
        """The report that is sampled. Of several that could not be had, the last. None if there was none to draw."""
        if not self.drawn_from:
            return None
        return self.drawn_from[min(self.passed, len(self.drawn_from) - 1)]

    @property
    def readers(self) -> tuple[str, ...]:
        """Who reads it."""
        return tuple(person for person in (self.reader, self.second_reader) if person)

    @property
    def is_complete(self) -> bool:
        """True once every reading that is wanted is in. Until then readers see their own alone."""
        return len(self.readings) == (2 if self.second_wanted else 1)

    @property
    def read_on(self) -> date | None:
        """The day on which the report was first read, or None."""
        return min((london_today(reading.read_at) for reading in self.readings), default=None)

    @property
    def outcome(self) -> tuple[Rating, str] | None:
        """What stands after reading and reconciling, with its words. None while nothing stands."""
        if self.state is not State.RECONCILED and not (self.state is State.READ and not self.second_wanted):
            return None
        if self.agreed is not None:
            return self.agreed.rating, self.agreed.words
        return self.readings[0].rating, together(*(reading.words for reading in self.readings))

    def reading_of(self, person: str) -> Reading | None:
        """Return a reader's reading, or None while it is not in."""
        return next((reading for reading in self.readings if reading.reader == person), None)


def together(*words: str) -> str:
    """Return the words of several people as one text, so that nobody's are lost. The same words stand once."""
    return "\n\n".join(dict.fromkeys(each for each in words if each))
