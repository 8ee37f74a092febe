"""The file of one person. Whom the services do not let see it gets the page that says there is none."""

import asyncio
from collections.abc import Iterable

from starlette.responses import RedirectResponse, Response

from services.console.calls.caller import part
from services.console.failures import NotThere
from services.console.forms.answers import ID
from services.console.frame import Frame
from services.console.pages.recording.questions import OF_STAFF
from services.console.requests import Visit
from services.console.views import item_step
from services.console.views.my_file.matters import owners_of
from services.console.views.parts import Found
from services.console.views.people import items, matters, overview
from services.console.views.people.choices import Limits
from services.console.views.people.frame import AskedPerson
from services.platform.calls.pages import DEFAULT_SIZE


async def ask_person(frame: Frame, visit: Visit) -> AskedPerson:
    """Return what every page of a file asks: who it is, and the sessions to come. It makes two calls at once."""
    ask, record = frame.gateway, visit.record
    entry, sessions = await asyncio.gather(
        part(ask.entry(visit, record)), part(ask.sessions_of(visit, record, upcoming=True))
    )
    return AskedPerson(record, entry, sessions)


async def person(frame: Frame, visit: Visit) -> Response:
    """Show the overview of a person. A Safeguarder is led to their own file from the address of their record."""
    if visit.signed_in.role == "safeguarder":
        if visit.request.path_params["safeguarder"] != visit.signed_in.subject:
            raise NotThere
        return RedirectResponse("/my-file", 303)
    ask, record = frame.gateway, visit.record
    entry, sessions, year, concerns, standing = await asyncio.gather(
        ask.entry(visit, record),
        part(ask.sessions_of(visit, record)),
        part(ask.year_of(visit, record)),
        part(ask.raised(visit, record)),
        part(ask.standing(visit, record)),
    )
    about, reader = AskedPerson(record, Found(entry), sessions), visit.signed_in
    asked = overview.Asked(about, year, concerns, standing, reader.person, reader.name)
    return frame.rendering.page(visit, "people/overview", overview.build(asked, visit.now, visit.today))


async def person_evidence(frame: Frame, visit: Visit) -> Response:
    """Show the items on a file, a page at a time, limited as the address says."""
    ask, record = frame.gateway, visit.record
    limits = limits_in(visit, items.LIMITS)
    about, answer, editions = await asyncio.gather(
        ask_person(frame, visit),
        ask.items(visit, record, most=DEFAULT_SIZE, page=limits.page, **limits.chosen),
        part(ask.standards(visit)),
    )
    view = items.build_list(about, items.AskedItems(answer, editions), limits, visit.now, visit.today)
    if visit.acts_as in OF_STAFF:
        view = items.with_recording(view, f"{about.address}/evidence/new")
    if visit.acts_as == "panel_team":
        view = items.with_asking(view, f"{about.address}/feedback-link")
    return frame.rendering.page(visit, "people/evidence", view)


def limits_in(visit: Visit, names: Iterable[str]) -> Limits:
    """Return what a list is limited to. What is no id and no word of a closed list limits nothing."""
    asked = visit.request.query_params
    chosen = {name: asked[name] for name in names if ID.fullmatch(asked.get(name, ""))}
    return Limits(chosen, asked.get("page", ""))


async def person_item(frame: Frame, visit: Visit) -> Response:
    """Show one item."""
    ask, ids = frame.gateway, visit.request.path_params
    name = f"safeguarders/{ids['safeguarder']}/evidenceItems/{ids['item']}"
    about, item, editions = await asyncio.gather(
        ask_person(frame, visit), ask.item(visit, name), part(ask.standards(visit))
    )
    view = items.build_one(about, item, editions, visit.now, visit.today)
    role, path = visit.acts_as, f"{about.address}/evidence/{ids['item']}"
    told = item_step.told(visit.told(ids["item"]), item, role, about.name, path)
    view = items.with_steps(view, item_step.steps_of(item, role, about.name, path), told)
    return frame.rendering.page(visit, "people/item", view)


async def person_matters(frame: Frame, visit: Visit) -> Response:
    """Show what was raised about a person."""
    ask, record = frame.gateway, visit.record
    about, answer = await asyncio.gather(ask_person(frame, visit), ask.raised(visit, record, ended=True))
    people = await part(ask.called(visit, list(dict.fromkeys(owners_of(Found(answer))))))
    view = matters.build(about, answer, people, visit.now, visit.today)
    return frame.rendering.page(visit, "people/matters", view)
