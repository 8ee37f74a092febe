"""What the Team sees of who supports whom: nobody is forgotten, and nothing compares how anybody works."""

from datetime import date
from typing import Any

import pytest
from psmf.evidence.v1 import directory_pb2, safeguarder_pb2
from psmf.rules.v1 import rules_pb2

from services.client.addresses import SERVICES
from services.console.forms.answers import TypedDay
from services.console.forms.team import TypedChange, TypedCover, read_change, read_cover, request_id_for
from services.console.views import status
from services.console.views.asked import FormPage
from services.console.views.parts import Away, Found
from services.console.views.team import forms, start
from services.console.views.team.people import groups_of, team_of
from services.console.words import words
from services.platform.calls.wire import to_date
from services.refusals import Refusal, invalid, precondition
from tests.console.fixtures.team import (
    ANDREW,
    DELEGATION,
    LINKED,
    MORAG,
    NOW,
    SENT,
    TODAY,
    TYPED,
    delegation,
    loaded,
    matter,
    meeting,
    nobodys_page,
    team,
    waiting,
)

NBSP = "\u00a0"
PERSON = safeguarder_pb2.Safeguarder
DAYS = {"from_date-day": "1", "from_date-month": "12", "from_date-year": "2026"} | {
    "to_date-day": "14", "to_date-month": "12", "to_date-year": "2026",
}  # fmt: skip


def entry(number: int, state: Any = PERSON.STATE_APPOINTED, until: date = date(2028, 1, 1), manager: str = "") -> Any:
    term = safeguarder_pb2.Term(end_date=to_date(until))
    return PERSON(name=f"safeguarders/sg-{number}", state=state, terms=[term], support_manager=manager)


def test_whom_nobody_supports_is_everybody_who_serves_and_has_no_support_manager() -> None:
    register = [
        entry(1),
        entry(2, manager=MORAG.id),
        entry(3, PERSON.STATE_APPLICANT),
        entry(4, PERSON.STATE_ENDED, TODAY),
        entry(5, PERSON.STATE_ENDED, date(2026, 11, 30)),
        entry(6, until=date(2026, 11, 30)),
    ]
    found = team_of(directory_pb2.ListColleaguesResponse(), register, TODAY)
    assert [person.id for person in found.without] == ["sg-1", "sg-4"]
    assert [person.id for person in found.of(MORAG.id)] == ["sg-2"]


def test_the_page_says_who_has_nobody_or_that_nobody_is_forgotten() -> None:
    view = start.build(team(without=1), Found([]), NOW)
    assert [link.href for link in view.without] == ["/team/people/sg-x0/manager"]
    assert (
        start.build(team(), Found([]), NOW).without_none == "Everybody who serves has a support manager. That is good."
    )


def test_cover_that_one_decision_made_is_one_line() -> None:
    other = delegation(4, reason=DELEGATION.REASON_HANDOVER)
    groups = groups_of([delegation(2), delegation(1), other])
    assert [len(group.names) for group in groups] == [2, 1]
    assert groups[0].id == "safeguarders/sg-1/delegations/d-1"
    view = start.build(team(), Found([delegation(2), delegation(1)]), NOW)
    assert view.covers == (
        f"Demo Andrew Keir acts for Demo Morag Reid about 2 people, "
        f"from 1{NBSP}December 2026 to 14{NBSP}December 2026: away.",
    )


def test_a_service_that_is_away_is_no_comfort() -> None:
    view = start.build(team(), Away("scheduling"), NOW)
    assert (view.covers, view.covers_none, len(view.away)) == ((), "", 1)


def test_what_nobody_has_taken_on_stands_with_its_age_the_longest_first() -> None:
    thursday, owned = date(2026, 11, 26), waiting(1, date(2026, 11, 2), owner=MORAG.id)
    page = nobodys_page(team(2), waiting(0, TODAY), waiting(1, thursday), owned)
    assert page.lead == "Nobody has taken on 2 matters. The one that waits longest stands first."
    assert [(row.name, row.href) for row in page.rows] == [
        ("Demo Ailsa Braeside 1", "/people/sg-1/matters/c-1"),
        ("Demo Ailsa Braeside 0", "/people/sg-0/matters/c-0"),
    ]
    assert page.rows[0].owner.replace("\N{NO-BREAK SPACE}", " ") == (
        "It has waited since Thursday 26 November, 2 working days. Demo Morag Reid supports them."
    )
    assert nobodys_page(team(2), owned).lead == "Every open matter has somebody who has taken it on. That is good."
    assert nobodys_page(team(2), away=True).lead == "", "nobody says that all is well while nobody knows"
    untold = nobodys_page(team(2), waiting(0, TODAY), untold=("safeguarders/sg-0/concerns/c-0",))
    assert untold.rows[0].owner.endswith("So far nobody could be told of it.")
    many = nobodys_page(team(), *[waiting(n, TODAY) for n in range(120)])
    assert (len(many.rows), "120 matters. The 100" in many.lead) == (100, True)


def test_the_load_is_in_order_of_name_and_counts_what_is_with_somebody() -> None:
    matters = [
        matter(0), matter(1, MORAG.id), matter(2, ANDREW.id), matter(0, "senior"),
        matter(1, lane=rules_pb2.LANE_DATA_GAP), matter(2, lane=rules_pb2.LANE_EXCELLENCE),
    ]  # fmt: skip
    view = loaded(team(), Found([meeting(MORAG.id), meeting(MORAG.id)]), Found(matters))
    assert [(row.name, row.people, row.sessions, row.matters) for row in view.rows] == [
        ("Demo Andrew Keir", "0", "0", "1"),
        ("Demo Morag Reid", "3", "2", "3"),
    ]


def test_a_number_that_nobody_knows_is_no_nought() -> None:
    view = loaded(team(), Away("scheduling"), Away("rules"))
    assert {(row.sessions, row.matters) for row in view.rows} == {("?", "?")}
    assert view.not_known


def shown(view: FormPage) -> Any:
    assert view.form is not None
    return view.form


def cover(typed: TypedCover = TYPED, refusal: Refusal | None = None) -> FormPage:
    return forms.cover_form(team(), MORAG, typed, SENT, TODAY, refusal)


def test_cover_is_for_everybody_whom_somebody_supports_and_says_so_before_the_button() -> None:
    form = shown(cover())
    assert form.effect.startswith("It covers the 3 people whom Demo Morag Reid supports now.")
    assert [choice.value for choice in form.questions[0].choices] == [ANDREW.id]
    assert forms.cover_form(team(0), MORAG, TYPED, SENT, TODAY).form is None


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (invalid("DAY_PAST", "…", "from_date"), "Enter today or a later day."),
        (
            invalid("DELEGATION_TOO_LONG", "…", "to_date", latest="2027-02-28"),
            f"Enter 28{NBSP}February 2027 or an earlier",
        ),
        (precondition("DELEGATE_AWAY", "…", "delegate"), "Somebody else acts for them on these days"),
        (invalid("A_NEW_REASON", "Text for a program.", "reason"), "This answer can't be taken."),
    ],
)
def test_what_the_service_refuses_is_said_in_our_words_and_the_answer_stays(refusal: Refusal, error: str) -> None:
    view = cover(refusal=refusal)
    (said,) = shown(view).errors
    assert said.text.startswith(error)
    assert view.heading.title.startswith("Error: ")
    assert [choice.value for choice in shown(view).questions[0].choices if choice.is_chosen] == [ANDREW.id]
    assert [box.value for box in shown(view).questions[1].boxes] == ["1", "12", "2026"]


def test_who_is_not_covered_is_named_with_the_reason() -> None:
    notice = forms.not_covered([(team().people[0], LINKED)], 2)
    assert notice.says == (
        "2 of 3 people are covered. Not covered:",
        "Demo Ailsa Braeside 0: a link with the person who would act is declared",
    )


@pytest.mark.parametrize(
    ("sent", "faults"),
    [
        (DAYS | {"delegate": ANDREW.id, "reason": "absence"}, {}),
        ({}, {"delegate": "missing", "from_date": "missing", "to_date": "missing", "reason": "missing"}),
        (DAYS | {"delegate": "../x", "reason": "poor"}, {"delegate": "missing", "reason": "missing"}),
        (DAYS | {"delegate": "m", "reason": "workload", "to_date-month": "13"}, {"to_date": "not_a_day"}),
    ],
)
def test_what_was_answered_is_read(sent: dict[str, str], faults: dict[str, str]) -> None:
    assert read_cover(sent).faults == faults
    if not faults:
        assert read_cover(sent).answer == TYPED.answer
        assert TYPED.first == TypedDay("1", "12", "2026")


def test_each_person_has_a_request_id_that_is_the_same_when_the_form_is_sent_again() -> None:
    ids = [request_id_for("r-1", person.record) for person in team().people]
    assert len(set(ids)) == 3
    assert ids == [request_id_for("r-1", person.record) for person in team().people]
    assert request_id_for("r-2", team().people[0].record) != ids[0]


def test_cover_is_ended_by_choosing_it_and_one_alone_is_chosen_already() -> None:
    groups = groups_of([delegation(1), delegation(2)])
    form = shown(forms.end_form(team(), MORAG, groups, SENT, is_missing=False))
    assert [(choice.value, choice.is_chosen) for choice in form.questions[0].choices] == [(groups[0].id, True)]
    assert forms.end_form(team(), MORAG, (), SENT, is_missing=False).form is None


def test_somebody_gets_another_support_manager_for_a_reason_and_a_first_one_without() -> None:
    first, other = team(1, without=1).people[1], team(1).people[0]
    names = [
        [one.name for one in shown(forms.change_form(team(), who, TypedChange(), SENT)).questions]
        for who in (first, other)
    ]
    assert names == [["manager"], ["manager", "reason"]]
    offered = shown(forms.change_form(team(), other, TypedChange(), SENT)).questions[0].choices
    assert [choice.value for choice in offered] == [ANDREW.id], "nobody is given whom they have"
    assert read_change({"manager": ANDREW.id}, [ANDREW.id], asks_why=False) == TypedChange(ANDREW.id, "appointed")
    assert read_change({"manager": ANDREW.id}, [ANDREW.id], asks_why=True).faults == {"reason": "missing"}
    assert read_change({"manager": "x", "reason": "appointed"}, [ANDREW.id], asks_why=True).faults.keys() == {
        "manager",
        "reason",
    }


def test_the_status_says_which_part_is_away_and_what_that_means() -> None:
    well = status.build(dict.fromkeys(SERVICES, True), NOW)
    assert (well.lead, {row.means for row in well.rows}) == ("Every part answers. As of 09:02.", {""})
    view = status.build({service: service != "rules" for service in SERVICES}, NOW)
    assert view.lead.startswith("One part doesn't answer. As of 09:02.")
    assert [row.means for row in view.rows if row.means] == [
        "Until it does, matters, rules and figures can't be shown or changed."
    ]
    assert sorted(words("about")["status"]["means"]) == sorted(SERVICES)
