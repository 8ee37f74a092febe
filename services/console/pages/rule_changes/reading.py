"""The pages that show changes of the rules: the list, one change, every difference, its examples, and its tries."""

import asyncio
import re
from typing import Any
from uuid import uuid4

from starlette.responses import RedirectResponse, Response

from services.console.calls.caller import part
from services.console.failures import NotThere
from services.console.forms.answers import sent_in
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views.form import Notice
from services.console.views.parts import Away, Found
from services.console.views.rule_changes import change as views
from services.console.views.rule_changes import listing, what_if
from services.console.views.rule_changes.parts import people_in

POLICY = frozenset({"policy_editor", "policy_approver"})
"""Roles that may see what a change would have done in the past."""
CONTENT = re.compile(r"[0-9a-f]{64}")
TOKEN = re.compile(r"[A-Za-z0-9_=-]{1,512}")


async def rule_changes(frame: Frame, visit: Visit) -> Response:
    """Show every change of the rules, those first that wait for somebody."""
    ask, after = frame.gateway, visit.request.query_params.get("after", "")
    page = after if TOKEN.fullmatch(after) else ""
    role = visit.signed_in.role
    revisions, tried, trials = await asyncio.gather(
        ask.revisions(visit, page),
        part(ask.tried(visit)) if role == "policy_editor" and not page else _nothing(),
        part(ask.rule_trials(visit)) if role in POLICY and not page else _nothing(),
    )
    people = dict.fromkeys(one.author for one in revisions.rulebook_revisions if one.author != "release")
    names = await part(ask.called(visit, [*people]))
    view = listing.build(revisions, tried, trials, names, visit.now)
    return frame.rendering.page(visit, "rule_changes/changes", view)


async def rule_change(frame: Frame, visit: Visit) -> Response:
    """Show one change."""
    return await shown(frame, visit, await ask(frame, visit))


async def rule_change_compared(frame: Frame, visit: Visit) -> Response:
    """Show every difference between a change and the rulebook in force."""
    content, gateway = content_in(visit), frame.gateway
    revision, compared, rules = await asyncio.gather(
        gateway.revision(visit, content), gateway.differences(visit, content), part(gateway.rules(visit))
    )
    view = views.build_compare(revision, compared, rules)
    return frame.rendering.page(visit, "rule_changes/compare", view)


async def rule_change_examples(frame: Frame, visit: Visit) -> Response:
    """Show what the examples of a change show today."""
    content, gateway = content_in(visit), frame.gateway
    revision, examined, rules = await asyncio.gather(
        gateway.revision(visit, content), gateway.examined(visit, content), part(gateway.rules(visit))
    )
    view = views.build_examples(revision, examined, rules)
    return frame.rendering.page(visit, "rule_changes/examples", view)


async def rule_change_tried(frame: Frame, visit: Visit) -> Response:
    """Show the tries of a change so far, and the form that starts one."""
    content, gateway = content_in(visit), frame.gateway
    revision, tried = await asyncio.gather(gateway.revision(visit, content), gateway.tried(visit, content))
    view = what_if.build_try(revision, tried, str(uuid4()), visit.today)
    return frame.rendering.page(visit, "rule_changes/try", view)


async def rule_change_try(frame: Frame, visit: Visit) -> Response:
    """Start a try of a change, and lead to its page."""
    content = content_in(visit)
    run = await frame.gateway.try_revision(visit, content, sent_in(visit.form).request_id)
    return RedirectResponse(f"{visit.request.url.path}/{what_if.id_of(run)}", 303)


async def rule_change_run(frame: Frame, visit: Visit) -> Response:
    """Show one try of a change: how far it is, or what it found."""
    content, gateway = content_in(visit), frame.gateway
    revision, run, rules = await asyncio.gather(
        gateway.revision(visit, content),
        gateway.simulation(visit, visit.request.path_params["run"]),
        part(gateway.rules(visit)),
    )
    if not what_if.is_of(run, revision):
        raise NotThere
    view = what_if.build(revision, run, rules, visit.today)
    return frame.rendering.page(visit, "rule_changes/what_if", view)


async def ask(frame: Frame, visit: Visit, *, tried: bool = True) -> views.AskedChange:
    """Return what the services answer of the change that is asked for. `tried`: also its tries, if the reader may."""
    content, gateway = content_in(visit), frame.gateway
    revision, compared, rules, runs = await asyncio.gather(
        gateway.revision(visit, content),
        gateway.differences(visit, content),
        part(gateway.rules(visit)),
        part(gateway.tried(visit, content)) if tried and visit.signed_in.role in POLICY else _nothing(),
    )
    people = await part(gateway.called(visit, people_in(revision)))
    return views.AskedChange(revision, compared, rules, runs, people, visit.signed_in)


async def shown(
    frame: Frame, visit: Visit, asked: views.AskedChange, notice: Notice | None = None, status: int = 200
) -> Response:
    """Return the page of a change."""
    view = views.build(asked, visit.told(content_in(visit)), visit.now, notice)
    return frame.rendering.page(visit, "rule_changes/change", view, status)


def content_in(visit: Visit) -> str:
    """Return the hash in the address. Raises NotThere for anything else."""
    content = str(visit.request.path_params["revision"])
    if not CONTENT.fullmatch(content):
        raise NotThere
    return content


async def _nothing() -> Found[Any] | Away | None:
    return None
