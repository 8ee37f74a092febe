"""The steps on a session. Each form is asked for and sent to at the same address."""

from dataclasses import replace
from uuid import uuid4

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.failures import NotDone, NotThere
from services.console.forms import sessions as forms
from services.console.forms.answers import Sent, sent_in
from services.console.frame import Frame
from services.console.pages.sessions import asking
from services.console.pages.sessions.reading import shown
from services.console.requests import Visit
from services.console.views.parts import Found
from services.console.views.sessions import one
from services.console.views.sessions import steps as views

OWN_ITEM = "own-item"
IN_RECORD = {"attendance": "record/attendance"}
"""Steps whose form stands among the parts of the record."""


async def person_session_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step, or the session with the reason why the step isn't possible."""
    return await form_of(frame, visit, _step(visit))


async def person_session_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step, and go back to the session. If it is not made, show the form again, filled, with the reason."""
    return await sent_to(frame, visit, _step(visit))


async def attendance(frame: Frame, visit: Visit) -> Response:
    """Show the form on who was there."""
    return await form_of(frame, visit, "attendance")


async def attendance_sent(frame: Frame, visit: Visit) -> Response:
    """Record who was there."""
    return await sent_to(frame, visit, "attendance")


async def form_of(frame: Frame, visit: Visit, step: str) -> Response:
    """Show the empty form of a step."""
    asked = views.AskedForm(step, forms.Typed(), Sent(str(uuid4()), ""))
    return await _form(frame, visit, asked, 200)


async def sent_to(frame: Frame, visit: Visit, step: str) -> Response:
    """Take the form of a step."""
    is_own = visit.signed_in.role == "safeguarder"
    asked = views.AskedForm(step, forms.read(step, visit.form, is_own=is_own), sent_in(visit.form))
    if asked.typed.faults:
        return await _form(frame, visit, asked, 422)
    name = asking.session_name(visit)
    try:
        made = await _made(frame, visit, name, asked)
    except NotDone as problem:
        if not views.is_mendable(problem.refusal):
            return await shown(frame, visit, views.why_not(problem.refusal, ""))
        again = Sent(str(uuid4()), "")
        return await _form(frame, visit, views.AskedForm(step, asked.typed, again, problem.refusal), 422)
    # A session that is moved leaves its place to a new one, and that is where one reads on.
    base = visit.request.url.path.partition("/sessions/")[0]
    return frame.done(visit, f"{base}/sessions/{made}", step.replace("-", "_"), made)


async def _made(frame: Frame, visit: Visit, name: str, asked: views.AskedForm) -> str:
    """Make a step, and return the id of the session at which one reads on.

    Raises:
        NotDone: the service refused it, and says why.
    """
    if asked.step == OWN_ITEM:
        await frame.gateway.add_own_item(visit, name, asked.typed.words, asked.sent.request_id)
        return str(visit.request.path_params["session"])
    answer = await frame.gateway.arrange(visit, name, asked.step, asked.sent, forms.fields_of(asked.step, asked.typed))
    return str(answer.name.rpartition("/")[2])


async def _form(frame: Frame, visit: Visit, asked: views.AskedForm, status: int) -> Response:
    found, reader = await asking.for_step(frame, visit)
    possible = one.steps(found, reader, visit.now)
    step = IN_RECORD.get(asked.step, asked.step)
    if step not in possible:
        raise NotThere
    if possible[step]:
        return await shown(frame, visit, views.why_not(asked.refusal, possible[step]))
    if asked.step == "move":
        times = await part(frame.gateway.times_for(visit, asking.session_name(visit)))
        asked = replace(asked, times=times.answer if isinstance(times, Found) else ())
    view = views.build(found.session, asked, reader, visit.today)
    return frame.rendering.page(visit, "sessions/step", view, status)


def _step(visit: Visit) -> str:
    step = str(visit.request.path_params["step"])
    if step not in ("confirm", "move", "cancel", OWN_ITEM):
        raise NotThere
    return step
