"""The daily run, which brings every serving Safeguarder up to date once a day.

It opens a new twelve months, proposes dates for sessions without one, and allocates a support manager if there was
nobody to choose before. It also moves the duties of the day on: a standstill begins or ends, a review opens, a
membership is over. A crash loses nothing: the day counts as done only after the last person, and doing a person
again changes nothing.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Connection

from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.scheduling.adapters.duties import SqlDuties
from services.scheduling.adapters.store import SqlSchedules
from services.scheduling.domain.identifiers import SafeguarderId
from services.scheduling.domain.schedule import Schedule
from services.scheduling.handlers.bring_up_to_date import bring_up_to_date
from services.scheduling.handlers.context import SchedulingContext

LOOKS_BACK = timedelta(days=366)
"""For how long after a membership it is looked at without being owed anything. Standing still for longer loses it."""
LOOK_SECONDS = 30.0
"""Time between two looks at the date. A new day may begin this late."""


class DailyRun:
    """The job that brings everyone up to date once on each London date."""

    def __init__(
        self, database: Database, new_context: Callable[[Connection], SchedulingContext], clock: Clock
    ) -> None:
        self._database = database
        self._new_context = new_context
        self._clock = clock

    def turn(self) -> float:
        """Bring everyone up to date unless that was done today. Return the seconds until the next look."""
        self.run()
        return LOOK_SECONDS

    def run(self) -> None:
        """Bring everyone up to date unless that was done today."""
        now, today = self._clock.now(), self._clock.today()
        with self._database.read() as connection:
            schedules = SqlSchedules(connection, now)
            if schedules.day_done(today):
                return
            # A term may run out without a recorded end. Its duties end then, and the Team is asked for a decision.
            people = sorted({*schedules.serving(today - LOOKS_BACK), *SqlDuties(connection, now).people()})
        for safeguarder_id in people:
            self._catch_up(safeguarder_id)
        self._database.write(lambda tx: SqlSchedules(tx, now).finish_day(today))

    def _catch_up(self, safeguarder_id: SafeguarderId) -> None:
        # Reading first avoids the write lock, because on most days few people need a change.
        with self._database.read() as connection:
            context = self._new_context(connection)
            schedule = context.schedules.find(safeguarder_id) or Schedule(safeguarder_id)
            changed = bring_up_to_date(schedule, context).schedule != schedule
            if not changed and not context.duties_changed(schedule):
                return

        # Work it out again inside the write transaction, because the schedule may have changed since it was read.
        def write(connection: Connection) -> None:
            context = self._new_context(connection)
            before = context.schedules.find(safeguarder_id) or Schedule(safeguarder_id)
            change = bring_up_to_date(before, context)
            context.keep(before, change.schedule, change.events)
            context.keep_duties(change.schedule)

        self._database.write(write)
