"""On Today stands what the reader's side owes by a day that has passed or is near, and nothing stands twice."""

from datetime import date
from typing import Any

import pytest
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import duties_pb2

from services.console.views import today as views
from services.console.views.parts import Away, Found
from services.console.words import words
from services.platform.calls.wire import to_date
from tests.console.test_today_view import concern, page

DUTY = duties_pb2.Duty


def duty(**fields: Any) -> Any:
    """Return a talk that the support manager owes, due this week."""
    given: dict[str, Any] = {
        "name": "safeguarders/sg-1/duties/d-1",
        "kind": DUTY.KIND_REVIEW_ACTION,
        "owed_by": DUTY.OWED_BY_SUPPORT_MANAGER,
        "about": "safeguarders/sg-1/actions/a-1",
        "state": DUTY.STATE_RUNNING,
        "due_date": to_date(date(2026, 12, 4)),
    }
    return DUTY(**(given | fields))


def owed(*duties: Any, concerns: tuple[Any, ...] = (), role: str = "support_manager") -> dict[str, list[Any]]:
    """Return the rows of what is owed, by group."""
    view = page(*concerns, duties=Found(duties_pb2.ListDutiesResponse(duties=duties)), role=role)
    return {group.id: [row for row in group.rows if row.tag.text == "To do"] for group in view.groups}


def test_what_the_readers_side_owes_stands_there_with_its_day_and_its_page() -> None:
    late = {"due_date": to_date(date(2026, 11, 26)), "overdue": True}
    ((group, (row,)),) = owed(duty(**late)).items()
    assert (group, row.name, row.topic) == (
        "overdue",
        "Demo Ailsa Braeside",
        "a talk about an action whose day has passed",
    )
    assert (row.why, row.left, row.href) == (
        "It's for their support manager to do.",
        "2 working days overdue",
        "/people/sg-1/plan",
    )
    assert list(owed(duty())) == ["week"]


@pytest.mark.parametrize(
    "fields",
    [
        {"owed_by": DUTY.OWED_BY_PANEL_TEAM},
        {"state": DUTY.STATE_STANDING_STILL},
        {"state": DUTY.STATE_MET},
        {"due_date": to_date(date(2026, 12, 9))},
        {"kind": DUTY.KIND_ANSWER_COMPLAINT},
    ],
)
def test_what_others_owe_what_stands_still_and_what_is_far_off_is_not_on_the_page(fields: dict[str, Any]) -> None:
    assert owed(duty(**fields)) == {}


def test_what_a_matter_rests_on_is_not_said_twice() -> None:
    why = rules_pb2.Explanation(because="A support is late.", duties=[rules_pb2.OverdueDuty(duty_id="d-1")])
    assert owed(duty(), concerns=(concern(explanation=why),)) == {"week": []}


@pytest.mark.parametrize(
    ("kind", "about", "href"),
    [
        (DUTY.KIND_SHARE_RECORD, "supportSessions/s-1/record", "/people/sg-1/sessions/s-1"),
        (DUTY.KIND_ASSIGN_REVIEW, "reviewRequests/r-1", "/reviews/sg-1/r-1"),
        (DUTY.KIND_SHARE_RECOMMENDATION, "recommendations/m-1", "/recommendations/sg-1/m-1"),
        (DUTY.KIND_SHARE_RECOMMENDATION, "terms/t-1", "/recommendations/sg-1"),
        (DUTY.KIND_FINALISE_PLAN, "developmentPlan", "/people/sg-1/plan"),
        (DUTY.KIND_ALLOCATE_ANOTHER, "personLinks/l-1", "/people/sg-1"),
    ],
)
def test_what_is_owed_leads_to_where_it_is_done(kind: Any, about: str, href: str) -> None:
    (row,) = owed(duty(kind=kind, about=f"safeguarders/sg-1/{about}"))["week"]
    assert row.href == href


def test_every_kind_that_staff_owe_has_its_words() -> None:
    """A Safeguarder's own duties are on their pages."""
    kinds = {name.removeprefix("KIND_").lower() for name in dict(DUTY.Kind.items())}
    theirs = {"answer_record", "answer_support", "give_view", "acknowledge_approach", "representations"}
    assert kinds - {"unspecified"} - theirs - views.WITH_ITEMS == set(words("today")["owed"])


def test_while_scheduling_is_away_nobody_reads_that_nothing_is_overdue() -> None:
    view = page(duties=Away("scheduling"))
    numbers = dict(zip(views.GROUPS, (count.number for count in view.counts), strict=True))
    assert (numbers["overdue"], numbers["week"], numbers["safety"]) == ("?", "?", "0")
    assert view.away
    assert not view.empty
