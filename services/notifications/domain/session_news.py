"""The papers and the record of a support session: who is told of them, and when (record 6)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.notifications.domain.news import Line, News
from services.notifications.domain.notification import Subject


@dataclass(frozen=True, slots=True)
class SessionPapers:
    """A version of the papers of a session, without what they hold."""

    safeguarder_id: str
    session_id: str
    version: int
    frozen: bool
    void: bool
    starts_at: datetime
    content_hash: str

    def are_news(self, known: News, now: datetime) -> bool:
        """Return whether the Safeguarder is told: before the session, when papers are frozen or hold something else."""
        return self.frozen and self.content_hash != known.told and self.starts_at > now


@dataclass(frozen=True, slots=True)
class LateItems:
    """A version of what was offered beside the papers of a session, without what it is."""

    safeguarder_id: str
    session_id: str
    version: int
    offered: int
    """How many items were ever offered."""
    waiting: int
    """How many of them the Safeguarder can admit."""
    session_on: date | None

    @property
    def news(self) -> str:
        """What there is to tell. Each offer is told once."""
        return f"offered {self.offered}" if self.waiting else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None once nothing waits. No answer is asked for: silence admits nothing."""
        return Line(Subject.LATE_ITEM_OFFERED, to_the_person=True, session_on=self.session_on) if self.waiting else None


class RecordStands(StrEnum):
    """Where a record stands."""

    SHARED = "shared"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"
    CLOSED_DISPUTED = "closed_disputed"
    NO_ANSWER = "no_answer"
    OTHERWISE = "otherwise"
    """Withdrawn, or a state that only a later release knows."""


_SUBJECTS = {
    RecordStands.SHARED: Subject.RECORD_TO_ANSWER,
    RecordStands.DISPUTED: Subject.RECORD_DISPUTED,
    RecordStands.CONFIRMED: Subject.RECORD_CONFIRMED,
    RecordStands.CLOSED_DISPUTED: Subject.RECORD_CLOSED,
    RecordStands.NO_ANSWER: Subject.RECORD_CLOSED,
}
_TO_THE_MANAGER = (Subject.RECORD_DISPUTED, Subject.RECORD_CONFIRMED)
"""What a Safeguarder did with a record. Everything else is told to the Safeguarder."""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A version of the record of a session, without words. `edition` counts the texts that were shared."""

    safeguarder_id: str
    session_id: str
    version: int
    edition: int
    stands: RecordStands
    held_on: date | None
    answer_due_on: date | None
    response_due_on: date | None

    @property
    def news(self) -> str:
        """What there is to tell. Versions that tell the same are told once."""
        return f"{self.edition} {self.stands}"

    def line(self, today: date) -> Line | None:
        """Return what is told, or None. Nobody is asked for an answer when the time for it has passed."""
        subject = _SUBJECTS.get(self.stands)
        if subject is None or (subject is Subject.RECORD_TO_ANSWER and (self.answer_due_on or today) < today):
            return None
        days = {RecordStands.SHARED: self.answer_due_on, RecordStands.DISPUTED: self.response_due_on}
        return Line(subject, subject not in _TO_THE_MANAGER, days.get(self.stands), self.held_on)
