"""The inbox: each event has its effect exactly once, in order for each key (reliability Q7, Q8, E3)."""

import itertools
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.platform.database import Database
from services.platform.inbox import TRIES, dead_letters
from services.refusals import Refusal
from tests.platform.events import Applied, a_story, an_inbox, once_each
from tests.platform.small_service import counts, new_database, rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "small.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    made = new_database(file)
    yield made
    made.close()


def set_aside(file: Path) -> list[tuple[int, str]]:
    return rows(file, "SELECT position, reason FROM dead_letter ORDER BY position")


def test_events_are_applied_in_order_and_the_position_moves_with_them(database: Database, file: Path) -> None:
    story, reaction = a_story("a", "b", "a"), Applied()
    inbox = an_inbox(database, reaction)
    inbox.apply(story)
    assert reaction.seen == [1, 2, 3]
    assert inbox.position() == 3
    assert counts(file) == once_each(story)


def test_a_duplicate_changes_nothing(database: Database, file: Path) -> None:
    story = a_story("a", "b")
    inbox = an_inbox(database, Applied())
    for _ in range(3):
        inbox.apply(story)
    inbox.apply(story[:1])
    assert counts(file) == once_each(story)
    assert inbox.position() == 2, "a late duplicate does not take the position back"


def test_an_event_nobody_reacts_to_moves_the_position_only(database: Database, file: Path) -> None:
    inbox = an_inbox(database, Applied())
    inbox.apply([replace(event, type="psmf.unknown.v1.Event") for event in a_story("a", "b")])
    assert inbox.position() == 2
    assert counts(file) == {}


def test_an_event_that_cannot_be_applied_is_set_aside_with_its_reason(database: Database, file: Path) -> None:
    reaction = Applied(poison=[1])
    inbox = an_inbox(database, reaction)
    inbox.apply(a_story("a"))
    assert set_aside(file) == [(1, "ValueError")]
    assert reaction.seen == [1] * (1 + TRIES), "once among the others, and then by itself"
    assert counts(file) == {}, "nothing of what it did is left"
    assert inbox.position() == 1
    with database.read() as connection:
        assert dead_letters(connection) == 1


def test_what_fails_only_once_is_applied(database: Database, file: Path) -> None:
    story = a_story("a")
    reaction = Applied(poison=[1])

    def better_the_second_time(connection: object, event: object) -> None:
        try:
            reaction(connection, event)  # type: ignore[arg-type]
        finally:
            reaction.poison.clear()

    an_inbox(database, better_the_second_time).apply(story)
    assert set_aside(file) == []
    assert counts(file) == once_each(story)


def test_later_events_of_its_key_wait_behind_it_and_other_keys_go_on(database: Database, file: Path) -> None:
    story = a_story("a", "b", "a", "b", "a")
    inbox = an_inbox(database, Applied(poison=[3]))
    inbox.apply(story)
    inbox.apply([event for event in a_story(*"aabbaabb") if event.position > 5])
    waiting = "behind_one_set_aside"
    assert set_aside(file) == [(3, "ValueError"), (5, waiting), (6, waiting)]
    assert counts(file) == once_each([event for event in a_story(*"abab") if event.position in (1, 2, 4)]) | {
        "b 3": 1,
        "b 4": 1,
    }
    assert inbox.position() == 8


def test_they_wait_also_after_a_restart(database: Database, file: Path) -> None:
    first, second = a_story("a", "a")
    an_inbox(database, Applied(poison=[1])).apply([first])
    an_inbox(database, Applied()).apply([second])
    assert set_aside(file) == [(1, "ValueError"), (2, "behind_one_set_aside")]


def test_a_reaction_that_fails_inside_a_batch_leaves_the_others_applied(database: Database, file: Path) -> None:
    story = a_story("a", "b", "c", "d")
    an_inbox(database, Applied(poison=[2])).apply(story)
    assert counts(file) == once_each([story[0], story[2], story[3]])


def test_a_full_disk_sets_nothing_aside(database: Database, file: Path) -> None:
    """It is the database's trouble, not the event's: the event is read again when there is space."""
    story = a_story("a")
    pages = rows(file, "PRAGMA page_count")[0][0]

    def large(connection: object, event: object) -> None:
        connection.exec_driver_sql("INSERT INTO tally VALUES (hex(randomblob(100000)), 1)")  # type: ignore[attr-defined]

    database.write(lambda tx: tx.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(Refusal, match="STORAGE_FULL"):
        an_inbox(database, large).apply(story)
    assert set_aside(file) == []
    database.write(lambda tx: tx.exec_driver_sql("PRAGMA max_page_count = 100000"))
    an_inbox(database, Applied()).apply(story)
    assert counts(file) == once_each(story)


@settings(max_examples=60, deadline=None)
@given(
    keys=st.lists(st.sampled_from("abc"), min_size=1, max_size=12),
    reads=st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=12),
)
def test_random_repeats_and_cuts_leave_what_reading_once_leaves(keys: list[str], reads: list[tuple[int, int]]) -> None:
    """Any sequence of batches that starts no later than the position, as a feed that reconnects may send them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "small.db"
        database = new_database(file)
        story, reaction = a_story(*keys), Applied()
        inbox = an_inbox(database, reaction)
        for back, size in itertools.chain(reads, [(0, len(story))]):
            start = max(0, inbox.position() - back)
            batch = story[start : start + size]
            if batch:
                inbox.apply(batch)
        database.close()
        assert counts(file) == once_each(story)
        assert reaction.seen == sorted(reaction.seen)
