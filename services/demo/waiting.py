"""Waiting until everything that was said has had all its effects."""

import time
from collections.abc import Mapping

from psmf.platform.v1 import status_pb2

from services.client.addresses import SERVICES
from services.client.client import Client
from services.client.patience import Patience

OPERATOR = "operator"
LOOK_AGAIN_SECONDS = 0.1
LOOK_AGAIN_SOON_SECONDS = 0.005


class NotSettledError(Exception):
    """The suite has work to do, and nothing moves any more. The message says where."""


def statuses(client: Client) -> dict[str, status_pb2.Status]:
    """Ask every service for its status."""
    return {service: client.status(OPERATOR, service) for service in SERVICES}


def wait_until_read(client: Client, service: str, source: str, seconds: float = 120.0) -> None:
    """Wait until a service has applied all that another has published.

    Raises:
        NotSettledError: nothing has moved for `seconds`.
    """
    patience = Patience(seconds)
    head = client.status(OPERATOR, source).outbox_position
    while (position := _position(client, service, source)) < head:
        if patience.is_over(position):
            where = f"{service} has read {position} of {head} events of {source}"
            raise NotSettledError(f"{where}: {patience.why()}.")
        time.sleep(LOOK_AGAIN_SOON_SECONDS)


def _position(client: Client, service: str, source: str) -> int:
    return next(read.position for read in client.status(OPERATOR, service).sources if read.source == source)


def unfinished(found: Mapping[str, status_pb2.Status]) -> list[str]:
    """List what is still under way: events not yet applied, and figures of waiting work."""
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
    """Return the services' status once nothing is under way, seen twice in a row without a new event in between.

    Raises:
        NotSettledError: nothing has moved for `seconds`: no event, no figure and no process.
    """
    patience = Patience(seconds)
    before: list[int] = []
    while True:
        found = statuses(client)
        rest = unfinished(found)
        positions = [status.outbox_position for status in found.values()]
        if not rest and positions == before:
            return found
        before = [] if rest else positions
        if patience.is_over((positions, rest)):
            still = ", ".join(rest or ["new events keep coming"])
            raise NotSettledError(f"Still at work: {still}: {patience.why()}.")
        time.sleep(LOOK_AGAIN_SECONDS)
