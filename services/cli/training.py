"""`psmf training`: training events that were held."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, typed_date
from services.cli.command import DryRun, command, group
from services.cli.terminal import Terminal
from services.client.words import spaced, word_of

app = group("training")


@command(app, "list")
def list_trainings(terminal: Terminal) -> None:
    """List the training events that were held, with their days.

    psmf training list
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    answer = terminal.call(terminal.client.trainings.ListTrainingEvents, pb.ListTrainingEventsRequest())
    terminal.listing(answer.training_events, "", ("Event", "Kind", "Held on"), _row)


@command(app, "record")
def record_training(
    terminal: Terminal,
    event: Annotated[str, typer.Argument(help="Any short id for the event, for example autumn-2026.")],
    *,
    on: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="DAY", help="A day on which it was held. Repeat it for an event on several days."),
    ] = None,
    kind: Annotated[str, typer.Option(help="mandatory, post-appointment, modular or reappointment.")] = "mandatory",
    not_held: Annotated[bool, typer.Option("--not-held", help="Take the event back: it was not held.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Another event than the one of the same kind on one of these days.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Record that a training event was held. A later record of the same event replaces its days.

    A mandatory event is thereby delivered to everybody who served on that day and was owed one.

    psmf training record autumn-2026 --on 2026-09-10
    psmf training record autumn-2026 --not-held
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    if bool(on) == not_held:
        raise typer.BadParameter("Give the days with --on, or --not-held to take the event back.")
    request = pb.RecordTrainingEventRequest(
        name=f"trainingEvents/{event}",
        kind=choose(pb.TrainingKind, kind, "--kind"),
        held_dates=[typed_date(day, "--on") for day in on or []],
        again=again,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.trainings.RecordTrainingEvent, request)
    said = f"{_id(answer)} was held on {_days(answer)}." if answer.held_dates else f"{_id(answer)} was not held."
    terminal.changed(answer, said, "psmf kpi report", dry_run=dry_run)


def _row(event: Any) -> tuple[str, ...]:
    return _id(event), spaced(word_of(event, "kind")), _days(event)


def _id(event: Any) -> str:
    return str(event.name.rpartition("/")[2])


def _days(event: Any) -> str:
    return ", ".join(f"{day.year:04}-{day.month:02}-{day.day:02}" for day in event.held_dates)
