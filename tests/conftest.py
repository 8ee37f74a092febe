"""Fixtures for the tests of every part."""

import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import brokers, databases
from tests.suite import LoadedSuite, loaded_suite

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts pytest in the background makes it ignore SIGINT. The programs that tests start would ignore it
    # too, and some of them can only be stopped by it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedSuite]:
    """Run the whole suite with its story loaded. All tests share it, so only the concern of tests/cli may be moved."""
    with loaded_suite(tmp_path_factory.mktemp("suite")) as loaded:
        yield loaded


@pytest.fixture(scope="module", params=databases.KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Choose the kind of database for the test's services and stores. Each such test runs once on each kind."""
    kind: str = request.param
    databases.choose(kind)
    return kind


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """Make a folder for PostgreSQL's files outside pytest's folder, which a second run as root closes to its user."""
    with tempfile.TemporaryDirectory(prefix="psmf-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


only_sqlite = pytest.mark.parametrize("database_kind", [databases.SQLITE], indirect=True)


def pytest_report_header() -> list[str]:
    """Report the real parts of this run. Kafka starts with the first test that needs it; the summary then names it."""
    return [databases.version(), f"Apache Kafka: {brokers.wanted()}, started when a test needs it"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Report which Kafka was used, if any."""
    if (used := brokers.started()) is not None:
        terminalreporter.write_line(str(used))


LONG = (
    "tests/faults/",
    "tests/operations/",
    "tests/bus/test_kafka_relay.py",
    "tests/demo/test_production_profile.py",
    "tests/journeys/test_copies_share_the_load.py",
)
"""Tests of real processes that end, pause and restart for minutes. `make long` runs them."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that need the whole suite as `journey`, and tests that take minutes as `long` to run separately."""
    for item in items:
        if item.nodeid.startswith(LONG):
            item.add_marker(pytest.mark.long)
        if "suite" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)
