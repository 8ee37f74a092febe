"""One item of evidence: its content, and the day from which it may count.

Right of reply (B4): an item counts against the Safeguarder only after they have replied or the time to reply has
lapsed. Which items a measure counts against somebody is for rules to say, so every item has that day, whatever its
polarity. Items of class safety are the exception, and they are marked as safety wherever they are shown.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, NewType

from services.evidence.domain.complaints.stages import Ending, Stages, TimeLimit, limits_of
from services.refusals import Refusal, invalid, precondition

EvidenceId = NewType("EvidenceId", str)

_CASE_REFERENCE = re.compile(r"case-[a-z0-9]{4,32}")
_EARLIER_DAYS = {
    "HAPPENED": "the day on which it happened",
    "RECEIVED": "the day on which it was received",
    "SHARED": "the day on which it was shared",
}


class Kind(StrEnum):
    """What kind of evidence an item is (Framework, "What are the sources of information on performance?")."""

    FEEDBACK = "feedback"
    COMPLAINT = "complaint"
    COMMENDATION = "commendation"
    REPORT_SAMPLE_REVIEW = "report_sample_review"
    TRAINING_ASSESSMENT = "training_assessment"
    SELF_ASSESSMENT = "self_assessment"
    OBSERVATION = "observation"
    SCRA_TIMELINESS = "scra_timeliness"
    ACTION_OUTCOME = "action_outcome"
    """Made by the service when an action of a plan ends. Nobody records it, and it is derived from other evidence."""


DERIVED = (Kind.ACTION_OUTCOME,)
"""Kinds that rest on other evidence. They are never another item or another type of source beside it."""


class Polarity(StrEnum):
    """Whether a mapping is praise, neutral or a concern."""

    PRAISE = "praise"
    NEUTRAL = "neutral"
    CONCERN = "concern"


class EvidenceClass(StrEnum):
    """How an evaluation may use an item."""

    STANDARD = "standard"
    DEVELOPMENTAL = "developmental"
    EXPLORATORY = "exploratory"
    SAFETY = "safety"
    HELP_SEEKING = "help_seeking"
    UNVERIFIED = "unverified"


class ComplaintOutcome(StrEnum):
    """How a complaint ended."""

    PENDING = "pending"
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


FOUND = (ComplaintOutcome.UPHELD, ComplaintOutcome.PARTLY_UPHELD)
"""Outcomes that let a complaint count. `not_upheld` is kept but never counts (X37). `resolved` has no finding."""


class ItemState(StrEnum):
    """Whether an item is current. Nothing is ever deleted."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    HELD = "held"
    """Its text looks as if it names a child, and nobody has looked yet. No other service knows of it (P23)."""


class Words(StrEnum):
    """The free texts of an item."""

    SUMMARY = "summary"
    REPLY = "reply"


class CorrectionReason(StrEnum):
    """The reason for correcting or withdrawing an item."""

    ENTERED_WRONGLY = "entered_wrongly"
    SOURCE_CORRECTED = "source_corrected"
    WRONG_PERSON = "wrong_person"
    DUPLICATE = "duplicate"
    NOT_ADMISSIBLE = "not_admissible"
    REVIEW_UPHELD = "review_upheld"
    """A review of it was upheld. Only the decision of that review gives this reason."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """A link from an item to one indicator of one standard, with a polarity."""

    standard: str
    indicator: str
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Timeliness:
    """When a report was due and when it was filed.

    A report is due 35 days after appointment unless a hearing agreed otherwise (SSI 2013/194 rr 56, 60). Whether one
    did is None while nobody has said.
    """

    due_on: date
    filed_on: date
    extension_agreed: bool | None


@dataclass(frozen=True, slots=True)
class ReportReview:
    """The review of a sampled report (R38). Each line is `below`, `at` or `above` standard, or empty if unread.

    The two answers are None while nobody has said: a blank is never a no (P18).
    """

    on_time: str
    form: str
    clear: str
    reasoned: str
    justifiable: str
    child_views_recorded: bool | None
    second_reader_agrees: bool | None


class SupportsStanding(StrEnum):
    """How the supports of an action stood on the day on which it ended, worked out from the register."""

    COMPLETE = "complete"
    DECLINED = "declined"
    STILL_RUNNING = "still_running"
    TEAM_COULD_NOT = "team_could_not"
    NONE_OFFERED = "none_offered"


@dataclass(frozen=True, slots=True)
class ActionOutcome:
    """How an action of a plan ended. `outcome`, `purpose` and `basis` are words of the action's own closed lists."""

    action_id: str
    outcome: str
    purpose: str
    basis: str
    supports: SupportsStanding


class Content(NamedTuple):
    """The content of an item. `source`, `aspect` and `setting` are words from closed lists in the proto.

    This and `EvidenceItem` are named tuples, because an import makes one for every row. A frozen dataclass takes twice
    as long to make.
    """

    kind: Kind
    source: str
    aspect: str
    setting: str
    evidence_class: EvidenceClass
    happened_on: date
    received_on: date
    mappings: tuple[Mapping, ...] = ()
    summary: str = ""
    case_reference: str = ""
    report_review: ReportReview | None = None
    timeliness: Timeliness | None = None
    complaint_outcome: ComplaintOutcome | None = None
    shared_on: date | None = None
    replied_on: date | None = None
    reply_text: str = ""
    action: ActionOutcome | None = None
    """Set for the outcome of an action, which the service alone makes."""
    report_due_on: date | None = None
    """When the report that was reviewed was due. It tells the reports of a case apart. None while nobody has said."""


class EvidenceItem(NamedTuple):
    """One version of one item on a person's file."""

    evidence_id: EvidenceId
    safeguarder_id: str
    content: Content
    reply_due_on: date | None
    created_at: datetime
    """When version 1 was recorded. It is the day that a sender's receipt gives, whatever happens to the item later."""
    recorded_at: datetime
    """When this version was recorded."""
    sender: str
    receipt_id: str
    history: bool
    state: ItemState = ItemState.CURRENT
    superseded_by: str = ""
    taken_out_because: CorrectionReason | None = None
    version: int = 1
    sharing_reported: bool = False
    """Whether the day of sharing came with a loaded history, so that it was not recorded here."""
    decided_by: str = ""
    """Who set the outcome of a complaint; empty if nobody did, or if the release before recorded it."""
    sent_for: str = ""
    """The body whose system sent it; empty for people, and while nobody knows the body of an old item's sender."""
    to_look_at: frozenset[Words] = frozenset()
    """Texts of an item on file that look as if they name a child, until a person of the Team has looked (P23).

    The item counts as it did. A reply among them is not shown meanwhile. Of an item that is held all texts are held, so
    it needs no mark here.
    """
    reply_moved: bool = False
    """Whether days away or of a review were left out of the time to reply, so that it ends later than it would have."""
    under_review: bool = False
    """The Safeguarder asked that somebody else looks at it. Only replies, and what its source withdraws, change it."""
    reply_waits: bool = False
    """Whether the person replied while a review stopped their time. The reply lets nothing count before it ends."""
    stands_alone: bool = False
    """Whether it is the one reading of a sampled report, with a line below standard and no second reader to come."""
    reply_counts_on: date | None = None
    """The day on which such a review ended. None for any other reply, which counts from its own day."""
    stages: Stages | None = None
    """How far a complaint has come. None for any other item, and for a complaint of an earlier release until a step."""

    @property
    def reply_stands_still(self) -> bool:
        """True while nobody knows the last day to reply: the person is away, or a review of it is open (R90, B5)."""
        content, asks = self.content, self.state is ItemState.CURRENT
        awaited = content.replied_on is None or self.reply_waits
        return asks and content.shared_on is not None and awaited and self.reply_due_on is None

    @property
    def complaint_limits(self) -> tuple[TimeLimit, ...]:
        """The time limits of a complaint that have begun. None of them waits once the item is out of account."""
        if self.stages is None:
            return ()
        outcome, ending = self.content.complaint_outcome, Ending.DECIDED
        if self.state in (ItemState.SUPERSEDED, ItemState.WITHDRAWN) or outcome is ComplaintOutcome.WITHDRAWN:
            ending = Ending.GONE
        elif outcome is ComplaintOutcome.PENDING:
            ending = Ending.OPEN
        return limits_of(self.stages, self.content.received_on, ending)

    @property
    def texts(self) -> dict[Words, str]:
        """Its free texts."""
        return {Words.SUMMARY: self.content.summary, Words.REPLY: self.content.reply_text}

    @property
    def speaks_of_concern(self) -> bool:
        """True if any mapping of the item is a concern."""
        return Polarity.CONCERN in [mapping.polarity for mapping in self.content.mappings]

    @property
    def countable_on(self) -> date | None:
        """The first day on which the item may count in any way, or None while it cannot."""
        if self.speaks_of_concern:
            return self.adverse_on
        return self.content.received_on if self._is_evidence else None

    @property
    def adverse_on(self) -> date | None:
        """The first day on which the item may count against the person, or None while it cannot.

        It may from the reply or from the lapse of the time to reply, whichever comes first (B4).
        """
        content = self.content
        if not self._is_evidence:
            return None
        if content.evidence_class is EvidenceClass.SAFETY:
            return content.received_on
        if content.shared_on is None:
            return None
        # A reply may bring the day forward and never puts it back, so what could once count stays so.
        lapsed_on = self.reply_due_on + timedelta(days=1) if self.reply_due_on else None
        replied_on = None if self.reply_waits else self.reply_counts_on or content.replied_on
        return min((day for day in (replied_on, lapsed_on) if day), default=None)

    @property
    def _is_evidence(self) -> bool:
        content = self.content
        if self.state is not ItemState.CURRENT or not content.mappings:
            return False
        if content.evidence_class is EvidenceClass.HELP_SEEKING:
            return False
        return content.kind is not Kind.COMPLAINT or content.complaint_outcome in self._outcomes_that_count

    @property
    def _outcomes_that_count(self) -> tuple[ComplaintOutcome, ...]:
        """The complaint outcomes with which the item counts.

        A matter of safety goes to a named person at once and does not wait for its complaint to be decided (R39).
        """
        safety = self.content.evidence_class is EvidenceClass.SAFETY
        return (*FOUND, ComplaintOutcome.PENDING) if safety else FOUND

    @property
    def open_to_the_person(self) -> bool:
        """True if the Safeguarder may see the item: it is shared, or it is mapped and speaks of no concern."""
        return self.content.shared_on is not None or (bool(self.content.mappings) and not self.speaks_of_concern)

    @property
    def shown_to_the_person(self) -> "EvidenceItem | None":
        """The item as the Safeguarder concerned may see it, or None.

        They see what they filed themselves at once, without what the Team reads in it before it is shared (P31). Who
        recorded an item or a step, and for which body, is for the Team alone (P19). How far a complaint has come they
        see once it is shared.
        """
        if self.state is ItemState.HELD:
            return None
        own = self.content.source == "self"
        if self.open_to_the_person:
            stages = self.stages.without_people if self.stages and self.content.shared_on else None
            return self if own else self._replace(sender="", sent_for="", stages=stages)
        return self._replace(content=self.content._replace(mappings=())) if own else None


def check_content(content: Content, today: date) -> None:
    """Check the dates of an item, and that it has what its kind needs.

    Raises:
        Refusal: INVALID, naming the field; MADE_BY_AN_ACTION for a kind that the service alone makes.
    """
    for fault in _date_faults(content, today):
        raise fault
    if content.kind in DERIVED:
        message = "The outcome of an action becomes evidence when the action ends. Nobody records it."
        raise precondition("MADE_BY_AN_ACTION", message, "evidence_item.kind")
    if content.kind is Kind.SCRA_TIMELINESS and content.timeliness is None:
        message = "A timeliness record needs the dates on which the report was due and filed."
        raise invalid("TIMELINESS_MISSING", message, "evidence_item.timeliness")
    if content.timeliness is not None and content.timeliness.filed_on > today:
        path = "evidence_item.timeliness.filed_date"
        raise invalid("DATE_IN_FUTURE", f"{path} is in the future.", path, date=content.timeliness.filed_on.isoformat())
    if content.reply_text and content.replied_on is None:
        path = "evidence_item.reply.reply_date"
        raise invalid("FIELD_MISSING", f"A reply needs its date. Set {path}.", path)
    if content.kind is Kind.REPORT_SAMPLE_REVIEW and content.report_review is None:
        message = "A report sample review needs its ratings. Set evidence_item.report_review."
        raise invalid("REPORT_REVIEW_MISSING", message, "evidence_item.report_review")
    if content.case_reference and not _CASE_REFERENCE.fullmatch(content.case_reference):
        raise invalid(
            "CASE_REFERENCE_NOT_OPAQUE",
            "A case reference is `case-` followed by 4 to 32 characters a-z and 0-9. It must not identify a child.",
            "evidence_item.case_reference",
        )


def _date_faults(content: Content, today: date) -> list[Refusal]:
    faults = []
    ordered = [
        ("happened_date", content.happened_on, "HAPPENED", content.happened_on),
        ("received_date", content.received_on, "HAPPENED", content.happened_on),
        ("shared_date", content.shared_on, "RECEIVED", content.received_on),
        ("reply.reply_date", content.replied_on, "SHARED", content.shared_on),
    ]
    for field, day, earlier_name, earlier in ordered:
        path = f"evidence_item.{field}"
        if day is None:
            continue
        if day > today:
            faults.append(invalid("DATE_IN_FUTURE", f"{path} is in the future.", path, date=day.isoformat()))
        elif earlier is None:
            faults.append(invalid("NOT_SHARED", "A reply needs the date on which the item was shared.", path))
        elif day < earlier:
            message = f"{path} is before {_EARLIER_DAYS[earlier_name]}."
            faults.append(
                invalid(
                    f"DATE_BEFORE_{earlier_name}", message, path, date=day.isoformat(), earliest=earlier.isoformat()
                )
            )
    return faults
