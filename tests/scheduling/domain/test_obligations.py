"""Three support sessions and two mandatory trainings are owed in each 12 months of a term (R18, R102, R122)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.refusals import Refusal
from services.scheduling.domain.attendance import AbsenceReason, Attendance, TrainingAttendance
from services.scheduling.domain.events import ObligationsOpened, OwedObligation, TrainingAttendanceRecorded
from services.scheduling.domain.identifiers import ObligationId
from services.scheduling.domain.obligations.clocks import ClockState, Pause, PauseReason
from services.scheduling.domain.obligations.obligations import (
    Obligation,
    ObligationKind,
    Term,
    end_membership,
    open_obligations,
    record_training_attendance,
    windows,
    with_due_dates_told,
)
from tests.scheduling.builders import (
    NOW,
    POLICY,
    SAFEGUARDER,
    TODAY,
    a_term,
    an_obligation,
    obligation_ids,
    obligations_of,
    paused,
)

SESSION, TRAINING = ObligationKind.SUPPORT_SESSION, ObligationKind.MANDATORY_TRAINING


def test_the_first_year_of_a_term_owes_three_sessions_and_two_trainings() -> None:
    opened, events = open_obligations(a_term(), (), TODAY, POLICY, obligation_ids())
    assert [(owed.kind, owed.number) for owed in opened] == [
        (SESSION, 1),
        (SESSION, 2),
        (SESSION, 3),
        (TRAINING, 1),
        (TRAINING, 2),
    ]
    assert {(owed.window_starts_on, owed.window_ends_on) for owed in opened} == {(date(2026, 11, 2), date(2027, 11, 1))}
    assert {owed.calendar for owed in opened} == {POLICY.calendar}
    each = tuple(OwedObligation(o.obligation_id, o.kind, o.number, o.due_on(TODAY)) for o in opened)
    assert events == (ObligationsOpened(SAFEGUARDER, date(2026, 11, 2), date(2027, 11, 1), 3, 2, each),)
    # A third of the year after the other, and half of it: the last office day of 3 March, 3 July and 1 November, and of
    # 3 May, the early May bank holiday.
    assert [owed.due_on for owed in each] == [
        date(2027, 3, 3),
        date(2027, 7, 2),
        date(2027, 11, 1),
        date(2027, 4, 30),
        date(2027, 11, 1),
    ]


def test_an_obligation_is_named_by_what_it_is_so_that_no_two_share_an_id_and_asking_again_finds_the_same() -> None:
    def named(term: Term, on: date) -> list[str]:
        return [owed.obligation_id for owed in open_obligations(term, (), on, POLICY, ObligationId)[0]]

    second = a_term("2029-11-02", "2031-11-01", number=2)
    years = [(a_term(), TODAY), (a_term(), date(2027, 11, 2)), (second, date(2029, 11, 2))]
    names = [name for year in years for name in named(*year)]
    assert len(set(names)) == len(names) == 15
    assert names == [name for year in years for name in named(*year)]


def test_opening_again_opens_nothing_twice() -> None:
    known = obligations_of(a_term())
    assert open_obligations(a_term(), known, TODAY, POLICY, obligation_ids()) == ((), ())


def test_the_next_year_opens_on_the_anniversary_and_not_a_day_before() -> None:
    known = obligations_of(a_term())
    assert open_obligations(a_term(), known, date(2027, 11, 1), POLICY, obligation_ids())[0] == ()
    opened, _ = open_obligations(a_term(), known, date(2027, 11, 2), POLICY, obligation_ids())
    assert {(owed.window_starts_on, owed.window_ends_on) for owed in opened} == {(date(2027, 11, 2), date(2028, 11, 1))}


def test_years_that_were_over_before_anyone_asked_are_not_opened() -> None:
    _, events = open_obligations(a_term("2024-04-01", "2027-03-31"), (), TODAY, POLICY, obligation_ids())
    assert [event.window_starts_on for event in events] == [date(2026, 4, 1)]


def test_a_year_that_began_unnoticed_is_opened_when_next_asked() -> None:
    _, events = open_obligations(a_term(), obligations_of(a_term()), date(2028, 3, 1), POLICY, obligation_ids())
    assert [event.window_starts_on for event in events] == [date(2027, 11, 2)]


def test_a_second_term_opens_its_own_obligations() -> None:
    first = obligations_of(a_term())
    second = a_term("2029-11-02", "2031-11-01", number=2)
    opened, _ = open_obligations(second, first, date(2029, 11, 2), POLICY, obligation_ids())
    assert {owed.term for owed in opened} == {2}


def test_nothing_opens_before_the_term_or_after_membership_ended() -> None:
    assert obligations_of(a_term("2027-01-04"), TODAY) == ()
    ended = end_membership(obligations_of(a_term()), date(2027, 6, 30))
    assert open_obligations(a_term(), ended, date(2027, 11, 2), POLICY, obligation_ids()) == ((), ())


def test_a_part_year_owes_its_part_rounded_down() -> None:
    eighteen_months = a_term("2026-01-05", "2027-07-04")
    opened = obligations_of(eighteen_months, date(2027, 1, 5))
    part = [owed.kind for owed in opened if owed.window_starts_on == date(2027, 1, 5)]
    assert part == [SESSION]
    less_than_a_third = a_term("2026-11-02", "2026-11-20")
    assert open_obligations(less_than_a_third, (), TODAY, POLICY, obligation_ids()) == ((), ())


def test_a_year_may_start_on_a_fixed_day_for_everybody() -> None:
    contract_year = replace(POLICY, year_starts_on=(4, 1))
    begun = [
        (window.starts_on, window.ends_on) for window in windows(a_term("2026-11-02", "2028-11-01"), contract_year)
    ]
    assert begun == [
        (date(2026, 11, 2), date(2027, 3, 31)),
        (date(2027, 4, 1), date(2028, 3, 31)),
        (date(2028, 4, 1), date(2028, 11, 1)),
    ]


def test_the_years_of_a_term_that_began_on_29_february_begin_on_1_march() -> None:
    whole_term = list(windows(a_term("2024-02-29", "2027-02-28"), POLICY))
    assert [window.ends_on for window in whole_term] == [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28)]
    assert all(window.share(3) == 3 for window in whole_term)


@pytest.mark.parametrize(
    ("ends_on", "due_on"),
    [
        ("2027-11-01", "2027-11-01"),
        ("2026-12-28", "2026-12-24"),
        ("2027-01-04", "2026-12-31"),
        ("2026-11-30", "2026-11-27"),
        ("2026-06-15", "2026-06-12"),
        ("2028-02-29", "2028-02-29"),
    ],
)
def test_an_obligation_is_due_on_the_last_office_day_of_its_window(ends_on: str, due_on: str) -> None:
    assert an_obligation("2025-11-02", ends_on).due_on(TODAY) == date.fromisoformat(due_on)


PER_YEAR = [1, 2, 3, 4, 5, 7, 12]


@pytest.mark.parametrize("per_year", PER_YEAR)
def test_who_leaves_owes_of_everything_the_part_of_the_year_that_they_served(per_year: int) -> None:
    """P24: after any number of days, as many parts are over as the share of those days, rounded down, as in KPI six."""
    for start in (date(2026, 4, 1), date(2027, 3, 1), date(2024, 2, 29)):
        (year, *_) = windows(a_term(str(start), str(start + timedelta(days=1094))), POLICY)
        parts = [year.part(number, per_year) for number in range(1, per_year + 1)]
        assert [part.after_days for part in parts] == [0, *(part.until_days for part in parts[:-1])]
        assert parts[-1].until_days == year.days
        for served in range(year.days + 1):
            over = sum(part.until_days <= served for part in parts)
            assert over == per_year * served // year.days


def test_sessions_and_trainings_fall_due_one_after_another_within_the_year() -> None:
    """P24: three sessions at a third, two thirds and the end of the year; two trainings at half of it and its end."""
    opened, _ = open_obligations(a_term("2026-04-01", "2029-03-31"), (), date(2026, 4, 1), POLICY, obligation_ids())
    assert [(owed.kind, owed.due_on(date(2026, 4, 1))) for owed in opened] == [
        (SESSION, date(2026, 7, 31)),
        (SESSION, date(2026, 11, 27)),
        (SESSION, date(2027, 3, 31)),
        (TRAINING, date(2026, 9, 30)),
        (TRAINING, date(2027, 3, 31)),
    ]


def test_what_was_due_before_anyone_knew_of_it_falls_due_with_the_next_part() -> None:
    """P24: a year that is first seen in its ninth month owes all three sessions, and none is late at once."""
    opened, _ = open_obligations(a_term("2026-04-01", "2029-03-31"), (), date(2026, 12, 1), POLICY, obligation_ids())
    assert {owed.due_on(date(2026, 12, 1)) for owed in opened} == {date(2027, 3, 31)}
    assert [owed.number for owed in opened] == [1, 2, 3, 1, 2]


def test_an_obligation_of_the_release_before_gets_its_own_due_date_and_that_is_told_once() -> None:
    """P24: what has no part of its own yet and still runs is placed as if opened today."""
    opened = obligations_of(a_term())
    before = tuple(replace(owed, part=None, told_due_on=None) for owed in opened)
    met = replace(before[0], clock=replace(before[0].clock, met_on=TODAY))
    after, told = with_due_dates_told((a_term(),), (met, *before[1:]), TODAY, POLICY)
    assert after == (met, *opened[1:])
    assert [event.obligation for event in told] == [
        OwedObligation(o.obligation_id, o.kind, o.number, o.due_on(TODAY)) for o in opened[1:]
    ]
    assert with_due_dates_told((a_term(),), after, TODAY, POLICY) == (after, ())


def test_a_due_date_that_a_pause_moved_is_told_when_the_clock_runs_again() -> None:
    """P24: while it is paused it moves each day, and nothing is told."""
    suspension = Pause("s1", PauseReason.SUSPENDED, date(2026, 12, 1))
    (session,) = paused(obligations_of(a_term())[:1], suspension)
    assert with_due_dates_told((a_term(),), (session,), date(2026, 12, 10), POLICY) == ((session,), ())
    (resumed,) = paused((session,), replace(suspension, resumed_on=date(2026, 12, 15)))
    _, (told,) = with_due_dates_told((a_term(),), (resumed,), date(2026, 12, 15), POLICY)
    assert told.obligation.due_on == date(2027, 3, 17)


def test_a_suspension_still_open_pauses_the_next_years_clocks_too() -> None:
    suspension = Pause("s1", PauseReason.SUSPENDED, date(2027, 10, 1))
    known = paused(obligations_of(a_term()), suspension)
    opened, _ = open_obligations(a_term(), known, date(2027, 11, 2), POLICY, obligation_ids(), [suspension])
    assert {owed.clock.state_on(date(2027, 11, 2)) for owed in opened} == {ClockState.PAUSED}
    resumed = paused(opened, replace(suspension, resumed_on=date(2027, 11, 12)))
    assert {owed.closes_on(date(2028, 6, 1)) for owed in resumed} == {date(2028, 11, 10)}
    # A third of the year is over on 2 March 2028, and ten days later with the pause. 12 March is a Sunday.
    assert min(owed.due_on(date(2028, 6, 1)) for owed in resumed) == date(2028, 3, 10)


def test_a_suspension_that_ended_leaves_the_next_years_clocks_alone() -> None:
    suspension = Pause("s1", PauseReason.SUSPENDED, date(2027, 1, 4), resumed_on=date(2027, 2, 1))
    known = paused(obligations_of(a_term()), suspension)
    opened, _ = open_obligations(a_term(), known, date(2027, 11, 2), POLICY, obligation_ids(), [suspension])
    assert {owed.clock.pauses for owed in opened} == {()}


def recorded(attendance: Attendance, held_on: str = "2026-11-20") -> Obligation:
    training = TrainingAttendance(date.fromisoformat(held_on), attendance)
    return record_training_attendance(an_obligation(kind=TRAINING), training, NOW, POLICY)[0]


@pytest.mark.parametrize(
    ("attendance", "attended"),
    [
        (Attendance.ATTENDED, True),
        (Attendance.LATE, True),
        (Attendance.PART, False),
        (Attendance.AWAITING_EVIDENCE, False),
        (Attendance.ABSENT_EXCUSED, False),
        (Attendance.ABSENT_UNEXCUSED, False),
    ],
)
def test_a_training_is_met_only_by_attending_and_no_attendance_delivers_it(
    attendance: Attendance, attended: bool
) -> None:
    """P26: the event delivers it (test_trainings.py)."""
    after = recorded(attendance)
    assert (after.delivered, after.attended, after.attendance_on) == (False, attended, date(2026, 11, 20))
    assert after.clock.state_on(TODAY) is (ClockState.STOPPED if attended else ClockState.RUNNING)


def test_part_attendance_counts_where_policy_says_so() -> None:
    training = TrainingAttendance(date(2026, 11, 20), Attendance.PART)
    lenient = replace(POLICY, part_attendance_counts=True)
    assert record_training_attendance(an_obligation(kind=TRAINING), training, NOW, lenient)[0].attended


def test_attendance_at_training_is_published_without_its_reason() -> None:
    absence = TrainingAttendance(
        date(2026, 11, 20), Attendance.ABSENT_EXCUSED, AbsenceReason.HEARING_OR_COURT, history=True
    )
    owed = an_obligation(kind=TRAINING)
    _, event = record_training_attendance(owed, absence, NOW, POLICY)
    assert event == TrainingAttendanceRecorded(
        SAFEGUARDER,
        owed.obligation_id,
        date(2026, 11, 20),
        Attendance.ABSENT_EXCUSED,
        NOW,
        history=True,
        reply_due_on=date(2026, 12, 9),  # 30 November is St Andrew's Day
        sharing_reported=False,
    )


@given(st.lists(st.sampled_from(Attendance), min_size=1, max_size=6), st.integers(0, 3))
def test_the_same_record_again_is_not_published_and_any_other_is(words: list[Attendance], days_apart: int) -> None:
    """P4, P9: what somebody records twice does not begin the time to reply again. What changes begins it."""
    owed, now, before = an_obligation(kind=TRAINING), NOW, None
    for word in words:
        training = TrainingAttendance(date(2026, 11, 20), word)
        owed, event = record_training_attendance(owed, training, now, POLICY)
        assert (event is None) is (word is before)
        now, before = now + timedelta(days=days_apart), word


def test_the_same_word_for_another_day_is_another_record() -> None:
    """P9: and so is one that says when the person was told."""
    absence = TrainingAttendance(date(2026, 11, 19), Attendance.ABSENT_UNEXCUSED)
    owed, event = record_training_attendance(recorded(Attendance.ABSENT_UNEXCUSED), absence, NOW, POLICY)
    assert event is not None
    told = replace(absence, history=True, shared_on=date(2026, 11, 20))
    assert record_training_attendance(owed, told, NOW, POLICY)[1] is not None


def test_a_corrected_attendance_lets_the_clock_run_on_but_not_past_the_end_of_membership() -> None:
    absence = TrainingAttendance(date(2026, 11, 20), Attendance.ABSENT_EXCUSED)
    corrected, _ = record_training_attendance(recorded(Attendance.ATTENDED), absence, NOW, POLICY)
    assert corrected.clock.state_on(TODAY) is ClockState.RUNNING
    (ended,) = end_membership([recorded(Attendance.ATTENDED)], date(2026, 11, 23))
    corrected, _ = record_training_attendance(ended, absence, NOW, POLICY)
    assert corrected.clock.state_on(TODAY) is ClockState.STOPPED


@pytest.mark.parametrize(
    ("owed", "training", "refusal"),
    [
        (an_obligation(), TrainingAttendance(date(2026, 11, 20), Attendance.ATTENDED), "NOT_A_TRAINING"),
        (
            an_obligation(kind=TRAINING),
            TrainingAttendance(date(2026, 11, 25), Attendance.ATTENDED),
            "TRAINING_IN_FUTURE",
        ),
        (
            an_obligation(kind=TRAINING),
            TrainingAttendance(date(2026, 11, 1), Attendance.ATTENDED),
            "TRAINING_OUTSIDE_WINDOW",
        ),
        (
            an_obligation("2025-10-01", "2026-09-30", TRAINING),
            TrainingAttendance(date(2026, 10, 1), Attendance.ATTENDED),
            "TRAINING_OUTSIDE_WINDOW",
        ),
        (
            end_membership([an_obligation(kind=TRAINING)], date(2026, 11, 10))[0],
            TrainingAttendance(date(2026, 11, 11), Attendance.ATTENDED),
            "TRAINING_OUTSIDE_WINDOW",
        ),
        (
            an_obligation(kind=TRAINING),
            TrainingAttendance(date(2026, 11, 20), Attendance.ATTENDED, AbsenceReason.TEAM),
            "REASON_WITHOUT_ABSENCE",
        ),
    ],
)
def test_attendance_that_cannot_be_so_is_refused(owed: Obligation, training: TrainingAttendance, refusal: str) -> None:
    with pytest.raises(Refusal, match=refusal):
        record_training_attendance(owed, training, NOW, POLICY)


def test_whether_an_event_lies_in_the_future_is_asked_of_the_london_date() -> None:
    half_past_midnight_in_london = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    training = TrainingAttendance(date(2027, 7, 1), Attendance.ATTENDED)
    owed = an_obligation(kind=TRAINING)
    assert record_training_attendance(owed, training, half_past_midnight_in_london, POLICY)[0].attended


@pytest.mark.parametrize(
    ("shared_on", "history", "reason"),
    [
        (date(2026, 11, 21), False, "SHARING_NOT_RECORDED"),
        (date(2026, 11, 25), True, "DATE_IN_FUTURE"),
        (date(2026, 11, 19), True, "DATE_BEFORE_HAPPENED"),
    ],
    ids=str,
)
def test_a_day_of_sharing_that_is_not_reported_with_a_history_is_refused(
    shared_on: date, history: bool, reason: str
) -> None:
    """P6, P9: the recording of an absence starts the time to reply, and nobody can say that it began earlier."""
    absence = TrainingAttendance(date(2026, 11, 20), Attendance.ABSENT_UNEXCUSED, history=history, shared_on=shared_on)
    with pytest.raises(Refusal) as refused:
        record_training_attendance(an_obligation(kind=TRAINING), absence, NOW, POLICY)
    assert refused.value.reason == reason


def test_a_sharing_that_is_reported_with_a_history_is_marked() -> None:
    """P6, P9: an absence of the past, of which the person was told then."""
    told_on = date(2026, 11, 20)
    absence = TrainingAttendance(told_on, Attendance.ABSENT_UNEXCUSED, history=True, shared_on=told_on)
    _, event = record_training_attendance(an_obligation(kind=TRAINING), absence, NOW, POLICY)
    assert event is not None
    assert (event.reply_due_on, event.sharing_reported) == (date(2026, 12, 7), True)
