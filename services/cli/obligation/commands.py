"""`psmf obligation`: list what is owed, and record who took part in training."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, typed_date
from services.cli.command import DryRun, PersonOrOneself, command, group
from services.cli.failure import CommandError
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_of, short, spaced, word_of

app = group("obligation")
OBLIGATION = Annotated[
    str, typer.Argument(metavar="PERSON/ID", help="As `psmf obligation list` prints it. The start of the id is enough.")
]


@command(app, "list")
def list_obligations(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
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

    psmf obligation attend sg-1a2b3c4d/0f1e2d3c --on 2026-09-10 --how absent-excused
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    request = pb.RecordTrainingAttendanceRequest(
        name=owed_named(terminal, obligation),
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


def owed_named(terminal: Terminal, text: str) -> str:
    """Return the full name of what a person owes. It is looked up under the person: no list has everybody's.

    Raises:
        CommandError: USAGE without a person.
        ClientError: as `one_name`, and for a person who is not found.
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    from services.client.find import one_name

    if text.startswith("safeguarders/"):
        return text
    person, _, begins = text.rpartition("/")
    if not person:
        raise CommandError("USAGE", f"{text!r} names no person. Write PERSON/ID, as `psmf obligation list` prints it.")
    request = pb.ListObligationsRequest(parent=terminal.safeguarder(person))
    answer = terminal.call(terminal.client.obligations.ListObligations, request)
    names = [owed.name for owed in answer.obligations]
    return one_name("obligation", begins, names, f"psmf obligation list {person}")


def _row(owed: Any) -> tuple[str, ...]:
    return (
        day_of(owed, "due_date"),
        spaced(word_of(owed, "kind")),
        str(owed.number),
        f"{day_of(owed, 'window_start_date')} to {day_of(owed, 'window_end_date')}",
        word_of(owed, "clock_state"),
        "yes" if owed.delivered else "not yet",
        "yes" if owed.attended else "not yet",
        f"{safeguarder_of(owed.name)}/{short(owed.name)}",
    )
