"""The addresses of leave and suspensions."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import RECORDERS, SAFEGUARDER, STAFF
from services.console.pages.away import pages

AWAY, MINE, RECORDED = "/people/{safeguarder}/away", "/my-file/away", "/decisions/{safeguarder}/away"


def of_leave(at: Addresses) -> list[Route]:
    """Return the pages of leave and suspensions: the Team's, and those of the Safeguarder concerned."""
    return [
        at.get(AWAY, pages.person_away, roles=STAFF),
        *at.form(f"{AWAY}/{{step}}", pages.person_away_begin, pages.person_away_begin_sent, roles=STAFF),
        *at.form(f"{AWAY}/{{one}}/{{step}}", pages.person_away_step, pages.person_away_step_sent, roles=STAFF),
        at.get(MINE, pages.my_away, roles=SAFEGUARDER),
        *at.form(f"{MINE}/{{step}}", pages.my_away_begin, pages.my_away_begin_sent, roles=SAFEGUARDER),
        at.get(RECORDED, pages.decision_away, roles=RECORDERS),
        *at.form(f"{RECORDED}/{{step}}", pages.decision_away_begin, pages.decision_away_begin_sent, roles=RECORDERS),
        *at.form(
            f"{RECORDED}/{{one}}/{{step}}", pages.decision_away_step, pages.decision_away_step_sent, roles=RECORDERS
        ),
    ]
