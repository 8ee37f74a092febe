"""An unusual time needs a reason that is kept, and no date is proposed around New Year (P25)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.calendar_days import LONDON, Days, add_working_days, closed_because, is_working_day
from services.refusals import Refusal
from services.scheduling.domain.attendance import NEVER_AWAY, Away
from services.scheduling.domain.identifiers import ObligationId, Party, SessionId
from services.scheduling.domain.obligations.obligations import ObligationKind, open_obligations
from services.scheduling.domain.sessions.diary import Diary, Move, reschedule
from services.scheduling.domain.sessions.proposals import propose_sessions, times_for
from services.scheduling.domain.sessions.session_dates import first_free_start, is_around_new_year
from services.scheduling.domain.sessions.sessions import MoveReason, SessionState, SupportSession
from tests.scheduling.builders import (
    NOW,
    POLICY,
    a_diary,
    a_session,
    a_term,
    at,
    obligation_ids,
    session_ids,
)

YEAR = (date(2026, 11, 2), date(2027, 11, 1))


def moved(starts_at: datetime, reason: MoveReason | None = None, *, core: bool = True) -> Diary:
    diary = a_diary([a_session(at("2027-01-20"), core=core)])
    move = Move(SessionId("session-1"), starts_at, Party.TEAM, SessionId("session-2"), reason, YEAR if core else None)
    return reschedule(diary, move, NOW, POLICY).diary


UNUSUAL = [
    ("2026-12-25", "10:00", "Christmas"),
    ("2027-01-01", "10:00", "New Year"),
    ("2027-01-04", "10:00", "closed"),
    ("2026-11-30", "10:00", "Andrew"),
    ("2027-02-06", "10:00", "Saturday"),
    ("2027-02-07", "10:00", "Sunday"),
    ("2027-02-08", "03:00", "between 08:00 and 18:00"),
    ("2027-02-08", "07:59", "between 08:00 and 18:00"),
    ("2027-02-08", "16:31", "between 08:00 and 18:00"),
    ("2027-02-08", "23:30", "between 08:00 and 18:00"),
    ("2027-07-05", "07:30", "between 08:00 and 18:00"),
    ("2027-11-02", "10:00", "twelve months"),
    ("2028-03-10", "10:00", "twelve months"),
]


@pytest.mark.parametrize(("day", "clock", "why"), UNUSUAL)
def test_an_unusual_time_is_refused_without_a_reason_and_kept_with_it(day: str, clock: str, why: str) -> None:
    """P25: a closed day, a time outside office hours, a day outside the twelve months."""
    with pytest.raises(Refusal, match="MOVE_REASON_NEEDED") as refused:
        moved(at(day, clock))
    assert why in refused.value.message
    session = moved(at(day, clock), MoveReason.URGENT).session(SessionId("session-2"))
    assert (session.starts_at, session.moved_because) == (at(day, clock), MoveReason.URGENT)


@pytest.mark.parametrize("clock", ["08:00", "12:15", "16:30"])
@pytest.mark.parametrize("day", ["2026-12-24", "2026-12-29", "2026-12-31", "2027-02-08", "2027-07-05", "2027-11-01"])
def test_a_usual_time_needs_no_reason(day: str, clock: str) -> None:
    """P25: an open day around New Year is one on which both sides may agree."""
    assert moved(at(day, clock)).session(SessionId("session-2")).moved_because is None


def test_an_extra_session_is_owed_in_no_twelve_months() -> None:
    """P25."""
    assert moved(at("2028-03-10"), core=False).session(SessionId("session-2")).starts_at == at("2028-03-10")


@given(
    starts_on=st.dates(date(2023, 3, 1), date(2027, 2, 28)),
    waited=st.integers(0, 364),
    engaged=st.lists(st.integers(0, 364), max_size=5),
)
@example(starts_on=date(2024, 1, 7), waited=337, engaged=[]).via("two days are left outside, and three sessions owed")
def test_no_proposed_date_is_around_new_year_or_on_a_closed_day(
    starts_on: date, waited: int, engaged: list[int]
) -> None:
    """P25: from every start of a year, and late in it as long as other days are left."""
    term = a_term(str(starts_on), str(starts_on + timedelta(days=1094)))
    now = at(str(starts_on + timedelta(days=waited)), "09:00")
    owed, _ = open_obligations(term, (), now.date(), POLICY, obligation_ids())
    taken = (at(str(starts_on + timedelta(days=days)), "10:00") for days in engaged)
    diary = replace(a_diary(manager_engaged_at=taken), term=term)
    sessions = propose_sessions(diary, owed, now, POLICY, session_ids()).diary.sessions
    in_diary = {session.starts_on for session in sessions}  # nobody is asked to two sessions on one day
    for session in sessions:
        day, clock = session.starts_on, session.starts_at.astimezone(LONDON).time()
        assert closed_because(POLICY.calendar, day) is None
        assert clock in POLICY.session_start_times
        if is_around_new_year(day, POLICY):
            # Only where no other day is left before it is due, or the one after it if its own day is too soon.
            due: dict[ObligationId | None, date] = {
                each.obligation_id: each.due_on(now.date())
                for each in owed
                if each.kind is ObligationKind.SUPPORT_SESSION
            }
            last = min(other for other in due.values() if other >= max(day, due[session.obligation_id]))
            others = (day + timedelta(days=n) for n in range((last - day).days + 1))
            assert all(
                is_around_new_year(other, POLICY) or other in in_diary or not is_working_day(POLICY.calendar, other)
                for other in others
            )


def test_a_concern_that_cannot_wait_may_be_discussed_around_new_year_if_no_other_day_is_left() -> None:
    """P25: an urgent matter is not put off for the sake of a convenient day."""
    diary = a_diary()
    only = [date(2026, 12, 25), date(2026, 12, 29), date(2026, 12, 30)]
    assert first_free_start(only, diary.engagements(), POLICY) == at("2026-12-29")
    assert first_free_start([*only, date(2027, 1, 11)], diary.engagements(), POLICY) == at("2027-01-11")


def suggested(*sessions: SupportSession, away: Away = NEVER_AWAY, engaged: Iterable[datetime] = ()) -> list[str]:
    diary = a_diary(sessions, manager_engaged_at=engaged)
    found = times_for(diary, sessions[0], YEAR, away, NOW, POLICY)
    return [f"{each.astimezone(LONDON):%Y-%m-%d %H:%M}" for each in found]


def test_the_times_that_are_suggested_are_the_free_ones_nearest_to_the_day() -> None:
    """R105: each is on another day, so that one of them suits, and no weekend is among them."""
    wednesday = a_session(at("2027-01-20"))
    assert suggested(wednesday) == ["2027-01-18 10:00", "2027-01-19 10:00", "2027-01-21 10:00"]
    other = a_session(at("2027-01-18"), "session-2")
    taken = [at("2027-01-19", "10:00"), at("2027-01-19", "13:30"), at("2027-01-21", "10:00")]
    assert suggested(wednesday, other, engaged=taken) == ["2027-01-15 10:00", "2027-01-21 13:30", "2027-01-22 10:00"]
    leave = Away((Days(date(2027, 1, 1), date(2027, 1, 25)),))
    assert suggested(wednesday, away=leave) == ["2027-01-26 10:00", "2027-01-27 10:00", "2027-01-28 10:00"]


def test_every_time_that_is_suggested_has_notice_and_needs_no_reason() -> None:
    """R105: near the end of what is possible there are fewer, and then none."""
    soon = a_session(at("2026-11-25"))
    assert suggested(soon)[0] == f"{add_working_days(POLICY.calendar, NOW.date(), POLICY.notice_working_days)} 10:00"
    for start in times_for(a_diary([soon]), soon, YEAR, NEVER_AWAY, NOW, POLICY):
        move = Move(soon.session_id, start, Party.SAFEGUARDER, SessionId("session-2"), None, YEAR)
        assert reschedule(a_diary([soon]), move, NOW, POLICY).diary.session(move.new_id).starts_at == start
    over = (date(2026, 11, 2), date(2026, 12, 1))
    assert times_for(a_diary([soon]), soon, over, NEVER_AWAY, NOW, POLICY) == ()
    for closed in (SessionState.CANCELLED, SessionState.RESCHEDULED, SessionState.HELD):
        with pytest.raises(Refusal, match="SESSION_NOT_OPEN"):
            times_for(a_diary([soon]), replace(soon, state=closed), YEAR, NEVER_AWAY, NOW, POLICY)
