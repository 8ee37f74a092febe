"""The relay brings every event from the outbox to the topic, even if the broker or the sending copy fails."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from services.platform.kafka.clients import KafkaConnection
from services.platform.kafka.relay import BATCH, KafkaRelay, LeaseLostError, note_sent, relay_position
from services.platform.storage.database import Database, execute
from tests import brokers, databases
from tests.bus.conftest import MakeLine
from tests.bus.line import KAFKA, PATIENCE, Line
from tests.bus.proxy import Proxy
from tests.conftest import only_sqlite
from tests.platform.small_service import new_database, now
from tests.waiting import until

only_postgresql = pytest.mark.parametrize("database_kind", [databases.POSTGRESQL], indirect=True)


def position(database: Database) -> int:
    with database.read() as connection:
        return relay_position(connection)


@pytest.fixture
def local_line(make_line: MakeLine) -> Iterator[Line]:
    """Make a line over a broker that may be paused and stopped."""
    line = make_line(KAFKA, brokers.local_broker().address)
    yield line
    brokers.local_broker().go_on()


@only_sqlite
def test_what_was_said_in_one_go_arrives_in_order_however_many_batches_it_takes(local_line: Line) -> None:
    """One batch is on its way while the broker answers for another."""
    local_line.listener.start()
    local_line.speaker.say("sg-one", 3 * BATCH)
    local_line.until_arrived()
    assert local_line.in_order()
    until(lambda: position(local_line.speaker.database) == 3 * BATCH, PATIENCE)


@only_sqlite
@pytest.mark.parametrize("how", ["stopped", "paused"])
def test_while_the_broker_is_away_the_outbox_keeps_and_on_its_return_all_is_sent(local_line: Line, how: str) -> None:
    """Commands continue meanwhile. A paused broker with open connections is harder to handle than a stopped one."""
    broker, line = brokers.local_broker(), local_line
    line.listener.start()
    line.speaker.say("sg-one", 5)
    line.until_arrived()
    until(lambda: position(line.speaker.database) == 5, PATIENCE)  # it arrives before it is acknowledged
    broker.stop() if how == "stopped" else broker.pause()
    for _ in range(20):
        line.speaker.say("sg-one", 5)
    time.sleep(1.5)
    assert position(line.speaker.database) == 5, "nothing may be recorded as sent"
    broker.start() if how == "stopped" else broker.go_on()
    line.until_arrived()
    assert line.in_order()
    assert position(line.speaker.database) == 105


@only_sqlite
def test_what_the_broker_has_and_has_not_acknowledged_stays_unsent_and_is_sent_again(make_line: MakeLine) -> None:
    """Only the futures carry the errors; `send` and `flush` do not report them."""
    (way,) = brokers.local_broker().more
    proxy = Proxy(way.advertised_port, way.port)
    line = make_line(KAFKA, f"127.0.0.1:{way.advertised_port}")
    line.speaker.say("sg-one", 3)
    until(lambda: position(line.speaker.database) == 3, PATIENCE)
    line.settings["kafka_servers"] = brokers.local_broker().address
    line.listener.start()
    line.until_arrived()
    proxy.loses_answers = True
    line.speaker.say("sg-one", 3)
    line.until_arrived()
    time.sleep(3)
    assert position(line.speaker.database) == 3, "they have arrived but are not acknowledged"
    proxy.loses_answers = False
    proxy.cut()
    until(lambda: position(line.speaker.database) == 6, PATIENCE)
    line.speaker.say("sg-one")
    line.until_arrived()
    assert line.in_order()
    proxy.close()


def test_two_relays_take_turns_and_nothing_is_doubled_or_out_of_order(kafka_line: Line) -> None:
    line = kafka_line
    line.listener.start()
    kafka = KafkaConnection((brokers.broker().address,))
    others = [KafkaRelay(line.source, line.speaker.database, kafka, now) for _ in range(2)]
    for relay in others:
        relay.start()
    for turn in range(20):
        line.speaker.say(f"sg-{turn % 3}", 5)
        # Expire the lease behind the sender's back, as if it had paused too long.
        line.speaker.database.write(lambda tx: execute(tx, "UPDATE relay SET held_until = 0"))
        time.sleep(0.1)
    line.until_arrived()
    for relay in others:
        relay.stop()
    assert line.in_order()
    assert line.listener.set_aside() == []
    with line.speaker.database.read() as connection:
        assert execute(connection, "SELECT fence FROM relay").fetchone()[0] > 1, "the lease must have changed hands"


@contextlib.contextmanager
def another_copy(line: Line) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a relay of the same outbox in another process."""
    address = databases.address(line.speaker.file)
    arguments = ["-m", "tests.bus.relay_process", address, line.source, brokers.broker().address]
    process = subprocess.Popen([sys.executable, "-W", "ignore", *arguments])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def pause_outside_a_transaction(process: "subprocess.Popen[bytes]", database: Database) -> None:
    """Pause a copy while it has no transaction open. Inside one it would block all writes, which is another test."""

    def paused() -> bool:
        process.send_signal(signal.SIGSTOP)
        held = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory'"
        with database.read() as connection:
            if execute(connection, held).fetchone()[0] == 0:
                return True
        process.send_signal(signal.SIGCONT)
        return False

    until(paused, PATIENCE)


@only_postgresql
def test_a_copy_paused_past_its_lease_harms_nothing_when_it_goes_on(kafka_line: Line) -> None:
    line = kafka_line
    line.speaker.stop()
    database = line.speaker.database = new_database(line.speaker.file)
    with another_copy(line) as paused:
        line.speaker.say("sg-one", 1)
        until(lambda: position(database) == 1, PATIENCE)
        line.speaker.say("sg-one", 1000)
        line.speaker.say("sg-two", 1000)
        pause_outside_a_transaction(paused, database)
        in_hand = position(database)
        database.write(lambda tx: execute(tx, "UPDATE relay SET held_until = 0"))
        relay = KafkaRelay(line.source, database, KafkaConnection((brokers.broker().address,)), now)
        relay.start()
        line.listener.start()
        line.until_arrived()
        os.kill(paused.pid, signal.SIGCONT)
        line.speaker.say("sg-one", 50)
        line.until_arrived()
        assert line.in_order()
        assert in_hand < 2001, "it must be paused with events left to send"
        until(lambda: position(database) == 2051, PATIENCE)
        relay.stop()
        line.listener.stop()
    database.close()


def test_a_note_under_an_older_fencing_number_is_refused(kafka_line: Line) -> None:
    database = kafka_line.speaker.database
    kafka_line.speaker.say("sg-one", 3)
    until(lambda: position(database) == 3, PATIENCE)
    with pytest.raises(LeaseLostError):
        database.write(lambda tx: note_sent(tx, 0, 99))
    assert position(database) == 3


def test_a_relay_that_is_not_to_send_writes_nothing(kafka_line: Line) -> None:
    """A write would wake this copy and every other copy, so two idle copies would never rest."""
    database = kafka_line.speaker.database
    kafka_line.speaker.say("sg-one")
    until(lambda: position(database) == 1, PATIENCE)
    waiting = KafkaRelay(kafka_line.source, database, KafkaConnection((brokers.broker().address,)), now)
    waiting.start()
    time.sleep(0.5)
    before = database.commits.count
    time.sleep(1)
    assert database.commits.count - before <= 1, "it may only renew a lease"
    waiting.stop()
