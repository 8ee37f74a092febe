"""A development plan over weeks, with scheduling beside evidence: silence, late supports, and who may say *not met*.

The kind that this closes: one service takes silence for an answer while another one still waits for it.
"""

import random
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import session_records_pb2 as sessions
from psmf.evidence.v1 import times_away_pb2
from psmf.scheduling.v1 import scheduling_pb2 as schedule

from services.calendar_days import WorkingCalendar, add_working_days, first_working_day_from
from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.sessions.build import attend, content_of, give_reasons
from tests.between.test_who_says_it import PERSON, TEAM
from tests.between.together import Together
from tests.builders import a_request_id

PARENT = "safeguarders/sg-one"
ACTION, SUPPORT = pb.Action, pb.Support


class Plan:
    """The plan of one person, as both sides work on it."""

    def __init__(self, running: Together, manager: str) -> None:
        self.running = running
        self.manager = manager

    def call(self, method: str, person: str = "", **fields: Any) -> Any:
        """Make a command, as the support manager unless said otherwise, and settle."""
        request = getattr(pb, f"{method}Request")(request_id=a_request_id(), **fields)
        answer = getattr(self.running.plans, method)(request, **self.running.as_(person or self.manager))
        self.running.settle()
        return answer

    def action(self, days: int = 60) -> pb.Action:
        proposed: pb.Action = self.call(
            "CreateAction",
            parent=PARENT,
            kind=ACTION.KIND_CHANGE_PRACTICE,
            purpose=ACTION.PURPOSE_IMPROVE,
            standard="S1",
            aim="Speak with each agency.",
            measure="Each report names them.",
            owner=ACTION.OWNER_SAFEGUARDER,
            due_date=to_date(self.running.ago(-days)),
            again=True,
        )
        return proposed

    def agreed(self, days: int = 60) -> pb.Action:
        action, answer = self.action(days), pb.AnswerActionRequest.ANSWER_AGREED
        opened: pb.Action = self.call("AnswerAction", PERSON, name=action.name, answer=answer, etag=action.etag)
        return opened

    def offered(self, *supported: str, promised: int) -> pb.Support:
        support: pb.Support = self.call(
            "OfferSupport",
            parent=PARENT,
            kind=SUPPORT.KIND_MENTORING,
            supported=supported,
            discussed_date=to_date(self.running.today),
            promised_date=to_date(self.running.ago(-promised)),
            again=True,
        )
        return support

    def answered(self, support: pb.Support, answer: Any, person: str = PERSON) -> pb.Support:
        fields = {"name": support.name, "answer": answer, "etag": support.etag}
        found: pb.Support = self.call("AnswerSupport", person, **fields)
        return found

    def given(self, support: pb.Support) -> pb.Support:
        today = to_date(self.running.today)
        fields = {"outcome": SUPPORT.STATE_DELIVERED, "delivered_date": today, "etag": support.etag}
        found: pb.Support = self.call("RecordSupport", TEAM, name=support.name, **fields)
        return found

    def close(self, action: pb.Action, outcome: Any) -> Any:
        fields = {"name": action.name, "outcome": outcome, "words": "We looked at it.", "etag": action.etag}
        return self.call("CloseAction", **fields)

    def read(self, person: str = TEAM) -> pb.DevelopmentPlan:
        request = pb.GetDevelopmentPlanRequest(name=f"{PARENT}/developmentPlan")
        found: pb.DevelopmentPlan = self.running.plans.GetDevelopmentPlan(request, **self.running.as_(person))
        return found


def a_plan(running: Together) -> Plan:
    """Appoint the person, and return their plan."""
    running.appoint("sg-one")
    request = schedule.GetAllocationRequest(parent=PARENT)
    return Plan(running, running.allocations.GetAllocation(request, **running.as_(TEAM)).support_manager)


@pytest.fixture
def plan(suite_together: Together) -> Plan:
    return suite_together.begun(a_plan)


def working_days_on(plan: Plan, number: int) -> None:
    """Let office working days pass."""
    plan.running.until(add_working_days(WorkingCalendar.OFFICE, plan.running.today, number))


def test_while_a_support_is_late_its_action_stands_still_and_its_due_date_moves(plan: Plan) -> None:
    """It can take more than ten seconds, because each of fifty days passes by itself."""
    action = plan.agreed(days=40)
    support = plan.answered(plan.offered(action.name, promised=10), pb.AnswerSupportRequest.ANSWER_ACCEPTED)
    set_for = from_date(action, "due_date")
    assert set_for is not None
    plan.running.days(10)
    on_its_last_day = plan.read(PERSON).actions[0]
    assert (on_its_last_day.stands_still, from_date(on_its_last_day, "due_date")) == (False, set_for)
    plan.running.days(7)
    late = plan.read(PERSON)
    assert late.actions[0].stands_still
    assert late.supports[0].late
    plan.given(support)
    moved = from_date(plan.read().actions[0], "due_date")
    assert moved is not None
    # The day after the promised one, and all until it was given: seven. Then the next day on which the office is open.
    assert moved == first_working_day_from(WorkingCalendar.OFFICE, set_for + timedelta(days=7))
    plan.running.days(1)
    assert not plan.read().actions[0].stands_still
    plan.running.until(set_for + timedelta(days=1))
    assert refused(lambda: plan.close(action, ACTION.STATE_NOT_MET)).reason == "TIME_NOT_OVER"
    plan.running.until_after(moved)
    assert plan.close(action, ACTION.STATE_NOT_MET).state == ACTION.STATE_NOT_MET


def test_no_answer_to_a_support_is_recorded_after_a_second_question_at_a_session_that_was_held(plan: Plan) -> None:
    """The second question is in the papers of that session."""
    support = plan.offered(plan.agreed().name, promised=60)
    none = partial(plan.answered, support, pb.AnswerSupportRequest.ANSWER_NONE_GIVEN, plan.manager)
    working_days_on(plan, 11)
    assert refused(none).reason == "ASK_AGAIN"
    listed = schedule.ListSupportSessionsRequest(parent=PARENT, upcoming_only=True)
    session = plan.running.sessions.ListSupportSessions(listed, **plan.running.as_(TEAM)).support_sessions[0]
    plan.running.until(session.start_time.ToDatetime().date() + timedelta(days=1))
    attend(plan.running, session.name)
    plan.running.settle()
    record = disputed(plan, session.name, support.name)
    assert refused(none).reason == "ASK_AGAIN", "only the undisputed stands"
    responses = [sessions.DisputeResponse(section=support.name, words="We asked at the end of it.")]
    on_record(plan, "CloseSessionRecord", name=record.name, etag=record.etag, responses=responses)
    given = none()
    assert (given.state, given.answer_entered_by) == (SUPPORT.STATE_NONE_GIVEN, plan.manager)
    own = plan.answered(given, pb.AnswerSupportRequest.ANSWER_ACCEPTED)
    assert own.state == SUPPORT.STATE_ACCEPTED


def disputed(plan: Plan, session: str, section: str) -> sessions.SessionRecord:
    """Return the record of a session that was held. The Safeguarder disputes what it says of one support."""
    pack = plan.running.session_records.GetSessionPack(
        sessions.GetSessionPackRequest(name=f"{session}/pack"), **plan.running.as_(plan.manager)
    )
    content = content_of(pack)
    content.supports.append(section)
    draft = on_record(plan, "CreateSessionRecord", parent=session, content=content)
    give_reasons(plan.running, "sg-one", plan.manager)
    on_record(plan, "ShareSessionRecord", name=draft.name, etag=draft.etag)
    disputes = [sessions.Dispute(section=section, words="Nobody asked me.")]
    return on_record(plan, "AnswerSessionRecord", PERSON, name=draft.name, edition=1, disputes=disputes)


def on_record(plan: Plan, method: str, person: str = "", **fields: Any) -> sessions.SessionRecord:
    """Make a command on a record, as the support manager unless said otherwise."""
    request = getattr(sessions, f"{method}Request")(request_id=a_request_id(), **fields)
    call = getattr(plan.running.session_records, method)
    found: sessions.SessionRecord = call(request, **plan.running.as_(person or plan.manager))
    return found


def test_an_action_is_set_after_ten_working_days_of_silence_and_says_when_they_were_asked(plan: Plan) -> None:
    action = plan.action()
    asked, because = plan.running.today, "Two agencies asked for it."
    set_it = partial(plan.call, "SetAction", name=action.name, because=because, etag=action.etag)
    working_days_on(plan, 10)
    assert refused(set_it).reason == "BOTH_SIDES"
    assert plan.read().actions[0].state == ACTION.STATE_PROPOSED
    working_days_on(plan, 1)
    done = set_it()
    assert (done.basis, from_date(done, "asked_date"), done.safeguarder_words) == (ACTION.BASIS_SET, asked, "")


def test_nobody_is_taken_as_silent_while_they_are_on_leave(plan: Plan) -> None:
    action, running = plan.action(), plan.running
    answer_due = from_date(action, "answer_due_date")
    assert answer_due is not None
    leave = times_away_pb2.RecordTimeAwayRequest(
        parent=PARENT,
        kind=times_away_pb2.TIME_AWAY_KIND_LEAVE,
        start_date=to_date(running.ago(-3)),
        end_date=to_date(running.ago(-23)),
        request_id=a_request_id(),
    )
    running.times_away.RecordTimeAway(leave, **running.as_(TEAM))
    running.settle()
    set_it = partial(plan.call, "SetAction", name=action.name, because="It is needed.", etag=action.etag)
    running.until(answer_due + timedelta(days=1))
    assert refused(set_it).reason == "BOTH_SIDES"
    moved = from_date(plan.read(PERSON).actions[0], "answer_due_date")
    assert moved is not None
    assert moved >= answer_due + timedelta(days=20)
    running.until(moved)
    assert refused(set_it).reason == "BOTH_SIDES"
    running.days(1)
    assert set_it().basis == ACTION.BASIS_SET


def test_events_that_come_again_in_any_order_change_nothing_in_a_plan(plan: Plan) -> None:
    action = plan.agreed(days=40)
    support = plan.answered(plan.offered(action.name, promised=10), pb.AnswerSupportRequest.ANSWER_ACCEPTED)
    plan.running.days(20)
    plan.given(support)
    before = plan.read()
    for source in ("scheduling", "rules"):
        plan.running.deliver_again("evidence", source, random.Random(7))
    plan.running.settle()
    assert plan.read() == before
