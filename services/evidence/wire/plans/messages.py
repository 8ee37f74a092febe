"""Development plans as people read them."""

from collections.abc import Iterable
from datetime import date

from psmf.evidence.v1 import development_plans_pb2 as pb

from services.evidence.domain.approach.change import ApproachChange
from services.evidence.domain.plans.action import DueDay
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.plan import TimedAction, TimedSupport, TimedView
from services.evidence.domain.plans.strength import Strength
from services.evidence.domain.plans.support import Supported
from services.evidence.domain.plans.term_plan import ShownVersion, WholePlan
from services.evidence.wire.plans.approach import change_message
from services.platform.calls.wire import from_word, to_date, to_instant


def plan_message(whole: WholePlan, changes: Iterable[ApproachChange]) -> pb.DevelopmentPlan:
    """Return the message of a plan, and of changes of approach beside it."""
    plan, reasons = whole.plan, whole.contents.reasons
    return pb.DevelopmentPlan(
        name=f"safeguarders/{plan.safeguarder_id}/developmentPlan",
        strengths=[strength_message(strength) for strength in plan.strengths],
        needs=[need_message(need, is_planned, reasons.because_of(need.need_id)) for need, is_planned in plan.needs],
        actions=[action_message(timed) for timed in plan.actions],
        supports=[support_message(timed, plan.today) for timed in plan.supports],
        views=[view_message(timed) for timed in plan.views],
        approach_changes=[change_message(change, plan.today) for change in changes],
        term=whole.term.number,
        no_strength_because=reasons.no_strength_because,
        not_final_because=whole.not_final_because,
        missing=whole.missing,
        in_force=_version(whole.in_force),
        awaited=_version(whole.awaited),
        is_in_force=whole.is_in_force,
        shown=_version(whole.shown),
        etag=whole.contents.hash,
    )


def _version(shown: ShownVersion | None) -> pb.PlanVersion | None:
    return version_message(shown) if shown else None


def version_message(shown: ShownVersion) -> pb.PlanVersion:
    """Return the message of a version of a plan."""
    version, person = shown.version, f"safeguarders/{shown.safeguarder_id}"
    entries = [
        pb.PlanEntry(name=f"{person}/{each.collection}/{each.part_id}", version=each.version)
        for each in version.contents.entries
    ]
    manager, safeguarder = version.support_manager, version.safeguarder
    return pb.PlanVersion(
        name=f"{person}/developmentPlan/versions/{version.number}",
        number=version.number,
        term=version.term.number,
        state=from_word(pb.PlanVersion.State, shown.state),
        entries=entries,
        hash=version.contents.hash,
        support_manager_confirm_time=to_instant(manager.at) if manager else None,
        support_manager=manager.person if manager else "",
        safeguarder_confirm_time=to_instant(safeguarder.at) if safeguarder else None,
        answer_due_date=to_date(shown.answering.due_on if shown.answering else None),
        in_force_time=to_instant(version.in_force_at) if version.in_force_at else None,
        no_answer=version.without_answer,
    )


def strength_message(strength: Strength) -> pb.Strength:
    """Return the message of a strength."""
    person = f"safeguarders/{strength.safeguarder_id}"
    return pb.Strength(
        name=f"{person}/strengths/{strength.strength_id}",
        standard=strength.named.standard,
        words=strength.named.words,
        evidence=_names(person, "evidenceItems", strength.named.evidence),
        raised_by=from_word(pb.Raiser, strength.raised_by),
        create_time=to_instant(strength.created_at),
    )


def need_message(need: Need, is_planned: bool, carried_because: str = "") -> pb.Need:
    """Return the message of a need. `is_planned`: a proposed or open action answers it."""
    person = f"safeguarders/{need.safeguarder_id}"
    return pb.Need(
        name=f"{person}/needs/{need.need_id}",
        standard=need.named.standard,
        words=need.named.words,
        evidence=_names(person, "evidenceItems", need.named.evidence),
        concern=_name(person, "concerns", need.named.concern),
        raised_by=from_word(pb.Raiser, need.raised_by),
        state=from_word(pb.Need.State, need.shown_state(is_planned)),
        because=need.because,
        create_time=to_instant(need.created_at),
        etag=need.etag,
        carried_because=carried_because,
    )


def action_message(timed: TimedAction) -> pb.Action:
    """Return the message of an action, with its days as scheduling moved them."""
    action, standing, answering = timed
    person, proposal = f"safeguarders/{action.safeguarder_id}", action.proposal
    return pb.Action(
        name=f"{person}/actions/{action.action_id}",
        kind=from_word(pb.Action.Kind, proposal.kind),
        purpose=from_word(pb.Action.Purpose, proposal.purpose),
        standard=proposal.standard,
        indicator=proposal.indicator,
        aim=proposal.aim,
        measure=proposal.measure,
        owner=from_word(pb.Action.Owner, proposal.owner),
        needs=_names(person, "needs", proposal.needs),
        concern=_name(person, "concerns", proposal.concern),
        due_days=[_due_day(day) for day in action.due_days],
        due_date=to_date(standing.due_on),
        stands_still=action.is_open and standing.stands_still,
        basis=from_word(pb.Action.Basis, action.basis),
        proposed_by=from_word(pb.Raiser, action.proposed_by),
        support_manager_words=action.support_manager_words,
        safeguarder_words=action.safeguarder_words,
        asked_date=to_date(action.asked_on),
        too_short_because=proposal.too_short_because,
        state=from_word(pb.Action.State, action.state),
        completion_words=action.completion_words,
        completion_evidence=_names(person, "evidenceItems", action.completion_evidence),
        outcome_words=action.outcome_words,
        replaced_by=_name(person, "actions", action.replaced_by),
        create_time=to_instant(action.created_at),
        answer_due_date=to_date(answering.due_on if answering else None),
        etag=action.etag,
        answer=from_word(pb.AnswerActionRequest.Answer, action.answer),
        outcome_evidence=_name(person, "evidenceItems", action.outcome_evidence),
        open_date=to_date(action.opened_on),
        reported=action.reported,
    )


def _due_day(day: DueDay) -> pb.DueDay:
    return pb.DueDay(
        date=to_date(day.day),
        set_date=to_date(day.set_on),
        set_by=day.set_by,
        reason=from_word(pb.DueDay.Reason, day.reason),
        words=day.words,
    )


def support_message(timed: TimedSupport, today: date) -> pb.Support:
    """Return the message of a support. `today`: the London date, to say whether it is late."""
    support, answering, denying = timed
    person, offer = f"safeguarders/{support.safeguarder_id}", support.offer
    return pb.Support(
        name=f"{person}/supports/{support.support_id}",
        kind=from_word(pb.Support.Kind, offer.kind),
        supported=_supported(person, offer.supported),
        words=offer.words,
        discussed_date=to_date(offer.discussed_on),
        offered_by=support.offered_by,
        state=from_word(pb.Support.State, support.state),
        answer_words=support.answer_words,
        answer_entered_by=support.answer_entered_by,
        answer_due_date=to_date(answering.due_on if answering else None),
        promised_date=to_date(support.promised_on or offer.promised_on),
        late=support.is_late(today),
        delivered_date=to_date(support.delivered_on),
        because=support.because,
        received=from_word(pb.Support.Received, support.received),
        received_words=support.received_words,
        create_time=to_instant(support.created_at),
        etag=support.etag,
        received_due_date=to_date(denying.due_on if denying else None),
        reported=support.reported,
    )


def view_message(timed: TimedView) -> pb.View:
    """Return the message of a view, with its day as scheduling moved it."""
    view, answering = timed
    person = f"safeguarders/{view.safeguarder_id}"
    return pb.View(
        name=f"{person}/views/{view.concern_id}",
        concern=f"{person}/concerns/{view.concern_id}",
        state=from_word(pb.View.State, view.state),
        words=view.words,
        given_date=to_date(view.given_on),
        entered_by=view.entered_by,
        asked_by=view.asked_by,
        asked_date=to_date(view.asked_on),
        answer_due_date=to_date(answering.due_on if answering else None),
        create_time=to_instant(view.created_at),
        etag=view.etag,
    )


def _supported(person: str, supported: Supported) -> list[str]:
    needs, actions = _names(person, "needs", supported.needs), _names(person, "actions", supported.actions)
    return [*needs, *actions, *_names(person, "concerns", supported.concerns)]


def _names(person: str, collection: str, ids: Iterable[str]) -> list[str]:
    return [f"{person}/{collection}/{part_id}" for part_id in ids]


def _name(person: str, collection: str, part_id: str) -> str:
    return f"{person}/{collection}/{part_id}" if part_id else ""
