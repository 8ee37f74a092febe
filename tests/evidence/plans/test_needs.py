"""What a need rests on, when it is planned, and how it ends (R48, R54, R55, R71)."""

from services.evidence.domain.plans.need import NeedState, check_grounds, check_reviewable, close, end_by_review
from services.evidence.domain.plans.plan import is_planned, needs_in_order
from tests.evidence.plans.build import MANAGER, PERSON, a_need, later, opened, proposed, refused


def test_a_need_that_others_name_rests_on_something() -> None:
    assert refused(lambda: check_grounds(a_need(evidence=()))) == "SHOW_THE_EVIDENCE"
    for grounded in (a_need(), a_need(evidence=(), concern="c1"), a_need(PERSON, evidence=())):
        check_grounds(grounded)


def test_a_need_is_planned_while_a_proposed_or_open_action_answers_it() -> None:
    need = a_need()
    assert is_planned(need, [proposed(needs=("n1",))])
    assert is_planned(need, [opened(needs=("n0", "n1"))])
    assert not is_planned(need, [opened(needs=("n2",)), opened()])
    met = close(need, True, "Two reports show it.", False, MANAGER)
    assert met.shown_state(is_planned=True) is NeedState.MET
    assert [one.state for one, _ in needs_in_order([met, need], [])] == [NeedState.IDENTIFIED, NeedState.MET]


def test_nothing_is_done_about_a_need_only_once_no_action_answers_it() -> None:
    assert refused(lambda: close(a_need(), False, "It has passed.", True, MANAGER)) == "NEED_PLANNED"
    ended = close(a_need(), False, "It has passed.", False, MANAGER)
    assert (ended.state, ended.because) == (NeedState.NO_ACTION, "It has passed.")
    assert close(a_need(), True, "Two reports show it.", True, MANAGER).state is NeedState.MET


def test_a_safeguarder_ends_what_they_named_and_a_repeat_changes_nothing() -> None:
    assert refused(lambda: close(a_need(), True, "I know it now.", False, PERSON)) == "NOT_YOURS_TO_END"
    own = close(a_need(PERSON), True, "I know it now.", False, PERSON)
    assert close(own, True, "I know it now.", False, later(PERSON, days=1)) is own
    assert refused(lambda: close(own, False, "Other words.", False, PERSON)) == "NEED_ENDED"


def test_a_need_that_a_review_upheld_ends_with_the_reviewers_reasons() -> None:
    assert refused(lambda: check_reviewable(a_need(PERSON))) == "NEED_IS_YOURS"
    check_reviewable(a_need())
    ended = end_by_review(a_need(), "Nobody was late.", later(MANAGER, days=3))
    assert (ended.state, ended.because, ended.version) == (NeedState.NO_ACTION, "Nobody was late.", 2)
    assert end_by_review(ended, "Other words.", MANAGER) is ended
    assert refused(lambda: check_reviewable(ended)) == "NEED_ENDED"
