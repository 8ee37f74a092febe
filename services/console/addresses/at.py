"""How an address is made. Each area lists its own in a file beside this one."""

from collections.abc import Set
from functools import partial

from starlette.routing import Route

from services.console.frame import Frame
from services.console.pages.rules import Shows


class Addresses:
    """Makes the routes of pages. A route has the name of its function, which leads back to it after signing in."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def get(self, path: str, page: Shows, *, signed_in: bool = True, roles: Set[str] = frozenset()) -> Route:
        """Return the route of a page."""
        return self._route("GET", path, page, signed_in=signed_in, roles=roles)

    def by_link(self, path: str, *pages: Shows) -> list[Route]:
        """Return the routes of a page of people who came by a link: asked for, and sent to if there is a second one."""
        shows = self._frame.show_by_link
        return [
            Route(path, shows(path, partial(page, self._frame)), methods=[method], name=page.__name__)
            for method, page in zip(("GET", "POST"), pages, strict=False)
        ]

    def post(self, path: str, page: Shows, *, signed_in: bool = True, roles: Set[str] = frozenset()) -> Route:
        """Return the route that a form is sent to."""
        return self._route("POST", path, page, signed_in=signed_in, roles=roles)

    def form(self, path: str, asked: Shows, sent: Shows, *, roles: Set[str]) -> tuple[Route, Route]:
        """Return the routes of a form: it is asked for and sent to at one address."""
        return self.get(path, asked, roles=roles), self.post(path, sent, roles=roles)

    def _route(self, method: str, path: str, page: Shows, *, signed_in: bool, roles: Set[str]) -> Route:
        endpoint = self._frame.show(path, partial(page, self._frame), signed_in=signed_in, roles=roles)
        return Route(path, endpoint, methods=[method], name=page.__name__)
