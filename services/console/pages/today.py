"""Where the day begins for the Team and its managers."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.failures import NotThere
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views import today as views
from services.console.views.parts import Found

RECORDS = ("support_manager", "panel_team")
"""Roles for which items wait to be read against the standards, and to be shared."""
AHEAD = timedelta(days=60)
"""How far sessions are looked at: further than what a session rests on stays open."""


async def today(frame: Frame, visit: Visit) -> Response:
    """Show what waits for the reader."""
    return await _shown(frame, visit, "")


async def today_group(frame: Frame, visit: Visit) -> Response:
    """Show one group in full."""
    group = visit.request.path_params["group"]
    if group not in views.GROUPS:
        raise NotThere
    return await _shown(frame, visit, group)


async def _shown(frame: Frame, visit: Visit, group: str) -> Response:
    ask, reader, role = frame.gateway, visit.signed_in.person, visit.signed_in.role
    concerns, sessions, rules, items, duties = await asyncio.gather(
        part(ask.matters(visit)),
        part(ask.sessions(visit, visit.today, visit.today + AHEAD)) if role == views.MEETS else _nothing(),
        part(ask.rules_lately(visit)),
        part(ask.waiting_items(visit)) if role in RECORDS else _nothing(),
        part(ask.duties(visit)),
    )
    asked = views.Asked(concerns, sessions, rules, {}, reader, items, role, duties)
    people = await part(ask.names_of(visit, views.people_in(asked, visit.today)))
    asked = replace(asked, names=people.answer if isinstance(people, Found) else {})
    return frame.rendering.page(visit, "today/today", views.build(asked, visit.now, visit.today, group))


async def _nothing() -> None:
    """Ask for nothing that is not this reader's to do: sessions to prepare, items to read and share."""
