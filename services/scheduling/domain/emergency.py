"""Emergency access: somebody may read the file of one Safeguarder for some hours, and a review says if that was right.

It gives no right to write. It is never made longer: somebody who needs more time opens the file again, and says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.calendar_days import LONDON, london_today
from services.refusals import Refusal, not_found, precondition
from services.scheduling.domain.duties.cover import AccessToReview
from services.scheduling.domain.events import EmergencyAccessChanged
from services.scheduling.domain.identifiers import AccessId, AccessOutcome, SafeguarderId
from services.scheduling.domain.versions import next_version
from services.who import Who

LONGEST = timedelta(hours=24)
"""No emergency lasts longer. One that does was opened while the clock stood wrong, and counts as over."""


class EmergencyKind(StrEnum):
    """Why a file is opened."""

    CHILD_AT_RISK = "child_at_risk"
    ADULT_AT_RISK = "adult_at_risk"


class AccessState(StrEnum):
    """How an emergency access stands at an instant."""

    OPEN = "open"
    OVER = "over"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class EmergencyAccess:
    """A person may read the file of one Safeguarder until an instant."""

    safeguarder_id: SafeguarderId
    access_id: AccessId
    version: int
    opened_by: str
    kind: EmergencyKind
    reason: str
    """In the words of the person who opened the file."""
    opened_at: datetime
    ends_at: datetime
    """When it ends by itself."""
    review_due_on: date
    closed_by: str = ""
    closed_at: datetime | None = None
    outcome: AccessOutcome | None = None
    """None before the review."""
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    review_reasons: str = ""

    def state_at(self, now: datetime) -> AccessState:
        """Return how it stands at an instant."""
        if self.closed_at is not None:
            return AccessState.CLOSED
        return AccessState.OPEN if now < self.ends_at <= now + LONGEST else AccessState.OVER

    @property
    def to_review(self) -> AccessToReview:
        """What the duty to review it rests on."""
        return AccessToReview(self.access_id, london_today(self.opened_at), self.review_due_on)


@dataclass(frozen=True, slots=True)
class WantedAccess:
    """An emergency access that somebody asks for."""

    safeguarder_id: SafeguarderId
    kind: EmergencyKind
    reason: str


@dataclass(frozen=True, slots=True)
class AccessReview:
    """What a reviewer says of an emergency access."""

    outcome: AccessOutcome
    reasons: str


def open_access(new: EmergencyAccess, known: Iterable[EmergencyAccess], *, may_read: bool) -> EmergencyAccess:
    """Return a new emergency access.

    `known`: every one to the same file. `may_read`: whether the person may read the file anyway.

    Raises:
        Refusal: PRECONDITION, with the reason.
    """
    if may_read:
        message = "You may read this file already. There is nothing to open."
        raise precondition("FILE_OPEN_TO_YOU", message, "parent")
    for access in known:
        if access.opened_by == new.opened_by and access.state_at(new.opened_at) is AccessState.OPEN:
            until = f"{access.ends_at.astimezone(LONDON):%H:%M}"
            message = f"You have opened this file until {until}. It is not made longer: open it again after that."
            raise precondition("ACCESS_OPEN_ALREADY", message, "parent", until=access.ends_at.isoformat())
    return new


def close_access(known: EmergencyAccess, by: str, now: datetime, *, any_access: bool) -> EmergencyAccess:
    """Return an emergency access that is closed at once. `any_access`: whether the caller closes those of others too.

    Raises:
        Refusal: NOT_FOUND for somebody else's; PRECONDITION if it is over.
    """
    if not any_access and known.opened_by != by:
        raise access_not_found()
    if known.state_at(now) is not AccessState.OPEN:
        raise precondition("ACCESS_OVER", "This emergency access is over. There is nothing to close.", "name")
    return replace(known, closed_by=by, closed_at=now, version=next_version(known.version, now))


def review_access(known: EmergencyAccess, said: AccessReview, by: Who, now: datetime) -> EmergencyAccess:
    """Return an emergency access with its review. Nobody reviews their own, by whichever account, and
    none is reviewed while it goes on.

    Raises:
        Refusal: PRECONDITION, with the reason.
    """
    if by.is_any_of((known.opened_by,)):
        message = "You opened this file yourself. Somebody else who answers for the data reviews it."
        raise precondition("OWN_ACCESS", message, "name")
    if known.outcome is not None:
        raise precondition("ACCESS_REVIEWED", "This emergency access was reviewed before.", "name")
    if known.state_at(now) is AccessState.OPEN:
        message = "The file is still open, and more may be read. Close the emergency access first, or wait for its end."
        raise precondition("ACCESS_STILL_OPEN", message, "name")
    reviewed = replace(known, outcome=said.outcome, review_reasons=said.reasons, reviewed_by=by.person, reviewed_at=now)
    return replace(reviewed, version=next_version(known.version, now))


def access_told(known: EmergencyAccess, now: datetime) -> EmergencyAccessChanged:
    """Return the event that says how an emergency access stands."""
    what = (known.safeguarder_id, known.access_id, known.version, known.opened_by)
    return EmergencyAccessChanged(*what, known.ends_at, known.closed_at is not None, known.outcome, now)


def access_not_found() -> Refusal:
    """Return the refusal for an emergency access that is not there, or not the caller's to close."""
    return not_found("ACCESS_NOT_FOUND", "There is no such emergency access to this file.", "name")
