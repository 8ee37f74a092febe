"""The timeline on a page: what happened in the order of time, from all services, with each correction both ways."""

import re
from pathlib import Path

import pytest
from psmf.platform.v1 import timeline_pb2
from starlette.requests import Request

from services.client.words import word_of
from services.console.views.people import timeline
from services.console.views.people.choices import Limits
from services.platform.calls.timeline import entry
from tests.console.fixtures.my_file import ME
from tests.console.fixtures.site import rendered
from tests.console.fixtures.timeline import ALL, MANY, PAGES, SENTENCE, answers, at, of_person, own
from tests.console.site import Site, site

NBSP = "\u00a0"
STAFF = ("support-manager-east-1", "senior-manager-west", "panel-team")


@pytest.fixture
def open_site(tmp_path: Path) -> Site:
    return site(tmp_path)


def test_rows_of_all_services_stand_in_one_order_each_with_its_page() -> None:
    rows = of_person(answers()).rows
    assert [(row.title, row.href) for row in rows][:6] == [
        ("A message was sent", ""),
        ("Feedback from the Reporter: a reply", "/people/sg-1/evidence/e-2"),
        ("A review was asked for", "/reviews/sg-1/g-1"),
        ("A matter to discuss: taken on", "/people/sg-1/matters/c-1"),
        ("A matter to discuss: raised", "/people/sg-1/matters/c-1"),
        ("Feedback from the Reporter: corrected", "/people/sg-1/evidence/e-2"),
    ]
    assert rows[4].about == (SENTENCE,)
    assert rows[0].day.text == "today"


def test_the_person_concerned_reads_the_same_with_the_addresses_of_their_own_file() -> None:
    theirs, seen = own(answers()).rows, of_person(answers()).rows
    assert [row.title for row in theirs] == [row.title for row in seen]
    assert {row.href for row in theirs} >= {
        *("/my-file/evidence/e-1", "/my-file/matters/c-1", "/my-file/sessions/s-1", "/my-file/reviews/g-1"),
    }
    assert not any(row.href.startswith("/people") for row in theirs)


def test_a_correction_leads_to_what_it_corrects_and_that_leads_to_the_correction() -> None:
    rows = {row.title: row for row in of_person(answers()).rows}
    new, old = rows["Feedback from the Reporter: corrected"], rows["Feedback from the Reporter"]
    assert new.about[0] == "A fact was entered wrongly."
    assert [[link.href for link in row.corrections] for row in (new, old)] == [[old.href], [new.href]]


def test_a_row_says_who_did_it_and_when_it_was_recorded_where_that_is_another_day() -> None:
    item = next(row for row in of_person(answers()).rows if row.title == "Feedback from the Reporter")
    assert (item.day.text, item.by) == (f"Wednesday 11{NBSP}November", f"Recorded on 18{NBSP}November 2026 by you")
    theirs = next(row for row in own(answers()).rows if row.title == "Feedback from the Reporter")
    assert theirs.by == f"Recorded on 18{NBSP}November 2026 by Demo Morag Reid"


def test_a_page_ends_after_fifty_and_the_next_one_begins_there_with_the_same_limits() -> None:
    view = of_person(answers(MANY), Limits({"kind": "feedback"}))
    assert len(view.rows) == timeline.MOST
    (older,) = view.pages
    places = sorted((one.place for kept in MANY.values() for one in kept), reverse=True)
    assert older.href == f"/people/sg-1/timeline?kind=feedback&page={places[timeline.MOST - 1]}"
    assert of_person(answers()).pages == ()


def test_nothing_is_called_nothing_only_where_every_service_answered() -> None:
    assert of_person(answers({})).none.startswith("Nothing is on file yet.")
    assert own(answers({})).none.startswith("Nothing is on file yet. That says nothing about you.")
    assert of_person(answers({}), Limits({"kind": "feedback"})).none.startswith("Nothing on file is like that.")
    away = own(answers({}, silent=("rules",)))
    assert (away.none, len(away.away)) == ("", 1)


@pytest.mark.parametrize("number", timeline_pb2.TimelineEntry.What.values()[1:])
def test_everything_that_can_happen_has_words_for_both(number: int) -> None:
    what = timeline_pb2.TimelineEntry(what=number)  # type: ignore[arg-type]
    one = entry(word_of(what, "what"), f"{ME}/x/1", "feedback", at=at(1), source="child", word="upheld")
    for view in (of_person(answers({"rules": [one]})), own(answers({"rules": [one]}))):
        assert view.rows[0].title
        assert "{" not in view.rows[0].title


@pytest.mark.parametrize("page", PAGES)
def test_no_id_and_no_word_of_the_wire_is_on_the_page(page: str) -> None:
    shown = bytes(rendered(page, "typical", Request({"type": "http", "headers": [], "path": "/"})).body).decode()
    text = re.sub(r"<[^>]*>", " ", shown.partition("<main")[2].partition("</main>")[0])
    assert "Feedback from the Reporter" in text
    assert not re.search(r"_|sg-1|panel-team|safeguarders/", text)


def test_the_page_stands_while_services_are_away_and_names_them(open_site: Site) -> None:
    open_site.sign_in(STAFF[0])
    shown = open_site.get("/people/sg-1/timeline")
    assert shown.status == 200
    assert shown.text.count("didn&#39;t answer") == len(ALL)


def test_it_is_there_for_those_who_work_with_files_and_the_person_alone(open_site: Site) -> None:
    for person, path in [(one, "/people/sg-1/timeline") for one in STAFF] + [("person-sg-1", "/my-file/timeline")]:
        open_site.cookie = ""
        open_site.sign_in(person)
        assert open_site.get(path).status == 200, "what is away is named"
    for person, path in (("official", "/people/sg-1/timeline"), ("person-sg-2", "/people/sg-1/timeline"),
                         (STAFF[0], "/my-file/timeline"), ("official", "/my-file/timeline")):  # fmt: skip
        open_site.cookie = ""
        open_site.sign_in(person)
        none, answer = open_site.get("/nothing"), open_site.get(path)
        assert (answer.status, answer.body) == (404, none.body), (person, path)
