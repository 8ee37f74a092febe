"""The inbox gives each event its effect exactly once, in order for each key (reliability Q7, Q8, E3)."""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psmf.scheduling.v1 import events_pb2
from sqlalchemy import Connection

from services.platform.events.inbox import TRIES, Inbox, not_for_it
from services.platform.events.inbox_tables import dead_lettered, done_with, of_unknown_type
from services.platform.events.outbox import StoredEvent
from services.platform.events.sources import SequenceConflictError
from services.platform.storage.database import Database, execute
from services.refusals import Refusal
from tests.conftest import only_sqlite
from tests.platform.events import TYPE, Applied, a_story, an_inbox, once_each
from tests.platform.small_service import counts, new_database, now, rows
from tests.sizes import part_of


@pytest.fixture
def file(database_kind: str, tmp_path: Path) -> Path:
    return tmp_path / "small.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    made = new_database(file)
    yield made
    made.close()


def set_aside(file: Path) -> list[tuple[int, str, str]]:
    return rows(file, "SELECT position, state, reason FROM dead_letter ORDER BY position")


def test_events_are_applied_in_order_and_the_position_moves_with_them(database: Database, file: Path) -> None:
    story, reaction = a_story("a", "b", "a"), Applied()
    inbox = an_inbox(database, reaction)
    inbox.apply(story, 3)
    assert reaction.seen == [1, 2, 3]
    assert inbox.position() == 3
    assert counts(file) == once_each(story)


def test_a_duplicate_changes_nothing(database: Database, file: Path) -> None:
    story = a_story("a", "b")
    inbox = an_inbox(database, Applied())
    for _ in range(3):
        inbox.apply(story, 2)
    inbox.apply(story[:1], 1)
    assert counts(file) == once_each(story)
    assert inbox.position() == 2, "a late duplicate must not move the position back"


def test_an_event_that_is_not_for_it_is_done_with(database: Database, file: Path) -> None:
    inbox = Inbox(database, "evidence", not_for_it(events_pb2.SupportManagerAllocated), now)
    inbox.apply(a_story("a", "b"), 2)
    assert inbox.position() == 2
    assert set_aside(file) == []
    with database.read() as connection:
        assert done_with(connection, "evidence") == 2


def test_an_event_that_cannot_be_applied_is_set_aside_with_its_reason(database: Database, file: Path) -> None:
    reaction = Applied(poison=[1])
    inbox = an_inbox(database, reaction)
    inbox.apply(a_story("a"), 1)
    assert set_aside(file) == [(1, "dead", "ValueError")]
    assert reaction.seen == [1] + [1] * TRIES  # once together with its batch, then alone
    assert counts(file) == {}, "a failed reaction must leave no effect"
    with database.read() as connection:
        assert dead_lettered(connection) == 1
        assert done_with(connection, "evidence") == 1, "the dead letter must count as handled"


def test_an_event_of_a_version_nobody_here_knows_is_set_aside(database: Database, file: Path) -> None:
    (event,) = a_story("a")
    an_inbox(database, Applied()).apply([replace(event, type="psmf.evidence.v2.EvidenceItemRecorded")])
    assert set_aside(file) == [(1, "dead", "UnknownVersionError")]


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
    story = a_story(*"abaabb")
    an_inbox(database, Applied(poison=[3])).apply(story)
    assert set_aside(file) == [(3, "dead", "ValueError"), (4, "waits", "before_its_turn")]
    assert counts(file) == once_each([event for event in story if event.position in (1, 2, 5, 6)])


def test_they_wait_also_after_a_restart(database: Database, file: Path) -> None:
    first, second = a_story("a", "a")
    an_inbox(database, Applied(poison=[1])).apply([first])
    an_inbox(database, Applied()).apply([second])
    assert set_aside(file) == [(1, "dead", "ValueError"), (2, "waits", "before_its_turn")]


def test_what_comes_again_and_can_be_applied_by_then_lets_the_others_go_on(database: Database, file: Path) -> None:
    story = a_story(*"aaba")
    an_inbox(database, Applied(poison=[1])).apply(story)
    an_inbox(database, Applied()).apply(story[:1])
    assert set_aside(file) == []
    assert counts(file) == once_each(story)


def test_an_event_before_its_turn_waits_for_the_ones_before_it(database: Database, file: Path) -> None:
    first, second, third = a_story("a", "a", "a")
    reaction = Applied()
    inbox = an_inbox(database, reaction)
    inbox.apply([third])
    inbox.apply([second])
    assert counts(file) == {}
    inbox.apply([first])
    assert reaction.seen == [1, 2, 3]
    assert set_aside(file) == []


def test_what_waited_is_taken_up_after_the_process_ended_between_an_event_and_the_next(
    database: Database, file: Path
) -> None:
    """A feed has been read past it, so without that it would wait until its source says something else."""
    first, second = a_story("a", "a")
    inbox = an_inbox(database, Applied())
    inbox.apply([second])
    database.write(lambda connection: inbox._take(connection, [first]))  # committed, and the process ends
    assert set_aside(file) == [(2, "waits", "before_its_turn")]
    an_inbox(database, reaction := Applied()).take_up()
    assert reaction.seen == [2]
    assert set_aside(file) == []


def test_another_event_under_a_number_used_before_stops_everything(database: Database, file: Path) -> None:
    """The source's database is not the one we knew. Continuing would silently lose one of the two events."""
    inbox = an_inbox(database, Applied())
    inbox.apply(a_story("a", "a"))
    with pytest.raises(SequenceConflictError):
        inbox.apply(a_story("a"))
    assert len(counts(file)) == 2


def test_an_event_that_ends_the_process_is_set_aside_after_three_deaths(database: Database, file: Path) -> None:
    story = a_story("a", "b")

    def deadly(connection: object, event: StoredEvent) -> None:
        if event.key == "a":
            raise SystemExit  # no reaction survives this: the process is gone
        Applied()(connection, event)  # type: ignore[arg-type]

    for _ in range(TRIES):
        note_a_try(database, story[0])
    an_inbox(database, deadly).apply(story)
    assert set_aside(file) == [(1, "dead", "ended_the_process")]
    assert counts(file) == once_each(story[1:])


def note_a_try(database: Database, event: StoredEvent) -> None:
    """Write what a process leaves behind if it ends while applying an event."""
    upsert = (
        "INSERT INTO inbox_try (event_id, tries) VALUES (?, 1) "
        "ON CONFLICT (event_id) DO UPDATE SET tries = inbox_try.tries + 1"
    )
    database.write(lambda tx: execute(tx, upsert, (event.event_id,)))


def test_a_reaction_that_fails_inside_a_batch_leaves_the_others_applied(database: Database, file: Path) -> None:
    story = a_story("a", "b", "c", "d")
    an_inbox(database, Applied(poison=[2])).apply(story)
    assert counts(file) == once_each([story[0], story[2], story[3]])


@only_sqlite
def test_a_full_disk_sets_nothing_aside(database: Database, file: Path) -> None:
    """The fault lies with the database, not with the event. The event is read again once there is space."""
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


@settings(max_examples=part_of(100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    keys=st.lists(st.sampled_from("abc"), min_size=1, max_size=10),
    chaos=st.randoms(use_true_random=False),
    sizes=st.lists(st.integers(1, 6), min_size=1, max_size=12),
)
def test_repeats_gaps_and_any_order_leave_what_reading_once_leaves(
    database_kind: str, keys: list[str], chaos: random.Random, sizes: list[int]
) -> None:
    """Deliver each event one to three times, shuffled, in batches of any size, some to a restarted process (Q7)."""
    story = a_story(*keys)
    log = [event for event in story for _ in range(chaos.randint(1, 3))]
    chaos.shuffle(log)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "small.db"
        database, reaction = new_database(file), Applied()
        inbox = an_inbox(database, reaction)
        while log:
            size = chaos.choice(sizes)
            inbox.apply(log[:size])
            del log[:size]
            if chaos.random() < 0.2:
                inbox = an_inbox(database, reaction)
        state = counts(file), set_aside(file)
        database.close()
    assert state == (once_each(story), [])
    for key in set(keys):
        of_key = [event.position for event in story if event.key == key]
        assert [position for position in reaction.seen if position in of_key] == of_key, "once each, in order"


LATER = "psmf.scheduling.v1.SomethingNew"


@given(kinds=st.lists(st.sampled_from([TYPE, LATER]), min_size=1, max_size=8), data=st.data())
@settings(max_examples=part_of(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_events_that_only_a_later_release_knows_wait_in_order_until_it_comes(
    kinds: list[str], data: st.DataObject
) -> None:
    """F8: whatever the mix, nothing is forgotten, and the order of each key holds once the release has come."""
    story = a_story(*data.draw(st.lists(st.sampled_from("ab"), min_size=len(kinds), max_size=len(kinds))))
    story = [replace(event, type=kind) for event, kind in zip(story, kinds, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        database = new_database(Path(folder) / "small.db")
        before, after = Applied(), Applied()
        Inbox(database, "evidence", {TYPE: before}, now).apply(story, len(story))
        blocked: set[str] = set()
        for event in story:
            blocked |= {event.key} if event.type == LATER else set()
            assert (event.position in before.seen) == (event.key not in blocked)
        upgraded = Inbox(database, "evidence", {TYPE: after, LATER: after}, now)
        upgraded.take_up()
        rest = [event.position for event in story if event.position not in before.seen]
        assert sorted(after.seen) == rest
        for key in "ab":
            order = [event.position for event in story if event.key == key]
            assert [position for position in before.seen + after.seen if position in order] == order
        with database.read() as connection:
            assert of_unknown_type(connection, "evidence") == 0
        database.close()


def test_a_forged_event_that_waited_for_a_number_can_be_dropped_once_the_number_is_taken(
    database: Database, file: Path
) -> None:
    """F9: it came ahead of its turn. It waited for ever, counted as read, and nobody could drop it."""
    story = a_story("a", "a", "a")
    inbox = an_inbox(database, Applied())
    inbox.apply([replace(story[2], event_id="forged", position=99)])
    assert set_aside(file) == [(99, "waits", "before_its_turn")]
    inbox.apply(story, 3)
    assert counts(file) == once_each(story)
    assert set_aside(file) == [(99, "dead", "sequence_conflict")]
    with database.read() as connection:
        assert done_with(connection, "evidence") == 3
    inbox.apply(story, 3)
    assert counts(file) == once_each(story)


def test_two_forged_events_in_one_batch_are_dropped_one_after_the_other(database: Database, file: Path) -> None:
    """F9: each stops the reading with its reason, and what came with them is applied once."""
    story = a_story("a", "b", "a")
    inbox = an_inbox(database, Applied())
    inbox.apply(story[:2], 2)
    forged = [replace(event, event_id=f"forged-{event.key}") for event in story[:2]]
    for event in forged:
        with pytest.raises(SequenceConflictError) as stopped:
            inbox.apply([*forged, story[2]], 3)
        assert stopped.value.event == event
        database.write(partial(_dropped, inbox, event))
    inbox.apply([*forged, story[2]], 3)
    assert counts(file) == once_each(story)


def _dropped(inbox: Inbox, event: StoredEvent, connection: Connection) -> None:
    inbox.pass_over(connection, event.event_id, event.key, event.key_sequence, "sequence_conflict")
