"""The job that looks through items of earlier releases, and reminds the Team of what is held (P19, P23).

It takes a few items at a time, so a large file keeps no command waiting. A crash loses nothing: what was found in an
item is stored together with the mark that it was looked through.
"""

from collections.abc import Callable
from datetime import date

from services.calendar_days import LONDON, WorkingCalendar, is_working_day
from services.evidence.adapters.store import SqlFile
from services.evidence.handlers.look_through import look_through
from services.platform.clock import Clock
from services.platform.storage.database import Database

ITEMS_A_TURN = 100
"""The screen reads them in a tenth of a second, in which other writers wait."""
BETWEEN_SECONDS = 0.2
LOOK_SECONDS = 60.0
REMINDS_FROM_HOUR = 9
"""Ours: the hour in London from which the Team is reminded, on days when the office is open."""


class LookThrough:
    """The job that looks through earlier items, and says on each working day that something is still held."""

    def __init__(self, database: Database, clock: Clock, body_of: Callable[[str], str]) -> None:
        self._database = database
        self._clock = clock
        self._body_of = body_of
        self._reminded_on: date | None = None
        """Kept here only: notifications tell the Team once a day, however often a copy of this service says it."""

    def turn(self) -> float:
        """Look through some items, or remind the Team. Return the seconds until the next turn."""
        with self._database.read() as connection:
            waiting, held = SqlFile(connection).has_not_looked_through(), SqlFile(connection).held(None, 1)
        today, now = self._clock.today(), self._clock.now()
        if waiting:
            self._database.write(lambda tx: look_through(SqlFile(tx), self._body_of, today, now, ITEMS_A_TURN))
            return BETWEEN_SECONDS
        if held and self._reminded_on != today and self._office_is_open(today):
            self._database.write(lambda tx: SqlFile(tx).say_held(now))
            self._reminded_on = today
        return LOOK_SECONDS

    def _office_is_open(self, today: date) -> bool:
        hour = self._clock.now().astimezone(LONDON).hour
        return hour >= REMINDS_FROM_HOUR and is_working_day(WorkingCalendar.OFFICE, today)
