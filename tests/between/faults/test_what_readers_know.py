"""A database that went back, or is another one, is known to those who have read it, and a service asks them first (F2).

The kind that this file closes: numbers that agree are taken for the same events. A place in a source is the id of an
event, not how many there were. The same on SQLite and PostgreSQL, with no file beside the database.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.platform.v1 import events_pb2, events_pb2_grpc

from services.evidence.compose import COUNTS as OF_EVIDENCE
from services.evidence.compose import HERE, OWN_TABLE
from services.platform.calls.client import ServiceToken
from services.platform.events import readers as asking_readers
from services.platform.events.readers import Readers
from services.platform.storage.counts import Count
from services.platform.storage.database import Database, execute
from services.platform.storage.opening import open_database
from services.platform.storage.unusable import UnusableDatabaseError
from services.rules.compose import COUNTS as OF_RULES
from tests import databases
from tests.between.faults.asking import SAFETY, accept, account, forget_last_events, reader
from tests.between.together import Together
from tests.builders import a_request_id

only_postgresql = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
MIGRATIONS = HERE / "migrations"


def readers_of(running: Together, *away: str) -> Readers:
    """Return those whom evidence asks at its start."""
    evidence = running.services["evidence"]
    ports = {name: running.services[name].process.server.port for name in ("rules", "scheduling", "notifications")}
    addresses = {name: f"127.0.0.1:{9 if name in away else port}" for name, port in ports.items()}
    key_file = running.world.settings("evidence")["service_key_file"]
    token = ServiceToken(Path(key_file), "evidence", running.clock.now)
    return Readers("evidence", evidence.database, addresses, token)


def emptied(running: Together) -> None:
    """Make evidence's database a new one, as `migrate` does with an emptied one."""

    def work(connection: Any) -> None:
        execute(connection, "DELETE FROM outbox")
        execute(connection, "UPDATE origin SET database_id = 'made-again'")

    running.services["evidence"].database.write(work)


def brought_back(running: Together) -> None:
    """Bring evidence back to yesterday's copy, of the same name."""
    forget_last_events(running, 1)


def written_on(running: Together) -> None:
    """Bring evidence back, and let it use the numbers of the lost events for others."""
    forget_last_events(running, 1)
    running.record("sg-one", **SAFETY)
    running.record("sg-one", **SAFETY)


def set_aside_next(running: Together) -> str:
    """Have rules fail at the next event of evidence, and settle. Return the id of the event."""
    inbox = reader(running)._inbox
    with running.services["evidence"].database.read() as connection:
        query = "SELECT event_id, type FROM outbox WHERE position > ? ORDER BY position LIMIT 1"
        broken, kind = execute(connection, query, (inbox.position(),)).fetchone()
    react = inbox._reactions[kind]

    def fail(connection: Any, event: Any) -> None:
        if event.event_id == broken:
            raise ValueError
        react(connection, event)

    inbox._reactions = {**inbox._reactions, kind: fail}
    running.settle()
    return str(broken)


WRONG: dict[str, tuple[Callable[[Together], None], str]] = {
    "emptied": (emptied, "rules .it has another identity"),
    "brought back": (brought_back, "rules .it lacks events"),
    "brought back and written on": (written_on, "rules .it lacks events"),
}


@pytest.mark.parametrize("how", WRONG)
def test_a_service_refuses_a_database_that_its_readers_have_not_read(suite_together: Together, how: str) -> None:
    """F2: emptied, replaced or of an earlier day. Both kinds of database, and nothing is kept beside them."""
    running = suite_together
    running.appoint("sg-one")
    running.record("sg-one", **SAFETY)
    running.settle()
    readers_of(running).ask()
    lose, said = WRONG[how]
    lose(running)
    with pytest.raises(UnusableDatabaseError, match=said) as refused:
        readers_of(running).ask()
    for name in ("rules", "scheduling", "notifications"):
        assert f"psmf events accept-source evidence {name}" in str(refused.value)
        accept(running, name)
    readers_of(running).ask()


def test_a_reader_that_is_away_stops_no_start_and_is_asked_again(
    suite_together: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F2: services start in any order. A first start, or one without an answer, goes on."""
    running = suite_together
    readers_of(running).ask()  # nobody has read anything
    running.appoint("sg-one")
    running.settle()
    forget_last_events(running, 1)
    readers = readers_of(running, "rules", "scheduling", "notifications")
    readers.ask()
    readers._silent = readers_of(running)._silent
    monkeypatch.setattr(asking_readers, "AGAIN_SECONDS", 0.0)
    with pytest.raises(UnusableDatabaseError):
        readers._ask_on()


def test_an_older_reader_is_no_reason_to_refuse(suite_together: Together) -> None:
    """F2: it is behind and reads on. And what a release before applied has a number only, which is compared."""
    running = suite_together
    running.appoint("sg-one")
    running.settle()
    running.record("sg-one", **SAFETY)  # not read yet
    readers_of(running).ask()
    rules = running.services["rules"].database
    rules.write(lambda tx: execute(tx, "UPDATE inbox_key SET event_id = NULL, event_sequence = NULL"))
    readers_of(running).ask()
    assert account(running).balanced
    rules.write(lambda tx: execute(tx, "UPDATE inbox_key SET sequence = 99 WHERE source = 'evidence'"))
    with pytest.raises(UnusableDatabaseError):
        readers_of(running).ask()


@only_postgresql
def test_only_a_first_start_takes_an_empty_database_of_a_server(database_kind: str, tmp_path: Path) -> None:
    """F2: an emptied PostgreSQL database became a new one, and the service said that it was ready."""
    url = databases.address(tmp_path / "evidence.db")
    for _ in range(2):
        with pytest.raises(UnusableDatabaseError, match=r"is empty.*python -m services\.evidence migrate"):
            open_database(url, MIGRATIONS, OWN_TABLE)
    open_database(url, MIGRATIONS, OWN_TABLE, may_be_new=True).close()
    open_database(url, MIGRATIONS, OWN_TABLE).close()


def test_tables_without_rows_are_refused(database_kind: str, tmp_path: Path) -> None:
    """F2: the tables are there, and somebody deleted what was in them."""
    url = databases.of_service("evidence", tmp_path / "evidence.db")
    database = open_database(url, MIGRATIONS, OWN_TABLE)
    database.write(lambda connection: execute(connection, "DELETE FROM origin"))
    database.close()
    with pytest.raises(UnusableDatabaseError, match="are empty"):
        open_database(url, MIGRATIONS, OWN_TABLE)


# The ledger


def test_the_ledger_compares_which_events_were_applied_and_not_how_many(suite_together: Together) -> None:
    """F2: two people, one event lost of each, and one written again: every number agrees."""
    running = suite_together
    for person in ("sg-one", "sg-two"):
        running.appoint(person)
        running.record(person, **SAFETY)
    running.settle()
    assert account(running).balanced
    forget_last_events(running, 1)  # of sg-two
    running.record("sg-one", **SAFETY)
    found = account(running)
    assert found.counted["accepted"] == found.counted["evaluated"]
    assert not found.balanced
    (said,) = [line for line in found.where if line.startswith("rules")]
    assert said.startswith("rules has applied events that evidence does not have, of sg-two. Was one database")


def test_a_reader_that_stands_still_is_named_and_makes_no_difference(suite_together: Together) -> None:
    """F2: it has applied what was published, and has more to read. That is not unbalanced."""
    running = suite_together
    running.appoint("sg-one")
    running.settle()
    running.held_back.add(("rules", "evidence"))
    for _ in range(3):
        running.record("sg-one", **SAFETY)
    running.settle()
    found = account(running)
    assert found.balanced
    assert found.counted["waiting"] == 3
    (line,) = [line for line in found.still_reading if line.startswith("rules")]
    assert line.startswith("rules is still reading evidence: 3 behind")
    running.held_back.clear()
    running.settle()
    assert not account(running).still_reading


def test_an_event_that_was_read_past_is_missed(suite_together: Together) -> None:
    """F2: the reader is beyond it, and has neither applied it nor set it aside."""
    running = suite_together
    running.appoint("sg-one")
    running.record("sg-one", **SAFETY)
    running.settle()
    back = (
        "UPDATE inbox_key SET sequence = sequence - 1, event_sequence = NULL "
        "WHERE source = 'evidence' AND key = 'sg-one'"
    )
    running.services["notifications"].database.write(lambda tx: execute(tx, back))
    found = account(running)
    assert not found.balanced
    assert "notifications lacks 1 events of evidence, and has read past them" in found.where[0]


def test_what_is_set_aside_waits_behind_it_or_was_dropped_is_accounted_for(suite_together: Together) -> None:
    """F2: a fact behind a dead letter was called lost, and so was one that an operator had dropped."""
    running = suite_together
    running.appoint("sg-one")
    running.settle()
    first, second = running.record("sg-one", **SAFETY), running.record("sg-one", **SAFETY)
    assert first.name != second.name
    letter = set_aside_next(running)
    found = account(running)
    assert (found.balanced, found.counted["dead"], found.counted["waiting"]) == (True, 1, 1)
    stub = events_pb2_grpc.EventsServiceStub(running.services["rules"].channel)
    request = events_pb2.DropDeadLetterRequest(event_id=letter, reason="broken", request_id=a_request_id())
    stub.DropDeadLetter(request, **running.as_("operator"))
    running.settle()
    found = account(running)
    assert (found.balanced, found.counted["dropped"], found.counted["evaluated"]) == (True, 1, 1)
    assert found.counted["waiting"] == found.counted["dead"] == 0


def test_both_sides_count_the_same_events_as_facts(database_kind: str, tmp_path: Path) -> None:
    """F2: rules took other events for facts when they were set aside, and the sums differed for nothing."""
    messages = evidence_events.DESCRIPTOR.message_types_by_name.values()
    parts = {field.message_type for message in messages for field in message.fields if field.message_type}
    said = {count.name: count.where for count in (*OF_EVIDENCE, *OF_RULES) if isinstance(count, Count)}
    of_rules = said["facts_dead"].partition(" AND {row}.state")[0]
    database = Database(databases.address(tmp_path / "empty.db"))
    for message in (one for one in messages if one not in parts):
        kind = message.full_name
        row = f"(SELECT '{kind}' AS type, 'evidence' AS source, 1 AS key_sequence, 'DecodeError' AS reason) one"
        for clause in (said["facts_accepted"], of_rules):
            query = f"SELECT 1 FROM {row} WHERE {clause.format(row='one')}"  # noqa: S608
            with database.read() as connection:
                counted = execute(connection, query).fetchone() is not None
            assert counted == ("fact" in message.fields_by_name), kind
    database.close()
