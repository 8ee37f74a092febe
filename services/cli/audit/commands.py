"""`psmf audit`: rows of the audit logs, and whether each log is as it was written."""

from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.arguments import read_instant
from services.cli.command import command, group
from services.cli.failure import CHECK_FAILED, LATER
from services.cli.terminal import Terminal, demo_folder, plain
from services.client.words import how_many, london_time, short, spaced

app = group("audit")
ROWS = 50
"""Rows printed without --all."""
_OUTCOMES = {"trial": "tried only", "repeat": "sent again", "denied": "denied", "refused": "not carried out"}
"""What is said of a call beside its method. Of one that was carried out nothing is said."""
_FAULTS = {
    "changed": "changed, or the hash before it was",
    "removed": "gone",
    "added": "added",
    "reordered": "moved",
    "cut_off": "gone from the end, or the whole database was put back to an earlier state",
    "rewritten": "written after a checkpoint that says otherwise",
    "unchained_changed": "a checkpoint made here counted other rows without a hash",
    "checkpoint_missing": "its checkpoint is gone from the service's own database",
    "checkpoint_forged": "a checkpoint has no valid signature of the service",
    "other_database": "a checkpoint made here is about another database of the service",
}


@command(app, "list")
def list_entries(
    terminal: Terminal,
    safeguarder: Annotated[
        str, typer.Argument(help="Only rows about this Safeguarder: an id. Default: all rows.")
    ] = "",
    *,
    by: Annotated[str, typer.Option(metavar="PERSON", help="Only calls of this person or service.")] = "",
    method: Annotated[str, typer.Option(help="Only calls of this method, such as GetEvidenceItem.")] = "",
    since: Annotated[str, typer.Option("--from", metavar="WHEN", help="Only calls since then, as 2026-12-03.")] = "",
    until: Annotated[str, typer.Option("--to", metavar="WHEN", help="Only calls before then, as 2026-12-04.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Everything, not only the newest.")] = False,
) -> int:
    """Show who called what about whom, and what became of it. For auditors and the data lead.

    psmf audit list --as auditor
    psmf audit list sg-1a2b3c4d --from 2026-11-01 --as data-lead
    """
    from psmf.platform.v1 import audit_pb2 as pb

    from services.client.addresses import SERVICES
    from services.client.audit_logs.logs import rows_of

    request = pb.ListAuditEntriesRequest(
        parent=terminal.safeguarder(safeguarder or "-"), caller=by, method=method, page_size=100
    )
    for field, typed in (("from_time", since), ("to_time", until)):
        if typed:
            getattr(request, field).FromDatetime(read_instant(typed, "The time"))
    found = rows_of(terminal.client, terminal.person, SERVICES, request)
    shown = list(found.each if every else islice(found.each, ROWS))
    if terminal.as_json:
        items = [{"service": row.service, **plain(row.entry)} for row in shown]
        terminal.data({"items": items, "not_answering": found.silent})
        return LATER if found.silent else 0
    if shown:
        terminal.columns(("When", "Who", "Role", "Where", "What", "About whom"), [_cells(row) for row in shown])
    else:
        terminal.text("There is no such row.")
    if not every and next(found.each, None):
        terminal.say("There are more: --all")
    if found.silent:
        terminal.text(f"Missing, because they do not answer: {', '.join(found.silent)}.")
    return LATER if found.silent else 0


def _cells(row: Any) -> tuple[str, ...]:
    from services.client.words import word_of

    entry = row.entry
    said = entry.note or _OUTCOMES.get(word_of(entry, "outcome"), "")
    caller = f"{entry.caller} for {entry.for_whom}" if entry.for_whom else entry.caller
    caller = f"{caller}, emergency access" if entry.relation == "emergency" else caller
    about = ", ".join(short(name) for name in entry.people[:3])
    more = f" and {len(entry.people) - 3:,} more" if len(entry.people) > 3 else ""
    what = f"{entry.method} ({said})" if said else entry.method
    return london_time(entry.call_time), caller, spaced(entry.role), row.service, what, f"{about}{more}"


@command(app, "verify")
def verify(
    terminal: Terminal,
    checkpoints: Annotated[
        list[Path] | None,
        typer.Option("--checkpoints", help="A file of checkpoints kept outside the databases. Default: the demo's."),
    ] = None,
) -> int:
    """Read every row of every audit log, and say whether one was changed, removed or added. Exit code 1 if so.

    Each log is compared with the checkpoints that the other services keep, and with files of checkpoints.

    psmf audit verify --as auditor
    psmf audit verify --checkpoints /mnt/checkpoints/evidence.txt --as operator
    """
    from services.client.addresses import checkpoint_files
    from services.client.audit_logs.logs import checks_of

    files = checkpoints or checkpoint_files(demo_folder())
    lines = {file: file.read_text(errors="replace").split() for file in files}
    found = checks_of(terminal.client, terminal.person, [line for held in lines.values() for line in held])
    if terminal.as_json:
        services = {
            service: {**plain(answer), "kept_elsewhere": found.kept_by[service]}
            for service, answer in found.answers.items()
        }
        terminal.data({"services": services, "not_answering": found.silent})
    else:
        for service, answer in found.answers.items():
            terminal.text("\n".join(_said(service, answer, found.kept_by[service])))
        for told in chain.from_iterable(_no_checkpoints(file, held) for file, held in lines.items()):
            terminal.text(told)
        if found.silent:
            terminal.text(f"Not checked, because they do not answer: {', '.join(found.silent)}.")
    if any(answer.findings for answer in found.answers.values()):
        return CHECK_FAILED
    return LATER if found.silent else 0


def _no_checkpoints(file: Path, lines: Sequence[str]) -> Sequence[str]:
    """Return a sentence about each line of a file that is no checkpoint. A crash may leave half a line."""
    from services.plain_text import shown_in_line
    from services.platform.audit.statement import said_in

    wrong = (number for number, line in enumerate(lines, 1) if said_in(line) is None)
    return [f"{shown_in_line(file.name)}:{number}  is no checkpoint, and was left out." for number in wrong]


def _said(service: str, answer: Any, kept: int) -> Sequence[str]:
    """Return what a check found, in sentences: whether all fits, each thing that does not, and what to know."""
    fits = "as written" if not answer.findings else how_many(len(answer.findings), "faults")
    begun = f" since {london_time(answer.first_time)}" if answer.HasField("first_time") else ""
    lines = [f"{service}: {how_many(answer.rows, 'rows')} in the chain{begun}, {fits}."]
    lines += [f"  {_finding(finding)}" for finding in answer.findings]
    elsewhere = f"Compared with {how_many(kept, 'checkpoints')} kept elsewhere."
    if answer.HasField("checkpoint_time"):
        lines.append(f"  {elsewhere} The newest that fits is of {london_time(answer.checkpoint_time)}.")
    else:
        lines.append(f"  {elsewhere} None fits yet: the first is made within a minute.")
    if answer.unchained:
        first, last = london_time(answer.unchained_from_time), london_time(answer.unchained_to_time)
        lines.append(
            f"  {how_many(answer.unchained, 'rows')} without a hash, from {first} to {last}. Only an earlier release "
            "writes such rows: compare these times with your upgrades."
        )
    if answer.restored_rows:
        lines.append(
            f"  The database was restored from a backup. {how_many(answer.restored_rows, 'rows')} that came after the "
            "backup are not in it."
        )
    return lines


def _finding(finding: Any) -> str:
    from services.client.words import word_of

    words = _FAULTS.get(word_of(finding, "fault"), "does not fit")
    at = f" ({london_time(finding.time)})" if finding.HasField("time") else ""
    if not finding.first_position:
        return f"{words[0].upper()}{words[1:]}{at}."
    if finding.last_position > finding.first_position:
        return f"Rows {finding.first_position:,} to {finding.last_position:,}{at}: {words}."
    return f"Row {finding.first_position:,}{at}: {words}."
