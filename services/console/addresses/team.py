"""The addresses of who supports whom."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import SENIORS
from services.console.pages.team import changing
from services.console.pages.team import reading as reading_team


def of_the_team(at: Addresses) -> list[Route]:
    """Return the pages on who supports whom, for those who see to it."""
    manager, person = "/team/managers/{manager}", "/team/people/{safeguarder}/manager"
    return [
        at.get("/team", reading_team.team, roles=SENIORS),
        at.get("/team/nobodys", reading_team.team_nobodys, roles=SENIORS),
        at.get("/team/load", reading_team.team_load, roles=SENIORS),
        at.get(manager, reading_team.team_manager, roles=SENIORS),
        *at.form(f"{manager}/cover", changing.team_cover, changing.team_cover_sent, roles=SENIORS),
        *at.form(f"{manager}/end-cover", changing.team_end_cover, changing.team_end_cover_sent, roles=SENIORS),
        *at.form(person, changing.team_change, changing.team_change_sent, roles=SENIORS),
    ]
