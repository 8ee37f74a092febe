"""Closes this kind: a time is over for one service while it still runs for another, because the office is closed.

Scheduling opens the review of an action. Evidence takes the outcome *not met*. Rules let an escalation rest on it. All
three must count the same last day, on every day of four years (heading 4, P11; R81).
"""

from datetime import date, timedelta

from services.calendar_days import WorkingCalendar, is_working_day
from services.evidence.domain.standing import Standing
from services.rules.domain.closed_lists import RequiredAction
from services.rules.domain.concerns.progress import Action
from services.scheduling.domain.duties.owed import owed_on
from services.scheduling.domain.duties.states import DutyKind
from tests.scheduling.builders import POLICY
from tests.scheduling.duties.build import an_action, facts

DAY = timedelta(days=1)
EVERY_DAY = [date(2025, 1, 1) + n * DAY for n in range(4 * 365 + 1)]


def is_office_day(day: date) -> bool:
    """Return whether the office is open."""
    return is_working_day(WorkingCalendar.OFFICE, day)


def opens(due_on: date, today: date) -> bool:
    """Return whether scheduling has opened the review of an action that is due on a day."""
    since = due_on - 28 * DAY
    known = facts(an_action(due_on=due_on, opened_on=since, since_on=since))
    return DutyKind.REVIEW_ACTION in [owed.kind for owed in owed_on(today, known, POLICY)]


def test_an_action_is_over_on_the_same_day_for_evidence_and_rules_and_its_review_opens_on_the_next_office_day() -> None:
    for due_on in EVERY_DAY:
        days = [due_on + n * DAY for n in range(12)]
        last, opens_on, *_ = filter(is_office_day, days)
        action = Action(RequiredAction.COMPLETE_MODULE, due_on, due_on)
        assert [action.is_overdue(day) for day in days] == [day > last for day in days], due_on
        assert [Standing(due_on).is_over(day) for day in days] == [day > last for day in days], due_on
        assert (opens(due_on, opens_on - DAY), opens(due_on, opens_on)) == (False, True), due_on
