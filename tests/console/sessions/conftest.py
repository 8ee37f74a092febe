"""One desk for all tests of a file: a console is made once, and what was sent to it is forgotten after each test."""

from collections.abc import Iterator

import pytest

from tests.console.sessions.desk import Desk
from tests.console.site import OPEN


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A manager at a desk."""
    found = Desk(tmp_path_factory.mktemp("desk"))
    OPEN.remove(found.served)
    yield found
    found.served.close()


@pytest.fixture
def desk(one_desk: Desk) -> Desk:
    """The same, before anything was sent."""
    one_desk.begin()
    return one_desk
