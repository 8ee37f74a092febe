"""Leave and suspensions of one person, for the Team and for the person, and the steps on them."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from services.console.calls.record_steps import request_of
from services.console.failures import NotDone, NotThere
from services.console.forms.answers import sent_in
from services.console.forms.asked import RecordStep, read
from services.console.forms.away.steps import STEPS, WHOLE
from services.console.frame import Frame
from services.console.pages.people.file import ask_person
from services.console.pages.sessions import asking
from services.console.requests import Visit
from services.console.views.asked import Asking
from services.console.views.away import overlays as views
from services.console.views.people.frame import frame_of


async def person_away(frame: Frame, visit: Visit) -> Response:
    """Show when somebody is away."""
    ask, person = frame.gateway, asking.record_about(visit)
    answer, about = await asyncio.gather(ask.overlays_of(visit, person), ask_person(frame, visit))
    reader = asking.reader_of(visit, about.entry)
    view = replace(views.build(answer, reader, visit.told("away")), person=frame_of(about, "away", visit.today))
    return frame.rendering.page(visit, "away/person", view)


async def my_away(frame: Frame, visit: Visit) -> Response:
    """Show when the reader is away."""
    answer = await frame.gateway.overlays_of(visit, asking.record_about(visit))
    reader = asking.reader_of(visit, asking.NOT_ASKED)
    return frame.rendering.page(visit, "away/own", views.build(answer, reader, visit.told("away")))


async def person_away_begin(frame: Frame, visit: Visit) -> Response:
    """Show the form on which a leave or a suspension begins."""
    return await _shown(frame, visit, None)


async def person_away_begin_sent(frame: Frame, visit: Visit) -> Response:
    """Begin a leave or a suspension."""
    return await _sent(frame, visit)


async def my_away_begin(frame: Frame, visit: Visit) -> Response:
    """Show the form on which the reader asks for leave."""
    return await _shown(frame, visit, None)


async def my_away_begin_sent(frame: Frame, visit: Visit) -> Response:
    """Ask for leave."""
    return await _sent(frame, visit)


async def person_away_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step on a leave or a suspension."""
    return await _shown(frame, visit, None)


async def person_away_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step on a leave or a suspension."""
    return await _sent(frame, visit)


async def _sent(frame: Frame, visit: Visit) -> Response:
    """Make a step, and go back to the list. If it is not made, show the form again, filled, with the reason."""
    known = await frame.gateway.overlays_of(visit, asking.record_about(visit))
    step, overlay = _step(visit, known)
    asked = Asking(step.form, read(step.form, visit.form), sent_in(visit.form))
    if asked.answers.faults:
        return await _shown(frame, visit, asked)
    name = asking.record_about(visit) if overlay is None else overlay.name
    try:
        await frame.gateway.change_overlay(visit, step, request_of(name, step, asked.sent, asked.answers))
    except NotDone as problem:
        return await _shown(frame, visit, replace(asked, refusal=problem.refusal))
    return frame.done(visit, visit.request.url.path.partition("/away/")[0] + "/away", step.name, "away")


async def _shown(frame: Frame, visit: Visit, asked: Asking | None) -> Response:
    """Show the form of a step, as it was opened or as it comes back. `asked`: None for one that is opened.

    Raises:
        NotThere: there is no such leave or suspension, or the reader can't make the step on it. Both look the same.
    """
    known, entry = await asyncio.gather(
        frame.gateway.overlays_of(visit, asking.record_about(visit)), asking.known_as(frame, visit)
    )
    step, overlay = _step(visit, known)
    role = visit.signed_in.role
    possible = views.of_whole(known, role) if overlay is None else views.of_one(overlay, role)
    if (asked is None or asked.refusal is None) and step.step not in possible:
        raise NotThere
    asking_now = asked or Asking(step.form)
    view = views.form_page(step, asking_now, overlay, asking.reader_of(visit, entry), str(uuid4()), visit.today)
    return frame.rendering.page(visit, "layout/form", view, asking_now.status)


def _step(visit: Visit, known: Any) -> tuple[RecordStep, Any]:
    """Return the step in the address, and the leave or suspension that it is on; None where one begins."""
    ids, overlay, kind = visit.request.path_params, None, WHOLE
    if "one" in ids:
        name = f"{asking.record_about(visit)}/overlays/{ids['one']}"
        overlay = next((one for one in known.overlays if one.name == name), None)
        kind = views.kind_of(overlay) if overlay is not None else ""
    found = STEPS.get((kind, ids["step"]))
    if found is None:
        raise NotThere
    return found, overlay
