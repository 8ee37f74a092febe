"""A development plan for the Team, and the steps on its parts for both sides."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.failures import NotDone, NotThere
from services.console.forms import plan as forms
from services.console.forms.answers import Sent, sent_in
from services.console.frame import Frame
from services.console.pages.people.file import ask_person
from services.console.pages.sessions import asking
from services.console.requests import Visit
from services.console.views.form import Told
from services.console.views.my_file import plan as views
from services.console.views.people.frame import frame_of, heading_of
from services.console.views.plan import steps
from services.console.words import words


async def person_plan(frame: Frame, visit: Visit) -> Response:
    """Show somebody's development plan, as they read it themselves."""
    ask, person = frame.gateway, asking.record_about(visit)
    answer, editions, about = await asyncio.gather(
        ask.plan_of(visit, person), part(ask.standards(visit)), ask_person(frame, visit)
    )
    view = views.build(answer, editions, visit.now, visit.today, _plan_reader(visit))
    around = frame_of(about, "plan", visit.today)
    view = replace(view, heading=heading_of("plan"), person=around, told=told(visit))
    return frame.rendering.page(visit, "plan/plan", view)


def told(visit: Visit) -> Told | None:
    """Return what the reader has just done to the plan."""
    said = words("plan")["told"]
    done = visit.told("plan")
    return Told(said[done]) if done in said else None


async def person_plan_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step on an action or a support."""
    return await _form(frame, visit, forms.Typed(), Sent(str(uuid4()), ""), None, 200)


async def person_plan_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step, and go back to the plan. If it is not made, show the form again, filled, with the reason."""
    step, sent = _step(visit), sent_in(visit.form)
    typed = forms.read(step, visit.form)
    if typed.faults:
        return await _form(frame, visit, typed, sent, None, 422)
    try:
        await frame.gateway.change_plan(visit, _name(visit), step, sent, typed)
    except NotDone as problem:
        again = Sent(str(uuid4()), "" if steps.is_stale(problem.refusal) else sent.etag)
        status = 422 if steps.is_mendable(problem.refusal) else 409
        return await _form(frame, visit, typed, again, problem.refusal, status)
    return frame.done(visit, visit.request.url.path.partition("/plan/")[0] + "/plan", step.name, "plan")


async def _form(frame: Frame, visit: Visit, typed: forms.Typed, sent: Sent, refusal: Any, status: int) -> Response:
    ask, step = frame.gateway, _step(visit)
    answer, editions, known = await asyncio.gather(
        ask.plan_of(visit, asking.record_about(visit)), part(ask.standards(visit)), asking.known_as(frame, visit)
    )
    found = next((one for one in (*answer.actions, *answer.supports) if one.name == _name(visit)), None)
    reader = _plan_reader(visit)
    possible = {"action": views.action_steps, "support": views.support_steps}[step.kind]
    # A form that was sent comes back with its words, also if the step isn't possible any more.
    if found is None or (refusal is None and step.step not in possible(found, reader.role)):
        raise NotThere
    asked = steps.AskedStep(step, found, typed, sent, refusal)
    name = None if reader.role == views.OWN else asking.reader_of(visit, known).banner
    return frame.rendering.page(visit, "plan/step", steps.build(asked, reader, name, editions, visit.today), status)


def _plan_reader(visit: Visit) -> views.PlanReader:
    role = visit.signed_in.role
    if role == views.OWN:
        return views.PlanReader(words("my_file"), "/my-file/plan", role)
    return views.PlanReader(words("plan"), f"/people/{visit.request.path_params['safeguarder']}/plan", role)


def _step(visit: Visit) -> forms.PlanStep:
    ids = visit.request.path_params
    found = forms.STEPS.get((ids["kind"].removesuffix("s"), ids["step"]))
    if found is None or not ids["kind"].endswith("s"):
        raise NotThere
    return found


def _name(visit: Visit) -> str:
    ids = visit.request.path_params
    return f"{asking.record_about(visit)}/{ids['kind']}/{ids['one']}"
