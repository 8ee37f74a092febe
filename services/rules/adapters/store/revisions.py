"""Revisions of the rulebook and their activations in the database, in the transaction at hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection

from services.platform.storage.database import execute, from_micros, to_micros
from services.rules.domain.rulebook.revisions import Activation, Activations, Approval, Kind, Revision

_REVISION = "SELECT content_hash, author, reason, created_at FROM rulebook_revision"
_APPROVALS = (
    "SELECT approver, reason, approved_at, whatif_report_hash, cover_report_hash, signature "
    "FROM rulebook_approval WHERE content_hash = ? ORDER BY approved_at, approver"
)
_APPROVE = (
    "INSERT INTO rulebook_approval (content_hash, approver, reason, approved_at, whatif_report_hash, "
    "cover_report_hash, signature) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (content_hash, approver) DO UPDATE SET "
    "reason = excluded.reason, approved_at = excluded.approved_at, whatif_report_hash = excluded.whatif_report_hash, "
    "cover_report_hash = excluded.cover_report_hash, signature = excluded.signature"
)
_ACTIVATIONS = (
    "SELECT number, content_hash, kind, person, reason, effective_at, in_force_at, refused "
    "FROM rulebook_activation WHERE NOT taken_back ORDER BY number"
)
_ADD = (
    "INSERT INTO rulebook_activation "
    "(number, content_hash, kind, person, reason, effective_at, in_force_at, refused, taken_back) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, false)"
)
_KEEP_FILES = "INSERT INTO rulebook (hash, loaded_at, files) VALUES (?, 0, ?) ON CONFLICT (hash) DO NOTHING"


class SqlRevisions:
    """Revisions and activations."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, content_hash: str) -> Revision | None:
        """The revision of that content, or None."""
        rows = execute(self._connection, f"{_REVISION} WHERE content_hash = ?", (content_hash,)).fetchall()
        return self._revision(rows[0]) if rows else None

    def page(self, after: tuple[int, str] | None, most: int) -> Sequence[Revision]:
        """Revisions, newest first, after an instant in microseconds and a content hash."""
        where, place = (" WHERE (created_at, content_hash) < (?, ?)", after) if after else ("", ())
        order = " ORDER BY created_at DESC, content_hash DESC LIMIT ?"
        rows = execute(self._connection, _REVISION + where + order, (*place, most)).fetchall()
        return [self._revision(row) for row in rows]

    def files(self, content_hash: str) -> Mapping[str, str]:
        """Text of each file of a content by its name; empty for an unknown one."""
        row = execute(self._connection, "SELECT files FROM rulebook WHERE hash = ?", (content_hash,)).fetchone()
        return dict(orjson.loads(row[0])) if row else {}

    def add(self, revision: Revision, files: Mapping[str, str]) -> None:
        """Keep a new revision."""
        execute(self._connection, _KEEP_FILES, (revision.content_hash, orjson.dumps(dict(files)).decode()))
        execute(
            self._connection,
            "INSERT INTO rulebook_revision (content_hash, author, reason, created_at) VALUES (?, ?, ?, ?)",
            (revision.content_hash, revision.author, revision.reason, to_micros(revision.created_at)),
        )

    def add_approval(self, content_hash: str, approval: Approval) -> None:
        """Keep an approval, in the place of one by the same person."""
        execute(
            self._connection,
            _APPROVE,
            (
                content_hash,
                approval.approver,
                approval.reason,
                to_micros(approval.approved_at),
                approval.whatif_report_hash,
                approval.cover_report_hash,
                approval.signature,
            ),
        )

    def plan(self) -> Activations:
        """Every activation that was not taken back."""
        return Activations(tuple(_activation(row) for row in execute(self._connection, _ACTIVATIONS).fetchall()))

    def next_number(self) -> int:
        """The number of the next activation."""
        row = execute(self._connection, "SELECT COALESCE(MAX(number), 0) + 1 FROM rulebook_activation").fetchone()
        return int(row[0])

    def add_activation(self, activation: Activation) -> None:
        """Keep an activation; it takes the place of what was scheduled."""
        execute(
            self._connection,
            "UPDATE rulebook_activation SET taken_back = true WHERE in_force_at IS NULL AND refused = ''",
        )
        row = (
            activation.number,
            activation.content_hash,
            activation.kind.value,
            activation.person,
            activation.reason,
            to_micros(activation.effective_at),
            _micros(activation.in_force_at),
            activation.refused,
        )
        execute(self._connection, _ADD, row)

    def settle(self, activation: Activation) -> None:
        """Keep what became of an activation whose time had come."""
        execute(
            self._connection,
            "UPDATE rulebook_activation SET in_force_at = ?, refused = ? WHERE number = ?",
            (_micros(activation.in_force_at), activation.refused, activation.number),
        )

    def _revision(self, row: Any) -> Revision:
        approvals = execute(self._connection, _APPROVALS, (row[0],)).fetchall()
        signed = tuple(Approval(who, why, from_micros(at), *rest) for who, why, at, *rest in approvals)
        return Revision(row[0], row[1], row[2], from_micros(row[3]), signed)


def order_of(revision: Revision) -> list[str | int]:
    """The keys a revision is listed by."""
    return [to_micros(revision.created_at), revision.content_hash]


def _micros(instant: datetime | None) -> int | None:
    return None if instant is None else to_micros(instant)


def _activation(row: Any) -> Activation:
    number, content_hash, kind, person, reason, effective_at, in_force_at, refused = row
    since = None if in_force_at is None else from_micros(in_force_at)
    return Activation(number, content_hash, Kind(kind), person, reason, from_micros(effective_at), since, refused)
