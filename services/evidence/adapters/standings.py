"""Until when somebody may answer or do something, by the register and by what scheduling said, in this transaction."""

from datetime import date

from sqlalchemy import Connection

from services.evidence.adapters.store import SqlRegister
from services.evidence.adapters.times_away import SqlTimesAway
from services.evidence.domain.standing import (
    DaysAway,
    DutyTime,
    GivenTime,
    Standing,
    Timed,
    days_away,
    last_day_of,
    standing_of,
)
from services.platform.storage.database import execute

_DUTY = (
    "INSERT INTO known_duty (duty_id, kind, about_id, version, due_on, stands_still, is_open) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (duty_id) DO UPDATE SET version = excluded.version, "
    "due_on = excluded.due_on, stands_still = excluded.stands_still, is_open = excluded.is_open "
    "WHERE known_duty.version < excluded.version"
)
# An action that has ended keeps its day. An answer to an earlier text of a record says nothing of the next one.
_SAID = (
    "SELECT due_on, stands_still FROM known_duty WHERE about_id = ? AND kind = ? AND (is_open OR kind = ?) "
    "ORDER BY due_on DESC LIMIT 1"
)


class SqlStandings:
    """How every time that somebody was given stands. Nothing else in evidence works it out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._away: dict[tuple[str, date], list[DaysAway]] = {}
        """Read once for each person, because a plan asks for every part."""

    def remember(self, time: DutyTime) -> None:
        """Store until when something has time. The highest version holds, in whatever order they come."""
        what = (time.duty_id, time.timed.value, time.about_id, time.version)
        execute(self._connection, _DUTY, (*what, time.due_on.isoformat(), time.stands_still, time.is_open))

    def of(self, given: GivenTime, today: date) -> Standing:
        """Return how a time stands on a day."""
        return standing_of(given, self._days_away(given.safeguarder_id, today), self._said(given), today)

    def last_day(self, given: GivenTime, today: date) -> date | None:
        """Return the last day of a time; None while nobody knows the end of a time away in it."""
        return last_day_of(given, self._days_away(given.safeguarder_id, today), self._said(given))

    def _said(self, given: GivenTime) -> Standing | None:
        return self.said(given.timed, given.about_id) if given.timed else None

    def said(self, timed: Timed, about_id: str) -> Standing | None:
        """Return until when something has time as scheduling last said; None if it said nothing, or nobody owes it."""
        values = (about_id, timed.value, Timed.ACTION.value)
        row = execute(self._connection, _SAID, values).fetchone()
        return Standing(date.fromisoformat(row[0]), bool(row[1])) if row else None

    def _days_away(self, safeguarder_id: str, today: date) -> list[DaysAway]:
        key = (safeguarder_id, today)
        if key not in self._away:
            entry = SqlRegister(self._connection).find(safeguarder_id)
            times = SqlTimesAway(self._connection).of(safeguarder_id)
            self._away[key] = days_away(times, entry, today) if entry else []
        return self._away[key]
