"""Review requests to read: the queue, those of one person, and one with both sides."""

import asyncio
from collections.abc import Awaitable
from datetime import date
from typing import Any

from starlette.responses import Response

from services.console.calls.caller import EVERYBODY, part
from services.console.failures import NotThere
from services.console.frame import Frame
from services.console.pages.my_file.start import own_record
from services.console.pages.people.file import ask_person
from services.console.requests import Visit
from services.console.views.parts import Away, Found
from services.console.views.reviews import queue
from services.console.views.reviews import request as views
from services.console.views.reviews.target import IN_A_PLAN, kind_of
from services.platform.calls.wire import from_date


async def reviews(frame: Frame, visit: Visit) -> Response:
    """Show what is open about everybody whom the reader may see. What nobody decides yet stands first."""
    ask, reader = frame.gateway, visit.signed_in
    answer = await ask.review_requests(visit, EVERYBODY)
    names, people = await asyncio.gather(
        part(ask.names_of(visit, queue.persons_in(answer))), part(ask.called(visit, queue.people_in(answer)))
    )
    asked = queue.AskedQueue(answer, names, people, reader.person, reader.role)
    return frame.rendering.page(visit, "reviews/queue", queue.build(asked, visit.now, visit.today))


async def reviews_of(frame: Frame, visit: Visit) -> Response:
    """Show everything that one person asked for."""
    ask, reader = frame.gateway, visit.signed_in
    person = visit.record
    about, answer = await asyncio.gather(ask_person(frame, visit), ask.review_requests(visit, person))
    people = await part(ask.called(visit, queue.people_in(answer)))
    asked = queue.AskedQueue(answer, Found({}), people, reader.person, reader.role, about)
    return frame.rendering.page(visit, "reviews/of_person", queue.build(asked, visit.now, visit.today))


async def my_reviews(frame: Frame, visit: Visit) -> Response:
    """Show everything that the reader asked for."""
    ask, reader = frame.gateway, visit.signed_in
    answer = await ask.review_requests(visit, own_record(visit))
    people = await part(ask.called(visit, queue.people_in(answer)))
    asked = queue.AskedQueue(answer, Found({}), people, reader.person, reader.role)
    return frame.rendering.page(visit, "reviews/queue", queue.build(asked, visit.now, visit.today))


async def review(frame: Frame, visit: Visit) -> Response:
    """Show one request to the staff."""
    return shown(frame, visit, await ask(frame, visit))


async def my_review(frame: Frame, visit: Visit) -> Response:
    """Show one request to the person who asked for it."""
    return shown(frame, visit, await ask(frame, visit))


def shown(frame: Frame, visit: Visit, asked: views.AskedRequest, says: tuple[str, ...] = ()) -> Response:
    """Return the page of a request. `says`: why a step was not made."""
    done = "" if says else visit.told(visit.request.path_params["review"])
    view = views.build(asked, visit.now, visit.today, done)
    if says:
        return frame.rendering.page(visit, "reviews/request", views.with_notice(view, says), 409)
    return frame.rendering.page(visit, "reviews/request", view)


async def ask(frame: Frame, visit: Visit) -> views.AskedRequest:
    """Return what the services say of a request."""
    gateway, name, role = frame.gateway, name_of(visit), visit.signed_in.role
    person, is_own = "/".join(name.split("/")[:2]), role == "safeguarder"
    sees_reviewers = is_own or role in views.FINDS_A_REVIEWER
    request, reviewers, names = await asyncio.gather(
        gateway.review_request(visit, name),
        part(gateway.reviewers(visit, name)) if sees_reviewers else nobody(),
        part(gateway.names_of(visit, [] if is_own else [person])),
    )
    day = from_date(request, "made_date")
    target, people = await asyncio.gather(
        target_of(frame, visit, kind_of(request), request.target, day),
        part(gateway.called(visit, views.people_in(request, reviewers))),
    )
    return views.AskedRequest(request, target, reviewers, names, people, visit.signed_in.person, role)


async def target_of(frame: Frame, visit: Visit, kind: str, target: str, day: date | None) -> Found[Any] | Away | None:
    """Return what a review is about, as it stood on a day; None if no page can show that.

    What is frozen stands as it did. `day`: None for today.
    """
    gateway = frame.gateway
    read: Awaitable[Any]
    if kind == "evidence_item":
        read = gateway.item(visit, target)
    elif kind == "concern":
        read = gateway.matter_as_at(visit, target, day)
    elif kind in IN_A_PLAN:
        read = _in_plan(frame, visit, target)
    else:
        return None
    try:
        found = await part(read)
    except NotThere:
        return None  # it is not theirs to see any more, and the request is
    return None if isinstance(found, Found) and found.answer is None else found


def name_of(visit: Visit) -> str:
    """Return the name of the request that the page is about."""
    ids = visit.request.path_params
    person = own_record(visit) if visit.signed_in.role == "safeguarder" else f"safeguarders/{ids['safeguarder']}"
    return f"{person}/reviewRequests/{ids['review']}"


async def nobody() -> None:
    """Ask for nothing, where somebody else would ask who could decide it."""


async def _in_plan(frame: Frame, visit: Visit, target: str) -> Any:
    plan = await frame.gateway.plan_of(visit, "/".join(target.split("/")[:2]))
    parts = (*plan.actions, *plan.supports, *plan.approach_changes, *plan.needs)
    return next((one for one in parts if one.name == target), None)
