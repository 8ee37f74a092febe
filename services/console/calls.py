"""The gateway: what pages ask the services, as the reader and with nothing more than the reader's own token."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import date
from typing import Any, TypeVar

import grpc
from psmf.evidence.v1 import (
    development_plans_pb2,
    development_plans_pb2_grpc,
    directory_pb2,
    directory_pb2_grpc,
    drafts_pb2,
    drafts_pb2_grpc,
    evidence_pb2,
    evidence_pb2_grpc,
    personal_file_pb2,
    personal_file_pb2_grpc,
    safeguarder_pb2,
    safeguarder_pb2_grpc,
    session_records_pb2,
    session_records_pb2_grpc,
)
from psmf.platform.v1 import own_file_pb2, own_file_pb2_grpc
from psmf.rules.v1 import concern_moves_pb2, revisions_pb2, revisions_pb2_grpc, rules_pb2, rules_pb2_grpc
from psmf.scheduling.v1 import scheduling_pb2, scheduling_pb2_grpc

from services.client.file.whole import EXPORT_SECONDS, End, Kept, broke_off, kept_or_end, knows_nobody
from services.client.words import enum_of
from services.console.failures import MaybeDone, NotDone, NotSignedIn, NotThere, ServiceAway, TooMany
from services.console.forms.answers import Sent
from services.console.requests import Visit, Visitor
from services.console.telemetry import AWAY
from services.console.views.parts import Away, Found
from services.platform.calls.client import open_async_channel, refusal_of
from services.platform.calls.pages import LARGEST_SIZE, MOST_AT_ONCE
from services.platform.calls.wire import from_word, to_date
from services.platform.telemetry import traces

A = TypeVar("A")
EVERYBODY = "safeguarders/-"
MOVES = {
    "acknowledge": "AcknowledgeConcern",
    "dismiss": "DismissConcern",
    "close": "CloseConcern",
    "escalate": "EscalateConcern",
    "hold": "HoldConcern",
    "release": "ReleaseConcern",
    "merge": "MergeConcern",
    "reopen": "ReopenConcern",
    "invite_to_share": "InviteToShareConcern",
    "answer_invitation": "AnswerConcernInvitation",
}
"""The method that makes each step on a matter."""
NEWEST = 20
"""Items of a person that a step offers to choose from."""
READ_SECONDS, WRITE_SECONDS = 2.0, 6.0
"""Longest wait for one answer. A page waits for 3 seconds in all, a form for 12 (frame.py)."""
_AWAY = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED}
_REFUSED = {grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.ABORTED}
_NOT_THERE = {grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.NOT_FOUND, grpc.StatusCode.INVALID_ARGUMENT}


async def part(asked: Awaitable[A]) -> Found[A] | Away:
    """Return a part of a page that the page can do without."""
    try:
        return Found(await asked)
    except ServiceAway as problem:
        AWAY.add(1, {"service": problem.service})
        return Away(problem.service)


class Gateway:
    """Calls of the public methods, one connection to each service."""

    def __init__(self, addresses: Mapping[str, str], token_of: Callable[[Visitor], str]) -> None:
        self._token_of = token_of
        self._channels = {service: open_async_channel(address) for service, address in addresses.items()}
        rules = self._channels["rules"]
        self._rulebook: Any = rules_pb2_grpc.RulebookServiceStub(rules)
        self._standards: Any = rules_pb2_grpc.StandardsServiceStub(rules)
        self._concerns: Any = rules_pb2_grpc.ConcernServiceStub(rules)
        self._sessions: Any = scheduling_pb2_grpc.SupportSessionServiceStub(self._channels["scheduling"])
        self._safeguarders: Any = safeguarder_pb2_grpc.SafeguarderServiceStub(self._channels["evidence"])
        self._directory: Any = directory_pb2_grpc.DirectoryServiceStub(self._channels["evidence"])
        self._revisions: Any = revisions_pb2_grpc.RulebookRevisionServiceStub(rules)
        self._obligations: Any = scheduling_pb2_grpc.ObligationServiceStub(self._channels["scheduling"])
        self._own_files: dict[str, Any] = {
            service: own_file_pb2_grpc.OwnFileServiceStub(channel) for service, channel in self._channels.items()
        }
        self._reach_files(self._channels["evidence"])

    def _reach_files(self, evidence: Any) -> None:
        self._personal_file: Any = personal_file_pb2_grpc.PersonalFileServiceStub(evidence)
        self._evidence: Any = evidence_pb2_grpc.EvidenceServiceStub(evidence)
        self._drafts: Any = drafts_pb2_grpc.DraftServiceStub(evidence)
        self._plans: Any = development_plans_pb2_grpc.DevelopmentPlanServiceStub(evidence)
        self._records: Any = session_records_pb2_grpc.SessionRecordServiceStub(evidence)

    async def close(self) -> None:
        """Close the connections."""
        for channel in self._channels.values():
            await channel.close()

    async def rules(self, visit: Visit, on: date | None = None) -> Any:
        """Return every rule in force on a day, which is today where none is given."""
        request = rules_pb2.ListRulesRequest(as_of_date=to_date(on))
        return await self._ask(visit, "rules", self._rulebook.ListRules, request)

    async def standards(self, visit: Visit) -> Any:
        """Return the editions of the Practice Standards."""
        request = rules_pb2.ListStandardsEditionsRequest()
        return await self._ask(visit, "rules", self._standards.ListStandardsEditions, request)

    async def rulebook_plan(self, visit: Visit) -> Any:
        """Return what the dates in the rulebook change after today."""
        request = revisions_pb2.GetRulebookPlanRequest()
        return await self._ask(visit, "rules", self._revisions.GetRulebookPlan, request)

    async def matters(self, visit: Visit) -> Any:
        """Return what waits for the reader, most urgent first."""
        request = rules_pb2.ListConcernsRequest(parent=EVERYBODY, mine=True, page_size=LARGEST_SIZE)
        return await self._ask(visit, "rules", self._concerns.ListConcerns, request)

    async def matter(self, visit: Visit, name: str) -> Any:
        """Return one matter, with the steps that are possible and those that are not."""
        request = rules_pb2.GetConcernRequest(name=name)
        return await self._ask(visit, "rules", self._concerns.GetConcern, request)

    async def move(self, visit: Visit, name: str, move: str, sent: Sent, answer: Mapping[str, date | str]) -> Any:
        """Make a step on a matter, and return the matter after it."""
        method = MOVES[move]
        module = rules_pb2 if hasattr(rules_pb2, f"{method}Request") else concern_moves_pb2
        request = getattr(module, f"{method}Request")(name=name, request_id=sent.request_id, etag=sent.etag)
        for field, value in answer.items():
            _fill(request, field, value)
        return await self._write(visit, "rules", getattr(self._concerns, method), request)

    async def record(self, visit: Visit, name: str, move: str, sent: Sent, answer: Mapping[str, date | str]) -> Any:
        """Make a step on a matter that the record keeps. Rules hear of it a moment later."""
        person, _, concern = name.partition("/concerns/")
        if move == "start_support":
            request: Any = development_plans_pb2.OfferSupportRequest(
                parent=person, supported=[name], request_id=sent.request_id
            )
            method = self._plans.OfferSupport
        else:
            view = f"{person}/views/{concern}"
            request = development_plans_pb2.AskForViewRequest(name=view, request_id=sent.request_id)
            method = self._plans.AskForView
        for field, value in answer.items():
            _fill(request, field, value)
        return await self._write(visit, "evidence", method, request)

    async def sessions(self, visit: Visit, since: date, until: date) -> Any:
        """Return the sessions to come that the reader may see, earliest first."""
        request = scheduling_pb2.ListSupportSessionsRequest(
            parent=EVERYBODY,
            upcoming_only=True,
            page_size=LARGEST_SIZE,
            from_date=to_date(since),
            until_date=to_date(until),
        )
        return await self._ask(visit, "scheduling", self._sessions.ListSupportSessions, request)

    async def names_of(self, visit: Visit, names: Sequence[str]) -> dict[str, str]:
        """Return what the register calls people, by the names of their records. The first hundred are named."""
        if not names:
            return {}
        request = safeguarder_pb2.BatchGetSafeguardersRequest(names=names[:MOST_AT_ONCE])
        answer = await self._ask(visit, "evidence", self._safeguarders.BatchGetSafeguarders, request)
        return {one.name: one.display_name for one in answer.safeguarders}

    async def called(self, visit: Visit, people: Sequence[str]) -> dict[str, str]:
        """Return what people are called, by their opaque ids."""
        if not people:
            return {}
        request = directory_pb2.BatchGetPeopleRequest(people=people[:MOST_AT_ONCE])
        answer = await self._ask(visit, "evidence", self._directory.BatchGetPeople, request)
        return {one.person: one.display_name for one in answer.people}

    async def standing(self, visit: Visit, person: str) -> Any:
        """Return where somebody's practice stands, and what is due from whom."""
        request = personal_file_pb2.GetMyStandingRequest(name=f"{person}/standing")
        return await self._ask(visit, "evidence", self._personal_file.GetMyStanding, request)

    async def raised(self, visit: Visit, person: str, *, ended: bool = False) -> Any:
        """Return what rules raised about somebody, praise among it. `ended`: also what is over."""
        request = rules_pb2.ListConcernsRequest(parent=person, include_closed=ended, page_size=LARGEST_SIZE)
        return await self._ask(visit, "rules", self._concerns.ListConcerns, request)

    async def items(self, visit: Visit, person: str, *, most: int = LARGEST_SIZE) -> Any:
        """Return the newest items on somebody's file."""
        request = evidence_pb2.ListEvidenceItemsRequest(parent=person, page_size=most)
        return await self._ask(visit, "evidence", self._evidence.ListEvidenceItems, request)

    async def item(self, visit: Visit, name: str) -> Any:
        """Return one item."""
        request = evidence_pb2.GetEvidenceItemRequest(name=name)
        return await self._ask(visit, "evidence", self._evidence.GetEvidenceItem, request)

    async def reply(self, visit: Visit, name: str, text: str, request_id: str, *, check_only: bool = False) -> Any:
        """Add the reader's reply to an item, and return the item. `check_only`: return it as it would be.

        Raises:
            NotDone: the service refused it, and says why.
        """
        request = evidence_pb2.AddReplyRequest(
            name=name, text=text, request_id="" if check_only else request_id, validate_only=check_only
        )
        return await self._write(visit, "evidence", self._evidence.AddReply, request)

    async def reply_draft(self, visit: Visit, person: str, item: str) -> Any:
        """Return the reader's draft of a reply to an item, without its words; None if there is none."""
        answer = await self._ask(
            visit, "evidence", self._drafts.ListDrafts, drafts_pb2.ListDraftsRequest(parent=person)
        )
        of_reply = (one for one in answer.drafts if one.kind == drafts_pb2.Draft.KIND_REPLY and one.step == item)
        return next((one for one in of_reply if one.author == visit.signed_in.person), None)

    async def draft(self, visit: Visit, name: str) -> Any:
        """Return one draft of the reader's, with its words."""
        return await self._ask(visit, "evidence", self._drafts.GetDraft, drafts_pb2.GetDraftRequest(name=name))

    async def begin_reply_draft(self, visit: Visit, person: str, item: str, answers: bytes) -> Any:
        """Keep the words of a reply that is not sent yet. The step of the draft is the item's id."""
        request = drafts_pb2.CreateDraftRequest(
            kind=drafts_pb2.Draft.KIND_REPLY, safeguarder=person, step=item, answers=answers
        )
        return await self._write(visit, "evidence", self._drafts.CreateDraft, request)

    async def change_draft(self, visit: Visit, draft: Any, answers: bytes, etag: str) -> Any:
        """Keep other words in place of a draft's. `etag`: of the copy that was changed.

        Raises:
            NotDone: it was changed in another window, or is not there any more.
        """
        request = drafts_pb2.UpdateDraftRequest(name=draft.name, step=draft.step, answers=answers, etag=etag)
        return await self._write(visit, "evidence", self._drafts.UpdateDraft, request)

    async def delete_draft(self, visit: Visit, draft: Any) -> None:
        """Delete a draft, because it was sent or is not wanted."""
        request = drafts_pb2.DeleteDraftRequest(name=draft.name)
        await self._write(visit, "evidence", self._drafts.DeleteDraft, request)

    async def sessions_of(self, visit: Visit, person: str, *, upcoming: bool = False) -> Any:
        """Return somebody's sessions, earliest first. `upcoming`: only those that are proposed or confirmed."""
        request = scheduling_pb2.ListSupportSessionsRequest(
            parent=person, upcoming_only=upcoming, page_size=LARGEST_SIZE
        )
        return await self._ask(visit, "scheduling", self._sessions.ListSupportSessions, request)

    async def year_of(self, visit: Visit, person: str) -> Any:
        """Return the sessions and trainings that are owed in somebody's year."""
        request = scheduling_pb2.ListObligationsRequest(parent=person)
        return await self._ask(visit, "scheduling", self._obligations.ListObligations, request)

    async def records_of(self, visit: Visit, person: str) -> Any:
        """Return the records of somebody's sessions, the latest first."""
        request = session_records_pb2.ListSessionRecordsRequest(parent=person)
        return await self._ask(visit, "evidence", self._records.ListSessionRecords, request)

    async def plan_of(self, visit: Visit, person: str) -> Any:
        """Return somebody's development plan as it stands today."""
        request = development_plans_pb2.GetDevelopmentPlanRequest(name=f"{person}/developmentPlan")
        return await self._ask(visit, "evidence", self._plans.GetDevelopmentPlan, request)

    async def reads_of(self, visit: Visit, service: str, person: str) -> Any:
        """Return who has lately read what one service keeps about somebody. Their own reading is left out."""
        request = own_file_pb2.ListReadsRequest(parent=person, page_size=LARGEST_SIZE)
        try:
            return await self._ask(visit, service, self._own_files[service].ListReads, request)
        except NotThere:
            if service == "evidence":
                raise
            return own_file_pb2.ListReadsResponse()  # nothing about them has come to this service

    async def own_file(self, visit: Visit, person: str) -> AsyncGenerator[Kept | End, None]:
        """Yield every record of the reader's whole file, service by service, each followed by its end.

        Raises:
            NotSignedIn, NotThere, ServiceAway: what the answer means for a page.
            ClientError: a service broke off. What came is not the whole file.
        """
        for service in self._own_files:
            try:
                async with aclosing(self._own_part(visit, service, person)) as parts:
                    async for part in parts:
                        yield part
            except grpc.RpcError as error:
                if knows_nobody(service, error):
                    continue
                meaning = _meaning(service, error)
                # A service sends a few files at a time, so one more has to wait.
                raise (ServiceAway(service) if isinstance(meaning, TooMany) else meaning) or error from None

    async def _own_part(self, visit: Visit, service: str, person: str) -> AsyncGenerator[Kept | End, None]:
        visit.calls += 1
        request = own_file_pb2.ExportMyFileRequest(name=f"{person}/file")
        bearer = ("authorization", f"Bearer {self._token_of(visit.signed_in)}")
        call = self._own_files[service].ExportMyFile(request, metadata=(bearer,), timeout=EXPORT_SECONDS)
        number = 0
        try:
            async for part in call:
                found = kept_or_end(service, part, number)
                yield found
                if isinstance(found, End):
                    return
                number += 1
            raise broke_off(service)
        finally:
            call.cancel()  # somebody who stops reading gives the place of their file back

    async def _ask(self, visit: Visit, service: str, method: Any, request: Any) -> Any:
        """Read something as the reader.

        Raises:
            NotSignedIn, NotThere, TooMany, ServiceAway: what the answer means for a page.
            grpc.RpcError: a fault of ours or of the service.
        """
        try:
            return await self._call(visit, method, request, READ_SECONDS)
        except grpc.RpcError as error:
            raise _meaning(service, error) or error from None

    async def _write(self, visit: Visit, service: str, method: Any, request: Any) -> Any:
        """Change something as the reader. The request has a request id, so it can be sent again.

        Raises:
            NotDone: the service refused it, and says why.
            MaybeDone: it did not answer.
            NotSignedIn, NotThere, TooMany: as for a read.
            grpc.RpcError: a fault of ours or of the service.
        """
        try:
            return await self._call(visit, method, request, WRITE_SECONDS)
        except grpc.RpcError as error:
            code = error.code()
            if code in _REFUSED:
                raise NotDone(refusal_of(error)) from None
            raise (MaybeDone(service) if code in _AWAY else _meaning(service, error)) or error from None

    async def _call(self, visit: Visit, method: Any, request: Any, seconds: float) -> Any:
        visit.calls += 1
        path: str = method._method.decode()
        with traces.calling(path) as traceparent:
            bearer = ("authorization", f"Bearer {self._token_of(visit.signed_in)}")
            metadata = (bearer, ("traceparent", traceparent)) if traceparent else (bearer,)
            return await method(request, metadata=metadata, timeout=seconds)


def _fill(request: Any, field: str, value: date | str) -> None:
    """Fill a field of a request: a day, a word of a closed list, or an id. Which it is the contract says."""
    if isinstance(value, date):
        getattr(request, field).CopyFrom(to_date(value))
    elif request.DESCRIPTOR.fields_by_name[field].enum_type is not None:
        setattr(request, field, from_word(enum_of(request, field), value))
    else:
        setattr(request, field, value)


def _meaning(service: str, error: Any) -> Exception | None:
    code = error.code()
    if code in _AWAY:
        return ServiceAway(service)
    if code in _NOT_THERE:
        return NotThere()
    if code is grpc.StatusCode.UNAUTHENTICATED:
        return NotSignedIn()
    return TooMany() if code is grpc.StatusCode.RESOURCE_EXHAUSTED else None
