"""What the tests of the console share."""

from collections.abc import Iterator

import pytest

from tests.console.site import OPEN
from tests.sharing import until_its_group_ends
from tests.suite import LoadedSuite, beginning_as


@pytest.fixture(autouse=True)
def sites_are_closed() -> Iterator[None]:
    """Close what a test has opened."""
    yield
    while OPEN:
        OPEN.pop().close()


@pytest.fixture(scope="session")
def own_suite(suite: LoadedSuite, tmp_path_factory: pytest.TempPathFactory) -> LoadedSuite:
    """A suite that pages may change: a copy of the one that all tests share. Each journey changes its own people."""
    return until_its_group_ends(beginning_as(suite, tmp_path_factory.mktemp("own")))
