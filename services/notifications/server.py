"""gRPC methods of the notifications service. Each decodes the request, calls a handler and encodes the answer."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from psmf.notifications.v1 import notifications_pb2 as pb
from psmf.notifications.v1 import notifications_pb2_grpc
from psmf.platform.v1 import timeline_pb2
from sqlalchemy import Connection

from services.notifications import wire
from services.notifications.adapters.alerts import Scope, SqlAlerts
from services.notifications.adapters.notifications import SqlNotifications
from services.notifications.domain.alert import Alert
from services.notifications.handlers import work_on_alert as work
from services.notifications.handlers.context import AlertContext
from services.notifications.handlers.work_on_alert import AlertRead
from services.notifications.wire.timeline import of_messages
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.relations import listed_subjects
from services.platform.calls.timeline import TimelinePart
from services.platform.calls.wire import name_parts
from services.platform.clock import Clock
from services.platform.events.inbox_tables import has_come
from services.platform.process.own_records import OwnFile, OwnKind, listed
from services.platform.storage.database import Database, to_micros
from services.refusals import invalid, nobody_known

HEARTBEAT_SECONDS = 2.0
"""Time without a change after which a watch sends a heartbeat, which tells the caller that it is still connected."""
WATCH_BATCH = 100
"""Changes read at a time, so that no read transaction stays open while a slow caller takes them."""

SOURCES = ("evidence", "rules", "scheduling")
"""Services whose events tell of people."""

NewContext = Callable[[Connection], AlertContext]


class AlertServer(notifications_pb2_grpc.AlertServiceServicer):
    """The inbox of alerts, one for each matter, with one owner."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, new_context: NewContext) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._new_context = new_context

    def GetAlert(self, request: pb.GetAlertRequest, context: Any) -> pb.Alert:
        """Return one alert."""
        read = _alert_read(request.name)
        with self._database.read() as connection:
            alert = work.find_alert(read, self._new_context(connection))
        if current_call.get().relation == "own" and not alert.open_to_the_person:
            raise work.alert_not_found()
        return wire.alert_message(alert)

    def ListAlerts(self, request: pb.ListAlertsRequest, context: Any) -> pb.ListAlertsResponse:
        """Return a page of the alerts that the caller may see, most urgent first."""
        mark = (current_call.get().principal.person, request.parent, request.recipient, request.include_ended)
        most = page_size(request.page_size)
        after = read_page_token(request.page_token, *mark) or ()
        with self._database.read() as connection:
            scope = _scope(request.parent, connection, self._clock.today())
            alerts = SqlAlerts(connection).page(scope, request.recipient, request.include_ended, after, most + 1)
        token = page_token(list(alerts[most - 1].place), *mark) if len(alerts) > most else ""
        return pb.ListAlertsResponse(
            alerts=[wire.alert_message(alert) for alert in alerts[:most]], next_page_token=token
        )

    def WatchAlerts(self, request: pb.WatchAlertsRequest, context: Any) -> Iterator[pb.WatchAlertsResponse]:
        """Stream the alerts that the caller may see as they change."""
        with self._database.read() as connection:
            after = _resume_after(request.resume_token, SqlAlerts(connection).head())
        yield from self._watch(request.parent, after, context)

    def AcknowledgeAlert(self, request: pb.AcknowledgeAlertRequest, context: Any) -> pb.Alert:
        """Acknowledge an alert for a named owner."""
        read, next_on = _alert_read(request.name, request.etag), wire.needed_date(request, "next_date")
        call = current_call.get()
        caller, owner = call.principal.person, request.owner or call.responsible
        return self._run(request, lambda context: work.acknowledge_alert(read, owner, caller, next_on, context))

    def SnoozeAlert(self, request: pb.SnoozeAlertRequest, context: Any) -> pb.Alert:
        """Snooze an alert until a day."""
        read, until_on = _alert_read(request.name, request.etag), wire.needed_date(request, "until_date")
        reason = wire.reason(request.reason, "reason")
        call = current_call.get()
        caller, whom = call.principal.person, call.for_whom
        return self._run(request, lambda context: work.snooze_alert(read, caller, until_on, reason, context, whom))

    def ResolveAlert(self, request: pb.ResolveAlertRequest, context: Any) -> pb.Alert:
        """End an alert with an outcome."""
        read, outcome = _alert_read(request.name, request.etag), wire.reason(request.outcome, "outcome")
        caller = current_call.get().principal.person
        return self._run(request, lambda context: work.resolve_alert(read, caller, outcome, context))

    def _run(self, request: Any, change: Callable[[AlertContext], Alert]) -> pb.Alert:
        return self._commands.run(request, pb.Alert, lambda tx: wire.alert_message(change(self._new_context(tx))))

    def _watch(self, parent: str, after: int | None, context: Any) -> Iterator[pb.WatchAlertsResponse]:
        """Stream the live alerts first, unless the caller resumes, and then each change, with heartbeats in between."""
        position, live_only = after or 0, after is None
        said_at = 0.0
        while context.is_active() and not self._database.commits.ended:
            # The count is read before the changes, so that a commit in between ends the wait below at once.
            commits = self._database.commits.count
            with self._database.read() as connection:
                # Asked for at each look: an allocation, a delegation or a link may have changed.
                scope = _scope(parent, connection, self._clock.today())
                changes = SqlAlerts(connection).changes(scope, position, WATCH_BATCH, live_only)
            for changed in changes:
                position = changed.change
                yield wire.watch_message(position, changed.alert)
            now = time.monotonic()
            if changes:
                said_at = now
            elif now - said_at >= HEARTBEAT_SECONDS or live_only:
                said_at, live_only = now, False
                yield wire.watch_message(position)
            else:
                self._database.commits.wait_beyond(commits, said_at + HEARTBEAT_SECONDS - now)


class NotificationServer(notifications_pb2_grpc.NotificationServiceServicer):
    """Notifications: messages that say only that there is something to read."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def ListNotifications(self, request: pb.ListNotificationsRequest, context: Any) -> pb.ListNotificationsResponse:
        """Return a page of the notifications about a person, newest first."""
        mark = (current_call.get().principal.person, request.parent)
        most = page_size(request.page_size)
        after = read_page_token(request.page_token, *mark) or ()
        with self._database.read() as connection:
            scope = _scope(request.parent, connection, self._clock.today())
            sent = SqlNotifications(connection).page(scope, after, most + 1)
        token = ""
        if len(sent) > most:
            last = sent[most - 1]
            token = page_token([to_micros(last.created_at), last.notification_id], *mark)
        return pb.ListNotificationsResponse(
            notifications=[wire.notification_message(one) for one in sent[:most]], next_page_token=token
        )


def own_file(alerts: AlertServer, sent: NotificationServer) -> OwnFile:
    """Return what people take with them of what notifications keeps."""
    listed_alerts = listed(alerts.ListAlerts, pb.ListAlertsRequest, "alerts", include_ended=True)
    messages = listed(sent.ListNotifications, pb.ListNotificationsRequest, "notifications")
    kinds = [
        OwnKind("psmf.notifications.v1.AlertService/ListAlerts", listed_alerts),
        OwnKind("psmf.notifications.v1.NotificationService/ListNotifications", messages),
    ]
    return OwnFile(kinds, [])


def timeline(database: Database, clock: Clock) -> list[TimelinePart]:
    """Return what a person was sent, once for each message, by whatever ways it went.

    What staff were sent about them says when a colleague was reminded, which is no part of somebody's file.
    """

    def sent(person: str) -> Iterator[timeline_pb2.TimelineEntry]:
        with database.read() as connection:
            scope, store = _scope(person, connection, clock.today()), SqlNotifications(connection)
            return of_messages(store.sent_to_the_person(scope))

    return [TimelinePart("psmf.notifications.v1.NotificationService/ListNotifications", sent)]


def _alert_read(name: str, etag: str = "") -> AlertRead:
    safeguarder_id, alert_id = name_parts(name, "safeguarders", "alerts")
    return AlertRead(safeguarder_id, alert_id, etag)


def _scope(parent: str, connection: Connection, today: date) -> Scope:
    """Return what the caller may see of a parent now. `safeguarders/-` means everyone they may see."""
    (safeguarder_id,) = name_parts(parent, "safeguarders")
    call = current_call.get()
    one = "" if safeguarder_id == "-" else safeguarder_id
    if call.relation == "own":
        return Scope(one, own=True)
    if call.relation == "emergency":
        return Scope(one)
    return Scope(one, listed_subjects(connection, call.principal, "-", "support_manager", today))


def _resume_after(token: str, head: int) -> int | None:
    if not token:
        return None
    if not (token.isascii() and token.isdigit() and len(token) < 19 and int(token) <= head):
        raise invalid(
            "RESUME_TOKEN_NOT_VALID",
            "This service did not issue this resume_token. Start again without one.",
            "resume_token",
        )
    return int(token)


def require_known(connection: Connection, safeguarder_id: str) -> None:
    """Refuse somebody of whom no event has come. Every person's first event is the appointment.

    Raises:
        Refusal: NOT_FOUND.
    """
    if not has_come(connection, SOURCES, safeguarder_id):
        raise nobody_known()
