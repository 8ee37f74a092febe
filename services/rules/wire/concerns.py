"""Concerns as protobuf, and the events about them. What people do about a concern: `concern_moves`."""

from datetime import datetime
from typing import Any

from psmf.rules.v1 import events_pb2, rules_pb2

from services.platform.calls.wire import from_word, to_date, to_instant, to_word
from services.rules.domain.concerns.concern import Concern, Reason
from services.rules.wire.evaluations import explanation_message

_CONCERN_EVENTS: dict[str, Any] = {
    "raised": events_pb2.ConcernRaised,
    "updated": events_pb2.ConcernUpdated,
    "closing_proposed": events_pb2.ConcernClosingProposed,
    "acknowledged": events_pb2.ConcernAcknowledged,
    "dismissed": events_pb2.ConcernDismissed,
    "closed": events_pb2.ConcernClosed,
}


def concern_name(concern: Concern) -> str:
    """The resource name of a concern."""
    return f"safeguarders/{concern.safeguarder_id}/concerns/{concern.concern_id}"


def concern_message(concern: Concern) -> rules_pb2.Concern:
    """A concern for those who may read it."""
    return rules_pb2.Concern(
        name=concern_name(concern),
        rule=concern.answer.rule_id,
        subject=concern.answer.subject,
        standards=concern.answer.standards,
        lane=from_word(rules_pb2.Lane, concern.answer.lane),
        state=from_word(rules_pb2.Concern.State, concern.state),
        closing_proposed=concern.closing_proposed,
        explanation=explanation_message(concern.answer.explanation),
        evaluation=f"safeguarders/{concern.safeguarder_id}/evaluations/{concern.evaluation_id}",
        raise_time=to_instant(concern.raised_at),
        owner=concern.owner,
        next_date=to_date(concern.next_on),
        reason=from_word(rules_pb2.ConcernReason, concern.reason),
        rulebook_hash=concern.rulebook_hash,
        etag=str(concern.version),
        quiet=concern.quiet,
    )


def concern_reason(number: int) -> Reason:
    """Why a person ends a concern."""
    return Reason(to_word(rules_pb2.ConcernReason, number, "reason"))


def concern_event(
    concern: Concern, what: str, evidence_recorded_at: datetime | None = None, quiet: bool = False
) -> Any:
    """The event that a concern was `raised`, `updated`, ...: ids, words of closed lists and dates.

    `quiet`: set off by a change of the rulebook alone; when it is acknowledged: was quiet until now.
    """
    notice = concern.answer.notice
    fact = events_pb2.ConcernFact(
        concern_id=concern.concern_id,
        safeguarder_id=concern.safeguarder_id,
        rule=concern.answer.rule_id,
        subject=concern.answer.subject,
        standards=concern.answer.standards,
        lane=from_word(rules_pb2.Lane, concern.answer.lane),
        window_start_date=to_date(concern.answer.window_starts_on),
        tell=notice.tell,
        respond_within_working_days=notice.within_working_days,
        session_within_working_days=notice.session_within_working_days or 0,
        quiet_if_escalated=notice.quiet_if_escalated,
        evaluation_id=concern.evaluation_id,
        rulebook_hash=concern.rulebook_hash,
        as_of_date=to_date(concern.as_of),
        evidence_record_time=to_instant(evidence_recorded_at) if evidence_recorded_at else None,
    )
    extra: dict[str, Any] = {}
    if what == "acknowledged":
        extra = {"owner": concern.owner, "next_date": to_date(concern.next_on), "confirms": quiet}
    elif what in ("raised", "updated"):
        extra = {"quiet": quiet}
    elif what in ("dismissed", "closed"):
        extra = {"reason": from_word(rules_pb2.ConcernReason, concern.reason)}
    return _CONCERN_EVENTS[what](concern=fact, **extra)
