"""A database that is lost, emptied, mixed up or restored is noticed before anything is read past.

The kind that this file closes: positions and numbers are taken for the events themselves, although another database
gives them to other events. So a database has an identity, and a reader checks it, and its own place in it.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.notifications.v1 import events_pb2 as notifications_events
from psmf.platform.v1 import events_pb2, events_pb2_grpc
from psmf.rules.v1 import events_pb2 as rules_events
from psmf.scheduling.v1 import events_pb2 as scheduling_events

from services.cli.ops.checks import examine, missing
from services.evidence import consumer as evidence_consumer
from services.evidence.compose import HERE, OWN_TABLE
from services.notifications import consumer as notifications_consumer
from services.platform.events.outbox import stored_event
from services.platform.events.sources import SequenceConflictError, SourceRestoredError
from services.platform.storage.database import execute
from services.platform.storage.opening import open_database
from services.platform.storage.sqlite.backup import back_up
from services.platform.storage.sqlite.library import library
from services.platform.storage.unusable import UnusableDatabaseError
from services.rules import compose as rules_compose
from services.rules import consumer as rules_consumer
from services.scheduling import consumer as scheduling_consumer
from tests import databases
from tests.between.faults.asking import (
    NAMES,
    SAFETY,
    accept,
    account,
    compared,
    forget_last_events,
    reader,
    statuses,
)
from tests.between.together import Together
from tests.builders import a_request_id
from tests.conftest import only_sqlite

MIGRATIONS = HERE / "migrations"


# What a service opens


def empty(file: Path) -> None:
    file.write_bytes(b"")


def make_new(file: Path) -> None:
    file.unlink()
    library.connect(file).close()


def put_another(file: Path) -> None:
    other = file.with_name("other.db")
    open_database(databases.address(other), MIGRATIONS, OWN_TABLE).close()
    file.write_bytes(other.read_bytes())


def put_that_of_rules(file: Path) -> None:
    other = file.with_name("rules.db")
    open_database(databases.address(other), rules_compose.HERE / "migrations", rules_compose.OWN_TABLE).close()
    file.write_bytes(other.read_bytes())


LOST: dict[str, tuple[Callable[[Path], None], str]] = {
    "deleted": (Path.unlink, "is missing"),
    "emptied": (empty, "is empty"),
    "made again without tables": (make_new, "is empty"),
    "replaced by another": (put_another, "is not the one"),
    "replaced by another service's": (put_that_of_rules, "another service's"),
}


@only_sqlite
@pytest.mark.parametrize("how", LOST)
def test_a_service_does_not_start_on_a_database_that_it_has_not_used(
    database_kind: str, tmp_path: Path, how: str
) -> None:
    """F2: evidence.db deleted, emptied or replaced, and the service said that it was ready."""
    file = tmp_path / "evidence.db"
    url = databases.address(file)
    open_database(url, MIGRATIONS, OWN_TABLE).close()
    open_database(url, MIGRATIONS, OWN_TABLE).close()
    lose, said = LOST[how]
    lose(file)
    for _ in range(2):
        with pytest.raises(UnusableDatabaseError, match=said):
            open_database(url, MIGRATIONS, OWN_TABLE)
    if how in ("deleted", "emptied"):
        (tmp_path / "evidence.db.origin").unlink()
        open_database(url, MIGRATIONS, OWN_TABLE).close()


def test_a_service_does_not_start_on_another_services_database(database_kind: str, tmp_path: Path) -> None:
    """F2: also where nothing beside the database remembers which one was used."""
    url = databases.address(tmp_path / "mixed.db")
    open_database(url, rules_compose.HERE / "migrations", rules_compose.OWN_TABLE, may_be_new=True).close()
    with pytest.raises(UnusableDatabaseError, match="another service's"):
        open_database(url, MIGRATIONS, OWN_TABLE)


# What a reader reads


@pytest.mark.parametrize("written_again", [0, 1, 2, 5])
def test_a_reader_stops_where_the_source_is_older_than_what_it_read(
    suite_together: Together, written_again: int
) -> None:
    """F2: positions are used twice. With as many new events as were lost, every number agrees, and the facts do not."""
    running = suite_together
    running.appoint("sg-one")
    for _ in range(2):
        running.record("sg-one", **SAFETY)
    running.settle()
    assert account(running).balanced
    forget_last_events(running, 2)
    for _ in range(written_again):
        running.record("sg-one", **SAFETY)
    with pytest.raises(SourceRestoredError) as stopped:
        running.deliver("rules", "evidence")
    one = reader(running)
    one.connected, one.fault = False, stopped.value.reason
    assert not account(running).balanced
    found, ready = statuses(running), dict.fromkeys(NAMES, True)
    findings = examine(found, found, [], ready, compared(running, found))
    said = [(finding.service, finding.runbook) for finding in findings]
    assert ("rules", "PsmfSourceAway") in said
    assert ("rules", "PsmfLedgerUnbalanced") in said


def test_after_the_operator_accepted_it_a_new_database_is_read_from_its_first_event(suite_together: Together) -> None:
    """F2, F9: a documented way on. What was applied is not applied twice, and what is new is evaluated."""
    running = suite_together
    running.appoint("sg-one")
    running.record("sg-one", **SAFETY)
    running.settle()
    forget_last_events(running, 1)
    running.record("sg-one", **SAFETY)
    running.record("sg-one", **SAFETY)
    with pytest.raises(SourceRestoredError):
        running.deliver("rules", "evidence")
    states = reader(running)._inbox.origins.states()
    assert not reader(running)._inbox.origins.may_go_on(SourceRestoredError(), states)
    accept(running)
    assert reader(running)._inbox.origins.may_go_on(SourceRestoredError(), states)
    for other in ("scheduling", "notifications"):  # they read evidence too, and have stopped for the same reason
        accept(running, other)
    running.settle()
    found = statuses(running)
    assert found["rules"].figures["facts_received"] == 3
    assert found["rules"].figures["facts_evaluated"] == 3
    assert found["rules"].dead == 0
    assert missing(found) == ["rules holds 1 facts that evidence does not know. Was only evidence's database restored?"]


def test_another_database_is_noticed_before_its_first_event_is_read(suite_together: Together) -> None:
    """F2: a reader at position 0 of one database does not go on with another."""
    running = suite_together
    running.appoint("sg-one")
    running.settle()
    rename = "UPDATE origin SET database_id = 'another'"
    running.services["evidence"].database.write(lambda tx: execute(tx, rename))
    running.record("sg-one", **SAFETY)
    with pytest.raises(SourceRestoredError):
        running.deliver("rules", "evidence")
    accept(running)
    running.deliver("rules", "evidence")


@only_sqlite
def test_a_backup_restored_whole_goes_on_and_restored_in_part_stops(database_kind: str, tmp_path: Path) -> None:
    """F2: each copy that a backup makes has the next epoch, and the copies know one another."""
    folders = {}
    for name, compose in (("evidence", None), ("rules", rules_compose)):
        file = tmp_path / f"{name}.db"
        here, table = (compose.HERE, compose.OWN_TABLE) if compose else (HERE, OWN_TABLE)
        open_database(databases.address(file), here / "migrations", table).close()
        folders[name] = file
    with library.connect(folders["evidence"]) as evidence:
        (database_id,) = evidence.execute("SELECT database_id FROM origin").fetchone()
    with library.connect(folders["rules"]) as rules:
        rules.execute("INSERT INTO inbox_origin VALUES ('evidence', ?, 'current')", (f"{database_id}/1",))
    evidence.close()
    rules.close()
    back_up(list(folders.values()), tmp_path / "backup")
    with library.connect(tmp_path / "backup" / "rules.db") as copy:
        states = dict(copy.execute("SELECT origin, state FROM inbox_origin").fetchall())
    copy.close()
    with library.connect(tmp_path / "backup" / "evidence.db") as copy:
        named = "/".join(map(str, copy.execute("SELECT database_id, epoch FROM origin").fetchone()))
    copy.close()
    assert named == f"{database_id}/2"
    assert states == {f"{database_id}/1": "past", named: "current"}


def test_an_event_under_a_number_that_was_used_stops_the_reader_until_it_is_dropped(suite_together: Together) -> None:
    """F9: a forged event is kept with its reason. Dropping it is the way on, and the source's own events go on."""
    running = suite_together
    running.appoint("sg-one")
    running.record("sg-one", **SAFETY)
    running.settle()
    inbox = reader(running)._inbox
    with running.services["evidence"].database.read() as connection:
        row = execute(
            connection,
            "SELECT position, event_id, type, key, key_sequence, recorded_at, traceparent, data FROM outbox "
            "WHERE key = 'sg-one' ORDER BY position DESC LIMIT 1",
        ).fetchone()
    forged = replace(stored_event(row), event_id="forged")
    for _ in range(2):
        with pytest.raises(SequenceConflictError) as stopped:
            inbox.apply([forged])
    states = inbox.origins.states()
    assert not inbox.origins.may_go_on(stopped.value, states)
    stub = events_pb2_grpc.EventsServiceStub(running.services["rules"].channel)
    (letter,) = stub.ListDeadLetters(events_pb2.ListDeadLettersRequest(), **running.as_("operator")).dead_letters
    assert (letter.event_id, letter.reason) == ("forged", "sequence_conflict")
    request = events_pb2.DropDeadLetterRequest(event_id="forged", reason="forged", request_id=a_request_id())
    stub.DropDeadLetter(request, **running.as_("operator"))
    assert inbox.origins.may_go_on(stopped.value, states)
    inbox.apply([forged])
    running.record("sg-one", **SAFETY)
    running.settle()
    assert statuses(running)["rules"].figures["facts_evaluated"] == 2
    assert account(running).balanced


# Types of events that only a later release knows


EVENTS = {
    "evidence": evidence_events,
    "rules": rules_events,
    "scheduling": scheduling_events,
    "notifications": notifications_events,
}
NOBODY: Any = None
"""Reactions are only listed here and never run, so they need nobody to work with."""
REACTIONS: dict[tuple[str, str], Any] = {
    ("evidence", "rules"): evidence_consumer.FROM_RULES,
    ("evidence", "scheduling"): evidence_consumer.FROM_SCHEDULING,
    ("rules", "evidence"): rules_consumer.from_evidence(NOBODY, NOBODY),
    ("rules", "scheduling"): rules_consumer.from_scheduling(NOBODY, NOBODY),
    ("rules", "notifications"): rules_consumer.from_notifications(NOBODY, NOBODY),
    ("scheduling", "evidence"): scheduling_consumer.from_evidence(NOBODY),
    ("scheduling", "rules"): scheduling_consumer.from_rules(NOBODY),
    ("notifications", "evidence"): notifications_consumer.from_evidence(NOBODY),
    ("notifications", "rules"): notifications_consumer.from_rules(NOBODY),
    ("notifications", "scheduling"): notifications_consumer.from_scheduling(NOBODY),
}


@pytest.mark.parametrize(("service", "source"), REACTIONS)
def test_every_event_of_a_source_has_a_reaction_or_is_listed_as_not_for_the_reader(service: str, source: str) -> None:
    """F8: a new event is decided on by each reader, or this fails. Only then can unknown mean of a later release."""
    messages = EVENTS[source].DESCRIPTOR.message_types_by_name.values()
    parts = {field.message_type for message in messages for field in message.fields if field.message_type}
    published = {message.full_name for message in messages if message not in parts}
    assert set(REACTIONS[service, source]) == published
