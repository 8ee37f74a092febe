"""The start, signing in and signing out."""

import re
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.console.failures import ServiceAway
from services.console.frame import Frame
from services.console.rendering import start_page
from services.console.requests import Visit
from services.console.signin.issuer import IssuerUnusableError
from services.console.signin.open_id import OpenIdSignIn
from services.console.signin.session_cookie import Session
from services.console.views import failure
from services.console.views import sign_in as views

START = "/"
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


async def start(frame: Frame, visit: Visit) -> Response:
    """Go to the page at which the reader's role begins its day."""
    address = start_page(visit.signed_in.role)
    if address:
        return RedirectResponse(address, 303)
    return frame.rendering.page(visit, "signin/no_pages", views.no_pages(visit.signed_in.role))


async def sign_in(frame: Frame, visit: Visit) -> Response:
    """Show how to sign in: by a button in a demo, elsewhere at the issuer."""
    asked = visit.request.query_params.get("next", "")
    if frame.demo is None:
        known = asked if _address_of(visit.request, asked) != START else ""
        return frame.rendering.page(visit, "signin/open_id", views.at_the_issuer(known))
    view = views.build(frame.demo.people(), asked=asked)
    return frame.rendering.page(visit, "signin/sign_in", view)


async def signed_in(frame: Frame, visit: Visit) -> Response:
    """Sign somebody of a demo in, with a cookie of a new session, and go on to the page that was asked for."""
    persona = frame.demo.find(visit.form.get("person", "")) if frame.demo else None
    if persona is None:
        return frame.rendering.page(visit, "failure/failure", failure.nobody_chosen(), 422)
    now = int(visit.now.timestamp())
    response = RedirectResponse(_address_of(visit.request, visit.form.get("next", "")), 303)
    frame.sign_in(response, Session(persona.person, persona.role, persona.subject, now, now))
    return response


async def start_sign_in(frame: Frame, visit: Visit) -> Response:
    """Send a browser to the issuer. It is a link and no form: an issuer may send people on, and a form may not follow.

    Raises:
        ServiceAway: the issuer does not answer.
    """
    address, handshake = await _open_id(frame).begin(visit.request.query_params.get("next", ""))
    response = RedirectResponse(address, 303)
    frame.leave(response, handshake)
    return response


async def came_back(frame: Frame, visit: Visit) -> Response:
    """Sign in whom the issuer sends back, with a cookie of a new session, and go on to the page that was asked for.

    Raises:
        SignInRefused, NoRole, ServiceAway: see open_id.py.
    """
    handshake = frame.came_back(visit)
    session = await _open_id(frame).finish(handshake, visit.request.query_params)
    response = RedirectResponse(_address_of(visit.request, handshake.asked if handshake else ""), 303)
    frame.sign_in(response, session)
    return response


async def sign_out(frame: Frame, visit: Visit) -> Response:
    """Sign the reader out, here and at the issuer."""
    response = await _at_the_issuer(frame, visit) if frame.open_id else RedirectResponse("/sign-in", 303)
    frame.sign_out(response)
    return response


async def _at_the_issuer(frame: Frame, visit: Visit) -> Response:
    session, open_id = frame.session_of(visit), _open_id(frame)
    try:
        if session is not None:
            await open_id.end(session)
        return RedirectResponse(await open_id.sign_out_address() or "/sign-in", 303)
    except (ServiceAway, IssuerUnusableError):
        visit.visitor = None
        return frame.rendering.page(visit, "failure/failure", failure.signed_out_here(visit.now))


def _open_id(frame: Frame) -> OpenIdSignIn:
    assert frame.open_id is not None  # noqa: S101  a demo has no page that asks for it (app.py)
    return frame.open_id


def _address_of(request: Request, asked: str) -> str:
    """Return the address of a page by its name and ids, `name/id/id`; the start page if there is none.

    It never is an address that somebody else wrote, so a link to the sign-in page leads to nobody else's site.
    """
    name, *ids = asked.split("/")
    for route in request.app.routes:
        # A page that signs in leads nowhere, or round in a circle.
        is_page = isinstance(route, Route) and "GET" in (route.methods or ()) and not route.path.startswith("/sign-in")
        if is_page and route.name == name:
            return _filled(route, ids) or START
    return START


def _filled(route: Route, ids: Sequence[str]) -> str:
    names = list(route.param_convertors)
    if len(names) != len(ids) or not all(map(ID.fullmatch, ids)):
        return ""
    return str(route.url_path_for(route.name, **dict(zip(names, ids, strict=True))))
