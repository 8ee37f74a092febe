"""Takes in a file of evidence: everything is read before anything is sent, and every refused row is named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.cli.evidence.rows import Row, read_rows
from services.cli.failure import CONFLICT, NOT_FOUND, PART_DONE, REFUSED
from services.cli.terminal import Steps, Terminal

ROWS_TOGETHER = 500
BYTES_TOGETHER = 512 * 1024
"""A part stays well under the largest message the services take."""
PART_SECONDS = 120.0
ABOUT_THE_ROW = (NOT_FOUND, CONFLICT, REFUSED)
"""Refusals of one row; anything else stops the import."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not recorded, and where in the file it is at fault."""

    row: int
    line: int
    column: int
    reason: str
    message: str


def take_in(terminal: Terminal, file: Path, history: bool, dry_run: bool) -> int:
    """Send the rows that can be read, in parts; report each row that was refused. The exit code."""
    rows = read_rows(file, history)
    refused = [
        Refused(row.row, fault.line, fault.column, "NOT_READABLE", fault.message)
        for row in rows
        for fault in row.faults
    ]
    sound = [row for row in rows if row.request is not None]
    with terminal.steps() as steps:
        refused += list(_checked(terminal, sound, steps) if dry_run else _sent(terminal, sound, steps))
    refused.sort(key=lambda one: (one.row, one.column))
    return _report(terminal, file, len(rows), refused, dry_run)


def _sent(terminal: Terminal, rows: Sequence[Row], steps: Steps) -> Iterator[Refused]:
    from psmf.evidence.v1 import evidence_pb2 as pb

    lines = {row.row: row.line for row in rows}
    done = 0
    for part in _parts(rows):
        message = pb.ImportEvidenceItemsRequest(rows=[pb.ImportRow(row=row.row, request=row.request) for row in part])
        method = terminal.client.evidence.ImportEvidenceItems
        answer = terminal.client.send(terminal.person, method, [message], PART_SECONDS)
        done += len(part)
        steps("importing", done, len(rows))
        for result in answer.results:
            if result.reason:
                said = f"{result.field} {result.message}".strip()
                yield Refused(result.row, lines[result.row], 1, result.reason, said)


def _checked(terminal: Terminal, rows: Sequence[Row], steps: Steps) -> Iterator[Refused]:
    """Have each row checked by itself: the service checks all it would check, and keeps nothing."""
    import grpc

    from services.cli.failure import of_call

    for done, row in enumerate(rows, 1):
        row.request.validate_only = True
        try:
            terminal.call(terminal.client.evidence.CreateEvidenceItem, row.request)
        except grpc.RpcError as error:
            problem = of_call(error)
            if problem.exit_code not in ABOUT_THE_ROW:
                raise
            yield Refused(row.row, row.line, 1, problem.details["reason"], problem.message)
        steps("checking", done, len(rows))


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    size = 0
    for row in rows:
        adds = row.request.ByteSize()
        if part and (len(part) == ROWS_TOGETHER or size + adds > BYTES_TOGETHER):
            yield part
            part, size = [], 0
        part.append(row)
        size += adds
    if part:
        yield part


def _report(terminal: Terminal, file: Path, total: int, refused: Sequence[Refused], dry_run: bool) -> int:
    refused_rows = len({one.row for one in refused})
    recorded = total - refused_rows
    if terminal.as_json:
        terminal.data(
            {
                "rows": total,
                "would_be_recorded" if dry_run else "recorded": recorded,
                "refused": [
                    {
                        "row": one.row,
                        "line": one.line,
                        "column": one.column,
                        "reason": one.reason,
                        "message": one.message,
                    }
                    for one in refused
                ],
            }
        )
    else:
        done = "would be recorded" if dry_run else "recorded"
        terminal.text(f"{file.name}: {total:,} rows, {recorded:,} {done}, {refused_rows:,} refused")
        for one in refused:
            terminal.text(f"{file.name}:{one.line}:{one.column}  row {one.row}  {one.message}")
        if dry_run:
            terminal.text("Nothing was changed.")
    if not refused:
        return 0
    return PART_DONE if recorded else REFUSED
