"""The reader's own drafts, and whom an item is about."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from services.console.calls.caller import part
from services.console.failures import NotThere, Unanswered
from services.console.forms import recording as forms
from services.console.forms.answers import ID, request_id_of
from services.console.frame import Frame
from services.console.pages.recording.questions import draft_of, is_of_staff, recording_begun, recording_begun_sent
from services.console.requests import Visit
from services.console.views.heading import Link
from services.console.views.parts import Found
from services.console.views.recording import drafts as views
from services.console.words import words


async def drafts(frame: Frame, visit: Visit) -> Response:
    """Show what the reader began to write and has not sent."""
    found = await frame.gateway.my_drafts(visit)
    names = await _names(frame, visit, found)
    told = visit.told(views.TOLD)
    view = views.build(found, names, _own(visit), visit.today, told, of_staff=visit.signed_in.role != "safeguarder")
    return frame.rendering.page(visit, "recording/drafts", view)


async def draft_deletion(frame: Frame, visit: Visit) -> Response:
    """Ask whether a draft is to be deleted."""
    draft = await frame.gateway.draft(visit, _name(visit))
    about = views.title_of(draft, await _names(frame, visit, [draft]), _own(visit))
    view = views.build_delete(draft, about, str(uuid4()), of_staff=visit.signed_in.role != "safeguarder")
    return frame.rendering.page(visit, "recording/delete", view)


async def draft_deleted(frame: Frame, visit: Visit) -> Response:
    """Delete a draft for good. Pressed twice, the button deletes it once."""
    await frame.gateway.delete_draft(visit, _name(visit), request_id_of(visit.form))
    return frame.done(visit, "/drafts", "draft_deleted", views.TOLD)


async def recording(frame: Frame, visit: Visit) -> Response:
    """Ask whom an item is about. A Safeguarder records about themselves, so their first question comes at once."""
    if not is_of_staff(visit):
        return await recording_begun(frame, visit)
    return _who(frame, visit, "", None, {})


async def recording_sent(frame: Frame, visit: Visit) -> Response:
    """Find whom somebody means, or go on with the person who was chosen."""
    if not is_of_staff(visit):
        return await recording_begun_sent(frame, visit)
    chosen = _chosen(visit)
    if chosen:
        return RedirectResponse(f"/people/{chosen}/evidence/new", 303)
    return await _found(frame, visit, {})


async def recording_who(frame: Frame, visit: Visit) -> Response:
    """Ask whom an item is about, once more."""
    draft = await draft_of(frame, visit)
    return _who(frame, visit, "", None, forms.read_draft(draft.answers).said)


async def recording_who_sent(frame: Frame, visit: Visit) -> Response:
    """Take the answers over into a draft about somebody else: whom a draft is about does not change.

    A second press finds the draft gone, and is led to the one that the first press made.
    """
    chosen, kept = _chosen(visit), forms.in_form(visit.form)
    if not chosen:
        return await _found(frame, visit, kept.said)
    try:
        draft = await draft_of(frame, visit)
        kept = forms.read_draft(draft.answers)
    except NotThere:
        draft = None
    if draft is None or draft.safeguarder != f"safeguarders/{chosen}":
        answers = forms.Answers({name: text for name, text in kept.said.items() if name != "alike"})
        draft = await frame.gateway.begin_recording_draft(
            visit, f"safeguarders/{chosen}", forms.CHECK, forms.as_bytes(answers), request_id_of(visit.form)
        )
        with suppress(Unanswered):  # the new draft is there, and the old one ends by itself
            await frame.gateway.delete_draft(visit, _name(visit))
    return RedirectResponse(f"/evidence/new/{draft.name.rpartition('/')[2]}/{forms.CHECK}", 303)


async def _found(frame: Frame, visit: Visit, kept: Mapping[str, str]) -> Response:
    typed = visit.form.get(views.NAME, "").strip()[:80]
    if not typed:
        return _who(frame, visit, typed, None, kept, is_missing=True)
    return _who(frame, visit, typed, await frame.gateway.found(visit, typed), kept)


def _who(
    frame: Frame, visit: Visit, typed: str, found: Any, kept: Mapping[str, str], *, is_missing: bool = False
) -> Response:
    draft = visit.request.path_params.get("draft", "")
    said = words("recording")
    back = Link(said["back_check"], f"/evidence/new/{draft}/check") if draft else Link(said["back_today"], "/today")
    place = views.Place(visit.request.url.path, back)
    view = views.build_who(typed, found, place, str(uuid4()), kept, is_missing=is_missing)
    return frame.rendering.page(visit, "recording/who", view, 422 if is_missing else 200)


def _chosen(visit: Visit) -> str:
    """Return who was chosen; empty if another name was typed since, so that somebody looks for another person."""
    chosen, typed = visit.form.get(views.PERSON, ""), visit.form.get(views.NAME, "").strip()
    is_same = typed == visit.form.get(views.SEARCHED, typed)
    return chosen if is_same and ID.fullmatch(chosen) else ""


async def _names(frame: Frame, visit: Visit, found: list[Any]) -> dict[str, str]:
    people = list(dict.fromkeys(one.safeguarder for one in found if one.safeguarder))
    named = await part(frame.gateway.names_of(visit, people))
    return named.answer if isinstance(named, Found) else {}


def _own(visit: Visit) -> str:
    return f"safeguarders/{visit.signed_in.subject}" if visit.signed_in.subject else ""


def _name(visit: Visit) -> str:
    return f"drafts/{visit.request.path_params['draft']}"
