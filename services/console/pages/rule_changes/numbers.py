"""A number is changed: its form, then everything once more while it is tried on the past, and handed in.

The simulation keeps what was typed, so that the way back is not lost and the page can be left.
"""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from services.console.calls.caller import part
from services.console.failures import NotDone, NotThere, SentBefore, Unanswered
from services.console.forms.answers import ID, Sent, sent_in
from services.console.forms.rule_changes import TypedNumber, read_number, title_faults, wanted_examples
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views.rule_changes import number as views
from services.console.views.rule_changes.parts import LIST, content_of
from services.console.views.rule_changes.what_if import id_of
from services.refusals import Refusal

AGAIN = "-again"
"""Ends the request id of the try of what was handed in. A form sent again starts no second one."""


async def number_change(frame: Frame, visit: Visit) -> Response:
    """Show the form of a number, empty or as it was typed for a try."""
    tried = visit.request.query_params.get("from", "")
    if not ID.fullmatch(tried):
        return await _form(frame, visit, TypedNumber(), Sent(str(uuid4()), ""))
    trial = await _own_trial(frame, visit, tried)
    return await _form(frame, visit, views.typed_of(trial.change), Sent(str(uuid4()), ""))


async def number_change_sent(frame: Frame, visit: Visit) -> Response:
    """Have the change tried on the past, and lead to the page on which it can be handed in."""
    typed, sent = read_number(visit.form), sent_in(visit.form)
    if typed.faults:
        return await _form(frame, visit, typed, sent, status=422)
    change = frame.gateway.number_changed(visit.request.path_params["parameter"], typed)
    try:
        await frame.gateway.look_at_change(visit, change)
        trial = await _tried(frame, visit, change, sent.request_id)
    except NotDone as problem:
        return await _form(frame, visit, typed, Sent(str(uuid4()), ""), problem.refusal, 422)
    return RedirectResponse(f"{visit.request.url.path}/{id_of(trial)}", 303)


async def number_change_check(frame: Frame, visit: Visit) -> Response:
    """Show everything once more: in words, on the past, and the examples that guard it."""
    return await _check(frame, visit, str(uuid4()))


async def number_change_hand_in(frame: Frame, visit: Visit) -> Response:
    """Hand the change in, have it tried as it was handed in, and lead to its page."""
    gateway, sent = frame.gateway, sent_in(visit.form)
    trial = await _own_trial(frame, visit, visit.request.path_params["trial"])
    if title_faults(visit.form):
        return await _check(frame, visit, sent.request_id, 422)
    try:
        handed_in = await gateway.change_number(visit, trial.change, sent.request_id, wanted_examples(visit.form))
    except NotDone as problem:
        return await _check(frame, visit, str(uuid4()), 409, problem.refusal)
    content = content_of(handed_in.rulebook_revision.name)
    with suppress(Unanswered):  # it is handed in, and can be tried from its page
        await gateway.try_revision(visit, content, f"{sent.request_id[: 64 - len(AGAIN)]}{AGAIN}")
    return frame.done(visit, f"{LIST}/{content}", "handed_in", content)


async def _tried(frame: Frame, visit: Visit, change: Any, request_id: str) -> Any:
    """Have a change tried. Who goes back in their browser and types another one sends the same form: that is a new try.

    Raises:
        NotDone: the service refused it, and says why.
    """
    try:
        return await frame.gateway.try_change(visit, change, request_id)
    except SentBefore:
        return await frame.gateway.try_change(visit, change, str(uuid4()))


async def _form(
    frame: Frame, visit: Visit, typed: TypedNumber, sent: Sent, refusal: Refusal | None = None, status: int = 200
) -> Response:
    gateway = frame.gateway
    numbers, rules = await asyncio.gather(gateway.numbers(visit), part(gateway.rules(visit)))
    name = visit.request.path_params["parameter"]
    number = next((one for one in numbers.parameters if one.parameter == name), None)
    if number is None:
        raise NotThere
    view = views.build(number, rules, typed, sent, refusal, visit.today)
    return frame.rendering.page(visit, "rule_changes/number", view, status)


async def _check(
    frame: Frame, visit: Visit, request_id: str, status: int = 200, refusal: Refusal | None = None
) -> Response:
    gateway = frame.gateway
    trial, rules = await asyncio.gather(
        _own_trial(frame, visit, visit.request.path_params["trial"]), part(gateway.rules(visit))
    )
    looked_at: Any = None
    try:
        looked_at = await gateway.look_at_change(visit, trial.change)
    except NotDone as problem:
        refusal = refusal or problem.refusal
    shown = views.Checked(trial, looked_at, refusal, rules, visit.form)
    view = views.build_check(shown, visit.today, request_id)
    return frame.rendering.page(visit, "rule_changes/check", view, status)


async def _own_trial(frame: Frame, visit: Visit, simulation: str) -> Any:
    """Return a try of the number in the address that the reader asked for. Raises NotThere for any other."""
    if not ID.fullmatch(simulation):
        raise NotThere
    trial = await frame.gateway.simulation(visit, simulation)
    is_of_it = trial.HasField("change") and trial.change.parameter == visit.request.path_params["parameter"]
    if not is_of_it or trial.person != visit.signed_in.person:
        raise NotThere
    return trial
