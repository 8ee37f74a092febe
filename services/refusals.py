"""The ways in which a request can be refused.

This module is plain Python. Domain code raises a `Refusal`, and platform maps it to a gRPC status.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum


class Kind(StrEnum):
    """The kind of a refusal. Each kind is one gRPC status code."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    PRECONDITION = "precondition"
    NOT_ALLOWED = "not_allowed"
    UNAUTHENTICATED = "unauthenticated"
    UNAVAILABLE = "unavailable"
    EXHAUSTED = "exhausted"
    LATE = "late"


class Refusal(Exception):
    """A request that cannot be carried out. It tells the caller what is wrong, where, and what to do.

    - `reason` is machine-readable (UPPER_SNAKE) and never changes, because clients branch on it.
    - `message` is plain English. It never repeats the caller's text, which could hold personal data.
    - `field` is the path of the field at fault, or empty.
    - `metadata` holds only ids, dates and allowed values.
    """

    def __init__(
        self, kind: Kind, reason: str, message: str, *, field: str = "", metadata: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.message = message
        self.field = field
        self.metadata = dict(metadata or {})
        self.leaves_a_trace = False
        """Whether what the command wrote before it is kept: notes of what the caller was told, and nothing else."""


def invalid(reason: str, message: str, field: str = "", **metadata: str) -> Refusal:
    """Return a refusal of a request that is wrong in itself and will fail again if sent unchanged."""
    return Refusal(Kind.INVALID, reason, message, field=field, metadata=metadata)


def not_found(reason: str, message: str, field: str = "", **metadata: str) -> Refusal:
    """Return a refusal because what the request names does not exist."""
    return Refusal(Kind.NOT_FOUND, reason, message, field=field, metadata=metadata)


def nobody_known() -> Refusal:
    """Return the refusal of a list about somebody of whom no event has come to this service."""
    message = (
        "This service knows no Safeguarder with this id. "
        "If the appointment has just been recorded, ask again in a minute."
    )
    return not_found("SAFEGUARDER_NOT_FOUND", message, "parent")


def conflict(reason: str, message: str, field: str = "", **metadata: str) -> Refusal:
    """Return a refusal because the record has changed or already exists."""
    return Refusal(Kind.CONFLICT, reason, message, field=field, metadata=metadata)


def precondition(reason: str, message: str, field: str = "", **metadata: str) -> Refusal:
    """Return a refusal because the record is not in a state that allows the request."""
    return Refusal(Kind.PRECONDITION, reason, message, field=field, metadata=metadata)


def unavailable(reason: str, message: str, **metadata: str) -> Refusal:
    """Return a refusal because something is unavailable at the moment. Trying again later may help."""
    return Refusal(Kind.UNAVAILABLE, reason, message, metadata=metadata)


def did_you_mean(given: str, known: Iterable[str], most: int = 1, cutoff: float = 0.7) -> str:
    """Return the hint ` Did you mean "report-late"?`, or an empty text if no known word is near enough.

    Names up to `most` words. `cutoff` is the least likeness, from 0 to 1: lower it for long words, where a slip of
    several letters still leaves the meaning clear.
    """
    words = ", ".join(f'"{word}"' for word in dict.fromkeys(nearest(given, known, most, cutoff)))
    return f" Did you mean {words}?" if words else ""


def nearest(given: str, known: Iterable[str], most: int = 1, cutoff: float = 0.6) -> list[str]:
    """Return up to `most` known words that are spelt most like a given one, the nearest first."""
    return get_close_matches(given, list(known), n=most, cutoff=cutoff)
