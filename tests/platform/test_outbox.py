"""The outbox holds an event if and only if its effect was committed, in the order of commits (reliability E2)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.platform.events.outbox import MAX_EVENT_BYTES, add_events, events_after, head_position
from services.platform.storage.database import Database
from tests.platform.events import TYPE, a_message
from tests.platform.small_service import count_one, counts, new_database, now


@pytest.fixture
def file(database_kind: str, tmp_path: Path) -> Path:
    return tmp_path / "small.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    made = new_database(file)
    yield made
    made.close()


def publish(database: Database, key: str, *what: str) -> None:
    database.write(lambda tx: add_events(tx, [(key, a_message(key, word)) for word in what], now()))


def read(database: Database, position: int = 0) -> list[tuple[int, str, int]]:
    with database.read() as connection:
        return [(event.position, event.key, event.key_sequence) for event in events_after(connection, position, 10_000)]


def test_events_keep_their_order_and_are_numbered_for_each_key(database: Database) -> None:
    publish(database, "sg-one", "first", "second")
    publish(database, "sg-two", "first")
    publish(database, "sg-one", "third")
    assert read(database) == [(1, "sg-one", 1), (2, "sg-one", 2), (3, "sg-two", 1), (4, "sg-one", 3)]


def test_reading_goes_on_after_a_position(database: Database) -> None:
    publish(database, "sg-one", "first", "second", "third")
    assert read(database, 2) == [(3, "sg-one", 3)]
    with database.read() as connection:
        assert head_position(connection) == 3
        assert len(events_after(connection, 0, 2)) == 2


def test_an_event_names_its_type_and_holds_its_message(database: Database) -> None:
    publish(database, "sg-one", "someone")
    with database.read() as connection:
        (event,) = events_after(connection, 0, 1)
    assert event.type == TYPE
    assert event.data == a_message("sg-one").SerializeToString()


def test_an_effect_that_was_undone_leaves_no_event_and_no_gap(database: Database) -> None:
    def undone(tx: object) -> None:
        add_events(tx, [("sg-one", a_message("sg-one"))], now())  # type: ignore[arg-type]
        raise ValueError("undone")

    publish(database, "sg-one", "first")
    with pytest.raises(ValueError, match="undone"):
        database.write(undone)
    publish(database, "sg-one", "second")
    assert [sequence for _, _, sequence in read(database)] == [1, 2]


def test_an_event_too_large_for_a_transport_is_refused_with_its_effect(database: Database, file: Path) -> None:
    def too_large(tx: object) -> None:
        count_one(tx, "effect")  # type: ignore[arg-type]
        add_events(tx, [("sg-one", a_message("sg-one", "x" * MAX_EVENT_BYTES))], now())  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="bytes"):
        database.write(too_large)
    assert read(database) == []
    assert counts(file) == {}


def test_four_publishers_at_once_leave_no_gap_and_no_event_out_of_order(database: Database) -> None:
    def many(publisher: int) -> None:
        for number in range(50):
            publish(database, f"sg-{number % 3}", f"{publisher}")

    with ThreadPoolExecutor(4) as publishers:
        list(publishers.map(many, range(4)))
    found = read(database)
    assert [position for position, _, _ in found] == list(range(1, 201))
    for key in ("sg-0", "sg-1", "sg-2"):
        sequences = [sequence for _, of, sequence in found if of == key]
        assert sequences == list(range(1, len(sequences) + 1))
