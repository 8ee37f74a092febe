"""Leave and suspensions on pages: each reader has the steps that are theirs, and nothing typed is lost."""

import html
from typing import Any

import pytest

from services.console.calls.record_steps import request_of
from services.console.failures import NotDone
from services.console.forms.answers import Sent, TypedDay
from services.console.forms.asked import Answers
from services.console.forms.away.steps import STEPS
from services.console.views.away import overlays
from services.console.words import words
from services.refusals import precondition
from tests.console.fixtures.my_file import ME
from tests.console.fixtures.plans.away import (
    CONDUCT,
    LIFTED,
    OVERLAY,
    OWN,
    form,
    leave,
    listed,
    page,
    suspension,
)
from tests.console.sessions.desk import Desk

AWAY = "/people/sg-1/away"
ROLES = ("support_manager", "senior_manager", "panel_team", "safeguarder", "decision_recorder")


@pytest.mark.parametrize(
    ("overlay", "steps"),
    [
        (leave(), ["answer", "answer", "answer", "", ""]),
        (leave(state=OVERLAY.STATE_AGREED), ["end", "end", "end", "", ""]),
        (leave(state=OVERLAY.STATE_DECLINED), ["", "", "", "", ""]),
        (suspension(), ["", "", "review lift", "", "review lift"]),
        (CONDUCT, ["", "", "", "", "review lift"]),
        (LIFTED, ["", "", "", "", ""]),
    ],
)
def test_who_answers_ends_looks_again_and_lifts(overlay: OVERLAY, steps: list[str]) -> None:
    """Checks are the Team's to decide. Any other suspension is recorded by a recorder of decisions."""
    assert [" ".join(overlays.of_one(overlay, listed(overlay), role)) for role in ROLES] == steps


def test_the_team_suspends_for_a_check_if_no_suspension_is_in_force() -> None:
    assert [step.href for step in page(LIFTED).possible] == [f"{AWAY}/leave", f"{AWAY}/suspend"]
    assert [step.href for step in page(suspension()).possible] == [f"{AWAY}/leave"]
    assert [step.href for step in page(reader=OWN).possible] == ["/my-file/away/leave"]


def test_the_page_says_from_when_until_when_and_what_waits() -> None:
    (asked, lifted) = page(leave(), LIFTED).entries
    plain = " ".join(asked.lines).replace("\N{NO-BREAK SPACE}", " ")
    assert plain == "From 14 December 2026 to 15 January 2027. It is answered by 7 December 2026."
    assert lifted.lines[0] == "No day of it was a day away."
    assert (asked.heading, asked.tag.text) == ("Leave: caring for somebody", "Asked for")
    unknown = page(leave(end_date=None)).entries[0].lines[0]
    assert unknown.endswith("Nobody knows the last day yet.")


def test_a_safeguarder_is_not_asked_whether_it_was_read_back_to_them() -> None:
    own = form("away", "leave", reader=OWN).form
    assert own is not None
    assert [one.name for one in own.questions] == ["kind", "start_date", "end_date"]


def test_what_is_typed_fills_the_request() -> None:
    day = TypedDay("14", "12", "2026")
    given: dict[str, Any] = {"kind": "caring", "start_date": day, "end_date": TypedDay(), "read_back": ("yes",)}
    asked = request_of(ME, STEPS["away", "leave"], Sent("r-1", ""), Answers(given))
    assert (asked.parent, asked.kind, asked.read_back) == (ME, OVERLAY.LEAVE_KIND_CARING, True)
    assert (asked.start_date.day, asked.HasField("end_date")) == (14, False)
    lifted = request_of(
        f"{ME}/overlays/o-2", STEPS["suspension", "lift"], Sent("r-1", ""), Answers({"reason": "in_error"})
    )
    assert (lifted.name, lifted.reason) == (f"{ME}/overlays/o-2", OVERLAY.LIFT_REASON_IN_ERROR)


def test_every_step_has_its_words_and_every_refusal_that_it_mends_a_sentence() -> None:
    said = words("away")
    for step in STEPS.values():
        for table in ("steps", "button", "effect", "told"):
            assert step.name in said[table], (table, step.name)
        for asks in step.asks:
            assert f"{step.name}_{asks.name}" in said["ask"] or asks.name in said["ask"], (step.name, asks.name)
        for reason in step.mends:
            assert reason in said["wrong"], reason


def test_the_team_enters_a_leave_for_somebody_and_is_asked_to_read_it_back(desk: Desk) -> None:
    desk.sits("panel-team")
    day = {"start_date-day": "14", "start_date-month": "12", "start_date-year": "2026"}
    desk.told.fails = NotDone(precondition("ASK_FIRST", "…", "read_back"))
    opened = desk.served.get(f"{AWAY}/leave")
    first = desk.again(opened, f"{AWAY}/leave", kind="caring", **day)
    assert (first.status, "read it back to them, and tick this" in html.unescape(first.text)) == (422, True)
    assert 'value="caring" checked' in first.text
    desk.told.fails = None
    made = desk.again(first, f"{AWAY}/leave", kind="caring", **day, **{"read_back-1": "yes"})
    assert (made.status, made.header("location")) == (303, AWAY)
    assert desk.told.made[-1][1].read_back
    assert "The leave is asked for." in desk.served.get(AWAY).text


def test_what_is_not_the_readers_is_as_if_it_were_not_there(desk: Desk) -> None:
    for person, paths in (
        ("support-manager-east-1", (f"{AWAY}/suspend", f"{AWAY}/o-2/lift", f"{AWAY}/o-9/answer", f"{AWAY}/o-1/lift")),
        ("person-sg-1", ("/my-file/away/suspend", AWAY)),
        ("official", (AWAY,)),
    ):
        desk.sits(person)
        for path in paths:
            assert desk.served.get(path).status == 404, (person, path)
    desk.sits("person-sg-1")
    assert desk.served.get("/my-file/away").status == 200
