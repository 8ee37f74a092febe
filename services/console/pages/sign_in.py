"""The start, signing in and signing out."""

import re
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.console.frame import Frame
from services.console.rendering import start_page
from services.console.requests import Visit
from services.console.signin.session_cookie import Session
from services.console.views import failure
from services.console.views import sign_in as views

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


async def start(frame: Frame, visit: Visit) -> Response:
    """Go to the page at which the reader's role begins its day."""
    address = start_page(visit.signed_in.role)
    if address:
        return RedirectResponse(address, 303)
    return frame.rendering.page(visit, "signin/no_pages", views.no_pages(visit.signed_in.role))


async def sign_in(frame: Frame, visit: Visit) -> Response:
    """Show who can be signed in."""
    people = frame.demo.people() if frame.demo else {}
    view = views.build(people, asked=visit.request.query_params.get("next", ""), is_possible=frame.demo is not None)
    return frame.rendering.page(visit, "signin/sign_in", view)


async def signed_in(frame: Frame, visit: Visit) -> Response:
    """Sign somebody in, with a cookie of a new session, and go on to the page that was asked for."""
    persona = frame.demo.find(visit.form.get("person", "")) if frame.demo else None
    if persona is None:
        return frame.rendering.page(visit, "failure/failure", failure.nobody_chosen(), 422)
    now = int(visit.now.timestamp())
    response = RedirectResponse(_address_of(visit.request, visit.form.get("next", "")), 303)
    frame.sign_in(response, Session(persona.person, persona.role, persona.subject, now, now))
    return response


async def sign_out(frame: Frame, visit: Visit) -> Response:
    """Sign the reader out."""
    response = RedirectResponse("/sign-in", 303)
    frame.sign_out(response)
    return response


def _address_of(request: Request, asked: str) -> str:
    """Return the address of a page by its name and ids, `name/id/id`; the start page if there is none.

    It never is an address that somebody else wrote, so a link to the sign-in page leads to nobody else's site.
    """
    name, *ids = asked.split("/")
    for route in request.app.routes:
        if isinstance(route, Route) and route.name == name and "GET" in (route.methods or ()):
            return _filled(route, ids) or "/"
    return "/"


def _filled(route: Route, ids: Sequence[str]) -> str:
    names = list(route.param_convertors)
    if len(names) != len(ids) or not all(map(ID.fullmatch, ids)):
        return ""
    return str(route.url_path_for(route.name, **dict(zip(names, ids, strict=True))))
