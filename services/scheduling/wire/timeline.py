"""Entries of the timeline from one person's schedule."""

from collections.abc import Iterable, Iterator
from typing import Any

from psmf.platform.v1 import timeline_pb2 as pb
from psmf.scheduling.v1 import cover_pb2

from services.platform.calls.timeline import entry
from services.platform.calls.wire import known_word
from services.scheduling.domain.allocation import Allocation
from services.scheduling.domain.obligations.obligations import Obligation, ObligationKind
from services.scheduling.domain.sessions.sessions import SessionState, SupportSession

Entries = Iterator[pb.TimelineEntry]


def of_sessions(sessions: Iterable[SupportSession]) -> Entries:
    """Yield what happened with sessions."""
    found = list(sessions)
    by_id = {session.session_id: session for session in found}
    for session in found:
        about = (_name(session, session.session_id), "session")
        if session.rescheduled_from is None:
            yield entry("session_proposed", *about, at=session.proposed_at, person=session.support_manager)
        if session.confirmed_at:
            yield entry("session_confirmed", *about, at=session.confirmed_at)
        if session.state is SessionState.RESCHEDULED and session.rescheduled_to in by_id:
            new = by_id[session.rescheduled_to]
            word, after = str(new.moved_because or ""), _name(session, new.session_id)
            yield entry("session_moved", *about, at=new.proposed_at, word=word, corrected_by=after)
        yield from _on_its_day(session, about)


def _on_its_day(session: SupportSession, about: tuple[str, str]) -> Entries:
    if session.state is SessionState.HELD:
        mode = session.attendance.mode if session.attendance else None
        yield entry("session_held", *about, on=session.starts_on, at=session.held_recorded_at, word=mode or "")
    if session.state is SessionState.NOT_HELD:
        yield entry("session_not_held", *about, on=session.starts_on)
    if session.state is SessionState.CANCELLED:
        # No record says when it was called off.
        yield entry("session_cancelled", *about, on=session.starts_on, word=session.cancelled_by or "")


def of_trainings(obligations: Iterable[Obligation]) -> Entries:
    """Yield the trainings that the person attended."""
    for owed in obligations:
        if owed.kind is ObligationKind.MANDATORY_TRAINING and owed.attended and owed.attendance_on:
            name = f"safeguarders/{owed.safeguarder_id}/obligations/{owed.obligation_id}"
            yield entry("training_attended", name, "training", on=owed.attendance_on)


def of_allocations(allocations: Iterable[Allocation]) -> Entries:
    """Yield who supported the person since when."""
    for one in allocations:
        name = f"safeguarders/{one.safeguarder_id}/allocations/{one.number}"
        who = {"person": one.support_manager, "word": one.reason}
        yield entry("manager_allocated", name, "manager", on=one.from_on, **who)


def of_delegations(delegations: Iterable[Any]) -> Entries:
    """Yield who acts for the support manager, as the list of delegations answers it."""
    for one in delegations:
        word = known_word(cover_pb2.Delegation.Reason, one.reason)
        yield entry("delegated", one.name, "manager", at=one.create_time, person=one.delegate, word=word)


def _name(session: SupportSession, session_id: str) -> str:
    return f"safeguarders/{session.safeguarder_id}/supportSessions/{session_id}"
