"""Simulations in the database, in the transaction at hand: what to run, how far it is, what it found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection

from services.platform.storage.database import count_rows, execute, from_micros, insert_sql, to_micros
from services.rules.adapters.store import tables

KEPT_FOR = timedelta(days=30)
MOST_WAITING = 20
PEOPLE_TOGETHER = 25
RECORDS_TOGETHER = 50
ENDED = ("done", "failed", "cancelled")
_FIELDS = ", ".join(tables.simulation.columns.keys())
_PEOPLE = (
    "SELECT p.safeguarder_id, p.appointed_on, p.term_starts_on, p.term_ends_on, r.person FROM person p "
    "LEFT JOIN relation r ON r.subject = p.safeguarder_id WHERE p.serving AND p.safeguarder_id > ? "
    "ORDER BY p.safeguarder_id LIMIT ?"
)
_FACTS = "SELECT safeguarder_id, body FROM fact WHERE safeguarder_id >= ? AND safeguarder_id <= ? ORDER BY safeguarder_id, evidence_id, version"  # noqa: E501  # fmt: skip
_RECORDS = (
    "SELECT evaluation_id, safeguarder_id, number, sha256, record FROM evaluation "
    "WHERE safeguarder_id > ? OR (safeguarder_id = ? AND number > ?) ORDER BY safeguarder_id, number LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Simulation:
    """One run. `asked` is what to run; `result` what it found, as the contract's JSON has it, once it is done."""

    simulation_id: str
    kind: str
    state: str
    asked: Mapping[str, Any]
    rulebook_hash: str
    created_at: datetime
    expires_at: datetime
    done: int = 0
    total: int = 0
    result: Mapping[str, Any] | None = None
    problem: str = ""


class SqlSimulations:
    """Simulations, and what they read of people."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, simulation: Simulation) -> bool:
        """Keep a new one, to be run in its turn; False if one of that id is kept already."""
        row = (
            simulation.simulation_id,
            simulation.kind,
            simulation.state,
            orjson.dumps(simulation.asked).decode(),
            simulation.rulebook_hash,
            to_micros(simulation.created_at),
            to_micros(simulation.expires_at),
            *(0, 0, None, "", 0),
        )
        return bool(execute(self._connection, f"{insert_sql(tables.simulation)} ON CONFLICT DO NOTHING", row).rowcount)

    def find(self, simulation_id: str) -> Simulation | None:
        """One, None when there is none or it has expired."""
        query = f"SELECT {_FIELDS} FROM simulation WHERE simulation_id = ?"  # noqa: S608
        row = execute(self._connection, query, (simulation_id,)).fetchone()
        return _simulation(row) if row else None

    def waiting(self) -> int:
        """How many wait or run."""
        return count_rows(self._connection, "simulation WHERE state IN ('queued', 'running')")

    def next_to_run(self, silent_since: datetime) -> Simulation | None:
        """The oldest that waits, or that a copy of the service has left lying since an instant."""
        query = (
            f"SELECT {_FIELDS} FROM simulation WHERE state = 'queued' OR (state = 'running' AND seen_at < ?) "  # noqa: S608
            "ORDER BY created_at, simulation_id LIMIT 1"
        )
        row = execute(self._connection, query, (to_micros(silent_since),)).fetchone()
        return _simulation(row) if row else None

    def move(
        self, simulation_id: str, state: str, now: datetime, *, problem: str = "", result: str | None = None
    ) -> None:
        """Go on to another state, unless a person has stopped it meanwhile."""
        execute(
            self._connection,
            "UPDATE simulation SET state = ?, seen_at = ?, problem = ?, result = ? "
            "WHERE simulation_id = ? AND state NOT IN ('done', 'failed', 'cancelled')",
            (state, to_micros(now), problem, result, simulation_id),
        )

    def queue_again(self) -> None:
        """Have whatever was being run begin again."""
        execute(self._connection, "UPDATE simulation SET state = 'queued' WHERE state = 'running'")

    def progress(self, simulation_id: str, done: int, total: int, now: datetime) -> bool:
        """Note how far it is, and that it is being run; False when it is to stop."""
        noted = execute(
            self._connection,
            "UPDATE simulation SET done = ?, total = ?, seen_at = ? WHERE simulation_id = ? AND state = 'running'",
            (done, total, to_micros(now), simulation_id),
        )
        return bool(noted.rowcount)

    def forget(self, now: datetime) -> None:
        """Delete those whose time is over."""
        execute(self._connection, "DELETE FROM simulation WHERE expires_at <= ?", (to_micros(now),))

    def first_day(self) -> str:
        """The first day on which everybody was evaluated; empty before that."""
        return str(execute(self._connection, "SELECT MIN(day) FROM daily_run").fetchone()[0] or "")

    def rulebooks(self, content_hash: str = "") -> dict[str, Any]:
        """The files of every rulebook kept, or of one, by content hash."""
        where, values = ("WHERE hash = ?", (content_hash,)) if content_hash else ("", ())
        rows = execute(self._connection, f"SELECT hash, files FROM rulebook {where}", values).fetchall()  # noqa: S608
        return {row[0]: orjson.loads(row[1]) for row in rows}

    def how_many(self, kind: str) -> int:
        """How many people, or kept records, a run has before it."""
        return count_rows(self._connection, "evaluation" if kind == "replay" else "person WHERE serving")

    def people_after(self, last: str) -> list[dict[str, Any]]:
        """The next people serving, in order of id, with every version of every item as it is kept."""
        rows = execute(self._connection, _PEOPLE, (last, PEOPLE_TOGETHER)).fetchall()
        if not rows:
            return []
        facts: dict[str, list[str]] = {row[0]: [] for row in rows}
        for safeguarder_id, body in execute(self._connection, _FACTS, (rows[0][0], rows[-1][0])):
            facts.setdefault(safeguarder_id, []).append(body)
        names = ("safeguarder_id", "appointed_on", "term_starts_on", "term_ends_on")
        return [
            dict(zip(names, row, strict=False))
            | {"serving": True, "support_manager": row[4] or "", "facts": facts[row[0]]}
            for row in rows
        ]

    def records_after(self, safeguarder_id: str, number: int) -> list[tuple[str, str, int, str, bytes]]:
        """The next kept records: evaluation, person, number, hash, content."""
        values = (safeguarder_id, safeguarder_id, number, RECORDS_TOGETHER)
        return [tuple(row) for row in execute(self._connection, _RECORDS, values)]


def parts(kind: str, read: Any) -> Iterator[Sequence[Any]]:
    """What a run is given, some at a time. `read` opens a brief reading transaction and runs a function in it."""
    if kind != "replay":
        last = ""
        while people := read(lambda store, last=last: store.people_after(last)):
            last = people[-1]["safeguarder_id"]
            yield people
        return
    person, number = "", 0
    while rows := read(lambda store, person=person, number=number: store.records_after(person, number)):
        person, number = rows[-1][1], rows[-1][2]
        yield [
            {"name": f"safeguarders/{row[1]}/evaluations/{row[0]}", "sha256": row[3], "record": bytes(row[4]).decode()}
            for row in rows
        ]


def _simulation(row: Sequence[Any]) -> Simulation:
    named = dict(zip(tables.simulation.columns.keys(), row, strict=True))
    return Simulation(
        named["simulation_id"],
        named["kind"],
        named["state"],
        orjson.loads(named["asked"]),
        named["rulebook_hash"],
        from_micros(named["created_at"]),
        from_micros(named["expires_at"]),
        named["done"],
        named["total"],
        orjson.loads(named["result"]) if named["result"] else None,
        named["problem"],
    )
