"""The rules, open to everybody who is signed in: what each one asks, its numbers, and what changes on a date."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.failures import NotThere
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views import rules as views

Shows = Callable[[Frame, Visit], Awaitable[Response]]


async def rules(frame: Frame, visit: Visit) -> Response:
    """Show every rule in force, by what it is for."""
    ask = frame.gateway
    answer, editions, plan = await asyncio.gather(
        ask.rules(visit, full=True), part(ask.standards(visit)), part(ask.rulebook_plan(visit))
    )
    return frame.rendering.page(visit, "rules/rules", views.build_list(answer, editions, plan, visit.now))


async def rule(frame: Frame, visit: Visit) -> Response:
    """Show one rule as it is today."""
    return await _rule(frame, visit, None)


async def rule_at(frame: Frame, visit: Visit) -> Response:
    """Show one rule as it is on a day."""
    try:
        day = date.fromisoformat(visit.request.path_params["day"])
    except ValueError:
        raise NotThere from None
    return await _rule(frame, visit, day)


async def _rule(frame: Frame, visit: Visit, day: date | None) -> Response:
    ask = frame.gateway
    answer, editions, plan, numbers, notes = await asyncio.gather(
        ask.rules(visit, day, full=True),
        part(ask.standards(visit)),
        part(ask.rulebook_plan(visit)),
        part(ask.numbers(visit)),
        part(ask.practice_notes(visit, day)),
    )
    asked = views.AskedRules(answer, editions, plan, numbers, notes, visit.signed_in.role == "policy_editor")
    found = views.build_one(visit.request.path_params["rule"], asked, visit.now, day)
    if found is None:
        raise NotThere
    return frame.rendering.page(visit, "rules/rule", found)
