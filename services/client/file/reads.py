"""Who has read a file, over every service that keeps a part of it."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import grpc
from psmf.platform.v1 import own_file_pb2 as pb

from services.client.addresses import SERVICES
from services.client.client import Client

_REGISTER = "evidence"
"""The service that knows everybody. Others know a person only once something about them has come."""


@dataclass
class Reads:
    """The reads of one file, the newest first, and what is missing."""

    each: Iterator[Any]
    """Read page by page as it is taken, so that a long log needs no more memory than a short one."""
    not_covered: set[int] = field(default_factory=set)
    silent: list[str] = field(default_factory=list)
    """Services that do not answer. What they keep is missing."""


def reads_of(client: Client, person: str, parent: str, *, include_own: bool = False) -> Reads:
    """Return who has read a file in every service.

    Raises:
        grpc.RpcError: nobody has this id, the caller may not see it, or a service fails after its first page.
    """
    found = Reads(iter(()))

    def first_page(service: str) -> Any:
        request = pb.ListReadsRequest(parent=parent, include_own=include_own, page_size=100)
        return _page(client, person, service, request)

    pages, found.silent = client.ask_each(SERVICES, first_page)
    for page in pages.values():
        found.not_covered.update(page.not_covered)
    streams = (_all(client, person, service, parent, include_own, page) for service, page in pages.items())
    found.each = heapq.merge(*streams, key=lambda read: read.read_time.ToNanoseconds(), reverse=True)
    return found


def _page(client: Client, person: str, service: str, request: Any) -> Any:
    try:
        return client.call(person, client.own_file_of[service].ListReads, request)
    except grpc.RpcError as error:
        if service != _REGISTER and error.code() is grpc.StatusCode.NOT_FOUND:
            return pb.ListReadsResponse()
        raise


def _all(client: Client, person: str, service: str, parent: str, include_own: bool, first: Any) -> Iterable[Any]:
    reads: Iterable[Any] = first.reads
    if not first.next_page_token:
        return reads
    request = pb.ListReadsRequest(parent=parent, include_own=include_own, page_token=first.next_page_token)
    return chain(reads, client.pages(person, client.own_file_of[service].ListReads, request, "reads"))
