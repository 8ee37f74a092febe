"""The addresses of people and their matters, for those who work with them."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import SAFEGUARDER, STAFF
from services.console.pages import matter_steps, matters
from services.console.pages.people import file, listed, timeline

STEP = "/people/{safeguarder}/matters/{concern}/{step}"


def of_people(at: Addresses) -> list[Route]:
    """Return the pages about people."""
    return [
        at.get("/people", listed.people, roles=STAFF),
        *at.form("/search", listed.search_people, listed.search_sent, roles=STAFF),
        at.get("/people/{safeguarder}", file.person, roles=STAFF | SAFEGUARDER),
        at.get("/people/{safeguarder}/timeline", timeline.person_timeline, roles=STAFF),
        at.get("/people/{safeguarder}/evidence", file.person_evidence, roles=STAFF),
        at.get("/people/{safeguarder}/evidence/{item}", file.person_item, roles=STAFF),
        at.get("/people/{safeguarder}/matters", file.person_matters, roles=STAFF),
        *_of_matters(at),
    ]


def _of_matters(at: Addresses) -> list[Route]:
    """Return the pages of a matter, and of the steps on it."""
    return [
        at.get("/people/{safeguarder}/matters/{concern}", matters.matter, roles=STAFF),
        *at.form(STEP, matter_steps.matter_step, matter_steps.matter_step_sent, roles=STAFF),
    ]
