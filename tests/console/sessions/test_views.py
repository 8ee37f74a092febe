"""Sessions as people read them: praise first, the same sheet for both sides, and what stands in the way of a step."""

from datetime import UTC, datetime, time
from typing import Any

import pytest
from psmf.evidence.v1 import session_records_pb2

from services.console.calls.sessions import attendance_fields
from services.console.forms import sessions as forms
from services.console.views.parts import Away
from services.console.views.sessions import lists, one
from services.console.views.sessions.reader import Reader
from services.platform.calls.wire import to_instant
from tests.console.fixtures.my_file import MANAGER, ME, NOW, TODAY, meetings, session
from tests.console.fixtures.my_reading import record
from tests.console.fixtures.sessions import (
    ENGAGED,
    HELD,
    NAMES,
    OWN,
    PACK,
    SENIOR,
    STATE,
    TEAM,
    asked_of,
    beside,
    entry,
    form,
    held,
    page,
    papers,
    sheet_page,
    with_agenda,
)

BEGUN: dict[str, Any] = {"start_time": to_instant(HELD)}
MOVES = ("confirm", "move", "cancel", "record/attendance")


def test_the_sheet_says_first_what_went_well() -> None:
    found = sheet_page(papers()).sheet.parts
    assert [part.id for part in found] == ["praise", "own", "matters", "new", "without", "agreed"]
    assert [len(part.lines) for part in found] == [1, 1, 1, 1, 1, 2]
    praise, own = found[0].lines[0], found[1].lines[0]
    assert (praise.title, praise.quoted) == ("Feedback from the Reporter", "Spoke with every child alone.")
    assert own.quoted == "How reports should name other agencies."
    assert found[2].lines[0].href == "/people/sg-1/matters/c-1"
    assert found[3].lines[0].reply == "I rang on the day before."


def test_both_sides_read_the_same_sheet() -> None:
    team, own = (sheet_page(papers(items_not_shared=0), reader).sheet for reader in (TEAM, OWN))
    for theirs, mine in zip(team.parts, own.parts, strict=True):
        assert [(line.title, line.says, line.quoted, line.reply) for line in theirs.lines] == [
            (line.title, line.says, line.quoted, line.reply) for line in mine.lines
        ]


def test_an_empty_sheet_says_so_in_each_part() -> None:
    found = sheet_page(papers(entries=[], own_items=[])).sheet.parts
    assert all(part.none and not part.lines for part in found)


def test_papers_say_when_they_close_or_closed() -> None:
    open_now, closed, void = (
        sheet_page(papers(state=state)).sheet.closes
        for state in (PACK.STATE_GROWING, PACK.STATE_FROZEN, PACK.STATE_VOID)
    )
    assert open_now.startswith("The papers close on Tuesday 8")
    assert closed.startswith("The papers closed on 8")
    assert "doesn't take place" in void
    assert sheet_page(papers(freeze_time=None)).sheet.closes == "The papers close once the date is confirmed."


def test_what_a_service_does_not_answer_is_still_on_the_sheet_by_its_kind() -> None:
    away = {name: Away("rules") for name in ("concerns", "items", "plan", "editions")}
    view = sheet_page(papers(), around=beside(**away), met=Away("scheduling"))
    assert [line.title for part in view.sheet.parts for line in part.lines] == [
        "Feedback", "Added on 1\N{NO-BREAK SPACE}December 2026.", "A matter", "Feedback", "S3", "Change practice",
        "Work with a mentor",
    ]  # fmt: skip
    assert len(view.away) == 2


def test_an_item_that_came_too_late_says_whether_it_is_admitted() -> None:
    late = session_records_pb2.LateItem
    given = [
        late(entry=entry(2, f"{ME}/evidenceItems/e-1"), state=state)
        for state in (late.STATE_OFFERED, late.STATE_ADMITTED)
    ]
    found = sheet_page(papers(late_items=given)).sheet.late
    assert [line.says[-1] for line in found] == ["Offered, and not admitted yet.", "Admitted."]


@pytest.mark.parametrize(
    ("state", "begun", "possible"),
    [
        (STATE.STATE_PROPOSED, False, ("confirm", "move", "cancel")),
        (STATE.STATE_CONFIRMED, False, ("move", "cancel")),
        (STATE.STATE_PROPOSED, True, ("record/attendance",)),
        (STATE.STATE_CONFIRMED, True, ("record/attendance",)),
        (STATE.STATE_HELD, True, ("record/attendance",)),
        (STATE.STATE_NOT_HELD, True, ("record/attendance",)),
        (STATE.STATE_RESCHEDULED, False, ()),
        (STATE.STATE_CANCELLED, True, ()),
    ],
)
def test_each_step_on_a_session_is_possible_or_says_why_not(state: int, begun: bool, possible: tuple[str, ...]) -> None:
    found = session(state=state, **(BEGUN if begun else {}))
    steps = one.steps(asked_of(found), TEAM, NOW)
    assert tuple(steps) == MOVES
    assert tuple(step for step, why in steps.items() if not why) == possible
    own = one.steps(asked_of(found), OWN, NOW)
    assert tuple(own) == ("own-item", "confirm", "move")
    assert [not own[step] for step in ("confirm", "move")] == [not steps[step] for step in ("confirm", "move")]
    assert one.steps(asked_of(found), SENIOR, NOW) == {}


def test_a_link_to_the_record_is_shown_to_those_who_may_open_it() -> None:
    def to_record(reader: Reader, kept: object) -> list[str]:
        return [link.text for link in page(held(), reader, kept).links if link.href.endswith("/record")]

    draft = record(state=session_records_pb2.SessionRecord.STATE_DRAFTED)
    assert to_record(TEAM, None) == ["Write the record"]
    assert to_record(TEAM, draft) == ["Go on with the record"]
    assert to_record(SENIOR, None) == to_record(OWN, None) == []
    assert to_record(OWN, record()) == to_record(SENIOR, record()) == ["Read the record"]


def test_a_session_that_was_moved_leads_to_the_one_in_its_place() -> None:
    moved = session(state=STATE.STATE_RESCHEDULED, rescheduled_to=f"{ME}/supportSessions/s-9")
    assert [link.href for link in page(moved).links] == ["/people/sg-1/sessions/s-9"]
    again = page(session(state=STATE.STATE_PROPOSED, move_reason="travel_or_weather"))
    assert "It was moved: travel or the weather." in again.says


def test_silence_on_a_record_is_never_shown_as_agreement() -> None:
    kinds = session_records_pb2.SessionRecord
    given = record(state=kinds.STATE_CLOSED, ending=kinds.ENDING_NO_ANSWER)
    for reader in (TEAM, OWN):
        assert one.record_stands(given, reader, TODAY).endswith("Nothing is taken as agreed.")


def test_all_sessions_of_a_manager_stand_by_their_day_and_those_nobody_recorded_before_them() -> None:
    past = session(3, STATE.STATE_CONFIRMED, **BEGUN)
    covered = session(1, support_manager="support-manager-west-1")
    view = lists.build_diary(meetings(session(), past, covered).answer, NAMES, MANAGER, NOW, TODAY)
    rows = (*view.unrecorded, *view.rows)
    assert {row.href.rpartition("/")[2] for row in rows} == {"s-1", "s-2", "s-3"}
    acts = [row.href for row in rows if "You act for their support manager." in row.says]
    assert acts == ["/people/sg-1/sessions/s-1"]
    assert [row.href for row in view.unrecorded][-1] == "/people/sg-1/sessions/s-3"
    assert view.rows[0].name == "Demo Effie Lochend"
    assert lists.build_diary(meetings().answer, NAMES, MANAGER, NOW, TODAY).lead.startswith("No session is planned")


def test_the_matters_of_an_agenda_stand_as_sentences_and_not_as_ids() -> None:
    (line,) = page(with_agenda()).agenda
    assert line.title.startswith("2 reports in the last 12 months")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("10:00", time(10)), ("9.30", time(9, 30)), ("1430", time(14, 30)), ("14", time(14)), (" 8:05 ", time(8, 5)),
        ("25:00", None), ("ten", None), ("", None), ("10:60", None), ("\u0661\u0660:00", None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_type_it(typed: str, read: time | None) -> None:
    assert forms.read_time(typed) == read


MOVE = {"day-day": "14", "day-month": "12", "day-year": "2026", "at": "10:00", "asked_by": "team", "reason": "none"}


def test_another_time_is_asked_for_by_the_clocks_of_scotland() -> None:
    summer = forms.read("move", MOVE | {"day-month": "July"})
    assert summer.faults == {}
    assert forms.fields_of("move", summer) == {
        "start_time": datetime(2026, 7, 14, 9, tzinfo=UTC), "asked_by": "team"
    }  # fmt: skip
    skipped = forms.read("move", MOVE | {"day-day": "28", "day-month": "3", "day-year": "2027", "at": "1:30"})
    assert skipped.faults == {"at": "not_a_time"}


def test_a_safeguarder_is_never_asked_whose_wish_it_is() -> None:
    typed = forms.read("move", MOVE | {"asked_by": "team", "reason": "urgent"}, is_own=True)
    assert forms.fields_of("move", typed)["asked_by"] == "safeguarder"
    names = [question.name for question in form("move", reader=OWN).form.questions]
    assert names == ["time", "day", "at", "reason"]
    assert "team" not in [one.value for one in form("move", reader=OWN).form.questions[3].choices]


def test_a_time_that_is_suggested_needs_no_day_to_be_typed() -> None:
    (first, *_, other) = form("move").form.questions[0].choices
    assert (first.text, other.value) == ("Wednesday 16\N{NO-BREAK SPACE}December,\N{NO-BREAK SPACE}10:00", "other")
    chosen = forms.read("move", {"asked_by": "team", "reason": "none", "time": first.value})
    assert (chosen.faults, forms.fields_of("move", chosen)["start_time"]) == (
        {},
        datetime(2026, 12, 16, 10, tzinfo=UTC),
    )
    for none in ("other", "", "16 December", "99999999999"):
        assert forms.read("move", {"asked_by": "team", "time": none}).faults == {"day": "missing"}, none
    taken = forms.Typed({"asked_by": "team", "reason": "", "time": first.value})
    marked = {one.name for one in form("move", taken, ENGAGED).form.questions if one.error}
    assert marked == {"time"}


def test_how_it_was_held_is_asked_only_of_a_session_that_was() -> None:
    assert forms.read("attendance", {"came": "attended"}).faults == {"mode": "missing"}
    away = forms.read("attendance", {"came": "team_absent", "mode": "online"})
    assert away.faults == {}
    fields = attendance_fields(**forms.fields_of("attendance", forms.Typed({"came": "team_absent", "mode": "online"})))
    assert "mode" not in fields
    assert (fields["team_present"], fields["team_present_answer"]) == (False, 2)


def test_no_name_of_a_person_stands_in_the_title_of_a_tab() -> None:
    views = (page(with_agenda()), sheet_page(papers()), form("move"))
    assert [view for view in views if "Effie" in view.heading.title] == []
