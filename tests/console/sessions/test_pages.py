"""The pages of sessions, on services that answer as they are told: who reaches them, and steps sent, refused, away."""

import html

from services.console.failures import MaybeDone, NotDone
from services.refusals import conflict, precondition
from tests.console.fixtures.my_file import ME, session
from tests.console.fixtures.sessions import STATE
from tests.console.sessions.desk import PAGE, Desk

DAY = {"day-day": "14", "day-month": "12", "day-year": "2026", "at": "10:00", "asked_by": "team", "reason": "urgent"}
OF_THE_TEAM = (PAGE, f"{PAGE}/prepare", f"{PAGE}/calendar", f"{PAGE}/move", "/people/sg-1/sessions")


def test_the_team_reaches_the_sessions_of_its_people_and_nobody_else_does(desk: Desk) -> None:
    for path in (*OF_THE_TEAM, "/sessions"):
        assert desk.served.get(path).status == 200, path
    for person in ("official", "person-sg-1", "person-sg-2"):
        desk.sits(person)
        none = desk.served.get("/nothing")
        for path in (*OF_THE_TEAM, "/sessions"):
            answer = desk.served.get(path)
            assert (answer.status, answer.body) == (404, none.body), (person, path)


def test_a_senior_manager_reads_and_is_shown_no_step(desk: Desk) -> None:
    desk.sits("senior-manager-west")
    page = desk.served.get(PAGE)
    assert page.status == 200
    assert f'href="{PAGE}/move"' not in page.text
    none = desk.served.get("/nothing")
    for path in (f"{PAGE}/move", f"{PAGE}/cancel", f"{PAGE}/record/attendance", "/sessions"):
        answer = desk.served.get(path)
        assert (answer.status, answer.body) == (404, none.body), path


def test_a_person_or_session_that_is_not_the_readers_is_not_there(desk: Desk) -> None:
    none = desk.served.get("/nothing")
    for path in ("/people/sg-9/sessions", "/people/sg-9/sessions/s-2", "/people/sg-1/sessions/s-8", f"{PAGE}/nothing"):
        answer = desk.served.get(path)
        assert (answer.status, answer.body) == (404, none.body), path


def test_a_safeguarder_reads_their_own_session_and_asks_for_another_time(desk: Desk) -> None:
    desk.sits("person-sg-1")
    own = "/my-file/sessions/s-2"
    for path in (own, f"{own}/prepare"):
        assert desk.served.get(path).status == 200
    for step in ("cancel", "record/attendance"):
        assert desk.served.get(f"{own}/{step}").status == 404
    answer = desk.send(f"{own}/move", **(DAY | {"asked_by": "team"}))
    assert (answer.status, answer.header("location")) == (303, "/my-file/sessions/s-9")
    ((name, step, _, fields),) = desk.told.made
    assert (name, step, fields["asked_by"]) == (f"{ME}/supportSessions/s-2", "move", "safeguarder")


def test_after_a_step_the_session_says_once_what_was_done(desk: Desk) -> None:
    desk.told.session_now = session(state=STATE.STATE_PROPOSED)
    answer = desk.send(f"{PAGE}/confirm")
    assert (answer.status, answer.header("location")) == (303, PAGE)
    assert "The date is set. Demo Effie Lochend has been told." in desk.served.get(PAGE).text
    assert "has been told" not in desk.served.get(PAGE).text


def test_a_wrong_time_comes_back_as_it_was_typed_and_nothing_is_sent(desk: Desk) -> None:
    answer = desk.send(f"{PAGE}/move", **(DAY | {"at": "25:00"}))
    assert answer.status == 422
    assert 'value="25:00"' in answer.text
    assert "<title>Error: " in answer.text
    assert desk.told.made == []


def test_a_time_that_is_taken_is_said_at_the_day_with_everything_kept(desk: Desk) -> None:
    desk.told.fails = NotDone(conflict("SUPPORT_MANAGER_ENGAGED", "…", field="start_time"))
    answer = desk.send(f"{PAGE}/move", **DAY)
    assert answer.status == 422
    assert "There is another session at that time." in answer.text
    assert 'value="10:00"' in answer.text
    desk.told.fails = None
    assert desk.again(answer, f"{PAGE}/move", **(DAY | {"at": "11:00"})).status == 303
    first, second = (sent.request_id for _, _, sent, _ in desk.told.made)
    assert first != second, "another time is another request"


def test_a_session_that_changed_meanwhile_is_shown_as_it_is_with_the_reason(desk: Desk) -> None:
    desk.told.session_now = session(state=STATE.STATE_PROPOSED)
    opened = desk.served.get(f"{PAGE}/confirm")
    desk.told.session_now = session(state=STATE.STATE_CONFIRMED)
    desk.told.fails = NotDone(precondition("SESSION_NOT_PROPOSED", "…"))
    answer = desk.again(opened, f"{PAGE}/confirm")
    assert answer.status == 409
    assert "The session has changed since you opened the form." in answer.text
    assert desk.served.get(f"{PAGE}/confirm").status == 409
    assert "The date is set already." in html.unescape(desk.served.get(f"{PAGE}/confirm").text)


def test_with_scheduling_away_the_words_stay_and_the_step_is_sent_again_once(desk: Desk) -> None:
    desk.told.fails = MaybeDone("scheduling")
    answer = desk.send(f"{PAGE}/move", **DAY)
    assert answer.status == 503
    desk.told.fails = None
    assert desk.again(answer, f"{PAGE}/move").status == 303
    first, second = desk.told.made
    assert first == second


def test_a_calendar_file_has_no_name_of_a_person_in_its_name(desk: Desk) -> None:
    answer = desk.served.get(f"{PAGE}/calendar")
    assert answer.header("content-disposition") == 'attachment; filename="s.ics"'
    assert answer.header("content-type").startswith("text/calendar")
