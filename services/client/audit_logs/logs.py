"""The audit logs of all services: their rows in one order, and whether each is as it was written."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import grpc
from psmf.platform.v1 import audit_pb2 as pb

from services.client.addresses import SERVICES
from services.client.client import Client
from services.platform.audit.statement import said_in

CHECK_SECONDS = 120.0
"""As long as the method may take: it reads the whole log."""
MOST_SENT = 2_000
"""Checkpoints that one call sends. More would not fit into a request."""


class Row(NamedTuple):
    """One row, and the service in whose log it stands."""

    service: str
    entry: Any


class Rows(NamedTuple):
    """Rows of the logs, the newest first, and the services that do not answer."""

    each: Iterator[Row]
    """Read page by page as it is taken, so that a long log needs no more memory than a short one."""
    silent: Sequence[str]


class Checks(NamedTuple):
    """What each service says of its log, and what was not checked."""

    answers: Mapping[str, Any]
    silent: Sequence[str]
    kept_by: Mapping[str, int]
    """How many checkpoints from elsewhere each log was compared with."""


def rows_of(client: Client, person: str, services: Iterable[str], request: Any) -> Rows:
    """Return the rows that a request asks for, from each of some services.

    Raises:
        grpc.RpcError: nobody has this id, the caller may not see it, or a service fails after its first page.
    """

    def first_page(service: str) -> Any:
        try:
            return client.call(person, client.audit_of[service].ListAuditEntries, request)
        except grpc.RpcError as error:
            # Evidence knows everybody. The others know a person only once something about them has come.
            if service != "evidence" and error.code() is grpc.StatusCode.NOT_FOUND:
                return pb.ListAuditEntriesResponse()
            raise

    pages, silent = client.ask_each(services, first_page)
    streams = (_all(client, person, service, request, page) for service, page in pages.items())
    merged = heapq.merge(*streams, key=lambda row: row.entry.call_time.ToNanoseconds(), reverse=True)
    return Rows(merged, silent)


def _all(client: Client, person: str, service: str, request: Any, first: Any) -> Iterator[Row]:
    yield from (Row(service, entry) for entry in first.entries)
    if first.next_page_token:
        following = pb.ListAuditEntriesRequest()
        following.CopyFrom(request)
        following.page_token = first.next_page_token
        pages = client.pages(person, client.audit_of[service].ListAuditEntries, following, "entries")
        yield from (Row(service, entry) for entry in pages)


def checks_of(client: Client, person: str, more: Sequence[str] = ()) -> Checks:
    """Have each service check its log against the checkpoints that the others keep, and `more` from files.

    Raises:
        grpc.RpcError: the caller may not ask, or a service fails.
    """
    request = pb.GetCheckpointsRequest()
    kept, _ = client.ask_each(SERVICES, lambda name: client.call(person, client.audit_of[name].GetCheckpoints, request))
    elsewhere: dict[str, list[str]] = {service: [] for service in SERVICES}
    for signed in (*more, *(signed for answer in kept.values() for signed in answer.kept)):
        said = said_in(signed)
        if said is not None and said.service in elsewhere:
            elsewhere[said.service].append(signed)
    sent = {service: found[-MOST_SENT:] for service, found in elsewhere.items()}

    def check(service: str) -> Any:
        method, asked = client.audit_of[service].CheckAudit, pb.CheckAuditRequest(checkpoints=sent[service])
        return client.call(person, method, asked, CHECK_SECONDS)

    answers, silent = client.ask_each(SERVICES, check)
    return Checks(answers, silent, {service: len(found) for service, found in sent.items()})
