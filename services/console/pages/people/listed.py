"""The list of people, and the search among them."""

import asyncio

from starlette.responses import Response

from services.calendar_days import months_later
from services.console.addresses.roles import OPENS_FILES
from services.console.calls.caller import part
from services.console.forms.answers import words_in
from services.console.frame import Frame
from services.console.pages.people.file import limits_in
from services.console.requests import Visit
from services.console.views.people import listed, search
from services.console.views.people.choices import Limits

YEAR = 12
"""Months in which a next session is looked for: one without a session in them has none that is planned."""


async def people(frame: Frame, visit: Visit) -> Response:
    """Show the people whom the reader may see, in order of name."""
    ask, limits, today = frame.gateway, _limits(visit), visit.today
    ends = limits.chosen.get("ends")
    ends_before = months_later(today, int(ends)) if ends else None
    has_others = visit.signed_in.role != "support_manager"
    register, sessions, managers = await asyncio.gather(
        ask.register(visit, limits.chosen.get("manager", ""), ends_before, limits.page),
        part(ask.sessions(visit, today, months_later(today, YEAR))),
        part(ask.support_managers(visit)) if has_others else _nobody(),
    )
    view = listed.build(listed.Asked(register, sessions, managers, limits), visit.now, today)
    return frame.rendering.page(visit, "people/people", view)


async def search_people(frame: Frame, visit: Visit) -> Response:
    """Show the field."""
    return frame.rendering.page(visit, "people/search", search.build())


async def search_sent(frame: Frame, visit: Visit) -> Response:
    """Show whom a text means. It was sent as a form, so that no address and no log holds it."""
    text, fault = words_in(visit.form, search.TEXT, search.MOST)
    if fault:
        return frame.rendering.page(visit, "people/search", search.build(text, fault), 422)
    answer = await frame.gateway.found(visit, text)
    opens_files = visit.signed_in.role in OPENS_FILES and not answer.found
    view = search.build_found(text, answer, visit.today, opens_files=opens_files)
    return frame.rendering.page(visit, "people/search", view)


def _limits(visit: Visit) -> Limits:
    """Return what the list is limited to. What no form of ours sends limits nothing."""
    limits = limits_in(visit, ("ends",) if visit.signed_in.role == "support_manager" else ("manager", "ends"))
    if limits.chosen.get("ends", "") in ("", *listed.MONTHS):
        return limits
    return Limits({name: value for name, value in limits.chosen.items() if name != "ends"}, limits.page)


async def _nobody() -> None:
    """Ask for nobody, where another reader can choose between managers."""
