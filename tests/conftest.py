"""What tests of every part may use."""

import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import brokers, databases
from tests.suite import LoadedSuite, loaded_suite

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background of a shell. What tests start would ignore it too, and some is told by it to end.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedSuite]:
    """The whole suite with its story told. Others read it too: only the one concern of tests/cli is moved."""
    with loaded_suite(tmp_path_factory.mktemp("suite")) as loaded:
        yield loaded


@pytest.fixture(scope="module", params=databases.KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that services and stores of the test use: each such test runs once on each."""
    kind: str = request.param
    databases.choose(kind)
    return kind


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """A folder for PostgreSQL's files outside pytest's own: a second run as root would close that to its user."""
    with tempfile.TemporaryDirectory(prefix="psmf-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


only_sqlite = pytest.mark.parametrize("database_kind", [databases.SQLITE], indirect=True)


def pytest_report_header() -> list[str]:
    """Which real parts the run uses. Kafka starts with the first test that needs it: the summary says which it was."""
    return [databases.version(), f"Apache Kafka: {brokers.wanted()}, started when a test needs it"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which Kafka was used, if any."""
    if (used := brokers.started()) is not None:
        terminalreporter.write_line(str(used))


LONG = (
    "tests/faults/",
    "tests/operations/",
    "tests/bus/test_kafka_relay.py",
    "tests/demo/test_production_profile.py",
    "tests/journeys/test_copies_share_the_load.py",
)
"""Real processes that end, stand still and start again, for minutes: `make long`."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the whole suite is a journey; what takes minutes is `long`, and run by itself."""
    for item in items:
        if item.nodeid.startswith(LONG):
            item.add_marker(pytest.mark.long)
        if "suite" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)
