"""Drafts: what somebody began to write and has not sent. It is their own, and for a while only."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.calendar_days import london_today
from services.refusals import Refusal, conflict, invalid, not_found, precondition

KEPT_FOR = timedelta(days=14)
"""Ours: how long a draft is kept after its last change. It names a person and was never checked, so not for long."""
MOST_BYTES = 32_768
MOST_OF_ONE = 50
"""Drafts of one author at a time. One who has more has forgotten most of them."""


class DraftKind(StrEnum):
    """What a draft will become."""

    EVIDENCE_ITEM = "evidence_item"
    REPLY = "reply"
    REVIEW_REQUEST = "review_request"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. `answers` are bytes of the program that keeps it here. Empty subject: it is not said about whom."""

    draft_id: str
    author: str
    kind: DraftKind
    subject: str
    step: str
    answers: bytes
    created_at: datetime
    changed_at: datetime
    version: int = 1

    @property
    def last_on(self) -> date:
        """The last day on which it is kept, unless it is changed."""
        return london_today(self.changed_at + KEPT_FOR)


@dataclass(frozen=True, slots=True)
class Written:
    """What an author has written so far, and at which question they stopped."""

    step: str
    answers: bytes


def kept_since(now: datetime) -> datetime:
    """Return the instant since which a draft must have been changed to be kept still."""
    return now - KEPT_FOR


def check_written(written: Written) -> Written:
    """Refuse answers that are too long for a draft."""
    if len(written.answers) > MOST_BYTES:
        message = f"A draft holds at most {MOST_BYTES} bytes of answers. Send it, or shorten it."
        raise invalid("DRAFT_TOO_LONG", message, "answers", most=str(MOST_BYTES))
    return written


def check_room(already: int) -> None:
    """Refuse another draft of somebody who has as many as one author may have."""
    if already >= MOST_OF_ONE:
        message = f"You have {MOST_OF_ONE} drafts. Send or delete one first."
        raise precondition("TOO_MANY_DRAFTS", message, most=str(MOST_OF_ONE))


def changed(draft: Draft, written: Written, etag: str, now: datetime) -> Draft:
    """Return a draft with other answers. Refuse CONFLICT if it has changed since its author read it."""
    if etag != str(draft.version):
        message = "This draft was changed in another window. Read it again: what you typed is still with you."
        raise conflict("ETAG_MISMATCH", message, "etag", read=etag[:20], current=str(draft.version))
    return replace(draft, step=written.step, answers=written.answers, changed_at=now, version=draft.version + 1)


def draft_not_found() -> Refusal:
    """Return the refusal for a draft that is not there, is somebody else's, or is about somebody not to be seen."""
    message = "You have no such draft. Drafts are deleted 14 days after their last change."
    return not_found("DRAFT_NOT_FOUND", message, "name")
