"""A client without the right certificate cannot use Kafka. It reports the reason and keeps trying."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.platform.v1 import status_pb2, status_pb2_grpc
from structlog.testing import capture_logs

from services.cli.ops.checks import examine
from services.platform.calls.client import open_channel
from services.platform.events.inbox import Inbox
from services.platform.kafka.clients import KafkaConnection
from services.platform.kafka.consumer import KafkaEventConsumer
from services.platform.kafka.reachability import why_out_of_reach
from tests.bus.guarded.broker import GuardedBroker
from tests.bus.guarded.certificates import Authority, Files
from tests.bus.guarded.line import GuardedLine
from tests.bus.line import PATIENCE
from tests.conftest import only_sqlite
from tests.platform.small_service import new_database, now
from tests.waiting import HUNG, until

SERVICE, SOURCE = "rules", "evidence"


@pytest.fixture
def files(guarded: GuardedBroker, tmp_path: Path) -> Files:
    """Return the paths of a service's certificate and key, which do not exist yet."""
    return Files(tmp_path / "user.crt", tmp_path / "user.key")


def put(given: Files, there: Files) -> None:
    """Replace the files as Kubernetes does when a secret changes."""
    shutil.copy(given.certificate, there.certificate)
    shutil.copy(given.key, there.key)


@pytest.fixture
def strangers(guarded: GuardedBroker, tmp_path: Path) -> Mapping[str, tuple[KafkaConnection, str]]:
    """Return each stranger's connection to the broker and the fault it must report."""
    good, name = guarded.certificate_of(SERVICE), f"psmf-{SERVICE}-kafka"
    foreign = Authority(tmp_path, "foreign-ca")
    rubbish = tmp_path / "rubbish.pem"
    rubbish.write_text("no certificate")
    plain = guarded.kafka.connection.servers
    return {
        "nobody": (guarded.connection(None), "certificate_refused"),
        "one whom another authority signed": (guarded.connection(foreign.issue(name)), "certificate_refused"),
        "one who has run out": (guarded.connection(guarded.clients.issue("old", -timedelta(1))), "certificate_refused"),
        "one in plain text": (KafkaConnection((guarded.address,)), "tls_expected"),
        "one who trusts another authority": (guarded.connection(good, foreign.file), "broker_not_trusted"),
        "one in TLS at a plain listener": (KafkaConnection(plain, guarded.brokers.file, *good), "tls_not_expected"),
        "one without files": (guarded.connection(Files(tmp_path / "no", tmp_path / "no")), "files_unreadable"),
        "one with other files": (guarded.connection(Files(rubbish, rubbish)), "files_unusable"),
        "one at another address": (KafkaConnection(("127.0.0.1:1",)), "no_answer"),
    }


@only_sqlite
def test_a_stranger_gets_nowhere_says_why_and_goes_on_trying(
    strangers: Mapping[str, tuple[KafkaConnection, str]], database_kind: str, tmp_path: Path
) -> None:
    """Takes a try of each stranger, and another one after its rest."""
    database = new_database(tmp_path / "listener.db")
    asked = {who: connection for who, (connection, _) in strangers.items()}
    consumers = {who: KafkaEventConsumer(SERVICE, Inbox(database, SOURCE, {}, now), asked[who]) for who in asked}
    with capture_logs() as logs:
        for consumer in consumers.values():
            consumer.start()
        expected = {who: fault for who, (_, fault) in strangers.items()}
        until(lambda: {who: consumer.fault for who, consumer in consumers.items()} == expected, PATIENCE)
        until(lambda: len([entry for entry in logs if entry["event"] == "topic_not_read"]) > len(expected), PATIENCE)
        assert not any(consumer.connected for consumer in consumers.values())
        for consumer in consumers.values():
            consumer.stop()
    said = [{name: value for name, value in entry.items() if name != "reason"} for entry in logs]
    line = {"event": "topic_not_read", "log_level": "error", "source": SOURCE, "error": "KafkaTimeoutError"}
    assert said == [line] * len(said), "it must not mention a file, a key or an address"
    assert {entry["reason"] for entry in logs} == set(expected.values())
    database.close()


def test_who_is_let_in_has_no_fault(guarded: GuardedBroker) -> None:
    assert why_out_of_reach(guarded.connection(guarded.certificate_of(SERVICE))) == ""
    assert why_out_of_reach(guarded.kafka.connection) == ""
    both = KafkaConnection(("127.0.0.1:1", *guarded.kafka.connection.servers))
    assert why_out_of_reach(both) == "", "one reachable broker of several is enough"


@pytest.fixture
def line(guarded: GuardedBroker, database_kind: str, tmp_path: Path) -> Iterator[GuardedLine]:
    """Make a line from evidence to rules, each with its own files."""
    line = GuardedLine(tmp_path, guarded, SOURCE, SERVICE)
    yield line
    line.stop()


@contextmanager
def source_of(line: GuardedLine) -> Iterator[Callable[[], status_pb2.SourceStatus]]:
    """Yield a function that returns the listener's status of its source."""
    with open_channel(line.listener.address) as channel:
        service: Any = status_pb2_grpc.StatusServiceStub(channel)

        def ask() -> status_pb2.SourceStatus:
            asked, operator = status_pb2.GetStatusRequest(), line.world.metadata("operator")
            answer: status_pb2.Status = service.GetStatus(asked, metadata=operator, timeout=HUNG)
            return answer.sources[0]

        yield ask


@only_sqlite
def test_a_service_says_in_its_status_why_it_hears_nothing_and_hears_all_once_the_right_files_are_there(
    guarded: GuardedBroker, line: GuardedLine, files: Files, tmp_path: Path
) -> None:
    line.files[SERVICE] = files
    put(Authority(tmp_path, "foreign-ca").issue("psmf-rules-kafka"), files)
    line.speaker.say(line.key("one"))
    line.listener.start()
    with source_of(line) as source:
        until(lambda: source().fault == "certificate_refused", PATIENCE)
        found = {SERVICE: status_pb2.Status(service=SERVICE, sources=[source()])}
        findings = examine(found, found, [], {SERVICE: True})
        put(guarded.certificate_of(SERVICE), files)
        until(lambda: line.heard() == {line.key("one 1"): 1}, PATIENCE)
        until(lambda: (source().connected, source().fault) == (True, ""), PATIENCE)
    what = "is not connected to evidence: Kafka refused this service's certificate"
    assert (SERVICE, what, "PsmfSourceAway") in findings


@only_sqlite
def test_a_service_that_may_not_send_says_why_keeps_everything_and_sends_it_once_the_right_files_are_there(
    guarded: GuardedBroker, line: GuardedLine, files: Files, tmp_path: Path
) -> None:
    line.listener.start()
    line.speaker.stop()
    put(Authority(tmp_path, "foreign-ca").issue("psmf-evidence-kafka"), files)
    line.files[SOURCE] = files
    with capture_logs() as logs:
        line.speaker.start()
        line.speaker.say(line.key("three"), 2)
        refused = ("relay_interrupted", "certificate_refused")
        until(lambda: refused in {(entry["event"], entry.get("reason")) for entry in logs}, PATIENCE)
    assert line.heard() == {}
    put(guarded.certificate_of(SOURCE), files)
    until(lambda: line.heard() == {line.key("three 1"): 1, line.key("three 2"): 1}, PATIENCE)


@only_sqlite
def test_a_certificate_put_in_the_place_of_another_is_used_from_the_next_connection_on(
    guarded: GuardedBroker, line: GuardedLine, files: Files, tmp_path: Path
) -> None:
    put(guarded.certificate_of(SERVICE), files)
    line.files[SERVICE] = files
    line.listener.start()
    line.speaker.say(line.key("two"))
    until(lambda: line.heard() == {line.key("two 1"): 1}, PATIENCE)
    put(Authority(tmp_path, "foreign-ca").issue("psmf-rules-kafka"), files)
    line.speaker.say(line.key("two"))
    until(lambda: len(line.heard()) == 2, PATIENCE)
    guarded.proxy.cut()
    line.speaker.say(line.key("two"))
    with source_of(line) as source:
        until(lambda: (source().connected, source().fault) == (False, "certificate_refused"), PATIENCE)
    assert len(line.heard()) == 2, "events published since must wait"
    put(guarded.certificate_of(SERVICE), files)
    until(lambda: line.heard() == {line.key(f"two {number}"): 1 for number in (1, 2, 3)}, PATIENCE)
