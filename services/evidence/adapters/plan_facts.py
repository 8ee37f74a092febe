"""What evidence knows of concerns, from the events of rules and scheduling."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.evidence.domain.approach.matter import KnownConcern
from services.evidence.domain.personal_file.concerns import AboutConcern, Said, SeenConcern
from services.platform.storage.database import execute

_CONCERN = (
    "INSERT INTO known_concern (concern_id, safeguarder_id, is_open, lane, is_held, merged_into, reopened_on) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (concern_id) DO UPDATE SET is_open = excluded.is_open, "
    "lane = excluded.lane, is_held = excluded.is_held, "
    "merged_into = CASE WHEN excluded.merged_into = '' THEN known_concern.merged_into ELSE excluded.merged_into END, "
    "reopened_on = CASE WHEN excluded.reopened_on = '' THEN known_concern.reopened_on ELSE excluded.reopened_on END"
)
_ON_AGENDA = (
    "INSERT INTO known_concern (concern_id, safeguarder_id, is_open, lane, is_held, merged_into, reopened_on) "
    "VALUES (?, ?, true, '', false, '', '') ON CONFLICT (concern_id) DO NOTHING"
)
_OF = (
    "SELECT concern_id, safeguarder_id, is_open, lane, is_held, merged_into, reopened_on FROM known_concern "
    "WHERE safeguarder_id = ?"
)
_SAID = TypeAdapter(Said)
_KEEP_SAID = "UPDATE known_concern SET said = ? WHERE concern_id = ?"
_SEEN = "SELECT concern_id, safeguarder_id, is_open, lane, is_held, said FROM known_concern"


class SqlPlanFacts:
    """Concerns by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember_concern(self, concern: KnownConcern) -> None:
        """Store how a concern stands. Events of one person come in their order."""
        reopened_on = concern.reopened_on.isoformat() if concern.reopened_on else ""
        stands = (concern.is_open, concern.lane, concern.is_held, concern.merged_into, reopened_on)
        execute(self._connection, _CONCERN, (concern.concern_id, concern.safeguarder_id, *stands))

    def remember_agenda(self, safeguarder_id: str, concerns: Iterable[str]) -> None:
        """Store concerns on an agenda of which no event has come: a release before left those events out."""
        for concern_id in concerns:
            execute(self._connection, _ON_AGENDA, (concern_id, safeguarder_id))

    def concern_is_open(self, concern_id: str, safeguarder_id: str) -> bool | None:
        """Return whether a person's concern is open; None if the person has no such concern."""
        statement = "SELECT is_open FROM known_concern WHERE concern_id = ? AND safeguarder_id = ?"
        row = execute(self._connection, statement, (concern_id, safeguarder_id)).fetchone()
        return bool(row[0]) if row else None

    def concerns_of(self, safeguarder_id: str) -> dict[str, KnownConcern]:
        """Return a person's concerns by id."""
        rows = execute(self._connection, _OF, (safeguarder_id,)).fetchall()
        return {row[0]: _concern(row) for row in rows}

    def remember_said(self, concern: SeenConcern) -> None:
        """Store what a concern that is known already is about, and whether it is quiet."""
        said = _SAID.dump_json(concern.about.said).decode() if concern.about else None
        execute(self._connection, _KEEP_SAID, (said, concern.concern_id))

    def find_seen(self, concern_id: str) -> SeenConcern | None:
        """Return a concern as it was told last, or None."""
        row = execute(self._connection, f"{_SEEN} WHERE concern_id = ?", (concern_id,)).fetchone()
        return _seen(row) if row else None

    def open_concerns(self, safeguarder_id: str) -> list[SeenConcern]:
        """Return a person's open concerns, in no order."""
        rows = execute(self._connection, f"{_SEEN} WHERE safeguarder_id = ? AND is_open", (safeguarder_id,))
        return [_seen(row) for row in rows]


def _seen(row: Sequence[Any]) -> SeenConcern:
    concern_id, person, is_open, lane, is_held, said = row
    about = AboutConcern(lane, _SAID.validate_json(said), bool(is_held)) if said else None
    return SeenConcern(concern_id, person, bool(is_open), about)


def _concern(row: Sequence[Any]) -> KnownConcern:
    concern_id, person, is_open, lane, is_held, merged_into, reopened_on = row
    day = date.fromisoformat(reopened_on) if reopened_on else None
    return KnownConcern(concern_id, person, bool(is_open), lane, bool(is_held), merged_into, day)
