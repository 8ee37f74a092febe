"""Databases that die, fill up, or use a mode that loses commits (reliability Q12, Q13, Q15)."""

import pytest

from faults import journals
from faults.__main__ import SEED
from faults.figure import COMMIT
from faults.kinds import databases, disks
from faults.stage import Stage


@pytest.mark.journey
def test_killing_postgresql_under_load_loses_and_doubles_nothing(with_postgresql: Stage) -> None:
    assert databases.postgres_dies(with_postgresql, COMMIT).problems == []


@pytest.mark.journey
def test_a_full_disk_loses_nothing_that_was_acknowledged() -> None:
    assert disks.full_disks(SEED, COMMIT).problems == []


def test_a_database_in_wal_mode_on_a_faulty_sqlite_keeps_its_service_from_starting() -> None:
    assert journals.journals(SEED, COMMIT).problems == []
