"""The closed list of ways a request can be refused.

Pure Python: domain code raises them, platform maps them to gRPC.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum


class Kind(StrEnum):
    """What went wrong, in the few kinds every part of the suite knows."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    PRECONDITION = "precondition"
    NOT_ALLOWED = "not_allowed"
    UNAUTHENTICATED = "unauthenticated"
    UNAVAILABLE = "unavailable"
    EXHAUSTED = "exhausted"


class Refusal(Exception):
    """A request that cannot be carried out, said so that the caller knows what is wrong, where, and what to do.

    `reason` is stable and machine-readable (UPPER_SNAKE); `message` is plain English without the caller's own text;
    `field` is the path of the field at fault; `metadata` holds ids, dates and allowed values only.
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


def invalid(reason: str, message: str, field: str = "", **metadata: str) -> Refusal:
    """The request itself is wrong; sending it again unchanged will fail again."""
    return Refusal(Kind.INVALID, reason, message, field=field, metadata=metadata)


def not_found(reason: str, message: str, field: str = "", **metadata: str) -> Refusal:
    """What the request names does not exist."""
    return Refusal(Kind.NOT_FOUND, reason, message, field=field, metadata=metadata)


def conflict(reason: str, message: str, field: str = "", **metadata: str) -> Refusal:
    """The record changed, or exists already."""
    return Refusal(Kind.CONFLICT, reason, message, field=field, metadata=metadata)


def precondition(reason: str, message: str, field: str = "", **metadata: str) -> Refusal:
    """The record is not in a state that allows this."""
    return Refusal(Kind.PRECONDITION, reason, message, field=field, metadata=metadata)


def unavailable(reason: str, message: str, **metadata: str) -> Refusal:
    """Something needed is not there now; trying again later may help."""
    return Refusal(Kind.UNAVAILABLE, reason, message, metadata=metadata)


def did_you_mean(given: str, known: Iterable[str], most: int = 1, cutoff: float = 0.6) -> str:
    """Return the hint ` Did you mean "report-late"?`, or an empty text if no known word is near enough.

    Names up to `most` words. `cutoff` is the least likeness, from 0 to 1: lower it for long words, where a slip of
    several letters still leaves the meaning clear.
    """
    near = dict.fromkeys(get_close_matches(given, list(known), n=most, cutoff=cutoff))
    words = ", ".join(f'"{word}"' for word in near)
    return f" Did you mean {words}?" if words else ""
