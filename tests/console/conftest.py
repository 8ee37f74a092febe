"""What the tests of the console share."""

from collections.abc import Iterator

import pytest

from tests.console.site import OPEN


@pytest.fixture(autouse=True)
def sites_are_closed() -> Iterator[None]:
    """Close what a test has opened."""
    yield
    while OPEN:
        OPEN.pop().close()
