"""Who opened a file in an emergency, and what is to be reviewed."""

import asyncio

from starlette.responses import Response

from services.console.addresses.roles import STAFF
from services.console.calls.caller import part
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views import accesses


async def emergency_accesses(frame: Frame, visit: Visit) -> Response:
    """Show the newest emergency accesses that the reader may see."""
    ask = frame.gateway
    found = await part(ask.emergency_accesses(visit))
    # Only those who read the register see names. The others see opaque ids, as in the ledgers of figures.
    about = accesses.files_in(found) if visit.signed_in.role in STAFF else []
    people, register = await asyncio.gather(
        part(ask.called(visit, accesses.staff_in(found))), part(ask.names_of(visit, about))
    )
    view = accesses.build(accesses.AskedAccesses(found, people, register), visit.now, visit.today)
    return frame.rendering.page(visit, "access/list", view)
