"""What the tests of the console share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.console.site import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(autouse=True)
def sites_are_closed() -> Iterator[None]:
    """Close what a test has opened."""
    yield
    while OPEN:
        OPEN.pop().close()


@pytest.fixture(scope="module")
def browser() -> Browser:
    """A real browser."""
    from tests.console.browser import browser_of_the_group

    return browser_of_the_group()
