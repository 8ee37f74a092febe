"""What rules' database grows to in ten years, and what a backup and a nightly replay then take (F4).

    python -m bench.ten_years [PEOPLE] [YEARS]

Everything is real except the clock: the daily run of each day, and evidence about each person every month. The figures
of few people are multiplied, so that the run takes minutes. docs/what-grows.md has the last ones.
"""

import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from services.platform.clock import LONDON
from services.platform.storage.counts import keep_counts
from services.platform.storage.database import Database, count_rows, execute
from services.platform.storage.migrations import bring_up_to_date
from services.platform.storage.sqlite.backup import back_up
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.store.evaluations import kept_record
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.simulations import SqlSimulations
from services.rules.compose import COUNTS, HERE
from services.rules.domain.closed_lists import Aspect, EvidenceClass, Kind, Polarity, Setting, Source
from services.rules.domain.facts import EvidenceFact, PersonFact, StandardMapping
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.simulations.replay import ReplayOutcome, replay
from services.rules.worker import Evaluator

PANEL = 150
BEGIN = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
DAYS_BETWEEN_ITEMS = 30
INDICATORS = ("S2.1", "S4.1", "S5.1", "S6.2", "S7.1")
KINDS = (Kind.FEEDBACK, Kind.OBSERVATION, Kind.COMMENDATION, Kind.REPORT_SAMPLE_REVIEW)
REPLAYED = 200
"""Records replayed to know how long one takes."""


@dataclass
class MovedClock:
    """A clock that the run moves from day to day."""

    instant: datetime

    def now(self) -> datetime:
        """Return the instant."""
        return self.instant

    def today(self) -> date:
        """Return the date in London."""
        return self.instant.astimezone(LONDON).date()

    def steady(self) -> float:
        """Return seconds that pass with the instant."""
        return self.instant.timestamp()


@dataclass(frozen=True, slots=True)
class Grown:
    """What a run left, for as many people as it had."""

    people: int
    days: int
    bytes: int
    whole: int
    short: int
    replayed_nightly: int
    backup_seconds: float
    replay_seconds: float
    """Of one record."""

    @property
    def times(self) -> float:
        """Return by what the figures of this run are multiplied for the whole Panel."""
        return PANEL / self.people


def grow(folder: Path, people: int, days: int, *, every_day: bool = False) -> Grown:
    """Let so many days pass, with the daily run of each. `every_day`: everybody is evaluated on each of them."""
    folder.mkdir(exist_ok=True)
    file = folder / "rules.db"
    database = Database(f"sqlite:///{file}")
    bring_up_to_date(database.engine, HERE / "migrations")
    keep_counts(database.engine, COUNTS)
    clock = MovedClock(BEGIN)
    with EngineChild() as engine:
        in_force = RulebookInForce(HERE / "rulebook", database, clock, needs_approval=False)
        evaluator = Evaluator(database, in_force, engine, clock)
        names = [f"person-{number:03}" for number in range(people)]
        for day in range(days):
            today = clock.today()
            database.write(lambda tx, day=day, today=today: _day(SqlFacts(tx), names, day, today))  # type: ignore[misc]
            if every_day:
                evaluator.evaluate_everyone_again()
            evaluator._start_day()
            while evaluator.evaluate_waiting():
                pass
            clock.instant += timedelta(days=1)
        replay_seconds = _replay(database, in_force, engine)
    began = time.perf_counter()
    back_up([file], folder / "backup")
    backup_seconds = time.perf_counter() - began
    with database.read() as connection:
        short = count_rows(connection, "evaluation WHERE same_as <> ''")
        whole = count_rows(connection, "evaluation WHERE same_as = ''")
        nightly = SqlSimulations(connection).how_many("replay")
    database.close()
    return Grown(people, days, file.stat().st_size, whole, short, nightly, backup_seconds, replay_seconds)


def _day(facts: SqlFacts, names: list[str], day: int, today: date) -> None:
    for place, name in enumerate(names):
        if day == 0:
            facts.remember_person(PersonFact(name, today, today, today + timedelta(days=1095)))
        elif day % 1095 == 0:
            person = PersonFact(name, BEGIN.date(), today, today + timedelta(days=1095))
            facts.remember_person(person)
        if (day + place) % DAYS_BETWEEN_ITEMS == 0:
            facts.remember_fact(name, _item(name, day, today), "evidence")


def _item(name: str, day: int, today: date) -> EvidenceFact:
    number = day // DAYS_BETWEEN_ITEMS
    indicator = INDICATORS[number % len(INDICATORS)]
    polarity = Polarity.CONCERN if number % 7 == 0 else Polarity.PRAISE if number % 3 == 0 else Polarity.NEUTRAL
    return EvidenceFact(
        evidence_id=f"{name}-{day:05}",
        kind=KINDS[number % len(KINDS)],
        source=(Source.PANEL_MEMBER, Source.PANEL_TEAM)[number % 2],
        aspect=Aspect.PRACTICE,
        setting=Setting.APPOINTMENT,
        evidence_class=EvidenceClass.STANDARD,
        happened_on=today,
        received_on=today,
        recorded_at=datetime(today.year, today.month, today.day, 5, tzinfo=UTC),
        shared_on=today,
        countable_from=today,
        adverse_from=today,
        mappings=(StandardMapping(indicator.partition(".")[0], indicator, polarity),),
    )


def _replay(database: Database, in_force: RulebookInForce, engine: EngineChild) -> float:
    """Replay the last records. Return the seconds that one takes."""
    with database.read() as connection:
        query = "SELECT safeguarder_id, evaluation_id FROM evaluation ORDER BY number DESC LIMIT ?"
        kept = [kept_record(connection, *row) for row in execute(connection, query, (REPLAYED,)).fetchall()]
    rulebooks = {in_force.current.content_hash: in_force.current}.get
    began = time.perf_counter()
    for record in kept:
        if record is not None:
            done = replay(record.content, record.sha256, rulebooks, engine, record.whole)
            if done.outcome is not ReplayOutcome.IDENTICAL:
                raise SystemExit(f"a record does not replay: {done.outcome}")
    return (time.perf_counter() - began) / max(len(kept), 1)


def main() -> None:
    """Run, and print what has grown."""
    given = [int(word) for word in sys.argv[1:3]]
    people, years = given[0] if given else 4, given[1] if len(given) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        grown = grow(Path(folder), people, 365 * years)
    times = grown.times
    print(f"{PANEL} people, {years} years (measured with {people}, times {times:.1f})")
    print(f"  whole records       {grown.whole * times:12,.0f}")
    print(f"  short records       {grown.short * times:12,.0f}")
    print(f"  rules' database     {grown.bytes * times / 1e6:12,.0f} MB")
    print(f"  a backup of it      {grown.backup_seconds * times:12,.1f} s")
    print(f"  a nightly replay    {grown.replayed_nightly * grown.replay_seconds * times / 60:12,.1f} min")


if __name__ == "__main__":
    main()
