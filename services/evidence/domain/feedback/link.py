"""A link for one giver and one appointment, from its making to what is sent by it.

The token, the session and the code are secrets of the giver. A token and a session are kept as hashes. The code is kept
as it is, so that somebody who sends again gets the same one.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.evidence.domain.evidence_item import EvidenceId
from services.refusals import Refusal, invalid, not_found, precondition

SESSION_LASTS = timedelta(hours=2)
"""Ours: long enough for somebody who is helped, or called away, and short on a shared computer."""
SECRET_BYTES = 20
"""160 random bits: nobody finds a link by trying."""
CODE_SIGNS = "BCDFGHJKMNPQRSTVWXZ23456789"
"""Signs of a code: without vowels, so that no code is a word, and without signs that look like others."""
CODE_LENGTH = 10
_SECRET = re.compile(r"[a-z2-7]{32}")
_CASE_REFERENCE = re.compile(r"(case-[a-z0-9]{4,32})?")
_SPACES = re.compile(r"[\s-]+")


class Giver(StrEnum):
    """Who a link is for, and so which questions it asks."""

    CHILD = "child"
    ADULT = "adult"
    AGENCY = "agency"


class Consent(StrEnum):
    """Whether the Safeguarder may be told who said something. A blank is no consent."""

    YES = "yes"
    KIND_ONLY = "kind_only"
    ASK_FIRST = "ask_first"


class LinkState(StrEnum):
    """Where a link stands."""

    OPEN = "open"
    SENT = "sent"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class FeedbackNumbers:
    """Our numbers, from services/evidence/data/record.yaml."""

    feedback_link_days: int
    feedback_contact_days: int


@dataclass(frozen=True, slots=True)
class FeedbackLink:
    """One link. It holds nothing about the giver but the kind of person."""

    link_id: str
    safeguarder_id: str
    giver: Giver
    happened_on: date
    case_reference: str
    token_hash: str
    made_by: str
    made_at: datetime
    ends_at: datetime
    revoked_at: datetime | None = None
    sent_at: datetime | None = None
    code: str = ""
    evidence_id: str = ""
    hints: tuple[str, ...] = ()
    """Indicators to which the answered questions may speak. A person reads the item, and may find otherwise."""

    def state(self, now: datetime) -> LinkState:
        """Return where the link stands."""
        if self.sent_at is not None:
            return LinkState.SENT
        if self.revoked_at is not None:
            return LinkState.REVOKED
        return LinkState.OPEN if now < self.ends_at else LinkState.EXPIRED


@dataclass(frozen=True, slots=True)
class Session:
    """The time in which something can be sent by a link."""

    session_hash: str
    link_id: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class GiverKept:
    """What a giver says of themselves. It stands apart from the item, for a while only."""

    link_id: str
    consent: Consent | None
    contact: str
    contact_until_on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """What the Team asks for when it makes a link."""

    safeguarder_id: str
    giver: Giver
    happened_on: date
    case_reference: str


def secret_of(drawn: bytes) -> str:
    """Return random bytes as letters and digits that can be part of an address."""
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    number = int.from_bytes(drawn, "big")
    return "".join(alphabet[number >> shift & 31] for shift in range(8 * len(drawn) - 5, -5, -5))


def hash_of(secret: str) -> str:
    """Return the form in which a secret is kept. It has 160 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code(draw: Callable[[int], int]) -> str:
    """Return a new code. `draw(n)` returns a random whole number from 0 to n - 1."""
    return "".join(CODE_SIGNS[draw(len(CODE_SIGNS))] for _ in range(CODE_LENGTH))


def spaced_code(code: str) -> str:
    """Return a code as people read it: in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def typed_code(typed: str) -> str:
    """Return the code in what somebody typed, whatever its groups and letters; empty if it is none."""
    code = _SPACES.sub("", typed[:60]).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_SIGNS) else ""


def new_link(asked: Asked, link_id: str, token: str, made_by: str, now: datetime, days: int) -> FeedbackLink:
    """Return a new link that can be used for some days.

    Raises:
        Refusal: CASE_REFERENCE_NOT_OPAQUE.
    """
    if not _CASE_REFERENCE.fullmatch(asked.case_reference):
        message = (
            "A case reference is `case-` followed by 4 to 32 characters a-z and 0-9. It must not identify a child."
        )
        raise invalid("CASE_REFERENCE_NOT_OPAQUE", message, "case_reference")
    what = (asked.safeguarder_id, asked.giver, asked.happened_on, asked.case_reference)
    return FeedbackLink(link_id, *what, hash_of(token), made_by, now, now + timedelta(days=days))


def revoked(link: FeedbackLink, now: datetime) -> FeedbackLink:
    """Return a link that nobody can use any more. One that was taken back before, or is too old, stays as it is.

    Raises:
        Refusal: FEEDBACK_SENT if something was sent by it: that is on file, and is withdrawn there.
    """
    if link.sent_at is not None:
        message = "Feedback was sent by this link, and is on file. If it should not count, withdraw the item."
        raise precondition("FEEDBACK_SENT", message, "name")
    return link if link.revoked_at is not None else replace(link, revoked_at=now)


def begun(link: FeedbackLink | None, session: str, now: datetime) -> Session:
    """Return a session in which something can be sent by a link.

    Raises:
        Refusal: FEEDBACK_LINK_NOT_USABLE, in the same words for every reason: else one could find out what was sent.
            SESSION_NOT_A_SECRET if the caller's secret has another form.
    """
    if not _SECRET.fullmatch(session):
        raise invalid("SESSION_NOT_A_SECRET", "A session is 32 random signs of a-z and 2-7.", "session")
    if link is None or link.state(now) is not LinkState.OPEN:
        raise not_usable("token")
    return Session(hash_of(session), link.link_id, now + SESSION_LASTS)


def require_session(session: Session | None, link: FeedbackLink | None, now: datetime) -> FeedbackLink:
    """Return the link of a session. The days of the link may end meanwhile, and the giver still sends.

    Raises:
        Refusal: FEEDBACK_SESSION_OVER; FEEDBACK_LINK_NOT_USABLE if the Team took the link back.
    """
    if session is None or link is None or now >= session.ends_at:
        message = "The time to send this is over. Open the address of the link again, and send it then."
        raise not_found("FEEDBACK_SESSION_OVER", message, "session")
    if link.revoked_at is not None:
        raise not_usable("session")
    return link


def not_usable(field: str) -> Refusal:
    """Return the one refusal of a link that is wrong, used, old or taken back."""
    message = "This link can't be used. It may be old, or it was used already. Ask the Safeguarders Panel Team."
    return not_found("FEEDBACK_LINK_NOT_USABLE", message, field)


def item_id(link: FeedbackLink) -> EvidenceId:
    """Return the id of the item of a link: always the same, so that there is one."""
    return EvidenceId(hashlib.sha256(f"feedback/{link.link_id}/{link.token_hash}".encode()).hexdigest()[:32])
