"""The forms that open a file in an emergency, close it, and review that."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from services.client.words import id_under
from services.console.failures import NotDone, NotThere
from services.console.forms.answers import sent_in
from services.console.forms.asked import AskedForm, read
from services.console.frame import Frame
from services.console.pages.access.reading import ask
from services.console.requests import Visit
from services.console.views.access import listed as views
from services.console.views.access import steps
from services.console.views.asked import Asking, refused
from services.console.views.parts import Found
from services.console.words import words


async def emergency_opening(frame: Frame, visit: Visit) -> Response:
    """Show the form that opens a file."""
    return _opening(frame, visit, Asking(steps.OPEN))


async def emergency_opened(frame: Frame, visit: Visit) -> Response:
    """Open a file to the reader. If it is not opened, show the form again, filled, with the reason."""
    gateway, asking = frame.gateway, Asking(steps.OPEN, read(steps.OPEN, visit.form), sent_in(visit.form))
    if asking.answers.faults:
        return _opening(frame, visit, asking)
    try:
        person = await gateway.file_meant(visit, asking.answers.text(steps.WHOSE))
        made: Any = await gateway.open_file(visit, person, asking.sent, asking.answers)
    except NotThere:
        # One sentence for a number that nobody has and for a file that is closed to the reader in an emergency too.
        wrong = replace(asking.answers, faults={steps.WHOSE: steps.NOT_FOUND})
        return _opening(frame, visit, replace(asking, answers=wrong))
    except NotDone as problem:
        return _opening(frame, visit, replace(asking, refusal=problem.refusal))
    return frame.done(visit, views.PATH, "open", id_under(made.name))


async def emergency_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step, or the list with the reason why it isn't possible."""
    return await _shown(frame, visit, Asking(_form_of(visit)))


async def emergency_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step and go back to the list. If it is not made, show the form again, filled, with the reason."""
    form, gateway = _form_of(visit), frame.gateway
    asking = Asking(form, read(form, visit.form), sent_in(visit.form))
    if asking.answers.faults:
        return await _shown(frame, visit, asking)
    make = {"close": gateway.close_file, "review": gateway.review_opening}[form.step]
    try:
        await make(visit, _name_of(visit), asking.sent, asking.answers)
    except NotDone as problem:
        return await _shown(frame, visit, replace(asking, refusal=problem.refusal))
    return frame.done(visit, views.PATH, form.step, visit.request.path_params["access"])


def _opening(frame: Frame, visit: Visit, asking: Asking) -> Response:
    return frame.rendering.page(visit, "layout/form", steps.opening(asking, str(uuid4())), asking.status)


async def _shown(frame: Frame, visit: Visit, asking: Asking) -> Response:
    """Show a form. There is no reading of one emergency access, so it is looked for on the list that leads to it."""
    answer, reader = await frame.gateway.emergency_accesses(visit), visit.signed_in
    access = next((one for one in answer.emergency_accesses if one.name == _name_of(visit)), None)
    why = views.step_blocked(access, asking.form.step, reader.person, reader.role) if access else None
    if why is None:
        raise NotThere
    asked = await ask(frame, visit, Found(answer))
    if why or asking.is_over:
        says = refused(asking, views.FOLDER) or (why, words("layout")["not_recorded"])
        view = views.build(asked, visit.now, visit.today, says=says)
        return frame.rendering.page(visit, "access/list", view, 409)
    form = steps.build(asking, access, asked, str(uuid4()))
    return frame.rendering.page(visit, "layout/form", form, asking.status)


def _name_of(visit: Visit) -> str:
    return f"{visit.record}/emergencyAccesses/{visit.request.path_params['access']}"


def _form_of(visit: Visit) -> AskedForm:
    found = steps.STEPS.get(visit.request.path_params["step"])
    if found is None:
        raise NotThere
    return found
