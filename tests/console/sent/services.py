"""Services as the console calls them: they answer as they are told, and a repeated form with their first answer."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from services.console.failures import SentBefore
from services.console.forms.answers import REUSED
from services.refusals import invalid
from tests.console.site import OPEN, Answer, Site, site


class Services:
    """Answers by the names of methods: a message, or a function of the request. It stands under the gateway's calls."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.written: list[Any] = []
        self._kept: dict[str, tuple[bytes, Any]] = {}

    async def call(self, visit: Any, method: Any, request: Any, seconds: float) -> Any:
        """Answer a call as `services/platform/calls/commands.py` does: once for each request id."""
        visit.calls += 1
        name = method._method.decode().rpartition("/")[2]
        request_id = getattr(request, "request_id", "")
        body = name.encode() + request.SerializeToString(deterministic=True)
        if request_id and request_id in self._kept:
            before, answer = self._kept[request_id]
            if before != body:
                raise SentBefore(invalid(REUSED, "Sent before with another body.", "request_id"))
            return answer
        told = self.answers[name]
        answer = told(request) if callable(told) else told
        if request_id:
            self._kept[request_id] = body, answer
            self.written.append(request)
        return answer


def desk(folder: Path, person: str, services: Services, **settings: Any) -> Site:
    """Return the console of somebody who is signed in, on these services. `person`: empty for nobody."""
    served = site(folder, **settings)
    served.gateway._call = services.call  # type: ignore[method-assign]
    if person:
        served.sign_in(person)
    return served


@contextmanager
def one_desk(folder: Path, services: Services) -> Iterator[Site]:
    """Open a console whose pages are compiled once for all tests of a module. `at` makes it somebody's."""
    found = desk(folder, "", services)
    OPEN.remove(found)
    yield found
    found.close()


def at(console: Site, person: str, services: Services) -> Site:
    """Return the console of somebody who has signed in, on these services."""
    console.jar = {}
    console.clock.instant += timedelta(minutes=1)
    if person:
        console.sign_in(person)
    console.gateway._call = services.call  # type: ignore[method-assign]
    return console


def hidden(answer: Answer, address: str) -> dict[str, str]:
    """Return the hidden fields of the form on a page."""
    form = answer.text.partition(f'action="{address}"')[2].partition("</form>")[0]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}
