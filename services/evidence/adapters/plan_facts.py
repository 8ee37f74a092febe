"""What evidence knows of concerns, from the events of rules and scheduling."""

from collections.abc import Iterable

from sqlalchemy import Connection

from services.platform.storage.database import execute

_CONCERN = (
    "INSERT INTO known_concern (concern_id, safeguarder_id, is_open) VALUES (?, ?, ?) "
    "ON CONFLICT (concern_id) DO UPDATE SET is_open = excluded.is_open"
)
_ON_AGENDA = (
    "INSERT INTO known_concern (concern_id, safeguarder_id, is_open) VALUES (?, ?, true) "
    "ON CONFLICT (concern_id) DO NOTHING"
)


class SqlPlanFacts:
    """Concerns by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember_concern(self, concern_id: str, safeguarder_id: str, is_open: bool) -> None:
        """Store whether a concern is open. Events of one person come in their order."""
        execute(self._connection, _CONCERN, (concern_id, safeguarder_id, is_open))

    def remember_agenda(self, safeguarder_id: str, concerns: Iterable[str]) -> None:
        """Store concerns on an agenda of which no event has come: a release before left those events out."""
        for concern_id in concerns:
            execute(self._connection, _ON_AGENDA, (concern_id, safeguarder_id))

    def concern_is_open(self, concern_id: str, safeguarder_id: str) -> bool | None:
        """Return whether a person's concern is open; None if the person has no such concern."""
        statement = "SELECT is_open FROM known_concern WHERE concern_id = ? AND safeguarder_id = ?"
        row = execute(self._connection, statement, (concern_id, safeguarder_id)).fetchone()
        return bool(row[0]) if row else None
