"""Refusals as callers receive them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status


@dataclass(frozen=True)
class Answer:
    """A refusal as it arrives: its gRPC code, its ErrorInfo and the first field at fault."""

    code: str
    reason: str
    domain: str
    field: str
    message: str
    metadata: dict[str, str]
    waits: bool


def refused(call: Callable[[], Any]) -> Answer:
    """Return the refusal of a call that must be refused. A stream is read to its end."""
    with pytest.raises(grpc.RpcError) as problem:
        _finish(call())
    return answer_of(problem.value)


def is_answered(call: Callable[[], object]) -> bool:
    """Return whether a call is not refused, for a test that waits until it is not."""
    try:
        call()
    except grpc.RpcError:
        return False
    return True


def answer_of(problem: Any) -> Answer:
    """Return the refusal in an RpcError. Every field is empty if the details are missing."""
    info: Any = error_details_pb2.ErrorInfo()
    bad: Any = error_details_pb2.BadRequest()
    retry: Any = error_details_pb2.RetryInfo()
    status = rpc_status.from_call(problem)
    waits = False
    for detail in status.details if status else ():
        if not detail.Unpack(info) and not detail.Unpack(bad):
            waits = detail.Unpack(retry)
    field = bad.field_violations[0].field if bad.field_violations else ""
    return Answer(
        problem.code().name, info.reason, info.domain, field, problem.details() or "", dict(info.metadata), waits
    )


def _finish(result: Any) -> None:
    if isinstance(result, grpc.Call) and isinstance(result, Iterator):
        list(result)
