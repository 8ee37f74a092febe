"""The steps on a review request: a form for each, which is asked for and sent to at the same address."""

from dataclasses import replace
from uuid import uuid4

from starlette.responses import Response

from services.console.failures import NotDone, NotThere
from services.console.forms.answers import sent_in
from services.console.forms.asked import AskedForm, read
from services.console.frame import Frame
from services.console.pages.reviews.reading import ask, name_of, shown
from services.console.requests import Visit
from services.console.views.asked import Asking, refused
from services.console.views.reviews import request as views
from services.console.views.reviews import steps
from services.console.views.reviews.target import FOLDER
from services.console.words import words


async def review_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step, or the request with the reason why it isn't possible."""
    return await _shown(frame, visit, Asking(_form_of(visit)))


async def review_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step and go back to its request. If it is not made, show the form again, filled, with the reason."""
    form = _form_of(visit)
    asking = Asking(form, read(form, visit.form), sent_in(visit.form))
    if asking.answers.faults:
        return await _shown(frame, visit, asking)
    gateway = frame.gateway
    make = {
        "accept": gateway.accept_review,
        "assign": gateway.assign_review,
        "statement": gateway.state_in_review,
        "decide": gateway.decide_review,
        "withdraw": gateway.withdraw_review,
    }[form.step]
    try:
        await make(visit, name_of(visit), asking.sent, asking.answers)
    except NotDone as problem:
        return await _shown(frame, visit, replace(asking, refusal=problem.refusal))
    address = visit.request.url.path.rpartition("/")[0]
    return frame.done(visit, address, form.step, visit.request.path_params["review"])


async def my_review_step(frame: Frame, visit: Visit) -> Response:
    """Show the form with which the reader takes their request back."""
    return await review_step(frame, visit)


async def my_review_step_sent(frame: Frame, visit: Visit) -> Response:
    """Take the reader's request back."""
    return await review_step_sent(frame, visit)


async def _shown(frame: Frame, visit: Visit, asking: Asking) -> Response:
    asked = await ask(frame, visit)
    why = views.step_blocked(asked, asking.form.step, visit.today)
    if why is None:
        raise NotThere
    if why or asking.is_over:
        said = refused(asking, FOLDER) or (why, words("layout")["not_recorded"])
        return shown(frame, visit, asked, said)
    view = steps.build(asking, asked, str(uuid4()))
    return frame.rendering.page(visit, "layout/form", view, asking.status)


def _form_of(visit: Visit) -> AskedForm:
    found = steps.STEPS.get(visit.request.path_params["step"])
    if found is None:
        raise NotThere
    return found
