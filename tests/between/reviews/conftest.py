"""The four services together, with somebody above the senior manager.

On SQLite alone: what is stored here is stored by code that other tests run on PostgreSQL too.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.between.reviews.request import HEAD
from tests.between.together import Together, together
from tests.world import PEOPLE


@pytest.fixture
def suite_together(tmp_path: Path) -> Iterator[Together]:
    """The four services, with nobody in them."""
    with together(tmp_path, PEOPLE | {HEAD: {"role": "senior_manager", "level": 3}}) as running:
        yield running
