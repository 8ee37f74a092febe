"""Channels to other services: signed tokens, retries where they are safe, and refusals rebuilt from errors."""

import hmac
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from joserfc.jwk import OKPKey

from services.platform.calls.identity import LONGEST_LIFE, read_file, sign_statement, sign_token
from services.platform.calls.server import CODES
from services.platform.telemetry import traces
from services.refusals import Kind, Refusal

RENEW_BEFORE = timedelta(minutes=3)
"""Longer than a call may wait and clocks may differ, so a token is still valid when the service checks it."""
SERVICE_CONFIG = (
    '{"methodConfig": [{"name": [{}], "retryPolicy": {"maxAttempts": 4, "initialBackoff": "0.1s", '
    '"maxBackoff": "2s", "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}]}'
)
"""Only UNAVAILABLE is tried again. Every command has a request id, so a repeat has no second effect."""

CONNECTION = (
    # gRPC's own backoff grows to two minutes, and a service is back a few seconds after it was killed.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1000),
    # A batch of a feed may be larger than gRPC's default of 4 MiB.
    ("grpc.max_receive_message_length", 16 * 1024 * 1024),
)
OPTIONS = (("grpc.service_config", SERVICE_CONFIG), *CONNECTION)


class ServiceToken:
    """A service's own token, which is signed again before it ends."""

    def __init__(self, key_file: Path, service: str, now: Callable[[], datetime]) -> None:
        self._key = read_file(key_file, OKPKey.import_key, "this service's private key, as a JSON Web Key")
        self._name = f"service:{service}"
        self._now = now
        self._lock = threading.Lock()
        self._token = ""
        self._signed_at = datetime.min.replace(tzinfo=now().tzinfo)

    def key_for(self, purpose: str) -> bytes:
        """Return a key of 32 bytes for another purpose. Each copy of the service has the same, also after a restart."""
        return hmac.digest(str(self._key.as_dict(private=True)["d"]).encode(), purpose.encode(), "sha256")

    def sign(self, kind: str, said: bytes) -> str:
        """Sign a statement of a kind in this service's name."""
        return sign_statement(self._key, kind, said)

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """Return the metadata of a call. Any thread may ask; the lock lets only one of them sign."""
        with self._lock:
            now = self._now()
            # A token from before the clock was set back is not valid yet, so it is signed again too.
            if not self._signed_at <= now < self._signed_at + LONGEST_LIFE - RENEW_BEFORE:
                self._token = sign_token(self._key, self._name, self._name, now)
                self._signed_at = now
            return (("authorization", f"Bearer {self._token}"),)


def open_channel(address: str) -> grpc.Channel:
    """Open a channel that reconnects within a second and retries as the service config says."""
    channel = grpc.insecure_channel(address, options=OPTIONS)
    return grpc.intercept_channel(channel, _InTrace()) if traces.is_wanted() else channel


def open_async_channel(address: str) -> grpc.aio.Channel:
    """Open a channel for a process that waits for many answers in one thread. It puts no span around calls.

    It tries no call again: a person waits, and reads at once that a service is away.
    """
    return grpc.aio.insecure_channel(address, options=CONNECTION)


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
