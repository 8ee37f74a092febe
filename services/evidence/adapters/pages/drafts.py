"""Drafts in the database, in the current transaction. No event tells of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, update

from services.evidence.adapters.tables import draft
from services.evidence.domain.drafts import Draft, DraftKind, kept_since
from services.platform.storage.database import execute, from_micros, insert_sql, to_micros

_ADD = insert_sql(draft)


class SqlDrafts:
    """Drafts that are kept still. One whose days are over is as if it were not there, deleted or not."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._kept = draft.c.changed_at >= to_micros(kept_since(now))

    def find(self, draft_id: str, author: str) -> Draft | None:
        """Return a draft of an author, or None."""
        found = self._where(draft.c.draft_id == draft_id, draft.c.author == author)
        return found[0] if found else None

    def of(self, author: str, subject: str, *, about_them: bool) -> Sequence[Draft]:
        """Return an author's drafts, the one changed last first; about one person, if a `subject` is given.

        `about_them`: the author is that person, and the drafts of others about them are there too.
        """
        if about_them:
            return self._where(or_(draft.c.author == author, draft.c.subject == subject))
        return self._where(draft.c.author == author, *([draft.c.subject == subject] if subject else []))

    def how_many(self, author: str) -> int:
        """Return how many drafts an author has."""
        query = select(func.count()).select_from(draft).where(draft.c.author == author, self._kept)
        return int(self._connection.execute(query).scalar_one())

    def add(self, new: Draft) -> None:
        """Add a draft."""
        row = (new.draft_id, new.author, new.kind.value, new.subject, new.step, new.answers)
        execute(self._connection, _ADD, (*row, to_micros(new.created_at), to_micros(new.changed_at), new.version))

    def change(self, after: Draft) -> None:
        """Store a draft in place of what it was. Nothing keeps what it was."""
        values = {
            "step": after.step,
            "answers": after.answers,
            "changed_at": to_micros(after.changed_at),
            "version": after.version,
        }
        self._connection.execute(update(draft).where(draft.c.draft_id == after.draft_id).values(values))

    def delete(self, draft_id: str) -> None:
        """Delete a draft for good."""
        self._connection.execute(delete(draft).where(draft.c.draft_id == draft_id))

    def any_old(self) -> bool:
        """Return whether the days of a draft are over."""
        return self._connection.execute(select(draft.c.draft_id).where(~self._kept).limit(1)).first() is not None

    def delete_old(self) -> int:
        """Delete the drafts whose days are over, and return their number."""
        return self._connection.execute(delete(draft).where(~self._kept)).rowcount

    def _where(self, *conditions: ColumnElement[bool]) -> list[Draft]:
        query = select(draft).where(self._kept, *conditions).order_by(draft.c.changed_at.desc(), draft.c.draft_id)
        return [
            Draft(
                row.draft_id,
                row.author,
                DraftKind(row.kind),
                row.subject,
                row.step,
                row.answers,
                from_micros(row.created_at),
                from_micros(row.changed_at),
                row.version,
            )
            for row in self._connection.execute(query)
        ]
