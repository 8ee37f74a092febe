"""The chain of the audit log: each row holds a hash over itself and the hash of the row before (S18)."""

import hashlib
import json
from typing import NamedTuple

BEGIN = bytes(32)
"""What stands in place of the hash before the first row."""


class Entry(NamedTuple):
    """What one row of the audit log says."""

    at: int
    """Microseconds since 1970."""
    person: str
    role: str
    method: str
    subject: str
    for_whom: str | None = None
    relation: str | None = None
    people: str | None = None
    """Whom a call that is about no one person touched: ids in order, with a space between them."""


_ENCODE = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def link(before: bytes, position: int, entry: Entry) -> bytes:
    """Return the hash of the row at a position, after the row with the hash `before`."""
    return hashlib.sha256(before + _bytes((position, *entry))).digest()


def fold(before: bytes, number: int, entry: Entry) -> bytes:
    """Return the digest of all unchained rows up to one, from the digest up to the one before."""
    return hashlib.sha256(before + _bytes((number, *entry))).digest()


def _bytes(values: tuple[object, ...]) -> bytes:
    """Return the same bytes for the same values, in each release and on each machine."""
    return _ENCODE(values).encode()
