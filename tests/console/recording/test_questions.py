"""The questions of recording an item: their order, how an answer is read, and what its page says."""

from typing import Any

import pytest

from services.console.forms import recording as forms
from services.console.forms.recording import Answers
from services.console.views.heading import Link
from services.console.views.recording import question
from services.refusals import invalid
from tests.console.fixtures.recording import EARLY, OWN, SAID, STAFF, TODAY, asked, checked, editions, page, upto

WHOLE = Answers(SAID)


def test_each_question_is_asked_once_and_then_the_answers_are_checked() -> None:
    answers, order = Answers(), []
    while (name := forms.next_of(answers, of_staff=True)) != forms.CHECK:
        order.append(name)
        answers = answers.with_answer(name, {one: SAID[one] for one in forms.QUESTIONS[name].fields}, "r-1")
    assert order == list(forms.QUESTIONS)
    assert answers.said == SAID


def test_nobody_is_asked_what_does_not_concern_them() -> None:
    own = [one.name for one in forms.asked_of(WHOLE, of_staff=False)]
    assert own == ["kind", "about", "happened", "case", "words", "alike"]
    panel = Answers(SAID | {"setting": "panel", "standards": ""})
    assert {"case", "readings"}.isdisjoint(one.name for one in forms.asked_of(panel, of_staff=True))


def test_what_another_answer_makes_unsaid_is_asked_again() -> None:
    changed = WHOLE.with_answer("happened", {"happened": "2026-11-22"}, "r-2")
    assert forms.next_of(changed, of_staff=True) == "alike"
    more = WHOLE.with_answer("standards", {"standards": "S2.1,S3.1"}, "r-2")
    assert forms.next_of(more, of_staff=True) == "readings"
    fewer = WHOLE.with_answer("standards", {"standards": "S2.1"}, "r-2")
    assert (forms.next_of(fewer, of_staff=True), fewer.get("readings")) == (forms.CHECK, "S2.1:concern")
    same = WHOLE.with_answer("kind", {"kind": "complaint"}, "r-2")
    assert forms.next_of(same, of_staff=True) == forms.CHECK


def test_a_draft_gives_back_what_it_was_given_and_nothing_else() -> None:
    kept = WHOLE.with_answer("kind", {"kind": "feedback"}, "r-1")
    assert forms.read_draft(forms.as_bytes(kept)) == kept
    for strange in (b"", b"[]", b'{"said": 1}', b"\xff", b'{"said": {"x": "y"}, "forms": {}}'):
        assert forms.read_draft(strange).said == {}


@pytest.mark.parametrize("name", [name for name in forms.QUESTIONS if name != "alike"])
def test_an_answer_is_shown_again_as_it_was_given(name: str) -> None:
    before = upto(name, **{one: SAID[one] for one in ("standards",) if name == "readings"})
    typed = forms.read(name, forms.typed_before(name, WHOLE), before)
    assert typed == forms.Typed({one: SAID[one] for one in forms.QUESTIONS[name].fields})


@pytest.mark.parametrize(
    ("name", "form", "faults"),
    [
        ("from", {}, {"source": "missing"}),
        ("about", {"setting": "panel"}, {"aspect": "missing"}),
        (
            "happened",
            {"happened-day": "31", "happened-month": "11", "happened-year": "2026"},
            {"happened": "not_a_day"},
        ),
        ("words", {"summary": " "}, {"summary": "missing"}),
        ("words", {"summary": "x" * 2001}, {"summary": "too_long"}),
        ("readings", {"readings-S2-1": "praise", "readings-S4-1": "bad"}, {"readings-S4-1": "missing"}),
    ],
)
def test_what_is_wrong_with_an_answer_is_a_word_of_a_closed_list(
    name: str, form: dict[str, str], faults: dict[str, str]
) -> None:
    assert forms.read(name, form, WHOLE).faults == faults


def errors(view: Any) -> list[str]:
    return [link.text for link in view.form.errors]


def test_a_question_offers_what_the_service_lets_the_reader_record_and_what_has_words() -> None:
    sources = [choice.value for choice in page("from").form.questions[0].choices]
    assert {"child", "self", "scra"} <= set(sources)
    kinds = [choice.value for choice in page("kind").form.questions[0].choices]
    assert {"report_sample_review", "scra_timeliness", "action_outcome"}.isdisjoint(kinds)
    assert [choice.value for choice in page("kind", OWN).form.questions[0].choices] == ["self_assessment", "feedback"]


def test_the_question_is_the_heading_of_its_page_unless_there_are_two() -> None:
    one, two = page("from"), page("about")
    assert (one.h1, one.form.questions[0].is_heading, one.form.questions[0].text) == ("", True, one.heading.h1)
    assert (two.h1, two.form.questions[0].is_heading) == (two.heading.h1, False)
    assert "Demo" not in one.heading.title


def test_a_refusal_stands_at_its_question_in_our_words() -> None:
    view = page("happened", refusal=EARLY)
    assert errors(view) == ["Enter 5\u00a0November 2024 or a later day. The appointment began then"]
    assert view.heading.title.startswith("Error: ")
    strange = invalid("SOMETHING_NEW", "Text of the service.", "evidence_item.summary")
    assert errors(page("words", refusal=strange)) == ["This can't be taken. Look at it again"]


def test_words_that_may_name_a_child_are_shown_and_can_be_left_as_they_are() -> None:
    view = page("words", values={"summary": "Isla McKay."}, findings=("Isla McKay",))
    assert errors(view) == ["This may name a child: “Isla McKay”. Take it out, or tick that it names no child"]
    assert [one.name for one in view.form.questions] == ["summary", "no_child"]


def test_today_is_filled_in_and_an_answer_of_before_is_kept() -> None:
    assert [box.value for box in page("received").form.questions[0].boxes] == ["30", "11", "2026"]
    answers = Answers(SAID | {"received": "2026-11-24"})
    assert [box.value for box in page("received", answers=answers).form.questions[0].boxes] == ["24", "11", "2026"]


def test_what_an_item_speaks_to_is_asked_by_the_edition_of_its_day() -> None:
    assert question.edition_on(editions(), TODAY).standards[0].standard == "S2"
    assert question.edition_on(editions(), TODAY.replace(year=2001)) is None
    assert [one.text for one in page("standards").form.questions][-1] == "S4 Reports"
    assert page("standards", offered=None).lead.startswith("The Practice Standards are not known here")


def test_the_way_back_leads_to_the_question_before_or_to_the_answers() -> None:
    assert page("happened").heading.back == Link("Back to the question before", "/evidence/new/d-1/about")
    again = page("happened", answers=WHOLE).heading.back
    assert again == Link("Back to your answers", "/evidence/new/d-1/check")
    assert question.build(asked("from", draft=""), TODAY).heading.back == Link("Back to Today", "/today")


def test_every_answer_can_be_changed_before_it_is_recorded() -> None:
    view = checked()
    assert {row.change.href.rpartition("/")[2] for row in view.rows if row.change} == {
        "who", *(name for name in forms.QUESTIONS if name not in ("alike", "readings")),
    }  # fmt: skip
    spoken = next(row.says for row in view.rows if row.name == "Which standards it is about")
    assert spoken == ("S2.1 Keeps others informed in time: to discuss", "S4.1 Keeps others informed in time: well done")
    assert view.form.effect == f"{STAFF.name} isn't told until you share it."
    safety = checked(Answers(SAID | {"safety": "yes"})).form.effect
    assert safety.startswith("A senior manager is told today")


def test_what_cannot_be_recorded_has_no_button_and_says_where_to_change_it() -> None:
    view = checked(outcome=EARLY)
    assert [button.text for button in view.form.buttons] == ["Save and finish later"]
    assert view.form.notice
    assert view.form.notice.says[0].startswith("When it happened: Enter 5\u00a0November 2024")


def test_what_was_answered_travels_with_the_form() -> None:
    fields = {one.name: one.value for one in checked().form.hidden}
    assert forms.in_form(fields).said == SAID
    assert (fields["for"], fields["request_id"]) == ("sg-1", "d-1")
