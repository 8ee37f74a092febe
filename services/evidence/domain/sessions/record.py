"""The record of a support session: both sides' words, version by version (R66-R78, B5).

What is disputed stands beside what the record says. Every text that was shared is kept.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from services.calendar_days import london_today
from services.evidence.domain.standing import GivenTime, Standing, Timed

CHILD_INTEREST = "child_interest"
"""The section of a record about the child's interest."""
CALENDAR = "calendar"
"""The author of what the calendar does by itself."""


class RecordState(StrEnum):
    """Where a record stands."""

    DRAFTED = "drafted"
    SHARED = "shared"
    DISPUTED = "disputed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Ending(StrEnum):
    """How the Safeguarder's answer stands when a record closes."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    NO_ANSWER = "no_answer"


class ViewWord(StrEnum):
    """How a support manager sees practice against a standard. There is no score (R93)."""

    MET = "met"
    DEVELOPING = "developing"
    CONCERN = "concern"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    NO_NEW_EVIDENCE = "no_new_evidence"


NEED_A_BASIS = (ViewWord.DEVELOPING, ViewWord.CONCERN)
"""Views that rest on something in the papers: no surprises."""


class OutcomeWord(StrEnum):
    """What became of something on the agenda."""

    ACKNOWLEDGED = "acknowledged"
    SETTLED = "settled"
    ACTION = "action"
    NO_ACTION = "no_action"
    CARRIED_FORWARD = "carried_forward"


@dataclass(frozen=True, slots=True)
class View:
    """How the support manager sees practice against one standard, and on what that rests."""

    standard: str
    word: ViewWord
    basis: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an entry of the papers, or of an own item."""

    item: str
    word: OutcomeWord
    words: str = ""
    action: str = ""
    """Name of the action that answers it. Records of releases before name none: their words say which."""


@dataclass(frozen=True, slots=True)
class Content:
    """What was said at a session, as the support manager writes it down."""

    views: tuple[View, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    child_interest: str = ""
    actions: tuple[str, ...] = ()
    """Names of other actions that were made or spoken of."""
    supports: tuple[str, ...] = ()
    """Names of supports that were offered or spoken of."""

    @property
    def sections(self) -> frozenset[str]:
        """The sections that the Safeguarder can dispute."""
        listed = {*self.actions, *self.supports}
        return frozenset(
            {view.standard for view in self.views} | {said.item for said in self.outcomes} | listed | {CHILD_INTEREST}
        )

    @property
    def named_actions(self) -> frozenset[str]:
        """Every action that it names."""
        return frozenset(self.actions) | {said.action for said in self.outcomes if said.action}


@dataclass(frozen=True, slots=True)
class Dispute:
    """A section that the Safeguarder disputes, in their words, with the support manager's words on it."""

    section: str
    words: str
    response: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The Safeguarder's answer to a text. Without disputes they confirm it."""

    answered_at: datetime
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who asked for a record to be withdrawn, and why. A second person confirms it."""

    asked_by: str
    reason: str


class Author(NamedTuple):
    """The person who wrote a text, and the support manager for whom they wrote it, if they acted by a delegation."""

    person: str
    for_whom: str = ""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One version of the record of one session."""

    session_id: str
    safeguarder_id: str
    held_on: date
    mode: str
    content: Content
    author: str
    recorded_at: datetime
    version: int = 1
    """Rises with every change."""
    edition: int = 1
    """Rises with every text that is shared after the first."""
    state: RecordState = RecordState.DRAFTED
    ending: Ending | None = None
    pack_hash: str = ""
    pack_names: tuple[str, ...] = ()
    """The names in the papers that it rests on, so that the next papers hold only what is new."""
    answer: Answer | None = None
    correction_reason: str = ""
    shared_at: datetime | None = None
    answer_due_on: date | None = None
    response_due_on: date | None = None
    closed_at: datetime | None = None
    withdrawal: Withdrawal | None = None
    for_whom: str = ""
    """The support manager for whom the author wrote it; empty if the author acted for nobody else."""

    @property
    def etag(self) -> str:
        """Return what changes with every change."""
        return str(self.version)

    @property
    def disputed_sections(self) -> tuple[str, ...]:
        """The sections that the Safeguarder disputes in this text."""
        return tuple(dispute.section for dispute in self.answer.disputes) if self.answer else ()

    @property
    def unanswered(self) -> frozenset[str]:
        """What the Safeguarder disputes, and nobody has answered yet. No guard takes it as spoken of (record 2.2).

        Who disputes an outcome disputes the action that it names.
        """
        if self.answer is None:
            return frozenset()
        sections = {dispute.section for dispute in self.answer.disputes if not dispute.response}
        actions = {said.action for said in self.content.outcomes if said.item in sections and said.action}
        return frozenset(sections | actions)

    @property
    def was_shared(self) -> bool:
        """True if the Safeguarder may see it."""
        return self.shared_at is not None

    @property
    def stands(self) -> bool:
        """True if it was shared, and nobody withdrew it."""
        return self.was_shared and self.state is not RecordState.WITHDRAWN

    @property
    def time_to_answer(self) -> GivenTime | None:
        """The Safeguarder's time to answer this text, while an answer is awaited."""
        if self.shared_at is None or self.answer_due_on is None:
            return None
        first_on = london_today(self.shared_at) + timedelta(days=1)
        return GivenTime(self.safeguarder_id, self.session_id, Timed.ANSWER_RECORD, first_on, self.answer_due_on)


class TimedRecord(NamedTuple):
    """A record, and how the time to answer it stands while an answer is awaited."""

    record: SessionRecord
    answering: Standing | None
