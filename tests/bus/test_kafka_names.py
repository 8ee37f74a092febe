"""A named copy that is killed gets its place in the group back at once. If it stops normally, it leaves at once."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from structlog.testing import capture_logs

from services.platform.kafka import clients as kafka_clients
from services.platform.kafka.clients import SESSION_MS, new_admin
from tests import brokers, databases
from tests.bus.guarded.dying_listener import WHEN_KILLED, a_listener
from tests.bus.line import Line, Listener
from tests.conftest import only_sqlite
from tests.platform.small_service import counts
from tests.waiting import until

SESSION = SESSION_MS / 1000
LONG_SESSION = 120
"""Seconds after which a copy that is gone would be missed: long enough not to pass while a busy machine is slow."""
only_postgresql = pytest.mark.parametrize("database_kind", [databases.POSTGRESQL], indirect=True)


@pytest.fixture
def long_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes on "at once" goes on long before a session ends."""
    monkeypatch.setattr(kafka_clients, "SESSION_MS", LONG_SESSION * 1000)


@contextmanager
def a_copy(line: Line) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a copy of the listener in its own process, with its name."""
    process = subprocess.Popen(a_listener(line, WHEN_KILLED))
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until_shared_by(line: Line, copies: int) -> None:
    """Wait until the group has shared out its partitions. A copy that has not joined yet has none to leave."""
    admin = new_admin(brokers.broker().connection, "psmf-tests")

    def is_shared() -> bool:
        group = admin.describe_groups([line.group])[line.group]
        return len(group["members"]) == copies and bool(group["group_state"] == "Stable")

    try:
        until(is_shared, LONG_SESSION)
    finally:
        admin.close()


def say_to_every_partition(line: Line) -> None:
    for number in range(40):
        line.speaker.say(f"sg-{number}")


def seconds_until_arrived(line: Line) -> float:
    started = time.monotonic()
    line.until_arrived()
    return time.monotonic() - started


def killed_and_back(line: Line) -> float:
    """Kill a copy, restart it at once under its name, and return how long it had nothing to read."""
    with a_copy(line):
        say_to_every_partition(line)
        until(lambda: len(counts(line.listener.file)) == 40, 40)
    say_to_every_partition(line)
    line.listener.start()
    return seconds_until_arrived(line)


@only_sqlite
@pytest.mark.usefixtures("long_session")
def test_a_copy_that_is_killed_and_comes_back_under_its_name_goes_on_at_once(kafka_line: Line) -> None:
    waited = killed_and_back(kafka_line)
    assert waited < LONG_SESSION - 2
    assert kafka_line.in_order()


@only_sqlite
def test_a_partition_added_when_it_has_come_back_is_read(kafka_line: Line) -> None:
    """The copy led the group and returns as a plain member. Without our own check nobody would assign the partition."""
    line = kafka_line
    killed_and_back(line)
    admin = new_admin(brokers.broker().connection, "psmf-tests")
    admin.create_partitions({line.topic: 12})
    admin.close()
    line.speaker.restart()
    say_to_every_partition(line)
    line.until_arrived()
    assert line.in_order()


@only_postgresql
@pytest.mark.usefixtures("long_session")
def test_a_copy_that_stops_leaves_its_partitions_to_the_others_at_once(kafka_line: Line) -> None:
    line, other = kafka_line, Listener(kafka_line)
    line.listener.start()
    line.settings["copy_name"] = "rules-2"
    other.start()
    until_shared_by(line, 2)
    say_to_every_partition(line)
    line.until_arrived()
    other.stop()
    say_to_every_partition(line)
    waited = seconds_until_arrived(line)
    assert waited < LONG_SESSION - 2


@only_postgresql
def test_of_two_copies_with_one_name_the_older_says_so_and_goes_on_without_it(kafka_line: Line) -> None:
    """Takes two turns of a consumer group on a real broker."""
    line = kafka_line
    with capture_logs() as logs:
        line.listener.start()
        say_to_every_partition(line)
        line.until_arrived()
        with a_copy(line):
            taken = until(lambda: [entry for entry in logs if entry["event"] == "copy_name_taken"], 40)
            for _ in range(3):
                say_to_every_partition(line)
                line.until_arrived()
            time.sleep(SESSION)
            say_to_every_partition(line)
            line.until_arrived()
    assert [(entry["source"], entry["log_level"]) for entry in taken] == [(line.source, "critical")]
    assert [entry["event"] for entry in logs if entry["log_level"] == "critical"] == ["copy_name_taken"]
    assert line.in_order()
