"""`psmf duty list`: who owes what by when."""

from typing import Annotated, Any

import typer

from services.cli.command import PageSize, PageToken, command, group
from services.cli.page.beside import Beside
from services.cli.plan.shown import PLAN, about, owed
from services.cli.terminal import Terminal
from services.client.words import safeguarder_of, word_of

app = group("duty")
_BY_PERSON = {
    "personLinks": "link list",
    "reportSamples": "sample show",
    "sampleRounds": "sample list",
    "overlays": "overlay list",
    "terms": "recommendation readiness",
    "views": "plan show",
}
_BY_ID = {
    "actions": "action show",
    "supports": "support show",
    "approachChanges": "approach show",
    "reviewRequests": "review show",
    "recommendations": "recommendation show",
}
"""The command that shows what a duty is about, by the collection in its name."""


@command(app, "list")
def list_duties(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Option(help="Only this person's record: a name or an id.")] = "-",
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List who owes what by when, the earliest day first: answers, records, supports and actions.

    psmf duty list --as support-manager-east-1
    psmf duty list --safeguarder sg-1a2b3c4d
    """
    from psmf.scheduling.v1 import duties_pb2 as pb

    request = pb.ListDutiesRequest(parent=terminal.safeguarder(safeguarder), page_size=page_size, page_token=page_token)
    answer = terminal.call(terminal.client.duties.ListDuties, request)
    beside = Beside(terminal)
    terminal.entries(answer.duties, answer.next_page_token, lambda duty: _entry(duty, beside))
    if not answer.duties and not terminal.as_json:
        terminal.say("Nobody owes anything that you can see.")
    if answer.duties and not answer.next_page_token and not terminal.as_json:
        terminal.following(_shown_by(answer.duties[0]), answer.duties[0].about)


def _entry(duty: Any, beside: Beside) -> tuple[str, ...]:
    said = owed(duty, "the Safeguarder")
    return (
        about(duty) or ("term" if "/terms/" in duty.about else "plan"),
        beside.who(duty.name),
        f"{said[0].upper()}{said[1:]}",
    )


def _shown_by(duty: Any) -> str:
    """Return the command that shows what a duty is about."""
    if duty.about.endswith(PLAN):
        return f"psmf plan show {safeguarder_of(duty.name)}"
    for collection, shown in _BY_PERSON.items():
        if f"/{collection}/" in duty.about:
            return f"psmf {shown} {safeguarder_of(duty.name)}"
    for collection, shown in _BY_ID.items():
        if f"/{collection}/" in duty.about:
            return f"psmf {shown} {safeguarder_of(duty.name)}/{about(duty)}"
    if "/evidenceItems/" in duty.about:
        return f"psmf evidence show {about(duty)}"
    # A record that is still to be shared may not have been begun.
    return f"psmf session {'pack' if word_of(duty, 'kind') == 'share_record' else 'record'} {about(duty)}"
