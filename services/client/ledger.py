"""The account of every fact that evidence accepted, and of every event: what has become of it in its readers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import grpc
from psmf.platform.v1 import events_pb2, status_pb2

from services.client.client import LARGEST_PAGE, Client


def ledger(found: Mapping[str, status_pb2.Status]) -> dict[str, int]:
    """Return the facts that evidence accepted, and how many of them rules has evaluated, keeps waiting or set aside.

    If nothing was lost, accepted = evaluated + waiting + dead + dropped. `found` holds the status of both services.
    """
    evidence, rules = found["evidence"], found["rules"]
    figures = rules.figures
    accepted, evaluated = evidence.figures["facts_accepted"], figures["facts_evaluated"]
    # Unread events are not all facts. No more of them can be facts than are missing from rules.
    unread = min(max(accepted - facts_held(rules), 0), unread_events(found))
    return {
        "accepted": accepted,
        "evaluated": evaluated,
        "waiting": figures["facts_received"] - evaluated + figures["facts_behind"] + unread,
        "dead": figures["facts_dead"],
        "dropped": figures["facts_dropped"],
    }


def facts_held(rules: status_pb2.Status) -> int:
    """Return how many facts rules has stored or set aside."""
    return sum(rules.figures[name] for name in ("facts_received", "facts_dead", "facts_behind", "facts_dropped"))


def unread_events(found: Mapping[str, status_pb2.Status]) -> int:
    """Return how many events evidence has published that rules has not read yet."""
    head = found["evidence"].outbox_position
    return sum(max(head - source.position, 0) for source in found["rules"].sources if source.source == "evidence")


def engines(rules: status_pb2.Status) -> dict[str, int]:
    """Return the figures of the two rules engines: evaluations, disagreements and restarts."""
    return {
        "evaluations": rules.figures["evaluations"],
        "disagreements": rules.figures["disagreements"],
        "restarts": rules.figures["engine_restarts"],
    }


_NOT_COMPARED = (grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.PERMISSION_DENIED)


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a service has read another, compared event by event with what that one has published."""

    reader: str
    source: str
    behind: int
    """Events that are still to be read."""
    lost: int = 0
    """Events that the reader has read past, and has neither applied nor set aside."""
    differing: tuple[str, ...] = ()
    """Keys under which the reader has applied events that the source does not have."""
    fault: str = ""
    """Why the reader reads nothing now, in a word of SourceStatus.fault; `away` without one. Empty while it reads."""


def readings(client: Client, person: str, found: Mapping[str, status_pb2.Status]) -> list[Reading]:
    """Compare every service with each that it reads.

    Left out are services of a release that cannot compare, and all of them for a person who may not see it.

    Raises:
        grpc.RpcError: a service does not answer, or has failed.
    """
    pairs = ((reader, source) for reader, status in found.items() for source in status.sources)
    asked = (_reading(client, person, reader, source) for reader, source in pairs if source.source in found)
    return [reading for reading in asked if reading is not None]


def _reading(client: Client, person: str, reader: str, status: status_pb2.SourceStatus) -> Reading | None:
    fault = "" if status.connected else status.fault or "away"
    differing: list[str] = []
    behind = lost = 0
    try:
        for answer in _pages(client, person, reader, status.source):
            # The source is asked after its reader, so it knows every event that the reader can have applied.
            request = events_pb2.CheckPlacesRequest(places=answer.places, position=answer.position)
            checked = client.call(person, client.events_of[status.source].CheckPlaces, request)
            differing += [place.key for place in checked.differing]
            behind = max(0, checked.published - answer.done)
            lost = max(0, checked.published - checked.unread - answer.done)
    except grpc.RpcError as error:
        if error.code() in _NOT_COMPARED:
            return None
        raise
    return Reading(reader, status.source, behind - lost, lost, tuple(differing), fault)


def _pages(client: Client, person: str, reader: str, source: str) -> Iterator[events_pb2.ListPlacesResponse]:
    request = events_pb2.ListPlacesRequest(source=source, page_size=LARGEST_PAGE)
    while True:
        answer = client.call(person, client.events_of[reader].ListPlaces, request)
        yield answer
        if not answer.next_page_token:
            return
        request.page_token = answer.next_page_token
