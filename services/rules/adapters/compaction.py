"""Records of releases before, kept smaller: compressed, or as the difference from a record of the same person (F4).

A release before kept each day whole. A record keeps its hash, and what is read is the record as it was made, so the
chain of hashes and every replay stay. Nothing is replaced before the record has been made again from what will be kept.
"""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from services.platform.storage.database import Database, execute
from services.rules.adapters.store.evaluations import COMPRESSION, unpacked
from services.rules.domain.evaluation.compact_record import difference

TOGETHER = 50
"""Records of one transaction. Between two of them the service writes, and the program can be stopped."""
WORTH_IT = 2
"""A difference is kept if it is at most a half of the record. Otherwise the next ones are compared with this record."""
_NEXT_PERSON = "SELECT MIN(safeguarder_id) FROM evaluation WHERE safeguarder_id > ?"
_LAST = "SELECT MAX(number) FROM evaluation WHERE safeguarder_id = ? AND same_as = ''"
_WHOLE = (
    "SELECT evaluation_id, number, sha256, record, packed FROM evaluation "
    "WHERE safeguarder_id = ? AND number > ? AND same_as = '' AND stands_on = '' ORDER BY number LIMIT ?"
)
_REPLACE = (
    "UPDATE evaluation SET record = ?, packed = ?, stands_on = ? WHERE evaluation_id = ? AND stands_on = '' "
    "AND NOT EXISTS (SELECT 1 FROM evaluation AS base WHERE base.evaluation_id = ? AND base.stands_on <> '')"
)


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was done: records seen, those kept smaller now, their bytes before and after, and those that are damaged."""

    seen: int = 0
    smaller: int = 0
    before: int = 0
    after: int = 0
    damaged: int = 0

    def __add__(self, other: "Compacted") -> "Compacted":
        return Compacted(
            self.seen + other.seen,
            self.smaller + other.smaller,
            self.before + other.before,
            self.after + other.after,
            self.damaged + other.damaged,
        )


@dataclass(frozen=True, slots=True)
class _Kept:
    """A whole record as it is stored."""

    evaluation_id: str
    number: int
    sha256: str
    record: bytes
    packed: bool


@dataclass(frozen=True, slots=True)
class _Base:
    """The record from which those after it may differ."""

    evaluation_id: str
    plain: bytes


@dataclass(frozen=True, slots=True)
class _Smaller:
    """What takes the place of a record."""

    evaluation_id: str
    record: bytes
    stands_on: str


def compact(database: Database) -> Iterator[Compacted]:
    """Keep records smaller, person by person. Yield what was done, after each transaction.

    What is smaller already is left out, so a program that was stopped goes on where it was. A person's last whole
    record stays whole, because the next evaluation is compared with it.
    """
    person = ""
    while True:
        with database.read() as connection:
            (following,) = execute(connection, _NEXT_PERSON, (person,)).fetchone()
            if following is None:
                return
            person = following
            (last,) = execute(connection, _LAST, (person,)).fetchone()
        yield from _of_person(database, person, last or 0)


def _of_person(database: Database, person: str, last: int) -> Iterator[Compacted]:
    base: _Base | None = None
    after = 0
    while True:
        with database.read() as connection:
            rows = execute(connection, _WHOLE, (person, after, TOGETHER)).fetchall()
        kept = [_Kept(*row) for row in rows]
        if not kept:
            return
        done, base, smaller = _look(kept, base, last)
        if smaller:
            database.write(lambda tx, smaller=smaller: _replace(tx, smaller))  # type: ignore[misc]
        yield done
        after = kept[-1].number


def _look(kept: Sequence[_Kept], base: _Base | None, last: int) -> tuple[Compacted, _Base | None, list[_Smaller]]:
    """Return what is done with some records, the record from which the next may differ, and what replaces them."""
    done, found = Compacted(seen=len(kept)), []
    for one in kept:
        try:
            plain = unpacked(one.record, one.packed)
        except zlib.error:
            plain = b""
        if hashlib.sha256(plain).hexdigest() != one.sha256:
            done += Compacted(damaged=1)  # a replay says so too; it stays as evidence
            continue
        packed = one.record if one.packed else zlib.compress(plain, COMPRESSION)
        smaller = _smaller(one, plain, len(packed), base) if base and one.number < last else None
        if smaller is None:
            base = _Base(one.evaluation_id, plain)
            smaller = None if one.packed else _Smaller(one.evaluation_id, packed, "")
        if smaller is not None:
            done += Compacted(smaller=1, before=len(one.record), after=len(smaller.record))
            found.append(smaller)
    return done, base, found


def _smaller(one: _Kept, plain: bytes, size: int, base: _Base) -> _Smaller | None:
    made = difference(base.plain, plain)
    packed = zlib.compress(made, COMPRESSION) if made is not None else b""
    return (
        _Smaller(one.evaluation_id, packed, base.evaluation_id) if packed and len(packed) * WORTH_IT <= size else None
    )


def _replace(connection: Connection, smaller: Sequence[_Smaller]) -> None:
    for one in smaller:
        row = (one.record, True, one.stands_on, one.evaluation_id, one.stands_on)
        execute(connection, _REPLACE, row)
