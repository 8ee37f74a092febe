"""Leave and suspensions of one person, for the Team and for the person, and the steps on them."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from services.console.calls.away import with_followed
from services.console.calls.record_steps import request_of
from services.console.failures import NotDone, NotThere
from services.console.forms.answers import ID, sent_in
from services.console.forms.asked import Answers, RecordStep, read
from services.console.forms.away import follows
from services.console.forms.away.steps import STEPS, WHOLE
from services.console.frame import Frame
from services.console.pages.people.file import ask_person
from services.console.pages.sessions import asking
from services.console.requests import Visit
from services.console.views.asked import Asking
from services.console.views.away import overlays as views
from services.console.views.people.frame import frame_of
from services.console.views.sessions.reader import Reader
from services.refusals import Refusal


async def person_away(frame: Frame, visit: Visit) -> Response:
    """Show when somebody is away."""
    ask, person = frame.gateway, asking.record_about(visit)
    answer, about = await asyncio.gather(ask.overlays_of(visit, person), ask_person(frame, visit))
    reader = asking.reader_of(visit, about.entry)
    view = replace(views.build(answer, reader, visit.told("away")), person=frame_of(about, "away", visit.today))
    return frame.rendering.page(visit, "away/person", view)


async def my_away(frame: Frame, visit: Visit) -> Response:
    """Show when the reader is away."""
    answer = await frame.gateway.overlays_of(visit, asking.record_about(visit))
    reader = asking.reader_of(visit, asking.NOT_ASKED)
    return frame.rendering.page(visit, "away/own", views.build(answer, reader, visit.told("away")))


async def decision_away(frame: Frame, visit: Visit) -> Response:
    """Show a recorder of decisions the suspensions of one person."""
    answer, known = await asyncio.gather(
        frame.gateway.overlays_of(visit, asking.record_about(visit)), asking.known_as(frame, visit)
    )
    view = views.build(answer, _reader(visit, known), visit.told("away"))
    return frame.rendering.page(visit, "away/own", view)


async def decision_away_begin(frame: Frame, visit: Visit) -> Response:
    """Show the form on which a recorder of decisions records a suspension."""
    return await _shown(frame, visit, None)


async def decision_away_begin_sent(frame: Frame, visit: Visit) -> Response:
    """Record a suspension."""
    return await _sent(frame, visit)


async def decision_away_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step on a suspension."""
    return await _shown(frame, visit, None)


async def decision_away_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step on a suspension."""
    return await _sent(frame, visit)


async def person_away_begin(frame: Frame, visit: Visit) -> Response:
    """Show the form on which a leave or a suspension begins."""
    return await _shown(frame, visit, None)


async def person_away_begin_sent(frame: Frame, visit: Visit) -> Response:
    """Begin a leave or a suspension."""
    return await _sent(frame, visit)


async def my_away_begin(frame: Frame, visit: Visit) -> Response:
    """Show the form on which the reader asks for leave."""
    return await _shown(frame, visit, None)


async def my_away_begin_sent(frame: Frame, visit: Visit) -> Response:
    """Ask for leave."""
    return await _sent(frame, visit)


async def person_away_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step on a leave or a suspension."""
    return await _shown(frame, visit, None)


async def person_away_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step on a leave or a suspension."""
    return await _sent(frame, visit)


async def _sent(frame: Frame, visit: Visit) -> Response:
    """Make a step, and go back to the list. If it is not made, show the form again, filled, with the reason."""
    known = await frame.gateway.overlays_of(visit, asking.record_about(visit))
    step, overlay = _step(visit, known)
    asked = Asking(step.form, read(step.form, visit.form), sent_in(visit.form))
    if visit.signed_in.role == follows.RECORDER:
        asked = replace(asked, answers=follows.checked(asked.answers, _person(visit)))
    pack = None
    if not asked.answers.faults and asked.answers.text(follows.RECOMMENDATION):
        asked, pack = await _with_pack(frame, visit, asked)
    if asked.answers.faults:
        return await _shown(frame, visit, asked)
    name = asking.record_about(visit) if overlay is None else overlay.name
    try:
        request = request_of(name, step, asked.sent, _filled(visit, known, follows.without_them(asked.answers)))
        if visit.signed_in.role == follows.RECORDER:
            request = with_followed(request, pack, asked.answers)
        await frame.gateway.change_overlay(visit, step, request)
    except NotDone as problem:
        return await _shown(frame, visit, replace(asked, refusal=_placed(problem.refusal)))
    return frame.done(visit, visit.request.url.path.partition("/away/")[0] + "/away", step.name, "away")


async def _with_pack(frame: Frame, visit: Visit, asked: Asking) -> tuple[Asking, Any]:
    """Return a form checked against the pack that it names, with that pack."""
    name = follows.reference_in(asked.answers, _person(visit))
    try:
        pack = await frame.gateway.recommendation(visit, name)
    except NotThere:
        return replace(asked, answers=follows.checked_with(asked.answers, None)), None
    return replace(asked, answers=follows.checked_with(asked.answers, pack.hash)), pack


def _filled(visit: Visit, known: Any, answers: Answers) -> Answers:
    """Return answers with the policy for the reason that was given, where only one fits."""
    if "policy" not in answers.given or answers.text("policy"):
        return answers
    policy = views.policy_for(known, visit.signed_in.role, answers.text("reason"))
    return Answers({**answers.given, "policy": policy}, answers.faults)


def _placed(refusal: Refusal) -> Refusal:
    """Return a refusal at the question that mends it: whether a recommendation is followed is asked by one of them."""
    if refusal.field == "decided_on":
        refusal.field = f"decided_on.{follows.WITHOUT}"
    return refusal


async def _shown(frame: Frame, visit: Visit, asked: Asking | None) -> Response:
    """Show the form of a step, as it was opened or as it comes back. `asked`: None for one that is opened.

    Raises:
        NotThere: there is no such leave or suspension, or the reader can't make the step on it. Both look the same.
    """
    known, entry = await asyncio.gather(
        frame.gateway.overlays_of(visit, asking.record_about(visit)), asking.known_as(frame, visit)
    )
    step, overlay = _step(visit, known)
    role = visit.acts_as
    possible = views.of_whole(known, role) if overlay is None else views.of_one(overlay, known, role)
    if (asked is None or asked.refusal is None) and step.step not in possible:
        raise NotThere
    reader = _reader(visit, entry)
    begun = Answers({follows.RECOMMENDATION: reader.came_from}) if reader.came_from else Answers()
    asking_now = asked or Asking(step.form, begun)
    view = views.form_page(step, asking_now, views.AskedAway(known, overlay), reader, str(uuid4()))
    return frame.rendering.page(visit, "layout/form", view, asking_now.status)


def _reader(visit: Visit, known: asking.Known) -> Reader:
    """Return who reads, with the recommendation that a recorder came from."""
    came_from = visit.request.query_params.get(follows.RECOMMENDATION, "")
    is_recorder = visit.signed_in.role == follows.RECORDER
    return replace(
        asking.reader_of(visit, known), came_from=came_from if is_recorder and ID.fullmatch(came_from) else ""
    )


def _step(visit: Visit, known: Any) -> tuple[RecordStep, Any]:
    """Return the step in the address, and the leave or suspension that it is on; None where one begins."""
    ids, overlay, kind = visit.request.path_params, None, WHOLE
    if "one" in ids:
        name = f"{asking.record_about(visit)}/overlays/{ids['one']}"
        overlay = next((one for one in known.overlays if one.name == name), None)
        kind = views.kind_of(overlay) if overlay is not None else ""
    found = STEPS.get((kind, ids["step"]))
    if found is None:
        raise NotThere
    if visit.signed_in.role == follows.RECORDER:
        found = follows.of_recorders(found, follows_already=overlay is not None and bool(overlay.recommendation))
    return found, overlay


def _person(visit: Visit) -> str:
    return str(visit.request.path_params["safeguarder"])
