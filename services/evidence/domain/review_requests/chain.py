"""Who stands outside the chain of a review request, and why others do not (R93, X32; record 2.5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Bar(StrEnum):
    """Why somebody cannot decide a request."""

    NOT_SENIOR = "not_senior"
    LEVEL = "level"
    MANAGER = "manager"
    TOOK_PART = "took_part"
    DID_NOT_ACCEPT = "did_not_accept"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may decide a request. `level`: as the directory says."""

    person: str
    level: int
    is_senior: bool = True


@dataclass(frozen=True, slots=True)
class Allocated:
    """A support manager of a Safeguarder. `until_on`: None for the current one."""

    person: str
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """The people who stand in the chain of one request."""

    managers: frozenset[str]
    """The support managers of this term, and who acted for them."""
    took_part: frozenset[str]
    """Who wrote, shared, decided, owned or moved the target or what it rests on, or wrote in the file in this term."""
    floor: int
    """The reviewer is of a higher level than this."""
    did_not_accept: frozenset[str] = frozenset()
    """Who did not accept the same request one level below."""
    linked: frozenset[str] = frozenset()
    """Whom a declared link with the Safeguarder keeps out."""


def managers_since(allocated: Iterable[Allocated], since: date) -> frozenset[str]:
    """Return who supports a person, or supported them on a day or later."""
    return frozenset(each.person for each in allocated if each.until_on is None or each.until_on >= since)


def bars(candidate: Candidate, chain: Chain) -> tuple[Bar, ...]:
    """Return everything that keeps somebody from deciding a request. Empty if they stand outside its chain."""
    found = {
        Bar.NOT_SENIOR: not candidate.is_senior,
        Bar.LEVEL: candidate.level <= chain.floor,
        Bar.MANAGER: candidate.person in chain.managers,
        Bar.TOOK_PART: candidate.person in chain.took_part,
        Bar.DID_NOT_ACCEPT: candidate.person in chain.did_not_accept,
        Bar.LINK: candidate.person in chain.linked,
    }
    return tuple(bar for bar, stands in found.items() if stands)
