"""What runs beside the server: the sender of e-mails, and the clock that brings alerts back."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.notifications.domain.notification import FINAL_STATES, Notification, Outcome, Retries
from services.notifications.handlers.context import AlertContext
from services.notifications.handlers.pass_time import assign_alerts, end_snoozes
from services.notifications.handlers.send_notifications import claim_next, record_outcome, release_claims, send
from services.notifications.ports import Mailer, Notifications, People
from services.notifications.telemetry import HANDOVER
from services.platform.clock import Clock
from services.platform.failpoints import reach
from services.platform.storage.database import Database
from services.platform.telemetry.logs import log

LONGEST_REST_SECONDS = 60.0
FORGOTTEN_AFTER = timedelta(hours=1)
"""A claim this old has no sender any more: no conversation with a mail server lasts as long."""


class Sender:
    """Sends what is due, one e-mail after the other. A slow mail server holds up nothing but this."""

    def __init__(  # noqa: PLR0913, PLR0917  built in one place
        self,
        database: Database,
        notifications: Callable[[Connection], Notifications],
        people: People,
        mailer: Mailer,
        clock: Clock,
        retries: Retries,
        copy_name: str,
    ) -> None:
        self._copy_name = copy_name
        self._database = database
        self._notifications = notifications
        self._people = people
        self._mailer = mailer
        self._clock = clock
        self._retries = retries
        self._unrecorded: tuple[Sequence[Notification], Outcome] | None = None
        """What became of a try, until the database has it: it may be full just then."""

    def turn(self) -> float:
        """Send one e-mail if one is due; seconds until the next look, unless something is committed meanwhile."""
        self._record()
        now = self._clock.now()
        with self._database.read() as connection:
            notifications = self._notifications(connection)
            due = notifications.next_group(now)
            due_at = notifications.next_due_at(now)
        if due:
            self._send_next()
            return 0.0
        rest = LONGEST_REST_SECONDS if due_at is None else (due_at - now).total_seconds()
        return min(rest, LONGEST_REST_SECONDS)

    def release_claims(self, copy_name: str = "") -> None:
        """Free claims without an outcome: those of a copy that has just started again, and any that are forgotten."""
        now = self._clock.now()
        before = now - FORGOTTEN_AFTER
        with self._database.read() as connection:
            lost = len(self._notifications(connection).claimed(before, copy_name))
        if lost:
            self._database.write(
                lambda tx: release_claims(self._notifications(tx), before, copy_name, now, self._retries)
            )
            log().warning("outcome_unknown", count=lost)

    def start_again(self) -> None:
        """Free what this copy had claimed before it ended."""
        self.release_claims(self._copy_name)

    def _send_next(self) -> None:
        """Claim, send, record: only the first and the last touch the database."""
        now = self._clock.now()
        claimed = self._database.write(lambda tx: claim_next(self._notifications(tx), self._copy_name, now))
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
            lambda tx: record_outcome(claimed, outcome, self._notifications(tx), now, self._retries)
        )
        self._unrecorded = None
        _measure(tried, now)
        log().info("tried_to_send", reason=outcome.value, count=len(claimed))


def _measure(tried: Sequence[Notification], now: datetime) -> None:
    for notification in tried:
        if notification.state in FINAL_STATES:
            waited = (now - notification.created_at).total_seconds()
            HANDOVER.record(waited, {"outcome": notification.state.value})


class ClockJob:
    """Ends snoozes, assigns what is for nobody, and frees forgotten claims."""

    def __init__(
        self, database: Database, context: Callable[[Connection, datetime], AlertContext], sender: Sender, clock: Clock
    ) -> None:
        self._database = database
        self._context = context
        self._sender = sender
        self._clock = clock

    def turn(self) -> float:
        """Do what is due by now; seconds until the next look."""
        now = self._clock.now()
        with self._database.read() as connection:
            alerts = self._context(connection, now).alerts
            waiting = alerts.back_by(self._clock.today()) or alerts.unassigned()
        if waiting:
            self._database.write(lambda tx: _pass_time(self._context(tx, now)))
        self._sender.release_claims()
        return LONGEST_REST_SECONDS


def _pass_time(context: AlertContext) -> None:
    end_snoozes(context)
    assign_alerts(context)
