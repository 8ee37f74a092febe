"""The jobs of evidence: what the calendar does with sessions and with reviews, and the look through earlier items.

Each takes a few things at a time, so that it keeps no command waiting. A crash loses nothing: what was done is stored
together with the mark that it was done.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection

from services.calendar_days import LONDON, WorkingCalendar, is_working_day, london_today
from services.evidence.adapters.decisions import SqlDecisions
from services.evidence.adapters.feedback.links import SqlFeedbackLinks
from services.evidence.adapters.overlays.store import SqlOverlays
from services.evidence.adapters.pages.drafts import SqlDrafts
from services.evidence.adapters.plan_files import plan_file
from services.evidence.adapters.review_requests.files import ReviewFile
from services.evidence.adapters.session_files import session_file
from services.evidence.adapters.store import SqlFile, SqlRegister
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.handlers.look_through import look_through
from services.evidence.handlers.overlays.days import DaysAway
from services.evidence.handlers.overlays.suspend import end_with_memberships, over_with_membership
from services.evidence.handlers.review_requests.overdue import move_up_overdue
from services.evidence.handlers.session_packs import freeze_due
from services.evidence.handlers.session_records import lapse_due, over
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.platform.waits import ConfirmedTime

ITEMS_A_TURN = 100
"""The screen reads them in a tenth of a second, in which other writers wait."""
SESSIONS_A_TURN = 20
"""Papers and records in one transaction."""
ENDS_A_TURN = 20
"""Each reads every decision about its person."""
REQUESTS_A_TURN = 20
"""Each asks who stands outside its chain."""
BETWEEN_SECONDS = 0.2
LOOK_SECONDS = 60.0
HOURLY_SECONDS = 3600.0
REMINDS_FROM_HOUR = 9
"""Ours: the hour in London from which the Team is reminded, on days when the office is open."""


class SessionCalendar:
    """The job that freezes the papers of sessions in time, and closes records whose time to answer is over.

    Records close by a time that a wrong clock cannot put forward. One that closed too early would have taken the
    person's time to answer (F1).
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._confirmed = ConfirmedTime(clock)

    def turn(self) -> float:
        """Freeze some papers and close some records. Return the seconds until the next turn."""
        confirmed = self._confirmed.now()
        with self._database.read() as connection:
            files = session_file(connection, self._clock.now())
            to_lapse = confirmed is not None and over(session_file(connection, confirmed), 1)
            waiting = to_lapse or files.packs.to_freeze(files.now, 1)
        if not waiting:
            return LOOK_SECONDS
        self._database.write(partial(self._keep_in_time, confirmed))
        return BETWEEN_SECONDS

    def _keep_in_time(self, confirmed: datetime | None, tx: Connection) -> None:
        freeze_due(session_file(tx, self._clock.now()), SESSIONS_A_TURN)
        if confirmed is not None:
            lapse_due(session_file(tx, confirmed), SESSIONS_A_TURN)


class ReviewCalendar:
    """The job that moves review requests up a level once somebody's time is over (record 2.5).

    It goes by a time that a wrong clock cannot put forward: a reviewer would otherwise lose a request too early (F1).
    """

    def __init__(self, database: Database, clock: Clock, files: Callable[[Connection, datetime], ReviewFile]) -> None:
        self._database = database
        self._files = files
        self._confirmed = ConfirmedTime(clock)

    def turn(self) -> float:
        """Move some requests up. Return the seconds until the next turn."""
        confirmed = self._confirmed.now()
        if confirmed is None:
            return LOOK_SECONDS
        with self._database.read() as connection:
            waiting = self._files(connection, confirmed).requests.to_look_at(london_today(confirmed), 1)
        if not waiting:
            return LOOK_SECONDS
        self._database.write(lambda tx: move_up_overdue(self._files(tx, confirmed), REQUESTS_A_TURN))
        return BETWEEN_SECONDS


class LookThrough:
    """The job that looks through earlier items, and says on each working day that something is held (P19, P23)."""

    def __init__(self, database: Database, clock: Clock, body_of: Callable[[str], str]) -> None:
        self._database = database
        self._clock = clock
        self._body_of = body_of
        self._reminded_on: date | None = None
        """Kept here only: notifications tell the Team once a day, however often a copy of this service says it."""

    def turn(self) -> float:
        """Look through some items, or remind the Team. Return the seconds until the next turn."""
        with self._database.read() as connection:
            waiting, held = SqlFile(connection).is_to_look_at()
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


class DeletesWhatIsOver:
    """A job that deletes what is over. It goes by a time that a wrong clock cannot put forward.

    Otherwise such a clock would delete what somebody still needs.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        any_over: Callable[[Connection, datetime], bool],
        delete_over: Callable[[Connection, datetime], object],
    ) -> None:
        self._database = database
        self._confirmed = ConfirmedTime(clock)
        self._any_over = any_over
        self._delete_over = delete_over

    def turn(self) -> float:
        """Delete what is over. Return the seconds until the next turn."""
        now = self._confirmed.now()
        if now is not None and self._any(now):
            self._database.write(lambda tx: self._delete_over(tx, now))
        return HOURLY_SECONDS

    def _any(self, now: datetime) -> bool:
        with self._database.read() as connection:
            return self._any_over(connection, now)


def forgotten_drafts(database: Database, clock: Clock) -> DeletesWhatIsOver:
    """Return the job that deletes drafts whose days are over. They name people, and nobody finishes them any more."""
    return DeletesWhatIsOver(
        database,
        clock,
        lambda tx, now: SqlDrafts(tx, now).any_old(),
        lambda tx, now: SqlDrafts(tx, now).delete_old(),
    )


def feedback_that_is_over(database: Database, clock: Clock) -> DeletesWhatIsOver:
    """Return the job that deletes how to reach somebody who gave feedback, and sessions of links, after their time."""
    return DeletesWhatIsOver(
        database,
        clock,
        lambda tx, now: SqlFeedbackLinks(tx).any_over(now),
        lambda tx, now: SqlFeedbackLinks(tx).delete_over(now),
    )


class EndsToTell:
    """The job that tells the end of a membership once its last day is over (docs/decisions/0076).

    Every reader stops everything at once when it hears of an end. So it goes by a time that a wrong clock cannot put
    forward: nobody would otherwise look at a member who still serves.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._confirmed = ConfirmedTime(clock)

    def turn(self) -> float:
        """Tell some ends. Return the seconds until the next turn."""
        now = self._confirmed.now()
        if now is None or not self._any(now):
            return LOOK_SECONDS
        self._database.write(lambda tx: SqlDecisions(tx).tell_ends(london_today(now), now, ENDS_A_TURN))
        return BETWEEN_SECONDS

    def _any(self, now: datetime) -> bool:
        with self._database.read() as connection:
            return bool(SqlDecisions(connection).ends_to_tell(london_today(now), 1))


class EndOfOverlays:
    """The job that ends the suspensions of those who are members no more. Else one would stand still for ever."""

    def __init__(self, database: Database, clock: Clock, reply_working_days: int) -> None:
        self._database = database
        self._clock = clock
        self._reply_working_days = reply_working_days

    def turn(self) -> float:
        """End what is over. Return the seconds until the next turn."""
        with self._database.read() as connection:
            overlays, people = SqlOverlays(connection), SqlRegister(connection)
            waiting = next(over_with_membership(overlays, people, self._clock.now()), None)
        if waiting:
            self._database.write(self._end)
        return LOOK_SECONDS

    def _end(self, tx: Connection) -> None:
        now = self._clock.now()
        days = DaysAway(plan_file(tx, Actor("calendar", Side.PANEL_TEAM, now)), self._reply_working_days)
        end_with_memberships(SqlOverlays(tx), days, now)
