"""`psmf plan show`: a person's development plan."""

from collections.abc import Sequence
from typing import Any

from services.cli.command import PersonOrOneself, command, group
from services.cli.page.width import output_width
from services.cli.plan.reading import duties_of, names_in_plan, person_typed, plan_of
from services.cli.plan.shown import has_not_ended, plan_text
from services.cli.terminal import Terminal
from services.client.words import safeguarder_of, short

app = group("plan")


@command(app, "show")
def show_plan(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """Show a development plan: who is awaited, strengths, needs, actions and supports. Both sides see the same page.

    psmf plan show sg-1a2b3c4d
    """
    plan = plan_of(terminal, terminal.safeguarder(safeguarder))
    if terminal.as_json:
        terminal.data(plan)
        return
    duties = duties_of(terminal, f"safeguarders/{safeguarder_of(plan.name)}")
    terminal.text(plan_text(plan, duties, names_in_plan(terminal, plan), output_width()))
    own = not person_typed(safeguarder)
    looked_at = _to_look_at(plan, duties or ())
    if looked_at:
        kind, name = looked_at
        terminal.following(f"psmf {kind} show {short(name) if own else f'{safeguarder_of(name)}/{short(name)}'}", name)
    else:
        whom = "-" if own else safeguarder_of(plan.name)
        terminal.following(f'psmf need add {whom} "what it is, in your words" --standard S2', plan)


def _to_look_at(plan: Any, duties: Sequence[Any]) -> tuple[str, str] | None:
    """Return what to read next: what somebody waits for, else the first action that has not ended, else nothing."""
    for duty in duties:
        for kind, collection in (("action", "/actions/"), ("support", "/supports/")):
            if collection in duty.about:
                return kind, duty.about
    return next((("action", action.name) for action in plan.actions if has_not_ended(action)), None)
