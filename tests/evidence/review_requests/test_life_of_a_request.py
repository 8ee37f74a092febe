"""The life of a review request: asked for, accepted, given to a reviewer, decided (R92, D6)."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.review_requests import life
from services.evidence.domain.review_requests.chain import Candidate
from services.evidence.domain.review_requests.request import (
    Acceptance,
    Decision,
    Ground,
    RequestState,
    ReviewRequest,
    Target,
    TargetKind,
)
from services.refusals import Refusal
from tests.evidence.review_requests.build import (
    CHAIN,
    KNOWN,
    NOW,
    NUMBERS,
    REVIEWER,
    SAFEGUARDER,
    SENIOR,
    TEAM,
    TODAY,
    accepted,
    assigned,
    at,
    submitted,
)

DECIDES = Actor(REVIEWER.person, Side.PANEL_TEAM, NOW)


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as problem:
        call()
    return problem.value.reason


def test_it_stands_from_the_day_it_was_made_which_the_team_enters_for_a_letter() -> None:
    assert submitted().made_on == TODAY
    earlier = TODAY - timedelta(days=10)
    assert refused(lambda: submitted(made_on=earlier)) == "TEAM_ENTERS_PAST_DAY"
    by_letter = submitted(actor=TEAM, made_on=earlier)
    assert (by_letter.made_on, by_letter.entered_for_them) == (earlier, True)
    assert refused(lambda: submitted(actor=TEAM, made_on=TODAY + timedelta(days=1))) == "DATE_IN_FUTURE"
    assert refused(lambda: submitted(actor=TEAM, made_on=date(2026, 11, 8))) == "DATE_OUT_OF_ORDER"


def test_a_late_request_is_not_refused_for_that_and_takes_a_reason_to_accept() -> None:
    late = submitted(replace(KNOWN, told_on=date(2026, 10, 1)))
    assert late.late
    assert not submitted().late
    assert refused(partial(life.accept, late, Acceptance.ACCEPTED, "", SENIOR, higher=False)) == "FIELD_MISSING"
    assert life.accept(late, Acceptance.ACCEPTED, "They were ill.", SENIOR, higher=False).is_open


def test_one_is_open_for_a_target_and_what_was_decided_takes_something_new() -> None:
    assert refused(lambda: submitted(replace(KNOWN, before=(submitted(),)))) == "REVIEW_OPEN"
    decided = life.decide(assigned(), Decision.NOT_UPHELD, "It is right.", CHAIN, DECIDES)
    known = replace(KNOWN, before=(decided,))
    assert refused(lambda: submitted(known)) == "REVIEW_DECIDED"
    assert submitted(known, grounds=(Ground.FACT_WRONG, Ground.PROCESS)).is_open, "another ground is new"
    assert submitted(replace(known, version=3)).is_open, "another version is new"
    taken_back = life.withdraw(submitted(), SAFEGUARDER)
    assert submitted(replace(KNOWN, before=(taken_back,))).is_open


def test_an_overdue_request_goes_to_the_next_level_and_no_further_than_there_is_one() -> None:
    outside = [Candidate("top", 4), Candidate("head", 3), Candidate("other", 3), REVIEWER]
    overdue = assigned()
    assert overdue.waits_until == overdue.reviewers[-1].due_on
    later = at(TEAM, TODAY + timedelta(days=35))
    up = life.move_up(overdue, outside, REVIEWER.level, later, NUMBERS)
    assert (up.reviewers[-1].person, up.moved_up, up.is_overdue(later.today)) == ("head", 1, False)
    assert up.reviewers[-1].due_on == date(2027, 1, 13), "ten working days of the office, with its days at New Year"
    assert life.move_up(up, outside, 4, later, NUMBERS) is up, "nobody is of a higher level"


def test_a_request_that_nobody_takes_up_in_time_is_given_to_a_reviewer_by_somebody_of_a_higher_level() -> None:
    later = at(TEAM, TODAY + timedelta(days=8))
    up = life.move_up(submitted(), [Candidate("head", 3), REVIEWER], 2, later, NUMBERS)
    assert (up.state, up.assigner, up.reviewers, up.moved_up) == (RequestState.SUBMITTED, "head", (), 1)
    assert up.waits_until == date(2026, 12, 15)
    assert life.withdraw(up, SAFEGUARDER).waits_until is None


def test_one_that_is_not_accepted_can_be_asked_for_once_more_one_level_up() -> None:
    refused_once = life.accept(submitted(), Acceptance.NOT_ACCEPTED, "Too small.", SENIOR, higher=False)
    again = submitted(replace(KNOWN, before=(refused_once,)))
    assert again.follows == refused_once.review_id
    assert refused(partial(life.accept, again, Acceptance.ACCEPTED, "", SENIOR, higher=False)) == "HIGHER_LEVEL"
    twice = life.accept(again, Acceptance.NOT_ACCEPTED, "Too small.", SENIOR, higher=True)
    assert refused(lambda: submitted(replace(KNOWN, before=(refused_once, twice)))) == "REVIEW_DECIDED"


def test_an_overdue_review_goes_to_a_higher_level_with_less_time() -> None:
    request = assigned()
    due_on = request.reviewers[-1].due_on
    assert due_on == date(2026, 12, 22), "twenty office days, and St Andrew's Day"
    above = Candidate("head", 3)
    assert refused(partial(life.assign, request, above, CHAIN, TEAM, NUMBERS)) == "REVIEW_ASSIGNED"
    later = at(TEAM, due_on + timedelta(days=1))
    assert refused(partial(life.assign, request, Candidate("same", 2), replace(CHAIN, floor=2), later, NUMBERS)) == (
        "NOT_OUTSIDE"
    )
    risen = life.assign(request, above, replace(CHAIN, floor=2), later, NUMBERS)
    assert risen.reviewer is not None
    assert risen.reviewer.person == "head"
    assert risen.reviewer.due_on > due_on


def test_only_its_reviewer_decides_it_and_what_stands_or_falls_is_decided_whole() -> None:
    decide = partial(life.decide, assigned(), Decision.UPHELD, "It was another hearing.", CHAIN)
    assert refused(partial(decide, SENIOR)) == "NOT_THE_REVIEWER"
    upheld = decide(DECIDES)
    assert (upheld.state, upheld.ended_on) == (RequestState.DECIDED, TODAY)
    assert decide(DECIDES) == upheld
    repeat = partial(life.decide, upheld, Decision.UPHELD, "It was another hearing.", CHAIN)
    assert repeat(DECIDES) is upheld
    assert refused(partial(repeat, SENIOR)) == "REVIEW_ENDED", "the audit log names nobody who decided nothing"
    partly = partial(life.decide, assigned(), Decision.PARTLY, "In part.", CHAIN, DECIDES)
    assert refused(partly) == "DECIDE_WHOLE"
    of_a_record = submitted(target=Target(TargetKind.SESSION_RECORD, "s1"))
    assert life.decide(assigned(accepted(of_a_record)), Decision.PARTLY, "In part.", CHAIN, DECIDES).decision


def test_a_reviewer_who_came_into_the_chain_since_cannot_decide() -> None:
    chain = replace(CHAIN, managers=frozenset({REVIEWER.person}))
    assert refused(partial(life.decide, assigned(), Decision.UPHELD, "Yes.", chain, DECIDES)) == "NOT_OUTSIDE"


def test_a_step_that_comes_twice_changes_nothing() -> None:
    request = assigned()
    assert life.accept(accepted(), Acceptance.ACCEPTED, "", SENIOR, higher=False) == accepted()
    assert life.assign(request, REVIEWER, CHAIN, TEAM, NUMBERS) is request
    said = life.say(request, "The letter says so.", TEAM)
    assert life.say(said, "The letter says so.", TEAM) is said
    over = life.withdraw(request, SAFEGUARDER)
    assert life.withdraw(over, SAFEGUARDER) is over


@pytest.mark.parametrize("seed", range(40))
def test_no_order_of_steps_decides_a_request_that_nobody_outside_the_chain_had(seed: int) -> None:
    """Whatever is tried, a decision comes from the last reviewer, after it was accepted, and nothing follows it."""
    chance, request = random.Random(seed), submitted()
    for _step in range(30):
        day = TODAY + timedelta(days=chance.choice((0, 0, 40)))
        who = at(chance.choice((SENIOR, TEAM, DECIDES, Actor("manager", Side.PANEL_TEAM, NOW))), day)
        candidate = Candidate(chance.choice(("reviewer", "manager", "author", "head")), chance.choice((1, 2, 3)))
        tries: list[Callable[[], ReviewRequest]] = [
            partial(life.accept, request, chance.choice(tuple(Acceptance)), "Why.", who, higher=True),
            partial(life.assign, request, candidate, CHAIN, who, NUMBERS),
            partial(life.say, request, "Words.", who),
            partial(life.decide, request, chance.choice(tuple(Decision)), "Why.", CHAIN, who),
        ]
        try:
            after = chance.choice(tries)()
        except Refusal:
            continue
        assert request.is_open or after is request, "nothing follows its end"
        if after.decision is not None and request.decision is None:
            assert request.reviewer is not None
            assert request.reviewer.person == who.person
            assert who.person not in CHAIN.managers | CHAIN.took_part
            assert request.accepted_by
        request = after
