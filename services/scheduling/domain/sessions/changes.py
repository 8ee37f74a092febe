"""Changes of sessions as they are published. Whatever is stored of a session is told, in one place."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time

from services.calendar_days import london_instant
from services.scheduling.domain.events import AgendaFact, SupportSessionChanged
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.sessions.agenda import ItemOutcome, freezes_on, in_order
from services.scheduling.domain.sessions.sessions import SessionState, SupportSession
from services.scheduling.domain.versions import next_version


def number_changes(
    before: Iterable[SupportSession], after: Iterable[SupportSession], now: datetime, policy: SchedulingPolicy
) -> tuple[tuple[SupportSession, ...], tuple[SupportSessionChanged, ...]]:
    """Return sessions with a new version for each that is not as it was stored, and the events to publish.

    `before` are the sessions as they were stored. The versions of one session rise, whatever `after` says.
    """
    stored = {session.session_id: session for session in before}

    def numbered(session: SupportSession) -> SupportSession:
        known = stored.get(session.session_id)
        version = next_version(known.version if known else 0, now)
        return session if session == known else replace(session, version=version)

    kept = tuple(numbered(session) for session in after)
    told = (changed(session, now, policy) for session in kept if session != stored.get(session.session_id))
    return kept, tuple(told)


def with_first_versions(sessions: Iterable[SupportSession]) -> tuple[SupportSession, ...]:
    """Return sessions in which every open one has a version, so that one of an earlier release is published once."""
    return tuple(
        replace(session, version=1) if session.is_open and not session.version else session for session in sessions
    )


def changed(session: SupportSession, now: datetime, policy: SchedulingPolicy) -> SupportSessionChanged:
    """Return the event that says how a session stands."""
    items = (item for item in in_order(session.agenda) if item.outcome is not ItemOutcome.WITHDRAWN)
    held = session.state is SessionState.HELD and session.attendance is not None
    return SupportSessionChanged(
        session.safeguarder_id,
        session.session_id,
        session.version,
        now,
        session.starts_at,
        session.state,
        session.number,
        session.rescheduled_to,
        freezes_at(session, policy),
        tuple(AgendaFact(item.concern_id, item.lane) for item in items),
        session.attendance.mode if held and session.attendance else None,
    )


def freezes_at(session: SupportSession, policy: SchedulingPolicy) -> datetime | None:
    """Return the instant from which the papers of a session are frozen. None while its date is only proposed.

    That is the beginning of the freeze day in Scotland, or the instant of confirming if the date was confirmed later.
    The papers of a session that was held without a confirmed date are frozen at its start.
    """
    if session.confirmed_at is not None:
        return max(london_instant(freezes_on(session.starts_at, policy), time.min), session.confirmed_at)
    return session.starts_at if session.state is SessionState.HELD else None
