"""Reactions of notifications to the events of other services."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from psmf.rules.v1 import events_pb2 as rules
from psmf.rules.v1 import rules_pb2
from psmf.rules.v1.concern_moves_pb2 import (
    CONCERN_MOVE_HOLD,
    CONCERN_MOVE_MERGE,
    CONCERN_MOVE_RELEASE,
    CONCERN_MOVE_REOPEN,
    CONCERN_MOVE_SERVE_NOTICE,
)
from psmf.scheduling.v1 import events_pb2 as scheduling
from sqlalchemy import Connection

from services.notifications import wire
from services.notifications.domain.alert import Reason
from services.notifications.handlers import react_to_concern as react
from services.notifications.handlers.context import AlertContext
from services.notifications.handlers.pass_time import give_to_the_team, hand_over_alerts
from services.notifications.telemetry import EVIDENCE_TO_ALERT
from services.platform.calls.relations import allocate, end_allocation
from services.platform.calls.wire import from_date, from_instant
from services.platform.events.inbox import Reaction, not_for_it
from services.platform.events.outbox import StoredEvent

NewContext = Callable[[Connection], AlertContext]


def from_rules(new_context: NewContext) -> dict[str, Reaction]:
    """Return the reaction to each event type of rules."""

    def raised_or_updated(message: Any, at: datetime, context: AlertContext) -> None:
        react.raise_alert(wire.concern(message.concern), at, context, quiet=message.quiet)
        if message.concern.HasField("evidence_record_time"):
            since = from_instant(message.concern.evidence_record_time)
            # The two times come from two processes, whose clocks can differ a little.
            EVIDENCE_TO_ALERT.record(max(0.0, (context.now - since).total_seconds()))

    def closing_proposed(message: Any, _: datetime, context: AlertContext) -> None:
        react.propose_closing(wire.concern(message.concern), context)

    def acknowledged(message: Any, _: datetime, context: AlertContext) -> None:
        next_on = from_date(message, "next_date")
        react.acknowledge_alert(wire.concern(message.concern), message.owner, next_on, context)

    def dismissed(message: Any, _: datetime, context: AlertContext) -> None:
        react.end_alert(wire.concern(message.concern), Reason.CONCERN_DISMISSED, context)

    def closed(message: Any, _: datetime, context: AlertContext) -> None:
        react.end_alert(wire.concern(message.concern), Reason.CONCERN_CLOSED, context)

    def deferred(message: Any, at: datetime, context: AlertContext) -> None:
        react.raise_deferred_evaluation(message.safeguarder_id, message.reason, at, context)

    reactions: dict[Any, Callable[[Any, datetime, AlertContext], None]] = {
        rules.ConcernRaised: raised_or_updated,
        rules.ConcernUpdated: raised_or_updated,
        rules.ConcernClosingProposed: closing_proposed,
        rules.ConcernAcknowledged: acknowledged,
        rules.ConcernDismissed: dismissed,
        rules.ConcernClosed: closed,
        rules.ConcernMoved: _moved,
        rules.EvaluationHeld: deferred,
        rules.RulebookActivated: _activated,
    }
    return {
        message.DESCRIPTOR.full_name: _reaction(message, react_to, new_context)
        for message, react_to in reactions.items()
    } | not_for_it(rules.StandardsEditionPublished, rules.StandardsEditionWithdrawn)


def _activated(message: Any, _: datetime, context: AlertContext) -> None:
    react.tell_of_rulebook(message.rulebook_hash, context)


def from_scheduling(new_context: NewContext) -> dict[str, Reaction]:
    """Return the reaction to each event type of scheduling."""

    def allocated(connection: Connection, event: StoredEvent) -> None:
        message = scheduling.SupportManagerAllocated.FromString(event.data)
        allocate(connection, message.safeguarder_id, message.support_manager)
        hand_over_alerts(message.safeguarder_id, new_context(connection))

    def allocation_ended(connection: Connection, event: StoredEvent) -> None:
        message = scheduling.SupportManagerAllocationEnded.FromString(event.data)
        end_allocation(connection, message.safeguarder_id)
        give_to_the_team(message.safeguarder_id, message.support_manager, new_context(connection))

    return {
        scheduling.SupportManagerAllocated.DESCRIPTOR.full_name: allocated,
        scheduling.SupportManagerAllocationEnded.DESCRIPTOR.full_name: allocation_ended,
        **not_for_it(
            scheduling.ObligationsOpened,
            scheduling.SupportSessionProposed,
            scheduling.SupportSessionConfirmed,
            scheduling.SupportSessionRescheduled,
            scheduling.SupportSessionCancelled,
            scheduling.AgendaItemAdded,
            scheduling.AgendaItemSettled,
            scheduling.SupportSessionAttendanceRecorded,
            scheduling.TrainingAttendanceRecorded,
        ),
    }


def _moved(message: Any, at: datetime, context: AlertContext) -> None:
    """React to the moves that change an alert. Other moves tell nobody: the person who made one knows of it."""
    if message.move == CONCERN_MOVE_MERGE:
        react.end_alert(wire.concern(message.concern), Reason.CONCERN_CLOSED, context)
    elif message.move == CONCERN_MOVE_REOPEN:
        react.raise_alert(wire.concern(message.concern), at, context)
    elif message.move in (CONCERN_MOVE_HOLD, CONCERN_MOVE_RELEASE):
        on_hold = message.to_state == rules_pb2.Concern.STATE_HELD
        react.hold_or_release(wire.concern(message.concern), on_hold, at, context)
    elif message.move == CONCERN_MOVE_SERVE_NOTICE:
        react.tell_of_notice(wire.concern(message.concern), context)


def _reaction(
    message: Any, react_to: Callable[[Any, datetime, AlertContext], None], new_context: NewContext
) -> Reaction:
    def reaction(connection: Connection, event: StoredEvent) -> None:
        react_to(message.FromString(event.data), event.recorded_at, new_context(connection))

    return reaction
