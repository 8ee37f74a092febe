"""A concern goes on an agenda once, praise first. No item is lost, and late items surprise nobody (R110, B6, B11)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from services.refusals import Refusal
from services.scheduling.domain.attendance import Attendance, SessionAttendance
from services.scheduling.domain.concerns import Concern, react_to_concern
from services.scheduling.domain.events import (
    AgendaItemAdded,
    AgendaItemSettled,
    SupportSessionCancelled,
    SupportSessionProposed,
    SupportSessionRescheduled,
)
from services.scheduling.domain.identifiers import ConcernId, Party, SessionId
from services.scheduling.domain.sessions.agenda import ItemOutcome, Lane, freezes_on, in_order
from services.scheduling.domain.sessions.diary import (
    Diary,
    DiaryChange,
    Move,
    call_off,
    cancel,
    cancel_to_come,
    carry_over,
    confirm,
    record_attendance,
    reschedule,
    settle_item,
    withdraw,
)
from services.scheduling.domain.sessions.sessions import SessionState, Settlement
from tests.scheduling.builders import (
    BOTH_PRESENT,
    NOW,
    POLICY,
    SAFEGUARDER,
    a_diary,
    a_session,
    a_term,
    an_item,
    at,
)

NEW = SessionId("new")
S1, S2 = SessionId("s1"), SessionId("s2")
JANUARY, MARCH = a_session(at("2027-01-12"), "s1"), a_session(at("2027-03-09"), "s2")


def a_concern(concern_id: str = "c1", lane: Lane = Lane.SUPPORT_NEED, within: int = 0) -> Concern:
    return Concern(ConcernId(concern_id), lane, within)


def react(diary: Diary, concern: Concern, now: datetime = NOW) -> DiaryChange:
    return react_to_concern(diary, concern, now, POLICY, NEW)


def agenda(diary: Diary, session_id: SessionId) -> list[str]:
    return [item.concern_id for item in diary.session(session_id).agenda]


def test_praise_comes_first_then_what_was_added_first() -> None:
    items = [
        an_item("late", added_at=NOW + timedelta(days=2)),
        an_item("early", Lane.SAFETY),
        an_item("praise", Lane.EXCELLENCE, NOW + timedelta(days=3)),
    ]
    assert [item.concern_id for item in in_order(items)] == ["praise", "early", "late"]


def test_a_concern_goes_on_the_agenda_of_the_next_session() -> None:
    change = react(a_diary([MARCH, JANUARY]), a_concern())
    assert (agenda(change.diary, S1), agenda(change.diary, S2)) == (["c1"], [])
    assert change.events == (AgendaItemAdded(SAFEGUARDER, S1, ConcernId("c1")),)


def test_the_same_concern_twice_is_on_the_agenda_once() -> None:
    once = react(a_diary([JANUARY]), a_concern(within=5)).diary
    again = react(once, a_concern(within=5))
    assert again == DiaryChange(once)


def test_a_data_gap_is_the_teams_task_and_on_nobodys_agenda() -> None:
    diary = a_diary([JANUARY])
    assert react(diary, a_concern(lane=Lane.DATA_GAP, within=5)) == DiaryChange(diary)


def test_without_a_session_to_come_a_concern_waits() -> None:
    change = react(a_diary(), a_concern())
    assert [item.concern_id for item in change.diary.waiting] == ["c1"]
    assert change.events == ()
    assert react(change.diary, a_concern()) == DiaryChange(change.diary)


def test_an_agenda_freezes_five_office_days_before_the_session() -> None:
    # 8 January back: 7, 6, 5 January (4 and 1-2 are holidays or days in their place), 31 and 30 December.
    assert freezes_on(at("2027-01-08"), POLICY) == date(2026, 12, 30)
    assert freezes_on(at("2027-03-09"), POLICY) == date(2027, 3, 2)


@pytest.mark.parametrize(("now", "session_id"), [("2027-01-04", S1), ("2027-01-05", S2)])
def test_an_item_that_comes_after_the_agenda_froze_goes_to_the_session_after(now: str, session_id: SessionId) -> None:
    diary = confirm(a_diary([JANUARY, MARCH]), S1, NOW).diary
    assert agenda(react(diary, a_concern(), at(now)).diary, session_id) == ["c1"]


def test_while_a_date_is_only_proposed_its_agenda_stays_open() -> None:
    change = react(a_diary([JANUARY, MARCH]), a_concern(), at("2027-01-11"))
    assert agenda(change.diary, S1) == ["c1"]


def test_a_session_whose_time_has_passed_takes_nothing() -> None:
    change = react(a_diary([JANUARY, MARCH]), a_concern(), JANUARY.starts_at)
    assert agenda(change.diary, S2) == ["c1"]


def test_a_rule_that_wants_a_session_sooner_than_the_next_gets_an_extra_one_proposed() -> None:
    change = react(a_diary([MARCH]), a_concern(within=15))
    extra = change.diary.session(NEW)
    # Ten office days after 24 November, with St Andrew's Day between, is 9 December; fifteen is 16 December.
    assert (extra.starts_at, extra.state) == (at("2026-12-09"), SessionState.PROPOSED)
    assert (extra.obligation_id, extra.number, extra.proposed_for_concern) == (None, 0, "c1")
    assert change.events == (
        SupportSessionProposed(
            SAFEGUARDER, NEW, extra.starts_at, ConcernId("c1"), None, 0, POLICY.session_minutes, extra.support_manager
        ),
        AgendaItemAdded(SAFEGUARDER, NEW, ConcernId("c1")),
    )
    assert agenda(change.diary, S2) == []


def test_when_the_rule_leaves_less_than_the_notice_the_latest_day_it_allows_is_proposed() -> None:
    assert react(a_diary([MARCH]), a_concern(within=5)).diary.session(NEW).starts_at == at("2026-12-02")


def test_a_next_session_soon_enough_needs_no_extra_one() -> None:
    soon = a_session(at("2026-12-02"), "s1")
    assert agenda(react(a_diary([soon, MARCH]), a_concern(within=5)).diary, S1) == ["c1"]


def test_a_next_session_soon_but_frozen_does_not_do_for_a_rule_that_wants_one_soon() -> None:
    soon = confirm(a_diary([a_session(at("2026-11-30", "10:00"), "s1"), MARCH]), S1, NOW).diary
    change = react(soon, a_concern(within=15))
    assert (agenda(change.diary, S1), agenda(change.diary, NEW)) == ([], ["c1"])


def test_a_second_concern_joins_the_extra_session_already_proposed() -> None:
    first = react(a_diary([MARCH]), a_concern(within=10)).diary
    second = react_to_concern(first, a_concern("c2", within=10), NOW, POLICY, SessionId("newer"))
    assert agenda(second.diary, NEW) == ["c1", "c2"]
    assert len(second.diary.sessions) == 2


def test_when_the_manager_has_no_day_free_in_time_the_next_session_has_to_do() -> None:
    days = ["2026-11-25", "2026-11-26", "2026-11-27"]
    engaged = [at(day, clock) for day in days for clock in ("10:00", "13:30")]
    change = react(a_diary([MARCH], manager_engaged_at=engaged), a_concern(within=3))
    assert agenda(change.diary, S2) == ["c1"]


def test_no_extra_session_is_proposed_after_the_term() -> None:
    ending = replace(a_diary(), term=a_term("2023-11-27", "2026-11-26"))
    assert react(ending, a_concern(within=15)).diary.session(NEW).starts_on == date(2026, 11, 26)


def test_items_of_a_session_called_off_go_to_the_next() -> None:
    diary = react(a_diary([JANUARY, MARCH]), a_concern()).diary
    change = cancel(diary, S1, Party.SAFEGUARDER, NOW, POLICY)
    assert agenda(change.diary, S2) == ["c1"]
    assert [item.outcome for item in change.diary.session(S1).agenda] == [ItemOutcome.NOT_REACHED]
    assert change.events == (
        SupportSessionCancelled(SAFEGUARDER, S1, Party.SAFEGUARDER, diary.session(S1).obligation_id),
        AgendaItemAdded(SAFEGUARDER, S2, ConcernId("c1")),
    )


def test_items_of_a_session_not_held_go_to_the_next() -> None:
    diary = react(a_diary([JANUARY, MARCH]), a_concern()).diary
    absent = SessionAttendance(True, Attendance.ABSENT_EXCUSED)
    change = record_attendance(diary, S1, absent, at("2027-01-12", "12:00"), POLICY)
    assert agenda(change.diary, S2) == ["c1"]


def test_what_a_session_left_unsettled_goes_on_to_the_next_and_the_one_after() -> None:
    """P2: an item is on the agenda of session 1, which is held. It goes on until somebody settles it."""
    april = a_session(at("2027-04-13"), "s3")
    diary = react(a_diary([JANUARY, MARCH, april]), a_concern()).diary
    change = record_attendance(diary, S1, BOTH_PRESENT, at("2027-01-12", "12:00"), POLICY)
    assert [item.outcome for item in change.diary.session(S1).agenda] == [ItemOutcome.CARRIED_FORWARD]
    assert agenda(change.diary, S2) == ["c1"]
    assert change.events[-1] == AgendaItemAdded(SAFEGUARDER, S2, ConcernId("c1"))
    diary = record_attendance(change.diary, S2, BOTH_PRESENT, at("2027-03-09", "12:00"), POLICY).diary
    assert agenda(diary, SessionId("s3")) == ["c1"]


def test_what_is_left_on_a_session_that_nobody_recorded_goes_on_the_day_after() -> None:
    """P2: and once more changes nothing."""
    diary = react(a_diary([JANUARY, MARCH]), a_concern()).diary
    assert carry_over(diary, at("2027-01-12", "23:59"), POLICY) == DiaryChange(diary)
    moved = carry_over(diary, at("2027-01-13", "00:00"), POLICY).diary
    assert (agenda(moved, S2), moved.session(S1).unsettled) == (["c1"], ())
    assert carry_over(moved, at("2027-01-14"), POLICY) == DiaryChange(moved)


def test_a_matter_settled_after_the_session_leaves_the_agenda_to_which_it_had_moved_on() -> None:
    """P2: the record is written later than the session."""
    held = at("2027-01-12", "12:00")
    diary = record_attendance(react(a_diary([JANUARY, MARCH]), a_concern()).diary, S1, BOTH_PRESENT, held, POLICY).diary
    change = settle_item(diary, Settlement(S1, ConcernId("c1"), ItemOutcome.ACTION), held, POLICY)
    assert [item.outcome for item in change.diary.session(S1).agenda] == [ItemOutcome.ACTION]
    assert agenda(change.diary, S2) == []
    assert change.events == (AgendaItemSettled(SAFEGUARDER, S1, ConcernId("c1"), "action"),)


def test_what_was_settled_at_a_session_that_turns_out_not_to_have_been_held_goes_on() -> None:
    """P2: the correction of the attendance reaches the agenda."""
    held = at("2027-01-12", "12:00")
    diary = record_attendance(react(a_diary([JANUARY, MARCH]), a_concern()).diary, S1, BOTH_PRESENT, held, POLICY).diary
    diary = settle_item(diary, Settlement(S1, ConcernId("c1"), ItemOutcome.ACTION), held, POLICY).diary
    diary = record_attendance(diary, S1, SessionAttendance(True, Attendance.ABSENT_EXCUSED), held, POLICY).diary
    assert agenda(diary, S2) == ["c1"]


def test_a_concern_that_is_reopened_is_discussed_again() -> None:
    """P2: a person dismissed it by mistake."""
    diary = withdraw(react(a_diary([JANUARY]), a_concern()).diary, ConcernId("c1")).diary
    again = react(diary, a_concern()).diary
    assert [item.outcome for item in again.session(S1).agenda] == [ItemOutcome.WITHDRAWN, None]


def test_an_open_item_takes_the_lane_that_its_concern_has_now() -> None:
    diary = react(a_diary([JANUARY], waiting=[an_item("c2")]), a_concern()).diary
    diary = react(react(diary, a_concern(lane=Lane.SAFETY)).diary, a_concern("c2", Lane.ESCALATION)).diary
    assert [item.lane for item in (*diary.session(S1).agenda, *diary.waiting)] == [Lane.SAFETY, Lane.ESCALATION]


@pytest.mark.parametrize("lane", list(Lane))
@pytest.mark.parametrize("outcome", list(ItemOutcome))
def test_praise_is_acknowledged_and_nothing_else_is(lane: Lane, outcome: ItemOutcome) -> None:
    praise, concern = {ItemOutcome.ACKNOWLEDGED}, {ItemOutcome.ACTION, ItemOutcome.NO_ACTION}
    suits = (praise if lane is Lane.EXCELLENCE else concern) | {ItemOutcome.CARRIED_FORWARD}
    held = replace(JANUARY, state=SessionState.HELD, agenda=(an_item("c1", lane),))
    said = Settlement(S1, ConcernId("c1"), outcome)
    if outcome in suits:
        assert settle_item(a_diary([held]), said, NOW, POLICY).diary.session(S1).agenda[0].outcome is outcome
    else:
        with pytest.raises(Refusal, match="OUTCOME_DOES_NOT_SUIT"):
            settle_item(a_diary([held]), said, NOW, POLICY)


def test_an_item_is_settled_only_at_a_session_that_was_held_and_that_has_it() -> None:
    said = Settlement(S1, ConcernId("c1"), ItemOutcome.ACTION)
    with pytest.raises(Refusal, match="SESSION_NOT_HELD"):
        settle_item(react(a_diary([JANUARY]), a_concern()).diary, said, NOW, POLICY)
    with pytest.raises(Refusal, match="ITEM_NOT_ON_AGENDA"):
        settle_item(a_diary([replace(JANUARY, state=SessionState.HELD)]), said, NOW, POLICY)


def test_a_session_whose_time_has_passed_is_recorded_and_not_cancelled() -> None:
    """P2: a person cancels a session to come only."""
    diary = a_diary([JANUARY])
    with pytest.raises(Refusal, match="SESSION_IN_PAST"):
        call_off(diary, S1, Party.TEAM, JANUARY.starts_at, POLICY)
    assert call_off(diary, S1, Party.SAFEGUARDER, NOW, POLICY).diary.session(S1).cancelled_by is Party.SAFEGUARDER


def test_items_that_went_on_do_not_go_on_twice_when_it_turns_out_that_the_session_was_held() -> None:
    diary = react(a_diary([JANUARY, MARCH]), a_concern()).diary
    after = at("2027-01-12", "12:00")
    absent = SessionAttendance(True, Attendance.AWAITING_EVIDENCE)
    diary = record_attendance(diary, S1, absent, after, POLICY).diary
    diary = record_attendance(diary, S1, BOTH_PRESENT, after, POLICY).diary
    assert agenda(diary, S2) == ["c1"]


def test_a_moved_session_keeps_its_agenda_and_takes_what_waits() -> None:
    diary = a_diary([replace(JANUARY, agenda=(an_item("c1"),))], waiting=[an_item("praise", Lane.EXCELLENCE)])
    change = reschedule(diary, Move(S1, at("2027-01-19"), Party.TEAM, NEW), NOW, POLICY)
    assert agenda(change.diary, NEW) == ["praise", "c1"]
    assert [type(event) for event in change.events] == [SupportSessionRescheduled, AgendaItemAdded]


@pytest.mark.parametrize(
    ("starts_at", "refusal"),
    [
        (at("2029-11-02"), "START_OUTSIDE_TERM"),
        (at("2027-03-09", "11:00"), "SUPPORT_MANAGER_ENGAGED"),
        (at("2027-02-09", "08:31"), "SUPPORT_MANAGER_ENGAGED"),
    ],
)
def test_a_session_is_not_moved_out_of_the_term_or_onto_another(starts_at: datetime, refusal: str) -> None:
    diary = a_diary([JANUARY, MARCH], manager_engaged_at=[at("2027-02-09")])
    with pytest.raises(Refusal, match=refusal):
        reschedule(diary, Move(S1, starts_at, Party.SAFEGUARDER, NEW), NOW, POLICY)


def test_a_session_is_not_moved_to_before_the_appointment() -> None:
    diary = replace(a_diary([JANUARY]), term=a_term("2027-01-04", "2030-01-03"))
    with pytest.raises(Refusal, match="START_OUTSIDE_TERM"):
        reschedule(diary, Move(S1, at("2026-12-15"), Party.TEAM, NEW), NOW, POLICY)


def test_an_unknown_session_is_not_found() -> None:
    with pytest.raises(Refusal, match="SESSION_NOT_FOUND"):
        confirm(a_diary(), S1, NOW)


def test_a_concern_that_a_person_closed_is_withdrawn_from_what_is_to_come() -> None:
    diary = react(a_diary([JANUARY], waiting=[an_item("c2")]), a_concern()).diary
    diary = withdraw(withdraw(diary, ConcernId("c1")).diary, ConcernId("c2")).diary
    assert [item.outcome for item in diary.session(S1).agenda] == [ItemOutcome.WITHDRAWN]
    assert diary.waiting == ()
    assert diary.session(S1).is_open


def test_an_extra_session_only_proposed_for_a_concern_goes_with_it() -> None:
    diary = react(a_diary([MARCH]), a_concern(within=10)).diary
    change = withdraw(diary, ConcernId("c1"))
    assert change.diary.session(NEW).state is SessionState.CANCELLED
    assert change.events == (SupportSessionCancelled(SAFEGUARDER, NEW, Party.TEAM, None),)


def test_an_extra_session_already_confirmed_stays_for_the_two_to_settle() -> None:
    diary = confirm(react(a_diary([MARCH]), a_concern(within=10)).diary, NEW, NOW).diary
    assert withdraw(diary, ConcernId("c1")).diary.session(NEW).state is SessionState.CONFIRMED


def test_an_extra_session_with_something_else_to_discuss_stays() -> None:
    diary = react(a_diary([MARCH]), a_concern(within=10)).diary
    diary = react(diary, a_concern("c2")).diary
    assert withdraw(diary, ConcernId("c1")).diary.session(NEW).is_open


def test_when_membership_ends_every_session_to_come_is_called_off_and_nothing_waits() -> None:
    diary = react(a_diary([JANUARY, MARCH], waiting=[an_item("c2")]), a_concern()).diary
    change = cancel_to_come(diary, NOW)
    assert {session.state for session in change.diary.sessions} == {SessionState.CANCELLED}
    assert [item.outcome for session in change.diary.sessions for item in session.agenda] == [ItemOutcome.WITHDRAWN]
    assert change.diary.waiting == ()
    assert len(change.events) == 2


def test_after_membership_ended_who_was_at_a_session_before_can_still_be_recorded() -> None:
    diary = cancel_to_come(a_diary([a_session(at("2026-11-23"), "s1")]), NOW).diary
    assert record_attendance(diary, S1, BOTH_PRESENT, NOW, POLICY).diary.sessions[0].state is SessionState.HELD
