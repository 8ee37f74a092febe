"""Deterministic builders for scheduling: invented ids, fixed days."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import count

from services.calendar_days import WorkingCalendar, london_instant
from services.scheduling.domain.attendance import Attendance, Mode, SessionAttendance
from services.scheduling.domain.identifiers import (
    ConcernId,
    ObligationId,
    SafeguarderId,
    SessionId,
    SupportManagerId,
)
from services.scheduling.domain.obligations.clocks import Clock, Pause
from services.scheduling.domain.obligations.obligations import Obligation, ObligationKind, Term, open_obligations
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.sessions.agenda import AgendaItem, Lane
from services.scheduling.domain.sessions.diary import Diary
from services.scheduling.domain.sessions.sessions import SupportSession

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
SAFEGUARDER = SafeguarderId("demo-safeguarder")
MANAGER = SupportManagerId("east-1")

POLICY = SchedulingPolicy(
    support_sessions_per_year=3,
    mandatory_trainings_per_year=2,
    year_starts_on=None,
    calendar=WorkingCalendar.OFFICE,
    part_attendance_counts=False,
    session_minutes=90,
    session_start_times=(time(10, 0), time(13, 30)),
    office_hours=(time(8, 0), time(18, 0)),
    no_proposals=((12, 24), (1, 4)),
    sessions_per_manager_per_day=2,
    notice_working_days=10,
    attendance_reply_working_days=10,
    agenda_freeze_working_days=5,
    share_record_working_days=10,
    look_at_completion_working_days=10,
    review_action_working_days=10,
    allocate_another_working_days=5,
    emergency_access_hours=4,
    review_access_working_days=3,
    delegation_longest_days=92,
    readiness_days=365,
    share_recommendation_days=150,
    submit_recommendation_days=90,
    finalise_plan_working_days=60,
    draws_owed_from=date(2027, 4, 1),
    continuing_reviews_owed_from=date(2027, 4, 1),
    review_continuing_days=90,
    record_decision_working_days=5,
    draw_sample_working_days=20,
)

BOTH_PRESENT = SessionAttendance(team_present=True, attendance=Attendance.ATTENDED, mode=Mode.FACE_TO_FACE)


def at(day: str, clock: str = "10:00") -> datetime:
    """The instant at which clocks in Scotland show this time."""
    return london_instant(date.fromisoformat(day), time.fromisoformat(clock))


def new_ids(prefix: str) -> Callable[[], str]:
    """Ids in order: prefix-1, prefix-2, ..."""
    numbers = count(1)
    return lambda: f"{prefix}-{next(numbers)}"


def obligation_ids() -> Callable[[str], ObligationId]:
    """Ids of obligations in order, whatever the text that names them."""
    fresh = new_ids("obligation")
    return lambda _: ObligationId(fresh())


def session_ids(prefix: str = "session") -> Callable[[str], SessionId]:
    """Ids of sessions in order, whatever the text that names them."""
    fresh = new_ids(prefix)
    return lambda _: SessionId(fresh())


def a_term(starts_on: str = "2026-11-02", ends_on: str = "2029-11-01", number: int = 1) -> Term:
    """A first term of three years, just begun."""
    return Term(SAFEGUARDER, number, date.fromisoformat(starts_on), date.fromisoformat(ends_on))


def obligations_of(term: Term, today: date = TODAY) -> tuple[Obligation, ...]:
    """All obligations that open on a day for a person without any."""
    return open_obligations(term, (), today, POLICY, obligation_ids())[0]


def an_obligation(
    starts_on: str = "2026-11-02", ends_on: str = "2027-11-01", kind: ObligationKind = ObligationKind.SUPPORT_SESSION
) -> Obligation:
    """One obligation of a window."""
    window = (date.fromisoformat(starts_on), date.fromisoformat(ends_on))
    owed = (ObligationId("obligation-1"), SAFEGUARDER, 1, kind, 1)
    return Obligation(*owed, *window, WorkingCalendar.OFFICE, Clock(window[0]))


def paused(obligations: Iterable[Obligation], *pauses: Pause) -> tuple[Obligation, ...]:
    """The same obligations, their clocks paused."""
    return tuple(replace(owed, clock=replace(owed.clock, pauses=pauses)) for owed in obligations)


def a_session(
    starts_at: datetime, session_id: str = "session-1", *, core: bool = True, proposed_at: datetime = NOW
) -> SupportSession:
    """A proposed session, one of the year's unless it is an extra one-to-one."""
    return SupportSession(
        session_id=SessionId(session_id),
        safeguarder_id=SAFEGUARDER,
        support_manager=MANAGER,
        obligation_id=ObligationId("obligation-1") if core else None,
        number=1 if core else 0,
        starts_at=starts_at,
        minutes=90,
        proposed_at=proposed_at,
        calendar_uid=session_id,
    )


def an_item(concern_id: str, lane: Lane = Lane.SUPPORT_NEED, added_at: datetime = NOW) -> AgendaItem:
    """An open item of an agenda."""
    return AgendaItem(ConcernId(concern_id), lane, added_at)


def a_diary(
    sessions: Sequence[SupportSession] = (),
    waiting: Sequence[AgendaItem] = (),
    manager_engaged_at: Iterable[datetime] = (),
) -> Diary:
    """The diary of someone in the first month of a term."""
    return Diary(a_term(), MANAGER, tuple(sessions), tuple(waiting), frozenset(manager_engaged_at))
