"""Q7: a service ends in the same state to the byte, in whatever order and however often events arrive."""

import random
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData

from faults.figure import Figure, Size
from faults.stage import Stage
from services.evidence import consumer as told
from services.evidence.adapters import tables as evidence_tables
from services.platform.events.inbox import Inbox, Reaction
from services.platform.events.outbox import StoredEvent, stored_event
from services.platform.storage.database import Database, execute
from services.rules import consumer as rules
from services.rules.adapters.store import tables as rules_tables

MOST_TIMES, LARGEST_BATCH, PEOPLE_TOGETHER, RECORD_SECONDS = 3, 5, 3, 4.0
NOT_STATE = {"dead_letter", "inbox_position", "inbox_try", "outbox", "audit", "request", "relay"}
AT = datetime(2026, 11, 2, 12, tzinfo=UTC)
QUERY = "SELECT position, event_id, type, key, key_sequence, recorded_at, traceparent, data FROM outbox"
Log = Mapping[str, Sequence[StoredEvent]]
"""Events of each source in order of publication."""


@dataclass(frozen=True, slots=True)
class Listener:
    """The reading part of a service: its tables, and its reactions to each source's events."""

    service: str
    metadata: MetaData
    reactions: Mapping[str, Mapping[str, Reaction]]


NO_RULEBOOK: Any = None
"""No request for a review is among these events, so none is read."""
RULES = {"evidence": rules.from_evidence(lambda: AT, NO_RULEBOOK), "scheduling": rules.FROM_SCHEDULING}
LISTENERS = (
    Listener("rules", rules_tables.metadata, RULES),
    Listener("evidence", evidence_tables.metadata, {"rules": told.FROM_RULES, "scheduling": told.FROM_SCHEDULING}),
)


def any_order(stage: Stage, size: Size) -> Figure:
    """Q7: apply random logs of the suite's recorded events, in order and out of order."""
    with stage.load("Q7", new_people=0.3):
        threading.Event().wait(RECORD_SECONDS)
    stage.settle()
    recorded = {
        source: [stored_event(row) for row in stage.rows(source, f"{QUERY} ORDER BY position")]
        for source in ("evidence", "scheduling", "rules")
    }
    chance, problems, trials = stage.chance("Q7"), [], 0
    for listener in LISTENERS:
        with fresh(listener) as database:
            for _ in range(size.logs // len(LISTENERS)):
                trials += 1
                log = _some(recorded, listener, chance)
                if not same_end(database, listener, log, chance):
                    problems.append(f"{listener.service} ends in another state in trial {trials}")
    what = "random logs: each event 1 to 3 times, shuffled, gaps filled late (rules, evidence)"
    reached = f"{trials - len(problems)} end in the same state"
    return Figure("Q7", what, reached, trials, problems)


@contextmanager
def fresh(listener: Listener) -> Iterator[Database]:
    """Yield an empty database of a service."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'log.db'}")
        listener.metadata.create_all(database.engine)
        try:
            yield database
        finally:
            database.close()


def same_end(database: Database, listener: Listener, log: Log, chance: random.Random) -> bool:
    """Return whether a log leads to the same state in order and out of order."""
    straight = _apply(database, listener, [(source, list(events)) for source, events in log.items()])
    mixed = [
        (source, event)
        for source, events in log.items()
        for event in events
        for _ in range(chance.randint(1, MOST_TIMES))
    ]
    chance.shuffle(mixed)
    batches: list[tuple[str, list[StoredEvent]]] = []
    for source, event in mixed:
        if batches and batches[-1][0] == source and len(batches[-1][1]) < LARGEST_BATCH:
            batches[-1][1].append(event)
        else:
            batches.append((source, [event]))
    return straight == _apply(database, listener, batches)


def _apply(
    database: Database, listener: Listener, batches: Sequence[tuple[str, list[StoredEvent]]]
) -> dict[str, list[str]]:
    tables = [table.name for table in reversed(listener.metadata.sorted_tables)]
    for name in tables:
        database.write(lambda connection, n=name: execute(connection, f"DELETE FROM {n}"))  # type: ignore[misc]  # noqa: S608
    inboxes = {source: Inbox(database, source, found, lambda: AT) for source, found in listener.reactions.items()}
    for source, events in batches:
        inboxes[source].apply(events)
    with database.read() as connection:
        return {
            name: sorted(repr(tuple(row)) for row in execute(connection, f"SELECT * FROM {name}"))  # noqa: S608
            for name in tables
            if name not in NOT_STATE
        }


def _some(recorded: Log, listener: Listener, chance: random.Random) -> Log:
    """Return the recorded events about a few people."""
    keys = sorted({event.key for source in listener.reactions for event in recorded[source]})
    chosen = set(chance.sample(keys, min(PEOPLE_TOGETHER, len(keys))))
    return {source: [event for event in recorded[source] if event.key in chosen] for source in listener.reactions}
