"""Kind closed: time that runs out in evidence while a person is away, although their duty stands still (R90, D15).

The record of a session, a proposed action, an offered support, and the word on whether a support was received: each
waits until the Safeguarder is back, with all the days that were left. Leave may be recorded late, corrected and
cancelled, and the events of scheduling may be late.
"""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import session_records_pb2 as records
from psmf.evidence.v1 import times_away_pb2

from services.calendar_days import WorkingCalendar, first_working_day_from
from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.plans.test_plans_in_time import ACTION, PARENT, SUPPORT, Plan, a_plan
from tests.between.sessions.build import a_shared_record
from tests.between.test_who_says_it import PERSON, TEAM
from tests.between.together import Together
from tests.builders import a_request_id

RECORD, REPLIES = records.SessionRecord, pb.AnswerSupportRequest


class Waiting:
    """Everything that waits for the answer of one person, all of it since today."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.running = plan, plan.running
        self.record_name = a_shared_record(self.running, "sg-one", plan.manager).name
        self.running.settle()
        self.since = self.running.today
        self.action = plan.action()
        self.support = plan.offered(self.action.name, promised=60)
        given = plan.answered(plan.offered(self.action.name, promised=60), REPLIES.ANSWER_ACCEPTED)
        self.given = plan.given(given)
        self.due_on = self.days()["record"]

    def record(self) -> records.SessionRecord:
        request = records.GetSessionRecordRequest(name=self.record_name)
        found: records.SessionRecord = self.running.session_records.GetSessionRecord(
            request, **self.running.as_(self.plan.manager)
        )
        return found

    def days(self) -> dict[str, date]:
        """Return the last day of each, as the Safeguarder reads it."""
        read = self.plan.read(PERSON)
        supports = {support.name: support for support in read.supports}
        shown = {
            "record": from_date(self.record(), "answer_due_date"),
            "action": from_date(read.actions[0], "answer_due_date"),
            "support": from_date(supports[self.support.name], "answer_due_date"),
            "received": from_date(supports[self.given.name], "received_due_date"),
        }
        return {what: day for what, day in shown.items() if day is not None}

    def confirm_record(self) -> Any:
        request = records.AnswerSessionRecordRequest(name=self.record_name, edition=1, request_id=a_request_id())
        answer = self.running.session_records.AnswerSessionRecord(request, **self.running.as_(PERSON))
        self.running.settle()
        return answer

    def set_action(self) -> Any:
        return self.plan.call("SetAction", name=self.action.name, because="It is needed.", etag=self.action.etag)

    def no_answer(self) -> Any:
        return self.plan.answered(self.support, REPLIES.ANSWER_NONE_GIVEN, self.plan.manager)

    def deny(self) -> Any:
        fields = {"name": self.given.name, "received": SUPPORT.RECEIVED_NO, "etag": self.given.etag}
        return self.plan.call("ConfirmSupport", PERSON, **fields)

    def leave(self, first: date, last: date | None, corrects: str = "", **fields: Any) -> str:
        """Record leave, or correct one. Return its id."""
        request = times_away_pb2.RecordTimeAwayRequest(
            parent=PARENT,
            kind=times_away_pb2.TIME_AWAY_KIND_LEAVE,
            start_date=to_date(first),
            request_id=a_request_id(),
            time_away_id=corrects,
            **fields,
        )
        if last:
            request.end_date.CopyFrom(to_date(last))
        recorded = self.running.times_away.RecordTimeAway(request, **self.running.as_(TEAM))
        self.running.settle()
        return str(recorded.name.rpartition("/")[2])

    def moved(self, days: int) -> date:
        """Return the last day with so many days away."""
        return first_working_day_from(WorkingCalendar.OFFICE, self.due_on + timedelta(days=days))

    def all_wait(self) -> None:
        """Check that nothing ended, and that nobody can end it."""
        assert self.record().state == RECORD.STATE_SHARED
        assert refused(self.set_action).reason == "BOTH_SIDES"
        assert refused(self.no_answer).reason == "ASK_AGAIN"


def all_of_it(running: Together) -> Waiting:
    return Waiting(a_plan(running))


@pytest.fixture
def waiting(suite_together: Together) -> Waiting:
    return suite_together.begun(all_of_it)


def test_everything_waits_until_the_return_and_the_days_that_were_left(waiting: Waiting) -> None:
    running, first = waiting.running, waiting.since + timedelta(days=3)
    assert set(waiting.days().values()) == {waiting.due_on}
    waiting.leave(first, first + timedelta(days=20))
    moved = waiting.moved(21)
    assert waiting.days() == dict.fromkeys(("record", "action", "support", "received"), moved)
    running.until(waiting.due_on + timedelta(days=1))
    waiting.all_wait()
    running.until(moved)
    waiting.all_wait()
    assert waiting.confirm_record().ending == RECORD.ENDING_CONFIRMED
    assert waiting.deny().state == SUPPORT.STATE_NOT_DELIVERED
    running.days(1)
    assert waiting.set_action().basis == ACTION.BASIS_SET


def test_leave_without_a_last_day_ends_nothing_and_silence_after_the_return_does(waiting: Waiting) -> None:
    running, first = waiting.running, waiting.since + timedelta(days=3)
    leave = waiting.leave(first, None)
    running.until(waiting.due_on + timedelta(days=10))
    waiting.all_wait()
    assert waiting.days()["record"] >= running.today, "a day that has passed is nobody's last day"
    waiting.leave(first, running.today, corrects=leave)
    moved = waiting.moved((running.today - first).days + 1)
    assert set(waiting.days().values()) == {moved}
    running.until(moved)
    waiting.all_wait()
    running.days(1)
    assert waiting.record().ending == RECORD.ENDING_NO_ANSWER
    assert refused(waiting.deny).reason == "CONFIRM_TIME_OVER"
    assert waiting.set_action().basis == ACTION.BASIS_SET


def test_leave_that_is_recorded_late_corrected_and_cancelled_moves_the_day_each_time(waiting: Waiting) -> None:
    running, first = waiting.running, waiting.since + timedelta(days=1)
    running.until(waiting.due_on)
    leave = waiting.leave(first, running.today + timedelta(days=5))
    assert set(waiting.days().values()) == {waiting.moved((running.today - first).days + 6)}
    waiting.leave(first, first + timedelta(days=2), corrects=leave)
    assert set(waiting.days().values()) == {waiting.moved(3)}
    running.days(1)
    waiting.all_wait()
    waiting.leave(first, first + timedelta(days=9), corrects=leave)
    assert set(waiting.days().values()) == {waiting.moved(10)}
    other = waiting.leave(first + timedelta(days=20), None)
    waiting.leave(first + timedelta(days=20), None, corrects=other, cancelled=True)
    assert set(waiting.days().values()) == {waiting.moved(10)}
    running.until(waiting.moved(10) + timedelta(days=1))
    assert waiting.record().ending == RECORD.ENDING_NO_ANSWER


def test_a_late_event_of_scheduling_closes_nothing(waiting: Waiting) -> None:
    running, first = waiting.running, waiting.since + timedelta(days=3)
    running.held_back.add(("evidence", "scheduling"))
    waiting.leave(first, first + timedelta(days=13))
    running.until(waiting.moved(14))
    waiting.all_wait()
    assert set(waiting.days().values()) == {waiting.moved(14)}
    running.held_back.clear()
    running.settle()
    assert set(waiting.days().values()) == {waiting.moved(14)}, "both count the same days"
    assert waiting.confirm_record().ending == RECORD.ENDING_CONFIRMED


def test_what_scheduling_says_alone_is_enough_to_wait(waiting: Waiting) -> None:
    """It may know more than the register, and its word on a duty holds until its next one."""
    running, first = waiting.running, waiting.since + timedelta(days=3)
    leave = waiting.leave(first, first + timedelta(days=13))
    running.held_back.add(("evidence", "scheduling"))
    waiting.leave(first, first + timedelta(days=13), corrects=leave, cancelled=True)
    running.until(waiting.due_on + timedelta(days=1))
    waiting.all_wait()
    running.held_back.clear()
    running.settle()
    assert waiting.record().ending == RECORD.ENDING_NO_ANSWER


def test_an_action_is_not_said_to_be_not_met_while_the_event_of_a_leave_is_late(waiting: Waiting) -> None:
    plan, running = waiting.plan, waiting.running
    action = plan.agreed(days=28)
    due_on = from_date(action, "due_date")
    assert due_on is not None
    running.held_back.add(("evidence", "scheduling"))
    waiting.leave(due_on - timedelta(days=1), due_on + timedelta(days=5))
    not_met = partial(plan.close, action, ACTION.STATE_NOT_MET)
    running.until(due_on + timedelta(days=6))
    assert refused(not_met).reason == "TIME_NOT_OVER"
