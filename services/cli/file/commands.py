"""`psmf file`: who has read a file."""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Annotated, Any

import typer

from services.cli.command import PersonOrOneself, command, group
from services.cli.failure import LATER
from services.cli.terminal import Terminal, plain
from services.client.words import how_many, london_time, spaced, word_of

app = group("file")
ROWS = 50
"""Rows printed without --all: enough for weeks of an ordinary file."""
_RECORDS = {
    "evidence.v1.DevelopmentPlanService": "the development plan",
    "evidence.v1.EvidenceService": "evidence",
    "evidence.v1.PersonalFileService": "the standing, what waits and the handover",
    "evidence.v1.RecommendationService": "recommendations, and what is ready for one",
    "evidence.v1.ReviewService": "reviews",
    "evidence.v1.SafeguarderService": "the entry in the register",
    "evidence.v1.SessionRecordService": "papers and records of sessions",
    "evidence.v1.TimeAwayService": "leave and suspension",
    "notifications.v1.AlertService": "alerts",
    "notifications.v1.NotificationService": "messages",
    "platform.v1.OwnFileService": "who has read the file",
    "rules.v1.ConcernService": "concerns and praise",
    "rules.v1.KpiService": "who counts in a figure",
    "rules.v1.RuleOverrideService": "rules set aside",
    "rules.v1.SimulationService": "rules tried out",
    "scheduling.v1.AllocationService": "the support manager",
    "scheduling.v1.CoverService": "delegations and links",
    "scheduling.v1.DutyService": "who owes what",
    "scheduling.v1.ObligationService": "sessions and trainings of the year",
    "scheduling.v1.SupportSessionService": "support sessions",
}
"""What people read by the methods of each gRPC service."""
_RIGHTS = {
    "own": "it is about them",
    "allocated": "supported the Safeguarder then",
    "delegated": "acted for {for_whom}",
    "role": "their role reads every file",
    "": "not kept then",
}
_NOT_COVERED = {
    "lists_across": "lists across several people, which can have held something about the Safeguarder",
    "changes": "who changed something: the record itself says so",
    "operation": "reads by the services themselves, and by those who run them",
    "own": "what the Safeguarder read themselves (--own shows it)",
}


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
    terminal.text(f"Not in this list: {'; '.join(_NOT_COVERED[_word(each)] for each in sorted(found.not_covered))}.")
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
    read = row[0]
    times = f", {how_many(len(row), 'times')} that day" if len(row) > 1 else ""
    why = _RIGHTS[word_of(read, "right")].format(for_whom=read.for_whom)
    what = _RECORDS.get(read.records.removeprefix("psmf."), read.records)
    return f"{london_time(read.read_time)}{times}", read.reader, spaced(read.role), why, what


def _word(not_covered: int) -> str:
    from psmf.platform.v1 import own_file_pb2 as pb

    from services.platform.calls.wire import to_word

    return to_word(pb.NotCovered, not_covered)
