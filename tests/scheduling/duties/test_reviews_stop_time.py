"""A review that a Safeguarder asks for stops what hangs on it, from the day it was asked for (B5, D15.5, X40)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.scheduling.domain.duties.facts import ApproachFact, ReviewFact, ViewFact
from services.scheduling.domain.duties.states import DutyKind, OwedBy, ReviewState, ViewState
from services.scheduling.domain.identifiers import ConcernId
from services.scheduling.domain.obligations.clocks import PauseReason
from tests.scheduling.duties.build import MONDAY, Told, a_record, a_support, an_action, day, facts, owed, who_and_when

CONCERN = ConcernId("c1")


def a_review(state: str = "submitted", version: int = 1, **changes: Any) -> ReviewFact:
    """A review of the action a1 that was asked for on Thursday 5 November, and recorded on Monday 9 November."""
    given: dict[str, Any] = {
        "target": "actions/a1",
        "concern_ids": (),
        "made_on": day("11-05"),
        "asked_on": day("11-09"),
        "assign_due_on": day("11-16") if state in ("submitted", "accepted") else None,
        "reviewer": "senior" if state in ("assigned", "decided") else "",
        "assigned_on": day("11-10") if state in ("assigned", "decided") else None,
        "decide_due_on": day("12-09") if state == "assigned" else None,
        "ended_on": day("11-20") if state in ("decided", "withdrawn", "not_accepted") else None,
        "since_on": day("11-09"),
    }
    return ReviewFact("r1", version, ReviewState(state), **(given | changes))


def stopped(today: str, *said: Any) -> set[str]:
    """What stands still on a day because of a review."""
    return {
        each.kind
        for each in owed(today, facts(*said))
        if PauseReason.REVIEW_OPEN in each.stands_still_because(day(today))
    }


def test_first_a_reviewer_is_owed_and_then_a_decision() -> None:
    assert ("assign_review", "senior_manager", "11-16") in who_and_when("11-09", facts(a_review()))
    decides = owed("11-12", facts(a_review("assigned")))[0]
    assert (decides.kind, decides.owed_by, decides.person) == (DutyKind.DECIDE_REVIEW, OwedBy.REVIEWER, "senior")
    assert not decides.stands_still_because(day("11-12")), "the reviewer's own time runs"
    told = Told()
    told.on("11-09", facts(a_review()))
    assert ("assign_review", "met", "11-16") in told.on("11-10", facts(a_review("assigned", 2)))
    assert ("decide_review", "met", "12-09") in told.on("11-20", facts(a_review("decided", 3)))


def test_who_finds_a_reviewer_after_its_time_owes_one_of_their_own() -> None:
    told = Told()
    told.on("11-09", facts(a_review()))
    up = a_review("submitted", 2, assigner="head", assign_due_on=day("12-01"))
    assert sorted(told.on("11-17", facts(up))) == [
        ("assign_review", "ended", "11-16"),
        ("assign_review", "running", "12-01"),
    ]
    (owed_now,) = [each for each in owed("11-17", facts(up)) if each.kind is DutyKind.ASSIGN_REVIEW]
    assert owed_now.person == "head"
    assert ("assign_review", "met", "12-01") in told.on("11-18", facts(a_review("assigned", 3, assigner="head")))


def test_who_takes_over_an_overdue_review_owes_another_decision() -> None:
    told = Told()
    told.on("11-10", facts(a_review("assigned")))
    other = a_review("assigned", 2, reviewer="head", assigned_on=day("12-10"), decide_due_on=day("12-24"))
    assert sorted(told.on("12-10", facts(other))) == [
        ("decide_review", "ended", "12-09"),
        ("decide_review", "running", "12-24"),
    ]


def test_not_upheld_gives_back_the_days() -> None:
    action = an_action()
    assert stopped("11-09", action, a_review()) == {"action"}
    moved = owed("11-23", facts(action, a_review("decided")))[0].due_on(day("11-23"))
    assert moved == day("12-15"), "from the 5th to the 20th are 15 days, also those before it was recorded"


@pytest.mark.parametrize("ending", ["decided", "withdrawn", "not_accepted"])
def test_whatever_ends_it_the_time_goes_on(ending: str) -> None:
    assert not stopped("11-23", an_action(), a_review(ending))


def test_what_hangs_on_a_concern_that_is_reviewed_stands_still() -> None:
    of_the_concern = a_review(target="evidenceItems/e1", concern_ids=("c1",))
    said = (
        an_action(concern_id=CONCERN),
        replace(a_support("offered"), concern_ids=("c1",), action_ids=()),
        ViewFact(CONCERN, 1, ViewState.ASKED, MONDAY, day("11-16"), MONDAY),
        ApproachFact("a", 1, True, MONDAY, None, day("11-09"), MONDAY, ("c1",)),
    )
    assert stopped("11-09", *said, of_the_concern) == {"action", "answer_support", "give_view", "acknowledge_approach"}
    elsewhere = replace(of_the_concern, concern_ids=("c2",))
    assert not stopped("11-09", *said, elsewhere)


def test_a_review_stops_nothing_it_should_not() -> None:
    """What the Team owes the Safeguarder runs on, but for what it owes about the target itself."""
    of_the_concern = a_review(target="concerns/c1", concern_ids=("c1",))
    promised = replace(a_support(), concern_ids=("c1",))
    offered_by_them = an_action("proposed", concern_id=CONCERN, proposed_by=OwedBy.SAFEGUARDER)
    assert not stopped("11-09", promised, offered_by_them, of_the_concern)
    assert stopped("11-09", offered_by_them, a_review()) == {"answer_action"}
    disputed = a_record("disputed")
    of_the_record = a_review(target="supportSessions/s1/record")
    assert stopped("11-09", disputed, of_the_record) == {"respond_to_dispute"}
    assert stopped("11-09", a_record(), of_the_record) == {"answer_record"}


def test_days_of_two_reviews_and_a_leave_count_once() -> None:
    both = (a_review("decided"), replace(a_review("withdrawn"), review_id="r2", ended_on=day("11-18")))
    action = an_action()
    one = owed("11-23", facts(action, both[0]))[0].due_on(day("11-23"))
    assert owed("11-23", facts(action, *both))[0].due_on(day("11-23")) == one
    assert one - day("11-30") == timedelta(days=15)


def test_an_action_stands_still_with_the_only_need_that_it_answers() -> None:
    """Record 2.5: what rests on the target alone hangs on it. What another need or a concern asks for runs on."""
    of_the_need = a_review(target="needs/n1")
    assert stopped("11-09", an_action(), of_the_need) == {"action"}
    assert not stopped("11-09", an_action(need_ids=("n1", "n2")), of_the_need)
    assert not stopped("11-09", an_action(concern_id=CONCERN), of_the_need)
    assert not stopped("11-09", an_action(owner=OwedBy.PANEL_TEAM), of_the_need), "the Team owes it all the same"
    assert not stopped("11-09", an_action(need_ids=("n2",)), of_the_need)
