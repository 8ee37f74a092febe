"""The lists of sessions, one session, its papers to prepare with, and its calendar file."""

import asyncio
from datetime import timedelta

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.frame import Frame
from services.console.pages.sessions import asking
from services.console.requests import Visit
from services.console.views.form import Notice
from services.console.views.parts import Found
from services.console.views.people.frame import AskedPerson
from services.console.views.sessions import lists, one, sheet

AHEAD, BEHIND = timedelta(days=400), timedelta(days=60)
"""How far the list of all sessions looks ahead, and back for what nobody has recorded."""


async def diary(frame: Frame, visit: Visit) -> Response:
    """Show all sessions to come of the people whom the reader meets."""
    ask = frame.gateway
    answer = await ask.sessions(visit, visit.today - BEHIND, visit.today + AHEAD)
    known = await part(ask.names_of(visit, lists.people_of(answer)))
    view = lists.build_diary(answer, known, visit.signed_in.person, visit.now, visit.today)
    return frame.rendering.page(visit, "sessions/diary", view)


async def person_sessions(frame: Frame, visit: Visit) -> Response:
    """Show the sessions of one person, and what is owed in their year."""
    ask, person = frame.gateway, asking.record_about(visit)
    answer, year, records, known = await asyncio.gather(
        ask.sessions_of(visit, person),
        part(ask.year_of(visit, person)),
        part(ask.records_of(visit, person)),
        asking.known_as(frame, visit),
    )
    about = AskedPerson(person, known, Found(answer))
    view = lists.build_list(answer, year, records, about, visit.now, visit.today)
    return frame.rendering.page(visit, "sessions/list", view)


async def person_session(frame: Frame, visit: Visit) -> Response:
    """Show one session, and the steps on it."""
    return await shown(frame, visit)


async def shown(frame: Frame, visit: Visit, notice: Notice | None = None) -> Response:
    """Return the page of a session, with what the reader has done just before, or why a step was not made."""
    asked, reader = await asking.session(frame, visit)
    done = "" if notice else visit.told(visit.request.path_params["session"])
    view = one.build(asked, reader, visit.now, visit.today, done, notice)
    return frame.rendering.page(visit, "sessions/session", view, 409 if notice else 200)


async def person_sheet(frame: Frame, visit: Visit) -> Response:
    """Show everything to speak of at a session. It can be printed."""
    asked, reader = await asking.sheet(frame, visit)
    view = sheet.build(asked, reader, visit.now, visit.today)
    return frame.rendering.page(visit, "sessions/sheet", view)


async def person_calendar(frame: Frame, visit: Visit) -> Response:
    """Answer with the calendar file of a session. No name of a person is in its name or its title."""
    file = await frame.gateway.calendar_of(visit, asking.session_name(visit))
    headers = {"content-disposition": f'attachment; filename="{file.file_name}"'}
    return Response(file.content, media_type=file.content_type, headers=headers)
