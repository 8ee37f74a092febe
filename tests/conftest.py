"""What tests of every part may use, and which of them a run takes.

What needs a service, a broker or a database is imported where it is asked for: a part without them answers in seconds.
"""

from __future__ import annotations

import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import sizes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.suite import LoadedSuite

pytest_plugins = ["tests.reporting", "tests.sharing"]

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background of a shell. What tests start would ignore it too, and some is told by it to end.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedSuite]:
    """The whole suite with its story told. Others read it too: only the one concern of tests/cli is moved."""
    from tests.suite import loaded_suite

    with loaded_suite(tmp_path_factory.mktemp("suite")) as loaded:
        yield loaded


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that services and stores of the test use: each such test runs once on each."""
    from tests import databases

    kind: str = request.param
    databases.choose(kind)
    return kind


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """A folder for PostgreSQL's files outside pytest's own: a second run as root would close that to its user."""
    with tempfile.TemporaryDirectory(prefix="psmf-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

LONG = (
    "tests/faults/",
    "tests/operations/",
    "tests/bus/test_kafka_relay.py",
    "tests/demo/test_production_profile.py",
    "tests/journeys/test_copies_share_the_load.py",
)
"""Real processes that end, stand still and start again, for minutes: `make long`."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Say of a test whether it is long, scaled or a journey."""
    if item.nodeid.startswith(LONG):
        item.add_marker(pytest.mark.long)
    if sizes.scales(item):
        item.add_marker(pytest.mark.scaled)
    if "suite" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.journey)
