"""gRPC methods of SupportSessionService."""

from collections.abc import Callable
from typing import Any

from psmf.scheduling.v1 import scheduling_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.relations import listed_subjects
from services.platform.calls.wire import from_date, from_instant, to_instant
from services.platform.clock import Clock
from services.platform.storage.database import Database, to_micros
from services.refusals import precondition
from services.scheduling.adapters.calendar_file import CONTENT_TYPE, FILE_NAME, calendar_file
from services.scheduling.adapters.people import DirectoryPeople
from services.scheduling.adapters.store import SqlSchedules, WhichSessions
from services.scheduling.domain.sessions.sessions import SessionState, SupportSession
from services.scheduling.handlers import change_session as change
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.wire import messages as wire


class SupportSessionServer(scheduling_pb2_grpc.SupportSessionServiceServicer):
    """Individual support sessions, the key forum of the Framework."""

    def __init__(
        self,
        database: Database,
        commands: Commands,
        new_context: Callable[[Connection], SchedulingContext],
        people: DirectoryPeople,
        clock: Clock,
    ) -> None:
        self._database = database
        self._commands = commands
        self._new_context = new_context
        self._people = people
        self._clock = clock

    def GetSupportSession(self, request: pb.GetSupportSessionRequest, context: Any) -> pb.SupportSession:
        """Return one session with its agenda."""
        name = wire.session_name(request.name)
        with self._database.read() as connection:
            context = self._new_context(connection)
            return wire.session_message(change.find_session(name, context), context.policy)

    def ListSupportSessions(
        self, request: pb.ListSupportSessionsRequest, context: Any
    ) -> pb.ListSupportSessionsResponse:
        """Return a page of sessions, earliest first."""
        safeguarder_id = wire.safeguarder(request.parent)
        span = from_date(request, "from_date"), from_date(request, "until_date")
        states = wire.session_states(request.states)
        mark = (current_call.get().principal.person, safeguarder_id, request.upcoming_only, *map(str, span), *states)
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        after = (int(last[0]), str(last[1])) if last else None
        with self._database.read() as connection:
            principal, today = current_call.get().principal, self._clock.today()
            people = listed_subjects(connection, principal, safeguarder_id, "support_manager", today)
            which = WhichSessions(people, request.upcoming_only, *span, states)
            found = SqlSchedules(connection, self._clock.now()).page(after, most + 1, which)
            policy = self._new_context(connection).policy
        token = ""
        if len(found) > most:
            end = found[most - 1]
            token = page_token([to_micros(end.starts_at), end.session_id], *mark)
        return pb.ListSupportSessionsResponse(
            support_sessions=[wire.session_message(session, policy) for session in found[:most]], next_page_token=token
        )

    def ConfirmSupportSession(self, request: pb.ConfirmSupportSessionRequest, context: Any) -> pb.SupportSession:
        """Confirm a proposed date."""
        name, own = wire.session_name(request.name), current_call.get().relation == "own"
        return self._run(request, lambda context: change.confirm_session(name, context, own=own))

    def RescheduleSupportSession(self, request: pb.RescheduleSupportSessionRequest, context: Any) -> pb.SupportSession:
        """Move a session and return the one that takes its place."""
        name, asked_by = wire.session_name(request.name), wire.party(request, "asked_by")
        starts_at, reason = from_instant(request.start_time, "start_time"), wire.move_reason(request.reason)
        if current_call.get().relation == "own":
            change.check_own_move(asked_by, reason)
        return self._run(request, lambda context: change.reschedule_session(name, starts_at, asked_by, reason, context))

    def SuggestSupportSessionTimes(
        self, request: pb.SuggestSupportSessionTimesRequest, context: Any
    ) -> pb.SuggestSupportSessionTimesResponse:
        """Return times to which a session could move."""
        name = wire.session_name(request.name)
        with self._database.read() as connection:
            found = change.suggest_times(name, self._new_context(connection))
        return pb.SuggestSupportSessionTimesResponse(start_times=[to_instant(each) for each in found])

    def RecordSupportSessionAttendance(
        self, request: pb.RecordSupportSessionAttendanceRequest, context: Any
    ) -> pb.SupportSession:
        """Record who was at a session."""
        name, recorded = wire.session_name(request.name), wire.session_attendance(request)
        return self._run(request, lambda context: change.record_session_attendance(name, recorded, context))

    def CancelSupportSession(self, request: pb.CancelSupportSessionRequest, context: Any) -> pb.SupportSession:
        """Cancel a session to come."""
        name, by = wire.session_name(request.name), wire.party(request, "cancelled_by")
        return self._run(request, lambda context: change.cancel_session(name, by, context))

    def SettleAgendaItem(self, request: pb.SettleAgendaItemRequest, context: Any) -> pb.SupportSession:
        """Say how an item of a held session's agenda ended."""
        name, said = wire.session_name(request.name), wire.settlement(request)
        return self._run(request, lambda context: change.settle_agenda_item(name, said, context))

    def GetSupportSessionCalendar(self, request: pb.GetSupportSessionRequest, context: Any) -> pb.CalendarFile:
        """Return the session as an iCalendar file with a neutral title."""
        name = wire.session_name(request.name)
        with self._database.read() as connection:
            session = change.find_session(name, self._new_context(connection))
        if session.state is SessionState.RESCHEDULED:
            message = "The session was moved. Ask for the calendar file of the session that took its place."
            raise precondition("SESSION_RESCHEDULED", message, "name", rescheduled_to=session.rescheduled_to or "")
        organiser = self._people.organiser(session.support_manager)
        attendee = self._people.attendee(session.safeguarder_id)
        content = calendar_file(session, organiser, attendee, self._clock.now())
        return pb.CalendarFile(file_name=FILE_NAME, content_type=CONTENT_TYPE, content=content)

    def _run(self, request: Any, work: Callable[[SchedulingContext], SupportSession]) -> pb.SupportSession:
        def transaction(connection: Connection) -> pb.SupportSession:
            context = self._new_context(connection)
            return wire.session_message(work(context), context.policy)

        return self._commands.run(request, pb.SupportSession, transaction)
