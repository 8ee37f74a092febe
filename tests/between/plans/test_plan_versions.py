"""R106: a plan that both sides confirm is the same wherever it is read, and its duty is what its source says.

The kind that this file closes: one service takes silence for a confirmation, or still asks for what is in force.
"""

import random
from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import times_away_pb2
from psmf.notifications.v1 import notifications_pb2 as inbox
from psmf.scheduling.v1 import duties_pb2, scheduling_pb2

from services.calendar_days import WorkingCalendar, add_working_days, london_today
from services.platform.calls.wire import from_date, from_instant, to_date
from tests.answers import refused
from tests.between.figures.ledger import judged
from tests.between.sessions.build import confirm_plan, give_reasons
from tests.between.together import Together
from tests.builders import a_request_id

PARENT, PERSON, MANAGER, TEAM = "safeguarders/sg-one", "person-one", "manager-one", "panel-team"
SUBJECT, DUTY = inbox.Notification.Subject, duties_pb2.Duty


class Planning:
    """A Safeguarder with one strength in their plan, and both sides at it."""

    def __init__(self, running: Together) -> None:
        self.running = running
        running.appoint("sg-one")
        self.strength()

    def strength(self) -> None:
        request = pb.CreateStrengthRequest(
            parent=PARENT, standard="S1", words="Each child is met first.", request_id=a_request_id()
        )
        self.running.plans.CreateStrength(request, **self.running.as_(PERSON))
        self.running.settle()

    def confirm(self, person: str, **fields: Any) -> pb.DevelopmentPlan:
        # Messages are in the order of the acts then.
        self.running.pass_time(timedelta(seconds=1))
        found = confirm_plan(self.running, "sg-one", person, **fields)
        self.running.settle()
        return found

    def plan(self) -> pb.DevelopmentPlan:
        request = pb.GetDevelopmentPlanRequest(name=f"{PARENT}/developmentPlan")
        found: pb.DevelopmentPlan = self.running.plans.GetDevelopmentPlan(request, **self.running.as_(PERSON))
        return found

    def duty(self) -> duties_pb2.Duty | None:
        """Return the open duty of the plan; None if nobody owes it."""
        listed = self.running.duties.ListDuties(
            duties_pb2.ListDutiesRequest(parent=PARENT), **self.running.as_(PERSON)
        ).duties
        return next((duty for duty in listed if duty.kind == DUTY.KIND_FINALISE_PLAN), None)

    def sessions(self) -> list[Any]:
        """Return the sessions to come, earliest first."""
        request = scheduling_pb2.ListSupportSessionsRequest(parent=PARENT, upcoming_only=True)
        listed = self.running.sessions.ListSupportSessions(request, **self.running.as_(TEAM)).support_sessions
        return sorted(listed, key=lambda session: from_instant(session.start_time))

    def told(self) -> list[tuple[str, str]]:
        """Return who was told of what about the plan, first to last."""
        request = inbox.ListNotificationsRequest(parent=PARENT, page_size=500)
        listed = self.running.notifications.ListNotifications(request, **self.running.as_(TEAM)).notifications
        said = [(one.recipient, SUBJECT.Name(one.subject).removeprefix("SUBJECT_").lower()) for one in reversed(listed)]
        return [(who, what) for who, what in said if what.startswith("plan_")]


@pytest.fixture
def planning(suite_together: Together) -> Planning:
    return suite_together.begun(Planning)


def test_the_team_owes_the_plan_until_both_sides_have_confirmed_the_same_version(planning: Planning) -> None:
    duty = planning.duty()
    assert duty is not None
    assert (duty.owed_by, duty.about) == (DUTY.OWED_BY_PANEL_TEAM, f"{PARENT}/developmentPlan")
    first = planning.sessions()[0]
    assert from_date(duty, "due_date") == london_today(from_instant(first.start_time))
    planning.confirm(MANAGER)
    assert planning.duty() is not None
    planning.confirm(PERSON)
    assert planning.plan().is_in_force
    assert planning.duty() is None
    planning.running.pass_time(from_instant(first.start_time) - planning.running.clock.now())
    assert judged(planning.running, "plans-final") == [("counted", [])]
    assert planning.told() == [(PERSON, "plan_to_confirm"), (MANAGER, "plan_in_force")]


def test_a_reason_moves_the_duty_to_the_second_session(planning: Planning) -> None:
    give_reasons(planning.running, "sg-one", MANAGER)
    planning.running.settle()
    duty = planning.duty()
    assert duty is not None
    second = planning.sessions()[1]
    assert from_date(duty, "due_date") == london_today(from_instant(second.start_time))


def test_silence_puts_no_plan_in_force_and_the_manager_says_that_there_was_none(planning: Planning) -> None:
    running = planning.running
    asked_on = running.today
    planning.confirm(MANAGER)
    last = add_working_days(WorkingCalendar.OFFICE, asked_on, 10)
    running.until(last)
    assert refused(lambda: planning.confirm(MANAGER, without_answer=True)).reason == "BOTH_SIDES"
    running.until(last + timedelta(days=1))
    running.settle()
    assert not planning.plan().is_in_force, "no calendar puts it in force"
    plan = planning.confirm(MANAGER, without_answer=True)
    assert plan.in_force.no_answer
    assert not plan.in_force.HasField("safeguarder_confirm_time")
    assert planning.duty() is None
    assert planning.told()[-1] == (PERSON, "plan_in_force")


def test_days_on_leave_are_not_counted_in_the_time_to_answer(planning: Planning) -> None:
    running = planning.running
    planning.confirm(MANAGER)
    due = from_date(planning.plan().awaited, "answer_due_date")
    leave = times_away_pb2.RecordTimeAwayRequest(
        parent=PARENT,
        kind=times_away_pb2.TIME_AWAY_KIND_LEAVE,
        start_date=to_date(running.today + timedelta(days=1)),
        end_date=to_date(running.today + timedelta(days=7)),
        request_id=a_request_id(),
    )
    running.times_away.RecordTimeAway(leave, **running.as_(TEAM))
    running.settle()
    moved = from_date(planning.plan().awaited, "answer_due_date")
    assert due is not None
    assert moved == due + timedelta(days=7)
    running.until(due + timedelta(days=1))
    assert refused(lambda: planning.confirm(MANAGER, without_answer=True)).reason == "BOTH_SIDES"


def test_twice_and_out_of_order_nobody_is_asked_for_what_is_in_force(planning: Planning) -> None:
    running = planning.running
    give_reasons(running, "sg-one", MANAGER)
    planning.confirm(PERSON)
    planning.strength()
    planning.confirm(MANAGER)
    planning.confirm(PERSON)
    before = planning.told(), planning.duty()
    assert before[1] is None
    for seed in range(3):
        for reader in ("scheduling", "notifications", "rules"):
            running.deliver_again(reader, "evidence", random.Random(seed))
        running.settle()
    assert (planning.told(), planning.duty()) == before
