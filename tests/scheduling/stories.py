"""Random stories of a diary: commands in random order, with an account of what is still to be discussed."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from services.refusals import Refusal
from services.scheduling.domain.attendance import Attendance, Mode, SessionAttendance
from services.scheduling.domain.concerns import Concern, react_to_concern
from services.scheduling.domain.identifiers import ConcernId, Party, SessionId
from services.scheduling.domain.sessions.agenda import AgendaItem, ItemOutcome, Lane
from services.scheduling.domain.sessions.diary import (
    Move,
    call_off,
    carry_over,
    confirm,
    record_attendance,
    reschedule,
    settle_item,
    withdraw,
)
from services.scheduling.domain.sessions.proposals import propose_sessions
from services.scheduling.domain.sessions.sessions import Settlement, SupportSession
from tests.scheduling.builders import (
    BOTH_PRESENT,
    NOW,
    POLICY,
    a_diary,
    a_term,
    obligations_of,
    session_ids,
)


def a_concern(concern_id: str = "c1", lane: Lane = Lane.SUPPORT_NEED, within: int = 0) -> Concern:
    return Concern(ConcernId(concern_id), lane, within)


# A story is a list of (what, which, days later): commands in random order. A refused command changes nothing.
STORY = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 11), st.integers(0, 25)), min_size=5, max_size=40)
LANES = [Lane.SUPPORT_NEED, Lane.EXCELLENCE, Lane.SAFETY]
OUTCOMES = [ItemOutcome.ACTION, ItemOutcome.ACKNOWLEDGED, ItemOutcome.CARRIED_FORWARD, ItemOutcome.NO_ACTION]
Place = tuple[SessionId, ConcernId]


class Storyteller:
    """A player of random stories on a diary, with its own account of which concerns are still to be discussed."""

    def __init__(self) -> None:
        self.diary = propose_sessions(a_diary(), obligations_of(a_term()), NOW, POLICY, session_ids()).diary
        self.now = NOW
        self.pending: set[ConcernId] = set()
        self.settled: dict[Place, datetime] = {}
        self.ended: set[Place] = set()
        """What had left the agenda of a session when its concern was closed."""
        self.new_id = session_ids("later")

    def play(self, what: int, which: int, days_later: int) -> None:
        self.now += timedelta(days=days_later)
        self.diary = carry_over(self.diary, self.now, POLICY).diary
        session = self.diary.sessions[which % len(self.diary.sessions)]
        steps = [
            self.raise_concern,
            self.confirm,
            self.move,
            self.call_off,
            self.hold,
            self.miss,
            self.dismiss,
            self.settle,
            self.tell_late,
        ]
        try:
            steps[what](session, which)
        except Refusal:
            return

    def raise_concern(self, _: SupportSession, which: int) -> None:
        self._react(which, self.now)

    def tell_late(self, _: SupportSession, which: int) -> None:
        self._react(which, self.now - timedelta(days=20))

    def _react(self, which: int, said_at: datetime) -> None:
        within = (0, 5, 15)[which % 3]
        concern = replace(a_concern(f"c{which}", LANES[which % 3], within), said_at=said_at)
        settled_at = [at for (_, concern_id), at in self.settled.items() if concern_id == concern.concern_id]
        if not settled_at or max(settled_at) < said_at:
            self.pending.add(concern.concern_id)
        self.diary = react_to_concern(self.diary, concern, self.now, POLICY, self.new_id("")).diary

    def confirm(self, session: SupportSession, _: int) -> None:
        self.diary = confirm(self.diary, session.session_id, self.now).diary

    def move(self, session: SupportSession, which: int) -> None:
        move = Move(session.session_id, session.starts_at + timedelta(days=which), Party.SAFEGUARDER, self.new_id(""))
        self.diary = reschedule(self.diary, move, self.now, POLICY).diary

    def call_off(self, session: SupportSession, _: int) -> None:
        self.diary = call_off(self.diary, session.session_id, Party.TEAM, self.now, POLICY).diary

    def hold(self, session: SupportSession, _: int) -> None:
        self.diary = record_attendance(self.diary, session.session_id, BOTH_PRESENT, self.now, POLICY).diary

    def miss(self, session: SupportSession, _: int) -> None:
        absent = SessionAttendance(True, Attendance.AWAITING_EVIDENCE, Mode.ONLINE)
        self.diary = record_attendance(self.diary, session.session_id, absent, self.now, POLICY).diary
        for place in [place for place in self.settled if place[0] == session.session_id and place not in self.ended]:
            del self.settled[place]
            self.pending.add(place[1])

    def dismiss(self, _: SupportSession, which: int) -> None:
        concern_id = ConcernId(f"c{which}")
        self.pending.discard(concern_id)
        for session in self.diary.sessions:
            if any(item.concern_id == concern_id and item.outcome is not None for item in session.agenda):
                self.ended.add((session.session_id, concern_id))
        self.diary = withdraw(self.diary, concern_id).diary

    def settle(self, session: SupportSession, which: int) -> None:
        if not session.agenda:
            return
        item = session.agenda[which % len(session.agenda)]
        place, outcome = (session.session_id, item.concern_id), OUTCOMES[which % 4]
        said = Settlement(*place, outcome)
        self.diary = settle_item(self.diary, said, self.now, POLICY).diary
        if outcome is ItemOutcome.CARRIED_FORWARD:
            self.settled.pop(place, None)
            if place not in self.ended:
                self.pending.add(item.concern_id)
            return
        if place not in self.settled and place not in self.ended:
            self.pending.discard(item.concern_id)
        self.settled[place] = self.now

    def open_items(self) -> list[AgendaItem]:
        return [*self.diary.waiting, *(item for session in self.diary.sessions for item in session.unsettled)]
