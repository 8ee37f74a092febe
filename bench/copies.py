"""`python -m bench.copies [ITEMS]`: the speed of an import with one copy of each service and with two.

It runs on PostgreSQL and Kafka. In the last run one copy of rules is killed half-way. All runs must end with the same
concerns.
"""

import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psmf.evidence.v1 import evidence_pb2
from psmf.rules.v1 import rules_pb2

from services.client.client import Client
from services.client.tokens import Issuer
from services.demo.outcome import outcome
from services.demo.stack import Parts, Profile
from services.demo.story.telling import SEED, story
from services.demo.story.values import Story
from services.demo.supervisor import Supervisor
from services.demo.telling import wire
from services.demo.telling.loading import DECISION_RECORDER, ROWS_TOGETHER
from services.demo.waiting import statuses, wait_until_settled
from services.platform.clock import SystemClock

ITEMS = 20_000
TWO = {"rules": 2, "scheduling": 2, "notifications": 2}
PATIENCE_SECONDS = 300.0
SETTLED_WITHIN = 3_600.0


@dataclass(frozen=True)
class Run:
    """The time a run took, and how it ended."""

    name: str
    seconds: float
    items: int
    end: Any


def stories(items: int) -> list[Story]:
    """Return enough invented Panels to hold this many items."""
    told: list[Story] = []
    while sum(len(tale.history) for tale in told) < items:
        told.append(story(SystemClock().today(), SEED + len(told)))
    return told


def enter(tale: Story, client: Client) -> None:
    """Enter a story's people in the register."""
    for person in tale.people:
        entry = wire.entry(tale, person)
        entry.again = True  # each story invents its names by itself
        client.call(wire.PANEL_TEAM, client.safeguarders.CreateSafeguarder, entry)
        for decision in wire.decisions(tale, person):
            client.call(DECISION_RECORDER, client.safeguarders.RecordMinisterialDecision, decision)


def import_all(told: Sequence[Story], client: Client) -> int:
    """Import every story's history, request an evaluation of everyone, and return the number of items."""
    rows = [row for tale in told for row in wire.rows(tale)]
    for start in range(0, len(rows), ROWS_TOGETHER):
        request = evidence_pb2.ImportEvidenceItemsRequest(rows=rows[start : start + ROWS_TOGETHER])
        client.send(wire.PANEL_TEAM, client.evidence.ImportEvidenceItems, [request], 120)
    wait_until_settled(client, SETTLED_WITHIN)  # otherwise the copies' pace decides who is evaluated on only part of it
    everyone = rules_pb2.EvaluateEveryoneRequest(request_id=wire.request_id(told[0], "everyone"))
    client.call(wire.PANEL_TEAM, client.concerns.EvaluateEveryone, everyone)
    return len(rows)


def run(name: str, told: Sequence[Story], copies: dict[str, int], kill: str = "") -> Run:
    """Do one run on its own suite."""
    folder = Path(tempfile.mkdtemp())
    people = [person.safeguarder_id for tale in told for person in tale.people]
    with Supervisor(folder, people, Parts(folder, Profile.PRODUCTION), copies) as supervisor:
        client = Client(supervisor.addresses, Issuer(folder).metadata, PATIENCE_SECONDS)
        for tale in told:
            enter(tale, client)
        wait_until_settled(client, SETTLED_WITHIN)
        half = sum(len(tale.history) for tale in told) // 2

        def kill_half_way() -> None:
            while statuses(client)["rules"].figures["facts_received"] < half:
                time.sleep(0.1)
            supervisor.kill(kill)

        killing = threading.Thread(target=kill_half_way if kill else lambda: None)
        started = time.perf_counter()
        killing.start()
        items = import_all(told, client)
        wait_until_settled(client, SETTLED_WITHIN)
        seconds = time.perf_counter() - started
        killing.join()
        seen = outcome(client, told[0])
        client.close()
    return Run(name, seconds, items, (seen["concerns"], seen["ledger"]))


def main() -> int:
    """Print the table. Return exit code 1 if two runs ended differently."""
    warnings.simplefilter("ignore")
    told = stories(int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS)
    runs = [run("one copy", told, {}), run("two copies", told, TWO), run("two, one killed", told, TWO, "rules-2")]
    print("| copies of rules, scheduling, notifications | items | seconds | items/s | against one |")
    print("| --- | --- | --- | --- | --- |")
    for one in runs:
        ratio = runs[0].seconds / one.seconds
        print(f"| {one.name} | {one.items} | {one.seconds:.0f} | {one.items / one.seconds:.0f} | {ratio:.2f} |")
    return int(any(one.end != runs[0].end for one in runs))


if __name__ == "__main__":
    sys.exit(main())
