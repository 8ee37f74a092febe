"""The page at which a Safeguarder begins."""

import asyncio

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.failures import NotThere
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views.my_file import start as views

MINE = "my-file"
"""What a message on *My file* is about."""


def own_record(visit: Visit) -> str:
    """Return the name of the record about the reader.

    Raises:
        NotThere: there is none, so there is no such page for them.
    """
    if not visit.signed_in.subject:
        raise NotThere
    return f"safeguarders/{visit.signed_in.subject}"


async def my_file(frame: Frame, visit: Visit) -> Response:
    """Show what waits for the reader, what is open about them, and where they stand."""
    ask, person = frame.gateway, own_record(visit)
    standing, concerns, sessions, editions = await asyncio.gather(
        ask.standing(visit, person),
        part(ask.raised(visit, person)),
        part(ask.sessions_of(visit, person, upcoming=True)),
        part(ask.standards(visit)),
    )
    people = await part(ask.called(visit, views.people_in(standing, concerns, sessions, visit.today)))
    asked = views.Asked(standing, concerns, sessions, editions, people, visit.signed_in.name)
    view = views.build(asked, visit.now, visit.today, visit.told(MINE))
    return frame.rendering.page(visit, "my_file/start", view)
