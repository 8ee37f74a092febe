"""Changes of approach as people serve and read them, and their event."""

from datetime import date

from psmf.evidence.v1 import approach_changes_pb2 as pb
from psmf.evidence.v1 import development_plans_pb2, events_pb2

from services.evidence.domain.approach.change import (
    Approach,
    ApproachChange,
    ChangeState,
    How,
    Reported,
    Required,
    Wanted,
)
from services.evidence.wire.plans.requests import ids, one_id, parent
from services.evidence.wire.session_records import words
from services.platform.calls.wire import from_date, from_word, to_date, to_instant, to_member
from services.refusals import invalid


def wanted(request: pb.ChangeApproachRequest, year: int) -> Wanted:
    """Return a change of approach as somebody serves it. `year`: as in `requests.proposal`.

    Raises:
        Refusal: INVALID for an unknown word, a bad name or day, or a text that `words` refuses; FIELD_MISSING for an
            acknowledgement that is reported without the day on which the change was served.
    """
    person = parent(request.parent)
    return Wanted(
        ids(request.concerns, "concerns", person, "concerns"),
        to_member(Approach, pb.ApproachChange.Approach, request.to_approach, "to_approach"),
        words(request.expectation, "expectation", year),
        words(request.because, "because", year),
        to_member(How, pb.ApproachChange.How, request.how, "how"),
        ids(request.evidence, "evidenceItems", person, "evidence"),
        words(request.skip_because, "skip_because", year),
        from_date(request, "discussed_date"),
        one_id(request.session, "supportSessions", person, "session"),
        ids(request.actions, "actions", person, "actions"),
        _reported(request),
    )


def _reported(request: pb.ChangeApproachRequest) -> Reported | None:
    served_on = from_date(request, "reported_serve_date")
    acknowledged_on = from_date(request, "reported_acknowledge_date")
    if served_on is None:
        if acknowledged_on is not None:
            message = "reported_serve_date is needed: say on which day the Safeguarder was given it."
            raise invalid("FIELD_MISSING", message, "reported_serve_date")
        return None
    return Reported(served_on, acknowledged_on)


def ended(request: pb.EndApproachRequest) -> ChangeState:
    """Return how a change ends. Refuse INVALID for an unknown word."""
    return to_member(ChangeState, pb.ApproachChange.State, request.outcome, "outcome")


def change_message(change: ApproachChange, today: date) -> pb.ApproachChange:
    """Return the message of a change."""
    what, person = change.wanted, f"safeguarders/{change.safeguarder_id}"
    due_on = (change.stands_from or change.answer_due_on) if change.is_awaited else None
    return pb.ApproachChange(
        name=change.name,
        concerns=[f"{person}/concerns/{concern_id}" for concern_id in what.concerns],
        from_approach=from_word(pb.ApproachChange.Approach, change.came_from),
        to_approach=from_word(pb.ApproachChange.Approach, what.to),
        expectation=what.expectation,
        because=what.because,
        evidence=[f"{person}/evidenceItems/{evidence_id}" for evidence_id in what.evidence],
        skip_because=what.skip_because,
        discussed_date=to_date(what.discussed_on),
        session=f"{person}/supportSessions/{what.session_id}" if what.session_id else "",
        actions=[f"{person}/actions/{action_id}" for action_id in what.actions],
        how=from_word(pb.ApproachChange.How, what.how),
        serve_date=to_date(change.served_on),
        served_by=change.served_by,
        create_time=to_instant(change.created_at),
        acknowledge_date=to_date(change.acknowledged_on),
        acknowledge_due_date=to_date(due_on),
        stands_from_date=to_date(change.stands_from),
        stands=change.stands(today),
        reported=what.reported is not None,
        state=from_word(pb.ApproachChange.State, change.state),
        end_words=change.end_words,
        ended_by=change.ended_by,
        end_time=to_instant(change.ended_at) if change.ended_at else None,
        superseded_by=f"{person}/approachChanges/{change.superseded_by}" if change.superseded_by else "",
        etag=change.etag,
    )


def change_event(change: ApproachChange) -> events_pb2.ApproachChanged:
    """Return the event of a change: ids, dates and words of closed lists."""
    return events_pb2.ApproachChanged(
        safeguarder_id=change.safeguarder_id,
        change_id=change.change_id,
        version=change.version,
        concern_ids=change.wanted.concerns,
        to_approach=from_word(pb.ApproachChange.Approach, change.wanted.to),
        state=from_word(pb.ApproachChange.State, change.state),
        create_time=to_instant(change.created_at),
        serve_date=to_date(change.served_on),
        acknowledge_date=to_date(change.acknowledged_on),
        acknowledge_due_date=to_date(change.answer_due_on if change.is_awaited else None),
        stands_from_date=to_date(change.stands_from),
        reported=change.wanted.reported is not None,
        actions=[_required(each) for each in change.actions],
        end_time=to_instant(change.ended_at) if change.ended_at else None,
        change_time=to_instant(change.recorded_at),
    )


def _required(action: Required) -> events_pb2.RequiredPlanAction:
    plans = development_plans_pb2.Action
    return events_pb2.RequiredPlanAction(
        action_id=action.action_id,
        kind=from_word(plans.Kind, action.kind),
        state=from_word(plans.State, action.state),
        open_date=to_date(action.opened_on),
        due_date=to_date(action.due_on),
        stands_still=action.stands_still,
    )
