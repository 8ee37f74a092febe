"""Writing a recommendation: it begins on a form, and each part of its text is kept as a draft once it is sent."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from services.client.words import id_under
from services.console.calls.caller import part as may_lack
from services.console.calls.reviews import recommendation_text as texts
from services.console.failures import NotDone, NotThere, ServiceAway
from services.console.forms.answers import ID, sent_in
from services.console.forms.asked import Answers, read
from services.console.forms.recommendations.parts import (
    CONCERNS,
    CONDITION,
    CRITERION,
    DRAFT,
    FORMS,
    NAMES,
    OUTCOME,
    Part,
    marked,
    part_of,
)
from services.console.forms.recommendations.parts import TAKE_OUT as TAKES_OUT
from services.console.frame import Frame
from services.console.pages.recommendations.reading import name_of
from services.console.requests import Visit
from services.console.views.asked import Asking
from services.console.views.parts import Away
from services.console.views.recommendations import writing as views
from services.console.views.recommendations.asked import AskedRecommendation
from services.console.views.recommendations.choices import NOT_ASKED, Beside
from services.console.views.recommendations.lists import FOLDER
from services.console.words import words


async def recommendation_new(frame: Frame, visit: Visit) -> Response:
    """Show the form on which a recommendation begins. From the page of a matter it begins with that matter."""
    matter = visit.request.query_params.get("matter", "")
    begun = Answers({CONCERNS: (f"concerns/{matter}",)}) if ID.fullmatch(matter) else Answers()
    return await _begun(frame, visit, Asking(DRAFT, begun))


async def recommendation_new_sent(frame: Frame, visit: Visit) -> Response:
    """Draft a recommendation, and go to its page, where each part of its text is written."""
    asking = Asking(DRAFT, read(DRAFT, visit.form), sent_in(visit.form))
    if asking.answers.faults:
        return await _begun(frame, visit, asking)
    try:
        made = await frame.gateway.draft_recommendation(visit, visit.record, asking.sent, asking.answers)
    except NotDone as problem:
        return await _begun(frame, visit, replace(asking, refusal=problem.refusal))
    made_id = id_under(made.name)
    return frame.done(visit, f"/recommendations/{visit.request.path_params['safeguarder']}/{made_id}", "draft", made_id)


async def recommendation_text(frame: Frame, visit: Visit) -> Response:
    """Show the form of a part, as it stands."""
    part = _part(visit)
    return await _shown(frame, visit, part, None)


async def recommendation_text_sent(frame: Frame, visit: Visit) -> Response:
    """Keep a part, and go back to the recommendation. If it is not kept, show the form again, with the reason."""
    part = _part(visit)
    form = FORMS[part.kind]
    asking = Asking(form, read(form, visit.form), sent_in(visit.form))
    if asking.answers.faults:
        return await _shown(frame, visit, part, asking)
    pack, beside = await asyncio.gather(
        frame.gateway.recommendation(visit, name_of(visit)), _beside(frame, visit, part)
    )
    part = _marked(visit, part, pack)
    text = texts.with_part(pack.recommendation, part, asking.answers, _offered(visit, part, pack, beside))
    return await _write(frame, visit, part, asking, text, part.kind)


async def recommendation_take_out(frame: Frame, visit: Visit) -> Response:
    """Show the form that takes a part out."""
    return await _shown_out(frame, visit, _part(visit), Asking(TAKES_OUT))


async def recommendation_take_out_sent(frame: Frame, visit: Visit) -> Response:
    """Take a part out, and go back to the recommendation."""
    part, asking = _part(visit), Asking(TAKES_OUT, sent=sent_in(visit.form))
    if part.kind == OUTCOME:
        raise NotThere
    pack = await frame.gateway.recommendation(visit, name_of(visit))
    part = _marked(visit, part, pack)
    return await _write(frame, visit, part, asking, texts.without_part(pack.recommendation, part), "take_out")


async def _write(frame: Frame, visit: Visit, part: Part, asking: Asking, text: Any, done: str) -> Response:
    try:
        await frame.gateway.write_recommendation(visit, name_of(visit), text, asking.sent)
    except NotDone as problem:
        again = replace(asking, refusal=problem.refusal)
        shows = _shown_out if done == "take_out" else _shown
        return await shows(frame, visit, part, again)
    address = visit.request.url.path.partition("/text/")[0]
    return frame.done(visit, address, done, visit.request.path_params["recommendation"])


async def _begun(frame: Frame, visit: Visit, asking: Asking) -> Response:
    gateway, person = frame.gateway, visit.record
    entry, concerns = await asyncio.gather(gateway.entry(visit, person), may_lack(gateway.raised(visit, person)))
    view = views.begin(
        entry.display_name, visit.request.path_params["safeguarder"], asking, Beside(concerns), str(uuid4())
    )
    return frame.rendering.page(visit, "layout/form", view, asking.status)


async def _shown(frame: Frame, visit: Visit, part: Part, asking: Asking | None) -> Response:
    """Show the form of a part, as it was opened or as it comes back. `asking`: None for one that is opened.

    Raises:
        NotThere: there is no such condition, or nobody can write the text any more.
        ServiceAway: nobody could say what is to be chosen from.
    """
    asked, beside = await asyncio.gather(_asked(frame, visit), _beside(frame, visit, part))
    part = _marked(visit, part, asked.pack)
    is_gone = bool(part.place) and views.part_at(part, asked.one.text) is None
    if (asking is None or asking.refusal is None) and not asked.writes:
        raise NotThere
    if is_gone and (asking is None or not asking.is_over):
        raise NotThere
    if views.lacking(part, views.offers(part, asked.pack, beside, visit.today)):
        raise ServiceAway("evidence")
    if asking is None:
        asking = Asking(FORMS[part.kind], views.stands(part, asked.one.text))
    view = views.build(asked, part, asking, beside, str(uuid4()), visit.today)
    return frame.rendering.page(visit, "layout/form", view, asking.status)


async def _shown_out(frame: Frame, visit: Visit, part: Part, asking: Asking) -> Response:
    asked = await _asked(frame, visit)
    part = _marked(visit, part, asked.pack)
    if asking.refusal is None and not (asked.writes and texts.holds(asked.one.text, part)):
        raise NotThere
    view = views.take_out(asked, part, asking, str(uuid4()))
    return frame.rendering.page(visit, "layout/form", view, asking.status)


async def _asked(frame: Frame, visit: Visit) -> AskedRecommendation:
    gateway, reader = frame.gateway, visit.signed_in
    pack, names = await asyncio.gather(
        gateway.recommendation(visit, name_of(visit)), may_lack(gateway.names_of(visit, [visit.record]))
    )
    return AskedRecommendation(pack, names, NOT_ASKED, reader.person, reader.role)


async def _beside(frame: Frame, visit: Visit, part: Part) -> Beside:
    """Return what the questions of a part are chosen from."""
    ask, person = frame.gateway, visit.record
    if part.kind == OUTCOME:
        return Beside(concerns=await may_lack(ask.raised(visit, person)))
    if part.kind == CRITERION:
        items, plan = await asyncio.gather(may_lack(ask.items(visit, person)), may_lack(ask.plan_of(visit, person)))
        return Beside(items=items, plan=plan)
    if part.kind == CONDITION:
        return Beside(editions=await may_lack(ask.standards(visit)))
    return Beside()


def _offered(visit: Visit, part: Part, pack: Any, beside: Beside) -> list[str] | None:
    """Return the names that could be ticked; None if nobody could say which there are."""
    if part.kind == OUTCOME and isinstance(beside.concerns, Away):
        return None
    offered = views.offers(part, pack, beside, visit.today)
    return [name for question in (NAMES, CONCERNS) for name, _ in offered.get(question, ())]


def _part(visit: Visit) -> Part:
    part = part_of(visit.request.path_params["part"], words(FOLDER)["criteria"])
    if part is None:
        raise NotThere
    return part


def _marked(visit: Visit, part: Part, pack: Any) -> Part:
    """Return a part with the condition that the reader saw, wherever it stands now."""
    found = marked(part, pack.recommendation.text, visit.form)
    if found is None:
        raise NotThere
    return found
