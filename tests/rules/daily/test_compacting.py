"""Kind of fault: a record of a release before is kept smaller, and is no longer the record that was made (F4).

Whatever is kept, the record is read as it was made, byte for byte, with its place in the chain of hashes. Compacting
may end at any moment, and goes on when it is started again.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from services.platform.storage.database import Database, execute
from services.rules.adapters.compaction import TOGETHER, Compacted, compact
from services.rules.adapters.store.evaluations import kept_record
from services.rules.adapters.store.simulations import SqlSimulations
from services.rules.domain.evaluation.decision_record import decision_record, differing_answers
from services.rules.domain.evaluation.same_record import same_record
from services.rules.simulations.replay import ReplayOutcome, replay
from tests import databases
from tests.engines import shared_engine
from tests.rules.builders import NOW, TODAY, a_case_file, a_late_report, evaluated, shipped
from tests.waiting import run_to_end

PEOPLE = ("sg-one", "sg-two")
DAYS = TOGETHER + 10
"""More than a batch of each person."""
ROW = (
    "INSERT INTO evaluation (evaluation_id, safeguarder_id, number, sha256, record, same_as) VALUES (?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True)
class Made:
    """A record as a release before made and kept it."""

    evaluation_id: str
    person: str
    number: int
    sha256: str
    content: bytes
    same_as: str = ""


@cache
def made() -> tuple[Made, ...]:
    """A whole record of each day and person, each with the hash of the one before. The last but one is short."""
    found = []
    for person in PEOPLE:
        case = a_case_file(*(a_late_report(f"late-{n}", TODAY - timedelta(days=10 + 30 * n)) for n in range(3)))
        previous, whole = "", Made("", person, 0, "", b"")
        for number in range(1, DAYS + 1):
            day = TODAY + timedelta(days=number)
            evaluation = evaluated(case, day, NOW + timedelta(days=number))
            answers = [answered.answers for answered in evaluation.answered]
            record = decision_record(evaluation, answers, {"psmf": "0"}, previous)
            if number == DAYS - 1:
                otherwise = differing_answers(whole.content, record.content)
                record = same_record(whole.evaluation_id, record, evaluation, previous, otherwise)
            each = Made(f"{person}-{number}", person, number, record.sha256, record.content, record.same_as)
            whole = each if not each.same_as else whole
            found.append(each)
            previous = record.sha256
    return tuple(found)


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    """Rules' database with the records of a release before, which compressed nothing."""
    opened = Database(databases.of_service("rules", tmp_path / "rules.db"))
    rows = [(m.evaluation_id, m.person, m.number, m.sha256, m.content, m.same_as) for m in made()]
    opened.write(lambda tx: [execute(tx, ROW, row) for row in rows])
    yield opened
    opened.close()


def stored(database: Database) -> list[tuple[Any, ...]]:
    with database.read() as connection:
        rows = "SELECT evaluation_id, record, packed, stands_on FROM evaluation ORDER BY evaluation_id"
        return [(row[0], bytes(row[1]), bool(row[2]), row[3]) for row in execute(connection, rows).fetchall()]


def assert_each_is_read_as_it_was_made(database: Database) -> None:
    with database.read() as connection:
        for each in made():
            kept = kept_record(connection, each.person, each.evaluation_id)
            assert kept is not None
            assert (kept.content, kept.sha256, kept.same_as) == (each.content, each.sha256, each.same_as)


def test_each_record_is_read_as_it_was_made_and_takes_a_tenth_of_the_room(database: Database) -> None:
    before = sum(len(record) for _, record, _, _ in stored(database))
    done = sum(compact(database), Compacted())
    assert_each_is_read_as_it_was_made(database)
    after = sum(len(record) for _, record, _, _ in stored(database))
    assert after * 10 < before
    assert done.before - done.after == before - after
    assert (done.seen, done.damaged) == (len(PEOPLE) * (DAYS - 1), 0)


def test_a_second_time_there_is_nothing_left_to_do(database: Database) -> None:
    sum(compact(database), Compacted())
    before = stored(database)
    assert sum(compact(database), Compacted()).smaller == 0
    assert stored(database) == before


@pytest.mark.parametrize("batches", [0, 1, 2, 3])
def test_it_may_be_stopped_and_goes_on_to_the_same_end(database: Database, batches: int) -> None:
    sum(islice(compact(database), batches), Compacted())
    assert_each_is_read_as_it_was_made(database)
    sum(compact(database), Compacted())
    assert_each_is_read_as_it_was_made(database)
    in_a_row = sum(1 for _, _, packed, _ in stored(database) if not packed)
    assert in_a_row == len(PEOPLE)  # the short records, which are lines


def test_a_persons_last_whole_record_needs_no_other_one(database: Database) -> None:
    sum(compact(database), Compacted())
    stands_on = {row[0]: row[3] for row in stored(database)}
    assert [stands_on[f"{person}-{DAYS}"] for person in PEOPLE] == ["", ""]
    # A base is never a difference itself, so a record is two reads away at most.
    assert not any(stands_on[base] for base in stands_on.values() if base)


def test_compacted_records_replay_byte_for_byte(database: Database) -> None:
    sum(compact(database), Compacted())
    with database.read() as connection:
        records = SqlSimulations(connection).records_after("", 0)
    chosen = [record for record in records if record[2] in (1, 2, DAYS - 1)]
    assert len(chosen) == 2
    whole_of_short = f"{PEOPLE[0]}-{DAYS - 2}", f"{PEOPLE[0]}-{DAYS - 1}"
    assert {row[0]: row[3] for row in stored(database)}[whole_of_short[0]]
    with database.read() as connection:
        kept = kept_record(connection, PEOPLE[0], whole_of_short[1])
    assert kept is not None
    chosen.append((whole_of_short[1], PEOPLE[0], DAYS - 1, kept.sha256, kept.content, kept.whole))
    for _, _, _, sha256, content, whole in chosen:
        again = replay(content, sha256, lambda _: shipped(), shared_engine(), whole or None)
        assert again.outcome is ReplayOutcome.IDENTICAL


def test_a_damaged_record_stays_as_it_is_and_nothing_stands_on_it(database: Database) -> None:
    damaged = f"{PEOPLE[0]}-1"
    change = "UPDATE evaluation SET record = ? WHERE evaluation_id = ?"
    database.write(lambda tx: execute(tx, change, (made()[0].content.replace(b"late", b"lite"), damaged)))
    done = sum(compact(database), Compacted())
    assert done.damaged == 1
    rows = {row[0]: row[1:] for row in stored(database)}
    assert rows[damaged][1:] == (False, "")
    assert damaged not in {row[2] for row in rows.values()}


def test_killed_twice_it_loses_nothing_and_comes_to_its_end(database: Database, tmp_path: Path) -> None:
    """Starts the program three times. It is killed twice, each time before its second commit."""
    url = databases.address(tmp_path / "rules.db")
    for place in ("after_flush_before_commit:2", "after_flush_before_commit:2", ""):
        ended = run_to_end(COMPACT, env={"PSMF_DATABASE": url, "PSMF_FAILPOINT": place})
        assert (ended.returncode < 0, ended.stderr) == (bool(place), "")
        assert_each_is_read_as_it_was_made(database)
    assert sum(compact(database), Compacted()).smaller == 0


COMPACT = (sys.executable, "-m", "services.rules", "compact-records")
