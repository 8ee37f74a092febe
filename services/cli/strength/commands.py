"""`psmf strength add`: name a strength."""

from typing import Annotated

import typer

from services.cli.arguments import WordsFile, change_fields, words_of
from services.cli.command import DryRun, command, group
from services.cli.plan.reading import EVIDENCE, WHOSE, items_named, person_typed
from services.cli.terminal import Terminal
from services.client.words import short

app = group("strength")


@command(app, "add")
def add_strength(
    terminal: Terminal,
    safeguarder: WHOSE,
    words: Annotated[str, typer.Argument(help="What it is, in your words. Both sides read them.")] = "",
    *,
    standard: Annotated[str, typer.Option(help="The standard, such as S2.")],
    evidence: EVIDENCE = [],  # noqa: B006
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Name a strength in a development plan, as the support manager or as the Safeguarder.

    psmf strength add sg-1a2b3c4d "Each child knows when she comes again." --standard S2 --evidence 77aa88bb
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    request = pb.CreateStrengthRequest(
        parent=terminal.safeguarder(safeguarder),
        standard=standard,
        words=words_of(words, words_file),
        evidence=items_named(terminal, evidence),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.plans.CreateStrength, request)
    which = "The strength" if dry_run else f"Strength {short(answer.name)}"
    said = f"{which} is in the plan. Both sides read it."
    terminal.changed(answer, said, f"psmf plan show{person_typed(safeguarder)}", dry_run=dry_run)
