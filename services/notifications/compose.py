"""Composition of the notifications service: every object is built here, from top to bottom."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from psmf.notifications.v1 import notifications_pb2, notifications_pb2_grpc
from sqlalchemy import Connection

from services.calendar_days import london_today
from services.notifications import consumer
from services.notifications.adapters.alerts import SqlAlerts
from services.notifications.adapters.duties import SqlDuties
from services.notifications.adapters.ladders import read_ladders
from services.notifications.adapters.notifications import SqlNotifications
from services.notifications.adapters.people import DirectoryPeople
from services.notifications.adapters.smtp import SmtpMailer
from services.notifications.domain.notification import Retries
from services.notifications.handlers.context import AlertContext, Policy
from services.notifications.ports import People
from services.notifications.server import AlertServer, NotificationServer, own_file, require_known, timeline
from services.notifications.settings import Settings
from services.notifications.telemetry import GAUGES
from services.notifications.worker import ClockJob, Sender
from services.platform.calls.relations import Subjects, acting_manager, delegates, linked_people
from services.platform.clock import Clock
from services.platform.loop import Loop
from services.platform.process.process import Process, ServiceParts
from services.platform.storage.counts import Count, counted
from services.platform.storage.database import Database, execute, from_micros, seconds_since, to_micros
from services.platform.storage.opening import open_database

HERE = Path(__file__).parent
OWN_TABLE = "notification"
"""A table that no other service has. It tells this service's database from others."""
SUBJECTS = Subjects("safeguarders", "support_manager", "safeguarder", require_known)
"""Every record here is about a Safeguarder, and only a support manager can have one allocated."""


COUNTS = (
    Count("alerts_open", "alert", "{row}.state <> 'resolved'"),
    Count("alerts_unassigned", "alert", "{row}.recipient = '' AND {row}.state <> 'resolved'"),
    Count("notifications_waiting", "notification", "{row}.state IN ('intended', 'claimed')"),
    Count("notifications_sent", "notification", "{row}.state = 'sent'"),
    Count("notifications_failed", "notification", "{row}.state = 'failed'"),
)
"""What the database counts for the figures."""


def compose(settings: Settings, clock: Clock | None = None) -> Process:
    """Return the service, ready to start. `clock`: the machine's, unless a test moves one of its own."""
    database = open_database(settings.database_url, HERE / "migrations", OWN_TABLE)
    parts = ServiceParts(settings, database, [notifications_pb2.DESCRIPTOR], HERE, SUBJECTS, clock)
    clock = parts.clock

    people = DirectoryPeople(parts.directory)
    context_at = context_factory(settings, people)

    def new_context(connection: Connection) -> AlertContext:
        return context_at(connection, clock.now())

    alerts = AlertServer(database, parts.commands, clock, new_context)
    notifications_pb2_grpc.add_AlertServiceServicer_to_server(alerts, parts.server.server)
    sent = NotificationServer(database, clock)
    notifications_pb2_grpc.add_NotificationServiceServicer_to_server(sent, parts.server.server)

    parts.hand_out(own_file(alerts, sent))
    parts.tell_of_the_past(timeline(database, clock))

    mailer = SmtpMailer(
        settings.smtp_address,
        settings.mail_from,
        settings.service_name,
        start_tls=settings.smtp_start_tls,
        timeout_seconds=settings.smtp_timeout_seconds,
    )
    group_for = timedelta(seconds=settings.group_seconds)
    office = read_ladders().office if settings.email_in_office_hours else None
    retries = Retries(timedelta(seconds=settings.retry_seconds), settings.most_tries, group_for, office)
    sender = Sender(database, people, mailer, clock, retries, parts.copy_name)
    sender.start_again()
    parts.run_beside(Loop("sender", sender.turn, database.commits))
    parts.run_beside(Loop("clock", ClockJob(database, context_at, sender, clock).turn))

    parts.listen_to("evidence", settings.evidence_address, consumer.from_evidence(new_context))
    parts.listen_to("rules", settings.rules_address, consumer.from_rules(new_context))
    parts.listen_to("scheduling", settings.scheduling_address, consumer.from_scheduling(new_context))
    return parts.process(figures=lambda: figures(database, clock, retries), own_gauges=GAUGES, counts=COUNTS)


def context_factory(settings: Settings, people: People) -> Callable[[Connection, datetime], AlertContext]:
    """Return a function that makes the handlers' context for a transaction and an instant."""
    policy = Policy(
        ladders=read_ladders(),
        group_for=timedelta(seconds=settings.group_seconds),
        safety_tell_safeguarder=settings.safety_tell_safeguarder,
        held_respond_within_working_days=settings.held_respond_within_working_days,
    )

    def context_at(connection: Connection, now: datetime) -> AlertContext:
        return AlertContext(
            SqlAlerts(connection),
            SqlDuties(connection),
            SqlNotifications(connection),
            people,
            partial(acting_manager, connection),
            lambda subject: people.every_account(linked_people(connection, subject)),
            partial(delegates, connection, today=london_today(now)),
            policy,
            now,
            lambda: uuid.uuid4().hex,
        )

    return context_at


def figures(database: Database, clock: Clock, retries: Retries) -> tuple[dict[str, int], dict[str, str]]:
    """Return the figures that GetStatus shows for this service."""
    with database.read() as connection:
        shown = counted(connection, COUNTS)
        waits = [_longest_wait(connection, clock.now(), retries, urgent=urgent) for urgent in (True, False)]
    return shown | {"oldest_wait_seconds": max(waits)}, {}


def _longest_wait(connection: Connection, now: datetime, retries: Retries, *, urgent: bool) -> int:
    """Return for how many seconds the oldest message could have gone. Otherwise each night would look like a fault."""
    oldest = "SELECT MIN(created_at) FROM notification WHERE state IN ('intended', 'claimed') AND urgent = ?"
    (intended_at,) = execute(connection, oldest, (urgent,)).fetchone()
    if intended_at is None:
        return 0
    return seconds_since(to_micros(retries.goes_from(from_micros(intended_at), urgent=urgent)), now)
