"""`psmf evidence decide` and `receipt`: how a complaint ended, and what became of something sent in."""

from typing import Annotated

import typer

from services.cli.arguments import change_fields, choose
from services.cli.command import DryRun
from services.cli.terminal import Terminal
from services.client.words import london_time, short, word_of

ENDINGS = ("upheld", "partly_upheld", "not_upheld", "resolved", "withdrawn")
"""Outcomes of a complaint. `pending` is none."""


def decide_complaint(
    terminal: Terminal,
    item: Annotated[str, typer.Argument(help="The item's id, or its first characters.")],
    outcome: Annotated[str, typer.Option(help="upheld, partly-upheld, not-upheld, resolved or withdrawn.")],
    dry_run: DryRun = False,
) -> None:
    """Record how a complaint ended. To change that later is a correction, and needs a second person.

    psmf evidence decide 0f1e2d3c --outcome not-upheld
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    request = pb.DecideComplaintRequest(
        name=terminal.name_of("item", item),
        outcome=choose(pb.ComplaintOutcome, outcome, "--outcome", ENDINGS),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.evidence.DecideComplaint, request)
    said = f"The complaint is recorded as {outcome.replace('-', ' ').replace('_', ' ')}."
    terminal.changed(answer, said, f"psmf evidence show {short(answer.name)}", dry_run=dry_run)


def show_receipt(
    terminal: Terminal,
    receipt: Annotated[str, typer.Argument(help="The receipt that you were given, with or without `receipts/`.")],
) -> None:
    """Show how far something that you sent in has come. Only its sender can ask.

    psmf evidence receipt 1d54cc7f6079595b086fe78c8ce09325 --as partner-council
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    request = pb.GetReceiptRequest(name=f"receipts/{receipt.removeprefix('receipts/')}")
    found = terminal.call(terminal.client.evidence.GetReceipt, request)
    if terminal.as_json:
        terminal.data(found)
        return
    terminal.text(f"Received on {london_time(found.receive_time)}, {word_of(found, 'stage')}.")
