"""What happened with a person, from all services: for those who work with them."""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from services.client.addresses import SERVICES
from services.console.calls.caller import part
from services.console.frame import Frame
from services.console.pages.people.file import limits_in
from services.console.requests import Visit
from services.console.views.parts import Away, Found
from services.console.views.people import timeline
from services.console.views.people.choices import Limits
from services.console.views.people.frame import AskedPerson


async def person_timeline(frame: Frame, visit: Visit) -> Response:
    """Show a page of what happened. A service that is away is named, and what the others keep stands."""
    record = visit.record
    limits = limits_in(visit, timeline.LIMITS)
    entry, answers = await asyncio.gather(
        part(frame.gateway.entry(visit, record)), happened(frame, visit, record, limits)
    )
    # Five calls are the most of a page. So its banner says nothing of the next session.
    about = AskedPerson(record, entry, Away(""))
    view = timeline.build(about, answers, visit.signed_in.person, limits, visit.now)
    return frame.rendering.page(visit, "timeline/person", view)


async def happened(frame: Frame, visit: Visit, record: str, limits: Limits) -> Mapping[str, Found[Any] | Away]:
    """Return what each service keeps of what happened, after one place in all of them."""
    ask, chosen = frame.gateway, limits.chosen
    asked = (part(ask.happened(visit, each, record, timeline.MOST, limits.page, chosen)) for each in SERVICES)
    return dict(zip(SERVICES, await asyncio.gather(*asked), strict=True))
