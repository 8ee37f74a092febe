"""Recommendations to read: what is owed, what is ready for one person, and one recommendation with its pack."""

import asyncio

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.frame import Frame
from services.console.pages.my_file.start import own_record
from services.console.requests import Visit
from services.console.views.recommendations import lists
from services.console.views.recommendations import one as views
from services.console.views.recommendations.asked import TEAM, AskedRecommendation


async def recommendations(frame: Frame, visit: Visit) -> Response:
    """Show what is owed about recommendations, the earliest due first."""
    ask = frame.gateway
    answer = await ask.duties(visit)
    people = ["/".join(duty.name.split("/")[:2]) for duty in lists.about_recommendations(answer)]
    names = await part(ask.names_of(visit, list(dict.fromkeys(people))))
    view = lists.owed(answer, names, visit.now, visit.today)
    return frame.rendering.page(visit, "recommendations/owed", view)


async def readiness(frame: Frame, visit: Visit) -> Response:
    """Show what is ready for a recommendation about somebody, and what was recommended."""
    person = visit.record
    return await _readiness(frame, visit, person, is_own=False)


async def my_readiness(frame: Frame, visit: Visit) -> Response:
    """Show the reader what is recommended about them, and what is ready for it."""
    return await _readiness(frame, visit, own_record(visit), is_own=True)


async def recommendation(frame: Frame, visit: Visit) -> Response:
    """Show one recommendation to the Team and to managers."""
    return shown(frame, visit, await ask(frame, visit))


async def my_recommendation(frame: Frame, visit: Visit) -> Response:
    """Show one recommendation to the person whom it is about."""
    return shown(frame, visit, await ask(frame, visit))


def shown(frame: Frame, visit: Visit, asked: AskedRecommendation, says: tuple[str, ...] = ()) -> Response:
    """Return the page. `says`: why a step was not made."""
    done = "" if says else visit.told(visit.request.path_params["recommendation"])
    view = views.build(asked, visit.now, visit.today, done)
    if says:
        return frame.rendering.page(visit, "recommendations/one", views.with_notice(view, says), 409)
    return frame.rendering.page(visit, "recommendations/one", view)


async def ask(frame: Frame, visit: Visit) -> AskedRecommendation:
    """Return what the services say of a recommendation."""
    gateway, name, reader = frame.gateway, name_of(visit), visit.signed_in
    is_own = reader.role == "safeguarder"
    person = "/".join(name.split("/")[:2])
    pack, names = await asyncio.gather(
        gateway.recommendation(visit, name), part(gateway.names_of(visit, [] if is_own else [person]))
    )
    people = await part(gateway.called(visit, views.people_in(pack)))
    return AskedRecommendation(pack, names, people, reader.person, reader.role)


def name_of(visit: Visit) -> str:
    """Return the name of the recommendation that the page is about."""
    ids = visit.request.path_params
    person = own_record(visit) if visit.signed_in.role == "safeguarder" else f"safeguarders/{ids['safeguarder']}"
    return f"{person}/recommendations/{ids['recommendation']}"


async def _readiness(frame: Frame, visit: Visit, person: str, *, is_own: bool) -> Response:
    gateway = frame.gateway
    answer, names = await asyncio.gather(
        gateway.readiness(visit, person), part(gateway.names_of(visit, [] if is_own else [person]))
    )
    role = visit.signed_in.role
    reads_all = role != "support_manager"
    view = lists.readiness(answer, names, visit.now, is_own=is_own, drafts=role == TEAM, reads_all=reads_all)
    return frame.rendering.page(visit, "recommendations/readiness", view)
