"""The Team's pages about feedback links."""

from uuid import uuid4

from starlette.responses import Response

from services.console.failures import NotDone, NotThere
from services.console.forms.answers import ID, Sent, sent_in
from services.console.forms.feedback.links import INSTEAD, TypedLink, read_link
from services.console.forms.team import request_id_for
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views.feedback import links as views

SENT = "FEEDBACK_SENT"


async def feedback_links(frame: Frame, visit: Visit) -> Response:
    """Show the links, the newest first."""
    answer = await frame.gateway.feedback_links(visit, visit.request.query_params.get("page", ""))
    people = list(dict.fromkeys(link.safeguarder for link in answer.feedback_links))
    names = await frame.gateway.names_of(visit, people) if people else {}
    return frame.rendering.page(visit, "feedback/links", views.build(answer, names, visit.told(views.HERE[1:])))


async def feedback_link(frame: Frame, visit: Visit) -> Response:
    """Show the form that makes a link about somebody."""
    name = await _name(frame, visit)
    return frame.rendering.page(visit, "layout/form", views.build_form(_address(visit), name, TypedLink(), _new()))


async def feedback_link_sent(frame: Frame, visit: Visit) -> Response:
    """Make a link, and show its address once. No address of ours holds it, so the page is the answer to the form."""
    name, typed, refusal = await _name(frame, visit), read_link(visit.form), None
    if not typed.faults:
        try:
            person, request_id = _address(visit)[len("/people/") :], sent_in(visit.form).request_id
            lost = visit.form.get(INSTEAD, "")
            if ID.fullmatch(lost):
                await frame.gateway.revoke_link(visit, lost, request_id_for(request_id, lost))
            made = await frame.gateway.make_link(visit, f"safeguarders/{person}", typed.answer, request_id)
        except NotDone as problem:
            if problem.refusal.reason == SENT:  # the giver had the address, so no other link is needed
                view = views.build_take_back(lost, _new(), problem.refusal)
                return frame.rendering.page(visit, "layout/form", view, 409)
            if problem.refusal.reason not in views.OF_THE_ANSWER:
                raise
            refusal = problem.refusal
        else:
            again = None if made.token else views.another(_address(visit), made, visit.form, _new())
            view = views.build_made(made, name, frame.site.public_url, again)
            response = frame.rendering.page(visit, "layout/form", view)
            response.headers["cache-control"] = "no-store"  # a history would keep the address of the link
            return response
    view = views.build_form(_address(visit), name, typed, _new(), refusal)
    return frame.rendering.page(visit, "layout/form", view, 422)


async def feedback_take_back(frame: Frame, visit: Visit) -> Response:
    """Ask whether a link is to be taken back."""
    return frame.rendering.page(visit, "layout/form", views.build_take_back(_link(visit), _new()))


async def feedback_taken_back(frame: Frame, visit: Visit) -> Response:
    """Take a link back. Pressed twice, the button does it once."""
    try:
        await frame.gateway.revoke_link(visit, _link(visit), sent_in(visit.form).request_id)
    except NotDone as problem:
        if problem.refusal.reason != SENT:
            raise
        view = views.build_take_back(_link(visit), _new(), problem.refusal)
        return frame.rendering.page(visit, "layout/form", view, 409)
    return frame.done(visit, views.HERE, "taken_back", views.HERE[1:])


async def _name(frame: Frame, visit: Visit) -> str:
    record = visit.record
    names = await frame.gateway.names_of(visit, [record])
    if record not in names:
        raise NotThere
    return names[record]


def _address(visit: Visit) -> str:
    return f"/people/{visit.request.path_params['safeguarder']}"


def _link(visit: Visit) -> str:
    link: str = visit.request.path_params["link"]
    if not ID.fullmatch(link):
        raise NotThere
    return link


def _new() -> Sent:
    return Sent(str(uuid4()), "")
