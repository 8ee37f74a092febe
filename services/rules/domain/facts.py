"""What rules know of a person: typed facts, words from closed lists, dates and ids.

Text that a person wrote never gets here, so no rule can depend on it and no record can leak it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from services.rules.domain.closed_lists import (
    DERIVED,
    NONE_OFFERED,
    ActionBasis,
    ActionPurpose,
    ActionState,
    Aspect,
    ComplaintOutcome,
    EvidenceClass,
    ItemStatus,
    Kind,
    Polarity,
    Setting,
    Source,
    SupportsStanding,
    TeamDutyKind,
)

Detail = int | bool | str
NOT_SAID = "not_said"
"""The word of rule files for what an item leaves blank."""
_LINE = ("below", "at", "above")
REPORT_LINES = ("on_time", "form", "clear", "reasoned", "justifiable")
ATTENDED_IN_ORDER = ("support_session", "mandatory_training")
ATTENDED = frozenset(ATTENDED_IN_ORDER)
# Every detail that a fact may have, with the words allowed, or `int` (whole number) or `bool`.
DETAILS: Mapping[str, tuple[str, ...] | type] = {
    **dict.fromkeys(REPORT_LINES, _LINE),
    "child_views_recorded": bool,
    "second_reader_agrees": bool,
    "days_late": int,
    "extension_agreed": bool,
    "event": ATTENDED_IN_ORDER,
    "attendance": ("attended", "part", "awaiting_evidence", "absent_excused", "absent_unexcused"),
    "action_outcome": tuple(ActionState),
    "action_purpose": tuple(ActionPurpose),
    "action_basis": tuple(ActionBasis),
    "supports_standing": (*SupportsStanding, NONE_OFFERED),
}

MAY_BE_BLANK = (*REPORT_LINES, *(name for name, form in DETAILS.items() if form is bool))
"""The details that an item may leave blank."""

# What `where` can test beside the details of an item, with the words allowed.
ITEM_WORDS: Mapping[str, tuple[str, ...]] = {
    "complaint_outcome": tuple(ComplaintOutcome),
    "evidence_class": tuple(EvidenceClass),
    "report_line": _LINE,
    NOT_SAID: MAY_BE_BLANK,
}


@dataclass(frozen=True, slots=True)
class StandardMapping:
    """The link from an item to one indicator of a standard, with what the item says of it."""

    standard: str
    indicator: str
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """One version of one item of evidence.

    - `happened_on` is the day it happened, and `received_on` the day the Team knew of it.
    - `recorded_at` is when this version was recorded (aware, UTC).
    - `countable_from` is the first day on which it may count in any way, and `adverse_from` the first day on which it
      may count against the person. Each is None while it cannot: the item is not mapped, not shared, or in reply time.
      The evidence service works both out; rules only obey them. `adverse_from` is never the earlier of the two.
      Of a safety item, `countable_from` is the day for the lane of safety, and `adverse_from` the day for the others.
    - `sharing_reported` says that the day of sharing came with a loaded history and was not recorded here.
    - `blank` names the details that it should have and leaves blank. A blank is neither a yes nor a no (P18). A detail
      that is neither in `details` nor blank is one that items of that kind do not have.
    - `unanswerable` names those of the blank ones that nobody can answer any more, so that nobody is asked.
    - `judged_id` names the report or the action that it is about. Items with the same one count once. One of two parts,
      with a point between, names one of several reports of a case. Empty: it stands for itself.
    - `sender_id` is the opaque id of the body whose system sent it. Empty for what a person recorded.
    - `not_understood` names the fields that hold a word of a later release, as text. Such an item does not count.

    Raises ValueError if a detail is outside the closed list, or if `recorded_at` has no time zone.
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
    blank: tuple[str, ...] = ()
    judged_id: str = ""
    sender_id: str = ""
    not_understood: tuple[str, ...] = ()
    adverse_from: date | None = None
    sharing_reported: bool = False
    unanswerable: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.recorded_at.tzinfo is None:
            raise ValueError(f"evidence {self.evidence_id}: recorded_at has no time zone; give an aware UTC instant")
        for name, value in self.details.items():
            if not is_allowed_detail(name, value):
                raise ValueError(f"evidence {self.evidence_id}: detail {name!r} is not in the closed list (DETAILS)")
        for name in self.blank:
            if name not in MAY_BE_BLANK or name in self.details:
                raise ValueError(f"evidence {self.evidence_id}: detail {name!r} cannot be blank (MAY_BE_BLANK)")

    @property
    def is_derived(self) -> bool:
        """True if it rests on other evidence, so that it is no other item and no other source beside that."""
        return self.kind in DERIVED


def attendance_mapping(fact: EvidenceFact, shown: tuple[str, str]) -> StandardMapping:
    """Return the mapping of attendance to the indicator that it shows. Only absence without an excuse is adverse."""
    adverse = fact.details.get("attendance") == "absent_unexcused"
    return StandardMapping(*shown, Polarity.CONCERN if adverse else Polarity.NEUTRAL)


def is_allowed_detail(name: str, value: Detail) -> bool:
    """Return whether a detail of that name may have that value."""
    allowed = DETAILS.get(name)
    if isinstance(allowed, tuple):
        return value in allowed
    return allowed is not None and type(value) is allowed


def how_many(facts: Iterable[EvidenceFact]) -> int:
    """Return how many different things items are about. Two readings of one report are one report (P15, P16).

    A reading that does not say which report of a case it read is no other report than the one that a second reading
    names. Its id is the first part of the other's.
    """
    return how_many_different(fact.judged_id or fact.evidence_id for fact in facts)


def how_many_different(ids: Iterable[str]) -> int:
    """Return how many different things ids stand for, as `how_many` says."""
    about = set(ids)
    of_a_case = {name.partition(".")[0] for name in about if "." in name}
    return len(about - of_a_case) if of_a_case else len(about)


def how_many_source_types(facts: Iterable[EvidenceFact]) -> int:
    """Return how many types of source speak. One body is one voice, whatever sources it gives (P19)."""
    facts = list(facts)
    return min(len({fact.source for fact in facts}), len({voice(fact) for fact in facts}))


def gathered(facts: Iterable[EvidenceFact]) -> tuple[EvidenceFact, ...]:
    """Return the items that rest on no others. Guards of the Framework count only these."""
    return tuple(fact for fact in facts if not fact.is_derived)


def voice(fact: EvidenceFact) -> str:
    """Return whose voice an item is: the body's whose system sent it, or its source's if a person recorded it."""
    return fact.sender_id or fact.source


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A Safeguarder's membership of the Panel. `term_ends_on` is the last day of the current term."""

    safeguarder_id: str
    appointed_on: date
    term_starts_on: date
    term_ends_on: date
    serving: bool = True


@dataclass(frozen=True, slots=True)
class TeamDuty:
    """One version of something that the Team or a support manager owes in the record of a person (R43).

    `due_on`: the last day. `is_open`: still owed; otherwise it was done, or ended otherwise. `about`: the resource name
    of the record, the action, the support or the development plan. `recorded_at`: aware, UTC.
    """

    duty_id: str
    version: int
    kind: TeamDutyKind
    about: str
    due_on: date
    is_open: bool
    recorded_at: datetime


class ConcernKey(NamedTuple):
    """The matter of a concern: one rule and one subject (a standard, an indicator, or empty for the person).

    It is a tuple and not a dataclass because a tuple hashes five times faster. One evaluation looks up some hundred.
    """

    rule_id: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class OverrideFact:
    """An override of what a rule says about a person, from a day to a day. `ended_at` is set if it was ended early."""

    override_id: str
    key: ConcernKey
    starts_on: date
    ends_on: date
    made_at: datetime
    ended_at: datetime | None = None

    def holds(self, as_of: date, as_known_at: datetime) -> bool:
        """Return whether it applies on a day, from what was known at an instant."""
        ended = self.ended_at is not None and self.ended_at <= as_known_at
        return self.starts_on <= as_of <= self.ends_on and self.made_at <= as_known_at and not ended


@dataclass(frozen=True, slots=True)
class ReviewFact:
    """A review that a Safeguarder asked for, with the items that are looked at. `ended_at`: None while it is open."""

    review_id: str
    evidence_ids: tuple[str, ...]
    opened_at: datetime
    ended_at: datetime | None = None

    def is_open(self, as_known_at: datetime) -> bool:
        """Return whether it was open, from what was known at an instant."""
        return self.opened_at <= as_known_at and (self.ended_at is None or self.ended_at > as_known_at)


@dataclass(frozen=True, slots=True)
class SuspensionFact:
    """A suspension under a policy that holds practice. `ended_at`: None while it is in force."""

    overlay_id: str
    opened_at: datetime
    ended_at: datetime | None = None

    def is_open(self, as_known_at: datetime) -> bool:
        """Return whether it was in force, from what was known at an instant."""
        return self.opened_at <= as_known_at and (self.ended_at is None or self.ended_at > as_known_at)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything that an evaluation looks at.

    That is the person, every version of every item, since when each concern is open, the overrides, every version of
    every duty of the Team, the reviews that the Safeguarder asked for, and suspensions that hold practice.
    """

    person: PersonFact
    evidence: tuple[EvidenceFact, ...] = ()
    open_concerns: Mapping[ConcernKey, date] = field(default_factory=dict)
    overrides: tuple[OverrideFact, ...] = ()
    duties: tuple[TeamDuty, ...] = ()
    reviews: tuple[ReviewFact, ...] = ()
    suspensions: tuple[SuspensionFact, ...] = ()

    @property
    def under_review(self) -> frozenset[str]:
        """Return the ids of the items of all its reviews."""
        return frozenset(evidence_id for one in self.reviews for evidence_id in one.evidence_ids)

    @property
    def is_understood(self) -> bool:
        """Return whether this release knows every word of every item."""
        return not any(fact.not_understood for fact in self.evidence)

    def known_by(self, now: datetime) -> datetime:
        """Return an instant by which all of this is known: now, or the latest record.

        A record is later than now if the clock of the service that made it is ahead. An evaluation at `now` would then
        miss the very evidence that led to it.
        """
        told = (*(fact.recorded_at for fact in self.evidence), *(duty.recorded_at for duty in self.duties))
        asked = (*(one.made_at for one in self.overrides), *(one.opened_at for one in self.reviews))
        return max([now, *told, *asked, *(one.opened_at for one in self.suspensions)])


@dataclass(frozen=True, slots=True)
class HypotheticalItem:
    """Hypothetical evidence, to show what more evidence would do. It counts at once, on the day that is asked about."""

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
