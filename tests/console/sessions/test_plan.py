"""Development plans on pages: each side is offered the steps that are its own, and nothing typed is lost."""

import html

import pytest

from services.console.failures import NotDone
from services.console.forms import plan as forms
from services.console.views.my_file import plan as views
from services.refusals import conflict, invalid, precondition
from tests.console.fixtures.my_file import ME
from tests.console.fixtures.session_records import ACTION, MINE, OPEN_ACTION, a_plan, plan_page, proposed
from tests.console.sessions.desk import Desk

PLAN = "/people/sg-1/plan"


def test_each_side_answers_what_the_other_one_proposed() -> None:
    by_them = proposed(proposed_by=1)
    assert views.action_steps(proposed(), "safeguarder") == ("answer",)
    assert views.action_steps(proposed(), "support_manager") == ()
    assert views.action_steps(by_them, "support_manager") == ("answer",)
    assert views.action_steps(by_them, "safeguarder") == ()
    assert views.action_steps(proposed(answer=3), "safeguarder") == ()


@pytest.mark.parametrize(
    ("role", "steps"),
    [
        ("support_manager", ("move", "end")),
        ("senior_manager", ("move", "end")),
        ("panel_team", ()),
        ("safeguarder", ()),
    ],
)
def test_only_managers_move_and_end_an_open_action(role: str, steps: tuple[str, ...]) -> None:
    assert views.action_steps(OPEN_ACTION, role) == steps
    assert views.action_steps(proposed(state=ACTION.STATE_MET), role) == ()


def test_an_answer_to_a_support_is_recorded_by_those_who_may() -> None:
    (support,) = a_plan().supports
    roles = ("support_manager", "panel_team", "senior_manager", "safeguarder")
    assert [views.support_steps(support, role) for role in roles] == [("answer",), ("answer",), (), ()]


def test_the_plan_is_the_same_page_for_both_sides_with_words_for_each() -> None:
    team, own = plan_page(OPEN_ACTION), plan_page(OPEN_ACTION, reader=MINE)
    assert team.actions[0].words == own.actions[0].words
    assert [said.whose for said in own.actions[0].said][-1] == "Your words"
    assert [said.whose for said in team.actions[0].said][-1] == "The Safeguarder's words"
    assert [link.href for link in team.actions[0].steps] == [f"{PLAN}/actions/a-1/move", f"{PLAN}/actions/a-1/end"]
    assert team.heading.back is not None
    assert team.heading.back.href == "/people"


@pytest.mark.parametrize(
    ("step", "typed", "faults"),
    [
        (("action", "answer"), {"answer": "agreed"}, set()),
        (("action", "answer"), {"answer": "partly"}, {"words"}),
        (("action", "answer"), {}, {"answer"}),
        (("action", "move"), {"words": "x"}, {"due_date"}),
        (("action", "end"), {"outcome": "met"}, {"words"}),
        (("support", "answer"), {"answer": "declined"}, {"words"}),
        (("support", "answer"), {"answer": "accepted"}, set()),
    ],
)
def test_a_step_asks_for_words_where_both_sides_need_them(
    step: tuple[str, str], typed: dict[str, str], faults: set[str]
) -> None:
    assert set(forms.read(forms.STEPS[step], typed).faults) == faults


def test_a_safeguarder_answers_an_action_and_the_plan_says_so(desk: Desk) -> None:
    desk.sits("person-sg-1")
    desk.told.around = desk.with_plan(proposed())
    address = "/my-file/plan/actions/a-1/answer"
    assert f'href="{address}"' in desk.served.get("/my-file/plan").text
    empty = desk.send(address, answer="partly")
    assert (empty.status, "Write something here" in empty.text) == (422, True)
    answer = desk.again(empty, address, answer="partly", words="The day is too soon.")
    assert (answer.status, answer.header("location")) == (303, "/my-file/plan")
    assert desk.told.made == [(f"{ME}/actions/a-1", "action_answer", "3", "partly", "The day is too soon.")]
    assert "Your answer is recorded." in desk.served.get("/my-file/plan").text
    for other in ("actions/a-1/end", "actions/a-9/answer", "supports/u-1/answer", "actions/a-1/nothing"):
        assert desk.served.get(f"/my-file/plan/{other}").status == 404, other


def test_an_action_that_was_changed_meanwhile_comes_back_filled(desk: Desk) -> None:
    desk.told.around = desk.with_plan(OPEN_ACTION)
    address = f"{PLAN}/actions/a-1/end"
    opened = desk.served.get(address)
    desk.told.fails = NotDone(conflict("ETAG_MISMATCH", "…", "etag"))
    stale = desk.again(opened, address, outcome="met", words="Three Reporters said so.")
    assert stale.status == 409
    assert "This was changed after you opened the form" in stale.text
    assert "Three Reporters said so." in stale.text


@pytest.mark.parametrize(
    ("refusal", "status", "says"),
    [
        (precondition("SUPPORT_OWED", "…", "outcome"), 409, "The Team still owes a support for it"),
        (invalid("TEXT_MAY_NAME_A_CHILD", "…", "words"), 422, "This may name a child."),
    ],
)
def test_a_refusal_is_said_in_our_words_and_keeps_what_was_typed(
    desk: Desk, refusal: Exception, status: int, says: str
) -> None:
    desk.told.around = desk.with_plan(OPEN_ACTION)
    desk.told.fails = NotDone(refusal)  # type: ignore[arg-type]
    answer = desk.send(f"{PLAN}/actions/a-1/end", outcome="not_met", words="It was not done.")
    assert (answer.status, says in html.unescape(answer.text)) == (status, True)
    assert "It was not done." in answer.text


def test_the_plan_of_somebody_else_is_not_there(desk: Desk) -> None:
    none = desk.served.get("/nothing")
    assert desk.served.get("/people/sg-9/plan").body == none.body
    desk.sits("official")
    assert desk.served.get(PLAN).status == 404
