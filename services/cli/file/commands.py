"""`psmf file`: a whole file to take away, and who has read a file."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.command import PersonOrOneself, command, group
from services.cli.failure import LATER
from services.cli.terminal import Terminal, plain
from services.client.words import how_many, london_time, spaced

app = group("file")
ROWS = 50
"""Rows printed without --all: enough for weeks of an ordinary file."""
FILE = "my-file"
"""Name of what an export writes, without its ending."""


@command(app, "export")
def export(
    terminal: Terminal,
    folder: Annotated[
        Path, typer.Argument(help="Folder to write it to. It is made if there is none. Default: here.")
    ] = Path(),
) -> None:
    """Write your whole file to take with you: one page to read, and the same as JSON. Only you can.

    psmf file export --as person-sg-1a2b3c4d
    psmf file export ~/Documents --as person-sg-1a2b3c4d
    """
    from services.cli.file.export import write_file

    page, data, number = write_file(terminal, folder)
    if terminal.as_json:
        terminal.data({"html": str(page), "json": str(data), "records": number})
        return
    terminal.text(f"Your file is written: {how_many(number, 'records')}.")
    terminal.exact(f"  {page}\n  {data}")
    terminal.say("Anybody who can open these two files can read them. Keep them where nobody else can.")
    terminal.following("psmf file readers")


@command(app, "readers")
def readers(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
    *,
    own: Annotated[bool, typer.Option("--own", help="Also what the Safeguarder read themselves.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Everything, not only the newest.")] = False,
) -> int:
    """Show who has read a file: when, who, by which right, and what.

    psmf file readers --as person-sg-1a2b3c4d
    psmf file readers sg-1a2b3c4d --all --as data-lead
    """
    from services.client.file.reads import reads_of
    from services.client.file.words import NOT_COVERED

    found = reads_of(terminal.client, terminal.person, terminal.safeguarder(safeguarder), include_own=own)
    rows = _rows(found.each)
    shown = list(rows if every else islice(rows, ROWS))
    if terminal.as_json:
        reads = [plain(read) for row in shown for read in row]
        words = [_word(number) for number in sorted(found.not_covered)]
        terminal.data({"reads": reads, "not_covered": words, "not_answering": found.silent})
        return LATER if found.silent else 0
    if shown:
        terminal.columns(("When", "Who", "Role", "Why they could", "What"), [_cells(row) for row in shown])
    else:
        terminal.text("Nobody has read it.")
    if next(rows, None):
        terminal.say("There are more: --all")
    terminal.text(f"Not in this list: {'; '.join(NOT_COVERED[_word(each)] for each in sorted(found.not_covered))}.")
    if found.silent:
        terminal.text(f"Missing, because they do not answer: {', '.join(found.silent)}.")
    return LATER if found.silent else 0


def _rows(reads: Any) -> Iterator[list[Any]]:
    """Yield reads of one day, by one person, of one sort and by one right as a row, the newest first.

    Each page of a list is a read of its own. Without this, one look at a long list would fill the screen.
    """
    for _, of_day in groupby(reads, key=lambda read: london_time(read.read_time)[:-6]):
        alike: dict[Any, list[Any]] = {}
        for read in of_day:
            alike.setdefault((read.reader, read.role, read.records, read.right, read.for_whom), []).append(read)
        yield from alike.values()


def _cells(row: Sequence[Any]) -> tuple[str, ...]:
    from services.client.file.words import records_read, right_of

    read = row[0]
    times = f", {how_many(len(row), 'times')} that day" if len(row) > 1 else ""
    return f"{london_time(read.read_time)}{times}", read.reader, spaced(read.role), right_of(read), records_read(read)


def _word(not_covered: int) -> str:
    from psmf.platform.v1 import own_file_pb2 as pb

    from services.platform.calls.wire import to_word

    return to_word(pb.NotCovered, not_covered)
