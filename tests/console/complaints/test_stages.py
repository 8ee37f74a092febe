"""How far a complaint has come, on the pages of both sides and on Today, and the forms of its steps."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import complaint_stages_pb2, evidence_pb2

from services.console.calls.recording import _moved
from services.console.forms import item_steps as forms
from services.console.forms.answers import Sent
from services.console.forms.complaints import STEPS
from services.console.views import item_step as views
from services.console.views.complaints import stages
from services.console.views.form import FormView
from services.console.views.parts import Away, Found
from services.platform.calls.wire import from_date, to_date
from tests.console.fixtures.complaints import NOT_NEXT, TOO_LONG, Stages, a_complaint, at_stage_2, form, on, over
from tests.console.fixtures.item_steps import PATH, item
from tests.console.fixtures.recording import TODAY
from tests.console.item_steps.test_item_steps import Desk
from tests.console.test_today_view import page as today_page

TEAM = "panel_team"
ON = {"on-day": "27", "on-month": "11", "on-year": "2026"}


def turns(found: Any, *, own: bool = False) -> list[tuple[str, str]]:
    view = stages.build(found, TODAY, own=own)
    assert view is not None
    return [(turn.says, turn.until.iso if turn.until else "") for turn in view.turns]


def test_a_page_says_who_owes_what_by_when() -> None:
    assert turns(a_complaint()) == [("The Panel Team answers it at stage 1 by", "2026-12-01")]
    assert turns(at_stage_2()) == [
        ("The Panel Team acknowledges the request for stage 2 by", "2026-12-02"),
        ("The Panel Team answers it at stage 2 by", "2026-12-18"),
    ]
    assert turns(over()) == [("It has its outcome. No answer is owed any more.", "")]
    assert turns(item()) == [("It came without a day for the answer. The Panel Team answers it.", "")]


def test_a_page_shows_each_step_on_its_day_and_whether_it_was_in_time() -> None:
    view = stages.build(at_stage_2(), TODAY, own=True)
    assert view is not None
    assert [(row.text, row.day and row.day.iso, row.note) for row in view.rows] == [
        ("received", "2026-11-24", ""),
        ("answered at stage 1, and not settled", "2026-11-25", "It was corrected later."),
        ("answered at stage 1, and not settled", "2026-11-26", "In time: it was due on 1\u00a0December 2026."),
        ("stage 2, an investigation, was asked for", "2026-11-27", ""),
        (
            "more time for the answer, until 18\u00a0December 2026. Something that the answer needs is awaited",
            "2026-11-27",
            "",
        ),
    ]
    ended = stages.build(over(), TODAY, own=True)
    assert ended is not None
    assert [row.note for row in ended.rows if row.note][1] == "It was due on 27\u00a0November 2026."


def test_other_items_and_complaints_that_are_not_shared_have_no_such_part() -> None:
    assert stages.build(item(), TODAY, own=True) is None
    assert stages.build(item(kind=evidence_pb2.EVIDENCE_KIND_FEEDBACK), TODAY, own=False) is None


@pytest.mark.parametrize(
    ("found", "role", "possible"),
    [
        (a_complaint(), TEAM, ["stage", "extend", "outcome"]),
        (at_stage_2(), TEAM, ["stage", "extend", "outcome", "wrong-step"]),
        (over(), TEAM, ["wrong-step"]),
        (a_complaint(), "support_manager", []),
        (a_complaint(state=evidence_pb2.ITEM_STATE_WITHDRAWN), TEAM, []),
        (item(kind=evidence_pb2.EVIDENCE_KIND_FEEDBACK), TEAM, []),
    ],
)
def test_a_form_is_offered_to_the_team_while_it_has_something_to_record(
    found: Any, role: str, possible: list[str]
) -> None:
    of_a_complaint = ("stage", "extend", "outcome", "wrong-step")
    assert [step for step in views.possible_steps(found, role) if step in of_a_complaint] == possible


def asked(view: Any) -> dict[str, list[str]]:
    shown: FormView = view.form
    return {question.name: [choice.value for choice in question.choices] for question in shown.questions}


def test_a_form_asks_what_fits_the_complaint_as_it_stands() -> None:
    assert asked(form("stage", item=a_complaint())) == {"step": ["settled", "answered", "stage_2"], "on": []}
    assert asked(form("stage")) == {"step": ["acknowledged", "stage_2_answered"], "on": []}
    assert asked(form("wrong-step"))["step"] == ["answered", "stage_2", "extended"], "what was corrected stands no more"
    (_, day) = form("stage").form.questions  # type: ignore[attr-defined]
    assert [box.value for box in day.boxes] == [str(TODAY.day), str(TODAY.month), str(TODAY.year)]
    assert "due on 18\u00a0December 2026 now" in form("extend").form.questions[0].hint  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("step", "typed", "errors"),
    [
        ("stage", {}, ["Choose a step", "Enter the day on which it was"]),
        ("extend", {"until-day": "31", "until-month": "2", "until-year": "2027"}, ["Enter a real day", "Choose why"]),
        ("wrong-step", {"step": "answered"}, ["Choose what is wrong with it", "Enter the day on which it was"]),
        ("wrong-step", {"step": "answered", "correction": "taken_back"}, []),
    ],
)
def test_what_is_missing_is_said_at_its_question(step: str, typed: dict[str, str], errors: list[str]) -> None:
    shown = [error.text for error in form(step, typed).form.errors]  # type: ignore[attr-defined]
    assert [text.startswith(error) for text, error in zip(shown, errors, strict=True)] == [True] * len(errors), shown


def test_a_refusal_is_said_at_its_question_or_above_the_form() -> None:
    (error,) = form("extend", {"reason": "agreed"}, refusal=TOO_LONG).form.errors  # type: ignore[attr-defined]
    assert (error.href, error.text[:26]) == ("#until-day", "Enter 8\u00a0January 2027 or an")
    notice = form("stage", {"step": "acknowledged"}, refusal=NOT_NEXT).form.notice  # type: ignore[attr-defined]
    assert notice.says[0].startswith("This isn't the next step")


def test_the_request_says_what_was_answered() -> None:
    days = ON | {"until-day": "18", "until-month": "12", "until-year": "2026"}
    typed = days | {"step": "stage_2", "reason": "agreed", "correction": "another_day"}
    request = {step: _moved(item(), step, Sent("r", "3"), forms.read(step, typed).said) for step in STEPS}
    assert (request["stage"].step, request["stage"].etag) == (Stages.STEP_STAGE_2, "3")
    assert from_date(request["stage"], "date") == date(2026, 11, 27)
    assert request["extend"] == complaint_stages_pb2.MoveComplaintStageRequest(
        name=item().name, request_id="r", etag="3", step=Stages.STEP_EXTENDED, due_date=on(18, 12),
        extension_reason=Stages.EXTENSION_REASON_AGREED,
    )  # fmt: skip
    assert request["wrong-step"].correction == Stages.CORRECTION_ANOTHER_DAY


def test_a_step_is_sent_by_the_team_and_leads_back_to_the_complaint(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.told.item_now = a_complaint()
    assert desk.send("stage", step="answered", **ON).header("location") == PATH
    assert desk.told.made == [("stage", "1", {"step": "answered", "on": "2026-11-27"})]
    desk.told.refuses = NOT_NEXT
    answer = desk.send("stage", step="answered", **ON)
    assert (answer.status, 'value="answered" checked' in answer.text) == (409, True)
    assert desk.served.get(f"{PATH}/wrong-step").status == 404, "nothing is recorded that could be wrong"


def rows(found: Any, today_is: date, role: str = TEAM) -> list[tuple[str, str, str]]:
    answer = Found(evidence_pb2.ListEvidenceItemsResponse(evidence_items=[found]))
    view = today_page(items=answer, role=role, today=today_is)
    groups = ((group.id, row) for group in view.groups for row in group.rows)
    return [(group, row.day.iso if row.day else "", row.why) for group, row in groups if "/evidence/" in row.href]


@pytest.mark.parametrize(
    ("today_is", "group"),
    [
        (date(2026, 11, 20), "later"),
        (date(2026, 11, 26), "week"),
        (date(2026, 12, 1), "week"),
        (date(2026, 12, 2), "overdue"),
    ],
)
def test_today_has_a_complaint_by_the_day_of_its_answer(today_is: date, group: str) -> None:
    found = a_complaint(shared_date=to_date(date(2026, 11, 25)), mappings=[evidence_pb2.Mapping(standard="S4")])
    ((there, day, why),) = rows(found, today_is)
    assert (there, day) == (group, "2026-12-01")
    assert why == "The answer at stage 1 is due. The complaint has no outcome yet."
    if group == "later":
        ((unread, _, _),) = rows(a_complaint(), today_is)
        assert unread == "items", "it is to be read and shared first"


def test_an_answer_is_owed_by_the_team_and_not_by_a_support_manager() -> None:
    ((group, _, why),) = rows(a_complaint(), date(2026, 12, 2), "support_manager")
    assert (group, "stage 1" in why) == ("items", False)
    view = today_page(items=Away("evidence"), role=TEAM)
    assert view.counts[0].number == "?", "complaints may be overdue"
