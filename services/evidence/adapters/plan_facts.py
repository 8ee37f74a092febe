"""What evidence knows of concerns and of the time of actions, from the events of rules and scheduling."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from services.evidence.domain.plans.action import ActionTime
from services.platform.storage.database import execute

_CONCERN = (
    "INSERT INTO known_concern (concern_id, safeguarder_id, is_open) VALUES (?, ?, ?) "
    "ON CONFLICT (concern_id) DO UPDATE SET is_open = excluded.is_open"
)
_ON_AGENDA = (
    "INSERT INTO known_concern (concern_id, safeguarder_id, is_open) VALUES (?, ?, true) "
    "ON CONFLICT (concern_id) DO NOTHING"
)
_DUTY = (
    "INSERT INTO action_duty (duty_id, action_id, version, due_on, stands_still) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (duty_id) DO UPDATE SET version = excluded.version, due_on = excluded.due_on, "
    "stands_still = excluded.stands_still WHERE action_duty.version < excluded.version"
)


class SqlPlanFacts:
    """Concerns by id, and the time of actions by their ids."""

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

    def remember_duty(self, time: ActionTime) -> None:
        """Store until when an action has time. The highest version holds, in whatever order they come."""
        values = (time.duty_id, time.action_id, time.version, time.due_on.isoformat(), time.stands_still)
        execute(self._connection, _DUTY, values)

    def time_of(self, action_id: str) -> tuple[date | None, bool]:
        """Return the due day of an action as scheduling last said, or None, and whether it stands still."""
        statement = "SELECT due_on, stands_still FROM action_duty WHERE action_id = ? ORDER BY due_on DESC LIMIT 1"
        row = execute(self._connection, statement, (action_id,)).fetchone()
        return (date.fromisoformat(row[0]), bool(row[1])) if row else (None, False)
