"""`psmf support figures`: which help was given for each standard, and what was said of that standard next."""

from typing import Annotated, Any

import typer

from services.cli.arguments import typed_date
from services.cli.terminal import Terminal
from services.client.words import spaced, word_of

_NAMES = (
    *("Standard", "Support", "Offered", "Declined", "Owed", "Given"),
    "Next view: met, developing, concern, none",
    "Next item: praise, neutral, concern, none",
)


def show_figures(
    terminal: Terminal,
    since: Annotated[str, typer.Option(metavar="DAY", help="First day. Default: 24 months before the last.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Last day. Default: today.")] = "",
) -> None:
    """Count the supports for each standard, and what was said of the standard next. Nothing says what caused it.

    psmf support figures
    psmf support figures --since 2025-04-01 --until 2026-03-31 --json
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    request = pb.GetSupportFiguresRequest(
        from_date=typed_date(since, "--since") if since else None,
        to_date=typed_date(until, "--until") if until else None,
    )
    answer = terminal.call(terminal.client.plans.GetSupportFigures, request)
    if terminal.as_json:
        terminal.data(answer)
        return
    if not answer.rows:
        terminal.text("No support was spoken of on these days.")
        return
    terminal.columns(_NAMES, [_cells(row) for row in answer.rows])
    terminal.text("A support for two standards is counted with each. What came after a support may have another cause.")


def _cells(row: Any) -> tuple[str, ...]:
    views = (row.next_view_met, row.next_view_developing, row.next_view_concern, row.no_view)
    items = (row.next_item_praise, row.next_item_neutral, row.next_item_concern, row.no_item)
    counts = (row.offered, row.declined, row.owed, row.given)
    next_ones = (" · ".join(str(count) for count in said) for said in (views, items))
    return row.standard or "not known", spaced(word_of(row, "kind")), *(str(count) for count in counts), *next_ones
