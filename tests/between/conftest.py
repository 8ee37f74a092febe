"""The four services together, new for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.between.together import Together, together


@pytest.fixture
def suite_together(database_kind: str, tmp_path: Path) -> Iterator[Together]:
    """The four services on one kind of database, with nobody in them."""
    with together(tmp_path) as running:
        yield running
