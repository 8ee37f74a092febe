"""Channels to other services: signed tokens, retries where they are safe, and refusals rebuilt from errors."""

import asyncio
import contextlib
import hmac
import json
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from services.platform.calls.identity import (
    AUDIENCE,
    LONGEST_LIFE,
    audience_of,
    keys_of,
    sign_statement,
    sign_token,
)
from services.platform.calls.wire import CODES
from services.platform.telemetry import traces
from services.platform.tls import TlsFiles
from services.platform.watched_file import WatchedFile
from services.refusals import Kind, Refusal

RENEW_BEFORE = timedelta(minutes=3)
"""Longer than a call may wait and clocks may differ, so a token is still valid when the service checks it."""
CALLS_END_SECONDS = 60.0
"""Time for the calls of a channel to end once another has taken its place. A page waits for less."""
STREAMS = (("psmf.platform.v1.FeedService", "ReadFeed"), ("psmf.platform.v1.OwnFileService", "ExportMyFile"))
"""The streams of every service. Their callers open them again themselves."""

CONNECTION = (
    # gRPC's own backoff grows to two minutes, and a service is back a few seconds after it was killed.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1000),
    # A batch of a feed may be larger than gRPC's default of 4 MiB.
    ("grpc.max_receive_message_length", 16 * 1024 * 1024),
)


class ServiceToken:
    """How a service proves to another who it is: a token that it signs itself, over TLS with its own certificate.

    Where there is TLS, a token is for one service alone. Without, it is for all, as the release before signs it.

    The file holds one key or several, newest first, and is read again when it changes: the first signs.
    """

    def __init__(self, key_file: Path, service: str, now: Callable[[], datetime], tls: TlsFiles | None = None) -> None:
        self._tls = tls
        what = "this service's private key, as a JSON Web Key or a set of them"
        self._keys = WatchedFile(key_file, keys_of, what, "own_key")
        self._name = f"service:{service}"
        self._now = now
        self._lock = threading.Lock()
        self._signed: dict[tuple[str | None, str], tuple[datetime, str]] = {}
        """By name of the key and audience: when a token was signed, and the token."""

    def keys_for(self, purpose: str) -> list[bytes]:
        """Return a key of 32 bytes for another purpose, from each key of the file. Every copy has the same ones."""
        return [
            hmac.digest(str(key.as_dict(private=True)["d"]).encode(), purpose.encode(), "sha256")
            for key in self._keys.now()
            if key.is_private
        ]

    def sign(self, kind: str, said: bytes) -> str:
        """Sign a statement of a kind in this service's name."""
        return sign_statement(self._keys.now()[0], kind, said)

    def metadata(self, to: str, *, new: bool = False) -> tuple[tuple[str, str], ...]:
        """Return the metadata of a call to a service. Any thread may ask; the lock lets only one of them sign.

        `new`: with a token that is signed now, for a stream, which ends with its token.
        """
        audience = audience_of(to) if self._tls else AUDIENCE
        key = self._keys.now()[0]
        with self._lock:
            now = self._now()
            signed_at, token = self._signed.get((key.kid, audience), (None, ""))
            # A token from before the clock was set back is not valid yet, so it is signed again too.
            if new or signed_at is None or not signed_at <= now < signed_at + LONGEST_LIFE - RENEW_BEFORE:
                token = sign_token(key, self._name, self._name, now, audience=audience)
                self._signed[key.kid, audience] = now, token
            return (("authorization", f"Bearer {token}"),)

    def open_channel(self, to: str, address: str) -> grpc.Channel:
        """Open a channel to another service, with this service's certificate as it is now."""
        return open_channel(address, self._tls, to)


def open_channel(
    address: str, tls: TlsFiles | None = None, to: str = "", streams: Sequence[tuple[str, str]] = ()
) -> grpc.Channel:
    """Open a channel that reconnects within a second and tries a call again as the service config says.

    `to`: the service that answers there. Over TLS its certificate must name it, at whichever address it is. `streams`:
    that service's own streams, each with its gRPC service and method.
    """
    options = (("grpc.service_config", _service_config((*STREAMS, *streams))), *CONNECTION)
    if tls:
        channel = grpc.secure_channel(address, tls.of_client(), options=(*options, _named(to)))
    else:
        channel = grpc.insecure_channel(address, options=options)
    return grpc.intercept_channel(channel, _InTrace()) if traces.is_wanted() else channel


def _service_config(streams: Sequence[tuple[str, str]]) -> str:
    """Return when gRPC itself tries a call again: after UNAVAILABLE, unless it is a stream.

    Every command has a request id, so a repeat has no second effect. Where a service is killed some times in a row,
    gRPC loses a stream now and then that it tries again, and its caller waits for an answer that nobody will give.
    """
    again = {
        "maxAttempts": 4,
        "initialBackoff": "0.1s",
        "maxBackoff": "2s",
        "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE"],
    }
    not_again = {"name": [{"service": service, "method": method} for service, method in streams]}
    return json.dumps({"methodConfig": [not_again, {"name": [{}], "retryPolicy": again}]})


def _named(service: str) -> tuple[str, str]:
    """Return the option with which a certificate is taken only if it names the service."""
    return ("grpc.ssl_target_name_override", service)


def open_async_channel(address: str, tls: TlsFiles | None = None, to: str = "") -> Any:
    """Open a channel for a process that waits for many answers in one thread. It puts no span around calls.

    It tries no call again: a person waits, and reads at once that a service is away.
    """
    return _RenewedChannel(address, tls, to) if tls else grpc.aio.insecure_channel(address, options=CONNECTION)


class _RenewedChannel:
    """An asynchronous channel that is opened again once the certificate has changed, for the next call."""

    def __init__(self, address: str, tls: TlsFiles, to: str) -> None:
        self._options = (*CONNECTION, _named(to))
        self._address = address
        self._tls = tls
        self._open()
        # As gRPC's generated stubs ask for them.
        self.unary_unary, self.unary_stream = self._made_by("unary_unary"), self._made_by("unary_stream")
        self.stream_unary, self.stream_stream = self._made_by("stream_unary"), self._made_by("stream_stream")

    def _open(self) -> None:
        self._mark = self._tls.changed_at()
        self._channel = grpc.aio.secure_channel(self._address, self._tls.of_client(), options=self._options)

    def _newest(self) -> grpc.aio.Channel:
        # Half written files cannot be read, and the next call looks again.
        with contextlib.suppress(OSError):
            if self._tls.changed_at() != self._mark:
                before = self._channel
                self._open()
                self._closing = asyncio.ensure_future(before.close(CALLS_END_SECONDS))
        return self._channel

    def _made_by(self, kind: str) -> Callable[..., Any]:
        def make(*method: Any, **coders: Any) -> Any:
            def call(*request: Any, **how: Any) -> Any:
                return getattr(self._newest(), kind)(*method, **coders)(*request, **how)

            return call

        return make

    async def close(self) -> None:
        """Close the channel."""
        await self._channel.close()


class _Details(NamedTuple):
    """The details of a call, with our own metadata. gRPC offers no way to change those it passes in."""

    method: str
    timeout: float | None
    metadata: Any
    credentials: Any
    wait_for_ready: bool | None
    compression: Any


class _InTrace(grpc.UnaryUnaryClientInterceptor, grpc.StreamUnaryClientInterceptor):
    """A span around each call that ends, also told to the service. Streams that stay open, such as feeds, have none."""

    def intercept_unary_unary(self, continuation: Any, details: Any, request: Any) -> Any:
        """Make the call inside a span."""
        with traces.calling(details.method) as traceparent:
            return continuation(_with(details, traceparent), request)

    def intercept_stream_unary(self, continuation: Any, details: Any, requests: Any) -> Any:
        """Send all parts inside a span."""
        with traces.calling(details.method) as traceparent:
            return continuation(_with(details, traceparent), requests)


def _with(details: Any, traceparent: str) -> Any:
    metadata = (*(details.metadata or ()), ("traceparent", traceparent)) if traceparent else details.metadata
    return _Details(
        details.method, details.timeout, metadata, details.credentials, details.wait_for_ready, details.compression
    )


_KINDS = {code: kind for kind, code in CODES.items()}


def refusal_of(error: Any) -> Refusal:
    """Rebuild the refusal with which a service answered from the details of the error."""
    status = rpc_status.from_call(error)
    code = error.code().value[0]
    refusal = Refusal(_KINDS.get(code, Kind.UNAVAILABLE), error.code().name, error.details() or "")
    for detail in status.details if status else ():
        _read_detail(detail, refusal)
    return refusal


def _read_detail(detail: AnyMessage, refusal: Refusal) -> None:
    info: Any = error_details_pb2.ErrorInfo()
    bad: Any = error_details_pb2.BadRequest()
    if detail.Unpack(info):
        refusal.reason = info.reason
        refusal.metadata = dict(info.metadata)
    elif detail.Unpack(bad):
        refusal.field = bad.field_violations[0].field
