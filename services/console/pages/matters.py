"""One matter. Whom the services do not let see it gets the page that says there is none."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views.form import Notice
from services.console.views.matter import lines
from services.console.views.matter import page as views
from services.console.views.parts import Away, Found
from services.console.views.today import GROUPS, Asked, people_in


async def matter(frame: Frame, visit: Visit) -> Response:
    """Show why a matter was raised, what it rests on, what happened and which steps are possible."""
    came_from = in_today(visit.request.query_params.get("from", ""))
    asked = await ask(frame, visit, came_from, part(frame.gateway.matters(visit)) if came_from else None)
    return shown(frame, visit, asked)


def shown(frame: Frame, visit: Visit, asked: views.AskedMatter, notice: Notice | None = None) -> Response:
    """Return the page, with what the reader has done just before, or why a step was not made."""
    done = "" if notice else visit.told(visit.request.path_params["concern"])
    view = views.build(asked, visit.now, visit.today, done, notice)
    return frame.rendering.page(visit, "matter/matter", view, 409 if notice else 200)


async def ask(
    frame: Frame, visit: Visit, came_from: str, waiting: Awaitable[Found[Any] | Away] | None
) -> views.AskedMatter:
    """Return what the services say of a matter. `waiting`: the list that the reader came from, if it is asked for."""
    gateway = frame.gateway
    concern, rules, listed = await asyncio.gather(
        gateway.matter(visit, name_of(visit)), part(gateway.rules_lately(visit)), waiting or nothing()
    )
    found = people_in(Asked(listed, None, rules, {}, ""), visit.today) if listed else []
    others = [name for name in found if name != visit.record]
    entry, names, people, items = await asyncio.gather(
        part(gateway.entry(visit, visit.record)),
        part(gateway.names_of(visit, others)),
        part(gateway.called(visit, views.people_in(concern))),
        part(gateway.items_named(visit, visit.record, lines.items_of(concern.explanation))),
    )
    known = None
    if isinstance(entry, Found):
        known, named = entry.answer, names.answer if isinstance(names, Found) else {}
        names = Found(named | {visit.record: known.display_name})
    reader = visit.signed_in
    return views.AskedMatter(concern, rules, names, people, reader.person, came_from, listed, known, reader.role, items)


def name_of(visit: Visit) -> str:
    """Return the name of the matter that the page is about."""
    return f"{visit.record}/concerns/{visit.request.path_params['concern']}"


def in_today(group: str) -> str:
    """Return the group of *Today* that somebody came from; empty for anything else."""
    return group if group in GROUPS else ""


async def nothing() -> None:
    """Ask for nothing, where another page would ask for something."""
