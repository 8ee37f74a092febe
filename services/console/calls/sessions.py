"""What pages ask about sessions, their records and the year."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from psmf.evidence.v1 import session_records_pb2, session_records_pb2_grpc
from psmf.scheduling.v1 import scheduling_pb2, scheduling_pb2_grpc

from services.console.calls.caller import EVERYBODY, Caller, Channels, TokenOf
from services.console.failures import NotThere
from services.console.forms.answers import Sent
from services.console.forms.record import CHILD, SPOKEN, VIEW, Part, Typed
from services.console.forms.sessions import TOOK_PLACE
from services.console.requests import Visit
from services.platform.calls.pages import LARGEST_SIZE
from services.platform.calls.wire import from_instant, from_word, to_date, to_instant


class SessionCalls(Caller):
    """Calls about sessions: when they are, what is owed, and what was said."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._sessions: Any = scheduling_pb2_grpc.SupportSessionServiceStub(self._channels["scheduling"])
        self._obligations: Any = scheduling_pb2_grpc.ObligationServiceStub(self._channels["scheduling"])
        self._records: Any = session_records_pb2_grpc.SessionRecordServiceStub(self._channels["evidence"])

    async def sessions(self, visit: Visit, since: date, until: date) -> Any:
        """Return the sessions to come that the reader may see, earliest first."""
        request = coming(since, until)
        return await self._ask(visit, "scheduling", self._sessions.ListSupportSessions, request)

    async def sessions_of(self, visit: Visit, person: str, *, upcoming: bool = False) -> Any:
        """Return somebody's sessions, earliest first. `upcoming`: only those that are proposed or confirmed."""
        request = scheduling_pb2.ListSupportSessionsRequest(
            parent=person, upcoming_only=upcoming, page_size=LARGEST_SIZE
        )
        none = scheduling_pb2.ListSupportSessionsResponse()
        return await self._ask(visit, "scheduling", self._sessions.ListSupportSessions, request, none)

    async def year_of(self, visit: Visit, person: str) -> Any:
        """Return the sessions and trainings that are owed in somebody's year."""
        request = scheduling_pb2.ListObligationsRequest(parent=person)
        none = scheduling_pb2.ListObligationsResponse()
        return await self._ask(visit, "scheduling", self._obligations.ListObligations, request, none)

    async def records_of(self, visit: Visit, person: str) -> Any:
        """Return the records of somebody's sessions, the latest first."""
        request = session_records_pb2.ListSessionRecordsRequest(parent=person)
        return await self._ask(visit, "evidence", self._records.ListSessionRecords, request)

    async def session(self, visit: Visit, name: str) -> Any:
        """Return one session with its agenda."""
        request = scheduling_pb2.GetSupportSessionRequest(name=name)
        return await self._ask(visit, "scheduling", self._sessions.GetSupportSession, request)

    async def times_for(self, visit: Visit, name: str) -> tuple[datetime, ...]:
        """Return times to which a session could move without a reason."""
        request = scheduling_pb2.SuggestSupportSessionTimesRequest(name=name)
        answer = await self._ask(visit, "scheduling", self._sessions.SuggestSupportSessionTimes, request)
        return tuple(from_instant(each) for each in answer.start_times)

    async def calendar_of(self, visit: Visit, name: str) -> Any:
        """Return the calendar file of a session."""
        request = scheduling_pb2.GetSupportSessionRequest(name=name)
        return await self._ask(visit, "scheduling", self._sessions.GetSupportSessionCalendar, request)

    async def pack_of(self, visit: Visit, session: str) -> Any:
        """Return the papers of a session, with the items and the plan that they name."""
        request = session_records_pb2.GetSessionPackRequest(name=f"{session}/pack", with_named=True)
        return await self._ask(visit, "evidence", self._records.GetSessionPack, request)

    async def record_of(self, visit: Visit, session: str) -> Any:
        """Return the record of a session as it stands; None if there is none that the reader may see."""
        request = session_records_pb2.GetSessionRecordRequest(name=f"{session}/record")
        try:
            return await self._ask(visit, "evidence", self._records.GetSessionRecord, request)
        except NotThere:
            return None

    async def arrange(self, visit: Visit, name: str, step: str, sent: Sent, answer: Mapping[str, Any]) -> Any:
        """Confirm, move or cancel a session, or record who was there. `answer`: the fields of the request.

        Raises:
            NotDone: the service refused it, and says why.
        """
        method, request = {
            "confirm": (self._sessions.ConfirmSupportSession, scheduling_pb2.ConfirmSupportSessionRequest),
            "move": (self._sessions.RescheduleSupportSession, scheduling_pb2.RescheduleSupportSessionRequest),
            "cancel": (self._sessions.CancelSupportSession, scheduling_pb2.CancelSupportSessionRequest),
            "attendance": (
                self._sessions.RecordSupportSessionAttendance,
                scheduling_pb2.RecordSupportSessionAttendanceRequest,
            ),
        }[step]
        given = attendance_fields(**answer) if step == "attendance" else answer
        fields = {key: to_instant(value) if isinstance(value, datetime) else value for key, value in given.items()}
        filled = request(name=name, request_id=sent.request_id, **fields)
        return await self._write(visit, "scheduling", method, filled)

    async def add_own_item(self, visit: Visit, session: str, text: str, request_id: str) -> Any:
        """Add something of the reader's own to the papers of their session."""
        request = session_records_pb2.AddOwnItemRequest(parent=session, words=text, request_id=request_id)
        return await self._write(visit, "evidence", self._records.AddOwnItem, request)

    async def write_part(
        self, visit: Visit, session: str, record: Any | None, part: Part, typed: Typed, request_id: str
    ) -> Any:
        """Keep one part of the draft of a record. Without a record it is begun."""
        if record is None:
            begun = session_records_pb2.CreateSessionRecordRequest(
                parent=session, content=put(session_records_pb2.RecordContent(), part, typed), request_id=request_id
            )
            return await self._write(visit, "evidence", self._records.CreateSessionRecord, begun)
        request = session_records_pb2.UpdateSessionRecordRequest(
            name=record.name, content=put(record.content, part, typed), etag=record.etag, request_id=request_id
        )
        return await self._write(visit, "evidence", self._records.UpdateSessionRecord, request)

    async def share_record(self, visit: Visit, session: str, sent: Sent) -> Any:
        """Share the draft of a record with the Safeguarder."""
        request = session_records_pb2.ShareSessionRecordRequest(
            name=f"{session}/record", etag=sent.etag, request_id=sent.request_id
        )
        return await self._write(visit, "evidence", self._records.ShareSessionRecord, request)

    async def answer_record(
        self, visit: Visit, session: str, edition: int, disputes: Sequence[tuple[str, str]], request_id: str
    ) -> Any:
        """Answer one text of a record: confirm it, or say which sections the reader sees differently."""
        request = session_records_pb2.AnswerSessionRecordRequest(
            name=f"{session}/record",
            edition=edition,
            disputes=[session_records_pb2.Dispute(section=section, words=text) for section, text in disputes],
            request_id=request_id,
        )
        return await self._write(visit, "evidence", self._records.AnswerSessionRecord, request)

    async def close_record(self, visit: Visit, session: str, responses: Mapping[str, str], sent: Sent) -> Any:
        """Close a disputed record with words on each disputed section."""
        request = session_records_pb2.CloseSessionRecordRequest(
            name=f"{session}/record",
            responses=[
                session_records_pb2.DisputeResponse(section=section, words=text) for section, text in responses.items()
            ],
            etag=sent.etag,
            request_id=sent.request_id,
        )
        return await self._write(visit, "evidence", self._records.CloseSessionRecord, request)


def attendance_fields(came: str, mode: str = "") -> dict[str, Any]:
    """Return the fields that say who was there. Only a session that took place was held somehow."""
    pb, without_team = scheduling_pb2, came == "team_absent"
    found: dict[str, Any] = {
        "team_present_answer": pb.YES_NO_NO if without_team else pb.YES_NO_YES,
        "team_present": not without_team,  # a service of the release before reads this alone
        "attendance": from_word(pb.Attendance, "attended" if without_team else came),
    }
    return found | ({"mode": from_word(pb.Mode, mode)} if came in TOOK_PLACE else {})


def put(content: Any, part: Part, typed: Typed) -> Any:
    """Return a record with a part as it was answered. Every other part stays as it is."""
    after = session_records_pb2.RecordContent()
    after.CopyFrom(content)
    if part.kind == CHILD:
        after.child_interest = typed.words
    elif part.kind == SPOKEN:
        del after.actions[:], after.supports[:]
        after.actions.extend(name for name in typed.ticked if "/actions/" in name)
        after.supports.extend(name for name in typed.ticked if "/supports/" in name)
    elif part.kind == VIEW:
        view = session_records_pb2.StandardView(standard=part.about, basis=typed.ticked, words=typed.words)
        view.word = from_word(session_records_pb2.StandardView.Word, typed.word)
        _replace(after.views, view, "standard")
    else:
        said = session_records_pb2.AgendaOutcome(item=part.about, words=typed.words, action=typed.action)
        said.word = from_word(session_records_pb2.AgendaOutcome.Word, typed.word)
        _replace(after.outcomes, said, "item")
    return after


def _replace(parts: Any, new: Any, key: str) -> None:
    """Put a part in the place of the one about the same, or at the end."""
    for one in parts:
        if getattr(one, key) == getattr(new, key):
            one.CopyFrom(new)
            return
    parts.append(new)


def coming(since: date, until: date) -> scheduling_pb2.ListSupportSessionsRequest:
    """Return the request for the sessions to come between two days, of everybody whom the reader may see."""
    return scheduling_pb2.ListSupportSessionsRequest(
        parent=EVERYBODY,
        upcoming_only=True,
        page_size=LARGEST_SIZE,
        from_date=to_date(since),
        until_date=to_date(until),
    )
