"""The steps on a matter as people read them: what each asks and does, what is wrong, and what somebody else changed."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2
from psmf.rules.v1 import concern_moves_pb2, rules_pb2

from services.console.forms.answers import Sent, TypedDay
from services.console.forms.steps import STEPS, Typed, known_in, read, shown_as
from services.console.views.form import FormView
from services.console.views.matter import page as matters
from services.console.views.matter import step as views
from services.console.views.parts import Found
from services.console.words import words
from services.platform.calls.wire import to_date, to_instant
from services.refusals import Refusal, invalid, precondition
from tests.console.fixtures.steps import (
    ME,
    MOVE,
    NOW,
    PLAN,
    SENIOR,
    STALE,
    STATE,
    STEP_VIEWS,
    TAKEN_ON,
    TODAY,
    TOO_FAR,
    asked,
    concern,
    form,
    items,
    moved,
    others,
)

DAY = {"next_date-day": "4", "next_date-month": "12", "next_date-year": "2026"}
SPOKEN = {name.replace("next_date", "discussed_date"): text for name, text in DAY.items()}
SHORT = Typed(chosen="improved")


def shown(view: views.StepView) -> FormView:
    """Return the form of a page that has one."""
    assert view.form is not None
    return view.form


def ask_of(name: str) -> str:
    """Return the step of a question's name."""
    for ending in ("_kind", "_discussed_date", "_words", "_answer", "_given"):
        name = name.removesuffix(ending)
    return name


@pytest.mark.parametrize("step", STEPS)
def test_each_step_says_what_it_does_before_its_button_and_the_button_says_the_act(step: str) -> None:
    offered = {"reopen": items(NOW), "answer-support": PLAN, "record-view": PLAN}.get(step, two_others())
    view = form(step, offered=offered, **held(step))
    assert [button.text for button in shown(view).buttons] == [view.heading.h1]
    assert shown(view).effect.endswith(".")
    assert bool(shown(view).questions) is STEPS[step].asks
    assert "Ailsa" not in view.heading.title
    assert shown(view).address == f"/people/sg-1/matters/c-1/{step}"


def two_others() -> Any:
    return others(rules_pb2.LANE_SUPPORT_NEED, rules_pb2.LANE_SUPPORT_NEED)


def held(step: str) -> dict[str, Any]:
    course = concern_moves_pb2.ConcernCourse(held_for=[concern_moves_pb2.HOLD_REASON_PRACTICE_UNCLEAR])
    return {"course": course} if step == "release" else {}


def test_every_step_that_a_page_offers_has_a_form_with_words() -> None:
    """A step without words would be a link that leads to a fault."""
    said = words("matter")
    moves = {step.move for step in STEPS.values()}
    assert moves == set(said["does"]) - {"another_date", "take_over"}
    for table in ("does", "effect", "done"):
        assert moves | {"another_date", "take_over"} <= set(said[table]), table
    assert {step.move for step in STEPS.values() if step.choice or step.day} <= {ask_of(name) for name in said["ask"]}
    reasons = {name.removeprefix("CONCERN_REASON_").lower() for name in rules_pb2.ConcernReason.keys()}  # noqa: SIM118
    assert reasons - {"unspecified"} <= set(said["reasons"])
    assert reasons - {"unspecified"} <= set(said["past_words"])


@pytest.mark.parametrize(
    ("owner", "called", "effect"),
    [
        ("", "Take it on", "It is yours from now on. It comes up again on that day."),
        (ME, "Set another date", "It comes up again on that day."),
        (
            SENIOR,
            "Take it over",
            "It is yours from now on, and no longer with Demo Fiona Ross. It comes up again on that day.",
        ),
    ],
)
def test_a_matter_is_taken_on_once_and_its_owner_sets_another_date(owner: str, called: str, effect: str) -> None:
    view = form("acknowledge", owner=owner)
    assert (view.heading.h1, shown(view).effect) == (called, effect)
    (step,) = [one for one in page(owner=owner).possible if one.href.endswith("/acknowledge?from=week")]
    assert step.name == called


def test_taking_on_what_nobody_was_told_of_says_that_it_is_told() -> None:
    assert "Demo Ailsa Braeside is told when you take it on." in shown(form("acknowledge", quiet=True)).effect


@pytest.mark.parametrize(
    ("fields", "reasons"),
    [
        ({}, ["support_given", "improved", "discussed"]),
        ({"closing_proposed": True}, ["no_longer_applies", "support_given", "improved", "discussed"]),
        ({"state": STATE.STATE_RECOMMENDATION}, ["decided", "support_given", "improved", "discussed"]),
        ({"lane": rules_pb2.LANE_DATA_GAP}, ["gap_filled", "discussed"]),
        ({"lane": rules_pb2.LANE_EXCELLENCE}, ["acknowledged_in_session", "discussed"]),
    ],
)
def test_only_reasons_that_fit_are_offered_for_closing(fields: dict[str, Any], reasons: list[str]) -> None:
    (question,) = shown(form("close", **fields)).questions
    assert [choice.value for choice in question.choices] == reasons


def test_the_answer_to_a_support_names_the_support_and_what_was_said() -> None:
    (question, _) = shown(form("answer-support", offered=PLAN, state=STATE.STATE_IN_SUPPORT)).questions
    assert [choice.value for choice in question.choices] == ["u-1-accepted", "u-1-declined", "u-1-none_given"]
    assert question.choices[0].text == "Work with a mentor: they want it"
    nothing = form("answer-support", offered=development_plans_pb2.DevelopmentPlan(), state=STATE.STATE_IN_SUPPORT)
    assert nothing.none == "No support for this waits for an answer of Demo Ailsa Braeside."


def test_on_hold_what_the_record_keeps_stands_among_what_is_not_possible_yet() -> None:
    view = page(state=STATE.STATE_HELD)
    blocked = {step.name: step.says for step in view.blocked}
    assert blocked["Offer support"] == blocked["Ask for their view"] == "It is on hold. End the hold first."
    assert "Offer support" not in [step.name for step in view.possible]


def test_a_matter_joins_another_one_of_its_kind_and_never_itself() -> None:
    gap, praise, need = rules_pb2.LANE_DATA_GAP, rules_pb2.LANE_EXCELLENCE, rules_pb2.LANE_ESCALATION
    (question,) = shown(form("merge", offered=others(need, gap, praise, need))).questions
    assert [choice.value for choice in question.choices] == ["c-4"], "c-1 is the matter itself"
    assert question.choices[0].text.startswith("A session missed: 2 reports")
    alone = form("merge", offered=others(need, gap))
    assert (alone.form, alone.none.partition(",")[0]) == (
        None,
        "Demo Ailsa Braeside has no other open matter of this kind",
    )


def test_a_closed_matter_is_opened_on_what_came_after_it_was_closed() -> None:
    closed = moved(MOVE.CONCERN_MOVE_CLOSE, STATE.STATE_ACKNOWLEDGED, STATE.STATE_CLOSED)
    before, after = datetime(2026, 11, 30, 9, tzinfo=UTC), datetime(2026, 12, 1, 11, tzinfo=UTC)
    (question,) = shown(form("reopen", offered=items(after, before), steps=[closed])).questions
    assert [(choice.value, choice.text) for choice in question.choices] == [("e-1", "Feedback, reporter, yesterday")]
    assert "Nothing new has come" in form("reopen", offered=items(before), steps=[closed]).none


def test_a_hold_is_ended_for_a_reason_that_holds_it() -> None:
    (question,) = shown(form("release", **held("release"))).questions
    assert [choice.text for choice in question.choices] == ["It is clear now what good practice is"]


@pytest.mark.parametrize(
    ("step", "sent", "fault", "answer"),
    [
        ("acknowledge", DAY, "", {"next_date": date(2026, 12, 4)}),
        ("acknowledge", {}, "missing", None),
        ("acknowledge", DAY | {"next_date-month": "13"}, "not_a_day", None),
        ("close", {"reason": "improved"}, "", {"reason": "improved"}),
        ("close", {"reason": "what somebody wrote"}, "missing", None),
        ("close", {}, "missing", None),
        ("hold", {"reason": "suspended"}, "", {"reason": "practice_unclear"}),
        ("escalate", {}, "", {}),
        ("merge", {"into": "c-2"}, "", {"into": "safeguarders/sg-1/concerns/c-2"}),
        ("merge", {"into": "../c-2"}, "missing", None),
        (
            "start-support",
            {"kind": "module", "words": " "} | SPOKEN,
            "",
            {"kind": "module", "discussed_date": date(2026, 12, 4)},
        ),
        ("start-support", {"kind": "module", "words": "a" * 2001} | SPOKEN, "too_long", None),
        ("ask-for-view", {}, "", {}),
    ],
)
def test_what_was_answered_is_read(step: str, sent: dict[str, str], fault: str, answer: dict[str, Any] | None) -> None:
    typed = read(STEPS[step], sent)
    assert [*typed.faults.values()] == ([fault] if fault else [])
    if answer is not None:
        assert typed.answer(STEPS[step], "safeguarders/sg-1") == answer


def test_what_the_browser_says_of_a_form_is_believed_only_from_a_closed_list() -> None:
    assert shown_as(STEPS["acknowledge"], {"as": "take_over"}) == "take_over"
    assert shown_as(STEPS["close"], {"as": "take_over"}) == "close"
    assert shown_as(STEPS["acknowledge"], {"as": "secret"}) == "acknowledge"
    assert [known_in({"known": given}) for given in ("3", "-1", "a", "999999")] == [3, 0, 0, 0]


@pytest.mark.parametrize(
    ("step", "typed", "refusal", "error"),
    [
        ("acknowledge", Typed(faults={"next_date": "missing"}), None, "Enter the day on which you look at it next"),
        (
            "acknowledge",
            Typed(faults={"next_date": "not_a_day"}),
            None,
            "Enter a real day, for example 8\u00a012\u00a02026",
        ),
        ("acknowledge", Typed(day=TypedDay("1", "6", "2027")), TOO_FAR, "Enter a day no later than 1\u00a0March 2027"),
        ("close", Typed(faults={"reason": "missing"}), None, "Choose an answer"),
        ("close", SHORT, precondition("RULE_STILL_SPEAKS", "…", "reason"), "The rule still asks for a talk."),
        (
            "release",
            Typed(chosen="practice_unclear"),
            precondition("MOVE_NOT_ALLOWED", "…", "reason", guard="note_drafted"),
            "A Practice Note about this is being written.",
        ),
        (
            "start-support",
            Typed("mentoring"),
            invalid("DATE_OUT_OF_ORDER", "…", "discussed_date", earliest="2026-11-20"),
            "Enter 20\u00a0November 2026 or a later day.",
        ),
        ("close", SHORT, invalid("A_NEW_REASON", "Text for a program.", "reason"), "This answer can't be taken."),
    ],
)
def test_what_is_wrong_is_said_in_our_words_and_what_was_typed_stays(
    step: str, typed: Typed, refusal: Refusal | None, error: str
) -> None:
    view = form(step, typed, refusal, **held(step))
    (said,) = shown(view).errors
    assert said.text.startswith(error)
    assert view.heading.title.startswith("Error: ")
    question = shown(view).questions[0]
    assert [box.value for box in question.boxes] == [typed.day.day, typed.day.month, typed.day.year][
        : len(question.boxes)
    ]
    assert [choice.value for choice in question.choices if choice.is_chosen] == ([typed.chosen] if typed.chosen else [])


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({}, True),
        ({"state": STATE.STATE_CLOSED}, False),
        ({"state": STATE.STATE_HELD}, False),
        ({"lane": rules_pb2.LANE_EXCELLENCE}, False),
        ({"lane": rules_pb2.LANE_DATA_GAP}, False),
    ],
)
def test_support_is_offered_for_what_is_open_and_about_practice(fields: dict[str, Any], offered: bool) -> None:
    names = [step.name for step in page(**({"allowed_moves": []} | fields)).possible]
    assert names == (["Offer support", "Ask for their view", "Record their view"] if offered else [])


def test_words_that_may_name_a_child_stay_in_their_box_with_what_to_leave_out() -> None:
    view = STEP_VIEWS["support"]()
    kind, day, words_of_it = shown(view).questions
    assert [choice.value for choice in kind.choices if choice.is_chosen] == ["mentoring"]
    assert (kind.error, day.error, [box.value for box in day.boxes]) == ("", "", ["1", "12", "2026"])
    assert words_of_it.value.startswith("Six talks with a mentor.")
    assert words_of_it.error.startswith("This may name a child.")


def hidden(view: views.StepView) -> dict[str, str]:
    return {field.name: field.value for field in shown(view).hidden}


def test_a_stale_copy_says_who_changed_what_and_is_made_from_the_copy_of_now() -> None:
    view = form("close", SHORT, STALE, steps=[TAKEN_ON])
    notice = shown(view).notice
    assert notice is not None
    assert notice.says == (
        "Demo Fiona Ross changed this at 10:42, after you opened it, from “Raised” to “Taken on”.",
        "Your answer is kept. Look at the change, then send it again.",
    )
    assert (hidden(view)["etag"], hidden(view)["known"], hidden(view)["request_id"]) == ("7", "1", "r-2")
    assert shown(view).errors == ()


def test_a_stale_copy_names_only_what_came_after_it_and_new_evidence_if_nobody_did_anything() -> None:
    dated = moved(MOVE.CONCERN_MOVE_ACKNOWLEDGE, STATE.STATE_ACKNOWLEDGED, STATE.STATE_ACKNOWLEDGED, "calendar")
    notices = [shown(form("close", SHORT, STALE, steps=[TAKEN_ON, dated], known=known)).notice for known in (1, 2)]
    assert [notice.says[0] for notice in notices if notice] == [
        "The calendar changed this at 10:42, after you opened it: Taken on.",
        "What it rests on has changed since you opened it.",
    ]


def test_a_form_that_was_sent_before_with_another_answer_is_made_again() -> None:
    view = form("close", SHORT, invalid("REQUEST_ID_REUSED", "…", "request_id"))
    assert shown(view).notice is not None
    assert hidden(view)["request_id"] == "r-2"
    assert shown(view).errors == ()


def test_a_form_with_a_wrong_answer_stays_on_the_copy_that_the_reader_saw() -> None:
    view = form("close", Typed(faults={"reason": "missing"}), invalid("X", "…"), known=2)
    assert (hidden(view)["etag"], hidden(view)["known"], hidden(view)["request_id"]) == ("6", "2", "r-1")


@pytest.mark.parametrize(
    ("step", "allowed", "refusal", "possible"),
    [
        ("close", True, None, True),
        ("close", False, None, False),
        ("close", False, STALE, False),
        ("close", True, precondition("RULE_STILL_SPEAKS", "…", "reason"), True),
        ("escalate", True, precondition("MOVE_NOT_ALLOWED", "…", "name"), False),
        ("escalate", True, STALE, True),
    ],
)
def test_a_step_that_is_not_possible_any_more_shows_the_matter_and_not_the_form(
    step: str, allowed: bool, refusal: Refusal | None, possible: bool
) -> None:
    of_matter = asked() if allowed else asked(allowed_moves=[], blocked_moves=[BLOCKED])
    wanted = views.AskedStep(STEPS[step], Typed(), Sent("r-1", "6"), None, refusal)
    assert views.is_possible(of_matter, wanted) is possible
    assert views.is_known(of_matter, step)


BLOCKED = rules_pb2.BlockedMove(
    move=MOVE.CONCERN_MOVE_CLOSE, guard="safeguarders_view", sentence="Record the Safeguarder's view first."
)


def test_why_a_step_is_not_possible_is_the_guards_sentence_after_what_changed() -> None:
    of_matter = asked(allowed_moves=[], blocked_moves=[BLOCKED], steps=[TAKEN_ON])
    opened = views.AskedStep(STEPS["close"], Typed(), Sent("", ""))
    sent = views.AskedStep(STEPS["close"], SHORT, Sent("r-1", "6"), None, STALE)
    assert views.refused(of_matter, opened, TODAY).says == (BLOCKED.sentence, "Nothing was recorded.")
    assert views.refused(of_matter, sent, TODAY).says[0].startswith("Demo Fiona Ross changed this at 10:42")
    assert not views.is_known(of_matter, "escalate"), "it is never this reader's step"


def page(done: str = "", waiting: Any = None, **fields: Any) -> matters.MatterView:
    """Return the page of a matter, as the reader comes to it from *Answer this week*."""
    of_matter = asked(**fields)
    listed = None if waiting is None else Found(rules_pb2.ListConcernsResponse(concerns=waiting))
    with_list = matters.AskedMatter(
        of_matter.concern, of_matter.rules, of_matter.names, of_matter.people, ME, "week", listed
    )
    return matters.build(with_list, NOW, TODAY, done)


def week(number: int, day: int) -> rules_pb2.Concern:
    return concern(name=f"safeguarders/sg-2/concerns/c-{number}", respond_by_date=to_date(date(2026, 12, day)))


def test_the_neighbours_of_a_matter_are_those_of_the_list_that_one_came_from() -> None:
    later = concern(name="safeguarders/sg-2/concerns/c-9", respond_by_date=to_date(date(2027, 1, 20)))
    view = page(waiting=[week(2, 3), concern(), week(3, 7), later])
    assert view.previous is not None
    assert view.next is not None
    assert view.previous.href == "/people/sg-2/matters/c-2?from=week"
    assert view.next.text == "Demo Effie Lochend, Reports filed late"
    assert view.heading.back is not None
    assert view.heading.back.href == "/today#week"
    assert page(waiting=[concern()]).next is None


def test_after_a_step_the_message_says_what_changed_and_leads_to_the_next_that_waits() -> None:
    owned = {"owner": ME, "next_date": to_date(date(2027, 1, 20)), "state": STATE.STATE_ACKNOWLEDGED}
    told = page("acknowledge", [concern(**owned), week(2, 3)], **owned).told
    assert told is not None
    assert told.says.startswith("You have taken it on. Your next date is Wednesday 20\u00a0January.")
    assert told.on is not None
    assert (told.on.text, told.on.href) == (
        "Next: Demo Effie Lochend, Reports filed late",
        "/people/sg-2/matters/c-2?from=week",
    )
    alone = page("close", []).told
    assert alone is not None
    assert alone.on is None


def test_the_history_says_reasons_in_words() -> None:
    closed = rules_pb2.ConcernStep(
        move=MOVE.CONCERN_MOVE_CLOSE, person=ME, move_time=to_instant(NOW), word="support_given"
    )
    assert [past.says for past in page(steps=[closed]).history] == ["Closed: support was given and taken up"]
