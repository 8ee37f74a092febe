"""A concern goes on an agenda once, praise first. No item is lost, and late items surprise nobody (R110, B6, B11)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.refusals import Refusal
from services.scheduling.domain.attendance import Attendance, Mode, SessionAttendance
from services.scheduling.domain.concerns import Concern, react_to_concern
from services.scheduling.domain.events import (
    AgendaItemAdded,
    SupportSessionCancelled,
    SupportSessionProposed,
    SupportSessionRescheduled,
)
from services.scheduling.domain.identifiers import ConcernId, Party, SessionId
from services.scheduling.domain.sessions.agenda import AgendaItem, ItemOutcome, Lane, freezes_on, in_order
from services.scheduling.domain.sessions.diary import (
    Diary,
    DiaryChange,
    Move,
    cancel,
    cancel_to_come,
    confirm,
    record_attendance,
    reschedule,
    withdraw,
)
from services.scheduling.domain.sessions.proposals import propose_sessions
from services.scheduling.domain.sessions.sessions import SessionState, SupportSession
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
    obligations_of,
    session_ids,
)
from tests.sizes import part_of

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
        SupportSessionProposed(SAFEGUARDER, NEW, extra.starts_at, ConcernId("c1"), None),
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


# A story is a list of (what, which, days later): commands in random order. A refused command changes nothing.
STORY = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 11), st.integers(0, 25)), min_size=5, max_size=40)
LANES = [Lane.SUPPORT_NEED, Lane.EXCELLENCE, Lane.SAFETY]


class Storyteller:
    """A player of random stories on a diary, with its own account of which concerns are still to be discussed."""

    def __init__(self) -> None:
        self.diary = propose_sessions(a_diary(), obligations_of(a_term()), NOW, POLICY, session_ids()).diary
        self.now = NOW
        self.pending: set[ConcernId] = set()
        self.new_id = session_ids("later")

    def play(self, what: int, which: int, days_later: int) -> None:
        self.now += timedelta(days=days_later)
        session = self.diary.sessions[which % len(self.diary.sessions)]
        steps = [
            self.raise_concern,
            self.confirm,
            self.move,
            self.call_off,
            self.hold,
            self.miss,
            self.dismiss,
        ]
        try:
            steps[what](session, which)
        except Refusal:
            return

    def raise_concern(self, _: SupportSession, which: int) -> None:
        concern = a_concern(f"c{which}", LANES[which % 3], within=(0, 5, 15)[which % 3])
        if not self.diary.knows(concern.concern_id):
            self.pending.add(concern.concern_id)
        self.diary = react_to_concern(self.diary, concern, self.now, POLICY, self.new_id("")).diary

    def confirm(self, session: SupportSession, _: int) -> None:
        self.diary = confirm(self.diary, session.session_id, self.now).diary

    def move(self, session: SupportSession, which: int) -> None:
        move = Move(session.session_id, session.starts_at + timedelta(days=which), Party.SAFEGUARDER, self.new_id(""))
        self.diary = reschedule(self.diary, move, self.now, POLICY).diary

    def call_off(self, session: SupportSession, _: int) -> None:
        self.diary = cancel(self.diary, session.session_id, Party.TEAM, self.now, POLICY).diary

    def hold(self, session: SupportSession, _: int) -> None:
        self.diary = record_attendance(self.diary, session.session_id, BOTH_PRESENT, self.now, POLICY).diary

    def miss(self, session: SupportSession, _: int) -> None:
        absent = SessionAttendance(True, Attendance.AWAITING_EVIDENCE, Mode.ONLINE)
        self.diary = record_attendance(self.diary, session.session_id, absent, self.now, POLICY).diary

    def dismiss(self, _: SupportSession, which: int) -> None:
        to_come = [item for session in self.diary.sessions if session.is_open for item in session.unsettled]
        if any(item.concern_id == f"c{which}" for item in [*to_come, *self.diary.waiting]):
            self.pending.discard(ConcernId(f"c{which}"))
        self.diary = withdraw(self.diary, ConcernId(f"c{which}")).diary

    def open_items(self) -> list[AgendaItem]:
        return [*self.diary.waiting, *(item for session in self.diary.sessions for item in session.unsettled)]


@settings(max_examples=part_of(300), deadline=None)
@given(STORY)
def test_whatever_happens_each_concern_is_to_be_discussed_exactly_once_until_settled(
    story: list[tuple[int, int, int]],
) -> None:
    teller = Storyteller()
    for step in story:
        teller.play(*step)
        open_items = [item.concern_id for item in teller.open_items()]
        assert sorted(open_items) == sorted(teller.pending)
        assert all(session.unsettled == () for session in teller.diary.sessions if not _may_hold_items(session))
        assert all(session.agenda == in_order(session.agenda) for session in teller.diary.sessions)


def _may_hold_items(session: SupportSession) -> bool:
    return session.is_open or session.state is SessionState.HELD


@settings(max_examples=part_of(300), deadline=None)
@given(STORY)
def test_whatever_happens_no_two_open_sessions_overlap_and_each_obligation_has_one_at_most(
    story: list[tuple[int, int, int]],
) -> None:
    teller = Storyteller()
    for step in story:
        teller.play(*step)
    open_sessions = [session for session in teller.diary.sessions if session.is_open]
    starts = sorted(session.starts_at for session in open_sessions)
    assert all(later - earlier >= timedelta(minutes=90) for earlier, later in pairwise(starts))
    core = [session.obligation_id for session in open_sessions if session.obligation_id is not None]
    assert len(core) == len(set(core))
