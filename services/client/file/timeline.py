"""What happened with one person, merged from every service that keeps a part of it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import grpc
from psmf.platform.v1 import timeline_pb2 as pb

from services.client.addresses import SERVICES
from services.client.client import Client
from services.client.words import word_of

REGISTER = "evidence"
"""The service that knows everybody. Others know a person only once something about them has come."""
OTHER_KINDS = (
    *("matter", "session", "record", "plan", "review", "recommendation", "decision", "away", "sample"),
    *("training", "manager", "rule", "message"),
)
"""Kinds of entries that are no item of evidence. Those of items are the kinds of evidence."""


class Merged(NamedTuple):
    """A page of the whole timeline, the newest first."""

    entries: tuple[Any, ...]
    next_place: str
    """Where the next page begins, in every service. Empty if nothing older is known."""
    silent: tuple[str, ...] = ()
    """Services that do not answer. What they keep is missing."""


def merged(answers: Iterable[Any], most: int, silent: Iterable[str] = ()) -> Merged:
    """Return a page from the answers of the services. Each was asked for at least that many entries, after one place.

    No entry is lost between two pages: what a service left out is older than all that it sent, and a page takes no more
    from one service than that service was asked for.
    """
    answered = list(answers)
    found = sorted((entry for answer in answered for entry in answer.entries), key=lambda one: one.place, reverse=True)
    more = len(found) > most or any(answer.next_place for answer in answered)
    shown = tuple(found[:most])
    return Merged(shown, shown[-1].place if shown and more else "", tuple(silent))


def timeline_of(client: Client, person: str, request: pb.ListTimelineEntriesRequest) -> Merged:
    """Return a page of somebody's timeline, as `person` may see it.

    Raises:
        grpc.RpcError: nobody has this id, the caller may not see it, or a service fails.
    """

    def ask(service: str) -> Any:
        try:
            return client.call(person, client.timeline_of[service].ListTimelineEntries, request)
        except grpc.RpcError as error:
            if service != REGISTER and error.code() is grpc.StatusCode.NOT_FOUND:
                return pb.ListTimelineEntriesResponse()
            if error.code() is grpc.StatusCode.UNIMPLEMENTED:
                return None  # a service of the release before, during an upgrade
            raise

    answers, silent = client.ask_each(SERVICES, ask)
    older = [service for service, answer in answers.items() if answer is None]
    known = (answer for answer in answers.values() if answer is not None)
    return merged(known, request.page_size, (*silent, *older))


def says_more(entry: Any) -> str:
    """Return what an entry is about in a few words; empty if what happened says it all."""
    item = [entry.kind, f"from {entry.source}"] if entry.source else []
    parts = [*item, entry.word, entry.sentence]
    standards = ", ".join(entry.standards)
    return " \u00b7 ".join(part.replace("_", " ").rstrip(".") for part in (*parts, standards) if part)


def what_happened(entry: Any) -> str:
    """Return what happened in plain words, such as `item shared`."""
    return word_of(entry, "what").replace("_", " ")
