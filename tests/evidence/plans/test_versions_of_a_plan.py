"""R106: a plan is in force once both sides have confirmed the same version, and a version never changes."""

from datetime import timedelta
from typing import Any

import pytest

from services.evidence.domain.plans import life_of_a_plan as life
from services.evidence.domain.plans.action import ActionAnswer, ActionState
from services.evidence.domain.plans.contents import Carried, Contents, Part, Reasons, Term, contents_of, missing
from services.evidence.domain.plans.life_of_a_support import Recorded, record
from services.evidence.domain.plans.life_of_an_action import Ending, Later, answer, change_date, close, offer_completion
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.plans.strength import Named, Strength
from services.evidence.domain.plans.support import SupportState
from services.evidence.domain.plans.term_plan import TermPlan, VersionState, history_of
from services.evidence.domain.standing import Standing, standing_of
from tests.evidence.plans.build import (
    MANAGER,
    NOW,
    NUMBERS,
    PERSON,
    TEAM,
    TODAY,
    a_need,
    accepted,
    in_time,
    later,
    offered,
    opened,
    proposed,
    refused,
)

TERM, NO_REASONS = Term(1, TODAY - timedelta(days=30)), Reasons()


def a_strength() -> Strength:
    named = Named("S2", "Each child knows when they come again.")
    return Strength("s1", "sg-one", named, PERSON.side, PERSON.person, NOW, NOW)


ACTION, SUPPORT = opened(needs=("n1",)), accepted()
PARTS: tuple[Part, ...] = (a_strength(), a_need(), ACTION, SUPPORT)


def holding(*parts: Part, reasons: Reasons = NO_REASONS, term: Term = TERM) -> Contents:
    return contents_of(term, parts or PARTS, reasons)


def nobody_yet() -> TermPlan:
    return TermPlan("sg-one", TERM, NOW)


def confirmed(plan: TermPlan, by: Actor, contents: Contents | None = None) -> TermPlan:
    last = plan.newest.number if plan.newest else 0
    return life.confirm(plan, contents or holding(), last, by, NUMBERS)


def answering(plan: TermPlan) -> Standing | None:
    given = plan.time_to_answer
    return standing_of(given, (), None, TODAY) if given else None


@pytest.mark.parametrize(("first", "second"), [(MANAGER, PERSON), (PERSON, MANAGER)])
def test_a_plan_is_in_force_once_both_sides_have_confirmed_the_same_version(first: Actor, second: Actor) -> None:
    one = confirmed(nobody_yet(), first)
    assert one.newest is not None
    assert (one.newest.number, one.newest.in_force_at, one.is_final) == (1, None, False)
    both = confirmed(one, later(second, days=2))
    assert both.newest is not None
    assert (both.newest.number, both.is_final, both.newest.without_answer) == (1, True, False)
    assert both.newest.awaited is None


def test_a_change_between_two_confirmations_makes_another_version_that_needs_both() -> None:
    one = confirmed(nobody_yet(), MANAGER)
    changed = holding(*PARTS, proposed(by=PERSON))
    two = confirmed(one, PERSON, changed)
    assert two.newest is not None
    assert (two.newest.number, two.newest.support_manager, two.is_final) == (2, None, False)
    history = history_of([one, two])
    assert [history.state_of(each, TERM, changed) for each in history.versions] == [
        VersionState.AWAITED,
        VersionState.OVERTAKEN,
    ]


def test_who_read_an_earlier_plan_confirms_nothing() -> None:
    read, now = holding(), holding(*PARTS, proposed(by=PERSON))
    assert refused(lambda: life.check_read(read.hash, now)) == "OTHER_VERSION"
    life.check_read(now.hash, now)


def test_everything_that_a_plan_lacks_is_said_at_once() -> None:
    lacking = missing([a_need()], Reasons())
    assert len(lacking) == 2
    assert refused(lambda: life.check_complete([a_need()], Reasons())) == "PLAN_INCOMPLETE"
    carried = Reasons("She has just begun.", carried=(Carried("n1", "After the training in March."),))
    assert missing([a_need()], carried) == ()
    assert missing([a_strength(), a_need(), proposed(needs=("n1",))], Reasons()) == ()


def test_silence_is_never_agreement_and_is_shown_for_good() -> None:
    one = confirmed(nobody_yet(), MANAGER)
    due = answering(one)
    assert due is not None
    assert due.due_on == TODAY + timedelta(days=14)
    for days in (0, 14):
        soon = later(MANAGER, days=days)
        assert refused(lambda now=soon: life.put_in_force(one, holding(), due, now)) == "BOTH_SIDES"  # type: ignore[misc]
    silent = life.put_in_force(one, holding(), due, later(MANAGER, days=15))
    assert silent.newest is not None
    assert (silent.is_final, silent.newest.without_answer, silent.newest.safeguarder) == (True, True, None)
    own_word = confirmed(silent, later(PERSON, days=20))
    assert own_word.newest is not None
    assert not own_word.newest.without_answer, "the Safeguarder's own word takes the place of silence"
    assert own_word.newest.in_force_at == silent.newest.in_force_at


def test_time_to_confirm_does_not_run_while_the_safeguarder_is_away() -> None:
    one = confirmed(nobody_yet(), MANAGER)
    away = Standing(TODAY + timedelta(days=14), stands_still=True)
    assert refused(lambda: life.put_in_force(one, holding(), away, later(MANAGER, days=40))) == "BOTH_SIDES"


def test_nobody_puts_a_plan_in_force_that_the_safeguarder_was_not_asked_to_confirm() -> None:
    much_later = later(MANAGER, days=60)
    over = Standing(TODAY)
    assert refused(lambda: life.put_in_force(nobody_yet(), holding(), over, much_later)) == "BOTH_SIDES"
    asked, changed = confirmed(nobody_yet(), MANAGER), holding(*PARTS, proposed(by=PERSON))
    assert refused(lambda: life.put_in_force(asked, changed, over, much_later)) == "BOTH_SIDES"
    by_person = confirmed(nobody_yet(), PERSON)
    assert refused(lambda: life.put_in_force(by_person, holding(), over, much_later)) == "BOTH_SIDES"
    assert refused(lambda: life.put_in_force(asked, holding(), over, later(PERSON, days=60))) == "NOT_YOURS_TO_SET"


def test_to_say_it_again_changes_nothing() -> None:
    one = confirmed(nobody_yet(), MANAGER)
    assert confirmed(one, later(MANAGER, days=3)) is one
    both = confirmed(one, PERSON)
    assert confirmed(both, later(PERSON, days=3)) is both
    assert life.put_in_force(both, holding(), None, later(MANAGER, days=90)) is both
    reasons = Reasons(not_final_because="We meet again in January.")
    said = life.give_reasons(nobody_yet(), reasons, MANAGER)
    assert life.give_reasons(said, reasons, MANAGER) is said


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param((a_strength(), *PARTS[2:]), id="a need is gone"),
        pytest.param((*PARTS, proposed(by=PERSON)), id="an action is proposed"),
        pytest.param((*PARTS[:3], offered()), id="a support has no answer"),
        pytest.param(
            (
                *PARTS[:2],
                change_date(ACTION, Later(TODAY + timedelta(days=90), "More time."), in_time(ACTION), MANAGER, NUMBERS),
                SUPPORT,
            ),
            id="a day moves",
        ),
        pytest.param(
            (
                *PARTS[:2],
                close(ACTION, Ending(ActionState.MET, "Done."), in_time(ACTION), None, MANAGER),
                SUPPORT,
            ),
            id="an action ends",
        ),
    ],
)
def test_what_is_planned_makes_another_version(changed: Any) -> None:
    assert holding(*changed).hash != holding().hash


def test_what_is_done_with_a_plan_makes_no_other_version() -> None:
    done = offer_completion(ACTION, "I called each of them.", (), PERSON)
    given = record(SUPPORT, Recorded(SupportState.DELIVERED, TODAY), TEAM, NUMBERS)
    assert holding(*PARTS[:2], done, given).hash == holding().hash


def test_the_plan_of_another_term_is_another_plan() -> None:
    assert holding(term=Term(2, TERM.starts_on)).hash != holding().hash
    both = confirmed(confirmed(nobody_yet(), MANAGER), PERSON)
    history = history_of([both])
    assert history.of(Term(2, TODAY)) is None
    assert [history.state_of(each, Term(2, TODAY), None) for each in history.versions] == [VersionState.CLOSED]


def test_what_ended_before_the_term_is_no_part_of_its_plan() -> None:
    ended = close(opened(), Ending(ActionState.MET, "Done."), in_time(opened()), None, MANAGER)
    assert len(holding(a_strength(), ended).entries) == 2
    next_year = Term(2, TODAY + timedelta(days=400))
    assert [entry.part_id for entry in holding(a_strength(), ended, term=next_year).entries] == ["s1"]


def test_an_answer_to_an_action_is_no_answer_to_the_plan() -> None:
    waiting = proposed(needs=("n1",))
    one = confirmed(nobody_yet(), MANAGER, holding(a_strength(), a_need(), waiting))
    agreed = answer(waiting, ActionAnswer.AGREED, "", PERSON)
    now = holding(a_strength(), a_need(), agreed)
    assert one.newest is not None
    assert history_of([one]).state_of(one.newest, TERM, now) is VersionState.OVERTAKEN


def test_a_reason_has_words_that_stay_until_others_take_their_place() -> None:
    first = Reasons("None yet.", "We meet again.", (Carried("n1", "In March."),))
    more = first.with_more(Reasons(carried=(Carried("n1", "In May."), Carried("n2", "In June."))))
    assert (more.no_strength_because, more.not_final_because) == ("None yet.", "We meet again.")
    assert (more.because_of("n1"), more.because_of("n2")) == ("In May.", "In June.")
