"""The commands on a support session: confirm its date, move it, record who was there."""

from collections.abc import Callable
from datetime import datetime

from services.refusals import Refusal, not_found
from services.scheduling.domain.attendance import SessionAttendance
from services.scheduling.domain.identifiers import Party, SessionName
from services.scheduling.domain.sessions import diary as diaries
from services.scheduling.domain.sessions.diary import Diary, DiaryChange, Move
from services.scheduling.domain.sessions.proposals import after_sessions, call_off_met, moved_name
from services.scheduling.domain.sessions.sessions import SupportSession
from services.scheduling.handlers.context import SchedulingContext, session_id


def confirm_session(name: SessionName, context: SchedulingContext) -> SupportSession:
    """The session with its date set. Raises Refusal for one that is not proposed, or past."""
    return _change(name, context, lambda diary: diaries.confirm(diary, name.session_id, context.now))


def reschedule_session(
    name: SessionName, starts_at: datetime, asked_by: Party, context: SchedulingContext
) -> SupportSession:
    """The session that takes the place of the one named. Raises Refusal for a time that is past or not free."""
    move = Move(name.session_id, starts_at, asked_by, session_id(moved_name(name.session_id)))
    _change(name, context, lambda diary: diaries.reschedule(diary, move, context.now, context.policy))
    return find_session(SessionName(name.safeguarder_id, move.new_id), context)


def record_session_attendance(
    name: SessionName, recorded: SessionAttendance, context: SchedulingContext
) -> SupportSession:
    """The session held or not. What is owed is met, or not, accordingly.

    Raises Refusal for a session still to come, moved or cancelled, and for attendance that does not add up.
    """

    def record(diary: Diary) -> DiaryChange:
        return diaries.record_attendance(diary, name.session_id, recorded, context.now, context.policy)

    return _change(name, context, record)


def find_session(name: SessionName, context: SchedulingContext) -> SupportSession:
    """The session with that person. Raises Refusal NOT_FOUND, also when it is with another."""
    diary = context.schedule(name.safeguarder_id).diary(context.today)
    if diary is None:
        raise _not_found()
    return diary.session(name.session_id)


def _change(name: SessionName, context: SchedulingContext, change: Callable[[Diary], DiaryChange]) -> SupportSession:
    before = context.schedule(name.safeguarder_id)
    diary = context.diary(before)
    if diary is None:
        raise _not_found()
    changed = change(diary)
    after, events = before.with_diary(changed.diary), changed.events
    session = changed.diary.session(name.session_id)
    if session.obligation_id is not None:
        obligation = after_sessions(before.obligation(session.obligation_id), changed.diary)
        called_off = call_off_met(changed.diary, obligation, context.now, context.policy)
        after = after.with_obligation(obligation).with_diary(called_off.diary)
        events = (*events, *called_off.events)
    context.schedules.keep(before, after, events)
    return session


def _not_found() -> Refusal:
    return not_found("SESSION_NOT_FOUND", "There is no such support session for this Safeguarder.", "name")
