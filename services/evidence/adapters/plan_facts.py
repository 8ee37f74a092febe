"""What evidence knows of concerns, and of the time of actions and answers, from the events of rules and scheduling."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from services.evidence.domain.plans.standing import PartTime, Timed
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
    "INSERT INTO part_duty (duty_id, kind, part_id, version, due_on, stands_still) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (duty_id) DO UPDATE SET version = excluded.version, due_on = excluded.due_on, "
    "stands_still = excluded.stands_still WHERE part_duty.version < excluded.version"
)


class SqlPlanFacts:
    """Concerns by id, and the time of parts of plans by their ids."""

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

    def remember_duty(self, time: PartTime) -> None:
        """Store until when a part of a plan has time. The highest version holds, in whatever order they come."""
        what, until = (time.duty_id, time.timed.value, time.part_id), (time.due_on.isoformat(), time.stands_still)
        execute(self._connection, _DUTY, (*what, time.version, *until))

    def time_of(self, timed: Timed, part_id: str) -> tuple[date | None, bool]:
        """Return the last day of a part as scheduling last said, or None, and whether it stands still."""
        statement = (
            "SELECT due_on, stands_still FROM part_duty WHERE part_id = ? AND kind = ? ORDER BY due_on DESC LIMIT 1"
        )
        row = execute(self._connection, statement, (part_id, timed.value)).fetchone()
        return (date.fromisoformat(row[0]), bool(row[1])) if row else (None, False)
