"""Recorders of decisions: they type a reference, record what Ministers decided, and correct a record with another."""

import asyncio
import re
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from services.client.words import id_under, word_of
from services.console.calls.caller import part
from services.console.failures import NotDone, NotThere
from services.console.forms.answers import RECORD_ID, sent_in
from services.console.forms.asked import read
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views.asked import Asking, refused
from services.console.views.decisions import shown as views
from services.console.views.decisions import steps
from services.console.words import words

REFERENCE = re.compile(r"\s*(?:safeguarders/)?([a-z0-9-]{3,40})/(?:recommendations/)?([A-Za-z0-9_-]{1,64})\s*")
PERSON = re.compile(rf"\s*(?:safeguarders/)?({RECORD_ID})\s*")
"""The reference of a person, about whom a suspension is recorded that follows no recommendation."""
NOT_A_REFERENCE = "not_a_reference"


async def decisions(frame: Frame, visit: Visit) -> Response:
    """Show the page that asks for a reference."""
    return _find(frame, visit, Asking(views.FIND))


async def decision_found(frame: Frame, visit: Visit) -> Response:
    """Go to the recommendation of a reference, or to the suspensions of a person.

    Who may not see it gets the page that says there is none.
    """
    answers = read(views.FIND, visit.form)
    person = PERSON.fullmatch(answers.text("reference"))
    if person is not None:
        return RedirectResponse(f"/decisions/{person[1]}/away", 303)
    found = REFERENCE.fullmatch(answers.text("reference"))
    if found is None:
        wrong = replace(answers, faults=answers.faults or {"reference": NOT_A_REFERENCE})
        return _find(frame, visit, Asking(views.FIND, wrong, sent_in(visit.form)))
    return RedirectResponse(f"/decisions/{found[1]}/{found[2]}", 303)


async def decision(frame: Frame, visit: Visit) -> Response:
    """Show a recommendation that was submitted, and what is recorded of it."""
    asked = await _ask(frame, visit)
    done = visit.told(visit.request.path_params["recommendation"])
    return frame.rendering.page(visit, "decisions/one", views.build(asked, visit.now, done))


async def decision_record(frame: Frame, visit: Visit) -> Response:
    """Show the form that records a decision."""
    asked = await _ask(frame, visit)
    return _recording(frame, visit, asked, Asking(steps.form_of(asked)))


async def decision_recorded(frame: Frame, visit: Visit) -> Response:
    """Record a decision. If it is not recorded, show the form again, filled, with the reason."""
    asked = await _ask(frame, visit)
    if not asked.is_recorded_here:
        return RedirectResponse(asked.away, 303)
    form = steps.form_of(asked)
    asking = Asking(form, steps.checked(read(form, visit.form), asked), sent_in(visit.form))
    if asking.answers.faults:
        return _recording(frame, visit, asked, asking)
    try:
        said = steps.said_in(asking.answers, word_of(asked.one, "kind"))
        await frame.gateway.record_decision(visit, asked.pack, said, asking.sent)
    except NotDone as problem:
        return _recording(frame, visit, asked, replace(asking, refusal=problem.refusal))
    return frame.done(visit, asked.path, "record", visit.request.path_params["recommendation"])


async def decision_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step on a record."""
    asked = await _ask(frame, visit)
    return _correcting(frame, visit, asked, Asking(steps.CORRECTIONS[_step(visit)]))


async def decision_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step on a record. If it is not made, show the form again, filled, with the reason."""
    asked, step, gateway = await _ask(frame, visit), _step(visit), frame.gateway
    form = steps.CORRECTIONS[step]
    asking = Asking(form, steps.checked(read(form, visit.form)), sent_in(visit.form))
    if asking.answers.faults:
        return _correcting(frame, visit, asked, asking)
    make = {
        "correct": gateway.correct_decision,
        "confirm": gateway.confirm_correction,
        "take-back": gateway.withdraw_correction,
    }[step]
    try:
        await make(visit, _decision(visit, asked).name, asking.sent, asking.answers)
    except NotDone as problem:
        return _correcting(frame, visit, await _ask(frame, visit), replace(asking, refusal=problem.refusal))
    return frame.done(visit, asked.path, step, visit.request.path_params["recommendation"])


async def _ask(frame: Frame, visit: Visit) -> views.AskedDecision:
    gateway, ids = frame.gateway, visit.request.path_params
    person = f"safeguarders/{ids['safeguarder']}"
    pack, found, entry = await asyncio.gather(
        gateway.recommendation(visit, f"{person}/recommendations/{ids['recommendation']}"),
        gateway.decisions_of(visit, person),
        gateway.entry(visit, person),
    )
    people = await part(gateway.called(visit, views.people_in(found)))
    return views.AskedDecision(pack, found, entry, people, visit.signed_in.person)


def _find(frame: Frame, visit: Visit, asking: Asking) -> Response:
    return frame.rendering.page(visit, "layout/form", views.find(asking, str(uuid4())), asking.status)


def _recording(frame: Frame, visit: Visit, asked: views.AskedDecision, asking: Asking) -> Response:
    view = views.build(asked, visit.now)
    if not asked.is_recorded_here:
        return RedirectResponse(asked.away, 303)
    is_over = asking.refusal is not None and not asking.is_wrong
    if view.record is None or is_over:
        says = refused(asking, views.FOLDER) or (view.record_not, words("layout")["not_recorded"])
        return _not_made(frame, visit, asked, says)
    page = steps.record(asking, asked, str(uuid4()), visit.today)
    return frame.rendering.page(visit, "layout/form", page, asking.status)


def _correcting(frame: Frame, visit: Visit, asked: views.AskedDecision, asking: Asking) -> Response:
    one = _decision(visit, asked)
    fits = views.waits(one) is not (asking.form.step == "correct")
    if asking.is_over or not fits:
        said = words(views.FOLDER)["waits" if asking.form.step == "correct" else "waits_not"]
        says = refused(asking, views.FOLDER) or (said, words("layout")["not_recorded"])
        return _not_made(frame, visit, asked, says)
    page = steps.correction(asking, asked, one, str(uuid4()))
    return frame.rendering.page(visit, "layout/form", page, asking.status)


def _not_made(frame: Frame, visit: Visit, asked: views.AskedDecision, says: tuple[str, ...]) -> Response:
    view = views.build(asked, visit.now, says_not=says)
    return frame.rendering.page(visit, "decisions/one", view, 409)


def _step(visit: Visit) -> str:
    step = str(visit.request.path_params["step"])
    if step not in steps.CORRECTIONS:
        raise NotThere
    return step


def _decision(visit: Visit, asked: views.AskedDecision) -> Any:
    for one in asked.decisions.decisions:
        if id_under(one.name) == visit.request.path_params["decision"]:
            return one
    raise NotThere
