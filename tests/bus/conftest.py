"""Fixtures that give each test a line, once over the feed and once over Kafka."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bus.guarded.broker import GuardedBroker
from tests.bus.line import KAFKA, TRANSPORTS, Line
from tests.sharing import until_its_group_ends

MakeLine = Callable[..., Line]


@pytest.fixture
def make_line(database_kind: str, tmp_path: Path) -> Iterator[MakeLine]:
    """Make lines over a transport, and stop them after the test."""
    made: list[Line] = []

    def make(transport: str, kafka_servers: str = "") -> Line:
        made.append(Line(tmp_path, transport, kafka_servers))
        return made[-1]

    yield make
    for line in made:
        line.stop()


@pytest.fixture(params=TRANSPORTS)
def line(make_line: MakeLine, request: pytest.FixtureRequest) -> Line:
    """Make a line over each transport in turn."""
    return make_line(request.param)


@pytest.fixture
def kafka_line(make_line: MakeLine) -> Line:
    """Make a line over Kafka, for tests of what only Kafka has."""
    return make_line(KAFKA)


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> GuardedBroker:
    """Start a broker that requires a certificate and has the rights of the production manifests."""
    return until_its_group_ends(_guarded(tmp_path_factory.mktemp("guarded")))


@contextmanager
def _guarded(folder: Path) -> Iterator[GuardedBroker]:
    broker = GuardedBroker(folder)
    broker.start("production")
    try:
        yield broker
    finally:
        broker.stop()
