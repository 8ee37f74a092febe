"""What rules know of a person: typed facts, words from closed lists, dates and ids. Never text written by a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from services.rules.domain.closed_lists import (
    Aspect,
    ComplaintOutcome,
    EvidenceClass,
    ItemStatus,
    Kind,
    Polarity,
    Setting,
    Source,
)

Detail = int | bool | str
_LINE = ("below", "at", "above")
REPORT_LINES = ("on_time", "form", "clear", "reasoned", "justifiable")
# Every detail a fact may carry: the words allowed, or `int` (whole number) or `bool`.
DETAILS: Mapping[str, tuple[str, ...] | type] = {
    **dict.fromkeys(REPORT_LINES, _LINE),
    "child_views_recorded": bool,
    "second_reader_agrees": bool,
    "days_late": int,
    "extension_agreed": bool,
    "event": ("support_session", "mandatory_training"),
    "attendance": ("attended", "part", "awaiting_evidence", "absent_excused", "absent_unexcused"),
}

# What `where` may test beside the details of an item, with the words allowed.
ITEM_WORDS: Mapping[str, tuple[str, ...]] = {
    "complaint_outcome": tuple(ComplaintOutcome),
    "evidence_class": tuple(EvidenceClass),
    "report_line": ("below", "at", "above"),
}


@dataclass(frozen=True, slots=True)
class StandardMapping:
    """What an item says of one indicator of one standard."""

    standard: str
    indicator: str
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """One version of one item of evidence.

    `happened_on`: when it happened; `received_on`: when the Team knew; `recorded_at`: when this version was recorded
    (aware UTC); `countable_from`: first day it may count, None while it cannot (right of reply still open or not
    started). The evidence service works `countable_from` out; rules only obey it.

    Raises ValueError if a detail is outside the closed list.
    """

    evidence_id: str
    kind: Kind
    source: Source
    aspect: Aspect
    setting: Setting
    evidence_class: EvidenceClass
    happened_on: date
    received_on: date
    recorded_at: datetime
    version: int = 1
    shared_on: date | None = None
    reply_due_on: date | None = None
    replied_on: date | None = None
    countable_from: date | None = None
    complaint_outcome: ComplaintOutcome | None = None
    status: ItemStatus = ItemStatus.CURRENT
    mappings: tuple[StandardMapping, ...] = ()
    details: Mapping[str, Detail] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.recorded_at.tzinfo is None:
            raise ValueError(f"evidence {self.evidence_id}: recorded_at has no time zone; give an aware UTC instant")
        for name, value in self.details.items():
            if not is_allowed_detail(name, value):
                raise ValueError(f"evidence {self.evidence_id}: detail {name!r} is not in the closed list (DETAILS)")


def is_allowed_detail(name: str, value: Detail) -> bool:
    """Whether `value` is one that the detail `name` may take."""
    allowed = DETAILS.get(name)
    if isinstance(allowed, tuple):
        return value in allowed
    return allowed is not None and type(value) is allowed


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A Safeguarder's membership of the Panel. `term_ends_on` is the last day of the current term."""

    safeguarder_id: str
    appointed_on: date
    term_starts_on: date
    term_ends_on: date
    serving: bool = True


class ConcernKey(NamedTuple):
    """Which concern: one rule, asked about one subject (a standard, an indicator, or empty for the person).

    A tuple, not a dataclass: it is looked up some hundred times in an evaluation, and hashes five times faster.
    """

    rule_id: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class OverrideFact:
    """An override of one matter, from a day to a day. `ended_at`: the instant at which a person ended it early."""

    override_id: str
    key: ConcernKey
    starts_on: date
    ends_on: date
    made_at: datetime
    ended_at: datetime | None = None

    def holds(self, as_of: date, as_known_at: datetime) -> bool:
        """Whether it holds on a day, as was known at an instant."""
        ended = self.ended_at is not None and self.ended_at <= as_known_at
        return self.starts_on <= as_of <= self.ends_on and self.made_at <= as_known_at and not ended


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that an evaluation looks at: the person, every version of every item, open concerns and overrides.

    `open_concerns`: the day since which each is open.
    """

    person: PersonFact
    evidence: tuple[EvidenceFact, ...] = ()
    open_concerns: Mapping[ConcernKey, date] = field(default_factory=dict)
    overrides: tuple[OverrideFact, ...] = ()

    def known_by(self, now: datetime) -> datetime:
        """By when all of this is known: now, or later where the clock of the service that recorded it is ahead."""
        return max([now, *(fact.recorded_at for fact in self.evidence), *(one.made_at for one in self.overrides)])


@dataclass(frozen=True, slots=True)
class HypotheticalItem:
    """Evidence that is only supposed, to show what more of it would do. It counts at once, on the day asked about."""

    kind: Kind
    source: Source
    standard: str
    indicator: str
    polarity: Polarity = Polarity.NEUTRAL
    count: int = 1


@dataclass(frozen=True, slots=True)
class LineInForce:
    """A line with its unit and where it rests (`given` by the Framework or law, or `ours`)."""

    parameter: str
    value: int
    unit: str
    from_on: date
    origin: str
    why: str
    cites: str
