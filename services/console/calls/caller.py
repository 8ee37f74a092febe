"""How a page asks a service: as the reader, with nothing more than the reader's own token.

`feedback/desk.py` has the one exception, for people who give feedback and are not signed in.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, TypeVar

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.client.words import enum_of
from services.console.failures import MaybeDone, NotDone, NotSignedIn, NotThere, SentBefore, ServiceAway, TooMany
from services.console.forms.answers import REUSED
from services.console.requests import Visit, Visitor
from services.console.telemetry import AWAY
from services.console.views.parts import Away, Found
from services.platform.calls.client import open_async_channel, refusal_of
from services.platform.calls.wire import from_word, to_date
from services.platform.telemetry import traces
from services.platform.tls import TlsFiles
from services.refusals import invalid

A = TypeVar("A")
TokenOf = Callable[[Visitor], str]
Channels = Mapping[str, Any]
"""An asynchronous channel to each service."""
EVERYBODY = "safeguarders/-"
HEALTH_SECONDS = 1.0
READ_SECONDS, WRITE_SECONDS = 2.0, 6.0
"""Longest wait for one answer. A page waits for 3 seconds in all, a form for 12 (frame.py)."""
# During an upgrade a service of the release before may not know a method yet. A page says that it did not answer.
_AWAY = {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.UNIMPLEMENTED}
_REFUSED = {grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.ABORTED}
_NOT_THERE = {grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.NOT_FOUND, grpc.StatusCode.INVALID_ARGUMENT}


def open_channels(addresses: Mapping[str, str], tls: TlsFiles | None = None) -> Channels:
    """Open a channel to each service. Call it in the loop that makes the calls."""
    return {service: open_async_channel(address, tls, service) for service, address in addresses.items()}


async def part(asked: Awaitable[A]) -> Found[A] | Away:
    """Return a part of a page that the page can do without."""
    try:
        return Found(await asked)
    except ServiceAway as problem:
        AWAY.add(1, {"service": problem.service})
        return Away(problem.service)


class Caller:
    """One connection to each service. Each area of the pages has a class with its calls."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        self._token_of = token_of
        self._channels = channels

    async def close(self) -> None:
        """Close the connections."""
        for channel in self._channels.values():
            await channel.close()

    async def answers(self, visit: Visit, service: str) -> bool:
        """Return whether a service answers, and is ready. It needs no token, because it says nothing of anybody."""
        visit.calls += 1
        request = health_pb2.HealthCheckRequest(service="ready")
        health: Any = health_pb2_grpc.HealthStub(self._channels[service])
        try:
            answer = await health.Check(request, timeout=HEALTH_SECONDS)
        except grpc.RpcError:
            return False
        return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)

    async def _ask(self, visit: Visit, service: str, method: Any, request: Any, if_unknown: Any = None) -> Any:
        """Read something as the reader.

        `if_unknown`: the answer where the service has not heard of the person. An applicant is known to evidence alone,
        and the pages about them would otherwise not be there.

        Raises:
            NotSignedIn, NotThere, TooMany, ServiceAway: what the answer means for a page.
            grpc.RpcError: a fault of ours or of the service.
        """
        try:
            return await self._call(visit, method, request, READ_SECONDS)
        except grpc.RpcError as error:
            if if_unknown is not None and error.code() is grpc.StatusCode.NOT_FOUND:
                return if_unknown
            raise meaning_of(service, error) or error from None

    async def _write(self, visit: Visit, service: str, method: Any, request: Any) -> Any:
        """Change something as the reader. The request has a request id, so it can be sent again.

        Raises:
            NotDone: the service refused it, and says why. SentBefore: because it took the form before.
            MaybeDone: it did not answer.
            NotSignedIn, NotThere, TooMany: as for a read.
            grpc.RpcError: a fault of ours or of the service.
        """
        try:
            return await self._call(visit, method, request, WRITE_SECONDS)
        except grpc.RpcError as error:
            code = error.code()
            if code in _REFUSED:
                refusal = refusal_of(error)
                raise (SentBefore if refusal.reason == REUSED else NotDone)(refusal) from None
            raise (MaybeDone(service) if code in _AWAY else meaning_of(service, error)) or error from None

    async def _call(self, visit: Visit, method: Any, request: Any, seconds: float) -> Any:
        bearer = ("authorization", f"Bearer {self._token_of(visit.signed_in)}")
        return await self._call_as((bearer,), visit, method, request, seconds)

    async def _call_as(
        self, who: tuple[tuple[str, str], ...], visit: Visit, method: Any, request: Any, seconds: float
    ) -> Any:
        """Make a call in a span of its own. `who`: the metadata that says who calls."""
        visit.calls += 1
        path: str = method._method.decode()
        with traces.calling(path) as traceparent:
            metadata = (*who, ("traceparent", traceparent)) if traceparent else who
            return await method(request, metadata=metadata, timeout=seconds)


def fill(request: Any, field: str, value: date | str) -> None:
    """Fill a field of a request: a day, a word of a closed list, or an id. Which it is the contract says.

    Raises:
        NotDone: the list has no such word. No form of ours offers one, and a form can be made by hand.
    """
    if isinstance(value, date):
        getattr(request, field).CopyFrom(to_date(value))
    elif request.DESCRIPTOR.fields_by_name[field].enum_type is not None:
        try:
            setattr(request, field, from_word(enum_of(request, field), value))
        except (KeyError, ValueError):
            raise NotDone(invalid("UNKNOWN_VALUE", "There is no such answer.", field)) from None
    else:
        setattr(request, field, value)


def meaning_of(service: str, error: Any) -> Exception | None:
    """Return what a failed call means for a page; None if it is a fault."""
    code = error.code()
    if code in _AWAY:
        return ServiceAway(service)
    if code in _NOT_THERE:
        return NotThere()
    if code is grpc.StatusCode.UNAUTHENTICATED:
        return NotSignedIn()
    return TooMany() if code is grpc.StatusCode.RESOURCE_EXHAUSTED else None
