"""Who owes what by when is so wherever it is read: evidence keeps the plan, scheduling its days.

The kind that this file closes: one service moves a day, and another one goes on by the old one. What the Team owes
would then be the Safeguarder's.
"""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import times_away_pb2
from psmf.scheduling.v1 import duties_pb2

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.sessions.build import a_shared_record
from tests.between.together import Together
from tests.builders import a_request_id

SAFEGUARDER, PERSON, TEAM = "safeguarders/sg-one", "person-one", "panel-team"
Kind, State = duties_pb2.Duty.Kind, duties_pb2.Duty.State
ANSWERS = pb.AnswerActionRequest


OF_A_TERM = ("finalise_plan", "share_recommendation")


class Planning:
    """A Safeguarder with a need that they named, their support manager, and what is then agreed."""

    def __init__(self, running: Together) -> None:
        self.running = running
        running.appoint("sg-one")
        self.manager = "manager-one"
        self.need = self.call("CreateNeed", PERSON, parent=SAFEGUARDER, standard="S1", words="To plan my time.").name

    def call(self, method: str, person: str, **fields: Any) -> Any:
        request = getattr(pb, f"{method}Request")(request_id=a_request_id(), **fields)
        answer = getattr(self.running.plans, method)(request, **self.running.as_(person))
        self.running.settle()
        return answer

    def propose(self, due_in: int = 28, **changes: Any) -> pb.Action:
        fields: dict[str, Any] = {
            "parent": SAFEGUARDER,
            "kind": pb.Action.KIND_REFLECT,
            "purpose": pb.Action.PURPOSE_IMPROVE,
            "standard": "S1",
            "aim": "To plan each visit.",
            "measure": "A plan for each visit.",
            "owner": pb.Action.OWNER_SAFEGUARDER,
            "needs": [self.need],
            "due_date": to_date(self.running.today + timedelta(days=due_in)),
            "again": True,
        }
        action: pb.Action = self.call("CreateAction", self.manager, **(fields | changes))
        return action

    def agree(self, action: pb.Action) -> None:
        self.call("AnswerAction", PERSON, name=action.name, answer=ANSWERS.ANSWER_AGREED, etag=action.etag)

    def accept_a_support(self, promised_in: int) -> None:
        """Have a support for the need offered and accepted."""
        promised = to_date(self.running.today + timedelta(days=promised_in))
        offer = {"kind": pb.Support.KIND_MENTORING, "supported": [self.need], "words": "A mentor."}
        days = {"discussed_date": to_date(self.running.today), "promised_date": promised}
        support = self.call("OfferSupport", self.manager, parent=SAFEGUARDER, **offer, **days)
        accepted = pb.AnswerSupportRequest.ANSWER_ACCEPTED
        self.call("AnswerSupport", PERSON, name=support.name, answer=accepted, etag=support.etag)

    def plan(self) -> pb.DevelopmentPlan:
        request = pb.GetDevelopmentPlanRequest(name=f"{SAFEGUARDER}/developmentPlan")
        found: pb.DevelopmentPlan = self.running.plans.GetDevelopmentPlan(request, **self.running.as_(PERSON))
        return found

    def duties(self) -> dict[str, duties_pb2.Duty]:
        """Return what is owed, by its kind. What is owed for a term all the while is left out."""
        request = duties_pb2.ListDutiesRequest(parent=SAFEGUARDER)
        listed = self.running.duties.ListDuties(request, **self.running.as_(PERSON)).duties
        found = {Kind.Name(duty.kind).removeprefix("KIND_").lower(): duty for duty in listed}
        return {kind: duty for kind, duty in found.items() if kind not in OF_A_TERM}

    def due(self) -> tuple[date | None, date | None]:
        """Return the day on which the action is due: as evidence shows it, and as scheduling does."""
        return from_date(self.plan().actions[0], "due_date"), from_date(self.duties()["action"], "due_date")

    def end(self, outcome: Any = pb.Action.STATE_NOT_MET) -> Any:
        action = self.plan().actions[0]
        return self.call(
            "CloseAction", self.manager, name=action.name, outcome=outcome, words="Seen.", etag=action.etag
        )


@pytest.fixture
def planning(suite_together: Together) -> Planning:
    return suite_together.begun(Planning)


def test_the_turn_passes_from_one_side_to_the_other(planning: Planning) -> None:
    action = planning.propose()
    assert {kind: duty.owed_by for kind, duty in planning.duties().items()} == {
        "answer_action": duties_pb2.Duty.OWED_BY_SAFEGUARDER
    }
    planning.agree(action)
    assert set(planning.duties()) == {"action"}
    (opened,) = planning.plan().actions
    planning.call("OfferCompletion", PERSON, name=opened.name, words="Done.", etag=opened.etag)
    assert set(planning.duties()) == {"look_at_completion"}
    planning.end(pb.Action.STATE_MET)
    assert planning.duties() == {}


def test_while_the_team_is_late_with_a_support_the_action_stands_still_in_both_services(planning: Planning) -> None:
    """Record 2.3, 3.2: the days that the Team is late are the Team's."""
    running, due = planning.running, planning.running.today + timedelta(days=28)
    planning.agree(planning.propose())
    planning.accept_a_support(promised_in=7)
    running.days(7)
    assert (planning.due(), planning.plan().actions[0].stands_still) == ((due, due), False)
    running.days(2)
    assert (planning.due(), planning.plan().actions[0].stands_still) == ((due, due), True)
    assert refused(planning.end).reason == "SUPPORT_OWED"
    (support,) = planning.plan().supports
    given = {"outcome": pb.Support.STATE_DELIVERED, "delivered_date": to_date(running.today)}
    planning.call("RecordSupport", TEAM, name=support.name, etag=support.etag, **given)
    running.days(1)
    moved = due + timedelta(days=2)
    assert (planning.due(), planning.plan().actions[0].stands_still) == ((moved, moved), False)
    running.until(moved)
    assert refused(planning.end).reason == "TIME_NOT_OVER"
    assert "review_action" not in planning.duties()
    running.days(1)
    assert planning.duties()["review_action"].owed_by == duties_pb2.Duty.OWED_BY_SUPPORT_MANAGER
    planning.end()
    assert planning.duties() == {}


def test_a_delivery_that_is_recorded_late_takes_back_no_day(planning: Planning) -> None:
    """Record 2.3: the Safeguarder was told that no time passes."""
    running, due = planning.running, planning.running.today + timedelta(days=28)
    planning.agree(planning.propose())
    planning.accept_a_support(promised_in=7)
    early = running.today + timedelta(days=6)
    running.until(due)
    shown, told = planning.due()
    assert shown == told > due  # type: ignore[operator]
    (support,) = planning.plan().supports
    given = {"outcome": pb.Support.STATE_DELIVERED, "delivered_date": to_date(early)}
    planning.call("RecordSupport", TEAM, name=support.name, etag=support.etag, **given)
    assert planning.due() == (due + timedelta(days=21), due + timedelta(days=21))


def test_a_support_that_is_late_while_an_action_is_said_to_be_done_gives_its_days_back(planning: Planning) -> None:
    """The Safeguarder needs them if it turns out not to be done."""
    running, due = planning.running, planning.running.today + timedelta(days=28)
    planning.agree(planning.propose())
    planning.accept_a_support(promised_in=7)
    (opened,) = planning.plan().actions
    planning.call("OfferCompletion", PERSON, name=opened.name, words="Done.", etag=opened.etag)
    running.days(9)
    (support,) = planning.plan().supports
    given = {"outcome": pb.Support.STATE_DELIVERED, "delivered_date": to_date(running.today)}
    planning.call("RecordSupport", TEAM, name=support.name, etag=support.etag, **given)
    moved = due + timedelta(days=2)
    assert from_date(planning.plan().actions[0], "due_date") == moved
    running.until(moved)
    assert refused(planning.end).reason == "TIME_NOT_OVER"
    running.days(1)
    planning.end()


def test_what_the_safeguarder_says_they_did_not_receive_stops_the_action_again(planning: Planning) -> None:
    running = planning.running
    planning.agree(planning.propose())
    planning.accept_a_support(promised_in=7)
    running.days(7)
    (support,) = planning.plan().supports
    given = {"outcome": pb.Support.STATE_DELIVERED, "delivered_date": to_date(running.today)}
    given_now = planning.call("RecordSupport", TEAM, name=support.name, etag=support.etag, **given)
    assert "deliver_support" not in planning.duties()
    running.days(3)
    assert not planning.plan().actions[0].stands_still
    no = {"received": pb.Support.RECEIVED_NO, "words": "Nobody came."}
    planning.call("ConfirmSupport", PERSON, name=given_now.name, etag=given_now.etag, **no)
    assert planning.plan().actions[0].stands_still
    assert planning.duties()["deliver_support"].overdue


def test_a_leave_stands_in_both_services(planning: Planning) -> None:
    running, due = planning.running, planning.running.today + timedelta(days=28)
    planning.agree(planning.propose())
    leave = times_away_pb2.RecordTimeAwayRequest(
        parent=SAFEGUARDER,
        kind=times_away_pb2.TIME_AWAY_KIND_LEAVE,
        start_date=to_date(running.today),
        end_date=to_date(running.today + timedelta(days=6)),
        request_id=a_request_id(),
    )
    running.times_away.RecordTimeAway(leave, **running.as_(TEAM))
    running.settle()
    assert planning.plan().actions[0].stands_still
    running.days(7)
    assert not planning.plan().actions[0].stands_still
    moved = due + timedelta(days=7)
    assert planning.due() == (moved, moved)


def test_a_day_that_is_moved_after_a_leave_has_the_leave_in_it(planning: Planning) -> None:
    """Both services count from the day on which the newest day was set. Nothing is given twice, or taken back."""
    running, due = planning.running, planning.running.today + timedelta(days=28)
    planning.agree(planning.propose())
    leave = times_away_pb2.RecordTimeAwayRequest(
        parent=SAFEGUARDER,
        kind=times_away_pb2.TIME_AWAY_KIND_LEAVE,
        start_date=to_date(running.today),
        end_date=to_date(running.today + timedelta(days=6)),
        request_id=a_request_id(),
    )
    running.times_away.RecordTimeAway(leave, **running.as_(TEAM))
    running.settle()
    running.days(8)
    moved = due + timedelta(days=7)
    action = planning.plan().actions[0]

    def move(day: date) -> None:
        more = {"words": "One is missing.", "etag": action.etag}
        planning.call("ChangeActionDate", planning.manager, name=action.name, due_date=to_date(day), **more)

    assert refused(lambda: move(moved)).reason == "DATE_NOT_LATER"
    move(moved + timedelta(days=7))
    assert planning.due() == (moved + timedelta(days=7), moved + timedelta(days=7))


def test_a_record_is_owed_answered_and_owed_no_more(planning: Planning) -> None:
    running = planning.running
    a_shared_record(running, "sg-one", planning.manager)
    running.settle()
    assert set(planning.duties()) == {"answer_record"}
    assert planning.duties()["answer_record"].owed_by == duties_pb2.Duty.OWED_BY_SAFEGUARDER
    running.days(20)
    assert planning.duties() == {}, "closed as not answered"


def test_events_that_come_again_in_any_order_change_nothing(planning: Planning) -> None:
    """Record 8, newest_version_everywhere."""
    running, choices = planning.running, random.Random(16)
    planning.agree(planning.propose())
    planning.accept_a_support(promised_in=7)
    running.days(10)
    before = planning.plan(), planning.duties()
    for reader, source in (("scheduling", "evidence"), ("evidence", "scheduling")):
        running.deliver_again(reader, source, choices)
        running.restart(reader)
    running.settle()
    assert (planning.plan(), planning.duties()) == before
