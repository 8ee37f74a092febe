"""The questions of recording an item, one a page. A draft keeps each answer, so that nothing is asked twice."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from services.console.calls.caller import part
from services.console.failures import NotDone, NotThere, SentBefore, ServiceAway
from services.console.forms import recording as forms
from services.console.forms.answers import MISSING, request_id_of
from services.console.forms.recording import NOTHING_ALIKE, QUESTIONS, Answers, Typed
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views.recording import question as views
from services.console.views.recording.drafts import TOLD
from services.refusals import Kind

OF_STAFF = ("support_manager", "panel_team")
"""Roles that record about others. A Safeguarder records about themselves."""
COMPLETE = ("source", "kind", "setting", "aspect", "happened")
"""Fields without which the service has nothing to check yet."""
CHECKED = ("happened", "received", "case", "words", "readings")
"""Questions whose answer the service looks at at once."""


def is_of_staff(visit: Visit) -> bool:
    """Return whether the reader records about somebody else."""
    return visit.signed_in.role in OF_STAFF


async def draft_of(frame: Frame, visit: Visit) -> Any:
    """Return the draft of the page.

    Raises:
        NotThere: there is no such draft of the reader's, or it is none of an item.
    """
    draft = await frame.gateway.draft(visit, f"drafts/{visit.request.path_params['draft']}")
    if draft.kind != draft.KIND_EVIDENCE_ITEM:
        raise NotThere
    return draft


async def reader_of(frame: Frame, visit: Visit, person: str) -> views.Reader:
    """Return who answers, and what the person concerned is called."""
    if not is_of_staff(visit):
        return views.Reader("", of_staff=False)
    names = await frame.gateway.names_of(visit, [person])
    if person not in names:
        raise NotThere
    return views.Reader(names[person], of_staff=True)


async def recording_begun(frame: Frame, visit: Visit) -> Response:
    """Show the first question about a person, of which nothing is kept yet."""
    asked = _first(visit)
    return await _shown(frame, visit, asked, _person(visit), 200)


async def recording_begun_sent(frame: Frame, visit: Visit) -> Response:
    """Keep the first answer in a new draft, and go on with the next question."""
    person, asked = _person(visit), _first(visit)
    typed = forms.read(asked.name, visit.form, asked.answers)
    asked = replace(asked, values=visit.form, faults=typed.faults, request_id=request_id_of(visit.form))
    if typed.faults:
        return await _shown(frame, visit, asked, person, 422)
    answers = asked.answers.with_answer(asked.name, typed.answer, asked.request_id)
    step = forms.next_of(answers, of_staff=is_of_staff(visit))
    try:
        draft = await frame.gateway.begin_recording_draft(
            visit, person, step, forms.as_bytes(answers), asked.request_id
        )
    except SentBefore:
        # They went back to the first question and changed their answer: that begins another draft.
        request_id = str(uuid4())
        answers = asked.answers.with_answer(asked.name, typed.answer, request_id)
        draft = await frame.gateway.begin_recording_draft(visit, person, step, forms.as_bytes(answers), request_id)
    except NotDone as problem:
        if problem.refusal.reason != "TOO_MANY_DRAFTS":
            raise
        return await _shown(frame, visit, replace(asked, is_full=True), person, 409)
    return _on(frame, visit, draft, step)


async def recording_question(frame: Frame, visit: Visit) -> Response:
    """Show one question, with what was answered to it before."""
    asked, draft = await _asked(frame, visit)
    return await _shown(frame, visit, asked, draft.safeguarder, 200)


async def recording_question_sent(frame: Frame, visit: Visit) -> Response:
    """Keep the answer and go on with the next question. What the service would not take is asked again, as typed."""
    asked, draft = await _asked(frame, visit)
    typed = forms.read(asked.name, visit.form, asked.answers)
    asked = replace(asked, values=visit.form, request_id=request_id_of(visit.form))
    later = visit.form.get(views.DO) == views.LATER
    if later and _is_blank(typed):
        return frame.done(visit, "/drafts", "draft_kept", TOLD)
    if typed.faults:
        return await _shown(frame, visit, replace(asked, faults=typed.faults), draft.safeguarder, 422)
    if _is_of_another_window(asked, visit.form):
        asked = replace(asked, is_stale=True, request_id=str(uuid4()))
        return await _shown(frame, visit, asked, draft.safeguarder, 409)
    answers = asked.answers.with_answer(asked.name, typed.answer, asked.request_id)
    if not later:
        asked = await _looked_at(frame, visit, asked, answers, draft.safeguarder)
        if asked.refusal is not None or asked.findings:
            return await _shown(frame, visit, asked, draft.safeguarder, 422)
    return await _kept(frame, visit, asked, draft, answers)


async def _kept(frame: Frame, visit: Visit, asked: views.AskedQuestion, draft: Any, answers: Answers) -> Response:
    """Store the answers, and go on. Another window may have stored others in this very moment."""
    answers = await compared(frame, visit, answers, draft.safeguarder)
    step = forms.next_of(answers, of_staff=is_of_staff(visit))
    try:
        await frame.gateway.change_draft(visit, draft, forms.as_bytes(answers), draft.etag, step)
    except NotDone as problem:
        if problem.refusal.kind is not Kind.CONFLICT:
            raise
        asked = replace(asked, is_stale=True, request_id=str(uuid4()))
        return await _shown(frame, visit, asked, draft.safeguarder, 409)
    return _on(frame, visit, draft, step)


async def compared(frame: Frame, visit: Visit, answers: Answers, person: str) -> Answers:
    """Return the answers, with the question of what is alike answered if nothing is. It is asked about a whole item."""
    if "alike" in answers.said or not {*COMPLETE, "summary"} <= set(answers.said):
        return answers
    try:
        found = await frame.gateway.similar_items(visit, person, answers)
    except (NotThere, ServiceAway):
        return answers  # the words are kept all the same, and the question is asked before the item is recorded
    if found.similar:
        return answers
    return Answers({**answers.said, "alike": NOTHING_ALIKE}, answers.forms)


async def _looked_at(
    frame: Frame, visit: Visit, asked: views.AskedQuestion, answers: Answers, person: str
) -> views.AskedQuestion:
    """Return the question with what the service says of the answer: why it refuses it, and what may name a child."""
    if asked.name not in CHECKED or not set(COMPLETE) <= set(answers.said):
        return asked
    try:
        item = await frame.gateway.record_item(visit, person, answers, "", reads=is_of_staff(visit))
    except NotDone as problem:
        about = views.about_field(problem.refusal)
        return replace(asked, refusal=problem.refusal) if about in QUESTIONS[asked.name].fields else asked
    if asked.name != "words" or f"{views.NO_CHILD}-1" in visit.form:
        return asked
    return replace(asked, findings=tuple(one.words for one in item.findings))


def _is_of_another_window(asked: views.AskedQuestion, form: Mapping[str, str]) -> bool:
    """Return whether the answer on file is one that this form has not seen, and did not give itself."""
    given_by = asked.answers.forms.get(asked.name, "")
    return given_by not in ("", form.get(views.KNOWN, ""), asked.request_id)


def _is_blank(typed: Typed) -> bool:
    return bool(typed.faults) and set(typed.faults.values()) == {MISSING} and not any(typed.answer.values())


def _on(frame: Frame, visit: Visit, draft: Any, step: str) -> Response:
    if visit.form.get(views.DO) == views.LATER:
        return frame.done(visit, "/drafts", "draft_kept", TOLD)
    return RedirectResponse(f"/evidence/new/{draft.name.rpartition('/')[2]}/{step}", 303)


def _person(visit: Visit) -> str:
    """Return the name of the record of the person whom a new item is about."""
    signed_in, named = visit.signed_in, visit.request.path_params.get("safeguarder", "")
    person = named if is_of_staff(visit) else signed_in.subject
    if not person:
        raise NotThere
    return f"safeguarders/{person}"


def _first(visit: Visit) -> views.AskedQuestion:
    of_staff = is_of_staff(visit)
    answers = Answers() if of_staff else Answers({"source": "self"})
    reader = views.Reader("", of_staff=of_staff)
    name = forms.next_of(answers, of_staff=of_staff)
    return views.AskedQuestion(name, "", answers, {}, str(uuid4()), reader, visit.request.url.path)


async def _asked(frame: Frame, visit: Visit) -> tuple[views.AskedQuestion, Any]:
    name = visit.request.path_params["question"]
    draft = await draft_of(frame, visit)
    answers, of_staff = forms.read_draft(draft.answers), is_of_staff(visit)
    if name not in {one.name for one in forms.asked_of(answers, of_staff=of_staff)}:
        raise NotThere
    asked = views.AskedQuestion(
        name,
        draft.name.rpartition("/")[2],
        answers,
        forms.typed_before(name, answers),
        str(uuid4()),
        views.Reader("", of_staff=of_staff),
        visit.request.url.path,
    )
    return asked, draft


async def _shown(frame: Frame, visit: Visit, asked: views.AskedQuestion, person: str, status: int) -> Response:
    reader, offered = await asyncio.gather(reader_of(frame, visit, person), _offered(frame, visit, asked.name, person))
    view = views.build(replace(asked, reader=reader, offered=offered), visit.today)
    return frame.rendering.page(visit, "recording/question", view, status)


async def _offered(frame: Frame, visit: Visit, question: str, person: str) -> Any:
    """Return what a question lets choose from. Most questions need nothing."""
    if question in ("from", "kind"):
        return await frame.gateway.recording_choices(visit, person)
    if question in ("standards", "readings"):
        return await part(frame.gateway.standards(visit))
    return None
