"""Forms: what was typed is read, kept and shown again; the message after a step is told once, to one person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.console.failures import FAILURES, KEPT, MaybeDone, NotDone, NotThere, SentBefore, ServiceAway
from services.console.forms import answers, messages
from services.console.requests import Forms, Message
from services.console.views import failure, form
from services.refusals import precondition
from tests.console.site import MONDAY

TODAY = date(2026, 11, 30)
MANAGER = "support-manager-east-1"
STEP = "/people/sg-1/matters/c-1/close"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (("7", "11", "2026"), date(2026, 11, 7)),
        (("07", "November", "2026"), date(2026, 11, 7)),
        (("7", "nov", "2026"), date(2026, 11, 7)),
        (("", "", ""), "missing"),
        (("31", "11", "2026"), "not_a_day"),
        (("7", "", "2026"), "not_a_day"),
        (("seven", "11", "2026"), "not_a_day"),
        (("\u0667", "11", "2026"), "not_a_day"),
        (("7", "11", "99999"), "not_a_day"),
        (("7", "11", "9999999999"), "not_a_day"),
        (("-7", "11", "2026"), "not_a_day"),
    ],
)
def test_a_day_is_read_from_three_boxes_and_a_month_by_its_name(typed: tuple[str, ...], read: date | str) -> None:
    boxes = {f"on-{part}": f" {text} " for part, text in zip(answers.PARTS, typed, strict=True)}
    assert answers.day_in(boxes, "on").read == read


def test_a_wrong_day_is_shown_again_as_it_was_typed() -> None:
    question = form.day_question("on", "When?", answers.TypedDay("31", "Nov", "26"), error="Enter a real day")
    assert [box.value for box in question.boxes] == ["31", "Nov", "26"]
    view = form.FormView("/x", (question,), (form.Button("Send"),))
    assert [(link.text, link.href) for link in view.errors] == [("Enter a real day", "#on-day")]
    assert form.titled("A page", view) == "Error: A page"
    assert form.titled("A page", replace(view, questions=())) == "A page"


def test_only_what_was_offered_is_chosen() -> None:
    assert answers.choice_in({"why": "improved"}, "why", ("improved",)) == "improved"
    assert answers.choice_in({"why": "review_upheld"}, "why", ("improved",)) == ""
    assert answers.choice_in({}, "why", ("improved",)) == ""


def test_boxes_that_are_ticked_are_read_in_the_order_in_which_they_are_offered() -> None:
    sent = {"rests-3": "c-1", "rests-1": "e-1", "rests-2": "elsewhere", "rests": "e-2", "other-1": "e-3"}
    assert answers.ticked_in(sent, "rests", ("e-1", "e-2", "e-3", "c-1")) == ("e-1", "c-1")
    question = form.ticks_question("rests", "What?", [form.Choice("e-1", "Feedback")], error="Choose one")
    assert (question.first, question.described_by) == ("rests-1", "rests-error")


def test_a_line_leads_from_the_summary_of_errors_to_itself() -> None:
    question = form.line_question("at", "At what time?", "25:00", error="Enter a time")
    view = form.FormView("/x", (question,), (form.Button("Send"),))
    assert [link.href for link in view.errors] == ["#at"]


def test_words_are_counted_as_people_count_them() -> None:
    assert answers.words_in({"said": "a\r\nb"}, "said", 3) == ("a\nb", "")
    assert answers.words_in({"said": "abcd"}, "said", 3) == ("abcd", "too_long")
    assert answers.words_in({"said": " \r\n "}, "said", 3) == ("", "missing")


def test_a_form_without_its_request_id_gets_one() -> None:
    assert answers.sent_in({"request_id": "r-1", "etag": "7"}) == answers.Sent("r-1", "7")
    assert len(answers.sent_in({"request_id": "what somebody wrote"}).request_id) == 36


@pytest.mark.parametrize(
    ("person", "day", "changed", "is_read"),
    [
        (MANAGER, TODAY, "", True),
        (MANAGER, TODAY + timedelta(days=7), "", False),
        ("official", TODAY, "", False),
        (MANAGER, TODAY, "closed", False),
    ],
)
def test_a_message_is_for_one_person_and_cannot_be_changed(person: str, day: date, changed: str, is_read: bool) -> None:
    forms = Forms(lambda: [b"key"])
    cookie = messages.sealed(Message("taken_on", "c-1"), forms, MANAGER, TODAY)
    assert "c-1" in cookie
    cookie = cookie.replace("taken_on", changed) if changed else cookie
    found = messages.opened(cookie, forms, person, day)
    assert found == (Message("taken_on", "c-1") if is_read else None)


REFUSED = precondition("MOVE_NOT_ALLOWED", "This concern has ended.", "name")


@pytest.mark.parametrize("kind", [kind for kind in FAILURES if FAILURES[kind].words in KEPT])
def test_what_was_typed_stays_on_the_page_of_a_failure(kind: type[Exception]) -> None:
    problems = {
        ServiceAway: ServiceAway("rules"),
        MaybeDone: MaybeDone("rules"),
        NotDone: not_done(),
        SentBefore: SentBefore(REFUSED),
    }
    kept = failure.kept_form(STEP, {"form_mark": "0a", "reason": "improved", "said": "I had no notice."})
    view = failure.build(failure.Failed(FAILURES[kind], problems.get(kind) or kind(), kept), MONDAY, "", "")
    assert view.kept == kept
    assert view.kept is not None
    assert view.kept.words == ("I had no notice.",)
    assert view.says[-1].startswith("What you entered is still on this page")
    assert view.on is None, "a link would lead away from the words"


def test_a_record_that_has_gone_keeps_the_form() -> None:
    """It may have been shared, or given to somebody else, while the words were typed."""
    kept = failure.kept_form(STEP, {"said": "I had no notice."})
    view = failure.build(failure.Failed(FAILURES[NotThere], NotThere(), kept), MONDAY, "", "")
    assert view.kept == kept
    assert view.says[0].startswith("What this form was about isn't there any more")


def not_done() -> NotDone:
    return NotDone(REFUSED)
