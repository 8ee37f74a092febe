"""The daily run of very many people without news: what it costs, and what it writes.

    python -m bench.days.daily_run [PEOPLE]

Some people with an item a month over two years, each on days of their own, are evaluated by the service's own code,
twice: the first evaluation raises concerns, and the second is the one that holds. Then their rows are copied in rules'
own database, under other names and ids, until there are PEOPLE: facts, concerns, when the evaluation holds until, and
the last decision record. In a copied record the person has their own name too, and its hashes are worked out from that,
so that the daily run finds what it would have written itself. It writes a short record for each person it evaluates,
which it would not if a hash differed. Then the clock goes on, and the next days have their daily runs.
"""

import hashlib
import itertools
import sys
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection

from bench.days.news import Rules, rules
from bench.measuring import Ratio, resident_mib
from bench.ten_years import DAYS_BETWEEN_ITEMS, INDICATORS, KINDS
from services.platform.storage.database import execute, execute_many, insert_sql
from services.rules.adapters.store import tables
from services.rules.adapters.store.evaluations import COMPRESSION
from services.rules.adapters.store.facts import SqlFacts
from services.rules.domain.closed_lists import Polarity
from services.rules.domain.evaluation import decision_record
from services.rules.domain.facts import EvidenceFact
from tests.rules.builders import PERSON, TODAY, an_item

EVALUATED = 200
"""People who are evaluated before they are copied."""
ITEMS = 24
DAYS = 3
SOME, MANY = 2_000, 100_000
COPIED_TOGETHER = 100
COPIED = ("fact", "concern", "concern_version", "evaluation", "person", "last_evaluation")
"""Persons come after what belongs to them, because the database counts what changes about those who are there."""
IDS = frozenset({"concern_id", "evaluation_id"})
PLACES_OF_COPY = 8
"""The last places of an id say which copy it is of."""


@dataclass(frozen=True)
class Day:
    """What one daily run did."""

    people: int
    evaluated: int
    cpu: float
    seconds: float
    kept: int
    written: int
    whole: int
    """Whole records, which only news should make."""


def name_of(number: int) -> str:
    """Return a name that stands in no other text, always as long."""
    return f"person~{number:07}~"


def fill(ours: Rules, people: int) -> None:
    """Evaluate some people, and copy them until there are so many."""
    base = min(EVALUATED, people)
    ours.database.write(lambda tx: _remember(SqlFacts(tx), base))
    for _ in range(2):
        ours.evaluator.evaluate_everyone_again()
        ours.evaluate()
    templates = [_Template(ours, number) for number in range(base)]
    rest = iter(range(base, people))
    while numbers := list(itertools.islice(rest, COPIED_TOGETHER)):
        ours.database.write(lambda tx, numbers=numbers: _copy(tx, templates, numbers))  # type: ignore[misc]


def _remember(facts: SqlFacts, people: int) -> None:
    for number in range(people):
        name = name_of(number)
        facts.remember_person(replace(PERSON, safeguarder_id=name))
        for place in range(ITEMS):
            facts.remember_fact(name, _item(f"{name}{place:02}", number, place), "evidence")


def _item(evidence_id: str, number: int, place: int) -> EvidenceFact:
    """Return an item of a person's history: mostly without praise or concern, as in `bench.ten_years`."""
    of_all = number + place
    return an_item(
        evidence_id,
        TODAY - timedelta(days=1 + number % DAYS_BETWEEN_ITEMS + place * DAYS_BETWEEN_ITEMS),
        kind=KINDS[of_all % len(KINDS)],
        speaks=INDICATORS[of_all % len(INDICATORS)],
        polarity=Polarity.CONCERN if of_all % 7 == 0 else Polarity.PRAISE if of_all % 3 == 0 else Polarity.NEUTRAL,
    )


class _Template:
    """The rows of a person who was evaluated, to be copied under other names."""

    def __init__(self, ours: Rules, number: int) -> None:
        self._name = name_of(number)
        with ours.database.read() as connection:
            self._rows = {table: self._read(connection, table) for table in COPIED}
        (record,) = self._rows["evaluation"]
        self._content = zlib.decompress(record["record"])
        read = orjson.loads(self._content)
        without = (*decision_record._OF_THE_DAY, *decision_record._ANSWERED)
        self._inputs = decision_record.dumped(decision_record._without(read, without))
        assert hashlib.sha256(self._inputs).hexdigest() == record["inputs"]

    def _read(self, connection: Connection, table: str) -> list[dict[str, Any]]:
        names = [column.name for column in tables.metadata.tables[table].columns]
        last = " ORDER BY number DESC LIMIT 1" if table == "evaluation" else ""
        query = f"SELECT {', '.join(names)} FROM {table} WHERE safeguarder_id = ?{last}"  # noqa: S608  our own names
        return [dict(zip(names, row, strict=True)) for row in execute(connection, query, (self._name,)).fetchall()]

    def copies(self, table: str, number: int) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a person of another number."""
        for row in self._rows[table]:
            copied = {column: self._value(column, value, number) for column, value in row.items()}
            if table == "evaluation":
                copied |= self._record(number)
            if table == "person":
                copied["changes"] -= 1  # storing the row counts as one
            yield tuple(copied.values())

    def _value(self, column: str, value: Any, number: int) -> Any:
        if column in IDS:
            return f"{value[:-PLACES_OF_COPY]}{number:0{PLACES_OF_COPY}x}"
        return value.replace(self._name, name_of(number)) if isinstance(value, str) else value

    def _record(self, number: int) -> Mapping[str, Any]:
        """Return what the record is with another name in it. Nothing reads the hash of what matters (`essence`)."""
        was, now = self._name.encode(), name_of(number).encode()
        content = self._content.replace(was, now)
        return {
            "sha256": hashlib.sha256(content).hexdigest(),
            "record": zlib.compress(content, COMPRESSION),
            "inputs": hashlib.sha256(self._inputs.replace(was, now)).hexdigest(),
        }


def _copy(connection: Connection, templates: list[_Template], numbers: list[int]) -> None:
    for table in COPIED:
        rows = [row for n in numbers for row in templates[n % len(templates)].copies(table, n)]
        if rows:
            execute_many(connection, insert_sql(tables.metadata.tables[table]), rows)


def a_day(ours: Rules, people: int) -> Day:
    """Let a day pass, with its daily run."""
    began, kept, written, whole = time.perf_counter(), ours.kept(), _written(), _whole(ours)
    cpu = ours.cpu_seconds()
    evaluated, _ = ours.next_day()
    cpu = ours.cpu_seconds() - cpu
    taken = time.perf_counter() - began
    return Day(people, evaluated, cpu, taken, ours.kept() - kept, _written() - written, _whole(ours) - whole)


def _written() -> int:
    """Return the bytes that this process has written to files: its database and the log of that."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))


def _whole(ours: Rules) -> int:
    with ours.database.read() as connection:
        return int(execute(connection, "SELECT COUNT(*) FROM evaluation WHERE same_as = ''").fetchone()[0])


def measure() -> list[Ratio]:
    """Return the table's row: CPU of a day for each person ÷ that of evaluating each."""
    with rules() as ours:
        fill(ours, SOME)
        days = [a_day(ours, SOME) for _ in range(DAYS)]
    people, evaluated = sum(day.people for day in days), sum(day.evaluated for day in days)
    cpu = sum(day.cpu for day in days)
    each, all_of_them = cpu / people * 1e6, cpu / max(evaluated, 1) * 1e6
    written = sum(day.kept for day in days) / people
    what = f"daily run of {SOME:,} people without news, for each of them ÷ an evaluation of each"
    beside = f"{evaluated / DAYS:,.0f} evaluated a day, {written:,.0f} bytes kept a person and day"
    return [Ratio("-", what, each, all_of_them, "µs CPU/person", each / all_of_them, "-", True, beside)]


def main() -> None:
    """Fill, run some days, and print what they cost."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with rules() as ours:
        began = time.perf_counter()
        fill(ours, people)
        took = time.perf_counter() - began
        print(f"{people:,} people with {ITEMS} items stored in {took:,.0f} s, {ours.kept() / 1e6:,.0f} MB", flush=True)
        for number in range(DAYS):
            _print(number + 1, a_day(ours, people))


def _print(number: int, day: Day) -> None:
    print(
        f"daily run {number}: {day.seconds:,.1f} s, {day.people / day.seconds:,.0f} people a second; {day.evaluated:,} "
        f"evaluated, {day.evaluated / day.cpu if day.evaluated else 0:,.0f} a second and core; {day.cpu:,.1f} s CPU; "
        f"{day.kept / 1e6:,.1f} MB kept, {day.written / 1e6:,.1f} MB written, {day.whole} whole records; "
        f"{resident_mib():,.0f} MiB resident",
        flush=True,
    )


if __name__ == "__main__":
    main()
