"""A development plan for the Team, and the steps on it and on its parts for both sides."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from services.console.calls.caller import part
from services.console.calls.evidence import NEWEST
from services.console.calls.record_steps import request_of
from services.console.failures import NotDone, NotThere
from services.console.forms.answers import ID, sent_in
from services.console.forms.asked import Answers, RecordStep, read
from services.console.forms.plan.steps import COLLECTIONS, STEPS, WHOLE
from services.console.frame import Frame
from services.console.pages.people.file import ask_person
from services.console.pages.sessions import asking
from services.console.requests import Visit
from services.console.views.asked import Asking
from services.console.views.form import Told
from services.console.views.parts import Away, Found
from services.console.views.people.frame import frame_of, heading_of
from services.console.views.plan import possible, steps, whole
from services.console.words import words

KINDS = {place: kind for kind, place in COLLECTIONS.items()}


async def person_plan(frame: Frame, visit: Visit) -> Response:
    """Show somebody's development plan, as they read it themselves."""
    ask, person = frame.gateway, asking.record_about(visit)
    answer, editions, reviews, about = await asyncio.gather(
        ask.plan_of(visit, person),
        part(ask.standards(visit)),
        part(ask.action_reviews_of(visit, person)),
        ask_person(frame, visit),
    )
    view = whole.build(whole.AskedPlan(answer, editions, reviews), visit.now, visit.today, _reader(visit))
    around = frame_of(about, "plan", visit.today)
    view = replace(view, heading=heading_of("plan"), person=around, told=told(visit))
    return frame.rendering.page(visit, "plan/plan", view)


def told(visit: Visit) -> Told | None:
    """Return what the reader has just done to the plan."""
    said = words("plan")["told"]
    done = visit.told("plan")
    return Told(said[done]) if done in said else None


async def person_plan_form(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step on the whole plan, such as a strength that is named.

    From the page of a matter, the form of a change of approach begins with that matter.
    """
    form, matter = _step(visit).form, visit.request.query_params.get("matter", "")
    begun = Answers({"concerns": (f"concerns/{matter}",)}) if ID.fullmatch(matter) else Answers()
    return await shown(frame, visit, Asking(form, begun))


async def person_plan_form_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step on the whole plan."""
    return await sent(frame, visit)


async def person_plan_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step on a part of the plan."""
    return await shown(frame, visit, Asking(_step(visit).form))


async def person_plan_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step on a part of the plan."""
    return await sent(frame, visit)


async def sent(frame: Frame, visit: Visit) -> Response:
    """Make a step, and go back to the plan. If it is not made, show the form again, filled, with the reason."""
    step = _step(visit)
    asked = Asking(step.form, read(step.form, visit.form), sent_in(visit.form))
    if asked.answers.faults:
        return await shown(frame, visit, asked)
    try:
        name = _name(visit, step)
        action = await _corrected(frame, visit, name) if step.named_as == "corrected" else ""
        await frame.gateway.change_plan(visit, step, request_of(name, step, asked.sent, asked.answers, action))
    except NotDone as problem:
        return await shown(frame, visit, replace(asked, refusal=problem.refusal))
    return frame.done(visit, visit.request.url.path.partition("/plan/")[0] + "/plan", step.name, "plan")


async def shown(frame: Frame, visit: Visit, asked: Asking) -> Response:
    """Show the form of a step, as it was opened or as it comes back.

    Raises:
        NotThere: there is no such part, or the reader can't make the step on it. Both look the same.
    """
    ask, step, person = frame.gateway, _step(visit), asking.record_about(visit)
    named = {one.name for one in step.asks}
    nothing = asking.nothing_asked
    plan, editions, known, concerns, items, reviews = await asyncio.gather(
        ask.plan_of(visit, person),
        part(ask.standards(visit)),
        asking.known_as(frame, visit),
        part(ask.raised(visit, person)) if named & {"concern", "concerns", "supported"} else nothing(),
        part(ask.items(visit, person, most=NEWEST)) if "evidence" in named else nothing(),
        part(ask.action_reviews_of(visit, person)) if step.kind == "review" else nothing(),
    )
    reader, name = _reader(visit), asking.reader_of(visit, known).name
    found = None if step.kind == WHOLE else _part(plan, reviews, _name(visit, step))
    about = steps.AskedStep(step, asked, plan, found, editions, concerns, items, "" if _is_own(visit) else name)
    # A form that was sent comes back with its words, also if the step isn't possible any more.
    if asked.refusal is None and not steps.is_possible(about, reader, visit.today):
        raise NotThere
    view = steps.build(about, reader, str(uuid4()), visit.today)
    return frame.rendering.page(visit, "layout/form", view, asked.status)


async def _corrected(frame: Frame, visit: Visit, name: str) -> str:
    """Return the name of the action that a review is about, which its correction has to name."""
    listed = await frame.gateway.action_reviews_of(visit, asking.record_about(visit))
    return next((one.actions[0].action for one in listed.action_reviews if one.name == name), "")


def _part(plan: Any, reviews: Found[Any] | Away, name: str) -> Any:
    held = reviews.answer.action_reviews if isinstance(reviews, Found) else ()
    for one in (*plan.needs, *plan.actions, *plan.supports, *plan.approach_changes, *held):
        if one.name == name:
            return one
    raise NotThere


def _is_own(visit: Visit) -> bool:
    return visit.signed_in.role == possible.OWN


def _reader(visit: Visit) -> whole.PlanReader:
    role = visit.acts_as
    if _is_own(visit):
        return whole.PlanReader(words("my_file"), "/my-file/plan", role)
    return whole.PlanReader(words("plan"), f"/people/{visit.request.path_params['safeguarder']}/plan", role)


def _step(visit: Visit) -> RecordStep:
    ids = visit.request.path_params
    kind = KINDS.get(ids["kind"], "") if "kind" in ids else WHOLE
    found = STEPS.get((kind, ids["step"]))
    if found is None:
        raise NotThere
    return found


def _name(visit: Visit, step: RecordStep) -> str:
    """Return the name of the part that a step is on; of the person if it is on the whole plan."""
    person, ids = asking.record_about(visit), visit.request.path_params
    if step.kind == WHOLE:
        return person
    collection = {"approach": "approachChanges", "review": "actionReviews"}.get(step.kind, ids["kind"])
    return f"{person}/{collection}/{ids['one']}"
