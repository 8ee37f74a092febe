"""Forms of the Team: cover for a support manager, its end, and another support manager for somebody."""

import asyncio
import re
from uuid import uuid4

from starlette.responses import Response

from services.console.failures import NotDone, NotThere
from services.console.forms.answers import Sent, sent_in
from services.console.forms.team import BEFORE, TypedChange, TypedCover, read_change, read_cover, request_id_for
from services.console.frame import Frame
from services.console.pages.team.reading import manager_of, shown_manager, team_now
from services.console.requests import Visit
from services.console.views.team import forms as views
from services.console.views.team.people import CoverGroup, Manager, Person, Team, groups_of
from services.console.views.team.start import covers_of
from services.refusals import Refusal, conflict

OVER = "DELEGATION_OVER"
DELEGATION = re.compile(r"safeguarders/[a-z0-9-]{3,40}/delegations/[A-Za-z0-9_-]{1,64}")


async def team_cover(frame: Frame, visit: Visit) -> Response:
    """Show the form by which somebody acts for a support manager."""
    everybody = await team_now(frame, visit)
    return _cover(frame, visit, everybody, TypedCover(), None, 200)


async def team_cover_sent(frame: Frame, visit: Visit) -> Response:
    """Let somebody act for a support manager about everybody whom they support, person by person.

    Each person has a request id that follows from the form's, so the form can be sent again and acts once.
    """
    everybody, typed = await team_now(frame, visit), read_cover(visit.form)
    manager = manager_of(visit, everybody)
    if typed.faults:
        return _cover(frame, visit, everybody, typed, None, 422)
    refused: list[tuple[Person, Refusal]] = []
    people = everybody.of(manager.id)
    for person in people:
        try:
            request_id = request_id_for(sent_in(visit.form).request_id, person.record)
            await frame.gateway.delegate(visit, person.record, typed.answer, request_id)
        except NotDone as problem:
            if problem.refusal.reason in views.OF_THE_ANSWER and len(refused) == people.index(person):
                return _cover(frame, visit, everybody, typed, problem.refusal, 422)
            refused.append((person, problem.refusal))
    if refused:
        notice = views.not_covered(refused, len(people) - len(refused))
        return await shown_manager(frame, visit, notice)
    return frame.done(visit, manager.href, "covered", manager.id)


async def team_end_cover(frame: Frame, visit: Visit) -> Response:
    """Show the form that ends cover."""
    everybody, groups = await _covers(frame, visit)
    view = views.end_form(everybody, manager_of(visit, everybody), groups, _new(), is_missing=False)
    return frame.rendering.page(visit, "layout/form", view)


async def team_end_cover_sent(frame: Frame, visit: Visit) -> Response:
    """End cover that one decision made, person by person."""
    everybody, groups = await _covers(frame, visit)
    manager, sent = manager_of(visit, everybody), sent_in(visit.form)
    chosen = visit.form.get("cover", "")
    group = next((one for one in groups if one.id == chosen), None)
    # After the first press of the button the cover is listed no more. The service answers a second as the first.
    names = group.names if group else (chosen,) if DELEGATION.fullmatch(chosen) else ()
    for name in names:
        try:
            await frame.gateway.end_delegation(visit, name, request_id_for(sent.request_id, name))
        except NotDone as problem:
            if problem.refusal.reason != OVER:
                raise
            names = names if group else ()
    if not names:
        view = views.end_form(everybody, manager, groups, _new(), is_missing=True)
        return frame.rendering.page(visit, "layout/form", view, 422)
    return frame.done(visit, manager.href, "ended", manager.id)


async def team_change(frame: Frame, visit: Visit) -> Response:
    """Show the form by which somebody gets another support manager."""
    everybody = await team_now(frame, visit)
    view = views.change_form(everybody, _person(visit, everybody), TypedChange(), _new())
    return frame.rendering.page(visit, "layout/form", view)


async def team_change_sent(frame: Frame, visit: Visit) -> Response:
    """Give somebody another support manager, and go to the page of the new one."""
    everybody = await team_now(frame, visit)
    person = _person(visit, everybody)
    offered = [one.id for one in everybody.managers]
    before = visit.form.get(BEFORE, person.manager)
    typed, sent = read_change(visit.form, offered, asks_why=bool(before)), sent_in(visit.form)
    # After the first press of the button they have the one who was chosen. The service answers a second as the first.
    refusal = _quicker() if person.manager not in (before, typed.manager) else None
    if not typed.faults and refusal is None:
        try:
            await frame.gateway.allocate(visit, person.record, typed.manager, typed.reason, sent.request_id)
        except NotDone as problem:
            refusal = problem.refusal
        else:
            return frame.done(visit, f"/team/managers/{typed.manager}", "changed", typed.manager)
    view = views.change_form(everybody, person, typed, _new(), refusal)
    return frame.rendering.page(visit, "layout/form", view, 409 if refusal else 422)


def _cover(
    frame: Frame, visit: Visit, everybody: Team, typed: TypedCover, refusal: Refusal | None, status: int
) -> Response:
    view = views.cover_form(everybody, manager_of(visit, everybody), typed, _new(), visit.today, refusal)
    return frame.rendering.page(visit, "layout/form", view, status)


async def _covers(frame: Frame, visit: Visit) -> tuple[Team, tuple[CoverGroup, ...]]:
    """Return everybody, and the cover for the support manager in the address."""
    everybody, delegations = await asyncio.gather(team_now(frame, visit), frame.gateway.delegations(visit))
    manager: Manager = manager_of(visit, everybody)
    return everybody, covers_of(groups_of(delegations), manager.id)


def _person(visit: Visit, everybody: Team) -> Person:
    found = everybody.person(visit.request.path_params["safeguarder"])
    if found is None:
        raise NotThere
    return found


def _quicker() -> Refusal:
    """Return why a change isn't made whose form was opened before somebody else made another one."""
    return conflict("ETAG_MISMATCH", "Somebody else gave them another support manager.", "manager")


def _new() -> Sent:
    return Sent(str(uuid4()), "")
