"""The moves of the plan of a term (R106): reasons, and each side's confirmation. A repeat of a move changes nothing."""

from collections.abc import Sequence
from dataclasses import replace

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.plans.contents import Contents, Part, Reasons, missing
from services.evidence.domain.plans.sides import Actor, PlanNumbers, Side
from services.evidence.domain.plans.term_plan import Confirmed, PlanVersion, TermPlan
from services.evidence.domain.standing import Standing
from services.refusals import conflict, precondition


def give_reasons(plan: TermPlan, given: Reasons, actor: Actor) -> TermPlan:
    """Return a plan with reasons in the place of those before. Reasons that are not given stay."""
    reasons = plan.reasons.with_more(given)
    return plan if reasons == plan.reasons else _next(plan, actor, reasons=reasons)


def check_read(etag: str, contents: Contents) -> None:
    """Refuse OTHER_VERSION if the plan that somebody read is not the plan as it stands."""
    if etag != contents.hash:
        read, current = etag[:8], contents.hash[:8]
        message = f"You read the plan as {read}, and it is {current} now. Read it again, and confirm what you read."
        raise conflict("OTHER_VERSION", message, "etag", read=read[:20], current=current)


def check_complete(parts: Sequence[Part], reasons: Reasons) -> None:
    """Refuse PLAN_INCOMPLETE, with everything that is missing, if nobody can confirm the plan yet."""
    if lacking := missing(parts, reasons):
        raise precondition("PLAN_INCOMPLETE", f"The plan is not complete. Missing: {', '.join(lacking)}.", "name")


def confirm(plan: TermPlan, contents: Contents, last_number: int, actor: Actor, numbers: PlanNumbers) -> TermPlan:
    """Return a plan that one side has confirmed as it stands. Once both have, it is in force.

    A version without an answer that is in force takes the Safeguarder's own word later too. `last_number`: that of the
    person's newest version.
    """
    side = Side.SAFEGUARDER if actor.is_safeguarder else Side.SUPPORT_MANAGER
    newest = plan.newest
    if newest is None or newest.contents.hash != contents.hash:
        newest = PlanVersion(last_number + 1, plan.term, contents)
    if newest.confirmed_by(side) is not None:
        return plan
    by = Confirmed(actor.person, actor.now)
    if actor.is_safeguarder:
        newest = replace(newest, safeguarder=by, answer_due_on=None)
    else:
        newest = replace(newest, support_manager=by, answer_due_on=None)
    if newest.support_manager and newest.safeguarder:
        return _in_force(plan, newest, actor)
    if not actor.is_safeguarder:
        due_on = add_working_days(WorkingCalendar.OFFICE, actor.today, numbers.plan_answer_working_days)
        newest = replace(newest, answer_due_on=due_on)
    return _next(plan, actor, newest=newest)


def put_in_force(plan: TermPlan, contents: Contents, answering: Standing | None, actor: Actor) -> TermPlan:
    """Return a plan that is in force although the Safeguarder gave no answer. It is never shown as agreed.

    `answering`: how their time to confirm it stands, while they are awaited. Days away are not counted.

    Raises:
        Refusal: NOT_YOURS_TO_SET if the Safeguarder asks for it; BOTH_SIDES while the Safeguarder was not asked to
            confirm the plan as it stands, and while they have time to.
    """
    if actor.is_safeguarder:
        message = (
            "You confirm the plan, or you do not. Only your support manager can put it in force without an answer."
        )
        raise precondition("NOT_YOURS_TO_SET", message, "without_answer")
    newest = plan.newest
    asked = newest is not None and newest.support_manager is not None and newest.contents.hash == contents.hash
    if newest is None or not asked:
        message = "The Safeguarder was not asked to confirm the plan as it stands. Confirm it yourself first."
        raise precondition("BOTH_SIDES", message, "without_answer")
    if newest.in_force_at is not None:
        return plan
    if answering is None or not answering.is_over(actor.today):
        until = answering.due_on.isoformat() if answering else ""
        message = f"The Safeguarder has until {until} to confirm the plan, or longer if they are away."
        raise precondition("BOTH_SIDES", message, "without_answer", until=until)
    return _in_force(plan, replace(newest, answer_due_on=None), actor)


def _in_force(plan: TermPlan, newest: PlanVersion, actor: Actor) -> TermPlan:
    since = newest.in_force_at or actor.now
    return _next(plan, actor, newest=replace(newest, in_force_at=since), is_final=True)


def _next(plan: TermPlan, actor: Actor, **changes: object) -> TermPlan:
    return replace(plan, version=plan.version + 1, recorded_at=actor.now, **changes)  # type: ignore[arg-type]
