"""Reviews and answers as people read them, built from answers of the services without any of them."""

import re
from typing import Any

import pytest

from services.console.forms.asked import AskedForm, Asks, read
from services.console.forms.own_answers import OWN
from services.console.views.answers.own import Asked
from services.console.views.form import CHOICE, DAY, LINE, TICKS, WORDS
from services.console.views.my_file import matters
from services.console.views.my_file.matters import OVER
from services.console.views.parts import Away, Found
from services.console.views.reviews import request as views
from services.console.words import words
from services.platform.calls.wire import to_date
from tests.console.fixtures.my_file import NOW, STATE, TODAY, concern, page
from tests.console.fixtures.reviewing import answers as own
from tests.console.fixtures.reviewing import requests as made
from tests.console.fixtures.reviewing.requests import DECIDED, MANAGER, OTHER, REQUEST, SENIOR, SUBMITTED
from tests.console.fixtures.steps import asked as asked_matter


def steps(view: views.RequestView) -> list[str]:
    return [step.href.rpartition("/")[2] for step in view.possible]


@pytest.mark.parametrize(
    ("reader", "role", "fields", "possible"),
    [
        (SENIOR, "senior_manager", {}, ["statement", "decide"]),
        (OTHER, "senior_manager", {}, ["statement"]),
        ("panel-team", "panel_team", SUBMITTED, ["accept", "statement"]),
        ("panel-team", "panel_team", SUBMITTED | {"state": REQUEST.STATE_ACCEPTED}, ["assign", "statement"]),
        (MANAGER, "support_manager", SUBMITTED, ["statement"]),
        ("person-sg-1", "safeguarder", {}, ["withdraw"]),
        (SENIOR, "senior_manager", DECIDED, []),
        ("person-sg-1", "safeguarder", DECIDED, []),
    ],
)
def test_each_reader_finds_the_steps_that_are_theirs(
    reader: str, role: str, fields: dict[str, Any], possible: list[str]
) -> None:
    assert steps(made.page(reader, role, **fields)) == possible


def test_a_reviewer_in_the_chain_reads_why_in_place_of_a_button() -> None:
    (decide,) = [step for step in made.page(OTHER).blocked if step.name == "Decide it"]
    assert decide.says.startswith("You can't decide this one. You support the Safeguarder")
    assert "You took part in what is looked at" in decide.says


def test_one_that_is_overdue_can_be_given_to_somebody_of_a_higher_level() -> None:
    due = made.request(decide_due_date=to_date(TODAY.replace(month=11)))
    assert "assign" in steps(made.page("panel-team", "panel_team", decide_due_date=due.decide_due_date))


def test_both_sides_stand_on_the_page_with_what_was_asked_about_as_it_stood() -> None:
    view = made.page()
    assert [one.words for one in view.theirs] == ["I was not in that hearing.", "Take it out."]
    assert view.teams[-1].words == "The date is from the letter."
    assert view.teams[0].words.startswith("The Reporter was told of the visit")
    assert view.as_it_stood == "As it stood on 23\u00a0November 2026"
    assert view.target.lines[1] == "It is about S2.2: to discuss."


def test_what_could_not_be_read_is_named_and_the_rest_of_the_page_stands() -> None:
    view = made.away_page()
    assert view.away
    assert view.target.lines == ("It can't be shown just now. Try again in a minute.",)
    assert view.theirs


def test_the_form_says_before_the_button_what_either_decision_does() -> None:
    form = made.step("decide").form
    assert form is not None
    assert "If you uphold it: The item no longer counts." in form.effect
    assert "If you don't: It stands as it was." in form.effect
    assert [choice.value for choice in form.questions[0].choices] == ["upheld", "not_upheld"]


def test_a_record_is_not_upheld_without_its_new_text() -> None:
    shown = made.step("decide", target_kind=REQUEST.TARGET_KIND_SESSION_RECORD)
    assert shown.form is not None
    assert [choice.value for choice in shown.form.questions[0].choices] == ["not_upheld"]
    assert "psmf review decide" in shown.lines[0]


def test_a_request_goes_only_to_somebody_outside_the_chain() -> None:
    form = made.step("assign", state=REQUEST.STATE_ACCEPTED, reviewer="").form
    assert form is not None
    assert [(one.value, one.text) for one in form.questions[0].choices] == [(SENIOR, "Demo Fiona Ross")]


def test_what_nobody_decides_yet_stands_first_in_the_queue() -> None:
    view = made.listed(made.request(), made.request(name="safeguarders/sg-2/reviewRequests/r-2", **SUBMITTED))
    assert [group.name for group in view.groups] == ["Nobody decides it yet", "Somebody decides it"]
    assert view.groups[0].rows[0].name == "Demo Struan Craigmillar"
    assert view.groups[0].rows[0].href == "/reviews/sg-2/r-2"
    assert made.listed().none == "No review is open. There is nothing to do here."


def test_every_word_of_the_contract_has_words() -> None:
    said = words("reviews")
    for table, enum in (
        ("targets", REQUEST.TargetKind), ("states", REQUEST.State), ("grounds", REQUEST.Ground),
        ("decisions", REQUEST.Decision), ("upheld", REQUEST.TargetKind), ("bars", made.BAR.Bar),
        ("bars_you", made.BAR.Bar),
    ):  # fmt: skip
        names = {re.sub(r"^(TARGET_KIND|STATE|GROUND|DECISION|BAR)_", "", name).lower() for name in enum.keys()[1:]}
        assert set(said[table]) == names, table


@pytest.mark.parametrize(("kind", "step"), OWN)
def test_what_waits_for_an_answer_has_a_form_of_its_own(kind: str, step: str) -> None:
    record = {
        ("supports", "answer"): own.support(),
        ("supports", "received"): own.support(state=own.SUPPORT.STATE_DELIVERED),
        ("approach-changes", "read"): own.change(),
        ("matters", "view"): concern(),
        ("matters", "invitation"): own.invitation(),
    }[kind, step]
    form = own.answer(kind, step, record).form
    assert form is not None
    assert form.address.startswith(f"/my-file/{kind}/")
    assert form.effect
    assert words("answers")["done"][OWN[kind, step].step]


@pytest.mark.parametrize(
    ("kind", "step", "record", "says"),
    [
        ("supports", "answer", own.support(state=own.SUPPORT.STATE_DECLINED), "You said that you don't want it."),
        ("supports", "received", own.support(), "It doesn't stand as given"),
        ("approach-changes", "read", own.change(acknowledge_date=own.BEFORE), "You said on 24\u00a0November 2026"),
        ("approach-changes", "read", own.change(state=own.CHANGE.STATE_MET), "It has ended"),
        ("matters", "view", concern(state=STATE.STATE_CLOSED), "It is over"),
        ("matters", "invitation", concern(), "Nobody waits for an answer"),
    ],
)
def test_what_no_longer_waits_says_how_it_stands_and_has_no_form(kind: str, step: str, record: Any, says: str) -> None:
    shown = own.answer(kind, step, record)
    assert shown.form is None
    assert shown.none[0].startswith(says)


def test_what_others_entered_can_still_be_answered_by_the_person() -> None:
    entered = own.support(state=own.SUPPORT.STATE_DECLINED, answer_entered_by=MANAGER, answer_words="They said no.")
    shown = own.answer("supports", "answer", entered)
    assert shown.form is not None
    assert shown.quoted[-1].words == "They said no."


def test_words_that_were_given_before_stand_in_the_box() -> None:
    plan = Found(own.plan(views=[own.view(words="I had no notice.", state=own.VIEW.STATE_GIVEN)]))
    form = own.answer("matters", "view", concern(), asked=Asked(concern(), plan, None)).form
    assert form is not None
    assert form.questions[0].value == "I had no notice."


def test_an_invitation_to_share_waits_on_my_file() -> None:
    (card,) = page(found=own.concerns(own.invitation())).waiting
    assert (card.link and card.link.href) == "/my-file/matters/c-2/invitation"


def test_on_a_matter_about_oneself_stand_ones_own_steps_and_none_of_the_teams() -> None:
    view = matters.build_one(asked_matter(), NOW, TODAY)
    assert [step.href for step in view.possible][1:] == ["/my-file/matters/c-1/view", "/my-file/disagree/matters/c-1"]
    over = asked_matter(state=STATE.STATE_CLOSED, allowed_moves=[])
    assert matters.build_one(over, NOW, TODAY).possible == ()
    assert "closed" in OVER


def test_one_chooses_with_what_one_disagrees() -> None:
    view = own.choice(2)
    assert next(group.name for group in view.groups) == "Something that was raised"
    assert view.groups[1].links[0].href == "/my-file/disagree/evidence/e-0"
    assert own.choice(0).none
    assert own.choice(2, away=True).away


def test_answers_are_read_and_what_is_missing_is_named() -> None:
    form = AskedForm(
        "any",
        (
            Asks(CHOICE, "answer"), Asks(DAY, "day"), Asks(TICKS, "grounds", offered=("a", "b")), Asks(WORDS, "words"),
            Asks(LINE, "line", needed=False), Asks(WORDS, "more", needed=False, most=3),
        ),
    )  # fmt: skip
    found = read(form, {"more": "long", "answer": "<script>"})
    assert found.faults == {
        "answer": "missing", "day": "missing", "grounds": "missing", "words": "missing", "more": "too_long",
    }  # fmt: skip
    sent = {
        "answer": "accepted", "day-day": "7", "day-month": "12", "day-year": "2026", "grounds-2": "b", "words": "Yes.",
    }  # fmt: skip
    whole = read(form, sent)
    assert not whole.faults
    assert (whole.text("answer"), whole.ticked("grounds"), whole.day("day").day) == ("accepted", ("b",), "7")


def test_without_the_plan_no_view_is_taken() -> None:
    shown = own.answer("matters", "view", concern(), asked=Asked(concern(), Away("evidence"), None))
    assert shown.form is None
