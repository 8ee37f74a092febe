"""How the approach to a concern changes is one matter: evidence keeps it, and all services stand as it says (R80).

The kind that this file closes: a notice that rules took on the word of who typed it, with the id of a document that no
service holds. The Safeguarder could not read what was expected of them, and nobody had told them.
"""

import random
from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import times_away_pb2 as away
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as rules

from services.platform.calls.wire import from_date
from tests.answers import refused
from tests.between.approach.matter import (
    ADVICE,
    EXPECTATION,
    MANAGER,
    PERSON,
    REQUIRED,
    SAFEGUARDER,
    SENIOR,
    SUPPORT,
    TEAM,
    Matter,
)
from tests.between.together import Together
from tests.builders import a_request_id

State, Change = rules.Concern, changes.ApproachChange


def test_the_safeguarder_reads_what_is_expected_and_the_concern_goes_on_then(
    suite_together: Together,
) -> None:
    matter = suite_together.begun(Matter)
    action = matter.an_action()
    matter.serve(actions=[action.name])
    assert matter.concern().state == State.STATE_IN_SUPPORT, "it does not stand yet"
    assert matter.told() == [(PERSON, "APPROACH_TO_READ")]
    duty = matter.duty()
    assert duty is not None
    assert duty.about == matter.change().name
    assert matter.change(PERSON).expectation == EXPECTATION
    matter.acknowledge()
    assert sorted(matter.told()) == [(MANAGER, "APPROACH_READ"), (PERSON, "APPROACH_TO_READ")]
    assert matter.duty() is None
    concern = matter.concern()
    assert concern.state == State.STATE_REQUIRED_ACTION
    assert concern.course.action == action.name
    assert concern.course.due_date == action.due_days[0].date


def test_without_an_acknowledgement_it_stands_after_five_working_days(suite_together: Together) -> None:
    matter = suite_together.begun(Matter)
    served = matter.serve(actions=[matter.an_action().name])
    stands_from = from_date(served, "stands_from_date")
    assert stands_from is not None
    suite_together.until(stands_from - timedelta(days=1))
    assert matter.concern().state == State.STATE_IN_SUPPORT
    suite_together.until(stands_from)
    assert matter.concern().state == State.STATE_REQUIRED_ACTION
    assert matter.change().stands
    late = matter.acknowledge()
    assert from_date(late, "stands_from_date") == stands_from, "a late acknowledgement changes no day"


def test_support_comes_first_and_so_does_speaking_of_it(suite_together: Together) -> None:
    matter = suite_together.begun(Matter, answered=False)
    assert refused(matter.serve).reason == "SUPPORT_FIRST"
    matter.accept()
    assert refused(lambda: matter.serve(discussed_date=None)).reason == "DISCUSSED_FIRST"
    assert refused(lambda: matter.serve(expectation="")).reason == "EXPECTATION_IN_WORDS"
    assert refused(lambda: matter.serve(skip_because="")).reason == "FIELD_MISSING"
    assert matter.serve(ADVICE).stands
    assert matter.concern().state == State.STATE_IN_SUPPORT, "advice requires nothing"
    assert matter.serve(skip_because="").from_approach == ADVICE
    matter.move("HoldConcern", SENIOR, moves, reason=moves.HOLD_REASON_PRACTICE_UNCLEAR)
    assert refused(lambda: matter.serve(because="It goes on.")).reason == "CONCERN_HELD"
    assert matter.serve(SUPPORT).from_approach == REQUIRED, "what is in their favour waits for nothing"


def test_served_again_its_time_runs_again(suite_together: Together) -> None:
    matter = suite_together.begun(Matter)
    matter.serve(actions=[matter.an_action(120).name])
    matter.acknowledge()
    suite_together.days(3)
    matter.serve(actions=[matter.an_action(120).name])
    assert matter.concern().state == State.STATE_IN_SUPPORT
    assert matter.duty() is not None
    suite_together.days(9)
    assert matter.concern().state == State.STATE_REQUIRED_ACTION


@pytest.mark.parametrize("outcome", [Change.STATE_MET, Change.STATE_WITHDRAWN, Change.STATE_SET_ASIDE])
def test_a_change_that_ends_leaves_the_concern_in_support(suite_together: Together, outcome: Any) -> None:
    matter = suite_together.begun(Matter)
    matter.require()
    by = MANAGER
    if outcome == Change.STATE_SET_ASIDE:
        assert refused(lambda: matter.end(outcome)).reason == "SECOND_PERSON_NEEDED"
        by = SENIOR
    matter.end(outcome, by)
    concern = matter.concern()
    assert concern.state == State.STATE_IN_SUPPORT
    assert not concern.course.HasField("notice_date")
    assert (PERSON, "APPROACH_ENDED") in matter.told()


def test_a_required_action_has_the_day_that_the_record_has(suite_together: Together) -> None:
    matter = suite_together.begun(Matter)
    matter.require(60)
    (action,) = matter.plan().actions
    later: dict[str, Any] = {"due_date": matter.day(90), "words": "The course was moved.", "etag": action.etag}
    matter.call("ChangeActionDate", MANAGER, name=action.name, **later)
    assert matter.concern().course.due_date == matter.day(90)
    suite_together.days(89)
    assert matter.concern().state == State.STATE_REQUIRED_ACTION
    suite_together.days(4)
    assert matter.concern().state == State.STATE_ACTION_REVIEW
    offer: dict[str, Any] = {"kind": pb.Support.KIND_MENTORING, "words": "A mentor.", "supported": [matter.name]}
    matter.call("OfferSupport", MANAGER, parent=SAFEGUARDER, discussed_date=matter.day(0), **offer)
    assert matter.concern().state == State.STATE_IN_SUPPORT
    assert matter.change().state == Change.STATE_SUPPORT_AGAIN, "evidence and rules say the same"
    assert matter.told("APPROACH_ENDED") == [(PERSON, "APPROACH_ENDED")]


def on_leave(matter: Matter, first: int, last: int) -> None:
    request = away.RecordTimeAwayRequest(
        parent=SAFEGUARDER,
        kind=away.TIME_AWAY_KIND_LEAVE,
        start_date=matter.day(first),
        end_date=matter.day(last),
        request_id=a_request_id(),
    )
    matter.running.times_away.RecordTimeAway(request, **matter.running.as_(TEAM))
    matter.running.settle()


def test_days_away_move_the_day_from_which_it_stands(suite_together: Together) -> None:
    matter = suite_together.begun(Matter)
    served = matter.serve(actions=[matter.an_action(120).name])
    stands_from = from_date(served, "stands_from_date")
    assert stands_from is not None
    on_leave(matter, 1, 14)
    moved = from_date(matter.change(), "stands_from_date")
    assert moved is not None
    assert moved >= stands_from + timedelta(days=14)
    suite_together.until(moved - timedelta(days=1))
    assert matter.concern().state == State.STATE_IN_SUPPORT
    suite_together.until(moved)
    assert matter.concern().state == State.STATE_REQUIRED_ACTION


def test_what_is_reported_later_tells_nobody_and_carries_no_escalation(suite_together: Together) -> None:
    matter = suite_together.begun(Matter)
    action = matter.an_action(40)
    before = {"reported_serve_date": matter.day(-30), "reported_acknowledge_date": matter.day(-28)}
    served = matter.serve(actions=[action.name], discussed_date=matter.day(-30), **before)
    assert served.stands
    assert served.reported
    assert matter.told() == []
    assert matter.duty() is None
    concern = matter.concern()
    assert (concern.state, concern.course.notice_reported) == (State.STATE_REQUIRED_ACTION, True)
    suite_together.days(45)
    assert matter.concern().state == State.STATE_ACTION_REVIEW
    answer = refused(lambda: matter.move("EscalateConcern", SENIOR, moves))
    assert answer.metadata["guard"] == "notice_stands"


def test_nobody_spoke_of_a_concern_before_it_was_raised(suite_together: Together) -> None:
    """P6, P11: what is reported may have happened before it was recorded here, but not before the person served."""
    matter = suite_together.begun(Matter)
    raised_on = suite_together.today.isoformat()
    suite_together.days(3)
    answer = refused(lambda: matter.serve(discussed_date=matter.day(-4)))
    assert (answer.reason, answer.metadata["earliest"]) == ("DISCUSSED_FIRST", raised_on)
    long_ago = {"reported_serve_date": matter.day(-1), "discussed_date": matter.day(-1200)}
    assert refused(lambda: matter.serve(**long_ago)).reason == "DISCUSSED_FIRST"
    offer = {"kind": pb.Support.KIND_MODULE, "supported": [matter.name], "discussed_date": matter.day(-4)}
    answer = refused(lambda: matter.call("OfferSupport", MANAGER, parent=SAFEGUARDER, **offer))
    assert (answer.reason, answer.metadata["earliest"]) == ("DATE_OUT_OF_ORDER", raised_on)
    assert matter.serve(discussed_date=matter.day(-3)).stands_from_date


def test_a_change_ends_with_its_concern(suite_together: Together) -> None:
    matter = suite_together.begun(Matter)
    matter.serve()
    matter.move("DismissConcern", reason=rules.CONCERN_REASON_EXPLAINED)
    assert matter.change().state == Change.STATE_CONCERN_ENDED
    assert matter.duty() is None
    assert refused(matter.acknowledge).reason == "APPROACH_ENDED"


@pytest.mark.parametrize("late", [("rules", "evidence"), ("scheduling", "evidence"), ("notifications", "evidence")])
def test_what_comes_late_twice_or_in_any_order_ends_in_the_same_state(
    suite_together: Together, late: tuple[str, str]
) -> None:
    matter = suite_together.begun(Matter)
    suite_together.held_back.add(late)
    matter.require()
    matter.end(Change.STATE_WITHDRAWN)
    action = matter.an_action(90)
    matter.serve(actions=[action.name])
    matter.acknowledge()
    suite_together.held_back.clear()
    suite_together.settle()
    suite_together.deliver_again(*late, random.Random(7))
    suite_together.settle()
    concern = matter.concern()
    assert concern.state == State.STATE_REQUIRED_ACTION
    assert concern.course.approach_change == matter.change().name
    assert concern.course.action == action.name
    assert matter.duty() is None


def test_another_action_that_takes_the_place_of_a_required_one_is_required(suite_together: Together) -> None:
    matter = suite_together.begun(Matter)
    matter.require(60)
    (first,) = matter.plan().actions
    what: dict[str, Any] = {"kind": pb.Action.KIND_COMPLETE_MODULE, "purpose": pb.Action.PURPOSE_IMPROVE}
    words: dict[str, Any] = {"aim": "Files are safe.", "measure": "The module says so.", "standard": "S5"}
    what |= {"owner": pb.Action.OWNER_SAFEGUARDER, "due_date": matter.day(80), "concern": matter.name}
    proposed = matter.call("CreateAction", MANAGER, parent=SAFEGUARDER, replaces=first.name, **what, **words)
    agreed = pb.AnswerActionRequest.ANSWER_AGREED
    matter.call("AnswerAction", PERSON, name=proposed.name, answer=agreed, etag=proposed.etag)
    course = matter.concern().course
    assert (course.action, course.due_date) == (proposed.name, matter.day(80))
