"""Pages about the console itself, open to everybody: how rules work, what is held, and how usable these pages are."""

import asyncio

from starlette.responses import Response

from services.client.addresses import SERVICES
from services.console.failures import NotThere
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views import about as views
from services.console.views import status


async def about(frame: Frame, visit: Visit) -> Response:
    """Show the first of these pages."""
    return frame.rendering.page(visit, "about/article", views.build(views.FIRST))


async def about_page(frame: Frame, visit: Visit) -> Response:
    """Show one of these pages."""
    page = visit.request.path_params["page"]
    if page not in views.PAGES:
        raise NotThere
    return frame.rendering.page(visit, "about/article", views.build(page))


async def about_status(frame: Frame, visit: Visit) -> Response:
    """Show which services answer now."""
    found = await asyncio.gather(*(frame.gateway.answers(visit, service) for service in SERVICES))
    view = status.build(dict(zip(SERVICES, found, strict=True)), visit.now)
    return frame.rendering.page(visit, "about/status", view)
