"""The states of a support session: proposed, confirmed, held or not held, moved or cancelled (D3, R102, R103)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.refusals import Refusal
from services.scheduling.domain.attendance import AbsenceReason, Attendance, Mode, SessionAttendance
from services.scheduling.domain.events import (
    SupportSessionAttendanceRecorded,
    SupportSessionCancelled,
    SupportSessionConfirmed,
    SupportSessionRescheduled,
)
from services.scheduling.domain.identifiers import Party, SessionId
from services.scheduling.domain.sessions.sessions import (
    SessionState,
    SupportSession,
    cancel,
    confirm,
    record_attendance,
    reschedule,
)
from tests.scheduling.builders import BOTH_PRESENT, NOW, POLICY, SAFEGUARDER, a_session, an_item, at

STARTS_AT = at("2027-01-12")
AFTER = STARTS_AT + timedelta(hours=3)
SESSION_ID = SessionId("session-1")


def confirmed(session: SupportSession | None = None) -> SupportSession:
    return confirm(session or a_session(STARTS_AT), NOW)[0]


def recorded(attendance: SessionAttendance, session: SupportSession | None = None) -> SupportSession:
    return record_attendance(session or confirmed(), attendance, AFTER, POLICY)[0]


def held() -> SupportSession:
    return recorded(BOTH_PRESENT)


def absent(attendance: Attendance, *, team_present: bool = True) -> SessionAttendance:
    return SessionAttendance(team_present, attendance)


def test_a_proposed_date_is_set_by_confirming_it() -> None:
    session, event = confirm(a_session(STARTS_AT), NOW)
    assert session.state is SessionState.CONFIRMED
    assert event == SupportSessionConfirmed(SAFEGUARDER, SESSION_ID, STARTS_AT, session.obligation_id)


def test_moving_a_session_makes_another_linked_to_it_with_who_asked() -> None:
    new_start = at("2027-01-19")
    moved, new, event = reschedule(confirmed(), new_start, Party.SAFEGUARDER, NOW, SessionId("session-2"))
    assert (moved.state, moved.rescheduled_to, moved.rescheduled_by) == (
        SessionState.RESCHEDULED,
        "session-2",
        Party.SAFEGUARDER,
    )
    assert (new.state, new.rescheduled_from, new.starts_at) == (SessionState.PROPOSED, SESSION_ID, new_start)
    assert (new.obligation_id, new.number) == (moved.obligation_id, moved.number)
    assert event == SupportSessionRescheduled(
        SAFEGUARDER,
        SESSION_ID,
        SessionId("session-2"),
        new_start,
        Party.SAFEGUARDER,
        moved.obligation_id,
        None,
        SessionState.PROPOSED,
        moved.number,
        moved.minutes,
        moved.support_manager,
    )


def test_the_agenda_goes_with_a_moved_session() -> None:
    session = replace(a_session(STARTS_AT), agenda=(an_item("c1"),))
    moved, new, _ = reschedule(session, at("2027-01-19"), Party.TEAM, NOW, SessionId("session-2"))
    assert (moved.agenda, new.agenda) == ((), (an_item("c1"),))


def test_a_session_called_off_says_by_whom() -> None:
    session, event = cancel(confirmed(), Party.TEAM)
    assert (session.state, session.cancelled_by) == (SessionState.CANCELLED, Party.TEAM)
    assert event == SupportSessionCancelled(SAFEGUARDER, SESSION_ID, Party.TEAM, session.obligation_id)


def test_each_change_of_the_calendar_entry_raises_its_sequence_and_keeps_its_uid() -> None:
    proposed = a_session(STARTS_AT)
    set_date = confirmed(proposed)
    _, new, _ = reschedule(set_date, at("2027-01-19"), Party.TEAM, NOW, SessionId("session-2"))
    called_off, _ = cancel(new, Party.TEAM)
    entries = [proposed, set_date, new, called_off]
    assert [entry.calendar_sequence for entry in entries] == [0, 1, 2, 3]
    assert {entry.calendar_uid for entry in entries} == {"session-1"}


@pytest.mark.parametrize(
    ("team_present", "attendance", "state", "delivered", "attended"),
    [
        (True, Attendance.ATTENDED, SessionState.HELD, True, True),
        (True, Attendance.PART, SessionState.HELD, True, True),
        (True, Attendance.LATE, SessionState.HELD, True, True),
        (True, Attendance.ABSENT_EXCUSED, SessionState.NOT_HELD, True, False),
        (True, Attendance.ABSENT_UNEXCUSED, SessionState.NOT_HELD, True, False),
        (True, Attendance.AWAITING_EVIDENCE, SessionState.NOT_HELD, True, False),
        (False, Attendance.ATTENDED, SessionState.NOT_HELD, False, True),
        (False, Attendance.ABSENT_EXCUSED, SessionState.NOT_HELD, False, False),
    ],
)
def test_delivered_means_the_team_was_there_and_attended_means_the_safeguarder_was(
    team_present: bool, attendance: Attendance, state: SessionState, delivered: bool, attended: bool
) -> None:
    session = recorded(SessionAttendance(team_present, attendance, Mode.ONLINE))
    assert session.state is state
    assert session.attendance is not None
    assert (session.attendance.delivered, session.attendance.attended) == (delivered, attended)


def test_attendance_at_a_core_session_is_published_with_its_london_date() -> None:
    session, event = record_attendance(confirmed(), BOTH_PRESENT, AFTER, POLICY)
    assert session.obligation_id is not None
    assert event == SupportSessionAttendanceRecorded(
        SAFEGUARDER,
        SESSION_ID,
        date(2027, 1, 12),
        True,
        Attendance.ATTENDED,
        AFTER,
        session.obligation_id,
        reply_due_on=date(2027, 1, 26),
        mode=Mode.FACE_TO_FACE,
    )
    missed = record_attendance(confirmed(), absent(Attendance.AWAITING_EVIDENCE), AFTER, POLICY)[1]
    assert missed is not None
    assert missed.mode is None, "it was not held in any way"


def test_an_extra_one_to_one_is_outside_every_count() -> None:
    extra = confirmed(a_session(STARTS_AT, core=False))
    assert record_attendance(extra, BOTH_PRESENT, AFTER, POLICY)[1] is None


def test_absence_awaiting_its_reason_is_settled_later() -> None:
    waiting = recorded(absent(Attendance.AWAITING_EVIDENCE))
    excused = SessionAttendance(True, Attendance.ABSENT_EXCUSED, absence_reason=AbsenceReason.HEARING_OR_COURT)
    settled, event = record_attendance(waiting, excused, AFTER + timedelta(days=3), POLICY)
    assert settled.attendance == excused
    assert event is not None
    assert event.attendance is Attendance.ABSENT_EXCUSED


@pytest.mark.parametrize("said", Attendance)
@pytest.mark.parametrize("again", Attendance)
def test_the_same_record_again_is_not_published_and_any_other_is(said: Attendance, again: Attendance) -> None:
    """P4, P9: what somebody records twice does not begin the time to reply again, whatever is said of the room."""
    first = recorded(SessionAttendance(True, said, Mode.ONLINE))
    later = SessionAttendance(True, again, Mode.FACE_TO_FACE)
    after, event = record_attendance(first, later, AFTER + timedelta(days=30), POLICY)
    assert (event is None) is (said is again)
    assert after.attendance == later


def test_a_session_at_which_the_team_was_absent_after_all_is_published() -> None:
    """P9: the words about the person are the same, and the Team's part is not."""
    first = recorded(absent(Attendance.ABSENT_EXCUSED))
    event = record_attendance(first, absent(Attendance.ABSENT_EXCUSED, team_present=False), AFTER, POLICY)[1]
    assert event is not None
    assert not event.team_present


@pytest.mark.parametrize(
    ("proposed_on", "refused"),
    [("2026-12-24", True), ("2026-12-23", False), ("2027-01-12", True)],
)
def test_absence_is_never_unexcused_from_a_session_proposed_too_late_and_not_confirmed(
    proposed_on: str, refused: bool
) -> None:
    # From 23 December: the 24th, 29th to 31st, then 5-8, 11 and 12 January are ten office days.
    session = a_session(STARTS_AT, proposed_at=at(proposed_on, "09:00"))
    unexcused = absent(Attendance.ABSENT_UNEXCUSED)
    if refused:
        with pytest.raises(Refusal, match="NOT_OFFERED_IN_TIME"):
            recorded(unexcused, session)
    else:
        assert recorded(unexcused, session).state is SessionState.NOT_HELD


def test_who_confirmed_a_date_at_short_notice_agreed_to_it_also_when_attendance_is_corrected() -> None:
    late = confirmed(a_session(STARTS_AT, proposed_at=at("2027-01-11")))
    waiting = recorded(absent(Attendance.AWAITING_EVIDENCE), late)
    assert recorded(absent(Attendance.ABSENT_UNEXCUSED), waiting).state is SessionState.NOT_HELD


def test_a_moved_date_has_to_be_confirmed_anew() -> None:
    _, new, _ = reschedule(confirmed(), at("2026-12-01"), Party.TEAM, NOW, SessionId("session-2"))
    unexcused = absent(Attendance.ABSENT_UNEXCUSED)
    with pytest.raises(Refusal, match="NOT_OFFERED_IN_TIME"):
        record_attendance(new, unexcused, at("2026-12-01", "12:00"), POLICY)


@pytest.mark.parametrize(
    ("attendance", "refusal"),
    [
        (absent(Attendance.ABSENT_UNEXCUSED, team_present=False), "TEAM_ABSENT"),
        (SessionAttendance(True, Attendance.ATTENDED), "MODE_NEEDED"),
        (
            SessionAttendance(True, Attendance.ATTENDED, Mode.ONLINE, AbsenceReason.NONE_GIVEN),
            "REASON_WITHOUT_ABSENCE",
        ),
    ],
)
def test_attendance_that_contradicts_itself_is_refused(attendance: SessionAttendance, refusal: str) -> None:
    with pytest.raises(Refusal, match=refusal):
        recorded(attendance)


CALLED_OFF = cancel(a_session(STARTS_AT), Party.TEAM)[0]
MOVED = reschedule(a_session(STARTS_AT), at("2027-01-19"), Party.TEAM, NOW, SessionId("session-2"))[0]
PAST = a_session(at("2026-11-23"))


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        (lambda: confirm(confirmed(), NOW), "SESSION_NOT_PROPOSED"),
        (lambda: confirm(CALLED_OFF, NOW), "SESSION_NOT_PROPOSED"),
        (lambda: confirm(PAST, NOW), "SESSION_IN_PAST"),
        (lambda: reschedule(MOVED, at("2027-02-02"), Party.TEAM, NOW, SessionId("x")), "SESSION_NOT_OPEN"),
        (lambda: reschedule(PAST, at("2027-02-02"), Party.TEAM, NOW, SessionId("x")), "SESSION_IN_PAST"),
        (lambda: reschedule(confirmed(), NOW, Party.TEAM, NOW, SessionId("x")), "START_IN_PAST"),
        (lambda: reschedule(confirmed(), STARTS_AT, Party.TEAM, NOW, SessionId("x")), "START_UNCHANGED"),
        (lambda: cancel(held(), Party.SAFEGUARDER), "SESSION_NOT_OPEN"),
        (lambda: recorded(BOTH_PRESENT, CALLED_OFF), "SESSION_CANNOT_BE_RECORDED"),
        (lambda: recorded(BOTH_PRESENT, MOVED), "SESSION_CANNOT_BE_RECORDED"),
        (lambda: recorded(BOTH_PRESENT, replace(held(), record_closed_at=AFTER)), "SESSION_CANNOT_BE_RECORDED"),
        (
            lambda: record_attendance(confirmed(), BOTH_PRESENT, STARTS_AT - timedelta(minutes=1), POLICY),
            "SESSION_STILL_TO_COME",
        ),
    ],
)
def test_what_a_sessions_state_does_not_allow_is_refused(attempt: Callable[[], object], refusal: str) -> None:
    with pytest.raises(Refusal) as refused:
        attempt()
    assert refused.value.reason == refusal
    assert refused.value.message
