"""The audit log of one service: its tables, and how rows and checkpoints are added to it."""

from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, LargeBinary, MetaData, String, Table, Text

from services.platform.audit.chain import BEGIN, Entry, fold, link
from services.platform.audit.statement import Statement, said_in
from services.platform.storage.database import execute
from services.platform.storage.origin import read_origin

CHECKPOINT_EVERY = 100
"""Rows between two checkpoints. Fewer than that can be cut off the end unseen, if a minute has not passed either."""
READ_AT_ONCE = 5_000
"""Rows read in one snapshot. In SQLite a commit waits for a reader, so a long look is made of many short ones."""
PAGES_OF_A_LOOK = 20
"""Pages of rows that one checkpoint looks through. The writer waits for it, and the rest has its turn after others."""

BEFORE_ALL = -(2**63)
"""Below the number of every row, also of one that somebody put in before the first."""

_COLUMNS = "at, person, role, method, subject, for_whom, relation, people"
_ADD = f"INSERT INTO audit ({_COLUMNS}, position, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  constants
_HEAD = "SELECT position, hash FROM audit WHERE position IS NOT NULL ORDER BY number DESC LIMIT 1"
_PAGE = f"SELECT number, {_COLUMNS}, position, hash FROM audit WHERE number > ? ORDER BY number LIMIT ?"  # noqa: S608
_STATE = (
    "INSERT INTO audit_checkpoint (service, origin, position, at, signed) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (service, origin, position, at) DO NOTHING"
)
_NEWEST = "SELECT signed FROM audit_checkpoint WHERE service = ? ORDER BY at DESC, position DESC LIMIT 1 OFFSET ?"
_ALL = "SELECT signed FROM audit_checkpoint WHERE service = ? AND at > ? ORDER BY at, position"
_KEPT = "SELECT signed FROM audit_checkpoint WHERE service <> ? ORDER BY service, at"
_FORGET = "DELETE FROM audit_checkpoint WHERE service = ? AND origin = ? AND position <= ?"


def audit_tables(metadata: MetaData) -> None:
    """Declare the tables of the audit log and of its checkpoints."""
    Table(
        "audit",
        metadata,
        Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
        Column("at", BigInteger, nullable=False),
        Column("person", String(64), nullable=False),
        Column("role", String(40), nullable=False),
        Column("method", String(60), nullable=False),
        Column("subject", String(64), nullable=False),
        Column("for_whom", String(64), nullable=True, comment="for whom a delegate acted"),
        Column("relation", String(10), nullable=True, comment="of the caller to the record at that time"),
        Column("people", Text, nullable=True, comment="ids whom a call about no one person touched"),
        Column("position", BigInteger, nullable=True, comment="in the chain, from 1"),
        Column("hash", LargeBinary(32), nullable=True, comment="over this row and the hash before it"),
        Index("ix_audit_subject_number", "subject", "number"),
    )
    Table(
        "audit_checkpoint",
        metadata,
        Column("service", String(20), primary_key=True, comment="whose audit log it is about"),
        Column("origin", String(60), primary_key=True, comment="which database of that service"),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        Column("at", BigInteger, primary_key=True, autoincrement=False),
        Column("signed", Text, nullable=False),
    )


class Row(NamedTuple):
    """One row as it stands. A row of a release that kept no chain has neither position nor hash."""

    number: int
    entry: Entry
    position: int | None
    hash: bytes | None


class AuditLog:
    """The audit log of one service.

    `sign` signs a statement with the service's own key. `proved` reads one that is signed so: a row that somebody put
    among the checkpoints must not stand for the newest one, or no other would reach anybody.
    """

    def __init__(
        self,
        service: str,
        collection: str,
        sign: Callable[[bytes], str],
        proved: Callable[[str], Statement | None] = said_in,
    ) -> None:
        self.service = service
        self.collection = collection
        self._sign = sign
        self._proved = proved

    def add(self, connection: Connection, entry: Entry) -> None:
        """Add a row to the end of the chain, in the transaction of what it is about.

        There is one writing transaction at a time, so nobody else adds a row after the same one.
        """
        position, before = head(connection)
        position += 1
        hashed = link(before, position, entry)
        execute(connection, _ADD, (*entry, position, hashed))
        if position % CHECKPOINT_EVERY == 0:
            said = self.newest(connection)
            looked = (said.number, said.unchained, said.digest) if said else ()
            self._state(connection, position, hashed, entry.at, looked)

    def look(self, connection: Connection, at: int) -> Statement | None:
        """Add a checkpoint if rows were added since the last one, and return it.

        It also counts the rows without a hash: a release that kept no chain may write beside this one.
        """
        said = self.newest(connection)
        position, hashed = head(connection)
        number, unchained, digest = (said.number, said.unchained, bytes.fromhex(said.digest)) if said else (0, 0, BEGIN)
        for _ in range(PAGES_OF_A_LOOK):
            page = rows_after(connection, number)
            for row in page:
                if row.position is None:
                    unchained, digest = unchained + 1, fold(digest, row.number, row.entry)
            if not page:
                break
            number = page[-1].number
        if number == 0 or (said and (said.position, said.number) == (position, number)):
            return None
        return self._state(connection, position, hashed, at, (number, unchained, digest.hex()))

    def newest(self, connection: Connection) -> Statement | None:
        """Return the service's newest checkpoint, or None."""
        return self._newest(connection)[1]

    def newest_signed(self, connection: Connection) -> str:
        """Return the service's newest checkpoint as it was signed; empty if there is none that it signed."""
        return self._newest(connection)[0]

    def _newest(self, connection: Connection) -> tuple[str, Statement | None]:
        # Almost always the first is proved. Read together, the others would be all that the service ever made.
        for place in count():
            found = execute(connection, _NEWEST, (self.service, place)).fetchone()
            if found is None:
                break
            if said := self._proved(found[0]):
                return str(found[0]), said
        return "", None

    def _state(
        self, connection: Connection, position: int, hashed: bytes, at: int, looked: tuple[int, int, str] | tuple[()]
    ) -> Statement:
        number, unchained, digest = looked or (0, 0, BEGIN.hex())
        said = Statement(self.service, read_origin(connection), position, hashed.hex(), at, number, unchained, digest)
        execute(connection, _STATE, (said.service, said.origin, position, at, self._sign(said.to_bytes())))
        return said

    def keep(self, connection: Connection, said: Statement, signed: str) -> None:
        """Keep the newest checkpoint of another service, in place of the older ones of the same database."""
        execute(connection, _FORGET, (said.service, said.origin, said.position))
        execute(connection, _STATE, (said.service, said.origin, said.position, said.at, signed))

    def checkpoints(self, connection: Connection, after: int = 0) -> list[str]:
        """Return the service's own checkpoints as they were signed, the oldest first. `after`: an instant."""
        return [signed for (signed,) in execute(connection, _ALL, (self.service, after)).fetchall()]

    def kept(self, connection: Connection) -> list[str]:
        """Return what is kept of other services' checkpoints, as they were signed."""
        return [signed for (signed,) in execute(connection, _KEPT, (self.service,)).fetchall()]


def end(connection: Connection) -> int:
    """Return the number of the newest row; 0 if there is none."""
    return int(execute(connection, "SELECT MAX(number) FROM audit").fetchone()[0] or 0)


def head(connection: Connection) -> tuple[int, bytes]:
    """Return the position and the hash of the newest row of the chain; 0 and `BEGIN` if there is none."""
    found = execute(connection, _HEAD).fetchone()
    return (int(found[0]), bytes(found[1])) if found else (0, BEGIN)


def rows_after(connection: Connection, number: int, most: int = READ_AT_ONCE) -> list[Row]:
    """Return the next rows after the one with a number, in order."""
    found = execute(connection, _PAGE, (number, most)).fetchall()
    return [Row(row[0], Entry(*row[1:9]), row[9], None if row[10] is None else bytes(row[10])) for row in found]
