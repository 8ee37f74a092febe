"""The events of plans, actions, supports and views: ids, dates and words of closed lists."""

from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import events_pb2

from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.support import Support
from services.evidence.domain.plans.term_plan import TermPlan, VersionState
from services.evidence.domain.plans.view import View
from services.platform.calls.wire import from_word, to_date, to_instant


def action_event(action: Action) -> events_pb2.ActionChanged:
    """Return the event of an action."""
    proposal = action.proposal
    return events_pb2.ActionChanged(
        safeguarder_id=action.safeguarder_id,
        action_id=action.action_id,
        version=action.version,
        state=from_word(pb.Action.State, action.state),
        kind=from_word(pb.Action.Kind, proposal.kind),
        purpose=from_word(pb.Action.Purpose, proposal.purpose),
        standard=proposal.standard,
        indicator=proposal.indicator,
        concern_id=proposal.concern,
        need_ids=proposal.needs,
        owner=from_word(pb.Action.Owner, proposal.owner),
        basis=from_word(pb.Action.Basis, action.basis),
        proposed_by=from_word(pb.Raiser, action.proposed_by),
        open_date=to_date(action.opened_on),
        due_date=to_date(action.due_on),
        answer_due_date=to_date(action.answer_due_on),
        change_time=to_instant(action.recorded_at),
        answer=from_word(pb.AnswerActionRequest.Answer, action.answer),
        due_days=[
            events_pb2.ActionDay(date=to_date(each.day), set_date=to_date(each.set_on)) for each in action.due_days
        ],
        moved_while_open=action.due_days[-1].moved_while_open,
        reported=action.reported,
        replaces_id=proposal.replaces,
    )


def support_event(support: Support) -> events_pb2.SupportChanged:
    """Return the event of a support."""
    offer = support.offer
    return events_pb2.SupportChanged(
        safeguarder_id=support.safeguarder_id,
        support_id=support.support_id,
        version=support.version,
        state=from_word(pb.Support.State, support.state),
        kind=from_word(pb.Support.Kind, offer.kind),
        concern_ids=offer.supported.concerns,
        action_ids=offer.supported.actions,
        need_ids=offer.supported.needs,
        discussed_date=to_date(offer.discussed_on),
        answer_due_date=to_date(support.answer_due_on),
        first_promised_date=to_date(support.first_promised_on),
        promised_date=to_date(support.promised_on),
        delivered_date=to_date(support.delivered_on),
        unavailable_date=to_date(support.unavailable_on),
        received=from_word(pb.Support.Received, support.received),
        change_time=to_instant(support.recorded_at),
        answer_entered=bool(support.answer_entered_by),
        received_due_date=to_date(support.received_due_on),
        answer=from_word(pb.AnswerSupportRequest.Answer, support.answer),
        answer_date=to_date(support.answered_on),
        given_since_date=to_date(support.given_since) if support.delivered_on else None,
        reported=support.reported,
    )


def plan_event(plan: TermPlan) -> events_pb2.DevelopmentPlanChanged:
    """Return the event of the plan of a term."""
    newest = plan.newest
    state = VersionState.IN_FORCE if newest and newest.in_force_at else VersionState.AWAITED
    return events_pb2.DevelopmentPlanChanged(
        safeguarder_id=plan.safeguarder_id,
        term=plan.term.number,
        version=plan.version,
        plan_version=newest.number if newest else 0,
        state=from_word(pb.PlanVersion.State, state if newest else None),
        awaited=from_word(pb.Raiser, newest.awaited if newest else None),
        answer_due_date=to_date(newest.answer_due_on if newest else None),
        no_answer=bool(newest and newest.without_answer),
        final=plan.is_final,
        reason_given=bool(plan.reasons.not_final_because),
        change_time=to_instant(plan.recorded_at),
        confirmed_by=from_word(pb.Raiser, newest.confirmed_last_by if newest else None),
    )


def view_event(view: View) -> events_pb2.ViewChanged:
    """Return the event of a view."""
    return events_pb2.ViewChanged(
        safeguarder_id=view.safeguarder_id,
        concern_id=view.concern_id,
        version=view.version,
        state=from_word(pb.View.State, view.state),
        given_date=to_date(view.given_on),
        entered=bool(view.entered_by),
        asked_date=to_date(view.asked_on),
        answer_due_date=to_date(view.answer_due_on),
        change_time=to_instant(view.recorded_at),
        taken_back=view.taken_back,
    )
