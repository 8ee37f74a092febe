"""The end of recording an item: whether it is on file already, the answers once more, and *Record it*."""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from services.client.words import word_of
from services.console.calls.caller import part
from services.console.failures import NotDone, NotThere, ServiceAway, Unanswered
from services.console.forms import recording as forms
from services.console.forms.answers import ID, request_id_of
from services.console.forms.recording import ANOTHER, CHECK, Answers
from services.console.frame import Frame
from services.console.pages.recording.questions import draft_of, is_of_staff, reader_of
from services.console.requests import Visit
from services.console.telemetry import AWAY
from services.console.views.parts import Away, Found
from services.console.views.recording import check as views
from services.console.views.recording.drafts import TOLD
from services.console.views.recording.question import DO, LATER
from services.refusals import Refusal

ON_FILE = ("SAME_DAY_ON_FILE", "COMPLAINT_ON_FILE")
"""Reasons for which the reader is asked whether an item is another one."""


async def recording_alike(frame: Frame, visit: Visit) -> Response:
    """Show what on file may be the same, or go on if nothing is."""
    draft = await draft_of(frame, visit)
    return await _alike(frame, visit, draft, came_since="since" in visit.request.query_params)


async def recording_alike_sent(frame: Frame, visit: Visit) -> Response:
    """Keep that it is another one and go on, or stop because it is the same."""
    draft = await draft_of(frame, visit)
    pressed = visit.form.get(DO, "")
    if pressed == views.SAME:
        return frame.done(visit, "/drafts", "same_on_file", TOLD)
    if pressed != ANOTHER:
        return await _alike(frame, visit, draft, came_since=False)
    answers = forms.read_draft(draft.answers).with_answer("alike", {"alike": ANOTHER}, request_id_of(visit.form))
    step = forms.next_of(answers, of_staff=is_of_staff(visit))
    await frame.gateway.change_draft(visit, draft, forms.as_bytes(answers), draft.etag, step)
    return _to(draft, step)


async def _alike(frame: Frame, visit: Visit, draft: Any, *, came_since: bool) -> Response:
    answers = forms.read_draft(draft.answers)
    reader, found = await asyncio.gather(
        reader_of(frame, visit, draft.safeguarder), frame.gateway.similar_items(visit, draft.safeguarder, answers)
    )
    if not found.similar:
        settled = Answers({**answers.said, "alike": forms.NOTHING_ALIKE}, answers.forms)
        return _to(draft, forms.next_of(settled, of_staff=is_of_staff(visit)))
    draft_id = draft.name.rpartition("/")[2]
    view = views.build_alike(found.similar, draft_id, answers, str(uuid4()), reader, came_since=came_since)
    return frame.rendering.page(visit, "recording/alike", view)


async def recording_check(frame: Frame, visit: Visit) -> Response:
    """Show every answer, as the service would record it."""
    draft = await draft_of(frame, visit)
    answers = forms.read_draft(draft.answers)
    missing = forms.next_of(answers, of_staff=is_of_staff(visit))
    if missing not in (CHECK, "alike"):
        return _to(draft, missing)
    return await _check(frame, visit, draft.safeguarder, answers)


async def recording_check_sent(frame: Frame, visit: Visit) -> Response:
    """Record the item as it stands on the page. A draft is recorded once, however often the button is pressed."""
    draft_id, person, answers = visit.request.path_params["draft"], _person_in(visit), forms.in_form(visit.form)
    if visit.form.get(DO) == LATER:
        return frame.done(visit, "/drafts", "draft_kept", TOLD)
    try:
        item = await frame.gateway.record_item(visit, person, answers, draft_id, reads=is_of_staff(visit))
    except NotDone as problem:
        if problem.refusal.reason in ON_FILE:
            return await _asked_again(frame, visit)
        return await _check(frame, visit, person, answers, problem.refusal)
    with suppress(Unanswered):  # the item is recorded, and a draft ends by itself
        await frame.gateway.delete_draft(visit, f"drafts/{draft_id}")
    return _recorded(frame, visit, item)


def _recorded(frame: Frame, visit: Visit, item: Any) -> Response:
    person, item_id = item.name.split("/")[1], item.name.split("/")[3]
    if word_of(item, "state") == "held":
        return frame.done(visit, "/drafts", "held", TOLD)
    if is_of_staff(visit):
        return frame.done(visit, f"/people/{person}/evidence/{item_id}", "recorded", item_id)
    return frame.done(visit, f"/my-file/evidence/{item_id}", "recorded", item_id)


async def _asked_again(frame: Frame, visit: Visit) -> Response:
    """Ask once more whether it is on file already: something like it was recorded while this was written."""
    draft = await draft_of(frame, visit)
    answers = forms.read_draft(draft.answers)
    open_again = Answers({name: text for name, text in answers.said.items() if name != "alike"}, answers.forms)
    await frame.gateway.change_draft(visit, draft, forms.as_bytes(open_again), draft.etag, "alike")
    return RedirectResponse(f"/evidence/new/{draft.name.rpartition('/')[2]}/alike?since=yes", 303)


async def _check(frame: Frame, visit: Visit, person: str, answers: Answers, refused: Refusal | None = None) -> Response:
    reader, checked, editions = await asyncio.gather(
        reader_of(frame, visit, person),
        _checked(frame, visit, person, answers),
        part(frame.gateway.standards(visit)),
    )
    draft_id = visit.request.path_params["draft"]
    asked = views.AskedCheck(draft_id, person, answers, reader, refused or checked, editions)
    return frame.rendering.page(visit, "recording/check", views.build(asked, visit.today), 409 if refused else 200)


async def _checked(frame: Frame, visit: Visit, person: str, answers: Answers) -> Found[Any] | Away | Refusal:
    try:
        return Found(await frame.gateway.record_item(visit, person, answers, "", reads=is_of_staff(visit)))
    except NotDone as problem:
        return problem.refusal
    except ServiceAway as problem:
        AWAY.add(1, {"service": problem.service})
        return Away(problem.service)


def _person_in(visit: Visit) -> str:
    given = visit.form.get(views.FOR, "")
    if not ID.fullmatch(given):
        raise NotThere
    return f"safeguarders/{given}"


def _to(draft: Any, step: str) -> Response:
    return RedirectResponse(f"/evidence/new/{draft.name.rpartition('/')[2]}/{step}", 303)
