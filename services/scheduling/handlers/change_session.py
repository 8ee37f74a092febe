"""Commands on a support session: confirm its date, move it, cancel it, record who was there, settle its agenda."""

from collections.abc import Callable
from datetime import date, datetime

from services.refusals import Refusal, invalid, not_found, precondition
from services.scheduling.domain.attendance import SessionAttendance
from services.scheduling.domain.identifiers import Party, SessionName
from services.scheduling.domain.sessions import diary as diaries
from services.scheduling.domain.sessions.diary import Diary, DiaryChange, Move
from services.scheduling.domain.sessions.proposals import after_sessions, call_off_met, moved_name, times_for
from services.scheduling.domain.sessions.sessions import MoveReason, Settlement, SupportSession
from services.scheduling.handlers.context import SchedulingContext, session_id


def confirm_session(name: SessionName, context: SchedulingContext, *, own: bool = False) -> SupportSession:
    """Confirm the date of a session. `own`: the Safeguarder confirms it.

    Refuse a session that is not proposed or whose time has passed, and to Safeguarders a date that they asked for:
    otherwise one side alone could set it.
    """
    session = find_session(name, context)
    if own and session.rescheduled_from:
        before = find_session(SessionName(name.safeguarder_id, session.rescheduled_from), context)
        if before.rescheduled_by is Party.SAFEGUARDER:
            message = "You asked for this date, so your support manager confirms it."
            raise precondition("YOUR_OWN_DATE", message, "name")
    return _change(name, context, lambda diary: diaries.confirm(diary, name.session_id, context.now))


def check_own_move(asked_by: Party, reason: MoveReason | None) -> None:
    """Refuse a Safeguarder who says that the Team asked for another date: figures count whose wish it was."""
    if asked_by is not Party.SAFEGUARDER:
        raise invalid("NOT_YOURS_TO_SAY", "Only the Team says that the Team asked for another time.", "asked_by")
    if reason is MoveReason.TEAM:
        raise invalid("NOT_YOURS_TO_SAY", "Only the Team gives this reason. Give one of your own.", "reason")


def reschedule_session(
    name: SessionName, starts_at: datetime, asked_by: Party, reason: MoveReason | None, context: SchedulingContext
) -> SupportSession:
    """Move a session and return the one that takes its place.

    Refuse a time that has passed or is not free. Refuse a closed day, a time outside office hours and a day outside the
    twelve months for which the session is owed, unless there is a reason.
    """
    new_id = session_id(moved_name(name.session_id))
    move = Move(name.session_id, starts_at, asked_by, new_id, reason, _within(name, context))
    _change(name, context, lambda diary: diaries.reschedule(diary, move, context.now, context.policy))
    return find_session(SessionName(name.safeguarder_id, move.new_id), context)


def _within(name: SessionName, context: SchedulingContext) -> tuple[date, date] | None:
    obligation_id = find_session(name, context).obligation_id
    if obligation_id is None:
        return None
    owed = context.schedule(name.safeguarder_id).obligation(obligation_id)
    return owed.window_starts_on, max(owed.window_ends_on, owed.closes_on(context.today))


def suggest_times(name: SessionName, context: SchedulingContext) -> tuple[datetime, ...]:
    """Return times to which a session could move without a reason. Refuse SESSION_NOT_FOUND, and as `times_for`."""
    schedule = context.schedule(name.safeguarder_id)
    diary, session = context.diary(schedule), find_session(name, context)
    if diary is None:
        raise _not_found()
    return times_for(diary, session, _within(name, context), context.away(schedule), context.now, context.policy)


def record_session_attendance(
    name: SessionName, recorded: SessionAttendance, context: SchedulingContext
) -> SupportSession:
    """Record who was at a session, and whether its obligation is met.

    Raises:
        Refusal: PRECONDITION for a session that is in the future, moved or cancelled, and for an unexcused absence on a
            day on which the person is away; as `check_not_reviewed` does; INVALID for attendance that contradicts
            itself.
    """
    away = context.away(context.schedule(name.safeguarder_id))

    def record(diary: Diary) -> DiaryChange:
        return diaries.record_attendance(diary, name.session_id, recorded, context.now, context.policy, away)

    return _change(name, context, record)


def cancel_session(name: SessionName, by: Party, context: SchedulingContext) -> SupportSession:
    """Cancel a session to come. Refuse one that is not open or whose time has passed."""
    return _change(
        name, context, lambda diary: diaries.call_off(diary, name.session_id, by, context.now, context.policy)
    )


def settle_agenda_item(name: SessionName, said: Settlement, context: SchedulingContext) -> SupportSession:
    """Say how an item of a session's agenda ended.

    Raises:
        Refusal: PRECONDITION for a session that was not held. NOT_FOUND for a concern that is not on its agenda.
            INVALID for an outcome that does not suit the item.
    """
    return _change(name, context, lambda diary: diaries.settle_item(diary, said, context.now, context.policy))


def find_session(name: SessionName, context: SchedulingContext) -> SupportSession:
    """Return a session of that Safeguarder. Refuse NOT_FOUND, also for a session of somebody else."""
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
    # The outcome is worked out again from all sessions of the obligation, so that a correction can also undo it.
    if session.obligation_id is not None:
        obligation = after_sessions(before.obligation(session.obligation_id), changed.diary)
        called_off = call_off_met(changed.diary, obligation, context.now, context.policy)
        after = after.with_obligation(obligation).with_diary(called_off.diary)
        events = (*events, *called_off.events)
    context.keep(before, after, events)
    return session


def _not_found() -> Refusal:
    return not_found("SESSION_NOT_FOUND", "This Safeguarder has no support session with this id.", "name")
