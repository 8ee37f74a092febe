"""The addresses of emergency accesses."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import ENDS_ACCESSES, OPENS_FILES, SEES_ACCESSES
from services.console.pages.access import reading, steps

LIST = "/emergency-accesses"
STEP = f"{LIST}/{{safeguarder}}/{{access}}/{{step}}"


def of_emergencies(at: Addresses) -> list[Route]:
    """Return the page on who opened a file in an emergency, and the forms that open, close and review one."""
    return [
        at.get(LIST, reading.emergency_accesses, roles=SEES_ACCESSES),
        *at.form(f"{LIST}/open", steps.emergency_opening, steps.emergency_opened, roles=OPENS_FILES),
        *at.form(STEP, steps.emergency_step, steps.emergency_step_sent, roles=ENDS_ACCESSES),
    ]
