"""`psmf events`: topics of a real Kafka, events that services could not apply, and what the feed has no use for."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2

from services.demo.supervisor import Supervisor
from services.evidence import __file__ as evidence
from services.platform.events.outbox import add_events
from services.platform.kafka.clients import new_admin
from services.platform.kafka.topics import topics
from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
from services.platform.storage.sqlite.library import library
from tests import brokers
from tests.suite import ask_psmf, run_psmf
from tests.waiting import until

PERSON = "sg-00000001"
POISON = b"\xff"
LACKING = "psmf.notifications.v1.dead"


def test_topics_are_listed_as_they_are_and_made_where_they_are_missing(tmp_path: Path) -> None:
    servers = ("--servers", brokers.broker().address)
    listed = ask_psmf(tmp_path, "events", "topics", "list", *servers)
    assert listed.returncode == 0, listed.stdout
    assert listed.stdout.count(" there\n") == len(topics())
    admin = new_admin(brokers.broker().connection, "tests")
    admin.delete_topics([LACKING])
    admin.close()

    lacking = until(lambda: _lacking(tmp_path, servers))
    assert [row["name"] for row in lacking] == [LACKING]
    tried = ask_psmf(tmp_path, "events", "topics", "create", "--dry-run", *servers)
    assert tried.returncode == 0
    assert tried.stdout == f"To be created: {LACKING}\nNothing was changed.\n"
    assert _lacking(tmp_path, servers) == lacking
    made = ask_psmf(tmp_path, "events", "topics", "create", *servers)
    assert (made.returncode, made.stdout) == (0, f"Created: {LACKING}\n")
    until(lambda: ask_psmf(tmp_path, "events", "topics", "list", *servers).returncode == 0)
    again = ask_psmf(tmp_path, "events", "topics", "create", "--json", *servers)
    assert json.loads(again.stdout) == {"made": []}


def _lacking(folder: Path, servers: tuple[str, ...]) -> list[dict[str, Any]]:
    listed = ask_psmf(folder, "events", "topics", "list", "--json", *servers)
    return [row for row in json.loads(listed.stdout)["items"] if row["state"] != "there"]


def test_without_kafka_the_commands_say_so(tmp_path: Path) -> None:
    nowhere = run_psmf(tmp_path, "events", "topics", "list", "--servers", "127.0.0.1:9")
    assert nowhere.returncode == 7
    assert nowhere.stderr == "psmf: Kafka at 127.0.0.1:9 cannot do this: KafkaTimeoutError (no_answer)\n"
    unsaid = ask_psmf(tmp_path, "events", "topics", "create")
    assert unsaid.returncode == 2
    assert "--servers" in unsaid.stderr


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A suite whose evidence has published an event that nobody can read, and a sound one of the same person."""
    folder = tmp_path_factory.mktemp("poisoned")
    database = Database(f"sqlite:///{folder}/evidence.db")
    bring_up_to_date(database.engine, Path(evidence).parent / "migrations")
    both = [(PERSON, appointed(1)), (PERSON, appointed(2))]
    database.write(lambda tx: add_events(tx, both, datetime.now(UTC)))
    database.write(lambda tx: tx.exec_driver_sql("UPDATE outbox SET data = ? WHERE position = 1", (POISON,)) and None)
    database.close()
    with Supervisor(folder, [PERSON]):
        until(lambda: len(dead(folder)) == 2)
        yield folder


def appointed(term: int) -> events_pb2.SafeguarderAppointed:
    message = events_pb2.SafeguarderAppointed(safeguarder_id=PERSON, term=term, areas=["city-of-edinburgh"])
    for field in ("start_date", "end_date", "appointed_date"):
        day = getattr(message, field)
        day.year, day.month, day.day = 2026 if field == "end_date" else 2025, 12, 1
    return message


def dead(folder: Path, *options: str) -> list[dict[str, Any]]:
    listed = ask_psmf(folder, "events", "dead-letters", "list", "--as", "operator", "--json", *options)
    assert listed.returncode == 0, listed.stderr
    items: list[dict[str, Any]] = json.loads(listed.stdout)["items"]
    return items


@pytest.mark.journey
def test_events_set_aside_are_listed_tried_again_and_let_go(poisoned: Path) -> None:
    until(lambda: all(letter["waiting_behind"] == 1 for letter in dead(poisoned)))
    assert {letter["service"] for letter in dead(poisoned)} == {"rules", "scheduling"}
    assert {letter["reason"] for letter in dead(poisoned)} == {"DecodeError"}
    (event,) = {letter["event_id"] for letter in dead(poisoned)}
    words = ask_psmf(poisoned, "events", "dead-letters", "list", "--as", "operator").stdout
    assert f"{event}  evidence  SafeguarderAppointed  {PERSON}  dead   DecodeError" in words
    assert words.count("1 waiting") == 2

    again = ask_psmf(poisoned, "events", "dead-letters", "retry", event[:8], "--as", "operator")
    assert again.returncode == 1, "its fault is not mended"
    assert f"rules: {event} is still dead (DecodeError), with 1 waiting behind it" in again.stdout

    mend(poisoned / "rules.db", event)
    tried = ask_psmf(poisoned, "events", "dead-letters", "retry", event, "--dry-run", "--as", "operator")
    assert tried.stdout.endswith("Nothing was changed.\n")
    assert len(dead(poisoned)) == 2
    mended = ask_psmf(poisoned, "events", "dead-letters", "retry", event, "--as", "operator")
    assert f"rules: {event} is applied" in mended.stdout
    assert [letter["service"] for letter in dead(poisoned)] == ["scheduling"]

    unwell = ask_psmf(poisoned, "events", "dead-letters", "drop", event, "--reason", "two words", "--as", "operator")
    assert unwell.returncode == 6
    dropped = ask_psmf(poisoned, "events", "dead-letters", "drop", event, "--reason", "superseded", "--as", "operator")
    assert dropped.returncode == 0, dropped.stderr
    assert dead(poisoned) == []
    (kept,) = dead(poisoned, "--all")
    assert (kept["state"], kept["reason"], kept["waiting_behind"]) == ("dropped", "superseded", 0)
    assert (
        ask_psmf(poisoned, "events", "dead-letters", "list", "--as", "operator").stdout
        == "No event is dead-lettered.\n"
    )


def mend(file: Path, event: str) -> None:
    """What a release does that can read the event."""
    with library.connect(file) as connection:
        data = appointed(1).SerializeToString()
        connection.execute("UPDATE dead_letter SET data = ? WHERE event_id = ?", (data, event))


@pytest.mark.journey
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("dead-letters", "list"), 4),
        (("dead-letters", "retry", "zzzz", "--as", "operator"), 3),
        (("dead-letters", "drop", "zzzz", "--as", "operator"), 2),
        (("republish", "nobody", "--as", "operator"), 2),
        (("republish", "evidence", "--dry-run", "--as", "operator"), 5),
    ],
)
def test_each_way_to_fail_has_its_exit_code(poisoned: Path, arguments: tuple[str, ...], code: int) -> None:
    answered = ask_psmf(poisoned, "events", *arguments)
    assert answered.returncode == code, answered.stderr
    assert answered.stderr
