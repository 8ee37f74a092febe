"""`psmf need`: name a development need, carry one, and end one."""

from typing import Annotated

import typer

from services.cli.arguments import WordsFile, change_fields, choose, words_of
from services.cli.command import DryRun, command, group
from services.cli.plan.reading import (
    AGAIN,
    EVIDENCE,
    IN_A_PLAN,
    WHOSE,
    entry_fields,
    find_in_plan,
    items_named,
    person_typed,
)
from services.cli.terminal import Terminal
from services.client.words import safeguarder_of, short

app = group("need")
_ENDS = ("met", "no_action")


@command(app, "add")
def add_need(
    terminal: Terminal,
    safeguarder: WHOSE,
    words: Annotated[str, typer.Argument(help="What it is, in your words. Both sides read them.")] = "",
    *,
    standard: Annotated[str, typer.Option(help="The standard, such as S2.")],
    evidence: EVIDENCE = [],  # noqa: B006
    concern: Annotated[str, typer.Option(help="The concern that it rests on, by the start of its id.")] = "",
    again: AGAIN = False,
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Name a development need. It rests on shared evidence or a concern, unless the Safeguarder names it.

    What Safeguarders name themselves is their own, and never counts against them.

    psmf need add sg-1a2b3c4d "Reporters are told late." --standard S2 --evidence 77aa88bb
    psmf need add - "I want to write shorter reports." --standard S4
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    request = pb.CreateNeedRequest(
        parent=terminal.safeguarder(safeguarder),
        standard=standard,
        words=words_of(words, words_file),
        evidence=items_named(terminal, evidence),
        concern=terminal.name_of("concern", concern) if concern else "",
        **entry_fields(dry_run, again),
    )
    answer = terminal.call(terminal.client.plans.CreateNeed, request)
    which = "The need" if dry_run else f"Need {short(answer.name)}"
    said = f"{which} is in the plan. Both sides read it."
    terminal.changed(answer, said, f"psmf plan show{person_typed(safeguarder)}", dry_run=dry_run)


@command(app, "close")
def close_need(
    terminal: Terminal,
    need: IN_A_PLAN,
    because: Annotated[str, typer.Argument(help="How it was met, or why nothing is done about it.")] = "",
    *,
    outcome: Annotated[str, typer.Option(help="met, or no-action: nothing is done about it.")],
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """End a need, because it is met or because nothing is done about it.

    psmf need close sg-1a2b3c4d/77aa88bb "Three reports came in time." --outcome met
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    ends = choose(pb.Need.State, outcome, "--outcome", own=_ENDS)
    met = ends == pb.Need.STATE_MET
    said_why = words_of(because, words_file)
    found = find_in_plan(terminal, "need", need)
    what = {"name": found.record.name, "because": said_why, "etag": found.record.etag}
    # A service of the release before reads `met` alone.
    request = pb.CloseNeedRequest(outcome=ends, met=met, **what, **change_fields(dry_run))
    answer = terminal.call(terminal.client.plans.CloseNeed, request)
    said = "The need is met." if met else "The need ends without an action. Both sides read why."
    whose = f" {safeguarder_of(answer.name)}" if "/" in found.typed else ""
    terminal.changed(answer, said, f"psmf plan show{whose}", dry_run=dry_run)


@command(app, "carry")
def carry_need(
    terminal: Terminal,
    need: IN_A_PLAN,
    because: Annotated[str, typer.Argument(help="Why no action answers it now. Both sides read it.")] = "",
    *,
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Say why no action answers an open need yet. A plan can then be confirmed with it.

    psmf need carry sg-1a2b3c4d/77aa88bb "We take it up after the training in March."
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    said_why = words_of(because, words_file)
    found = find_in_plan(terminal, "need", need)
    carried = pb.UpdateDevelopmentPlanRequest.CarriedNeed(need=found.record.name, because=said_why)
    request = pb.UpdateDevelopmentPlanRequest(name=found.plan.name, carried=[carried], **change_fields(dry_run))
    answer = terminal.call(terminal.client.plans.UpdateDevelopmentPlan, request)
    said = "The need is carried. Both sides read why."
    terminal.changed(answer, said, f"psmf plan show {safeguarder_of(answer.name)}", dry_run=dry_run)
