"""A small database with the platform's tables, on the kind of database that a test has chosen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.platform.storage.database import Database
from tests.platform.small_service import new_database


@pytest.fixture
def file(database_kind: str, tmp_path: Path) -> Path:
    """The file of the database."""
    return tmp_path / "small.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    """The database."""
    made = new_database(file)
    yield made
    made.close()
