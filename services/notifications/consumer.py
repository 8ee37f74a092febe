"""Reactions of notifications to the events of other services."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from psmf.evidence.v1 import events_pb2 as evidence
from psmf.rules.v1 import events_pb2 as rules
from psmf.rules.v1 import rules_pb2
from psmf.rules.v1.concern_moves_pb2 import (
    CONCERN_MOVE_HAND_OVER,
    CONCERN_MOVE_HOLD,
    CONCERN_MOVE_MERGE,
    CONCERN_MOVE_RECOMMEND,
    CONCERN_MOVE_RELEASE,
    CONCERN_MOVE_REOPEN,
    ConcernMove,
)
from psmf.scheduling.v1 import events_pb2 as scheduling
from sqlalchemy import Connection

from services.calendar_days import london_today
from services.cover import remember_delegation, remember_emergency, remember_link
from services.notifications import wire
from services.notifications.domain.alert import Reason
from services.notifications.handlers import react_to_concern as react
from services.notifications.handlers.ask import ask_by_move, ask_for_reply, tell_of_held_words, tell_of_safety
from services.notifications.handlers.ask_for_duties import follow_duty
from services.notifications.handlers.context import AlertContext
from services.notifications.handlers.pass_time import give_to_the_team, hand_over_alerts
from services.notifications.handlers.tell_of_access import tell_of_access
from services.notifications.handlers.tell_of_correction import tell_of_correction
from services.notifications.handlers.tell_of_overlay import tell_of_leave, tell_of_suspension
from services.notifications.handlers.tell_of_plan import (
    tell_of_action,
    tell_of_approach,
    tell_of_request,
    tell_of_review,
    tell_of_review_to_come,
    tell_of_support,
    tell_of_term_plan,
    tell_of_view,
    tell_the_reader,
)
from services.notifications.handlers.tell_of_recommendation import tell_of_recommendation, tell_that_papers_open
from services.notifications.handlers.tell_of_session import tell_of_late_items, tell_of_papers, tell_of_record
from services.notifications.telemetry import EVIDENCE_TO_ALERT
from services.notifications.wire import accesses as wire_accesses
from services.notifications.wire import corrections as wire_corrections
from services.notifications.wire import overlays as wire_overlays
from services.platform.calls.relations import allocate, allocated_to, end_allocation, linked_people
from services.platform.calls.wire import from_date, from_instant, to_word
from services.platform.events.inbox import Reaction, not_for_it
from services.platform.events.outbox import StoredEvent

NewContext = Callable[[Connection], AlertContext]


def from_rules(new_context: NewContext) -> dict[str, Reaction]:
    """Return the reaction to each event type of rules."""
    reactions: dict[Any, Callable[[Any, datetime, AlertContext], None]] = {
        rules.ConcernRaised: _raised_or_updated,
        rules.ConcernUpdated: _raised_or_updated,
        rules.ConcernClosingProposed: _closing_proposed,
        rules.ConcernAcknowledged: _acknowledged,
        rules.ConcernDismissed: _dismissed,
        rules.ConcernClosed: _closed,
        rules.ConcernMoved: _moved,
        rules.ConcernStands: _stands,
        rules.EvaluationHeld: _deferred,
        rules.RulebookActivated: _activated,
        rules.RulebookDateReached: _date_reached,
    }
    return {
        message.DESCRIPTOR.full_name: _reaction(message, react_to, new_context)
        for message, react_to in reactions.items()
    } | not_for_it(rules.StandardsEditionPublished, rules.StandardsEditionWithdrawn, rules.RuleOverrideChanged)


_REPLIED_TO = (
    evidence.EvidenceItemRecorded,
    evidence.EvidenceItemMapped,
    evidence.EvidenceItemShared,
    evidence.EvidenceReplyReceived,
    evidence.ComplaintDecided,
    evidence.EvidenceItemSuperseded,
    evidence.EvidenceItemWithdrawn,
)
"""Events after which a Safeguarder is told that they may reply, or no longer."""


def from_evidence(new_context: NewContext) -> dict[str, Reaction]:
    """Return the reaction to each event type of evidence.

    A Safeguarder is told of what they may reply to, and when that time moves or stands still. They are told of the
    papers and the record of a session, of their plan, its actions, its supports and reviews of actions, and when they
    are asked for a view. The support manager is told of their answers, and the Team of a text to look at. Of a review
    that was asked for, both sides are told, and its reviewer. Of a suspension and of a decision that
    is corrected, both sides are told. Another recorder of decisions is asked to confirm a correction.
    """
    reactions: dict[Any, Callable[[Any, datetime, AlertContext], None]] = {
        evidence.EvidenceReplyTimeMoved: _reply_moved,
        evidence.WordsHeld: _words_held,
        evidence.SafetySaid: _safety_said,
        evidence.SessionPackChanged: _papers,
        evidence.SessionLateItemsChanged: _late_items,
        evidence.SessionRecordChanged: _record,
        evidence.ActionChanged: _action,
        evidence.SupportChanged: _support,
        evidence.ViewChanged: _view,
        evidence.ActionReviewHeld: _review,
        evidence.ApproachChanged: _approach,
        evidence.ReviewRequestChanged: _review_request,
        evidence.DevelopmentPlanChanged: _plan,
        evidence.RecommendationChanged: _recommendation,
        evidence.OverlayChanged: _overlay,
        evidence.SafeguarderCorrectionChanged: _correction,
        **dict.fromkeys(_REPLIED_TO, _reply_asked),
    }
    return {
        **{kind.DESCRIPTOR.full_name: _reaction(kind, react_to, new_context) for kind, react_to in reactions.items()},
        **not_for_it(
            evidence.SafeguarderAppointed,
            evidence.SafeguarderEnded,
            evidence.SafeguarderLeaving,
            evidence.SafeguarderReportsNotAvailable,
            evidence.ReportSampleChanged,
            evidence.SafeguarderTimeAwayRecorded,
            evidence.EvidenceItemIdentified,
            # What is owed for a complaint comes as a duty, and its outcome as ComplaintDecided.
            evidence.ComplaintStageMoved,
        ),
    }


def _reply_asked(message: Any, _: datetime, context: AlertContext) -> None:
    ask_for_reply(wire.reply_asked(message.fact), context)


def _reply_moved(message: Any, _: datetime, context: AlertContext) -> None:
    ask_for_reply(wire.reply_asked(message.fact, moved=True), context)


def _papers(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_papers(wire.session_papers(message), context)


def _late_items(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_late_items(wire.late_items(message), context)


def _record(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_record(wire.session_record(message), context)


def _action(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_action(wire.action(message), context)


def _support(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_support(wire.support(message), context)


def _plan(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_term_plan(wire.term_plan(message), context)


def _view(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_view(wire.view(message), context)


def _review(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_review(wire.action_review(message), context)


def _approach(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_approach(wire.approach_change(message), context)


def _review_request(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_request(wire.review_request(message), context)


def _recommendation(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_recommendation(wire.recommendation(message), context)


def _correction(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_correction(wire_corrections.correction(message), context)


def _overlay(message: Any, _: datetime, context: AlertContext) -> None:
    if known := wire_overlays.suspension(message):
        tell_of_suspension(known, context)
    if leave := wire_overlays.leave(message):
        tell_of_leave(leave, context)


def _duty(message: Any, _: datetime, context: AlertContext) -> None:
    duty = wire.duty(message)
    follow_duty(duty, context)
    tell_of_review_to_come(duty, context)
    tell_that_papers_open(duty, context)
    tell_the_reader(duty, context)


def _words_held(_: Any, at: datetime, context: AlertContext) -> None:
    tell_of_held_words(london_today(at), context)


def _safety_said(message: Any, _: datetime, context: AlertContext) -> None:
    tell_of_safety(message.feedback_link_id, context)


def _raised_or_updated(message: Any, at: datetime, context: AlertContext) -> None:
    concern, standing = wire.concern(message.concern), wire.standing(message.concern)
    react.raise_alert(concern, at, context, standing, quiet=message.quiet)
    if message.concern.HasField("evidence_record_time"):
        since = from_instant(message.concern.evidence_record_time)
        # The two times come from two processes, whose clocks can differ a little.
        EVIDENCE_TO_ALERT.record(max(0.0, (context.now - since).total_seconds()))


def _closing_proposed(message: Any, _: datetime, context: AlertContext) -> None:
    react.propose_closing(wire.concern(message.concern), context)


def _acknowledged(message: Any, at: datetime, context: AlertContext) -> None:
    concern, standing = wire.concern(message.concern), wire.standing(message.concern)
    if standing is None:
        react.acknowledge_alert(concern, message.owner, from_date(message, "next_date"), context)
    else:
        react.follow_concern(concern, standing, at, context, confirms=True)


def _stands(message: Any, at: datetime, context: AlertContext) -> None:
    standing = wire.standing(message.concern)
    assert standing is not None  # noqa: S101  the event is newer than the field
    react.follow_concern(wire.concern(message.concern), standing, at, context)


def _dismissed(message: Any, _: datetime, context: AlertContext) -> None:
    react.end_alert(wire.concern(message.concern), Reason.CONCERN_DISMISSED, context)


def _closed(message: Any, _: datetime, context: AlertContext) -> None:
    react.end_alert(wire.concern(message.concern), Reason.CONCERN_CLOSED, context)


def _deferred(message: Any, at: datetime, context: AlertContext) -> None:
    react.raise_deferred_evaluation(message.safeguarder_id, message.reason, at, context)


def _activated(message: Any, _: datetime, context: AlertContext) -> None:
    react.tell_of_rulebook(message.rulebook_hash, context)


def _date_reached(message: Any, _: datetime, context: AlertContext) -> None:
    on = from_date(message, "date")
    react.tell_of_rulebook(f"{on:%Y%m%d}{int(message.ahead)}{message.rulebook_hash}", context)


def from_scheduling(new_context: NewContext) -> dict[str, Reaction]:
    """Return the reaction to each event type of scheduling."""

    def allocated(connection: Connection, event: StoredEvent) -> None:
        message = scheduling.SupportManagerAllocated.FromString(event.data)
        before = allocated_to(connection, message.safeguarder_id)
        allocate(connection, message.safeguarder_id, message.support_manager)
        hand_over_alerts(message.safeguarder_id, before, new_context(connection))

    def allocation_ended(connection: Connection, event: StoredEvent) -> None:
        message = scheduling.SupportManagerAllocationEnded.FromString(event.data)
        end_allocation(connection, message.safeguarder_id)
        give_to_the_team(message.safeguarder_id, message.support_manager, new_context(connection))

    def attendance(message: Any, _: datetime, context: AlertContext) -> None:
        ask_for_reply(wire.reply_to_absence(message), context)

    kinds = (scheduling.SupportSessionAttendanceRecorded, scheduling.TrainingAttendanceRecorded)
    return {
        scheduling.SupportManagerAllocated.DESCRIPTOR.full_name: allocated,
        scheduling.SupportManagerAllocationEnded.DESCRIPTOR.full_name: allocation_ended,
        scheduling.DelegationChanged.DESCRIPTOR.full_name: remember_delegation,
        scheduling.LinkChanged.DESCRIPTOR.full_name: _linked(new_context),
        scheduling.EmergencyAccessChanged.DESCRIPTOR.full_name: _opened(new_context),
        **{kind.DESCRIPTOR.full_name: _reaction(kind, attendance, new_context) for kind in kinds},
        scheduling.DutyChanged.DESCRIPTOR.full_name: _reaction(scheduling.DutyChanged, _duty, new_context),
        **not_for_it(
            scheduling.ObligationsOpened,
            scheduling.SupportSessionProposed,
            scheduling.SupportSessionConfirmed,
            scheduling.SupportSessionRescheduled,
            scheduling.SupportSessionHandedOver,
            scheduling.SupportSessionCancelled,
            scheduling.AgendaItemAdded,
            scheduling.AgendaItemSettled,
            scheduling.TrainingDelivered,
            scheduling.ObligationDueDateChanged,
            scheduling.SupportSessionChanged,
        ),
    }


def _opened(new_context: NewContext) -> Reaction:
    def opened(connection: Connection, event: StoredEvent) -> None:
        """Store an emergency access, and tell those who look after the file."""
        remember_emergency(connection, event)
        message = scheduling.EmergencyAccessChanged.FromString(event.data)
        tell_of_access(wire_accesses.file_opened(message), new_context(connection))

    return opened


def _linked(new_context: NewContext) -> Reaction:
    def linked(connection: Connection, event: StoredEvent) -> None:
        """Store a link, and give the Team what the linked person was to look at."""
        link = remember_link(connection, event)
        if link.person in linked_people(connection, link.subject):
            give_to_the_team(link.subject, link.person, new_context(connection))

    return linked


def _moved(message: Any, at: datetime, context: AlertContext) -> None:
    """React to a move. Some moves change the alert, and each tells where its concern stands."""
    concern, standing = wire.concern(message.concern), wire.standing(message.concern)
    if message.move == CONCERN_MOVE_MERGE:
        react.end_alert(concern, Reason.CONCERN_CLOSED, context)
        return
    if message.move == CONCERN_MOVE_REOPEN:
        react.raise_alert(concern, at, context, standing)
        return
    if message.move in (CONCERN_MOVE_HOLD, CONCERN_MOVE_RELEASE):
        on_hold = message.to_state == rules_pb2.Concern.STATE_HELD
        react.hold_or_release(concern, on_hold, at, context)
    if standing is not None and message.move == CONCERN_MOVE_HAND_OVER:
        react.hand_over_concern(concern, standing, context)
    elif standing is not None:
        react.follow_concern(concern, standing, at, context)
    if message.move == CONCERN_MOVE_RECOMMEND and standing is not None and not standing.moved_by:
        return  # Evidence keeps the recommendation, and its own event tells of it.
    ask_by_move(concern, to_word(ConcernMove, message.move), from_date(message, "due_date"), at, context)


def _reaction(
    message: Any, react_to: Callable[[Any, datetime, AlertContext], None], new_context: NewContext
) -> Reaction:
    def reaction(connection: Connection, event: StoredEvent) -> None:
        react_to(message.FromString(event.data), event.recorded_at, new_context(connection))

    return reaction
