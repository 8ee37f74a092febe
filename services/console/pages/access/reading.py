"""Who opened a file in an emergency, and what is to be reviewed."""

import asyncio
from typing import Any

from starlette.responses import Response

from services.client.words import id_under
from services.console.addresses.roles import STAFF
from services.console.calls.caller import part
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views.access import listed as views
from services.console.views.parts import Away, Found


async def emergency_accesses(frame: Frame, visit: Visit) -> Response:
    """Show the newest emergency accesses that the reader may see."""
    asked = await ask(frame, visit, await part(frame.gateway.emergency_accesses(visit)))
    done = {one: visit.told(one) for one in (id_under(access.name) for access in asked.listed)}
    return frame.rendering.page(visit, "access/list", views.build(asked, visit.now, visit.today, done))


async def ask(frame: Frame, visit: Visit, found: Found[Any] | Away) -> views.AskedAccesses:
    """Return emergency accesses, with what everybody in them is called."""
    gateway, reader = frame.gateway, visit.signed_in
    # Only those who read the register see names. The others see opaque ids, as in the ledgers of figures.
    about = views.files_in(found) if reader.role in STAFF else []
    people, register = await asyncio.gather(
        part(gateway.called(visit, views.staff_in(found))), part(gateway.names_of(visit, about))
    )
    return views.AskedAccesses(found, people, register, reader.person, reader.role)
