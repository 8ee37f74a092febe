"""Health and measures, on an address of their own that people cannot reach."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from services.platform.telemetry import metrics


def health_app() -> Starlette:
    """Return the app of the measures' port.

    It answers once templates are compiled, keys are read and files are checked. It never asks a service: a console
    whose services are away still says so on its pages.
    """
    return Starlette(
        routes=[
            Route("/health/live", _well),
            Route("/health/ready", _well),
            Route("/metrics", _measures),
        ]
    )


async def _well(_: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _measures(_: Request) -> Response:
    text, kind = metrics.as_text()
    return Response(text, headers={"content-type": kind})
