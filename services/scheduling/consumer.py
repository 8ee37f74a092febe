"""Reactions of scheduling to the events of other services."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from psmf.evidence.v1 import events_pb2 as evidence
from psmf.evidence.v1.decisions_pb2 import DecisionCorrection
from psmf.rules.v1 import events_pb2 as rules
from psmf.rules.v1.concern_moves_pb2 import CONCERN_MOVE_MERGE, CONCERN_MOVE_REOPEN
from sqlalchemy import Connection

from services.platform.calls.wire import from_date
from services.platform.events.inbox import Reaction, not_for_it
from services.platform.events.outbox import StoredEvent
from services.scheduling.domain.duties.facts import Fact
from services.scheduling.domain.identifiers import ConcernId, SafeguarderId
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.handlers.follow_duties import follow_complaint, follow_fact, follow_request, follow_review
from services.scheduling.handlers.react_to_concern import discuss_concern, withdraw_concern
from services.scheduling.handlers.react_to_membership import (
    add_term,
    correct_membership,
    end_membership,
    follow_end_ahead,
    record_time_away,
)
from services.scheduling.handlers.react_to_record import follow_session_record
from services.scheduling.wire import duties as wire_duties
from services.scheduling.wire import messages as wire

NewContext = Callable[[Connection], SchedulingContext]
_ReactTo = Callable[[Any, datetime, SchedulingContext], None]
"""Reacts to a message that its service recorded at an instant."""


def from_evidence(new_context: NewContext) -> dict[str, Reaction]:
    """Return the reaction to each event type of evidence."""
    reactions: dict[Any, _ReactTo] = {
        evidence.SessionRecordChanged: _recorded,
        evidence.ActionChanged: _acted,
        evidence.SupportChanged: _supported,
        evidence.ViewChanged: _viewed,
        evidence.ApproachChanged: _approached,
        evidence.ReviewRequestChanged: _asked_to_review,
        evidence.RecommendationChanged: _recommended,
        evidence.DevelopmentPlanChanged: _planned,
        evidence.OverlayChanged: _overlaid,
        evidence.ReportSampleChanged: _sampled,
        evidence.EvidenceItemRecorded: _of_item,
        evidence.EvidenceItemShared: _of_item,
        evidence.EvidenceItemWithdrawn: _item_withdrawn,
        # The item that takes the place of a sampled reading is to be shared. That of a complaint is recorded.
        evidence.EvidenceItemSuperseded: _complained,
        evidence.ComplaintDecided: _complained,
        evidence.ComplaintStageMoved: _complained,
        evidence.SafeguarderAppointed: _appointed,
        evidence.SafeguarderLeaving: _leaving,
        evidence.SafeguarderEnded: _ended,
        evidence.SafeguarderCorrectionChanged: _corrected,
        evidence.SafeguarderTimeAwayRecorded: _away,
    }
    return _reactions(reactions, new_context) | not_for_it(
        evidence.SafeguarderReportsNotAvailable,
        evidence.EvidenceItemMapped,
        evidence.EvidenceReplyTimeMoved,
        evidence.EvidenceReplyReceived,
        evidence.EvidenceItemIdentified,
        evidence.WordsHeld,
        evidence.SafetySaid,
        evidence.SessionPackChanged,
        evidence.SessionLateItemsChanged,
        # The actions that it ends or moves say so themselves. That ends the duty to review them.
        evidence.ActionReviewHeld,
    )


def _appointed(message: Any, _: datetime, context: SchedulingContext) -> None:
    add_term(wire.term(message), tuple(message.areas), context)


def _leaving(message: Any, _: datetime, context: SchedulingContext) -> None:
    follow_end_ahead(SafeguarderId(message.safeguarder_id), from_date(message, "last_date"), context)


def _ended(message: Any, _: datetime, context: SchedulingContext) -> None:
    end_membership(SafeguarderId(message.safeguarder_id), wire.needed_date(message, "end_date"), context)


def _corrected(message: Any, _: datetime, context: SchedulingContext) -> None:
    # One that waits for a second person, or was taken back, changes nothing.
    if message.state == DecisionCorrection.STATE_CONFIRMED:
        correct_membership(SafeguarderId(message.safeguarder_id), wire.membership(message), context)


def _away(message: Any, _: datetime, context: SchedulingContext) -> None:
    record_time_away(SafeguarderId(message.safeguarder_id), wire.time_away(message), context)


def _recorded(message: Any, _: datetime, context: SchedulingContext) -> None:
    follow_session_record(SafeguarderId(message.safeguarder_id), wire.session_record(message), context)
    _follow(message, wire_duties.record_fact(message), context)


def _acted(message: Any, _: datetime, context: SchedulingContext) -> None:
    _follow(message, wire_duties.action_fact(message), context)


def _supported(message: Any, _: datetime, context: SchedulingContext) -> None:
    _follow(message, wire_duties.support_fact(message), context)


def _planned(message: Any, _: datetime, context: SchedulingContext) -> None:
    _follow(message, wire_duties.plan_fact(message), context)


def _viewed(message: Any, _: datetime, context: SchedulingContext) -> None:
    _follow(message, wire_duties.view_fact(message), context)


def _approached(message: Any, _: datetime, context: SchedulingContext) -> None:
    _follow(message, wire_duties.approach_fact(message), context)


def _asked_to_review(message: Any, _: datetime, context: SchedulingContext) -> None:
    # A word that only a later release knows says nothing yet, as in `_follow`.
    fact = wire_duties.review_fact(message)
    if fact is not None:
        follow_request(SafeguarderId(message.safeguarder_id), fact, context)


def _overlaid(message: Any, _: datetime, context: SchedulingContext) -> None:
    _follow(message, wire_duties.overlay_fact(message), context)


def _sampled(message: Any, _: datetime, context: SchedulingContext) -> None:
    _follow(message, wire_duties.sample_fact(message), context)


def _complained(message: Any, _: datetime, context: SchedulingContext) -> None:
    fact = wire_duties.complaint_fact(message.fact)
    if fact is not None:
        follow_complaint(SafeguarderId(message.fact.safeguarder_id), fact, context)


def _of_item(message: Any, at: datetime, context: SchedulingContext) -> None:
    _complained(message, at, context)
    # One that corrects a shared item is recorded as shared.
    item = message.fact
    if item.HasField("shared_date"):
        follow_review(SafeguarderId(item.safeguarder_id), wire_duties.report_of(item), context, withdrawn=False)


def _item_withdrawn(message: Any, at: datetime, context: SchedulingContext) -> None:
    _complained(message, at, context)
    person, report_id = SafeguarderId(message.fact.safeguarder_id), wire_duties.report_of(message.fact)
    follow_review(person, report_id, context, withdrawn=True)


def _recommended(message: Any, _: datetime, context: SchedulingContext) -> None:
    _follow(message, wire_duties.recommendation_fact(message), context)


def _follow(message: Any, fact: Fact | None, context: SchedulingContext) -> None:
    # A word that only a later release knows says nothing yet. What is known stays.
    if fact is not None:
        follow_fact(SafeguarderId(message.safeguarder_id), fact, context)


def from_rules(new_context: NewContext) -> dict[str, Reaction]:
    """Return the reaction to each event type of rules."""
    reactions: dict[Any, _ReactTo] = {
        rules.ConcernMoved: _moved,
        rules.ConcernRaised: _raised_or_updated,
        rules.ConcernUpdated: _raised_or_updated,
        rules.ConcernAcknowledged: _acknowledged,
        rules.ConcernDismissed: _withdraw,
        rules.ConcernClosed: _withdraw,
    }
    return _reactions(reactions, new_context) | not_for_it(
        rules.StandardsEditionPublished,
        rules.StandardsEditionWithdrawn,
        rules.ConcernClosingProposed,
        rules.ConcernStands,
        rules.RulebookActivated,
        rules.RulebookDateReached,
        rules.EvaluationHeld,
        rules.RuleOverrideChanged,
    )


def _raised_or_updated(message: Any, at: datetime, context: SchedulingContext) -> None:
    # A concern that only a change of rulebook caused affects no session until a person acknowledges it (D15.16).
    if not message.quiet:
        _discuss(message, at, context)


def _acknowledged(message: Any, at: datetime, context: SchedulingContext) -> None:
    if message.confirms:
        _discuss(message, at, context)


def _discuss(message: Any, at: datetime, context: SchedulingContext) -> None:
    discuss_concern(SafeguarderId(message.concern.safeguarder_id), wire.concern(message.concern, at), context)


def _withdraw(message: Any, _: datetime, context: SchedulingContext) -> None:
    concern = message.concern
    withdraw_concern(SafeguarderId(concern.safeguarder_id), ConcernId(concern.concern_id), context)


def _moved(message: Any, at: datetime, context: SchedulingContext) -> None:
    if message.move == CONCERN_MOVE_MERGE:
        _withdraw(message, at, context)
    elif message.move == CONCERN_MOVE_REOPEN:
        _discuss(message, at, context)


def _reactions(by_message: dict[Any, _ReactTo], new_context: NewContext) -> dict[str, Reaction]:
    return {kind.DESCRIPTOR.full_name: _reaction(kind, react_to, new_context) for kind, react_to in by_message.items()}


def _reaction(kind: Any, react_to: _ReactTo, new_context: NewContext) -> Reaction:
    def reaction(connection: Connection, event: StoredEvent) -> None:
        react_to(kind.FromString(event.data), event.recorded_at, new_context(connection))

    return reaction
