"""One item of evidence: its content, and the day from which it may count.

Right of reply (B4): an adverse item counts only after the Safeguarder has replied or the time to reply has lapsed.
Items of class safety are the exception, and they are marked as safety wherever they are shown.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, NewType

from services.calendar_days import WorkingCalendar, add_working_days
from services.refusals import Refusal, invalid, precondition

EvidenceId = NewType("EvidenceId", str)

_CASE_REFERENCE = re.compile(r"case-[a-z0-9]{4,32}")
_EARLIER_DAYS = {
    "APPOINTMENT": "the person's appointment",
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


class CorrectionReason(StrEnum):
    """The reason for correcting or withdrawing an item."""

    ENTERED_WRONGLY = "entered_wrongly"
    SOURCE_CORRECTED = "source_corrected"
    WRONG_PERSON = "wrong_person"
    DUPLICATE = "duplicate"
    NOT_ADMISSIBLE = "not_admissible"


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

    @property
    def adverse(self) -> bool:
        """True if any mapping of the item is a concern."""
        return Polarity.CONCERN in [mapping.polarity for mapping in self.content.mappings]

    @property
    def countable_on(self) -> date | None:
        """The first day on which the item may count, or None while it cannot.

        An adverse item may count from the reply or from the lapse of the time to reply, whichever comes first (B4).
        """
        content = self.content
        if self.state is not ItemState.CURRENT or not content.mappings:
            return None
        if content.evidence_class is EvidenceClass.HELP_SEEKING:
            return None
        if content.kind is Kind.COMPLAINT and content.complaint_outcome not in self._outcomes_that_count:
            return None
        if not self.adverse or content.evidence_class is EvidenceClass.SAFETY:
            return content.received_on
        if content.shared_on is None or self.reply_due_on is None:
            return None
        # A reply may bring the day forward and never puts it back, so what could once count stays so.
        lapsed_on = self.reply_due_on + timedelta(days=1)
        return min(content.replied_on or lapsed_on, lapsed_on)

    @property
    def _outcomes_that_count(self) -> tuple[ComplaintOutcome, ...]:
        """The complaint outcomes with which the item counts.

        A matter of safety goes to a named person at once and does not wait for its complaint to be decided (R39).
        """
        safety = self.content.evidence_class is EvidenceClass.SAFETY
        return (*FOUND, ComplaintOutcome.PENDING) if safety else FOUND

    @property
    def open_to_the_person(self) -> bool:
        """True if the Safeguarder may see the item: it is shared, or it is mapped and not adverse."""
        return self.content.shared_on is not None or (bool(self.content.mappings) and not self.adverse)


def reply_due_on(shared_on: date, working_days: int) -> date:
    """Return the last day to reply to an item, counted in working days of the Team's office after it was shared."""
    return add_working_days(WorkingCalendar.OFFICE, shared_on, working_days)


def check_content(content: Content, appointed_on: date, today: date) -> None:
    """Check the dates of an item, and that it has what its kind needs.

    Raises:
        Refusal: INVALID, naming the field.
    """
    for fault in _date_faults(content, appointed_on, today):
        raise fault
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


def _date_faults(content: Content, appointed_on: date, today: date) -> list[Refusal]:
    faults = []
    ordered = [
        ("happened_date", content.happened_on, "APPOINTMENT", appointed_on),
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


def _changed(item: EvidenceItem, now: datetime, content: Content | None = None) -> EvidenceItem:
    """Return the next version of an item, for the commands below to fill in."""
    if item.state is not ItemState.CURRENT:
        raise precondition(
            "ITEM_NOT_CURRENT", "The item was superseded or withdrawn, so it can no longer be changed.", "name"
        )
    # `history` marks loaded past records. A change to one happens now, so it is evaluated like any new item.
    return item._replace(content=content or item.content, version=item.version + 1, recorded_at=now, history=False)


def map_item(item: EvidenceItem, mappings: tuple[Mapping, ...], now: datetime) -> EvidenceItem:
    """Map an item to the standards (R30)."""
    return _changed(item, now, item.content._replace(mappings=mappings))


def share(item: EvidenceItem, today: date, reply_due_on: date, now: datetime) -> EvidenceItem:
    """Share an item with the Safeguarder concerned, who can reply until `reply_due_on`.

    Raises:
        Refusal: PRECONDITION if it was already shared.
    """
    if item.content.shared_on is not None:
        raise precondition("ALREADY_SHARED", "The item has already been shared.", "name")
    return _changed(item, now, item.content._replace(shared_on=today))._replace(reply_due_on=reply_due_on)


def add_reply(item: EvidenceItem, text: str, today: date, now: datetime) -> EvidenceItem:
    """Add the reply of the Safeguarder concerned. The reply stays with the item from now on.

    Raises:
        Refusal: PRECONDITION if the item is not shared or already has a reply.
    """
    if item.content.shared_on is None:
        raise precondition("NOT_SHARED", "The item has not been shared yet.", "name")
    if item.content.replied_on is not None:
        raise precondition("ALREADY_REPLIED", "The item already has a reply.", "name")
    return _changed(item, now, item.content._replace(replied_on=today, reply_text=text))


def decide_complaint(item: EvidenceItem, outcome: ComplaintOutcome, now: datetime) -> EvidenceItem:
    """Set the outcome of a complaint.

    Raises:
        Refusal: PRECONDITION if the item is not a complaint or already has an outcome.
    """
    if item.content.kind is not Kind.COMPLAINT:
        raise precondition("NOT_A_COMPLAINT", "Only a complaint has an outcome.", "name")
    if item.content.complaint_outcome is not ComplaintOutcome.PENDING:
        raise precondition("ALREADY_DECIDED", "The complaint already has an outcome. Correct the item instead.", "name")
    return _changed(item, now, item.content._replace(complaint_outcome=outcome))


def supersede(item: EvidenceItem, by: EvidenceId, reason: CorrectionReason, now: datetime) -> EvidenceItem:
    """Mark an item as replaced by a correction. It stays on file with the reason."""
    return _changed(item, now)._replace(state=ItemState.SUPERSEDED, superseded_by=by, taken_out_because=reason)


def withdraw(item: EvidenceItem, reason: CorrectionReason, now: datetime) -> EvidenceItem:
    """Withdraw an item, so that it no longer counts. It stays on file with the reason."""
    return _changed(item, now)._replace(state=ItemState.WITHDRAWN, taken_out_because=reason)
