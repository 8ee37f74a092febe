"""The steps on a change: approve, publish, send back and take back, each a form at its own address."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import uuid4

from starlette.responses import Response

from services.console.failures import NotDone, NotThere
from services.console.forms.answers import Sent, sent_in
from services.console.forms.rule_changes import STEPS, TypedStep, read_step
from services.console.frame import Frame
from services.console.pages.rule_changes.reading import ask, content_in, shown
from services.console.requests import Visit
from services.console.views.rule_changes import change
from services.console.views.rule_changes import steps as views
from services.console.views.rule_changes.parts import LIST
from services.refusals import Kind


async def rule_change_step(frame: Frame, visit: Visit) -> Response:
    """Show the form of a step, or the change with the reason why the step is not possible."""
    return await _form(frame, visit, views.AskedStep(_step_of(visit), TypedStep(), Sent("", "")))


async def rule_change_step_sent(frame: Frame, visit: Visit) -> Response:
    """Make a step. If it is not made, show the form again, filled, with the reason."""
    step, sent = _step_of(visit), sent_in(visit.form)
    typed = read_step(step, visit.form, visit.today)
    wanted = views.AskedStep(step, typed, sent)
    if typed.faults:
        return await _form(frame, visit, wanted, 422)
    try:
        revision = await _made(frame, visit, step, typed, sent)
    except NotDone as problem:
        return await _form(frame, visit, replace(wanted, refusal=problem.refusal), 409)
    content = content_in(visit)
    is_own = step == "back" and visit.signed_in.person in change.submitters(revision)
    code = "own_back" if is_own else step.replace("-", "_")
    return frame.done(visit, f"{LIST}/{content}", code, content)


async def _made(frame: Frame, visit: Visit, step: str, typed: TypedStep, sent: Sent) -> Any:
    gateway, content = frame.gateway, content_in(visit)
    if step == "approve":
        return await gateway.approve(visit, content, typed.reason, await _report(frame, visit, typed), sent)
    if step == "publish":
        return await gateway.publish(visit, content, typed.at, sent)
    if step == "back":
        return await gateway.send_back(visit, content, typed.reason, sent)
    return await gateway.take_back(visit, typed.reason, sent)


async def _report(frame: Frame, visit: Visit, typed: TypedStep) -> str:
    """Return the hash of the what-if that the form was shown with; empty if there was none, or it is kept no more."""
    with suppress(NotThere):
        return views.report_hash(await frame.gateway.simulation(visit, typed.report)) if typed.report else ""
    return ""


async def _form(frame: Frame, visit: Visit, wanted: views.AskedStep, status: int = 200) -> Response:
    step, refusal = wanted.step, wanted.refusal
    needs_plan = step in ("publish", "take-back")
    asked, plan = await asyncio.gather(
        ask(frame, visit, tried=not needs_plan), frame.gateway.rulebook_plan(visit) if needs_plan else _none()
    )
    if step not in change.steps_of_role(asked.reader):
        raise NotThere
    is_stale = views.is_stale(refusal)
    is_invalid = refusal is not None and refusal.kind is Kind.INVALID and not is_stale
    is_possible = step in change.steps_of(asked.revision, asked.reader)
    if not is_possible or not (refusal is None or is_invalid or is_stale):
        return await shown(frame, visit, await ask(frame, visit), views.refused(refusal), 409)
    sent = Sent(str(uuid4()), "") if is_stale or not wanted.sent.etag else wanted.sent
    run = views.done_in(asked.tried) if step == "approve" else None
    view = views.build(replace(wanted, sent=sent, plan=plan, run=run), asked, visit.today)
    return frame.rendering.page(visit, "rule_changes/step", view, 422 if is_invalid else status)


def _step_of(visit: Visit) -> str:
    step = str(visit.request.path_params["step"])
    if step not in STEPS:
        raise NotThere
    return step


async def _none() -> Any:
    return None
