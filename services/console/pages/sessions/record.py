"""The record of a session: a list of parts that are saved one by one, sharing it, and what each side says to it."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from services.calendar_days import london_today
from services.client.words import word_of
from services.console.calls import caller
from services.console.failures import NotDone, NotThere, ServiceAway
from services.console.forms import record as forms
from services.console.forms.answers import REUSED, Sent, request_id_of, sent_in
from services.console.frame import Frame
from services.console.pages.sessions import asking
from services.console.pages.sessions.reading import shown as shown_session
from services.console.requests import Visit
from services.console.views.form import Notice
from services.console.views.parts import Away
from services.console.views.sessions import record as views
from services.console.views.sessions import record_forms
from services.console.views.sessions.agenda import Agenda, agenda_of
from services.console.views.sessions.steps import is_mendable, why_not
from services.console.words import words
from services.platform.calls.wire import from_instant
from services.refusals import Kind

Asked = views.AskedRecord


async def person_record(frame: Frame, visit: Visit) -> Response:
    """Show the parts to write while it is a draft, and the text once it is shared."""
    asked = await _asked(frame, visit)
    done = visit.told(visit.request.path_params["session"])
    if not asked.is_draft:
        return _text(frame, visit, views.build_text(asked, visit.now, done=done))
    if not asked.reader.writes:
        raise NotThere
    if word_of(asked.session, "state") != "held":
        return await shown_session(frame, visit, why_not(None, words("sessions")["blocked"]["not_held"]))
    view = views.build_tasks(asked, _agenda(asked), visit.now, done)
    return frame.rendering.page(visit, "sessions/tasks", view)


async def record_part(frame: Frame, visit: Visit) -> Response:
    """Show the form of one part, with what is saved of it."""
    asked = await _asked(frame, visit)
    part = _part(asked, visit)
    held = asked.held(part)
    form = record_forms.AskedPart(part, held, Sent(str(uuid4()), forms.mark_of(held)))
    return _part_form(frame, visit, asked, form, 200)


async def record_part_sent(frame: Frame, visit: Visit) -> Response:
    """Save one part. What another window has changed in it meanwhile is never overwritten unseen."""
    asked = await _asked(frame, visit)
    part, agenda = _part(asked, visit), _agenda(asked)
    typed, sent = forms.read(part, visit.form, agenda.offered), sent_in(visit.form)
    form = record_forms.AskedPart(part, typed, sent)
    if typed.faults:
        return _part_form(frame, visit, asked, form, 422)
    held = asked.held(part)
    if forms.mark_of(replace(typed, faults={})) != forms.mark_of(held):
        if sent.etag != forms.mark_of(held):
            return _stale(frame, visit, asked, form)
        try:
            await _save(frame, visit, asked, form)
        except NotDone as problem:
            return await _not_saved(frame, visit, form, problem)
    address = visit.request.url.path.rpartition("/")[0]
    return frame.done(visit, address, "part", visit.request.path_params["session"])


async def _save(frame: Frame, visit: Visit, asked: Asked, form: record_forms.AskedPart) -> None:
    """Keep one part where it belongs: in the record, or in the plan.

    Raises:
        NotDone: the service refused it, and says why.
    """
    ask, part, typed = frame.gateway, form.part, form.typed
    if part.kind == forms.PLAN:
        await ask.say_not_final(visit, asking.record_about(visit), typed.words, form.sent.request_id)
        return
    await ask.write_part(visit, asking.session_name(visit), asked.record, part, typed, form.sent.request_id)


async def _not_saved(frame: Frame, visit: Visit, form: record_forms.AskedPart, problem: NotDone) -> Response:
    asked = await _asked(frame, visit)
    refusal = problem.refusal
    if refusal.kind is Kind.CONFLICT or refusal.reason in ("RECORD_EXISTS", REUSED):
        return _stale(frame, visit, asked, form)
    if is_mendable(refusal):
        return _part_form(frame, visit, asked, replace(form, refusal=refusal), 422)
    raise problem


def _stale(frame: Frame, visit: Visit, asked: Asked, form: record_forms.AskedPart) -> Response:
    """Show the form with the words of this window, made from the record as it is now."""
    sent = Sent(str(uuid4()), forms.mark_of(asked.held(form.part)))
    return _part_form(frame, visit, asked, replace(form, sent=sent, is_stale=True), 409)


async def person_share(frame: Frame, visit: Visit) -> Response:
    """Show the whole text once more, with the button that shares it; or what is still missing."""
    asked = await _asked(frame, visit)
    return _share(frame, visit, asked, None)


def _share(frame: Frame, visit: Visit, asked: Asked, notice: Notice | None) -> Response:
    if not asked.reader.writes or asked.record is None or not asked.is_draft:
        raise NotThere
    if views.missing(asked, _agenda(asked)):
        return RedirectResponse(visit.request.url.path.replace("/share", "/record"), 303)
    form = record_forms.share_form(asked, str(uuid4()))
    view = views.build_text(asked, visit.now, form, notice=notice)
    return _text(frame, visit, view, 409 if notice else 200)


async def person_share_sent(frame: Frame, visit: Visit) -> Response:
    """Share a draft with the Safeguarder."""
    try:
        await frame.gateway.share_record(visit, asking.session_name(visit), sent_in(visit.form))
    except NotDone as problem:
        asked = await _asked(frame, visit)
        return _share(frame, visit, asked, why_not(problem.refusal, ""))
    return _back_to_record(frame, visit, "share")


async def my_answer(frame: Frame, visit: Visit) -> Response:
    """Show the text, and ask whether it is right."""
    asked = await _answered(frame, visit)
    return _ask_whether(frame, visit, asked, forms.Answered(), 200)


async def my_answer_sent(frame: Frame, visit: Visit) -> Response:
    """Take the answer of the Safeguarder: it is right, or first which parts they see differently, then their words."""
    asked = await _answered(frame, visit)
    parts = record_forms.numbers_of(asked)
    sent = sent_in(visit.form)
    said = forms.read_answer(visit.form, list(parts))
    if said.faults:
        return _ask_whether(frame, visit, asked, said, 422)
    if said.word == forms.DIFFERENT and visit.form.get("do") != forms.SEND:
        return _ask_words(frame, visit, asked, said, 200)
    disputes: list[tuple[str, str]] = []
    if said.word == forms.DIFFERENT:
        said = forms.read_words(visit.form, said.ticked)
        if said.faults:
            return _ask_words(frame, visit, asked, said, 422)
        disputes = [(parts[number][0], text) for number, text in said.words.items()]
    edition = int(sent.etag) if sent.etag.isdigit() and len(sent.etag) < 6 else 0
    try:
        name = asking.session_name(visit)
        await frame.gateway.answer_record(visit, name, edition, disputes, sent.request_id)
    except NotDone as problem:
        if not is_mendable(problem.refusal):
            raise
        return _ask_words(frame, visit, asked, replace(said, faults=_all_wrong(said, problem)), 422)
    return _back_to_record(frame, visit, "disputed" if disputes else "confirmed")


def _all_wrong(said: forms.Answered, problem: NotDone) -> dict[str, str]:
    """Return the fault at the words that a service refused, as it names them by their place."""
    place = problem.refusal.field.partition("[")[2].partition("]")[0]
    numbers = list(said.words)
    if not numbers:
        raise problem
    number = numbers[int(place)] if place.isdecimal() and int(place) < len(numbers) else numbers[0]
    return {f"words-{number}": problem.refusal.reason}


def _ask_whether(frame: Frame, visit: Visit, asked: Asked, said: forms.Answered, status: int) -> Response:
    sent = Sent(request_id_of(visit.form), "")
    form = record_forms.answer_form(asked, said, sent)
    view = views.build_text(asked, visit.now, form)
    return _text(frame, visit, view, status)


def _ask_words(frame: Frame, visit: Visit, asked: Asked, said: forms.Answered, status: int) -> Response:
    form = record_forms.words_form(asked, said.ticked, said, sent_in(visit.form))
    view = record_forms.answer_page(asked, form, "answer")
    return frame.rendering.page(visit, "sessions/step", view, status)


async def person_respond(frame: Frame, visit: Visit) -> Response:
    """Ask for the manager's words on each part that the Safeguarder sees differently."""
    asked = await _asked(frame, visit)
    return _respond(frame, visit, asked, forms.Answered(), 200)


async def person_respond_sent(frame: Frame, visit: Visit) -> Response:
    """Close a disputed record with words on each part. Both sides' words stand for good."""
    asked = await _asked(frame, visit)
    if asked.reader.writes and asked.record is not None and word_of(asked.record, "state") == "closed":
        # The button was pressed twice. The first press closed it.
        return _back_to_record(frame, visit, "respond")
    disputed = _disputed(asked, visit)
    said = forms.read_words(visit.form, list(disputed))
    if said.faults:
        return _respond(frame, visit, asked, said, 422)
    responses = {disputed[number]: text for number, text in said.words.items()}
    try:
        await frame.gateway.close_record(visit, asking.session_name(visit), responses, sent_in(visit.form))
    except NotDone as problem:
        if not is_mendable(problem.refusal):
            raise
        return _respond(frame, visit, asked, replace(said, faults=_all_wrong(said, problem)), 422)
    return _back_to_record(frame, visit, "respond")


def _respond(frame: Frame, visit: Visit, asked: Asked, said: forms.Answered, status: int) -> Response:
    disputed = _disputed(asked, visit)
    sent = Sent(request_id_of(visit.form), "")
    form = record_forms.words_form(asked, list(disputed), said, sent)
    view = record_forms.answer_page(asked, form, "respond")
    return frame.rendering.page(visit, "sessions/step", view, status)


def _disputed(asked: Asked, visit: Visit) -> dict[str, str]:
    """Return the parts that are disputed, by their numbers.

    Raises:
        NotThere: nothing is, or the reader doesn't write the record.
    """
    if not asked.reader.writes or asked.record is None or word_of(asked.record, "state") != "disputed":
        raise NotThere
    names = {one.section for one in asked.record.answer.disputes}
    parts = record_forms.numbers_of(asked)
    return {number: name for number, (name, _) in parts.items() if name in names}


async def _asked(frame: Frame, visit: Visit) -> Asked:
    ask, name = frame.gateway, asking.session_name(visit)
    session, record, pack, concerns, editions, known = await asyncio.gather(
        ask.session(visit, name),
        ask.record_of(visit, name),
        ask.pack_of(visit, name),
        caller.part(ask.raised(visit, asking.record_about(visit), ended=True)),
        caller.part(ask.standards(visit)),
        asking.known_as(frame, visit),
    )
    around = asking.beside(pack, concerns, editions)
    return Asked(session, record, pack, around, asking.reader_of(visit, known), visit.today)


async def _answered(frame: Frame, visit: Visit) -> Asked:
    """Return a record that the Safeguarder can answer.

    Raises:
        NotThere: there is none, or it is answered.
    """
    asked = await _asked(frame, visit)
    # A second press of the button finds the record answered, and gets the first answer again.
    is_sent = bool(visit.form)
    if asked.record is None or not asked.reader.is_own or not (is_sent or views.may_answer(asked.record)):
        raise NotThere
    return asked


def _agenda(asked: Asked) -> Agenda:
    """Return the parts of a record.

    Raises:
        ServiceAway: nobody says which standards there are, or how the plan stands, so a part would be missing unseen.
    """
    for one in (asked.beside.editions, asked.beside.plan):
        if isinstance(one, Away):
            raise ServiceAway(one.service)
    return agenda_of(asked.pack, asked.beside, london_today(from_instant(asked.session.start_time)))


def _part(asked: Asked, visit: Visit) -> forms.Part:
    part = _agenda(asked).part(visit.request.path_params["part"])
    if part is None or not asked.reader.writes or not asked.is_draft or word_of(asked.session, "state") != "held":
        raise NotThere
    return part


def _part_form(frame: Frame, visit: Visit, asked: Asked, form: record_forms.AskedPart, status: int) -> Response:
    view = record_forms.build_part(asked, _agenda(asked), form)
    return frame.rendering.page(visit, "sessions/step", view, status)


def _text(frame: Frame, visit: Visit, view: Any, status: int = 200) -> Response:
    return frame.rendering.page(visit, "sessions/record", view, status)


def _back_to_record(frame: Frame, visit: Visit, code: str) -> Response:
    address = f"{visit.request.url.path.rpartition('/')[0]}/record"
    return frame.done(visit, address, code, visit.request.path_params["session"])
