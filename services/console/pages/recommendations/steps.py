"""The steps on a recommendation: a form for each, which is asked for and sent to at the same address."""

from dataclasses import replace
from uuid import uuid4

from starlette.responses import Response

from services.console.failures import NotDone, NotThere
from services.console.forms.answers import sent_in
from services.console.forms.asked import read
from services.console.frame import Frame
from services.console.pages.recommendations.reading import ask, name_of, shown
from services.console.requests import Visit
from services.console.views.asked import Asking
from services.console.views.recommendations import one as views
from services.console.views.recommendations import steps
from services.console.views.recommendations.asked import AskedRecommendation
from services.console.views.recommendations.writing import says_why
from services.console.words import words


async def recommendation_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step, or the recommendation with the reason why it isn't possible."""
    asked = await _asked(frame, visit)
    return _shown(frame, visit, asked, Asking(steps.form_of(_step(visit), asked)))


async def recommendation_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step and go back to its recommendation. If it is not made, show the form again, with the reason."""
    asked, step, gateway = await _asked(frame, visit), _step(visit), frame.gateway
    form = steps.form_sent(step, asked, visit.form)
    asking = Asking(form, read(form, visit.form), sent_in(visit.form))
    if asking.answers.faults:
        return _shown(frame, visit, asked, asking)
    make = {
        "check": gateway.check_recommendation,
        "share": gateway.share_recommendation,
        "approve": gateway.approve_recommendation,
        "submit": gateway.submit_recommendation,
        "withdraw": gateway.withdraw_recommendation,
        "say": gateway.say_to_recommendation,
    }[step]
    try:
        await make(visit, name_of(visit), asking.sent, asking.answers)
    except NotDone as problem:
        asked = await _asked(frame, visit)
        again = replace(asking, form=steps.form_of(step, asked), refusal=problem.refusal)
        return _shown(frame, visit, asked, again)
    address = visit.request.url.path.rpartition("/")[0]
    return frame.done(visit, address, step, visit.request.path_params["recommendation"])


async def my_recommendation_step(frame: Frame, visit: Visit) -> Response:
    """Show the form with which the reader says what they think."""
    return await recommendation_step(frame, visit)


async def my_recommendation_step_sent(frame: Frame, visit: Visit) -> Response:
    """Keep what the reader says of it."""
    return await recommendation_step_sent(frame, visit)


async def _asked(frame: Frame, visit: Visit) -> AskedRecommendation:
    _step(visit)
    return await ask(frame, visit)


def _shown(frame: Frame, visit: Visit, asked: AskedRecommendation, asking: Asking) -> Response:
    why = views.step_blocked(asked, asking.form.step)
    if why is None:
        raise NotThere
    if (why and asking.refusal is None and not asking.sent.request_id) or asking.is_over:
        said = says_why(asking) or (why, words("layout")["not_recorded"])
        return shown(frame, visit, asked, said)
    view = steps.build(asking, asked, str(uuid4()))
    return frame.rendering.page(visit, "layout/form", view, asking.status)


def _step(visit: Visit) -> str:
    step = str(visit.request.path_params["step"])
    if step not in steps.FIXED:
        raise NotThere
    return step
