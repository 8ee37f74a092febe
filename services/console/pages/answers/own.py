"""A Safeguarder answers what waits for them: a support, a change of approach, a matter, an invitation to share."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.failures import NotDone, NotThere
from services.console.forms.answers import sent_in
from services.console.forms.asked import AskedForm, read
from services.console.forms.own_answers import OWN
from services.console.frame import Frame
from services.console.pages.my_file.start import MINE, own_record
from services.console.requests import Visit
from services.console.views.answers import own as views
from services.console.views.asked import Asking
from services.console.views.parts import Found

COLLECTIONS = {"supports": "supports", "approach-changes": "approachChanges", "matters": "concerns"}


async def my_answer(frame: Frame, visit: Visit) -> Response:
    """Show what waits for an answer, with the form for it."""
    return await _shown(frame, visit, Asking(_form_of(visit)))


async def my_answer_sent(frame: Frame, visit: Visit) -> Response:
    """Send an answer and go back to *My file*. If it isn't taken, show the form again, filled, with the reason."""
    form = _form_of(visit)
    asking = Asking(form, read(form, visit.form), sent_in(visit.form))
    if asking.answers.faults:
        return await _shown(frame, visit, asking)
    ask = frame.gateway
    send = {
        "support": ask.answer_support,
        "received": ask.confirm_support,
        "approach": ask.acknowledge_approach,
        "view": ask.give_view,
        "invitation": ask.answer_invitation,
    }[form.step]
    try:
        await send(visit, _name(visit), asking.sent, asking.answers)
    except NotDone as problem:
        return await _shown(frame, visit, replace(asking, refusal=problem.refusal))
    return frame.done(visit, "/my-file", form.step, MINE)


async def _shown(frame: Frame, visit: Visit, asking: Asking) -> Response:
    asked = await _ask(frame, visit)
    view = views.build(asking, asked, str(uuid4()), visit.today)
    return frame.rendering.page(visit, "layout/form", view, asking.status)


async def _ask(frame: Frame, visit: Visit) -> views.Asked:
    """Return what the services say of what waits.

    Raises:
        NotThere: there is no such thing on the reader's file.
    """
    ask, person, name = frame.gateway, own_record(visit), _name(visit)
    if "/concerns/" in name:
        concern, plan = await asyncio.gather(ask.matter(visit, name), part(ask.plan_of(visit, person)))
        return views.Asked(concern, plan, None)
    plan, concerns = await asyncio.gather(ask.plan_of(visit, person), part(ask.raised(visit, person)))
    return views.Asked(_found(plan, name), Found(plan), concerns)


def _found(plan: Any, name: str) -> Any:
    for one in (*plan.supports, *plan.approach_changes):
        if one.name == name:
            return one
    raise NotThere


def _form_of(visit: Visit) -> AskedForm:
    ids = visit.request.path_params
    found = OWN.get((ids["kind"], ids["step"]))
    if found is None:
        raise NotThere
    return found


def _name(visit: Visit) -> str:
    ids = visit.request.path_params
    return f"{own_record(visit)}/{COLLECTIONS[ids['kind']]}/{ids['part']}"
