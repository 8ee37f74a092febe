"""Waiting until everything that was said has had all its effects."""

import time
from collections.abc import Mapping

from psmf.platform.v1 import status_pb2

from services.client.addresses import SERVICES
from services.client.client import Client

OPERATOR = "operator"
LOOK_AGAIN_SECONDS = 0.1
LOOK_AGAIN_SOON_SECONDS = 0.005


class NotSettledError(Exception):
    """The suite is still at work after the time allowed. The message says where."""


def statuses(client: Client) -> dict[str, status_pb2.Status]:
    """Every service's view of itself."""
    return {service: client.status(OPERATOR, service) for service in SERVICES}


def wait_until_heard(client: Client, service: str, source: str, seconds: float = 120.0) -> None:
    """Wait until a service has applied all that another has published.

    Raises:
        NotSettledError: after `seconds`.
    """
    end = time.monotonic() + seconds
    head = client.status(OPERATOR, source).outbox_position
    while next(read.position for read in client.status(OPERATOR, service).sources if read.source == source) < head:
        if time.monotonic() > end:
            raise NotSettledError(f"{service} does not hear of {source}.")
        time.sleep(LOOK_AGAIN_SOON_SECONDS)


def unfinished(found: Mapping[str, status_pb2.Status]) -> list[str]:
    """What is still under way: events not yet applied, and figures of waiting work."""
    rest = []
    for service, status in found.items():
        for source in status.sources:
            behind = found[source.source].outbox_position - source.position
            if behind:
                rest.append(f"{service} has {behind} events of {source.source} to read")
        rest += [
            f"{service} {name} {value}" for name, value in status.figures.items() if name.endswith("waiting") and value
        ]
    return rest


def wait_until_settled(client: Client, seconds: float = 300.0) -> dict[str, status_pb2.Status]:
    """The services' status once nothing is under way, seen twice in a row without a new event in between.

    Raises:
        NotSettledError: after `seconds`.
    """
    end = time.monotonic() + seconds
    before: list[int] = []
    while True:
        found = statuses(client)
        rest = unfinished(found)
        positions = [status.outbox_position for status in found.values()]
        if not rest and positions == before:
            return found
        before = [] if rest else positions
        if time.monotonic() > end:
            raise NotSettledError("Still at work: " + ", ".join(rest or ["new events keep coming"]))
        time.sleep(LOOK_AGAIN_SECONDS)
