"""Suites for fault tests, one for each pair of database and transport, shared by the tests in a file."""

from collections.abc import Iterator

import pytest

from faults.__main__ import SEED
from faults.stage import Stage, stage
from services.demo.stack import Profile


@pytest.fixture(scope="module")
def embedded() -> Iterator[Stage]:
    with stage(SEED) as running:
        yield running


@pytest.fixture(scope="module")
def with_kafka() -> Iterator[Stage]:
    with stage(SEED, Profile.SQLITE_KAFKA) as running:
        yield running


@pytest.fixture(scope="module")
def with_postgresql() -> Iterator[Stage]:
    with stage(SEED, Profile.POSTGRESQL_FEED) as running:
        yield running
