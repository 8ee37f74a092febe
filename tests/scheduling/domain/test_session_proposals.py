"""Three dates are proposed over the rest of the window, on office days, in daytime, with notice (R105)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendar_days import WorkingCalendar, is_working_day, london_today, working_days_between
from services.scheduling.domain.attendance import Attendance, SessionAttendance
from services.scheduling.domain.events import (
    AgendaItemAdded,
    SupportSessionHandedOver,
    SupportSessionProposed,
    SupportSessionRescheduled,
)
from services.scheduling.domain.identifiers import ObligationId, Party, SessionId, SupportManagerId
from services.scheduling.domain.obligations.clocks import ClockState, Pause, PauseReason
from services.scheduling.domain.obligations.obligations import end_membership, open_obligations
from services.scheduling.domain.sessions.diary import Diary, DiaryChange, record_attendance
from services.scheduling.domain.sessions.proposals import (
    after_sessions,
    call_off_met,
    hand_over,
    propose_sessions,
    sessions_without_date,
)
from services.scheduling.domain.sessions.session_dates import spread
from services.scheduling.domain.sessions.sessions import SessionState
from tests.scheduling.builders import (
    BOTH_PRESENT,
    NOW,
    POLICY,
    SAFEGUARDER,
    TODAY,
    a_diary,
    a_session,
    a_term,
    an_item,
    an_obligation,
    at,
    obligation_ids,
    obligations_of,
    paused,
    session_ids,
)
from tests.sizes import part_of

LONDON = ZoneInfo("Europe/London")


def proposed_for(diary: Diary, now: datetime = NOW) -> Diary:
    return propose_sessions(diary, obligations_of(a_term()), now, POLICY, session_ids()).diary


def test_on_appointment_three_sessions_are_spread_over_the_year() -> None:
    change = propose_sessions(a_diary(), obligations_of(a_term()), NOW, POLICY, session_ids())
    # The middle of what is left of each third: from 9 December, when notice ends, to 3 March, then from 4 March to
    # 2 July, whose middle is a bank holiday, and from 4 July to 1 November.
    assert [(session.number, session.starts_at) for session in change.diary.sessions] == [
        (1, at("2027-01-20")),
        (2, at("2027-05-04")),
        (3, at("2027-09-02")),
    ]
    assert change.events == tuple(
        SupportSessionProposed(
            SAFEGUARDER,
            session.session_id,
            session.starts_at,
            None,
            session.obligation_id,
            number,
            POLICY.session_minutes,
            change.diary.support_manager,
        )
        for number, session in enumerate(change.diary.sessions, 1)
    )


def test_proposing_again_proposes_nothing_twice() -> None:
    diary = proposed_for(a_diary())
    assert propose_sessions(diary, obligations_of(a_term()), NOW, POLICY, session_ids("again")).events == ()


def test_a_day_on_which_the_manager_has_enough_sessions_is_avoided() -> None:
    full = [at("2027-01-20", "09:00"), at("2027-01-20", "15:00")]
    assert proposed_for(a_diary(manager_engaged_at=full)).sessions[0].starts_on == date(2027, 1, 19)


def test_a_second_session_of_the_managers_day_starts_when_the_first_is_over() -> None:
    assert proposed_for(a_diary(manager_engaged_at=[at("2027-01-20", "11:00")])).sessions[0].starts_at == at(
        "2027-01-20", "13:30"
    )


def test_late_in_the_window_the_dates_lie_closer_together() -> None:
    now = at("2027-09-20")
    days = [session.starts_on for session in proposed_for(a_diary(), now).sessions]
    assert len(days) == 3
    assert date(2027, 10, 4) <= days[0] < days[1] < days[2] <= date(2027, 11, 1)


def test_a_session_for_which_no_day_is_left_stays_without_date_for_a_person_to_arrange() -> None:
    late = at("2027-10-25")
    obligations = obligations_of(a_term())
    change = propose_sessions(a_diary(), obligations, late, POLICY, session_ids())
    assert change.events == ()
    without = sessions_without_date(change.diary, obligations, london_today(late))
    assert [owed.number for owed in without] == [1, 2, 3]


def test_with_two_office_days_left_two_sessions_get_a_day_each_and_one_gets_none() -> None:
    # Notice ends on Friday 29 October 2027; the window on Monday 1 November.
    now = at("2027-10-15")
    diary = proposed_for(a_diary(), now)
    assert [(session.number, session.starts_on) for session in diary.sessions] == [
        (1, date(2027, 10, 29)),
        (2, date(2027, 11, 1)),
    ]
    without = sessions_without_date(diary, obligations_of(a_term()), london_today(now))
    assert [owed.number for owed in without] == [3]


def test_nothing_is_proposed_while_a_clock_is_paused_or_after_it_stopped() -> None:
    obligations = obligations_of(a_term())
    suspended = paused(obligations, Pause("s1", PauseReason.SUSPENDED, TODAY))
    ended = end_membership(obligations, date(2026, 11, 23))
    for standing_still in (suspended, ended):
        assert propose_sessions(a_diary(), standing_still, NOW, POLICY, session_ids()).events == ()


def test_next_years_sessions_are_proposed_in_next_years_window() -> None:
    known = obligations_of(a_term())
    diary = proposed_for(a_diary())
    anniversary = date(2027, 11, 2)
    opened, _ = open_obligations(a_term(), known, anniversary, POLICY, obligation_ids())
    next_year = tuple(replace(owed, obligation_id=ObligationId(f"next-{owed.obligation_id}")) for owed in opened)
    met = tuple(replace(owed, clock=replace(owed.clock, met_on=anniversary)) for owed in known)
    change = propose_sessions(diary, (*met, *next_year), at("2027-11-02"), POLICY, session_ids("next"))
    days = [session.starts_on for session in change.diary.sessions if session.session_id.startswith("next")]
    assert len(days) == 3
    assert all(anniversary <= day <= date(2028, 11, 1) for day in days)


def test_what_waits_for_a_session_goes_on_the_first_agenda() -> None:
    change = propose_sessions(a_diary(waiting=[an_item("c1")]), obligations_of(a_term()), NOW, POLICY, session_ids())
    assert change.diary.waiting == ()
    assert [item.concern_id for item in change.diary.sessions[0].agenda] == ["c1"]
    assert isinstance(change.events[-1], AgendaItemAdded)


def test_after_a_session_that_was_not_held_another_date_is_proposed_for_it() -> None:
    diary = proposed_for(a_diary())
    first = diary.sessions[0]
    later = first.starts_at + timedelta(hours=2)
    excused = SessionAttendance(True, Attendance.ABSENT_EXCUSED)
    diary = record_attendance(diary, first.session_id, excused, later, POLICY).diary
    change = propose_sessions(diary, obligations_of(a_term()), later, POLICY, session_ids("again"))
    again = [session for session in change.diary.sessions if session.session_id == "again-1"]
    assert [(session.number, session.obligation_id) for session in again] == [(1, first.obligation_id)]


def test_an_obligation_is_met_on_the_day_a_session_is_held_for_it() -> None:
    owed = an_obligation()
    diary = a_diary([a_session(at("2026-11-20"))])
    held = record_attendance(diary, diary.sessions[0].session_id, BOTH_PRESENT, NOW, POLICY).diary
    after = after_sessions(owed, held)
    assert (after.delivered, after.attended) == (True, True)
    assert after.clock.state_on(date(2026, 11, 20)) is ClockState.STOPPED


def test_a_date_proposed_for_an_obligation_that_turns_out_to_be_met_is_called_off() -> None:
    owed = an_obligation()
    again = replace(a_session(at("2027-03-09"), "again"), agenda=(an_item("c1"),))
    next_one = replace(a_session(at("2027-05-11"), "next"), obligation_id=ObligationId("obligation-2"))
    diary = a_diary([a_session(at("2026-11-20")), again, next_one])
    held = record_attendance(diary, diary.sessions[0].session_id, BOTH_PRESENT, NOW, POLICY).diary
    change = call_off_met(held, after_sessions(owed, held), NOW, POLICY)
    assert [session.state for session in change.diary.sessions] == [
        SessionState.HELD,
        SessionState.CANCELLED,
        SessionState.PROPOSED,
    ]
    assert [item.concern_id for item in change.diary.sessions[2].agenda] == ["c1"]
    assert call_off_met(diary, owed, NOW, POLICY) == DiaryChange(diary)


def test_an_obligation_is_not_met_when_each_side_came_to_a_different_session() -> None:
    owed = an_obligation()
    team_only = SessionAttendance(True, Attendance.ABSENT_EXCUSED)
    safeguarder_only = SessionAttendance(False, Attendance.ATTENDED)
    diary = a_diary([a_session(at("2026-11-19"), "s1"), a_session(at("2026-11-20"), "s2")])
    for session, attendance in zip(diary.sessions, (team_only, safeguarder_only), strict=True):
        diary = record_attendance(diary, session.session_id, attendance, NOW, POLICY).diary
    after = after_sessions(owed, diary)
    assert (after.delivered, after.attended) == (True, True)
    assert after.clock.state_on(TODAY) is ClockState.RUNNING


def test_a_new_support_manager_takes_over_the_sessions_to_come() -> None:
    other = SupportManagerId("east-2")
    change = hand_over(replace(proposed_for(a_diary()), support_manager=other), NOW, POLICY, session_ids("moved"))
    assert {session.support_manager for session in change.diary.sessions} == {other}
    assert {session.calendar_sequence for session in change.diary.sessions} == {1}
    assert change.events == tuple(
        SupportSessionHandedOver(SAFEGUARDER, session.session_id, other) for session in change.diary.sessions
    )


def test_a_session_at_which_the_new_manager_is_engaged_is_moved_by_the_team() -> None:
    diary = proposed_for(a_diary())
    first = diary.sessions[0]
    taken = replace(diary, support_manager=SupportManagerId("east-2"), manager_engaged_at=frozenset({first.starts_at}))
    change = hand_over(taken, NOW, POLICY, session_ids("moved"))
    assert [type(event) for event in change.events] == [
        SupportSessionRescheduled,
        SupportSessionHandedOver,
        SupportSessionHandedOver,
    ]
    new = change.diary.session(SessionId("moved-1"))
    assert (new.starts_at, new.support_manager) == (at("2027-01-20", "13:30"), "east-2")
    moved = change.diary.session(first.session_id)
    assert (moved.state, moved.rescheduled_by) == (SessionState.RESCHEDULED, Party.TEAM)


def test_a_session_whose_time_has_passed_stays_with_the_manager_who_was_there() -> None:
    past = a_diary([a_session(at("2026-11-23"))])
    other = replace(past, support_manager=SupportManagerId("east-2"))
    assert hand_over(other, NOW, POLICY, session_ids()).diary == other


@given(st.dates(date(2016, 1, 1), date(2036, 1, 1)), st.integers(0, 400), st.integers(1, 5))
def test_spread_days_lie_within_in_order_and_evenly(first: date, more: int, number: int) -> None:
    last = first + timedelta(days=more)
    days = spread(first, last, number)
    assert len(days) == number
    assert all(first <= day <= last for day in days)
    gaps = {(later - earlier).days for earlier, later in pairwise(days)}
    assert not gaps or max(gaps) - min(gaps) <= 1


@settings(max_examples=part_of(100), deadline=None)
@given(st.integers(0, 370), st.sets(st.integers(0, 400), max_size=40))
def test_every_proposed_start_is_a_working_day_in_daytime_with_notice_and_free_for_both(
    days_later: int, engaged: set[int]
) -> None:
    now = NOW + timedelta(days=days_later)
    busy = [at(str(TODAY + timedelta(days=n)), clock) for n in engaged for clock in ("10:30", "14:00")]
    sessions = proposed_for(a_diary(manager_engaged_at=busy), now).sessions
    assert len({session.starts_on for session in sessions}) == len(sessions)
    assert [session.number for session in sessions] == sorted(session.number for session in sessions)
    for session in sessions:
        assert is_working_day(WorkingCalendar.OFFICE, session.starts_on)
        assert 8 <= session.starts_at.astimezone(LONDON).hour < 18
        assert working_days_between(WorkingCalendar.OFFICE, london_today(now), session.starts_on) >= 10
        assert session.starts_on <= date(2027, 11, 1)
        assert session.starts_on not in {london_today(start) for start in busy}
