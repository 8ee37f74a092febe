"""What is owed on a day, worked out from the newest facts and nothing else (record 3.1)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, takewhile

from services.calendar_days import WorkingCalendar, add_working_days, first_working_day_from, months_later
from services.scheduling.domain.duties import standstills
from services.scheduling.domain.duties.complaints import ComplaintFact
from services.scheduling.domain.duties.facts import (
    PLAN,
    ActionFact,
    ApproachFact,
    DueDay,
    Facts,
    PlanFact,
    PlannedTerm,
    RecommendationFact,
    RecordFact,
    ReviewFact,
    SupportFact,
    ViewFact,
)
from services.scheduling.domain.duties.overlays import OverlayFact
from services.scheduling.domain.duties.samples import ROUNDS, YEAR_MONTHS, SampleFact, contract_year_of, round_on
from services.scheduling.domain.duties.standstills import stops_of
from services.scheduling.domain.duties.states import (
    ActionState,
    DutyKind,
    OwedBy,
    RecommendationState,
    RecordState,
    ReviewState,
    SupportState,
    ViewState,
)
from services.scheduling.domain.obligations.clocks import Clock, Pause, PauseReason
from services.scheduling.domain.obligations.policy import SchedulingPolicy

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that somebody owes by a day."""

    kind: DutyKind
    owed_by: OwedBy
    about: str
    """Name under the Safeguarder of what it is about: a record, a plan, an action, a term …"""
    clock: Clock
    last_on: date
    """The last day as it was set, before standstills."""
    mark: str = ""
    """Which one, where the same can be owed again: the number of the text or of the term, or the day that passed."""
    before: tuple[tuple[Clock, date], ...] = ()
    """The last days that were set before this one, each with its own clock."""
    person: str = ""
    """Who owes it, where that is one person other than the Safeguarder and the support manager."""

    def due_on(self, today: date) -> date:
        """Return the last day, moved by the days that it stood still. Setting a later one never makes it earlier."""
        days = (*self.before, (self.clock, self.last_on))
        return max(standstills.due_on(clock, last_on, today) for clock, last_on in days)

    def stands_still_because(self, today: date) -> tuple[PauseReason, ...]:
        """Return why no time passes today. Empty while it runs."""
        return self.clock.pause_reasons_on(today)


def owed_on(today: date, facts: Facts, policy: SchedulingPolicy) -> tuple[Owed, ...]:
    """Return everything that is owed on a day. After a membership: its end, complaints, and accesses."""
    complaints = (owed for complaint in facts.of(ComplaintFact) for owed in _of_complaint(complaint))
    accesses = [_counted(DutyKind.REVIEW_ACCESS, OwedBy.DATA_LEAD, each.about, each.days) for each in facts.accesses]
    if facts.is_over(today):
        return (*_decisions_to_record(facts, today, policy), *complaints, *accesses)
    records = facts.of(RecordFact)
    return (
        *_records_to_share(facts, policy),
        *_plans_to_finalise(facts, today, policy),
        *_managers_to_replace(facts, policy),
        *(owed for record in records for owed in _of_record(record, facts)),
        *(owed for action in facts.of(ActionFact) for owed in _of_action(action, facts, today, policy)),
        *(owed for support in facts.of(SupportFact) for owed in _of_support(support, facts)),
        *(owed for view in facts.of(ViewFact) for owed in _of_view(view, facts)),
        *(owed for change in facts.of(ApproachFact) for owed in _of_approach(change, facts)),
        *(owed for review in facts.of(ReviewFact) for owed in _of_review_request(review)),
        *(owed for overlay in facts.of(OverlayFact) for owed in _of_overlay(overlay)),
        *_reports_to_draw(facts, today, policy),
        *(owed for sample in facts.of(SampleFact) for owed in _of_sample(sample)),
        *_recommendations_to_make(facts, today, policy),
        *_continuing_to_review(facts, today, policy),
        *(owed for each in facts.of(RecommendationFact) for owed in _of_recommendation(each, facts)),
        *complaints,
        *accesses,
    )


def said_to_be_done(today: date, facts: Facts) -> tuple[Owed, ...]:
    """Return the actions that their owners say are done, with the days until which they had time.

    Nobody owes them. Their days still move, because the outcome depends on them.
    """
    if facts.is_over(today):
        return ()
    done = (each for each in facts.of(ActionFact) if each.state is ActionState.COMPLETION_OFFERED)
    return tuple(_open_action(each, each.due_on, facts) for each in done if each.due_on)


def _records_to_share(facts: Facts, policy: SchedulingPolicy) -> Iterator[Owed]:
    """Yield a duty for each session that was held and has no shared record. A withdrawn one was shared."""
    shared = {record.session_id for record in facts.of(RecordFact)}
    for session in facts.held:
        if session.session_id not in shared:
            about = f"supportSessions/{session.session_id}/record"
            days = _working_days_from(session.held_on, policy.share_record_working_days)
            yield _counted(DutyKind.SHARE_RECORD, OwedBy.SUPPORT_MANAGER, about, days)


def _plans_to_finalise(facts: Facts, today: date, policy: SchedulingPolicy) -> Iterator[Owed]:
    """Yield a duty of the Team for the plan of the term in force, until a version of it was in force.

    It is due on the day of the first session of the term. With a reason it is due on the day of the next one. Nobody
    owes a plan of somebody who leaves.
    """
    plans = {plan.term: plan for plan in facts.of(PlanFact)}
    for term in facts.terms:
        plan = plans.get(term.number)
        leaves = facts.ended_on is not None
        if leaves or not term.starts_on <= today <= term.ends_on or (plan and plan.final):
            continue
        last_on = _plan_due_on(term, reason_given=bool(plan and plan.reason_given), policy=policy)
        if last_on is not None:
            days = (term.starts_on - _DAY, last_on)
            yield _counted(DutyKind.FINALISE_PLAN, OwedBy.PANEL_TEAM, PLAN, days, mark=str(term.number))


def _managers_to_replace(facts: Facts, policy: SchedulingPolicy) -> Iterator[Owed]:
    """Yield a duty of the Team while a declared link keeps the current support manager out (X32)."""
    for link in facts.links:
        if link.person == facts.support_manager:
            days = _working_days_from(link.declared_on, policy.allocate_another_working_days)
            yield _counted(DutyKind.ALLOCATE_ANOTHER, OwedBy.PANEL_TEAM, link.about, days, mark=link.person)


def _plan_due_on(term: PlannedTerm, *, reason_given: bool, policy: SchedulingPolicy) -> date | None:
    """Return the day by which the plan of a term is due; None while the session by which it is due has no day."""
    days = term.sessions_on[1:] if reason_given else term.sessions_on
    if days:
        return days[0]
    if reason_given or term.had_others:
        return None
    return add_working_days(WorkingCalendar.OFFICE, term.starts_on, policy.finalise_plan_working_days)


def _of_record(record: RecordFact, facts: Facts) -> Iterator[Owed]:
    mark = str(record.edition)
    if record.state is RecordState.SHARED and record.answer_due_on:
        days = (record.since_on, record.answer_due_on)
        stops = stops_of(OwedBy.SAFEGUARDER, record.about, (), facts)
        yield _counted(DutyKind.ANSWER_RECORD, OwedBy.SAFEGUARDER, record.about, days, stops, mark)
    if record.state is RecordState.DISPUTED and record.response_due_on:
        days = (record.since_on, record.response_due_on)
        stops = stops_of(OwedBy.SUPPORT_MANAGER, record.about, (), facts)
        yield _counted(DutyKind.RESPOND_TO_DISPUTE, OwedBy.SUPPORT_MANAGER, record.about, days, stops, mark)


def _of_action(action: ActionFact, facts: Facts, today: date, policy: SchedulingPolicy) -> Iterator[Owed]:
    if action.state is ActionState.PROPOSED and action.answer_due_on:
        proposed_by_them = action.proposed_by is OwedBy.SAFEGUARDER
        owed_by = OwedBy.SUPPORT_MANAGER if proposed_by_them else OwedBy.SAFEGUARDER
        days = (action.since_on, action.answer_due_on)
        stops = _stops_of_action(owed_by, action, facts)
        yield _counted(DutyKind.ANSWER_ACTION, owed_by, action.about, days, stops)
    elif action.state is ActionState.OPEN and action.due_on:
        owed = _open_action(action, action.due_on, facts)
        yield owed
        yield from _review(owed, facts, today, policy)
    elif action.state is ActionState.COMPLETION_OFFERED:
        days = _working_days_from(action.since_on, policy.look_at_completion_working_days)
        # Nobody looks at their own.
        is_the_managers = action.owner is OwedBy.SUPPORT_MANAGER
        looks = OwedBy.PANEL_TEAM if is_the_managers else OwedBy.SUPPORT_MANAGER
        stops = _stops_of_action(looks, action, facts)
        yield _counted(DutyKind.LOOK_AT_COMPLETION, looks, action.about, days, stops)


def _open_action(action: ActionFact, due_on: date, facts: Facts) -> Owed:
    """Return an open action as a duty of its owner. Another's than the Safeguarder's stands still only for its review.

    Each due day has a clock of its own from the day on which it was set. A later day already holds what moved the one
    before, so the days until then are not given twice.
    """
    opened_on = action.opened_on or action.since_on
    pauses = _stops_of_action(action.owner, action, facts)
    if action.owner is OwedBy.SAFEGUARDER:
        pauses = (*pauses, *standstills.late_supports(action, facts.of(SupportFact)))
    set_days = action.due_days or (DueDay(due_on, opened_on),)
    days = [(Clock(min(max(opened_on, set_day.set_on), set_day.day)), set_day.day) for set_day in set_days]
    *before, (clock, last_on) = [(clock.with_pauses(pauses), day) for clock, day in days]
    return Owed(DutyKind.ACTION, action.owner, action.about, clock, last_on, before=tuple(before))


def _stops_of_action(owed_by: OwedBy, action: ActionFact, facts: Facts) -> tuple[Pause, ...]:
    stops = stops_of(owed_by, action.about, (action.concern_id,) if action.concern_id else (), facts)
    if owed_by is OwedBy.SAFEGUARDER and action.concern_id is None and len(action.need_ids) == 1:
        # Nothing else asks for it, so it falls with the need.
        stops = (*stops, *standstills.of_reviews(f"needs/{action.need_ids[0]}", facts))
    return stops


def _review(action: Owed, facts: Facts, today: date, policy: SchedulingPolicy) -> Iterator[Owed]:
    """Yield the review of an action of the Safeguarder, from the office day after its last day. It is a talk.

    It needs the Safeguarder, so it stands still while they are away.

    An action that is due on a closed day can still be done on the next office day. Evidence and rules count likewise.
    """
    last_day = first_working_day_from(WorkingCalendar.OFFICE, action.due_on(today))
    opens_on = add_working_days(WorkingCalendar.OFFICE, last_day, 1)
    if action.owed_by is OwedBy.SAFEGUARDER and opens_on <= today:
        days = _working_days_from(opens_on, policy.review_action_working_days)
        mark = action.last_on.isoformat()
        stops = (*stops_of(OwedBy.SUPPORT_MANAGER, action.about, (), facts), *facts.away)
        yield _counted(DutyKind.REVIEW_ACTION, OwedBy.SUPPORT_MANAGER, action.about, days, stops, mark)


def _of_support(support: SupportFact, facts: Facts) -> Iterator[Owed]:
    if support.state is SupportState.OFFERED and support.answer_due_on:
        days = (support.since_on, support.answer_due_on)
        stops = stops_of(OwedBy.SAFEGUARDER, support.about, support.concern_ids, facts)
        yield _counted(DutyKind.ANSWER_SUPPORT, OwedBy.SAFEGUARDER, support.about, days, stops)
    due_on = support.promised_on or support.unavailable_on
    open_actions = (action for action in facts.of(ActionFact) if action.is_open)
    if due_on and standstills.is_still_owed(support, open_actions):
        days = (support.since_on, due_on)
        yield _counted(DutyKind.DELIVER_SUPPORT, OwedBy.PANEL_TEAM, support.about, days)


def _of_view(view: ViewFact, facts: Facts) -> Iterator[Owed]:
    """Yield a view that is awaited. One that is asked for again later is owed again."""
    if view.state is ViewState.ASKED and view.asked_on and view.answer_due_on:
        mark = view.asked_on.isoformat()
        days = (view.asked_on, view.answer_due_on)
        stops = stops_of(OwedBy.SAFEGUARDER, view.about, (view.concern_id,), facts)
        yield _counted(DutyKind.GIVE_VIEW, OwedBy.SAFEGUARDER, view.about, days, stops, mark)


def _of_approach(change: ApproachFact, facts: Facts) -> Iterator[Owed]:
    """Yield a change of approach that is to be read. It stands once its time is over, and can be read after that."""
    if change.applies and change.acknowledge_due_on:
        days = (change.served_on, change.acknowledge_due_on)
        stops = stops_of(OwedBy.SAFEGUARDER, change.about, change.concern_ids, facts)
        yield _counted(DutyKind.ACKNOWLEDGE_APPROACH, OwedBy.SAFEGUARDER, change.about, days, stops)


def _of_review_request(review: ReviewFact) -> Iterator[Owed]:
    """Yield what is owed for a review request: first a reviewer, then a decision. It stops neither of the two.

    One that went up a level is owed again, by somebody of that level.
    """
    if review.state in {ReviewState.SUBMITTED, ReviewState.ACCEPTED} and review.assign_due_on:
        days = (review.asked_on, review.assign_due_on)
        owed = _counted(DutyKind.ASSIGN_REVIEW, OwedBy.SENIOR_MANAGER, review.about, days, mark=review.assigner)
        yield replace(owed, person=review.assigner)
    if review.state is ReviewState.ASSIGNED and review.assigned_on and review.decide_due_on:
        days, mark = (review.assigned_on, review.decide_due_on), review.assigned_on.isoformat()
        owed = _counted(DutyKind.DECIDE_REVIEW, OwedBy.REVIEWER, review.about, days, mark=mark)
        yield replace(owed, person=review.reviewer)


def _of_overlay(overlay: OverlayFact) -> Iterator[Owed]:
    """Yield a look at a suspension, until it is over, or the answer to a request for a leave.

    Each time that a suspension goes on, the look is owed again by another day.

    The Team owes it also where an official decides: it asks the official.
    """
    if overlay.in_force and overlay.review_on:
        days = (overlay.reviewed_on or overlay.starts_on, overlay.review_on)
        mark = overlay.review_on.isoformat()
        yield _counted(DutyKind.REVIEW_SUSPENSION, OwedBy.PANEL_TEAM, overlay.about, days, mark=mark)
    if overlay.asked_on and overlay.answer_due_on:
        days = (overlay.asked_on, overlay.answer_due_on)
        yield _counted(DutyKind.ANSWER_LEAVE, OwedBy.SUPPORT_MANAGER, overlay.about, days)


def _reports_to_draw(facts: Facts, today: date, policy: SchedulingPolicy) -> Iterator[Owed]:
    """Yield the draw of the current round, until a report was drawn or nobody can have one (record 3.1).

    It is owed whether or not somebody has begun the round. Where SCRA's records hold no report, the Team draws again
    or says why there is none.
    """
    known = {sample.round_id: sample for sample in facts.of(SampleFact)}
    round_id, starts_on = round_on(today)
    term = next((each for each in facts.terms if each.starts_on <= today <= each.ends_on), None)
    owed_from = {} if term is None or starts_on < policy.draws_owed_from else {round_id: max(starts_on, term.starts_on)}
    owed_from |= {each.round_id: each.round_starts_on for each in known.values() if each.to_be_drawn}
    for each, since in owed_from.items():
        if each not in known or known[each].to_be_drawn:
            days = _working_days_from(since - _DAY, policy.draw_sample_working_days)
            yield _counted(DutyKind.DRAW_SAMPLE, OwedBy.PANEL_TEAM, f"{ROUNDS}/{each}", days)


def _of_sample(sample: SampleFact) -> Iterator[Owed]:
    """Yield what a sampled report waits for. Nothing stops it: the Safeguarder owes none of it."""
    for step in sample.awaited:
        kind = DutyKind(step.kind)
        if kind is DutyKind.SHARE_READING and (sample.item_shared or sample.item_over):
            continue
        owed_by = OwedBy.READER if step.person else OwedBy.PANEL_TEAM
        owed = _counted(kind, owed_by, sample.about, (step.since_on, step.due_on), mark=step.mark)
        yield replace(owed, person=step.person)


def _of_complaint(complaint: ComplaintFact) -> Iterator[Owed]:
    """Yield what the Team owes somebody who complained. Nothing stops it: they wait, wherever the Safeguarder is."""
    for limit in complaint.awaited:
        yield _counted(DutyKind(limit.kind), OwedBy.PANEL_TEAM, complaint.about, (limit.starts_on, limit.due_on))


def _recommendations_to_make(facts: Facts, today: date, policy: SchedulingPolicy) -> Iterator[Owed]:
    """Yield what the Team owes for the next term from the day on which its papers open: to share, then to submit.

    Nobody owes one of somebody whose membership ends, or whose next term is known. The end of a term waits for nobody.
    """
    term = next((each for each in facts.terms if each.starts_on <= today <= each.ends_on), None)
    if term is None or (facts.ended_on or facts.leaves_on) or any(each.number > term.number for each in facts.terms):
        return
    opens_on = term.ends_on - timedelta(days=policy.readiness_days)
    made = [each for each in facts.of(RecommendationFact) if each.for_next_term and each.shared_on >= opens_on]
    if today < opens_on or any(each.is_submitted for each in made):
        return
    kind, days = DutyKind.SHARE_RECOMMENDATION, policy.share_recommendation_days
    if any(each.is_shared for each in made):
        kind, days = DutyKind.SUBMIT_RECOMMENDATION, policy.submit_recommendation_days
    last_on = term.ends_on - timedelta(days=days)
    yield _counted(kind, OwedBy.PANEL_TEAM, f"terms/{term.number}", (opens_on - _DAY, last_on))


def _continuing_to_review(facts: Facts, today: date, policy: SchedulingPolicy) -> Iterator[Owed]:
    """Yield the review of continuing appointment of the contract year, until a recommendation on it is submitted (R84).

    Nobody owes one in a year in which the papers for the next term open: that recommendation looks at the same. Nor of
    somebody who leaves in it.
    """
    starts_on = contract_year_of(today)
    ends_on = months_later(starts_on, YEAR_MONTHS) - _DAY
    term = next((each for each in facts.terms if each.starts_on <= starts_on <= each.ends_on), None)
    leaves = facts.ended_on is not None or (facts.leaves_on is not None and facts.leaves_on <= ends_on)
    if term is None or leaves or starts_on < policy.continuing_reviews_owed_from:
        return
    papers_open = term.ends_on - timedelta(days=policy.readiness_days) <= ends_on
    if not papers_open and not any(each.reviews_continuing_since(starts_on) for each in facts.of(RecommendationFact)):
        days = (starts_on - _DAY, ends_on - timedelta(days=policy.review_continuing_days))
        about, mark = f"terms/{term.number}", starts_on.isoformat()
        yield _counted(DutyKind.REVIEW_CONTINUING, OwedBy.PANEL_TEAM, about, days, mark=mark)


def _decisions_to_record(facts: Facts, today: date, policy: SchedulingPolicy) -> Iterator[Owed]:
    """Yield the decision to record once the last term is over, again each month. Else nobody notices that it is."""
    if facts.ended_on is None and facts.terms:
        term = max(facts.terms, key=lambda each: each.ends_on)
        starts_on = (months_later(term.ends_on + _DAY, number) for number in count())
        since = max(takewhile(lambda day: day <= today, starts_on))
        days, about = _working_days_from(since - _DAY, policy.record_decision_working_days), f"terms/{term.number}"
        yield _counted(DutyKind.RECORD_DECISION, OwedBy.PANEL_TEAM, about, days, mark=since.isoformat())


def _of_recommendation(known: RecommendationFact, facts: Facts) -> Iterator[Owed]:
    """Yield the Safeguarder's words on a recommendation. One that is shared again is answered again."""
    if known.state is RecommendationState.SHARED and known.representations_due_on:
        days, mark = (known.shared_on, known.representations_due_on), known.shared_on.isoformat()
        stops = stops_of(OwedBy.SAFEGUARDER, known.about, (), facts)
        yield _counted(DutyKind.REPRESENTATIONS, OwedBy.SAFEGUARDER, known.about, days, stops, mark)


def _counted(
    kind: DutyKind,
    owed_by: OwedBy,
    about: str,
    days: tuple[date, date],
    stops: tuple[Pause, ...] = (),
    mark: str = "",
) -> Owed:
    """Return a duty between the day from which it is counted, which is none of its days, and its last day.

    `stops`: as `stops_of` says.
    """
    counted_from, last_on = days
    clock = Clock(min(counted_from + _DAY, last_on)).with_pauses(stops)
    return Owed(kind, owed_by, about, clock, last_on, mark)


def _working_days_from(day: date, working_days: int) -> tuple[date, date]:
    """Return a day, and the last of so many office working days after it."""
    return day, add_working_days(WorkingCalendar.OFFICE, day, working_days)
