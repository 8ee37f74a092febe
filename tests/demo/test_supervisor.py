"""Services as processes on one machine: started, killed, restarted and stopped, with one suite per folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from psmf.platform.v1 import status_pb2

from services.client.addresses import SERVICES, is_running, read_suite
from services.client.client import Client
from services.client.errors import NoSuiteError
from services.client.tokens import Issuer
from services.demo.suite import stop_running
from services.demo.supervisor import ServiceNotStartedError, Supervisor
from services.demo.waiting import OPERATOR, statuses
from tests.waiting import until

pytestmark = pytest.mark.journey
PERSON = "sg-00000001"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("supervised")


@pytest.fixture(scope="module")
def supervisor(folder: Path) -> Iterator[Supervisor]:
    running = Supervisor(folder, [PERSON])
    running.start()
    yield running
    if is_running(folder):  # the last test has stopped it otherwise
        running.stop()


@pytest.fixture(scope="module")
def client(folder: Path, supervisor: Supervisor) -> Iterator[Client]:
    client = Client(supervisor.addresses, Issuer(folder).metadata, patience_seconds=30)
    yield client
    client.close()


def test_every_service_says_who_it_is_and_reads_the_others(client: Client) -> None:
    found = until(lambda: _all_connected(client))
    assert {service: status.service for service, status in found.items()} == {name: name for name in SERVICES}


def _all_connected(client: Client) -> dict[str, status_pb2.Status]:
    found = statuses(client)
    connected = all(source.connected for status in found.values() for source in status.sources)
    return found if connected else {}


def test_others_find_the_suite_by_its_folder(folder: Path, supervisor: Supervisor) -> None:
    suite = read_suite(folder)
    assert suite.addresses == supervisor.addresses
    assert suite.supervisor == os.getpid()
    assert is_running(folder)


def test_a_second_suite_in_the_folder_is_refused(folder: Path, supervisor: Supervisor) -> None:
    with pytest.raises(NoSuiteError, match="psmf demo down"):
        Supervisor(folder, [PERSON]).start()
    assert supervisor.restart_ended() == []


def test_private_keys_are_for_their_owner_only(folder: Path, supervisor: Supervisor) -> None:
    assert supervisor.addresses
    assert [file.name for file in folder.glob("*.key") if file.stat().st_mode & 0o077] == []


def test_a_killed_service_comes_back_where_it_was(supervisor: Supervisor, client: Client) -> None:
    supervisor.kill("rules")
    assert supervisor.restart_ended() == ["rules"]
    assert client.status(OPERATOR, "rules").service == "rules"


def test_a_call_waits_for_a_service_that_is_away(supervisor: Supervisor, client: Client) -> None:
    supervisor.replace("evidence")
    assert client.status(OPERATOR, "evidence").service == "evidence"
    supervisor.wait_until_serving("evidence")


def test_a_service_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / f"{SERVICES[0]}.db").mkdir()
    with pytest.raises(ServiceNotStartedError, match=f"{SERVICES[0]} ended while starting"):
        Supervisor(tmp_path, [PERSON]).start()
    assert not is_running(tmp_path)


def test_stopping_leaves_nothing_running(folder: Path, supervisor: Supervisor) -> None:
    """The last test, because it stops the suite of all of them."""
    processes = read_suite(folder).processes.values()
    supervisor.stop()
    assert len(processes) == len(SERVICES)
    assert not is_running(folder)
    assert [process for process in processes if Path(f"/proc/{process}").exists()] == []
    assert stop_running(folder) is False
    with pytest.raises(NoSuiteError):
        read_suite(folder)
