"""What the Team has to see to, one support manager, and how much each has to do."""

import asyncio
from datetime import timedelta

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.failures import NotThere
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views.form import Notice
from services.console.views.team import load, nobodys, start
from services.console.views.team.people import Manager, Team, team_of

AHEAD = timedelta(weeks=4)


async def team(frame: Frame, visit: Visit) -> Response:
    """Show whom nobody supports, and who acts for whom."""
    everybody, delegations = await asyncio.gather(team_now(frame, visit), part(frame.gateway.delegations(visit)))
    return frame.rendering.page(visit, "team/start", start.build(everybody, delegations, visit.now))


async def team_nobodys(frame: Frame, visit: Visit) -> Response:
    """Show the matters that nobody has taken on, and since when each waits."""
    ask = frame.gateway
    everybody, matters, rules, untold = await asyncio.gather(
        team_now(frame, visit), part(ask.open_matters(visit)), part(ask.rules(visit)), part(ask.untold(visit))
    )
    view = nobodys.build(nobodys.AskedNobodys(everybody, matters, rules, untold), visit.now, visit.today)
    return frame.rendering.page(visit, "team/nobodys", view)


async def team_load(frame: Frame, visit: Visit) -> Response:
    """Show how much each support manager has to do."""
    ask, until = frame.gateway, visit.today + AHEAD
    everybody, sessions, matters = await asyncio.gather(
        team_now(frame, visit),
        part(ask.sessions_between(visit, visit.today, until)),
        part(ask.open_matters(visit)),
    )
    view = load.build(load.AskedLoad(everybody, sessions, matters, until), visit.now)
    return frame.rendering.page(visit, "team/load", view)


async def team_manager(frame: Frame, visit: Visit) -> Response:
    """Show whom a support manager supports, and who acts for them."""
    return await shown_manager(frame, visit)


async def shown_manager(frame: Frame, visit: Visit, notice: Notice | None = None) -> Response:
    """Return the page of a support manager. `notice`: what could not be done just now."""
    everybody, delegations = await asyncio.gather(team_now(frame, visit), part(frame.gateway.delegations(visit)))
    manager = manager_of(visit, everybody)
    done = "" if notice else visit.told(manager.id)
    view = start.build_manager(everybody, manager, delegations, visit.now, done, notice)
    return frame.rendering.page(visit, "team/supported_by", view, 409 if notice else 200)


async def team_now(frame: Frame, visit: Visit) -> Team:
    """Return support managers and those whom they support."""
    ask = frame.gateway
    managers, register = await asyncio.gather(ask.support_managers(visit), ask.whole_register(visit))
    return team_of(managers, register, visit.today)


def manager_of(visit: Visit, everybody: Team) -> Manager:
    """Return the support manager in the address.

    Raises:
        NotThere: nobody has the id.
    """
    found = everybody.manager(visit.request.path_params["manager"])
    if found is None:
        raise NotThere
    return found
