"""A reader of the events alone has the same sessions and support managers as scheduling (doors D22).

The kind that this closes: an event that leaves out what its reader would have to ask the service for.
"""

import random
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psmf.scheduling.v1 import events_pb2, scheduling_pb2

from services.platform.calls.wire import from_date, from_instant
from services.refusals import Refusal
from services.scheduling.domain.allocation import AllocationReason
from services.scheduling.domain.attendance import Attendance, SessionAttendance
from services.scheduling.domain.identifiers import Party, SafeguarderId, SessionName, SupportManagerId
from services.scheduling.domain.sessions.sessions import MoveReason, SessionState, SupportSession
from services.scheduling.handlers import change_session
from services.scheduling.handlers.create_allocation import create_allocation
from tests.scheduling.builders import BOTH_PRESENT, TODAY
from tests.scheduling.office import Office, Team
from tests.scheduling.received import appointed, dismissed, ended, raised
from tests.sizes import part_of

PERSON = SafeguarderId("sg-one")
TAKES_PART = {
    scheduling_pb2.ATTENDANCE_ATTENDED,
    scheduling_pb2.ATTENDANCE_PART,
}
State = scheduling_pb2.SupportSession.State


class Stranger:
    """Somebody who has the events and the protos, and nothing else of ours."""

    def __init__(self) -> None:
        self.sessions: dict[str, dict[str, Any]] = {}
        self.support_manager = ""

    def read(self, office: Office) -> None:
        """Apply every event of scheduling."""
        for name, data in office.rows("SELECT type, data FROM outbox ORDER BY position"):
            kind = name.rpartition(".")[2]
            apply: Callable[[Any], None] | None = getattr(self, f"apply_{kind}", None)
            if apply is not None:
                apply(getattr(events_pb2, kind).FromString(bytes(data)))

    def apply_SupportManagerAllocated(self, event: Any) -> None:  # noqa: N802
        """Note the support manager."""
        self.support_manager = event.support_manager

    def apply_SupportManagerAllocationEnded(self, event: Any) -> None:  # noqa: N802
        """Note that there is none any more. In this test the last day is over."""
        assert from_date(event, "to_date") == TODAY - timedelta(days=1)
        self.support_manager = ""

    def apply_SupportSessionProposed(self, event: Any) -> None:  # noqa: N802
        """Note a session."""
        self._session(event.session_id, event, State.STATE_PROPOSED)

    def apply_SupportSessionConfirmed(self, event: Any) -> None:  # noqa: N802
        """Note that its date is set."""
        self.sessions[event.session_id]["state"] = State.STATE_CONFIRMED

    def apply_SupportSessionRescheduled(self, event: Any) -> None:  # noqa: N802
        """Note the session that takes the place of another."""
        self.sessions[event.session_id]["state"] = State.STATE_RESCHEDULED
        self._session(event.rescheduled_to, event, event.state)

    def apply_SupportSessionHandedOver(self, event: Any) -> None:  # noqa: N802
        """Note the other support manager."""
        self.sessions[event.session_id]["support_manager"] = event.support_manager

    def apply_SupportSessionCancelled(self, event: Any) -> None:  # noqa: N802
        """Note that it will not be."""
        self.sessions[event.session_id]["state"] = State.STATE_CANCELLED

    def apply_SupportSessionAttendanceRecorded(self, event: Any) -> None:  # noqa: N802
        """Note whether both sides were there."""
        held = event.team_present and event.attendance in TAKES_PART
        self.sessions[event.session_id]["state"] = State.STATE_HELD if held else State.STATE_NOT_HELD

    def _session(self, session_id: str, event: Any, state: Any) -> None:
        self.sessions[session_id] = {
            "state": state,
            "start": from_instant(event.start_time),
            "minutes": event.minutes,
            "number": event.number,
            "support_manager": event.support_manager,
            "obligation": event.obligation_id,
        }


def kept(session: SupportSession) -> dict[str, Any]:
    return {
        "state": State.Value(f"STATE_{session.state.upper()}"),
        "start": session.starts_at,
        "minutes": session.minutes,
        "number": session.number,
        "support_manager": session.support_manager,
        "obligation": session.obligation_id or "",
    }


def live_on(office: Office, choices: random.Random) -> None:
    """Let one thing happen that people do, or a concern, or time."""
    session = choices.choice(office.schedule(PERSON).sessions)
    name = SessionName(PERSON, session.session_id)
    later = session.starts_at + timedelta(days=choices.randint(-3, 9), hours=choices.randint(-2, 2))
    seen = choices.choice([BOTH_PRESENT, SessionAttendance(True, Attendance.ABSENT_EXCUSED)])
    manager = SupportManagerId(choices.choice(["east_1", "east_2", "north_1"]))
    number = choices.randint(1, 3)
    acts: list[Callable[[], Any]] = [
        lambda: office.command(lambda context: change_session.confirm_session(name, context)),
        lambda: office.command(
            lambda context: change_session.reschedule_session(name, later, Party.TEAM, MoveReason.TEAM, context)
        ),
        lambda: office.command(lambda context: change_session.cancel_session(name, Party.SAFEGUARDER, context)),
        lambda: office.command(lambda context: create_allocation(PERSON, manager, AllocationReason.WORKLOAD, context)),
        lambda: office.receive(raised(PERSON, f"c{number}", within=choices.choice([0, 10]))),
        lambda: office.receive(dismissed(PERSON, f"c{number}")),
        lambda: setattr(office.clock, "instant", office.clock.instant + timedelta(days=choices.randint(1, 60))),
        office.daily_run.run,
    ]
    if session.obligation_id is not None:
        acts.append(
            lambda: office.command(lambda context: change_session.record_session_attendance(name, seen, context))
        )
    with suppress(Refusal):
        choices.choice(acts)()


@settings(max_examples=part_of(60, least=10), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.booleans())
def test_sessions_and_the_support_manager_are_those_that_the_events_tell(seed: int, ends: bool) -> None:
    """doors D22: SupportSessionProposed lacked number, minutes and manager, SupportSessionRescheduled the new state."""
    choices = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder) / "scheduling.db", Team(east_1="east", east_2="east", north_1="north"))
        try:
            office.receive(appointed(PERSON, TODAY))
            for _ in range(choices.randint(1, 25)):
                live_on(office, choices)
            if ends:
                office.receive(ended(PERSON, TODAY - timedelta(days=1)))
            stranger = Stranger()
            stranger.read(office)
            schedule = office.schedule(PERSON)
            # A session that moved belongs to nobody any more, and a session that is over stays with who was there.
            owned = {s.session_id for s in schedule.sessions if s.state is not SessionState.RESCHEDULED}
            found = {name: session for name, session in stranger.sessions.items() if name in owned}
            assert found == {s.session_id: kept(s) for s in schedule.sessions if s.session_id in owned}
            assert set(stranger.sessions) == {session.session_id for session in schedule.sessions}
            tomorrow = office.clock.today() + timedelta(days=1)
            assert stranger.support_manager == (schedule.support_manager_on(tomorrow) or "")
        finally:
            office.close()
