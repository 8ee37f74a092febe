"""What is on a Safeguarder's own file, for them to read: evidence, what was raised, sessions and training."""

import asyncio
from dataclasses import replace

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.frame import Frame
from services.console.pages.my_file.start import own_record
from services.console.pages.plan.pages import told
from services.console.requests import Visit
from services.console.views.matter import lines as matter_lines
from services.console.views.matter import page as matter_views
from services.console.views.my_file import items, matters, sessions
from services.console.views.parts import Found
from services.console.views.plan import whole


async def my_evidence(frame: Frame, visit: Visit) -> Response:
    """Show every item on the reader's file."""
    ask, person = frame.gateway, own_record(visit)
    answer, editions = await asyncio.gather(ask.items(visit, person), part(ask.standards(visit)))
    view = items.build_list(answer, editions, visit.now, visit.today)
    return frame.rendering.page(visit, "my_file/evidence", view)


async def my_matters(frame: Frame, visit: Visit) -> Response:
    """Show everything that was raised about the reader, praise first."""
    ask, person = frame.gateway, own_record(visit)
    answer = await ask.raised(visit, person, ended=True)
    people = await part(ask.called(visit, list(dict.fromkeys(matters.owners_of(Found(answer))))))
    view = matters.build_list(answer, people, visit.now, visit.today)
    return frame.rendering.page(visit, "my_file/matters", view)


async def my_matter(frame: Frame, visit: Visit) -> Response:
    """Show one matter about the reader, as their support manager reads it."""
    ask, ids = frame.gateway, visit.request.path_params
    concern, rules = await asyncio.gather(
        ask.matter(visit, f"{own_record(visit)}/concerns/{ids['concern']}"), part(ask.rules_lately(visit))
    )
    people, items = await asyncio.gather(
        part(ask.called(visit, matter_views.people_in(concern))),
        part(ask.items_named(visit, own_record(visit), matter_lines.items_of(concern.explanation))),
    )
    about = Found({own_record(visit): visit.signed_in.name})
    reader = visit.signed_in
    asked = matter_views.AskedMatter(concern, rules, about, people, reader.person, role=reader.role, items=items)
    return frame.rendering.page(visit, "my_file/matter", matters.build_one(asked, visit.now, visit.today))


async def my_sessions(frame: Frame, visit: Visit) -> Response:
    """Show the reader's sessions, their year, and the records that were shared with them."""
    ask, person = frame.gateway, own_record(visit)
    answer, year, records = await asyncio.gather(
        ask.sessions_of(visit, person), part(ask.year_of(visit, person)), part(ask.records_of(visit, person))
    )
    people = await part(ask.called(visit, sessions.managers_of(answer)))
    asked = sessions.Asked(answer, year, records, people)
    return frame.rendering.page(visit, "my_file/sessions", sessions.build(asked, visit.now, visit.today))


async def my_plan(frame: Frame, visit: Visit) -> Response:
    """Show the reader's development plan."""
    ask = frame.gateway
    answer, editions, reviews = await asyncio.gather(
        ask.plan_of(visit, own_record(visit)),
        part(ask.standards(visit)),
        part(ask.action_reviews_of(visit, own_record(visit))),
    )
    view = whole.build(whole.AskedPlan(answer, editions, reviews), visit.now, visit.today)
    view = replace(view, told=told(visit))
    return frame.rendering.page(visit, "my_file/plan", view)
