"""Fixtures: the four services in this process, for attacks that need no process of their own."""

from datetime import UTC, datetime

import pytest

from tests.between.together import Together, together
from tests.sharing import until_its_group_ends


@pytest.fixture(scope="session")
def shared_doors(tmp_path_factory: pytest.TempPathFactory) -> Together:
    """The four services, which one process starts once."""
    return until_its_group_ends(together(tmp_path_factory.mktemp("doors")))


@pytest.fixture
def doors(shared_doors: Together) -> Together:
    """The four services at the time of now, shared by all attacks that leave them as good as before."""
    shared_doors.clock.instant = datetime.now(UTC)
    return shared_doors
