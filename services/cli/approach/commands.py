"""`psmf approach`: change the approach to a concern, acknowledge a change, end it, and read it."""

from typing import Annotated, Any

import typer

from services.cli.approach.sending import (
    ACTIONS,
    BECAUSE,
    EXPECTS,
    HOW,
    ITEMS,
    READ_ON,
    SERVED_ON,
    SKIPS,
    SPOKEN_AT,
    SPOKEN_ON,
    Typed,
    acknowledge,
    applies,
    send,
)
from services.cli.arguments import WordsFile, change_fields, choose, words_of
from services.cli.command import DryRun, command, group
from services.cli.page.width import output_width
from services.cli.plan.approach import change_text
from services.cli.plan.reading import IN_A_PLAN, WHOSE, Found, find_in_plan, is_the_safeguarder, names_in_plan
from services.cli.terminal import Terminal
from services.client.words import spaced, word_of

app = group("approach")
_ENDS = ("met", "withdrawn", "set_aside")
_CONCERNS = Annotated[
    list[str], typer.Option(metavar="CONCERN", help="A concern that it is about, by the start of its id. Repeatable.")
]
_TO = Annotated[str, typer.Option(help="support, clear-advice or required-action.")]


@command(app, "change")
def change_approach(
    terminal: Terminal,
    safeguarder: WHOSE,
    *,
    concern: _CONCERNS,
    to: _TO,
    expects: EXPECTS,
    because: BECAUSE,
    evidence: ITEMS = [],  # noqa: B006
    skip_because: SKIPS = "",
    discussed_on: SPOKEN_ON = "",
    session: SPOKEN_AT = "",
    action: ACTIONS = [],  # noqa: B006
    how: HOW = "console",
    served_on: SERVED_ON = "",
    acknowledged_on: READ_ON = "",
    dry_run: DryRun = False,
) -> None:
    """Change the approach to concerns, as the support manager. The Safeguarder is told, and reads every word.

    psmf approach change sg-1a2b3c4d --concern 1a2b3c4d --to clear-advice --discussed-on 2026-12-03 \
--expects "Each report names whom you spoke with." --because "Two reports since the module name nobody."
    """
    parent = terminal.safeguarder(safeguarder)
    concerns = [terminal.name_of("concern", text) for text in concern]
    spoken, days = (discussed_on, session), (served_on, acknowledged_on)
    typed = Typed(to, expects, because, evidence, skip_because, *spoken, action, how, *days)
    send(terminal, parent, concerns, typed, dry_run)


@command(app, "acknowledge")
def acknowledge_approach(terminal: Terminal, change: IN_A_PLAN, dry_run: DryRun = False) -> None:
    """Say that you have read a change of approach, as the Safeguarder. That is not agreement.

    psmf approach acknowledge 77aa88bb
    """
    acknowledge(terminal, find_in_plan(terminal, "approach", change).record, dry_run)


@command(app, "end")
def end_approach(
    terminal: Terminal,
    change: IN_A_PLAN,
    words: Annotated[str, typer.Argument(help="Why, in words that both sides read.")] = "",
    *,
    outcome: Annotated[str, typer.Option(help="met, withdrawn, or set-aside by somebody who did not serve it.")],
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """End a change of approach. Its concerns are worked on with support again.

    psmf approach end sg-1a2b3c4d/77aa88bb "Every report since names them." --outcome met
    """
    from psmf.evidence.v1 import approach_changes_pb2 as pb

    state, said = choose(pb.ApproachChange.State, outcome, "--outcome", own=_ENDS), words_of(words, words_file)
    found = find_in_plan(terminal, "approach", change)
    request = pb.EndApproachRequest(
        name=found.record.name, outcome=state, words=said, etag=found.record.etag, **change_fields(dry_run)
    )
    after = terminal.call(terminal.client.plans.EndApproach, request)
    ended = f"The change ended: {spaced(word_of(after, 'state'))}. Support goes on."
    terminal.changed(after, ended, f"psmf approach show {found.typed}", dry_run=dry_run)


@command(app, "show")
def show_approach(terminal: Terminal, change: IN_A_PLAN) -> None:
    """Show a change of approach: what is expected and why, and from when it stands.

    psmf approach show sg-1a2b3c4d/77aa88bb
    """
    found = find_in_plan(terminal, "approach", change)
    if terminal.as_json:
        terminal.data(found.record)
        return
    names = names_in_plan(terminal, found.plan)
    terminal.text(change_text(found.record, names, output_width()))
    _say_what_follows(terminal, found)


def _say_what_follows(terminal: Terminal, found: Found) -> None:
    record: Any = found.record
    if not applies(record):
        return
    if is_the_safeguarder(terminal, record.name):
        if not record.HasField("acknowledge_date"):
            terminal.following(f"psmf approach acknowledge {found.typed}", record, when="when you have read it")
        return
    terminal.following(f'psmf approach end {found.typed} "why" --outcome met', record, when="if it is met")
