"""Time passes: once a day everyone serving gets what the new day brings.

A new twelve months, a date for a session that has none, a support manager where there was nobody to choose. A crash at
any point loses nothing: the day is noted as done after its last person, and doing a person again changes nothing.
"""

from collections.abc import Callable

from sqlalchemy import Connection

from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.scheduling.adapters.store import SqlSchedules
from services.scheduling.domain.identifiers import SafeguarderId
from services.scheduling.handlers.bring_up_to_date import bring_up_to_date
from services.scheduling.handlers.context import SchedulingContext

LOOK_SECONDS = 30.0


class DailyRun:
    """Brings everyone up to date, once on each London date."""

    def __init__(
        self, database: Database, new_context: Callable[[Connection], SchedulingContext], clock: Clock
    ) -> None:
        self._database = database
        self._new_context = new_context
        self._clock = clock

    def turn(self) -> float:
        """Bring everyone up to date, unless that was done today; seconds until the next look."""
        self.run()
        return LOOK_SECONDS

    def run(self) -> None:
        """Bring everyone up to date, unless that was done today."""
        now, today = self._clock.now(), self._clock.today()
        with self._database.read() as connection:
            schedules = SqlSchedules(connection, now)
            if schedules.day_done(today):
                return
            people = schedules.serving(today)
        for safeguarder_id in people:
            self._catch_up(safeguarder_id)
        self._database.write(lambda tx: SqlSchedules(tx, now).finish_day(today))

    def _catch_up(self, safeguarder_id: SafeguarderId) -> None:
        """Look first, and write only where there is something new: on most days there is for few."""
        with self._database.read() as connection:
            context = self._new_context(connection)
            schedule = context.schedule(safeguarder_id)
            if bring_up_to_date(schedule, context).schedule == schedule:
                return

        def write(connection: Connection) -> None:
            context = self._new_context(connection)
            before = context.schedule(safeguarder_id)
            change = bring_up_to_date(before, context)
            context.schedules.keep(before, change.schedule, change.events)

        self._database.write(write)
