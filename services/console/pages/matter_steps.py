"""The steps on a matter: a form for each, which is asked for and sent to at the same address."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from services.console.calls.evidence import NEWEST
from services.console.failures import NotDone, NotThere
from services.console.forms.answers import Sent, sent_in
from services.console.forms.steps import (
    ANSWERED_FOR,
    COPIES,
    OF_THE_RECORD,
    STEPS,
    StepForm,
    Typed,
    copy_sent,
    known_in,
    read,
    shown_as,
)
from services.console.frame import Frame
from services.console.pages.matters import ask, in_today, name_of, shown
from services.console.requests import Visit
from services.console.views.matter import step as views
from services.refusals import Kind


async def matter_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step, or the matter with the reason why the step is not possible."""
    form = _form_of(visit)
    came_from = in_today(visit.request.query_params.get("from", ""))
    return await _shown(frame, visit, came_from, views.AskedStep(form, Typed(), Sent("", "")), 200)


async def matter_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step and go back to its matter. If it is not made, show the form again, filled, with the reason."""
    form, came_from = _form_of(visit), in_today(visit.form.get("from", ""))
    typed, sent = read(form, visit.form), sent_in(visit.form)
    step = views.AskedStep(form, typed, sent, known=known_in(visit.form), copies=visit.form.get(COPIES, ""))
    if typed.faults:
        return await _shown(frame, visit, came_from, step, 422)
    try:
        answer = typed.answer(form, visit.record)
        make = frame.gateway.record if form.move in OF_THE_RECORD else frame.gateway.move
        copy = copy_sent(form, typed, sent, visit.form, visit.request.path_params["concern"])
        await make(visit, name_of(visit), form.move, copy, answer)
    except NotDone as problem:
        refused = replace(step, refusal=problem.refusal)
        is_wrong = problem.refusal.kind is Kind.INVALID and not views.is_stale(refused)
        return await _shown(frame, visit, came_from, refused, 422 if is_wrong else 409)
    way = f"?from={came_from}" if came_from else ""
    address = visit.request.url.path.rpartition("/")[0] + way
    return frame.done(visit, address, shown_as(form, visit.form), visit.request.path_params["concern"])


async def _shown(frame: Frame, visit: Visit, came_from: str, step: views.AskedStep, status: int) -> Response:
    asked, found = await asyncio.gather(ask(frame, visit, came_from, None), _offered(frame, visit, step.form.move))
    if not views.is_known(asked, step.form.move):
        raise NotThere
    if not views.is_possible(asked, step):
        return shown(frame, visit, asked, views.refused(asked, step, visit.today))
    if not step.sent.etag or views.is_stale(step):
        step = replace(step, sent=Sent(str(uuid4()), ""), copies="")
    view = views.build(asked, replace(step, offered=found), visit.today)
    return frame.rendering.page(visit, "matter/step", view, status)


async def _offered(frame: Frame, visit: Visit, move: str) -> Any:
    """Return the other matters, items or the plan that a step chooses from or is recorded in. Most steps have none."""
    if move == "merge":
        return await frame.gateway.raised(visit, visit.record)
    if move in ANSWERED_FOR:
        return await frame.gateway.plan_of(visit, visit.record)
    if move == "reopen":
        return await frame.gateway.items(visit, visit.record, most=NEWEST)
    return None


def _form_of(visit: Visit) -> StepForm:
    found = STEPS.get(visit.request.path_params["step"])
    if found is None:
        raise NotThere
    return found
