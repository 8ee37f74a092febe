"""The steps on an item of evidence: a form for each, which is asked for and sent to at the same address."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.failures import NotDone, NotThere
from services.console.forms import item_steps as forms
from services.console.forms.answers import Sent, sent_in
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views import item_step as views
from services.console.views.my_file.items import Voice, title_of
from services.console.views.parts import Away, Found
from services.refusals import Kind, Refusal


async def item_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step. One that the item does not allow as it stands is as if it were not there."""
    step = _step(visit)
    item, asked = await _asked(frame, visit, step, None)
    if step not in views.possible_steps(item, visit.signed_in.role):
        raise NotThere
    return frame.rendering.page(visit, "item/step", views.build(asked, visit.today))


async def item_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step and go back to its item. If it is not made, show the form again, filled, with the reason."""
    step = _step(visit)
    typed, sent = forms.read(step, visit.form), sent_in(visit.form)
    if typed.faults or typed.is_half:
        return await _again(frame, visit, step, replace_of(visit, typed, sent), 422 if typed.faults else 200)
    try:
        item = await frame.gateway.item(visit, _name(visit))
        made = await frame.gateway.change_item(visit, item, step, sent, typed.said)
    except NotDone as problem:
        is_wrong = problem.refusal.kind is Kind.INVALID and not views.is_stale(problem.refusal)
        again = replace_of(visit, typed, sent, problem.refusal)
        return await _again(frame, visit, step, again, 422 if is_wrong else 409)
    item_id = made.name.rpartition("/")[2]
    return frame.done(visit, f"{_path(visit).rpartition('/')[0]}/{item_id}", step, item_id)


def replace_of(visit: Visit, typed: forms.StepTyped, sent: Sent, refusal: Refusal | None = None) -> Mapping[str, Any]:
    """Return what a form that comes back has of the one that was sent."""
    stale = views.is_stale(refusal)
    return {
        "typed": typed,
        "values": visit.form,
        "refusal": refusal,
        "request_id": str(uuid4()) if stale or refusal else sent.request_id,
        "etag": "" if stale else sent.etag,
    }


async def _again(frame: Frame, visit: Visit, step: str, again: Mapping[str, Any], status: int) -> Response:
    _, asked = await _asked(frame, visit, step, again)
    return frame.rendering.page(visit, "item/step", views.build(asked, visit.today), status)


async def _asked(frame: Frame, visit: Visit, step: str, again: Mapping[str, Any] | None) -> tuple[Any, views.AskedStep]:
    ask, person = frame.gateway, visit.record
    item, names, editions = await asyncio.gather(
        ask.item(visit, _name(visit)),
        ask.names_of(visit, [person]),
        part(ask.standards(visit)) if step == "read" else _none(),
    )
    if person not in names:
        raise NotThere
    title = title_of(item, Voice("people", ""))
    asked = views.AskedStep(
        step, item, names[person], title, _path(visit), str(uuid4()), views.values_of(item, step, visit.today),
        editions=editions, shared=await _shared(frame, visit, item) if step == "share" else None,
    )  # fmt: skip
    return item, replace(asked, **again) if again else asked


async def _shared(frame: Frame, visit: Visit, item: Any) -> Any:
    """Return the item as it would be once it is shared; None if it can't be, or nobody says."""
    if item.HasField("shared_date"):
        return None
    try:
        found = await part(frame.gateway.change_item(visit, item, "share", Sent("", ""), {}))
    except NotDone:
        return None
    return found.answer if isinstance(found, Found) else None


async def _none() -> Away:
    return Away("rules")


def _step(visit: Visit) -> str:
    step = str(visit.request.path_params["step"])
    if step not in forms.STEPS or not forms.is_of(step, visit.signed_in.role):
        raise NotThere
    return step


def _name(visit: Visit) -> str:
    ids = visit.request.path_params
    return f"safeguarders/{ids['safeguarder']}/evidenceItems/{ids['item']}"


def _path(visit: Visit) -> str:
    ids = visit.request.path_params
    return f"/people/{ids['safeguarder']}/evidence/{ids['item']}"
