"""What evidence knows of concerns, from the events of rules and scheduling."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.evidence.domain.known_concern import KnownConcern, Said
from services.platform.storage.database import execute

_CONCERN = (
    "INSERT INTO known_concern (concern_id, safeguarder_id, is_open, lane, is_held, merged_into, reopened_on, owner, "
    "escalated_by, raised_on, said) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (concern_id) DO UPDATE SET "
    "is_open = excluded.is_open, lane = excluded.lane, is_held = excluded.is_held, merged_into = excluded.merged_into, "
    "reopened_on = excluded.reopened_on, owner = excluded.owner, escalated_by = excluded.escalated_by, "
    "raised_on = excluded.raised_on, said = excluded.said"
)
_ON_AGENDA = (
    "INSERT INTO known_concern (concern_id, safeguarder_id, is_open, lane, is_held, merged_into, reopened_on) "
    "VALUES (?, ?, true, '', false, '', '') ON CONFLICT (concern_id) DO NOTHING"
)
_SELECT = (
    "SELECT concern_id, safeguarder_id, is_open, lane, is_held, merged_into, reopened_on, owner, escalated_by, "
    "raised_on, said FROM known_concern"
)
_SAID = TypeAdapter(Said)


class SqlPlanFacts:
    """Concerns by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember_concern(self, concern: KnownConcern) -> None:
        """Store how a concern stands. Events of one person come in their order."""
        days = [day.isoformat() if day else "" for day in (concern.reopened_on, concern.raised_on)]
        said = _SAID.dump_json(concern.said).decode() if concern.said else None
        stands = (concern.is_open, concern.lane, concern.is_held, concern.merged_into, days[0])
        people = (concern.owner, concern.escalated_by or "", days[1])
        execute(self._connection, _CONCERN, (concern.concern_id, concern.safeguarder_id, *stands, *people, said))

    def remember_agenda(self, safeguarder_id: str, concerns: Iterable[str]) -> None:
        """Store concerns on an agenda of which no event has come: a release before left those events out."""
        for concern_id in concerns:
            execute(self._connection, _ON_AGENDA, (concern_id, safeguarder_id))

    def concern_is_open(self, concern_id: str, safeguarder_id: str) -> bool | None:
        """Return whether a person's concern is open; None if the person has no such concern."""
        statement = "SELECT is_open FROM known_concern WHERE concern_id = ? AND safeguarder_id = ?"
        row = execute(self._connection, statement, (concern_id, safeguarder_id)).fetchone()
        return bool(row[0]) if row else None

    def find_concern(self, concern_id: str) -> KnownConcern | None:
        """Return a concern as it was told last, or None."""
        row = execute(self._connection, f"{_SELECT} WHERE concern_id = ?", (concern_id,)).fetchone()
        return _concern(row) if row else None

    def concerns_of(self, safeguarder_id: str) -> dict[str, KnownConcern]:
        """Return a person's concerns by id."""
        rows = execute(self._connection, f"{_SELECT} WHERE safeguarder_id = ?", (safeguarder_id,)).fetchall()
        return {row[0]: _concern(row) for row in rows}

    def open_concerns(self, safeguarder_id: str) -> list[KnownConcern]:
        """Return a person's open concerns, in no order."""
        rows = execute(self._connection, f"{_SELECT} WHERE safeguarder_id = ? AND is_open", (safeguarder_id,))
        return [_concern(row) for row in rows]


def _concern(row: Sequence[Any]) -> KnownConcern:
    concern_id, person, is_open, lane, is_held, merged_into, reopened_on, owner, escalated_by, raised_on, said = row
    days = [date.fromisoformat(day) if day else None for day in (reopened_on, raised_on)]
    about = _SAID.validate_json(said) if said else None
    stands = (bool(is_open), lane, bool(is_held), merged_into, days[0])
    return KnownConcern(concern_id, person, *stands, owner, escalated_by or None, days[1], about)
