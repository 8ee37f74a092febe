"""Pages about people as the Team reads them, built from answers of the services without any of them."""

import re
from datetime import date
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2, safeguarder_pb2
from psmf.scheduling.v1 import scheduling_pb2
from starlette.requests import Request

from services.console.views.parts import Away, Found
from services.console.views.people.choices import Limits
from services.console.views.people.frame import PAGES, AskedPerson, frame_of
from services.console.views.people.year import APART, marks_of, strip_of
from services.console.words import words
from services.platform.calls.wire import to_date
from tests.console.fixtures.my_file import ME, POLARITY, TODAY, concern, concerns, meetings, praise, session, standing
from tests.console.fixtures.people import (
    ACTION,
    HELD,
    OBLIGATION,
    OTHERS,
    OWED,
    SESSION,
    about,
    entry,
    evidence,
    found,
    one_item,
    owed,
    people,
    shown,
    year,
)
from tests.console.fixtures.site import rendered

NBSP = "\u00a0"


def test_a_banner_says_who_supports_a_person_until_when_they_are_a_member_and_what_is_next() -> None:
    frame = frame_of(about(), "evidence", TODAY)
    assert frame.banner.name == "Demo Effie Lochend"
    assert frame.banner.says == (
        "support manager Demo Morag Reid",
        f"term ends 2{NBSP}April 2028",
        f"next session Tuesday 15{NBSP}December,{NBSP}10:00",
    )
    assert [link.href for link in frame.pages if link.is_current] == ["/people/sg-1/evidence"]
    assert [link.href for link in frame.pages][:1] == ["/people/sg-1"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"support_manager": ""}, ("no support manager at present", f"term ends 2{NBSP}April 2028")),
        ({"support_manager_name": ""}, ("support manager somebody whose name isn't known here",)),
        ({"terms": []}, ("support manager Demo Morag Reid", "not appointed")),
        (
            {"terms": [safeguarder_pb2.Term(end_date=to_date(date(2026, 3, 31)))]},
            ("support manager Demo Morag Reid", f"term ended 31{NBSP}March 2026"),
        ),
    ],
)
def test_what_is_missing_in_the_register_is_said(fields: dict[str, Any], says: tuple[str, ...]) -> None:
    assert frame_of(about(**fields), "overview", TODAY).banner.says[: len(says)] == says


def test_a_service_that_is_away_leaves_its_part_of_the_banner_out_and_never_says_none() -> None:
    frame = frame_of(AskedPerson(ME, Away("evidence"), Away("scheduling")), "overview", TODAY)
    assert (frame.banner.name, frame.banner.says) == ("A Safeguarder", ())


def test_every_page_of_a_file_has_words_and_stands_once() -> None:
    assert len(set(PAGES)) == len(PAGES)
    assert set(PAGES) <= set(words("people")["pages"])


def test_the_year_stands_in_order_with_the_days_of_sessions_and_what_the_team_owes() -> None:
    marks = marks_of(year(*OWED), meetings(session(), HELD), TODAY)
    assert [(mark.what, mark.says, mark.sign) for mark in marks] == [
        ("Session 1", "Held", "done"),
        ("Training 1", "Late, and owed by the Team", "missed"),
        ("Session 2", "Date confirmed", "to_come"),
        ("Session 3", "To come", "to_come"),
        ("Training 2", "To come", "to_come"),
    ]
    assert marks[2].when == f"Tuesday 15{NBSP}December"
    assert (marks[2].left, marks[3].left) == ("10 working days left", "")


def test_a_session_that_was_moved_or_belongs_to_another_year_is_not_in_the_year() -> None:
    moved = session(2, SESSION.STATE_RESCHEDULED)
    (mark,) = marks_of(year(OWED[1]), meetings(moved), TODAY)
    assert (mark.says, mark.when) == ("To come", "due by tomorrow")
    assert marks_of(
        year(owed(OBLIGATION.KIND_SUPPORT_SESSION, 1, date(2020, 1, 1), window_end_date=None)), meetings(), TODAY
    )
    before = owed(OBLIGATION.KIND_SUPPORT_SESSION, 1, TODAY, window_end_date=to_date(date(2026, 11, 1)))
    assert marks_of(year(before), meetings(), TODAY) == ()


@pytest.mark.parametrize(
    ("fields", "met", "says"),
    [
        ({"delivered": True}, (), ("Held, and no attendance is recorded", "to_come")),
        (
            {"delivered": True, "due_date": to_date(date(2026, 5, 1))},
            (),
            ("Held, and no attendance is recorded", "missed"),
        ),
        ({"clock_state": OBLIGATION.CLOCK_STATE_PAUSED}, (), ("The time stands still", "to_come")),
        (
            {"clock_state": OBLIGATION.CLOCK_STATE_STOPPED, "due_date": to_date(date(2026, 5, 1))},
            (),
            ("To come", "to_come"),
        ),
        ({}, (session(2, SESSION.STATE_NOT_HELD),), ("Not held", "missed")),
        ({}, (session(2, SESSION.STATE_PROPOSED),), ("Date proposed", "to_come")),
    ],
)
def test_each_way_in_which_something_of_the_year_stands_has_words(fields: Any, met: Any, says: Any) -> None:
    one = owed(OBLIGATION.KIND_SUPPORT_SESSION, 2, date(2027, 1, 2), **fields)
    (mark,) = marks_of(year(one), meetings(*met), TODAY)
    assert (mark.says, mark.sign) == says


def test_the_picture_of_the_year_says_what_the_list_says_and_no_two_names_meet() -> None:
    marks = marks_of(year(*OWED), meetings(session(), HELD), TODAY)
    strip = strip_of(year(*OWED), marks, TODAY)
    assert strip is not None
    assert [(mark.name, mark.sign) for mark in strip.marks] == [(mark.what, mark.sign) for mark in marks]
    assert all(f"{mark.what}: {mark.says}, {mark.when}" in strip.says for mark in marks)
    for one in strip.marks:
        beside = [other for other in strip.marks if other is not one and other.name_y == one.name_y]
        assert all(abs(other.text_x - one.text_x) >= APART for other in beside), one
    assert strip_of(year(), (), TODAY) is None
    page = bytes(rendered("person", "typical", Request({"type": "http", "headers": [], "path": "/"})).body).decode()
    drawn = page.partition("<svg")[2].partition("</svg>")[0]
    assert len(re.findall(r"<(circle|path) ", drawn)) == len(marks)
    assert drawn.count("<text") == 2 * len(marks)


def test_five_things_on_one_day_are_all_drawn() -> None:
    same = [owed(one.kind, one.number, date(2026, 12, 9)) for one in OWED]
    marks = marks_of(year(*same), meetings(), TODAY)
    strip = strip_of(year(*same), marks, TODAY)
    assert strip is not None
    assert len(strip.marks) == 5


def overview(**given: Any) -> Any:
    parts: dict[str, Any] = {
        "person": about(),
        "met": year(*OWED),
        "found": concerns(concern(), praise()),
        "stands": Found(standing(actions=[ACTION])),
    }
    return shown(**(parts | given))


def test_an_overview_has_praise_first_and_links_into_the_file() -> None:
    view = overview()
    assert [row.because.split()[0] for row in view.matters] == ["3", "2"]
    assert {row.href.rpartition("/")[0] for row in view.matters} == {"/people/sg-1/matters"}
    assert view.matters[0].with_whom == "Demo Morag Reid has taken it on."
    assert view.session == f"Tuesday 15{NBSP}December,{NBSP}10:00. Session 2 of 3."
    assert [(one.text, one.day_says) for one in view.plan] == [
        ("Reporters know of each visit on the day before.", "Open, due by")
    ]
    assert [one.href for one in view.entries] == ["/people/sg-1/evidence/e-2", "/people/sg-1/evidence/e-1"]


def test_an_empty_file_says_nothing_about_the_person() -> None:
    view = overview(found=concerns(), stands=Found(standing(standards=[])), met=year())
    assert (view.matters_none, view.plan_none) == (
        "Nothing that is open has been raised.", "No action is open or proposed.",
    )  # fmt: skip


def test_what_a_service_that_is_away_would_say_is_never_said_to_be_nothing() -> None:
    view = overview(
        person=about(Away("scheduling")), met=Away("scheduling"), found=Away("rules"), stands=Away("evidence")
    )
    assert (view.matters_none, view.plan_none, view.entries_none, view.session) == ("",) * 4
    assert len(view.away) == 3


def test_items_speak_of_the_person_and_say_what_is_not_shared() -> None:
    view = evidence(evidence_pb2.EvidenceItem(state=evidence_pb2.ITEM_STATE_CURRENT, name=f"{ME}/evidenceItems/e-9",
        kind=evidence_pb2.EVIDENCE_KIND_SELF_ASSESSMENT, source=evidence_pb2.EVIDENCE_SOURCE_SELF))  # fmt: skip
    (row,) = view.rows
    assert (row.title, row.stands, row.href) == (
        "Self-assessment", "Not shown to them yet", "/people/sg-1/evidence/e-9",
    )  # fmt: skip
    item = one_item().item
    assert item.reply.says == "They can reply until"
    assert item.reply.reply is None
    assert item.counts.startswith("It can count against them from")


def test_the_words_of_a_page_for_the_team_never_call_the_reader_the_person_concerned() -> None:
    own, theirs = words("my_file"), words("people")
    for table in ("kinds", "sources", "polarities", "about_work", "in_setting", "counts", "because", "actions"):
        assert list(own[table]) == list(theirs[table]), table
        assert not re.search(r"\byours?\b", str(theirs[table])), table


def test_the_list_of_people_says_who_how_many_and_what_is_next() -> None:
    view = people(entry(), *OTHERS)
    assert view.lead == "3 people"
    assert [row.says[-1] for row in view.rows] == [
        f"next session Tuesday 15{NBSP}December,{NBSP}10:00", "no session planned", "no session planned",
    ]  # fmt: skip
    assert [one.name for one in view.selects] == ["manager", "ends"]


def test_a_list_of_sessions_that_goes_on_lets_nobody_be_without_one() -> None:
    answer = scheduling_pb2.ListSupportSessionsResponse(support_sessions=[session()], next_page_token="more")  # noqa: S106
    assert people(OTHERS[0], met=Found(answer)).rows[0].says[-1] == "not appointed"


def test_limits_stay_in_the_address_of_the_next_page() -> None:
    view = people(entry(), limits=Limits({"manager": "m-1", "ends": "6"}, "token"), more="next")
    assert [page.href for page in view.pages] == ["/people?manager=m-1&ends=6", "/people?manager=m-1&ends=6&page=next"]
    (chosen,) = [choice.value for choice in view.selects[1].choices if choice.is_chosen]
    assert chosen == "6"
    assert people(managers=None).none.startswith("You have nobody on your list.")
    assert people(limits=Limits({"manager": "m-1"})).none.startswith("Nobody you may see is like that.")


def test_a_search_says_when_more_fit_than_are_shown() -> None:
    assert found(entry(), total=27).says.startswith("27 people fit. Here are the 1 that fit best.")
    assert found(entry()).says == "1 person fits."
    assert found().says == "Nobody you may see has this name."
    assert found(entry()).rows[0].says[0] == "number DEMO-0749EDED"


def test_items_are_limited_by_standard_source_kind_and_what_they_say() -> None:
    view = evidence(limits=Limits({"polarity": "praise"}))
    assert [one.name for one in view.limits] == ["standard", "source", "kind", "polarity"]
    assert [choice.text for choice in view.limits[0].choices][:2] == ["Any", "S1 Child at the centre"]
    assert [choice.text for choice in view.limits[3].choices] == ["Any", "Well done", "Neither way", "To discuss"]
    assert [choice.value for choice in view.limits[3].choices if choice.is_chosen] == ["praise"]
    assert view.none == "No item on the file is like that. Choose Any to see every item."
    assert [one.name for one in evidence(editions=Away("rules")).limits] == ["source", "kind", "polarity"]
    more = evidence(more="next", limits=Limits({"kind": "feedback"}, "this"))
    assert [page.href for page in more.pages] == [
        "/people/sg-1/evidence?kind=feedback", "/people/sg-1/evidence?kind=feedback&page=next",
    ]  # fmt: skip


def test_praise_on_an_item_comes_first_for_the_team_too() -> None:
    mappings = [
        evidence_pb2.Mapping(standard="S2", indicator="S2.2", polarity=polarity)
        for polarity in (POLARITY.POLARITY_CONCERN, POLARITY.POLARITY_PRAISE)
    ]
    assert [one.rpartition(": ")[2] for one in one_item(mappings=mappings).item.standards] == [
        "well done",
        "to discuss",
    ]
