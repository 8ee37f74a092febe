"""The address of emergency accesses."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import SEES_ACCESSES
from services.console.pages.access import reading


def of_emergencies(at: Addresses) -> list[Route]:
    """Return the page on who opened a file in an emergency."""
    return [at.get("/emergency-accesses", reading.emergency_accesses, roles=SEES_ACCESSES)]
