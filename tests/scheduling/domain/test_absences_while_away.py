"""An absence on a day of leave or suspension is never unexcused, and no time to reply to one counts such days (R90)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendar_days import Days, WorkingCalendar, is_working_day, london_today
from services.refusals import Refusal
from services.scheduling.domain import schedule as domain
from services.scheduling.domain.attendance import (
    AbsenceReview,
    Attendance,
    Away,
    SessionAttendance,
    Told,
    TrainingAttendance,
    tell,
    tell_again,
)
from services.scheduling.domain.events import TrainingAttendanceRecorded
from services.scheduling.domain.obligations.clocks import PauseReason
from services.scheduling.domain.obligations.obligations import ObligationKind, record_training_attendance
from services.scheduling.domain.obligations.times_away import TimeAway, away_of
from services.scheduling.domain.schedule import Schedule
from services.scheduling.domain.sessions.sessions import record_attendance
from tests.scheduling.builders import NOW, POLICY, TODAY, a_term, obligations_of
from tests.scheduling.domain.test_support_sessions import AFTER, confirmed

UNEXCUSED, EXCUSED = Attendance.ABSENT_UNEXCUSED, Attendance.ABSENT_EXCUSED
HELD_ON = TODAY - timedelta(days=3)
LEAVE = TimeAway("leave", 1, PauseReason.ON_LEAVE, HELD_ON - timedelta(days=2), HELD_ON, False)
CANCELLED = replace(LEAVE, version=2, cancelled=True, not_counted=())


def a_schedule(*times_away: TimeAway, now: datetime = NOW, word: Attendance = UNEXCUSED) -> Schedule:
    """Return a schedule with an absence that was recorded at an instant, and the times away that were known then."""
    term = a_term()
    owed = obligations_of(term)
    training = next(one for one in owed if one.kind is ObligationKind.MANDATORY_TRAINING)
    recorded, _ = record_training_attendance(
        training, TrainingAttendance(HELD_ON, word), now, POLICY, away_of(times_away)
    )
    others = tuple(one for one in owed if one is not training)
    return Schedule(term.safeguarder_id, terms=(term,), obligations=(recorded, *others), times_away=times_away)


def told_after(
    schedule: Schedule, away: TimeAway, now: datetime = NOW
) -> tuple[Schedule, list[tuple[Attendance, bool]]]:
    """Return a schedule after a time away is heard of, with each word that is told, and whether only its time moved."""
    change = domain.tell_attendance_again(domain.record_time_away(schedule, away), now, POLICY)
    assert domain.tell_attendance_again(change.schedule, now, POLICY).events == ()
    return change.schedule, [(event.attendance, event.reply_time_moved) for event in change.events]  # type: ignore[union-attr]


@pytest.mark.parametrize("reason", [PauseReason.ON_LEAVE, PauseReason.SUSPENDED])
def test_it_is_refused_on_the_days_away_and_the_refusal_says_what_to_do(reason: PauseReason) -> None:
    with pytest.raises(Refusal) as refused:
        a_schedule(replace(LEAVE, reason=reason))
    assert refused.value.reason == "AWAY_THAT_DAY"
    assert "absent_excused" in refused.value.message
    a_schedule(replace(LEAVE, ends_on=HELD_ON - timedelta(days=1)))
    a_schedule(replace(LEAVE, cancelled=True))
    a_schedule(LEAVE, word=EXCUSED)


def test_a_review_stops_the_time_to_reply_and_excuses_the_absence_once_it_is_upheld() -> None:
    known = a_schedule()
    (record_id,) = {one.obligation_id for one in known.obligations if one.attendance}
    open_review = AbsenceReview(record_id, TODAY, Days(TODAY, None), True, False)
    other = replace(open_review, record_id="other")
    assert domain.tell_attendance_again(known, NOW, POLICY, [other]).events == ()
    stopped = domain.tell_attendance_again(known, NOW, POLICY, [open_review, other])
    (event,) = stopped.events
    assert isinstance(event, TrainingAttendanceRecorded)
    assert (event.attendance, event.reply_due_on, event.reply_time_moved) == (UNEXCUSED, None, True)
    ended = replace(open_review, days=Days(TODAY, TODAY + timedelta(days=6)), is_open=False)
    later = NOW + timedelta(days=7)
    (event,) = domain.tell_attendance_again(stopped.schedule, later, POLICY, [ended]).events
    assert isinstance(event, TrainingAttendanceRecorded)
    stopped_days = Away(not_counted=(Days(TODAY, TODAY + timedelta(days=6)),))
    days = POLICY.attendance_reply_working_days
    assert event.reply_due_on == tell(UNEXCUSED, HELD_ON, TODAY, stopped_days, days).reply_due_on
    excused = domain.tell_attendance_again(stopped.schedule, later, POLICY, [replace(ended, upheld=True)])
    (event,) = excused.events
    assert isinstance(event, TrainingAttendanceRecorded)
    assert (event.attendance, event.reply_time_moved) == (EXCUSED, False)
    assert domain.tell_attendance_again(excused.schedule, later, POLICY, [replace(ended, upheld=True)]).events == ()


@pytest.mark.parametrize(("is_open", "reason"), [(True, "UNDER_REVIEW"), (False, "EXCUSED_BY_REVIEW")])
def test_nobody_records_it_otherwise_while_a_review_is_open_or_after_one_was_upheld(is_open: bool, reason: str) -> None:
    owed = next(one for one in a_schedule().obligations if one.attendance)
    away = Away(reviews=(AbsenceReview(owed.obligation_id, TODAY, None, is_open, not is_open),))
    with pytest.raises(Refusal) as refused:
        record_training_attendance(owed, TrainingAttendance(HELD_ON, UNEXCUSED), NOW, POLICY, away)
    assert refused.value.reason == reason


def test_an_upheld_review_excuses_no_absence_after_the_day_on_which_it_was_asked_for() -> None:
    owed = next(one for one in a_schedule().obligations if one.attendance)
    away = Away(reviews=(AbsenceReview(owed.obligation_id, HELD_ON, None, False, True),))
    next_event = TrainingAttendance(HELD_ON + timedelta(days=1), UNEXCUSED)
    _, event = record_training_attendance(owed, next_event, NOW, POLICY, away)
    assert event is not None
    assert event.attendance is UNEXCUSED
    with pytest.raises(Refusal):
        record_training_attendance(owed, replace(next_event, held_on=HELD_ON), NOW, POLICY, away)


def test_a_support_session_is_no_other_thing() -> None:
    absent = SessionAttendance(True, UNEXCUSED)
    session = confirmed()
    away = Away((Days(session.starts_on, None),))
    with pytest.raises(Refusal) as refused:
        record_attendance(session, absent, AFTER, POLICY, away)
    assert refused.value.reason == "AWAY_THAT_DAY"
    recorded, event = record_attendance(
        session, SessionAttendance(True, Attendance.AWAITING_EVIDENCE), AFTER, POLICY, away
    )
    assert event is not None
    assert event.attendance is EXCUSED
    assert recorded.attendance == SessionAttendance(True, Attendance.AWAITING_EVIDENCE)


def test_a_leave_excuses_what_was_recorded_before_and_its_cancellation_gives_it_back_with_a_time_of_its_own() -> None:
    excused, told = told_after(a_schedule(), LEAVE)
    assert told == [(EXCUSED, False)]
    later = NOW + timedelta(days=40)
    back, told = told_after(excused, CANCELLED, later)
    assert told == [(UNEXCUSED, False)]
    said = back.obligations[0].told
    assert said is not None
    assert said == tell(UNEXCUSED, HELD_ON, london_today(later), Away(), POLICY.attendance_reply_working_days)


def test_a_leave_meanwhile_moves_only_the_time_to_reply() -> None:
    away = TimeAway("leave", 1, PauseReason.ON_LEAVE, TODAY + timedelta(days=1), TODAY + timedelta(days=21), False)
    before = a_schedule()
    moved, told = told_after(before, away)
    assert told == [(UNEXCUSED, True)]
    one, other = before.obligations[0].told, moved.obligations[0].told
    assert one is not None
    assert other is not None
    assert other.reply_due_on == tell(UNEXCUSED, HELD_ON, away.ends_on or TODAY, Away(), 10).reply_due_on
    still, _ = told_after(before, replace(away, ends_on=None))
    assert still.obligations[0].told == replace(one, reply_due_on=None)


def test_what_was_over_and_is_over_is_told_no_more() -> None:
    a_year_on = NOW + timedelta(days=365)
    away = TimeAway("leave", 1, PauseReason.ON_LEAVE, TODAY + timedelta(days=1), TODAY + timedelta(days=21), False)
    assert told_after(a_schedule(), away, a_year_on)[1] == []


def test_a_record_of_an_earlier_release_is_excused_and_otherwise_stays_as_it_was() -> None:
    schedule = a_schedule()
    old = schedule.with_obligation(replace(schedule.obligations[0], told=None))
    later = TimeAway("leave", 1, PauseReason.ON_LEAVE, TODAY + timedelta(days=1), None, False)
    assert told_after(old, later)[1] == []
    assert told_after(old, LEAVE)[1] == [(EXCUSED, False)]


def test_what_the_release_before_recorded_of_a_leave_is_not_counted_either() -> None:
    leave = Days(LEAVE.starts_on, LEAVE.ends_on)
    assert away_of([LEAVE]) == Away((leave,), (leave,))
    assert away_of([replace(LEAVE, cancelled=True)]) == Away()
    kept = (Days(LEAVE.starts_on, LEAVE.starts_on),)
    assert away_of([replace(CANCELLED, not_counted=kept)]) == Away((), kept)


STRETCHES = st.lists(
    st.tuples(st.integers(-30, 60), st.none() | st.integers(0, 40)).map(
        lambda given: Days(
            TODAY + timedelta(days=given[0]),
            None if given[1] is None else TODAY + timedelta(days=given[0] + given[1]),
        )
    ),
    max_size=4,
)


@given(st.sampled_from(Attendance), st.lists(STRETCHES, min_size=1, max_size=6), st.integers(0, 30))
def test_no_absence_counts_on_a_day_away_or_before_all_days_of_the_time(
    word: Attendance, changes: list[list[Days]], days_apart: int
) -> None:
    """Over any changes of times away, that are all known at once, one after another."""
    said: Told = tell(word, HELD_ON, TODAY, Away(), 10)
    today = TODAY
    for stretches in changes:
        today += timedelta(days=days_apart)
        away = Away(tuple(stretches), tuple(stretches))
        said = tell_again(word, HELD_ON, said, away, today, 10) or said
        assert not (said.attendance is UNEXCUSED and away.on(HELD_ON))
        if said.attendance is UNEXCUSED and said.reply_due_on is not None and said.reply_due_on < today:
            assert _there(said.shared_on, today, stretches) >= 10
        assert said.attendance in (word, EXCUSED)
        assert (said.attendance is word) or away.on(HELD_ON)


def _there(since: date, until: date, stretches: list[Days]) -> int:
    span = (since + timedelta(days=n) for n in range(1, (until - since).days))
    return sum(
        is_working_day(WorkingCalendar.OFFICE, each) and not any(stretch.covers(each) for stretch in stretches)
        for each in span
    )
