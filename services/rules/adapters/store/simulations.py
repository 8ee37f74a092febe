"""Simulations in the database, in the current transaction: what to run, the progress, and the result."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection

from services.platform.storage.database import count_rows, execute, from_micros, insert_sql, to_micros
from services.platform.waits import come_sql, come_within
from services.rules.adapters.store import tables
from services.rules.adapters.store.evaluations import PLAIN_OF, WITH_WHOLE, plain_records
from services.rules.domain.forecasts.simulation import Simulation

# A run reads so many at a time, so that no reading transaction lasts long and progress shows often.
PEOPLE_TOGETHER = 25
PEOPLE_WITHOUT_EVIDENCE = 250
RECORDS_TOGETHER = 50
SILENT_FOR = timedelta(minutes=10)
"""Time without a mark after which a run counts as abandoned. A living copy marks its run every second."""
ENDED = ("done", "failed", "cancelled")
_FIELDS = ", ".join(tables.simulation.columns.keys())
# Versions of items and duties are only ever added, so their numbers say whether anything was. An upheld review may
# replace a version, so of somebody who asked for one nothing is kept.
_VERSIONS = (
    "(SELECT COUNT(*) FROM fact f WHERE f.safeguarder_id = p.safeguarder_id), "
    "(SELECT COUNT(*) FROM team_duty d WHERE d.safeguarder_id = p.safeguarder_id), "
    "(SELECT COUNT(*) FROM review_request q WHERE q.safeguarder_id = p.safeguarder_id)"
)
_PERSON = (
    f"SELECT p.safeguarder_id, p.appointed_on, p.term_starts_on, p.term_ends_on, r.person, {_VERSIONS} FROM person p "  # noqa: S608
    "LEFT JOIN relation r ON r.subject = p.safeguarder_id WHERE p.serving AND p.safeguarder_id "
)
_PEOPLE = f"{_PERSON}> ? ORDER BY p.safeguarder_id LIMIT ?"
_DUTIES = "SELECT safeguarder_id, body FROM team_duty WHERE safeguarder_id", "ORDER BY duty_id, version"
_FACTS = "SELECT safeguarder_id, body FROM fact WHERE safeguarder_id", "ORDER BY evidence_id, version"
# Of a run of short records that say the same, only the last: it says of all what the others said.
_REPLAYED = (
    "(e.same_as = '' OR NOT EXISTS (SELECT 1 FROM evaluation n WHERE n.safeguarder_id = e.safeguarder_id "
    "AND n.number = e.number + 1 AND n.same_as = e.same_as AND n.essence = e.essence))"
)
_RECORDS = (
    f"SELECT e.evaluation_id, e.safeguarder_id, e.number, e.sha256, {PLAIN_OF} FROM {WITH_WHOLE} "  # noqa: S608
    f"WHERE {_REPLAYED} AND (e.safeguarder_id > ? OR (e.safeguarder_id = ? AND e.number > ?)) "
    "ORDER BY e.safeguarder_id, e.number LIMIT ?"
)


class SqlSimulations:
    """Simulations, and the evidence and records that they read."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, simulation: Simulation) -> bool:
        """Store a new simulation, which waits for its turn. Return False if there is one with the same id."""
        row = (
            simulation.simulation_id,
            simulation.kind,
            simulation.state,
            orjson.dumps(simulation.asked).decode(),
            simulation.rulebook_hash,
            to_micros(simulation.created_at),
            to_micros(simulation.expires_at),
            *(0, 0, None, "", 0),
            simulation.person or None,
            simulation.candidate_hash or None,
        )
        return bool(execute(self._connection, f"{insert_sql(tables.simulation)} ON CONFLICT DO NOTHING", row).rowcount)

    def find(self, simulation_id: str) -> Simulation | None:
        """Return a simulation, None if there is none or it has expired."""
        query = f"SELECT {_FIELDS} FROM simulation WHERE simulation_id = ?"  # noqa: S608
        row = execute(self._connection, query, (simulation_id,)).fetchone()
        return _simulation(row) if row else None

    def page(self, only: Mapping[str, str], after: tuple[int, str] | None, most: int) -> Sequence[Simulation]:
        """Return at most `most` simulations, newest first, after an instant (microseconds) and an id.

        `only`: what columns must hold, by `candidate_hash`, `kind` and `person`.
        """
        conditions = [f"{column} = ?" for column in only]
        values: list[Any] = [*only.values()]
        if after is not None:
            conditions.append("(created_at, simulation_id) < (?, ?)")
            values += after
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        query = f"SELECT {_FIELDS} FROM simulation{where} ORDER BY created_at DESC, simulation_id DESC LIMIT ?"  # noqa: S608
        return [_simulation(row) for row in execute(self._connection, query, (*values, most)).fetchall()]

    def waiting(self) -> int:
        """Return how many simulations wait or run."""
        return count_rows(self._connection, "simulation WHERE state IN ('queued', 'running')")

    def next_to_run(self, now: datetime) -> Simulation | None:
        """Return the oldest simulation that waits.

        One that is running but has shown no progress for `SILENT_FOR` waits too: the copy that ran it has died.
        """
        query = (
            f"SELECT {_FIELDS} FROM simulation WHERE state = 'queued' OR (state = 'running' AND {come_sql('seen_at')}) "  # noqa: S608
            "ORDER BY created_at, simulation_id LIMIT 1"
        )
        row = execute(self._connection, query, come_within(now - SILENT_FOR, 2 * SILENT_FOR)).fetchone()
        return _simulation(row) if row else None

    def move(
        self, simulation_id: str, state: str, now: datetime, *, problem: str = "", result: str | None = None
    ) -> None:
        """Move a simulation to another state, unless it has ended, for example because a person cancelled it."""
        execute(
            self._connection,
            "UPDATE simulation SET state = ?, seen_at = ?, problem = ?, result = ? "
            "WHERE simulation_id = ? AND state NOT IN ('done', 'failed', 'cancelled')",
            (state, to_micros(now), problem, result, simulation_id),
        )

    def queue_again(self) -> None:
        """Return running simulations to the queue, so that they start again."""
        execute(self._connection, "UPDATE simulation SET state = 'queued' WHERE state = 'running'")

    def progress(self, simulation_id: str, done: int, total: int, now: datetime) -> bool:
        """Store the progress of a simulation. Return False if it must stop, because a person cancelled it."""
        noted = execute(
            self._connection,
            "UPDATE simulation SET done = ?, total = ?, seen_at = ? WHERE simulation_id = ? AND state = 'running'",
            (done, total, to_micros(now), simulation_id),
        )
        return bool(noted.rowcount)

    def forget(self, now: datetime) -> None:
        """Delete the simulations that have expired."""
        execute(self._connection, "DELETE FROM simulation WHERE expires_at <= ?", (to_micros(now),))

    def first_day(self) -> str:
        """Return the first day on which everybody was evaluated, empty before that."""
        return str(execute(self._connection, "SELECT MIN(day) FROM daily_run").fetchone()[0] or "")

    def rulebook_hashes(self) -> list[str]:
        """Return the content hashes of every stored rulebook."""
        return [row[0] for row in execute(self._connection, "SELECT hash FROM rulebook ORDER BY hash").fetchall()]

    def rulebooks(self, content_hash: str) -> dict[str, Any]:
        """Return the files of a stored rulebook by its content hash; empty if there is none."""
        rows = execute(self._connection, "SELECT hash, files FROM rulebook WHERE hash = ?", (content_hash,)).fetchall()
        return {row[0]: orjson.loads(row[1]) for row in rows}

    def how_many(self, kind: str) -> int:
        """Return how many people, or stored records, a run of this kind goes through."""
        return count_rows(
            self._connection, f"evaluation e WHERE {_REPLAYED}" if kind == "replay" else "person WHERE serving"
        )

    def people_after(self, last: str) -> list[dict[str, Any]]:
        """Return the next people who serve, in order of id, without their evidence.

        `versions`: how many versions of items and duties are stored of each; None if one may have been replaced.
        """
        return list(map(_person, execute(self._connection, _PEOPLE, (last, PEOPLE_WITHOUT_EVIDENCE)).fetchall()))

    def people(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Return people who serve, in order of id, with every version of every item and duty as stored."""
        these = f"IN ({', '.join('?' * len(ids))})"
        rows = execute(self._connection, f"{_PERSON}{these} ORDER BY p.safeguarder_id", tuple(ids)).fetchall()
        facts, duties = (self._bodies(f"{query} {these} {order}", ids) for query, order in (_FACTS, _DUTIES))
        found = ((_person(row), row[0]) for row in rows)
        return [person | {"facts": facts.get(who, []), "duties": duties.get(who, [])} for person, who in found]

    def _bodies(self, query: str, ids: Sequence[str]) -> dict[str, list[str]]:
        """Return what is stored of some people, by person."""
        found: dict[str, list[str]] = {}
        for safeguarder_id, body in execute(self._connection, query, tuple(ids)):
            found.setdefault(safeguarder_id, []).append(body)
        return found

    def records_after(self, safeguarder_id: str, number: int) -> list[tuple[str, str, int, str, bytes, bytes]]:
        """Return the next stored records: evaluation, person, number, hash, content, and the whole one it names."""
        values = (safeguarder_id, safeguarder_id, number, RECORDS_TOGETHER)
        return [(*row[:4], *plain_records(row[4:])) for row in execute(self._connection, _RECORDS, values)]


def parts(kind: str, read: Any) -> Iterator[Sequence[Any]]:
    """Yield the input of a run, some at a time.

    `read` runs a function in a reading transaction of its own. Each is brief: a long one would hold up the cleaning of
    the database for as long as the run takes.
    """
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
            {
                "name": f"safeguarders/{row[1]}/evaluations/{row[0]}",
                "sha256": row[3],
                "record": row[4].decode(),
                "whole": row[5].decode(),
            }
            for row in rows
        ]


def _person(row: Sequence[Any]) -> dict[str, Any]:
    names = ("safeguarder_id", "appointed_on", "term_starts_on", "term_ends_on")
    versions = None if row[7] else [row[5], row[6]]
    of_person = dict(zip(names, row, strict=False))
    return of_person | {"serving": True, "support_manager": row[4] or "", "versions": versions}


def order_of(simulation: Simulation) -> list[str | int]:
    """Return the keys by which simulations are listed, which a page token holds."""
    return [to_micros(simulation.created_at), simulation.simulation_id]


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
        named["person"] or "",
        named["candidate_hash"] or "",
    )
