"""What a page costs: at most five calls of the services, in at most two waves, whatever stands on it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from psmf.rules.v1 import rules_pb2

from tests.console.fixtures.my_file import EDITIONS
from tests.console.sent.forms import FORMS, Form
from tests.console.sent.pages import PAGES
from tests.console.sent.world import World, everything
from tests.console.site import Site

MOST, WAVES = 5, 2
ALL = (*PAGES, *FORMS)
ELSEWHERE = (
    "/my-file/download/{file}", "/feedback", "/feedback/stage", "/feedback/{token}", "/static/{name}",
)  # fmt: skip
"""A file that is sent as it is read, pages that a link opens without signing in, and files of our own."""


class Counted:
    """Counts the calls for one request, and the waves they come in: a call that waits for another is in the next."""

    def __init__(self, services: World) -> None:
        self.calls, self.waves, self._over = 0, 0, 0
        self._services = services

    async def call(self, visit: Any, method: Any, request: Any, seconds: float) -> Any:
        """Answer a call after the others of its wave have begun."""
        self.calls, wave = self.calls + 1, self._over + 1
        self.waves = max(self.waves, wave)
        for _ in range(20):
            await asyncio.sleep(0)
        try:
            return await self._services.call(visit, method, request, seconds)
        finally:
            self._over = max(self._over, wave)


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.address)
def test_a_page_asks_five_things_at_most_in_two_waves(served: Site, page: Form) -> None:
    """The Practice Standards and the titles of rules are asked for once a minute, by the page that needs them first."""
    served.jar = {}
    served.clock.instant += timedelta(seconds=10)
    if page.person:
        served.sign_in(page.person)
    served.gateway._kept["standards"] = served.clock.instant, EDITIONS.answer
    served.gateway._kept["rules"] = served.clock.instant, rules_pb2.ListRulesResponse()
    counted = Counted(everything(**page.instead))
    served.gateway._call = counted.call  # type: ignore[method-assign]
    answer = served.get(page.address)
    assert answer.status in (200, 303), answer.status
    assert (counted.calls <= MOST, counted.waves <= WAVES) == (True, True), (counted.calls, counted.waves)


def test_every_page_of_the_console_is_among_them(served: Site) -> None:
    asked_for = [route for route in served.app.routes if "GET" in (getattr(route, "methods", None) or ())]
    found = [
        route.path  # type: ignore[attr-defined]
        for route in asked_for
        if not any(route.path_regex.match(page.address.partition("?")[0]) for page in ALL)  # type: ignore[attr-defined]
    ]
    assert set(found) == set(ELSEWHERE)
