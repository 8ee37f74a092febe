"""The import of a file of evidence: it is read whole before anything is sent, and every refused row is named."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from services.cli.evidence.rows import Row, read_rows
from services.cli.failure import PART_DONE, REFUSED
from services.cli.terminal import Steps, Terminal

ROWS_TOGETHER = 500
"""Rows of one call. It is one transaction: more rows would keep other writers waiting."""
BYTES_TOGETHER = 512 * 1024
"""A part stays well below the largest message that the services accept."""
PART_SECONDS = 120.0
"""Deadline of one part, far above the second it takes: a busy service must not fail half an import."""
PARENT = "parent"
COUNTED = {"new": "new", "recorded_before": "recorded before", "held_already": "held already", "corrected": "corrected"}
"""What became of rows that were taken in, in words."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken in, with the place of the fault in the file."""

    row: int
    line: int
    column: int
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that was taken in, with what became of it and the item that it made or found on file."""

    row: int
    line: int
    delivery: str
    evidence_item: str


def take_in(terminal: Terminal, file: Path, history: bool, dry_run: bool) -> int:
    """Send the rows that can be read, in parts, and report what became of each; return the exit code."""
    rows = read_rows(file, history)
    refused = [
        Refused(row.row, fault.line, fault.column, "NOT_READABLE", fault.message)
        for row in rows
        for fault in row.faults
    ]
    with terminal.steps() as steps:
        answered = list(_sent(terminal, [row for row in rows if row.request is not None], steps, dry_run))
    refused += [one for one in answered if isinstance(one, Refused)]
    refused.sort(key=lambda one: (one.row, one.column))
    taken = [one for one in answered if isinstance(one, Taken)]
    return _report(terminal, file, Import(len(rows), taken, refused), dry_run)


def _sent(terminal: Terminal, rows: Sequence[Row], steps: Steps, dry_run: bool) -> Iterator[Refused | Taken]:
    """Have the service take in each row, or with `dry_run` check it as if it were taken in."""
    from psmf.evidence.v1 import evidence_pb2 as pb

    from services.platform.calls.wire import to_word

    lines = {row.row: row.line for row in rows}
    done = 0
    for part in _parts(rows):
        message = pb.ImportEvidenceItemsRequest(
            rows=[pb.ImportRow(row=row.row, request=row.request) for row in part], validate_only=dry_run
        )
        method = terminal.client.evidence.ImportEvidenceItems
        answer = terminal.client.send(terminal.person, method, [message], PART_SECONDS)
        done += len(part)
        steps("checking" if dry_run else "importing", done, len(rows))
        for result in answer.results:
            if result.reason:
                # No file has a field `parent`: the message alone says that it is the person.
                said = f"{result.field.removeprefix(PARENT)} {result.message}".strip()
                yield Refused(result.row, lines[result.row], 1, result.reason, said)
            else:
                # A service of the release before does not say what became of a row.
                delivery = to_word(pb.Delivery, result.delivery) or "new"
                yield Taken(result.row, lines[result.row], delivery, result.evidence_item)


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


@dataclass(frozen=True, slots=True)
class Import:
    """What became of the rows of a file."""

    rows: int
    taken: Sequence[Taken]
    refused: Sequence[Refused]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were new, recorded before, held already, corrected and refused."""
        counted = Counter(one.delivery for one in self.taken)
        return {**{word: counted[word] for word in COUNTED}, "refused": len({one.row for one in self.refused})}

    @property
    def in_words(self) -> str:
        """The same as a sentence. What seldom happens is said only if it did."""
        counts = self.counts
        always = ("new", "recorded_before", "refused")
        words = {**COUNTED, "refused": "refused"}
        said = [f"{counts[name]:,} {words[name]}" for name in words if counts[name] or name in always]
        return f"{self.rows:,} {'row' if self.rows == 1 else 'rows'}: {', '.join(said)}"


def _report(terminal: Terminal, file: Path, found: Import, dry_run: bool) -> int:
    from services.plain_text import shown_in_line

    told = [one for one in found.taken if one.delivery in ("held_already", "corrected")]
    if terminal.as_json:
        terminal.data(
            {
                "rows": found.rows,
                **(found.counts | {"refused": [asdict(one) for one in found.refused]}),
                "on_file": [asdict(one) for one in told],
                "dry_run": dry_run,
            }
        )
    else:
        name = shown_in_line(file.name)
        terminal.text(f"{name}: {found.in_words}")
        for one in found.refused:
            terminal.text(f"{name}:{one.line}:{one.column}  row {one.row}  {one.message}")
        for row in told:
            said = "held already" if row.delivery == "held_already" else "corrects the report on file"
            terminal.text(f"{name}:{row.line}:1  row {row.row}  {said}: {row.evidence_item}")
        if dry_run:
            terminal.text("Nothing was changed.")
    if not found.refused:
        return 0
    return PART_DONE if found.taken else REFUSED
