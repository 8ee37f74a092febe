"""Revisions of the rulebook and their activations in the database, in the current transaction."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection

from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, from_micros, to_micros
from services.rules.domain.rulebook.dated import DatedChange
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.rulebook.revisions import Activation, Activations, Approval, Kind, Return, Revision
from services.rules.wire.rulebook import dated_event, rulebook_event
from services.rules.wire.standards import edition_event, edition_withdrawn_event

_REVISION = "SELECT content_hash, author, reason, created_at FROM rulebook_revision"
_APPROVALS = (
    "SELECT approver, reason, approved_at, whatif_report_hash, cover_report_hash, signature "
    "FROM rulebook_approval WHERE content_hash = ? ORDER BY approved_at, approver"
)
_RETURNS = (
    "SELECT person, reason, returned_at, answered_by, answer, answered_at FROM rulebook_return "
    "WHERE content_hash = ? ORDER BY returned_at"
)
_SEND_BACK = (
    "INSERT INTO rulebook_return (content_hash, returned_at, person, reason, answered_by, answer, answered_at) "
    "VALUES (?, ?, ?, ?, '', '', NULL)"
)
_ANSWER = (
    "UPDATE rulebook_return SET answered_by = ?, answer = ?, answered_at = ? "
    "WHERE content_hash = ? AND answered_at IS NULL"
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
_IN_FORCE = "SELECT content_hash FROM rulebook_activation WHERE in_force_at IS NOT NULL ORDER BY number DESC LIMIT 1"
_LAST_BEFORE_REVISIONS = "SELECT files FROM rulebook WHERE loaded_at > 0 ORDER BY loaded_at DESC LIMIT 1"
_FORGET_EDITION = "DELETE FROM edition_published WHERE edition = ? AND content <> ?"
_PUBLISH_EDITION = "INSERT INTO edition_published (edition, content) VALUES (?, ?) ON CONFLICT DO NOTHING"
# `loaded_at` is 0 until the rulebook comes into force.
_KEEP_FILES = "INSERT INTO rulebook (hash, loaded_at, files) VALUES (?, 0, ?) ON CONFLICT (hash) DO NOTHING"


class SqlRevisions:
    """Revisions, their approvals and their activations."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, content_hash: str) -> Revision | None:
        """Return the revision with this content, None if there is none."""
        rows = execute(self._connection, f"{_REVISION} WHERE content_hash = ?", (content_hash,)).fetchall()
        return self._revision(rows[0]) if rows else None

    def page(self, after: tuple[int, str] | None, most: int) -> Sequence[Revision]:
        """Return at most `most` revisions, newest first, after an instant (microseconds) and a content hash."""
        where, place = (" WHERE (created_at, content_hash) < (?, ?)", after) if after else ("", ())
        order = " ORDER BY created_at DESC, content_hash DESC LIMIT ?"
        rows = execute(self._connection, _REVISION + where + order, (*place, most)).fetchall()
        return [self._revision(row) for row in rows]

    def files(self, content_hash: str) -> Mapping[str, str]:
        """Return the text of each file by its name, empty for an unknown content hash."""
        row = execute(self._connection, "SELECT files FROM rulebook WHERE hash = ?", (content_hash,)).fetchone()
        return _files(row[0]) if row else {}

    def add(self, revision: Revision, files: Mapping[str, str]) -> None:
        """Store a new revision with its files."""
        execute(self._connection, _KEEP_FILES, (revision.content_hash, orjson.dumps(dict(files)).decode()))
        execute(
            self._connection,
            "INSERT INTO rulebook_revision (content_hash, author, reason, created_at) VALUES (?, ?, ?, ?)",
            (revision.content_hash, revision.author, revision.reason, to_micros(revision.created_at)),
        )

    def add_approval(self, content_hash: str, approval: Approval) -> None:
        """Store an approval in place of an earlier one by the same person."""
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

    def add_return(self, content_hash: str, returned: Return) -> None:
        """Store that a draft was sent back."""
        row = (content_hash, to_micros(returned.returned_at), returned.person, returned.reason)
        execute(self._connection, _SEND_BACK, row)

    def answer_return(self, again: Revision) -> None:
        """Store that what was sent back is submitted again: by whom, why and when."""
        row = (again.author, again.reason, to_micros(again.created_at), again.content_hash)
        execute(self._connection, _ANSWER, row)

    def activations(self) -> Activations:
        """Return all activations that were not taken back."""
        return Activations(tuple(_activation(row) for row in execute(self._connection, _ACTIVATIONS).fetchall()))

    def next_number(self) -> int:
        """Return the number of the next activation."""
        row = execute(self._connection, "SELECT COALESCE(MAX(number), 0) + 1 FROM rulebook_activation").fetchone()
        return int(row[0])

    def add_activation(self, activation: Activation) -> None:
        """Store an activation. It replaces one that is scheduled, so that there is never more than one to come."""
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
        """Store what became of an activation whose time has come."""
        execute(
            self._connection,
            "UPDATE rulebook_activation SET in_force_at = ?, refused = ? WHERE number = ?",
            (_micros(activation.in_force_at), activation.refused, activation.number),
        )

    def hash_in_force(self) -> str:
        """Return the content hash of the rulebook in force, empty before the first start."""
        row = execute(self._connection, _IN_FORCE).fetchone()
        return str(row[0]) if row else ""

    def files_before_revisions(self) -> Mapping[str, str] | None:
        """Return the files that a release without revisions had in force, None where there was none."""
        row = execute(self._connection, _LAST_BEFORE_REVISIONS).fetchone()
        return dict(orjson.loads(row[0])) if row else None

    def note_in_force(self, rulebook: Rulebook, at: datetime) -> None:
        """Store when a rulebook came into force, and publish its editions as `publish_editions` does."""
        loaded = (to_micros(at), rulebook.content_hash)
        execute(self._connection, "UPDATE rulebook SET loaded_at = ? WHERE hash = ?", loaded)
        self.publish_editions(rulebook, at)

    def publish_editions(self, rulebook: Rulebook, at: datetime) -> None:
        """Publish each edition of the rulebook in force of which readers heard something else last, or nothing.

        An edition that is taken back is published again as it was before, and one that is gone is withdrawn. What is
        compared is the event. So a release that tells more of an edition tells it of those that are published already;
        a reader would otherwise never hear it (P13).
        """
        for edition in rulebook.editions:
            event = edition_event(edition)
            place = (edition.edition_id, hashlib.sha256(event.SerializeToString(deterministic=True)).hexdigest())
            # Only what was published last stays: an older content may come back.
            older = execute(self._connection, _FORGET_EDITION, place).rowcount
            if execute(self._connection, _PUBLISH_EDITION, place).rowcount or older:
                add_events(self._connection, [(edition.edition_id, event)], at)
        kept = {edition.edition_id for edition in rulebook.editions}
        published = execute(self._connection, "SELECT DISTINCT edition FROM edition_published").fetchall()
        for edition_id in sorted({row[0] for row in published} - kept):
            execute(self._connection, _FORGET_EDITION, (edition_id, ""))
            add_events(self._connection, [(edition_id, edition_withdrawn_event(edition_id))], at)

    def publish_activated(self, content_hash: str, previous_hash: str, at: datetime) -> None:
        """Publish that another rulebook came into force."""
        event = rulebook_event(content_hash, previous_hash, at)
        add_events(self._connection, [(content_hash, event)], at)

    def publish_dated(self, content_hash: str, change: DatedChange, ahead: bool, at: datetime) -> None:
        """Publish that a date in the rulebook in force changes the rules, on the day or `ahead` of it."""
        add_events(self._connection, [(content_hash, dated_event(content_hash, change, ahead))], at)

    def _revision(self, row: Any) -> Revision:
        approvals = execute(self._connection, _APPROVALS, (row[0],)).fetchall()
        signed = tuple(Approval(who, why, from_micros(at), *rest) for who, why, at, *rest in approvals)
        returns = execute(self._connection, _RETURNS, (row[0],)).fetchall()
        return Revision(row[0], row[1], row[2], from_micros(row[3]), signed, tuple(map(_return, returns)))


def _files(stored: Any) -> dict[str, str]:
    """Return the texts by name. What is no map of texts was changed in the store, and holds no file."""
    try:
        held = orjson.loads(stored)
    except (ValueError, TypeError):
        return {}
    return {name: text for name, text in held.items() if isinstance(text, str)} if isinstance(held, dict) else {}


def order_of(revision: Revision) -> list[str | int]:
    """Return the keys by which revisions are listed, which a page token holds."""
    return [to_micros(revision.created_at), revision.content_hash]


def _return(row: Any) -> Return:
    person, reason, returned_at, answered_by, answer, answered_at = row
    since = None if answered_at is None else from_micros(answered_at)
    return Return(person, reason, from_micros(returned_at), answered_by, answer, since)


def _micros(instant: datetime | None) -> int | None:
    return None if instant is None else to_micros(instant)


def _activation(row: Any) -> Activation:
    number, content_hash, kind, person, reason, effective_at, in_force_at, refused = row
    since = None if in_force_at is None else from_micros(in_force_at)
    return Activation(number, content_hash, Kind(kind), person, reason, from_micros(effective_at), since, refused)
