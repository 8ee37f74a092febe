"""Development plans on pages: each side is offered the steps that are its own, and nothing typed is lost."""

import html
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2

from services.console.calls.record_steps import request_of
from services.console.failures import NotDone
from services.console.forms.answers import Sent, TypedDay
from services.console.forms.asked import Answers, read
from services.console.forms.plan.steps import STEPS
from services.console.views.parts import Away
from services.console.views.plan import possible
from services.console.words import words
from services.refusals import conflict, invalid, precondition
from tests.console.fixtures.my_file import ME, TODAY
from tests.console.fixtures.plans.pages import (
    ACTION,
    AWAITED,
    BY_THEM,
    MINE,
    OPEN_ACTION,
    REVIEW,
    SOON,
    SUPPORT,
    a_plan,
    a_required_one,
    change,
    need,
    plan_form,
    plan_page,
    proposed,
    review,
    support,
    version,
)
from tests.console.sessions.desk import Desk

PLAN = "/people/sg-1/plan"
ROLES = ("support_manager", "senior_manager", "panel_team", "safeguarder")


def on_action(action: Any, *roles: str) -> list[str]:
    return [" ".join(possible.of_action(action, role, TODAY)) for role in roles]


def test_each_side_answers_what_the_other_one_proposed() -> None:
    assert on_action(proposed(), *ROLES) == ["move withdraw", "move withdraw", "", "answer"]
    assert on_action(proposed(proposed_by=BY_THEM), *ROLES) == ["answer", "", "", "withdraw"]
    assert on_action(proposed(answer=3), "safeguarder") == [""]


def test_an_action_is_set_only_after_words_or_after_the_time_to_answer() -> None:
    over = proposed(answer_due_date={"year": 2026, "month": 11, "day": 30})
    assert [on_action(one, "support_manager")[0] for one in (proposed(answer=3), over)] == ["set move withdraw"] * 2
    assert on_action(proposed(answer_due_date={"year": 2026, "month": 12, "day": 1}), "support_manager") == [
        "move withdraw"
    ]


def test_whoever_has_to_do_an_action_says_that_it_is_done() -> None:
    assert on_action(OPEN_ACTION, *ROLES) == ["move review end replace", "move review end", "", "done"]
    theirs = proposed(state=ACTION.STATE_OPEN, owner=ACTION.OWNER_SUPPORT_MANAGER)
    assert on_action(theirs, *ROLES) == ["done move review end replace", "move review end", "", ""]
    assert on_action(proposed(state=ACTION.STATE_MET), *ROLES) == ["", "", "", ""]


def test_the_team_answers_and_gives_supports_and_the_safeguarder_says_so_on_pages_of_their_own() -> None:
    offered, accepted = support(), support(state=SUPPORT.STATE_ACCEPTED)
    assert [" ".join(possible.of_support(offered, role)) for role in ROLES] == ["answer", "", "answer", ""]
    assert [" ".join(possible.of_support(accepted, role)) for role in ROLES] == ["record promise"] * 3 + [""]
    own = plan_page(reader=MINE, supports=[offered, accepted, support(state=SUPPORT.STATE_DELIVERED)])
    assert [[step.href for step in one.steps] for one in own.supports] == [
        ["/my-file/supports/u-1/answer"],
        [],
        ["/my-file/supports/u-1/received"],
    ]


def test_safeguarders_end_the_needs_that_they_named() -> None:
    assert [" ".join(possible.of_need(need(), role)) for role in ROLES] == ["end carry", "end", "", ""]
    assert [*possible.of_need(need(raised_by=BY_THEM), "safeguarder")] == ["end"]


@pytest.mark.parametrize(
    ("plan", "manager", "own"),
    [
        (a_plan(missing=["a strength"]), "strength need action support no-strength not-final", "strength need action"),
        (a_plan(), "strength need action support no-strength not-final confirm", "strength need action confirm"),
        (a_plan(awaited=AWAITED), "strength need action support no-strength not-final", "strength need action confirm"),
        (
            a_plan(in_force=version(), is_in_force=True),
            "strength need action support no-strength",
            "strength need action",
        ),
        (
            a_plan(in_force=version(safeguarder_confirm_time=None, no_answer=True), is_in_force=True),
            "strength need action support no-strength",
            "strength need action confirm",
        ),
        (a_plan(term=0), "strength need action support", "strength need action"),
    ],
)
def test_each_side_confirms_the_plan_once_and_only_if_nothing_is_missing(plan: Any, manager: str, own: str) -> None:
    assert " ".join(possible.of_plan(plan, "support_manager", TODAY)) == manager
    assert " ".join(possible.of_plan(plan, "safeguarder", TODAY)) == own


def test_a_plan_without_an_answer_comes_into_force_only_after_the_time_to_answer() -> None:
    over = a_plan(
        awaited=version(safeguarder_confirm_time=None, answer_due_date={"year": 2026, "month": 11, "day": 30})
    )
    assert "without-answer" in possible.of_plan(over, "support_manager", TODAY)
    assert "without-answer" not in possible.of_plan(a_plan(awaited=AWAITED), "support_manager", TODAY)


def test_the_plan_is_the_same_page_for_both_sides_with_words_for_each() -> None:
    team, own = plan_page(OPEN_ACTION), plan_page(OPEN_ACTION, reader=MINE)
    assert team.actions[0].words == own.actions[0].words
    assert [said.whose for said in own.actions[0].said][-1] == "Your words"
    assert [said.whose for said in team.actions[0].said][-1] == "The Safeguarder's words"
    assert [link.href for link in team.actions[0].steps] == [
        f"{PLAN}/actions/a-1/{step}" for step in ("move", "review", "end", "replace")
    ]
    assert team.heading.back is not None
    assert team.heading.back.href == "/people"


def test_the_plan_says_which_version_holds_whom_it_waits_for_and_what_is_missing() -> None:
    page = plan_page(in_force=version(), awaited=AWAITED)
    assert page.stands == (
        "Version 1 has been in force since 1\N{NO-BREAK SPACE}December 2026. Both sides confirmed it.",
        "The plan has changed since, so both sides can confirm it again.",
        "The support manager has confirmed the plan as it stands. The Safeguarder has until "
        "Tuesday 8\N{NO-BREAK SPACE}December to confirm it.",
    )
    (blocked,) = plan_page(needs=[need()], missing=["…"]).blocked
    assert blocked.says == (
        "First the plan needs these. A strength, or why none is named. "
        "An action for this need, or why nothing is planned for it yet: Reporters are told late."
    )


def test_a_change_of_approach_is_read_by_one_side_and_ended_by_the_other() -> None:
    (team,) = plan_page(approach_changes=[change()]).approaches
    (own,) = plan_page(approach_changes=[change()], reader=MINE).approaches
    assert [step.href for step in (*team.steps, *own.steps)] == [
        f"{PLAN}/approach-changes/h-1/end",
        "/my-file/approach-changes/h-1/read",
    ]


@pytest.mark.parametrize(
    ("step", "typed", "faults"),
    [
        (("action", "answer"), {"answer": "partly"}, set()),
        (("action", "answer"), {}, {"answer"}),
        (("action", "move"), {"words": "x"}, {"due_date"}),
        (("action", "end"), {"outcome": "met"}, {"words"}),
        (("plan", "support"), {"kind": "module", "supported-1": "needs/n-1"}, {"discussed_date"}),
        (("plan", "need"), {"standard": "S2", "words": "x"}, set()),
        (("plan", "confirm"), {}, set()),
    ],
)
def test_a_step_asks_for_what_both_sides_need(step: tuple[str, str], typed: dict[str, str], faults: set[str]) -> None:
    assert set(read(STEPS[step].form, typed).faults) == faults


def test_a_day_that_is_too_soon_is_asked_why_and_nothing_else_is_asked_before() -> None:
    names = [one.name for one in plan_form("plan", "action", None, SOON).form.questions]  # type: ignore[union-attr]
    assert "too_short_because" not in names
    again = plan_form("plan", "action", None, SOON, precondition("TOO_SHORT", "…", "due_date", days="28")).form
    assert again is not None
    found = {one.name: one for one in again.questions}
    assert "Our shortest time for this is 28 days." in found["due_date"].error
    assert found["too_short_because"].text == "Why has it so little time?"
    assert found["aim"].value == "Reporters know of each visit."
    least = plan_form("plan", "action", None, SOON, precondition("TOO_SHORT", "…", "due_date", working_days="5")).form
    assert least is not None
    assert "5 working days at least" in {one.name: one for one in least.questions}["due_date"].error


def test_a_need_without_grounds_is_no_form_that_would_be_refused() -> None:
    nothing: dict[str, Any] = {"concerns": Away("rules"), "items": Away("evidence")}
    page = plan_form("plan", "need", **nothing)
    assert (page.form, page.none[0].startswith("A need that you name rests on an item")) == (None, True)
    own = plan_form("plan", "need", reader=MINE, **nothing).form
    assert own is not None
    assert [one.name for one in own.questions] == ["standard", "words"]


def test_an_action_in_the_place_of_another_begins_as_that_one_stands() -> None:
    form = plan_form("action", "replace", proposed(state=ACTION.STATE_OPEN, concern=f"{ME}/concerns/c-1")).form
    assert form is not None
    chosen = {one.name: choice.value for one in form.questions for choice in one.choices if choice.is_chosen}
    assert chosen == {
        "kind": "change_practice",
        "purpose": "improve",
        "standard": "S2",
        "owner": "safeguarder",
        "concern": "concerns/c-1",
    }


def test_what_is_typed_fills_the_request_and_what_is_left_open_stays_unset() -> None:
    given = {**SOON.given, "needs": ("needs/n-1",), "too_short_because": "", "again": ("yes",)}
    made = request_of(ME, STEPS["plan", "action"], Sent("r-1", "9"), Answers(given))
    assert (made.parent, made.concern, [*made.needs]) == (ME, f"{ME}/concerns/c-1", [f"{ME}/needs/n-1"])
    assert (made.standard, made.kind, made.due_date.day, made.again) == ("S2", ACTION.KIND_CHANGE_PRACTICE, 11, True)
    none = request_of(ME, STEPS["plan", "action"], Sent("r-1", ""), Answers({"concern": "none", "again": ()}))
    assert (none.concern, none.again) == ("", False)
    placed = request_of(f"{ME}/actions/a-1", STEPS["action", "replace"], Sent("r-1", ""), SOON)
    assert (placed.parent, placed.replaces) == (ME, f"{ME}/actions/a-1")
    carried = request_of(f"{ME}/needs/n-1", STEPS["need", "carry"], Sent("r-1", ""), Answers({"because": "Later."}))
    assert (carried.name, carried.carried[0].need, carried.carried[0].because) == (
        f"{ME}/developmentPlan",
        f"{ME}/needs/n-1",
        "Later.",
    )
    silent = request_of(ME, STEPS["plan", "without-answer"], Sent("r-1", "6f"), Answers())
    assert (silent.name, silent.etag, silent.without_answer) == (f"{ME}/developmentPlan", "6f", True)
    back = request_of(f"{ME}/actions/a-1", STEPS["action", "withdraw"], Sent("r-1", "3"), Answers({"words": "No."}))
    assert (back.outcome, back.words) == (ACTION.STATE_WITHDRAWN, "No.")
    given_on = Answers({"outcome": "delivered", "delivered_date": TypedDay("20", "11", "2026"), "because": ""})
    recorded = request_of(f"{ME}/supports/u-1", STEPS["support", "record"], Sent("r-1", "3"), given_on)
    assert (recorded.outcome, recorded.delivered_date.day, recorded.because) == (SUPPORT.STATE_DELIVERED, 20, "")


def test_a_review_says_how_an_action_stands_and_what_follows() -> None:
    held: dict[str, Any] = {"held_date": TypedDay("24", "11", "2026"), "words": "Seen."}
    step = STEPS["action", "review"]
    met = request_of(f"{ME}/actions/a-1", step, Sent("r-1", "3"), Answers(held | {"outcome": "met"}))
    assert (met.parent, met.actions[0].action, met.actions[0].etag) == (ME, f"{ME}/actions/a-1", "3")
    assert ([*met.follows], met.actions[0].outcome) == ([REVIEW.FOLLOWS_CLOSE], ACTION.STATE_MET)
    longer: dict[str, Any] = {
        "outcome": "more_time",
        "extended_date": TypedDay("26", "2", "2027"),
        "follows": ("add_support",),
    }
    more = request_of(f"{ME}/actions/a-1", step, Sent("r-1", "3"), Answers(held | longer))
    assert [*more.follows] == [REVIEW.FOLLOWS_EXTEND, REVIEW.FOLLOWS_ADD_SUPPORT]
    assert (more.actions[0].outcome, more.actions[0].extended_date.month) == (0, 2)
    form = plan_form("review", "correct", review()).form
    assert form is not None
    begun = {one.name: (one.value, [each.value for each in one.choices if each.is_chosen]) for one in form.questions}
    assert (begun["outcome"][1], begun["follows"][1]) == (["more_time"], ["add_support"])
    assert begun["words"][0] == "Two of four calls are on file."


def test_a_correction_names_the_review_and_its_action(desk: Desk) -> None:
    address = f"{PLAN}/reviews/v-1/correct"
    corrected = {"outcome": "not_met", "held_date-day": "24", "held_date-month": "11", "held_date-year": "2026"}
    assert desk.send(address, **corrected, words="One of four.", because="The log.").status == 303
    ((_, made),) = desk.told.made
    assert (made.name, made.actions[0].action, made.because) == (
        f"{ME}/actionReviews/v-1",
        f"{ME}/actions/a-1",
        "The log.",
    )
    desk.sits("person-sg-1")
    assert desk.send("/my-file/plan/reviews/v-1/answer", words="Four are on file.").status == 303
    assert desk.served.get("/my-file/plan/reviews/v-1/correct").status == 404


def test_the_approach_to_a_matter_is_changed_by_its_managers_from_its_page(desk: Desk) -> None:
    desk.told.around = desk.with_plan(a_required_one())
    address = f"{PLAN}/approach"
    opened = desk.served.get(f"{address}?matter=c-1")
    assert 'value="concerns/c-1" checked' in opened.text
    typed = {
        "to_approach": "required_action",
        "concerns-1": "concerns/c-1",
        "actions-1": "actions/a-1",
        "how": "console",
    }
    said = {"expectation": "Each report names whom you spoke with.", "because": "Two name nobody."}
    day = {"discussed_date-day": "30", "discussed_date-month": "11", "discussed_date-year": "2026"}
    desk.told.fails = NotDone(invalid("FIELD_MISSING", "…", "skip_because"))
    skips = desk.again(opened, address, **typed, **said, **day)
    assert (skips.status, "Write why clear advice is left out" in skips.text) == (422, True)
    desk.told.fails = NotDone(precondition("SUPPORT_FIRST", "…", "concerns"))
    first = desk.again(skips, address, **typed, **said, **day)
    assert (first.status, "Support comes first" in first.text) == (409, True)
    assert said["expectation"] in first.text, "nothing that was typed is lost"
    desk.told.fails = None
    assert desk.again(skips, address, **typed, **said, **day).status == 303
    made = desk.told.made[-1][1]
    assert ([*made.concerns], [*made.actions]) == ([f"{ME}/concerns/c-1"], [f"{ME}/actions/a-1"])
    for role, status in (("panel-team", 404), ("senior-manager-west", 200)):
        desk.sits(role)
        assert desk.served.get(address).status == status, role


def test_every_step_has_its_words_and_every_refusal_that_it_mends_a_sentence() -> None:
    said = words("plan")
    for step in STEPS.values():
        for table in ("steps", "button", "effect", "told"):
            assert step.name in said[table], (table, step.name)
        for asks in step.asks:
            assert f"{step.name}_{asks.name}" in said["ask"] or asks.name in said["ask"], (step.name, asks.name)
        for reason in step.mends:
            assert reason in said["wrong"], reason


def test_a_safeguarder_answers_an_action_and_the_plan_says_so(desk: Desk) -> None:
    desk.sits("person-sg-1")
    desk.told.around = desk.with_plan(proposed())
    address = "/my-file/plan/actions/a-1/answer"
    assert f'href="{address}"' in desk.served.get("/my-file/plan").text
    empty = desk.send(address, words="The day is too soon.")
    assert (empty.status, "Choose one of these" in empty.text) == (422, True)
    answer = desk.again(empty, address, answer="partly", words="The day is too soon.")
    assert (answer.status, answer.header("location")) == (303, "/my-file/plan")
    ((step, made),) = desk.told.made
    assert (step, made.name, made.etag, made.answer, made.words) == (
        "action_answer",
        f"{ME}/actions/a-1",
        "3",
        development_plans_pb2.AnswerActionRequest.ANSWER_PARTLY,
        "The day is too soon.",
    )
    assert "Your answer is recorded." in desk.served.get("/my-file/plan").text
    for other in ("actions/a-1/end", "actions/a-9/answer", "supports/u-1/answer", "actions/a-1/nothing", "support"):
        assert desk.served.get(f"/my-file/plan/{other}").status == 404, other


def test_a_manager_names_a_need_and_is_asked_whether_it_is_another_one(desk: Desk) -> None:
    desk.told.around = desk.with_plan()
    address = f"{PLAN}/need"
    opened = desk.served.get(address)
    assert "Relationships" in opened.text
    typed = {"standard": "S2", "words": "Reporters are told late.", "concern": "concerns/c-1"}
    desk.told.fails = NotDone(conflict("NEED_ON_FILE", "…", "standard"))
    same = desk.again(opened, address, **typed)
    assert same.status == 422
    assert "Is this another one?" in same.text
    assert "Reporters are told late." in same.text
    desk.told.fails = None
    made = desk.again(same, address, **typed, **{"again-1": "yes"})
    assert (made.status, made.header("location")) == (303, PLAN)
    assert [made.again for _, made in desk.told.made] == [False, True]
    assert desk.told.made[0][1].concern == f"{ME}/concerns/c-1"
    assert "The need is in the plan." in desk.served.get(PLAN).text


def test_a_plan_that_changed_meanwhile_is_not_confirmed(desk: Desk) -> None:
    desk.told.around = desk.with_plan()
    opened = desk.served.get(f"{PLAN}/confirm")
    desk.told.fails = NotDone(conflict("OTHER_VERSION", "…", "etag"))
    stale = desk.again(opened, f"{PLAN}/confirm")
    ((_, made),) = desk.told.made
    assert (stale.status, made.name, made.etag) == (409, f"{ME}/developmentPlan", "6f1c20aa")
    assert words("layout")["stale"]["heading"] in html.unescape(stale.text)


def test_an_action_that_was_changed_meanwhile_comes_back_filled(desk: Desk) -> None:
    desk.told.around = desk.with_plan(OPEN_ACTION)
    address = f"{PLAN}/actions/a-1/end"
    opened = desk.served.get(address)
    desk.told.fails = NotDone(conflict("ETAG_MISMATCH", "…", "etag"))
    stale = desk.again(opened, address, outcome="met", words="Three Reporters said so.")
    assert stale.status == 409
    assert words("layout")["stale"]["heading"] in html.unescape(stale.text)
    assert "Three Reporters said so." in stale.text


@pytest.mark.parametrize(
    ("refusal", "status", "says"),
    [
        (precondition("SUPPORT_OWED", "…", "outcome"), 422, "The Team still owes a support for it"),
        (invalid("TEXT_MAY_NAME_A_CHILD", "…", "words"), 422, "This may name a child."),
        (precondition("ACTION_ENDED", "…", "name"), 409, "It has ended already."),
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
    for role, address in (("official", PLAN), ("official", f"{PLAN}/need"), ("panel-team", f"{PLAN}/need")):
        desk.sits(role)
        assert desk.served.get(address).status == 404, (role, address)
