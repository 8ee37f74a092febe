"""One matter. Whom the services do not let see it gets the page that says there is none."""

import asyncio

from starlette.responses import Response

from services.console.calls import part
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views import matter as views


async def matter(frame: Frame, visit: Visit) -> Response:
    """Show why a matter was raised, what it rests on, what happened and which steps are possible."""
    ask, ids = frame.gateway, visit.request.path_params
    person = f"safeguarders/{ids['safeguarder']}"
    concern, rules, about = await asyncio.gather(
        ask.matter(visit, f"{person}/concerns/{ids['concern']}"),
        part(ask.rules(visit)),
        part(ask.safeguarder(visit, person)),
    )
    people = await part(ask.called(visit, views.people_in(concern)))
    asked = views.AskedMatter(concern, rules, about, people, visit.signed_in.person)
    return frame.rendering.page(visit, "matter/matter", views.build(asked, visit.now, visit.today))
