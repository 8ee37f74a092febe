"""`psmf evidence stage`: how far a complaint has come, and what is still owed to the person who complained."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, read_day
from services.cli.command import DryRun
from services.cli.failure import CommandError
from services.cli.terminal import Terminal
from services.client.words import day_of, short, word_of

STEPS = {
    "settled": "Answered at stage 1, and settled",
    "answered": "Answered at stage 1, and not settled",
    "stage_2": "Stage 2 was asked for",
    "acknowledged": "The request for stage 2 was acknowledged",
    "stage_2_answered": "Answered at stage 2",
    "extended": "The answer has more time",
    "decided": "The outcome was recorded",
    "ombudsman_told": "The person who complained was told of the ombudsman",
}
REASONS = {
    "information_awaited": "information is awaited",
    "somebody_away": "somebody is away",
    "more_to_look_into": "there is more to look into",
    "agreed": "the person who complained agreed",
}
LIMITS = {
    "answer_complaint": "The answer at stage 1",
    "acknowledge_complaint": "An acknowledgement at stage 2",
    "investigate_complaint": "The answer at stage 2",
}


def move_stage(
    terminal: Terminal,
    item: Annotated[str, typer.Argument(help="The complaint's id, or its first characters.")],
    step: Annotated[
        str,
        typer.Argument(
            help="settled, answered, stage-2, acknowledged, stage-2-answered, extended, ombudsman-told; or decided, to "
            "correct its day."
        ),
    ],
    *,
    on: Annotated[str, typer.Option(metavar="DAY", help="The day on which it was. Default: today.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="For extended: the new last day.")] = "",
    because: Annotated[
        str, typer.Option(help="For extended: information-awaited, somebody-away, more-to-look-into or agreed.")
    ] = "",
    correct: Annotated[bool, typer.Option("--correct", help="It is recorded already, on a wrong day.")] = False,
    take_back: Annotated[bool, typer.Option("--take-back", help="It is recorded, and did not happen.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Record how far a complaint has come: answered, gone to stage 2, given more time. The outcome has its own command.

    psmf evidence stage 0f1e2d3c answered --on 2026-12-04
    psmf evidence stage 0f1e2d3c extended --until 2027-01-22 --because information-awaited
    psmf evidence stage 0f1e2d3c stage-2 --on 2026-12-08 --correct
    """
    from psmf.evidence.v1 import complaint_stages_pb2 as pb

    if correct and take_back:
        raise CommandError("USAGE", "Say --correct for another day, or --take-back if it did not happen.")
    request = pb.MoveComplaintStageRequest(
        name=terminal.name_of("item", item),
        step=choose(pb.ComplaintStages.Step, step, "STEP"),
        **change_fields(dry_run),
    )
    _put_days(request, on, until)
    if because:
        request.extension_reason = choose(pb.ComplaintStages.ExtensionReason, because, "--because")
    if correct:
        request.correction = pb.ComplaintStages.CORRECTION_ANOTHER_DAY
    if take_back:
        request.correction = pb.ComplaintStages.CORRECTION_TAKEN_BACK
    answer = terminal.call(terminal.client.evidence.MoveComplaintStage, request)
    said = "It is taken back." if take_back else "It is recorded."
    awaited = " ".join(_awaited(answer.complaint_stages)) or "Nothing is owed by a day now."
    terminal.changed(answer, f"{said} {awaited}", f"psmf evidence show {short(answer.name)}", dry_run=dry_run)


def _put_days(request: Any, on: str, until: str) -> None:
    from services.platform.calls.wire import to_date

    if on:
        request.date.CopyFrom(to_date(read_day(on, "--on")))
    if until:
        request.due_date.CopyFrom(to_date(read_day(until, "--until")))


def lines(item: Any) -> list[str]:
    """Return the lines about how far a complaint has come; nothing for any other item."""
    if not item.HasField("complaint_stages"):
        return []
    stages = item.complaint_stages
    steps = [f"{day_of(each, 'date')}  {_step(each)}" for each in stages.steps]
    received = f"{day_of(item, 'received_date')}  Received"
    return ["Complaint", *(f"  {line}" for line in (received, *steps, *map(_limit, stages.limits)))]


def _step(step: Any) -> str:
    text = STEPS.get(word_of(step, "step"), word_of(step, "step"))
    if step.HasField("due_date"):
        reason = word_of(step, "extension_reason")
        text += f", until {day_of(step, 'due_date')}: {REASONS.get(reason, reason)}"
    by = f" ({step.recorded_by})" if step.recorded_by else ""
    return f"{text}{by}{', corrected or taken back' if step.HasField('taken_out_time') else ''}"


def _limit(limit: Any) -> str:
    state, due = word_of(limit, "state"), day_of(limit, "due_date")
    text = f"{LIMITS.get(word_of(limit, 'limit'), word_of(limit, 'limit'))} by {due}"
    if state == "met":
        on = f" on {day_of(limit, 'met_date')}" if limit.HasField("met_date") else ""
        return f"{text}: given{on}"
    return f"{text}: {'the Team owes it' if state == 'awaited' else 'no longer owed'}"


def _awaited(stages: Any) -> Iterator[str]:
    for limit in stages.limits:
        if word_of(limit, "state") == "awaited":
            yield f"{LIMITS[word_of(limit, 'limit')]} is owed by {day_of(limit, 'due_date')}."
