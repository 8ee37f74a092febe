"""Jobs beside the server: the sender of e-mails, and the clock job that asks again."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.notifications.adapters.notifications import SqlNotifications
from services.notifications.domain.notification import FINAL_STATES, Notification, Outcome, Retries
from services.notifications.handlers.ask_for_duties import ask_for_duties, duties_to_ask
from services.notifications.handlers.context import AlertContext
from services.notifications.handlers.pass_time import ask_again, assign_alerts, due_to_ask, to_assign
from services.notifications.handlers.send_notifications import claim_next, record_outcome, release_claims, send
from services.notifications.ports import Mailer, People
from services.notifications.telemetry import HANDOVER
from services.platform.clock import Clock
from services.platform.failpoints import reach
from services.platform.storage.database import Database
from services.platform.telemetry.logs import log

LONGEST_REST_SECONDS = 60.0
"""Longest time between two looks, so that a change that wakes nobody is noticed within a minute."""
FORGOTTEN_AFTER = timedelta(hours=1)
"""Age at which a claim has certainly lost its sender, because no conversation with a mail server lasts as long."""


class Sender:
    """The job that sends what is due, one e-mail after another. A slow mail server delays nothing else."""

    def __init__(
        self,
        database: Database,
        people: People,
        mailer: Mailer,
        clock: Clock,
        retries: Retries,
        copy_name: str,
    ) -> None:
        self._copy_name = copy_name
        self._database = database
        self._people = people
        self._mailer = mailer
        self._clock = clock
        self._retries = retries
        self._unrecorded: tuple[Sequence[Notification], Outcome] | None = None
        """The outcome of a try until the database has stored it. The database may be full at that moment."""

    def turn(self) -> float:
        """Send one e-mail if one is due. Return the seconds until the next look, unless a commit comes first."""
        # An outcome that could not be stored comes first, because its claim would otherwise be taken for a lost one.
        self._record()
        now = self._clock.now()
        with self._database.read() as connection:
            notifications = SqlNotifications(connection)
            due = notifications.next_group(now, self._retries)
            due_at = notifications.next_due_at(now)
        if due:
            self._send_next()
            return 0.0
        rest = LONGEST_REST_SECONDS if due_at is None else (due_at - now).total_seconds()
        return min(rest, LONGEST_REST_SECONDS)

    def release_claims(self, copy_name: str = "") -> None:
        """Release claims without an outcome: those of a copy that has just started again, and all that are too old."""
        now = self._clock.now()

        def lost(connection: Connection) -> Sequence[Notification]:
            return SqlNotifications(connection).lost(now, FORGOTTEN_AFTER, copy_name)

        with self._database.read() as connection:
            count = len(lost(connection))
        if count:
            self._database.write(lambda tx: release_claims(SqlNotifications(tx), lost(tx), now, self._retries))
            log().warning("outcome_unknown", count=count)

    def start_again(self) -> None:
        """Release what this copy had claimed before it last ended."""
        self.release_claims(self._copy_name)

    def _send_next(self) -> None:
        """Claim, send and record. Only the first and the last use the database."""
        now = self._clock.now()
        claimed = self._database.write(lambda tx: claim_next(SqlNotifications(tx), self._copy_name, now, self._retries))
        if not claimed:
            return
        reach("after_claim")
        self._unrecorded = claimed, send(claimed, self._people, self._mailer, self._clock.now())
        reach("after_mail_before_mark")
        self._record()

    def _record(self) -> None:
        if self._unrecorded is None:
            return
        claimed, outcome = self._unrecorded
        now = self._clock.now()
        tried = self._database.write(
            lambda tx: record_outcome(claimed, outcome, SqlNotifications(tx), now, self._retries)
        )
        self._unrecorded = None
        _measure(tried, self._retries, now)
        log().info("tried_to_send", reason=outcome.value, count=len(claimed))


def _measure(tried: Sequence[Notification], retries: Retries, now: datetime) -> None:
    for notification in tried:
        if notification.state in FINAL_STATES:
            since = retries.goes_from(notification.created_at, urgent=notification.urgent)
            waited = max(0.0, (now - since).total_seconds())
            HANDOVER.record(waited, {"outcome": notification.state.value})


class ClockJob:
    """The job that asks for what waits or is owed, assigns alerts without a recipient, and releases lost claims."""

    def __init__(
        self, database: Database, context: Callable[[Connection, datetime], AlertContext], sender: Sender, clock: Clock
    ) -> None:
        self._database = database
        self._context = context
        self._sender = sender
        self._clock = clock

    def turn(self) -> float:
        """Do what is due. Return the seconds until the next look."""
        now = self._clock.now()
        with self._database.read() as connection:
            context = self._context(connection, now)
            waiting = due_to_ask(context) or duties_to_ask(context) or to_assign(context)
        # Reading first avoids the write lock, because on most turns nothing is due.
        if waiting:
            self._database.write(lambda tx: _pass_time(self._context(tx, now)))
        self._sender.release_claims()
        return LONGEST_REST_SECONDS


def _pass_time(context: AlertContext) -> None:
    ask_again(context)
    ask_for_duties(context)
    assign_alerts(context)
