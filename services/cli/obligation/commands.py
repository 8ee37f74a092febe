"""`psmf obligation`: list what is owed, and record who took part in training."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, typed_date
from services.cli.command import DryRun, command, group
from services.cli.terminal import Terminal
from services.client.words import day_of, spaced, word_of

app = group("obligation")
OBLIGATION = Annotated[
    str, typer.Argument(help="safeguarders/SAFEGUARDER/obligations/OBLIGATION, as `obligation list` prints it.")
]


@command(app, "list")
def list_obligations(
    terminal: Terminal,
    safeguarder: Annotated[
        str,
        typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d. A Safeguarder may leave it out."),
    ] = "-",
) -> None:
    """List the support sessions and mandatory training events owed in a person's year, earliest due first.

    psmf obligation list sg-1a2b3c4d
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    request = pb.ListObligationsRequest(parent=terminal.safeguarder(safeguarder))
    answer = terminal.call(terminal.client.obligations.ListObligations, request)
    names = ("Due", "Owed", "Which", "Year", "Clock", "Delivered", "Attended", "Obligation")
    terminal.listing(answer.obligations, "", names, _row)


@command(app, "attend")
def record_training_attendance(
    terminal: Terminal,
    obligation: OBLIGATION,
    *,
    on: Annotated[str, typer.Option(metavar="DAY", help="The day of the event, as 2026-09-10.")],
    how: Annotated[
        str, typer.Option(help="attended, part, awaiting-evidence, absent-excused or absent-unexcused.")
    ] = "attended",
    history: Annotated[bool, typer.Option("--history", help="It is a past record.")] = False,
    shared: Annotated[
        str, typer.Option(metavar="DAY", help="With --history: the day on which the person was told of it.")
    ] = "",
    dry_run: DryRun = False,
) -> None:
    """Record how a Safeguarder took part in a mandatory training event. A later record replaces an earlier one.

    psmf obligation attend safeguarders/sg-1a2b3c4d/obligations/0f1e2d3c --on 2026-09-10 --how absent-excused
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    request = pb.RecordTrainingAttendanceRequest(
        name=obligation,
        event_date=typed_date(on, "--on"),
        attendance=choose(pb.Attendance, how, "--how"),
        history=history,
        shared_date=typed_date(shared, "--shared") if shared else None,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.obligations.RecordTrainingAttendance, request)
    said = f"Training {answer.number} of the year: {how.replace('-', ' ').replace('_', ' ')}."
    owner = "/".join(answer.name.split("/")[1:2])
    terminal.changed(answer, said, f"psmf obligation list {owner}", dry_run=dry_run)


def _row(owed: Any) -> tuple[str, ...]:
    return (
        day_of(owed, "due_date"),
        spaced(word_of(owed, "kind")),
        str(owed.number),
        f"{day_of(owed, 'window_start_date')} to {day_of(owed, 'window_end_date')}",
        word_of(owed, "clock_state"),
        "yes" if owed.delivered else "not yet",
        "yes" if owed.attended else "not yet",
        owed.name,
    )
