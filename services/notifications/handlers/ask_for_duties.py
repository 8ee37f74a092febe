"""Ask those who owe a duty for it around its day (record 3)."""

from collections.abc import Sequence

from services.calendar_days import WorkingCalendar, add_working_days, london_today
from services.notifications.domain import duty as domain
from services.notifications.domain.duty import Duty, OwedBy
from services.notifications.domain.ladder import Rung, Step
from services.notifications.handlers.ask import LONGEST_ID
from services.notifications.handlers.context import DATA_LEAD_ROLE, SENIOR_ROLE, TEAM_ROLE, AlertContext
from services.notifications.handlers.tell import tell, withdraw

_ROLES = {OwedBy.SENIOR_MANAGER: SENIOR_ROLE, OwedBy.DATA_LEAD: DATA_LEAD_ROLE}
"""Whose duty it is where any one person in a role owes it, if not the Team's."""


def follow_duty(told: Duty, context: AlertContext) -> None:
    """Follow a duty as scheduling tells of it. The newest version holds.

    What was not sent yet is withdrawn when the day moves, or when nobody is asked any more.
    """
    known = context.duties.find(told.duty_id)
    if known is not None and told.version <= known.version:
        return
    after = domain.follow(known, told, _steps_of(told, context), london_today(context.now))
    context.duties.keep(after)
    moved = known is not None and (known.due_on != after.due_on or not after.asks)
    if known is not None and moved and not (known.is_for_many and context.duties.is_awaited(known.kind, known.due_on)):
        withdraw(_about(known), context)


def duties_to_ask(context: AlertContext) -> Sequence[Duty]:
    """Return the duties with a step whose day has come. There are none while the office is closed."""
    ladders, today = context.policy.ladders, london_today(context.now)
    if not ladders.office.is_open(context.now):
        return []
    until = add_working_days(WorkingCalendar.OFFICE, today, ladders.longest_lead)
    found = context.duties.asking_until(until, ladders.most_steps_of_duties)
    return [duty for duty in found if domain.take_steps(duty, _steps_of(duty, context), today)[0] != duty]


def ask_for_duties(context: AlertContext) -> None:
    """Ask for every duty with a step whose day has come. Each step is taken once.

    What is done for many people at once is asked for once of each person, and not once for each Safeguarder.
    """
    today = london_today(context.now)
    asked: set[tuple[str, str]] = set()
    for duty in duties_to_ask(context):
        after, steps = domain.take_steps(duty, _steps_of(duty, context), today)
        for step in steps:
            recipient = _person_at(step, duty, context)
            about, whose = _about(duty), "" if duty.is_for_many else duty.safeguarder_id
            if recipient and (about, recipient) not in asked:
                tell(about, whose, duty.line(step, today), context, recipient)
                asked.add((about, recipient))
        context.duties.keep(after)


def _steps_of(duty: Duty, context: AlertContext) -> tuple[Step, ...]:
    ladders = context.policy.ladders
    return ladders.duties_of_safeguarder if duty.is_the_persons else ladders.duties_of_staff


def _person_at(step: Step, duty: Duty, context: AlertContext) -> str:
    if step.who is Rung.MANAGER:
        return context.manager_or_team(duty.safeguarder_id)
    return context.person_at(step, _owner(duty, context), duty.safeguarder_id)


def _owner(duty: Duty, context: AlertContext) -> str:
    if duty.is_the_persons:
        return context.people.about(duty.safeguarder_id)
    if duty.owed_by is OwedBy.SUPPORT_MANAGER:
        return context.manager_or_team(duty.safeguarder_id)
    if duty.person:
        return duty.person
    return context.somebody(_ROLES.get(duty.owed_by, TEAM_ROLE), duty.safeguarder_id)


def _about(duty: Duty) -> str:
    """Return the key of the messages about a duty. Duties that are done at once have one key for each day."""
    return f"{duty.kind}-{duty.due_on}" if duty.is_for_many else duty.duty_id[:LONGEST_ID]
