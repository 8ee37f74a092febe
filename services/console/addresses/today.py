"""The addresses of what waits for the Team and its managers."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import STAFF
from services.console.pages import today


def of_the_day(at: Addresses) -> list[Route]:
    """Return what waits for the Team and its managers."""
    return [
        at.get("/today", today.today, roles=STAFF),
        at.get("/today/{group}", today.today_group, roles=STAFF),
    ]
