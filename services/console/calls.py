"""The gateway: what pages ask the services, as the reader and with nothing more than the reader's own token."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import grpc
from psmf.evidence.v1 import directory_pb2, directory_pb2_grpc, safeguarder_pb2, safeguarder_pb2_grpc
from psmf.rules.v1 import revisions_pb2, revisions_pb2_grpc, rules_pb2, rules_pb2_grpc
from psmf.scheduling.v1 import scheduling_pb2, scheduling_pb2_grpc

from services.console.failures import MaybeDone, NotDone, NotSignedIn, NotThere, ServiceAway, TooMany
from services.console.requests import Visit, Visitor
from services.console.telemetry import AWAY
from services.console.views.parts import Away, Found
from services.platform.calls.client import open_async_channel, refusal_of
from services.platform.calls.pages import LARGEST_SIZE, MOST_AT_ONCE
from services.platform.calls.wire import to_date
from services.platform.telemetry import traces

A = TypeVar("A")
EVERYBODY = "safeguarders/-"
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

    async def safeguarder(self, visit: Visit, name: str) -> Any:
        """Return one entry of the register."""
        request = safeguarder_pb2.GetSafeguarderRequest(name=name)
        return await self._ask(visit, "evidence", self._safeguarders.GetSafeguarder, request)

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


def _meaning(service: str, error: Any) -> Exception | None:
    code = error.code()
    if code in _AWAY:
        return ServiceAway(service)
    if code in _NOT_THERE:
        return NotThere()
    if code is grpc.StatusCode.UNAUTHENTICATED:
        return NotSignedIn()
    return TooMany() if code is grpc.StatusCode.RESOURCE_EXHAUSTED else None
