"""A Safeguarder replies to an item. What they type is kept as a draft, which is deleted once the reply is sent."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from services.console.calls.caller import part
from services.console.failures import NotDone, NotThere, Unanswered
from services.console.forms import drafts
from services.console.forms.answers import ETAG, request_id_of, words_in
from services.console.frame import Frame
from services.console.pages.my_file.start import own_record
from services.console.requests import Visit
from services.console.views.my_file import items
from services.console.views.my_file import reply as views
from services.console.views.parts import Found
from services.refusals import Kind

FAULTS = {"FIELD_MISSING": "missing", "TEXT_TOO_LONG": "too_long", "TEXT_NOT_PLAIN": views.NOT_PLAIN}
"""What is wrong with the words, by the reason that the service gives."""
NEVER = "0"
"""The etag of no draft: it is refused as a stale copy."""


async def my_item(frame: Frame, visit: Visit) -> Response:
    """Show one item and the reply to it, or the way to a reply that was begun."""
    ask, person, item_id = frame.gateway, own_record(visit), visit.request.path_params["item"]
    answer, editions, kept = await asyncio.gather(
        ask.item(visit, _name(visit)), part(ask.standards(visit)), part(ask.reply_draft(visit, person, item_id))
    )
    draft = kept.answer if isinstance(kept, Found) else None
    view = items.build_item(answer, editions, visit.now, visit.today)
    told = views.told(visit.told(item_id), answer, draft)
    return frame.rendering.page(visit, "my_file/item", items.told_on(views.with_draft(view, draft), told))


async def my_reply(frame: Frame, visit: Visit) -> Response:
    """Show the form, with what was kept."""
    ask, person = frame.gateway, own_record(visit)
    draft = await ask.reply_draft(visit, person, visit.request.path_params["item"])
    words = await ask.draft(visit, draft.name) if draft is not None else None
    if words is None:
        return await _form(frame, visit, views.Typed("", str(uuid4())))
    return await _form(frame, visit, views.Typed(drafts.read(words.answers).text, str(uuid4()), words.etag))


async def my_reply_sent(frame: Frame, visit: Visit) -> Response:
    """Do what the pressed button says: check, send, keep for later, or go back to the words."""
    text, fault = words_in(visit.form, views.TEXT, views.MOST)
    typed = views.Typed(text, request_id_of(visit.form), visit.form.get(ETAG, ""))
    pressed = visit.form.get(views.DO, views.CHECK)
    if pressed == views.CHANGE:
        return await _form(frame, visit, typed)
    if fault:
        return await _form(frame, visit, replace(typed, fault=fault), 422)
    if pressed == views.LATER:
        return await _keep(frame, visit, typed)
    return await (_send if pressed == views.SEND else _check)(frame, visit, typed)


async def _check(frame: Frame, visit: Visit, typed: views.Typed) -> Response:
    """Show the words once more, as the service would take them, and keep them on the way."""
    try:
        item = await frame.gateway.reply(visit, _name(visit), typed.text, typed.request_id, check_only=True)
    except NotDone as problem:
        return await _not_done(frame, visit, typed, problem)
    try:
        draft = await _kept(frame, visit, typed)
    except NotDone as problem:
        if problem.refusal.kind is Kind.CONFLICT:
            return await _stale(frame, visit, typed)
        draft = None
    except Unanswered:
        draft = None  # the words travel with the form, so they need no draft
    if draft is not None:
        typed = replace(typed, etag=draft.etag)
    return frame.rendering.page(visit, "my_file/check", views.build_check(item, typed, draft))


async def _send(frame: Frame, visit: Visit, typed: views.Typed) -> Response:
    ask, item_id = frame.gateway, visit.request.path_params["item"]
    try:
        await ask.reply(visit, _name(visit), typed.text, typed.request_id)
    except NotDone as problem:
        return await _not_done(frame, visit, typed, problem)
    try:
        draft = await ask.reply_draft(visit, own_record(visit), item_id)
        if draft is not None:
            await ask.delete_draft(visit, draft.name)
    except Unanswered:
        pass  # the reply is recorded, and a draft ends by itself
    return frame.done(visit, f"/my-file/evidence/{item_id}", "reply_sent", item_id)


async def _keep(frame: Frame, visit: Visit, typed: views.Typed) -> Response:
    item_id = visit.request.path_params["item"]
    try:
        await _kept(frame, visit, typed)
    except NotDone as problem:
        if problem.refusal.kind is Kind.CONFLICT:
            return await _stale(frame, visit, typed)
        return await _form(frame, visit, replace(typed, notice=views.NOT_KEPT), 409)
    return frame.done(visit, f"/my-file/evidence/{item_id}", "draft_kept", item_id)


async def _kept(frame: Frame, visit: Visit, typed: views.Typed) -> Any:
    """Keep the words in the reader's draft for this item, and return it. It is begun if there is none.

    Raises:
        NotDone: another window changed it since, or there are too many drafts.
    """
    ask, person, item_id = frame.gateway, own_record(visit), visit.request.path_params["item"]
    answers = drafts.as_bytes(drafts.KeptWords(typed.text, typed.request_id))
    draft, etag = await ask.reply_draft(visit, person, item_id), typed.etag
    if draft is None:
        return await ask.begin_reply_draft(visit, person, item_id, answers)
    if draft.etag != etag:
        # Somebody who went back to this very form has its first etag, and may keep its words again.
        held = drafts.read((await ask.draft(visit, draft.name)).answers)
        etag = draft.etag if held.form == typed.request_id else etag or NEVER
    return await ask.change_draft(visit, draft, answers, etag)


async def _stale(frame: Frame, visit: Visit, typed: views.Typed) -> Response:
    """Show the form with the words of this window, made from the draft as it is now."""
    draft = await frame.gateway.reply_draft(visit, own_record(visit), visit.request.path_params["item"])
    etag = draft.etag if draft is not None else ""
    return await _form(frame, visit, replace(typed, etag=etag, notice=views.STALE), 409)


async def _not_done(frame: Frame, visit: Visit, typed: views.Typed, problem: NotDone) -> Response:
    """Show the form again where the words can be mended. Else the frame keeps them on a page that says why."""
    fault = FAULTS.get(problem.refusal.reason)
    if fault is None:
        raise problem
    return await _form(frame, visit, replace(typed, fault=fault), 422)


async def _form(frame: Frame, visit: Visit, typed: views.Typed, status: int = 200) -> Response:
    ask = frame.gateway
    item, editions = await asyncio.gather(ask.item(visit, _name(visit)), part(ask.standards(visit)))
    if not items.may_reply(item):
        if visit.form:
            raise NotThere  # what was typed stays on the page that says so
        return RedirectResponse(f"/my-file/evidence/{visit.request.path_params['item']}", 303)
    view = views.build(item, editions, typed, visit.now, visit.today)
    return frame.rendering.page(visit, "my_file/reply", view, status)


def _name(visit: Visit) -> str:
    return f"{own_record(visit)}/evidenceItems/{visit.request.path_params['item']}"
