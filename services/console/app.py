"""The app: every address of the console, in the order in which they are tried."""

from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.console.addresses.access import of_emergencies
from services.console.addresses.at import Addresses
from services.console.addresses.away import of_leave
from services.console.addresses.feedback import of_feedback
from services.console.addresses.figures import of_figures
from services.console.addresses.people import of_people
from services.console.addresses.recording import of_recording
from services.console.addresses.reviews import of_reviews_and_decisions
from services.console.addresses.rules import of_the_rules
from services.console.addresses.safeguarder import of_a_safeguarder
from services.console.addresses.sessions import of_sessions
from services.console.addresses.team import of_the_team
from services.console.addresses.today import of_the_day
from services.console.failures import NotThere, WrongMethod
from services.console.frame import Frame
from services.console.pages import about, sign_in
from services.console.requests import Visit
from services.console.static_files import StaticFiles


def console_app(frame: Frame, static: StaticFiles) -> Starlette:
    """Return the app."""

    at = Addresses(frame)
    ways_in = [
        at.get("/sign-in/start", sign_in.start_sign_in, signed_in=False),
        at.get("/sign-in/back", sign_in.came_back, signed_in=False),
    ]
    if frame.demo:
        ways_in = [at.post("/sign-in", sign_in.signed_in, signed_in=False)]

    app = Starlette(
        routes=[
            at.get("/", sign_in.start),
            at.get("/sign-in", sign_in.sign_in, signed_in=False),
            *ways_in,
            at.post("/sign-out", sign_in.sign_out, signed_in=False),
            *of_the_day(at),
            *of_recording(at),
            *of_people(at),
            *of_leave(at),
            *of_sessions(at),
            *of_a_safeguarder(at),
            *of_figures(at),
            *of_the_team(at),
            *of_emergencies(at),
            *of_reviews_and_decisions(at),
            *of_the_rules(at),
            *of_feedback(at),
            *_about(at),
            Route("/static/{name}", partial(_file, frame, static), name="static"),
        ],
        exception_handlers={404: partial(_not_there, frame), 405: partial(_wrong_method, frame)},
    )
    # It would lead on to whatever host the caller named, before any page of ours looks at that.
    app.router.redirect_slashes = False
    return app


def _about(at: Addresses) -> list[Route]:
    """Return the pages about the suite itself."""
    return [
        at.get("/about", about.about, signed_in=False),
        at.get("/about/status", about.about_status),
        at.get("/about/{page}", about.about_page, signed_in=False),
    ]


async def _file(frame: Frame, static: StaticFiles, request: Request) -> Response:
    """Answer with a file. It needs no reader, so it counts against nobody's limit."""
    try:
        return frame.headed(await static.answer(request))
    except NotThere:
        return frame.headed(Response(status_code=404))


async def _not_there(frame: Frame, request: Request, _: Exception) -> Response:
    async def none(visit: Visit) -> Response:
        raise NotThere

    return await frame.show("(no page)", none, signed_in=False)(request)


async def _wrong_method(frame: Frame, request: Request, problem: Exception) -> Response:
    async def none(visit: Visit) -> Response:
        raise WrongMethod

    response = await frame.show("(no page)", none, signed_in=False)(request)
    if isinstance(problem, HTTPException) and problem.headers:
        response.headers["allow"] = problem.headers["Allow"]
    return response
