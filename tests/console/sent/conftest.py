"""What the tests of all pages and forms share."""

from collections.abc import Iterator

import pytest

from tests.console.sent.services import desk
from tests.console.sent.world import everything
from tests.console.site import OPEN, Site


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A console whose pages are compiled once for all tests here."""
    found = desk(tmp_path_factory.mktemp("desk"), "", everything())
    OPEN.remove(found)
    yield found
    found.close()
