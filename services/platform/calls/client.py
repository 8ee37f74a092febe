"""Channels to other services: deadline, signed token, retry of what may be retried, refusals rebuilt."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from services.platform.calls.identity import LONGEST_LIFE, read_key, sign_token
from services.platform.calls.server import CODES
from services.platform.telemetry import traces
from services.refusals import Kind, Refusal

RENEW_BEFORE = timedelta(minutes=3)
SERVICE_CONFIG = (
    '{"methodConfig": [{"name": [{}], "retryPolicy": {"maxAttempts": 4, "initialBackoff": "0.1s", '
    '"maxBackoff": "2s", "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}]}'
)
"""Only UNAVAILABLE is tried again: every command carries a request id, so a repeat has no second effect."""


class ServiceToken:
    """A service's own token, signed anew before it runs out."""

    def __init__(self, key_file: Path, service: str, now: Callable[[], datetime]) -> None:
        self._key = read_key(key_file)
        self._name = f"service:{service}"
        self._now = now
        self._lock = threading.Lock()
        self._token = ""
        self._renew_at = datetime.min.replace(tzinfo=now().tzinfo)

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """The metadata of a call."""
        with self._lock:
            now = self._now()
            if now >= self._renew_at:
                self._token = sign_token(self._key, self._name, self._name, now)
                self._renew_at = now + LONGEST_LIFE - RENEW_BEFORE
            return (("authorization", f"Bearer {self._token}"),)


def open_channel(address: str) -> grpc.Channel:
    """A channel that reconnects within a second and retries as the service config says."""
    channel = grpc.insecure_channel(
        address,
        options=[
            ("grpc.service_config", SERVICE_CONFIG),
            ("grpc.initial_reconnect_backoff_ms", 100),
            ("grpc.max_reconnect_backoff_ms", 1000),
            ("grpc.max_receive_message_length", 16 * 1024 * 1024),
        ],
    )
    return grpc.intercept_channel(channel, _InTrace()) if traces.is_wanted() else channel


class _Details(NamedTuple):
    """The details of a call, with metadata of our own."""

    method: str
    timeout: float | None
    metadata: Any
    credentials: Any
    wait_for_ready: bool | None
    compression: Any


class _InTrace(grpc.UnaryUnaryClientInterceptor, grpc.StreamUnaryClientInterceptor):
    """Calls that end have a span, and tell the service of it. Streams that stay open, such as feeds, have none."""

    def intercept_unary_unary(self, continuation: Any, details: Any, request: Any) -> Any:
        """Call, and wait for the answer."""
        with traces.calling(details.method) as traceparent:
            return continuation(_with(details, traceparent), request)

    def intercept_stream_unary(self, continuation: Any, details: Any, requests: Any) -> Any:
        """Send all parts, and wait for the answer."""
        with traces.calling(details.method) as traceparent:
            return continuation(_with(details, traceparent), requests)


def _with(details: Any, traceparent: str) -> Any:
    metadata = (*(details.metadata or ()), ("traceparent", traceparent)) if traceparent else details.metadata
    return _Details(
        details.method, details.timeout, metadata, details.credentials, details.wait_for_ready, details.compression
    )


_KINDS = {code: kind for kind, code in CODES.items()}


def refusal_of(error: Any) -> Refusal:
    """The refusal a service answered with, rebuilt from its details."""
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
