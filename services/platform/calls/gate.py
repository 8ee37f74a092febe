"""The gate in front of every method, the same for all four kinds of call.

A call passes in this order: authentication (at the door, before any work is taken on), then in a thread telemetry and
unexpected errors, decoding and the size limit, access, required fields, the method, audit of reads and refusals.
Idempotency and the audit row of a write are in `commands`, inside the write's own transaction.
"""

import math
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from google.protobuf.message import DecodeError, Message
from google.rpc import code_pb2, error_details_pb2, status_pb2

from services.platform.calls import audited
from services.platform.calls.access import Access
from services.platform.calls.commands import Call, Commands, current_call
from services.platform.calls.fields import require_fields
from services.platform.calls.identity import Principal, Tokens
from services.platform.calls.method_rules import MethodPolicy
from services.platform.calls.named import require_names, unfit_field
from services.platform.calls.pages import PageSeal
from services.platform.calls.relations import Related
from services.platform.calls.wire import CODES
from services.platform.telemetry import traces
from services.platform.telemetry.logs import log
from services.platform.wanted import require_wanted, wanted_until
from services.refusals import Kind, Refusal, invalid

MAX_REQUEST_BYTES = 1024 * 1024
"""Bounds the memory of a call. Whatever is larger is sent in parts."""
MOST_ANSWER_BYTES = 12 * 1024 * 1024
"""The largest answer. The product's own clients take 16 MiB."""

_RETRY_SECONDS = 1
"""Advice to callers, in seconds. It keeps them from pressing a service that restarts."""


@dataclass(frozen=True, slots=True)
class _Unreadable:
    """The place of a request that could not be decoded. gRPC's own error would carry no reason, the gate's does."""

    refusal: Refusal


def rich_status(refusal: Refusal, domain: str) -> status_pb2.Status:
    """Turn a refusal into google.rpc.Status: always ErrorInfo, BadRequest for a field, RetryInfo if waiting helps."""
    status = status_pb2.Status(code=CODES[refusal.kind], message=refusal.message)
    info = error_details_pb2.ErrorInfo(reason=refusal.reason, domain=f"{domain}.psmf", metadata=refusal.metadata)
    status.details.add().Pack(info)
    if refusal.field:
        violation = error_details_pb2.BadRequest.FieldViolation(field=refusal.field, description=refusal.message)
        status.details.add().Pack(error_details_pb2.BadRequest(field_violations=[violation]))
    if refusal.kind in (Kind.UNAVAILABLE, Kind.EXHAUSTED):
        retry = error_details_pb2.RetryInfo()
        retry.retry_delay.FromSeconds(_RETRY_SECONDS)
        status.details.add().Pack(retry)
    return status


def _unexpected(reference: str, domain: str) -> status_pb2.Status:
    """Return a status with only a reference number. The log has the rest, because a caller must learn nothing of it."""
    message = f"Something went wrong on our side. Nothing was recorded by this call. Reference: {reference}"
    status = status_pb2.Status(code=code_pb2.INTERNAL, message=message)
    info = error_details_pb2.ErrorInfo(reason="INTERNAL", domain=f"{domain}.psmf", metadata={"reference": reference})
    status.details.add().Pack(info)
    return status


class Records(NamedTuple):
    """What the gate asks of a service about the records that requests name."""

    relate: Callable[[Principal, Message | None], Related]
    """Returns the record that a request is about and the caller's relation to it. A stream has no request yet."""
    require_parent: Callable[[MethodPolicy, Message], None]
    """Refuses a list of the records of somebody whom the service does not know."""
    pages: PageSeal
    """The seal on the page tokens of its lists."""


class Refused(Exception):
    """The end of a call that was not carried out, with the status of its answer."""

    def __init__(self, status: status_pb2.Status) -> None:
        super().__init__()
        self.status = status


@dataclass(frozen=True, slots=True)
class Guarded:
    """A method behind the gate."""

    rules: MethodPolicy
    contract: str
    """The full name of the gRPC service it belongs to."""
    takes_parts: bool
    gives_parts: bool
    decode: Callable[[bytes], "Message | _Unreadable"]
    encode: Callable[[Any], bytes]
    inner: Callable[[Any, Any], Any]


class Arrived(NamedTuple):
    """A call that has come in: whose, its metadata, its request or the parts of it, and gRPC's context."""

    principal: Principal
    metadata: Mapping[str, str]
    body: bytes | Iterable[bytes]
    context: Any


class Gate:
    """The gate in front of every method. It admits a call, or answers why not."""

    def __init__(
        self,
        service: str,
        methods: Mapping[str, MethodPolicy],
        tokens: Tokens,
        access: Access,
        records: Records,
        commands: Commands,
    ) -> None:
        self._service = service
        self._methods = methods
        self._tokens = tokens
        self._access = access
        self._records = records
        self._commands = commands

    def around(self, handler: Any, path: str) -> Guarded:
        """Put the gate around a method. One without rules fails here, so that none can be served without the gate."""
        rules = self._methods.get(path)
        if rules is None:
            raise LookupError(f"no rules for {path}")
        return Guarded(
            rules,
            path.split("/")[1],
            handler.request_streaming,
            handler.response_streaming,
            _decoder(handler.request_deserializer, is_part=handler.request_streaming),
            handler.response_serializer,
            handler.unary_unary or handler.unary_stream or handler.stream_unary or handler.stream_stream,
        )

    def principal(self, metadata: Mapping[str, str]) -> Principal:
        """Return whose call this is. It comes before everything else, so a stranger takes no place and no thread.

        Raises:
            Refusal: UNAUTHENTICATED.
        """
        return self._tokens.principal(metadata.get("authorization", ""))

    def refused(self, rules: MethodPolicy, metadata: Mapping[str, str], refusal: Refusal) -> Refused:
        """Return the end of a call that the door refuses, and leave a span of it."""
        with traces.serving(self._service, rules.path, metadata) as served:
            status = rich_status(refusal, self._service)
            served.code = code_pb2.Code.Name(status.code)
        return Refused(status)

    def answer(self, method: Guarded, arrived: Arrived) -> bytes:
        """Run a method in this thread, and return its answer.

        Raises:
            Refused: the gate or the method refused it, or something went wrong.
        """
        with self._guarded(method, arrived) as (call, message):
            answer = method.inner(message, arrived.context)
            audited.note_answer(self._commands, call, answer)
            if "next_page_token" in answer.DESCRIPTOR.fields_by_name:
                answer.next_page_token = self._records.pages.sealed(method.rules.path, answer.next_page_token)
            return _encoded(method, answer)

    def answers(self, method: Guarded, arrived: Arrived) -> Iterator[bytes]:
        """Run a method in this thread that gives many answers, and yield each as it is made. Raises as `answer`."""
        with self._guarded(method, arrived) as (call, message):
            require_still = self._tokens.stays(arrived.metadata.get("authorization", ""), call.principal)
            for answer in audited.noted_parts(self._commands, call, method.inner(message, arrived.context)):
                # A stream may be open for long: whose token has ended, or who lost their role, is sent nothing more.
                require_still()
                yield _encoded(method, answer)

    @contextmanager
    def _guarded(self, method: Guarded, arrived: Arrived) -> Iterator[tuple[Call, Any]]:
        """Admit a call, and yield it with its request, or the parts of it."""
        status, call = None, None
        with traces.serving(self._service, method.rules.path, arrived.metadata) as served:
            try:
                with wanted_until(_end_of(method.rules, arrived.context)):
                    require_wanted()  # a call that waited past its deadline has no caller any more
                    message = _read(method, arrived.body)
                    call = self._known(method, arrived.principal, message)
                    self._admit(method, call, message)
                    token = current_call.set(call)
                    try:
                        yield call, message
                    finally:
                        current_call.reset(token)
            except Refusal as refusal:
                status = rich_status(refusal, self._service)
                self._note(call, refusal)
                _forget_where(refusal)
            except Exception as problem:
                status = _unexpected(_logged(method.rules, problem), self._service)
                self._note(call, None)
                _forget_where(problem)
            if status is not None:
                served.code = code_pb2.Code.Name(status.code)
        # It comes last, after the span has the code of the answer.
        if status is not None:
            raise Refused(status)

    def _note(self, call: Call | None, refusal: Refusal | None) -> None:
        """Leave a row of a call that is not carried out. A fault here must not show in the answer."""
        try:
            audited.note_refusal(self._commands, call, refusal)
        except Exception as problem:
            log().error("refusal_not_noted", error=type(problem).__name__)

    def _known(self, method: Guarded, principal: Principal, message: Any) -> Call:
        """Return who calls what about whom. From here on a refusal leaves a row in the audit log."""
        if isinstance(message, _Unreadable):
            raise message.refusal
        request = None if method.takes_parts else message
        if request is not None:
            require_names(request)
        subject, relation, for_whom = self._records.relate(principal, request)
        about = "" if subject == "-" else subject
        return Call(principal, method.rules, about, relation, traces.traceparent(), for_whom)

    def _admit(self, method: Guarded, call: Call, request: Any) -> None:
        # Access comes before the fields: a stranger learns nothing about the contract or the records from what is
        # refused.
        self._access.require(call.principal, call.rules, call.relation)
        if method.takes_parts:
            return
        require_fields(request)
        if "page_token" in request.DESCRIPTOR.fields_by_name:
            request.page_token = self._records.pages.opened(call.rules.path, request.page_token)
        # After access: only somebody who may read the list learns that nobody has this id.
        self._records.require_parent(call.rules, request)


def _end_of(rules: MethodPolicy, context: Any) -> Callable[[], None]:
    """Return what ends the work of a call once nobody waits for it, or its declared deadline has passed."""
    ends_at = time.monotonic() + rules.deadline_seconds if rules.deadline_seconds else math.inf

    def check() -> None:
        if not context.is_active():
            raise Refusal(Kind.UNAVAILABLE, "CALLER_LEFT", "The caller left, or the caller's own deadline passed.")
        if time.monotonic() > ends_at:
            why = f"The call took longer than {rules.deadline_seconds} seconds, and was ended before it recorded more."
            raise Refusal(Kind.LATE, "DEADLINE_PASSED", why)

    return check


def _encoded(method: Guarded, answer: Message) -> bytes:
    """Return the bytes of an answer.

    Raises:
        Refusal: EXHAUSTED. It is larger than clients take.
    """
    encoded = method.encode(answer)
    if len(encoded) > MOST_ANSWER_BYTES:
        why = f"The answer is larger than {MOST_ANSWER_BYTES} bytes. Ask for a smaller page, or for less time."
        raise Refusal(Kind.EXHAUSTED, "ANSWER_TOO_LARGE", why)
    return encoded


def _read(method: Guarded, body: bytes | Iterable[bytes]) -> Any:
    """Return the request of a call; if it comes in parts, an iterator over them."""
    return method.decode(body) if isinstance(body, bytes) else _readable(method.decode(part) for part in body)


def single_values(metadata: Iterable[tuple[str, str | bytes]]) -> dict[str, str]:
    """Return metadata by key, without keys that were sent twice. Which of two tokens counts must not be guessed."""
    values: dict[str, str] = {}
    seen: set[str] = set()
    for key, value in metadata:
        if key in seen:
            values.pop(key, None)
        elif isinstance(value, str):  # keys that end in -bin have bytes, and we use none
            values[key] = value
        seen.add(key)
    return values


def _readable(messages: Iterable[Any]) -> Iterator[Any]:
    """Yield the parts of a client's stream.

    Raises:
        Refusal: a part cannot be decoded, or the caller has left.
    """
    for message in messages:
        if isinstance(message, _Unreadable):
            raise message.refusal
        yield message


def _logged(rules: MethodPolicy, problem: Exception) -> str:
    """Log an unexpected fault, and return its reference number."""
    reference = uuid.uuid4().hex[:12]
    # The place in the code, never the text of the fault, which could contain what the caller sent.
    place = _place(problem)
    log().error("unexpected", method=rules.method, error=type(problem).__name__, place=place, reference=reference)
    return reference


def _forget_where(problem: BaseException) -> None:
    """Take the traces from what was raised.

    They hold the call, and may be held by what they hold, such as a request that could not be read. The call would stay
    until garbage is collected, and keep one of the places of its connection from everybody else.
    """
    raised: BaseException | None = problem
    while raised is not None:
        raised.__traceback__ = None
        raised = raised.__cause__ or raised.__context__


def _place(problem: BaseException) -> str:
    """Return module and line where the error was raised."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}" if trace else ""


def _decoder(decode: Callable[[bytes], Message], *, is_part: bool) -> Callable[[bytes], Message | _Unreadable]:
    """Return how a request, or a part of a stream, is read. A method that takes a stream refuses a row by itself."""

    def decoded(body: bytes) -> Message | _Unreadable:
        if len(body) > MAX_REQUEST_BYTES:
            why = f"The request is larger than {MAX_REQUEST_BYTES} bytes. Send it in parts, or import a file."
            return _Unreadable(Refusal(Kind.EXHAUSTED, "REQUEST_TOO_LARGE", why))
        try:
            message = decode(body)
        except (DecodeError, ValueError, UnicodeDecodeError):
            why = "The request is not a valid protobuf message of this method, or holds text that is not UTF-8."
            return _Unreadable(invalid("REQUEST_NOT_READABLE", why))
        if not is_part and (unfit := unfit_field(message)):
            return _Unreadable(unfit)
        return message

    return decoded
