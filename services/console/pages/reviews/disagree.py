"""A Safeguarder disagrees with something: they choose what, say why, and somebody senior looks at it."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from services.client.words import id_under
from services.console.calls.caller import part
from services.console.failures import NotDone, NotThere
from services.console.forms.answers import sent_in
from services.console.forms.asked import read
from services.console.frame import Frame
from services.console.pages.my_file.start import own_record
from services.console.pages.reviews.reading import target_of
from services.console.requests import Visit
from services.console.views.asked import Asking
from services.console.views.reviews import disagree as views


async def my_disagreement(frame: Frame, visit: Visit) -> Response:
    """Show what the reader can disagree with."""
    ask, person = frame.gateway, own_record(visit)
    found = await asyncio.gather(
        part(ask.items(visit, person)),
        part(ask.raised(visit, person)),
        part(ask.records_of(visit, person)),
        part(ask.plan_of(visit, person)),
    )
    return frame.rendering.page(visit, "reviews/disagree", views.choose(views.AskedChoice(*found), visit.now))


async def my_disagreement_with(frame: Frame, visit: Visit) -> Response:
    """Show the form that asks for a review of one thing."""
    return await _shown(frame, visit, Asking(views.FORM))


async def my_disagreement_sent(frame: Frame, visit: Visit) -> Response:
    """Ask for a review, and go to its page. If it isn't taken, show the form again, filled, with the reason."""
    kind, part_id = _named(visit)
    asking = Asking(views.FORM, read(views.FORM, visit.form), sent_in(visit.form))
    if asking.answers.faults:
        return await _shown(frame, visit, asking)
    target = views.name_of(kind, own_record(visit), part_id)
    try:
        made: Any = await frame.gateway.ask_for_review(visit, target, asking.sent, asking.answers)
    except NotDone as problem:
        return await _shown(frame, visit, replace(asking, refusal=problem.refusal))
    review = id_under(made.name)
    return frame.done(visit, f"/my-file/reviews/{review}", "disagree", review)


async def _shown(frame: Frame, visit: Visit, asking: Asking) -> Response:
    kind, part_id = _named(visit)
    target = views.name_of(kind, own_record(visit), part_id)
    found = await target_of(frame, visit, views.COLLECTIONS[kind][0], target, None)
    if found is None and kind in views.SHOWN:
        raise NotThere
    view = views.build(asking, kind, part_id, found, str(uuid4()))
    return frame.rendering.page(visit, "layout/form", view, asking.status)


def _named(visit: Visit) -> tuple[str, str]:
    ids = visit.request.path_params
    if ids["kind"] not in views.COLLECTIONS:
        raise NotThere
    return ids["kind"], ids["part"]
