"""`psmf evidence`: items on a person's file."""

import uuid
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.arguments import choose, read_day
from services.cli.command import DryRun, PageSize, PageToken, command, group
from services.cli.failure import CommandError
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_name, safeguarder_of, spaced

app = group("evidence")
ITEM = Annotated[str, typer.Argument(help="safeguarders/SAFEGUARDER/evidenceItems/ITEM, as `evidence list` shows it.")]
SET = Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="Fields as in docs/import.md.")]
REASON = Annotated[str, typer.Option(help="Why, for example entered-wrongly.")]


@command(app, "add")
def add_item(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="Id, for example sg-1a2b3c4d.")],
    fields: SET,
    dry_run: DryRun = False,
) -> None:
    """Record one item.

    psmf evidence add sg-1a2b3c4d kind=feedback source=reporter happened_date=2026-11-02 received_date=2026-11-04
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    from services.cli.evidence.fields import evidence_item

    name = safeguarder_name(safeguarder)
    item, faults = evidence_item({"safeguarder": safeguarder_of(name), **_values(fields)})
    _refuse(faults)
    request = pb.CreateEvidenceItemRequest(parent=name, evidence_item=item, **_asked(dry_run))
    answer = terminal.call(terminal.client.evidence.CreateEvidenceItem, request)
    said = (
        "Nothing was changed. The item would be recorded."
        if dry_run
        else f"Recorded {answer.name}\n{_standing(answer)}"
    )
    following = (
        f"psmf evidence share {answer.name}" if answer.mappings else f"psmf evidence map {answer.name} S4.1:concern"
    )
    terminal.changed(answer, said, following)


@command(app, "list")
def list_items(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="Id, for example sg-1a2b3c4d.")],
    kind: Annotated[str, typer.Option(help="Only this kind, for example feedback.")] = "",
    standard: Annotated[str, typer.Option(help="Only items that speak to this standard, for example S4.")] = "",
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List a person's items, newest first.

    psmf evidence list sg-1a2b3c4d --standard S4
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    from services.platform.calls.wire import to_word

    request = pb.ListEvidenceItemsRequest(
        parent=safeguarder_name(safeguarder),
        page_size=page_size,
        page_token=page_token,
        standard=standard,
    )
    if kind:
        request.kind = choose(pb.EvidenceKind, kind, "--kind")
    answer = terminal.call(terminal.client.evidence.ListEvidenceItems, request)
    if terminal.as_json:
        terminal.page(answer.evidence_items, answer.next_page_token)
        return
    rows = [
        (
            day_of(item, "happened_date"),
            spaced(to_word(pb.EvidenceKind, item.kind)),
            spaced(to_word(pb.EvidenceSource, item.source)),
            _speaks(item),
            _standing(item),
            item.name,
        )
        for item in answer.evidence_items
    ]
    terminal.columns(("Happened", "Kind", "From", "Speaks to", "Counts", "Item"), rows)
    if answer.next_page_token:
        terminal.say(f"There are more: --page-token {answer.next_page_token}")


@command(app, "show")
def show_item(terminal: Terminal, item: ITEM) -> None:
    """Show one item.

    psmf evidence show safeguarders/sg-1a2b3c4d/evidenceItems/0f1e2d3c
    """
    found = _item(terminal, item)
    if terminal.as_json:
        terminal.data(found)
        return
    from psmf.evidence.v1 import evidence_pb2 as pb

    from services.platform.calls.wire import to_word

    kind, source = to_word(pb.EvidenceKind, found.kind), to_word(pb.EvidenceSource, found.source)
    said = [
        f"{spaced(kind)} from {spaced(source)} · {spaced(to_word(pb.ItemState, found.state))}",
        f"Happened   {day_of(found, 'happened_date')}, received {day_of(found, 'received_date')}",
        f"Speaks to  {_speaks(found)}",
        f"Counts     {_standing(found)}",
        f"Shared     {day_of(found, 'shared_date')}, reply until {day_of(found, 'reply_due_date')}",
        f"Reply      {found.reply.text or day_of(found.reply, 'reply_date')}",
        f"Summary    {found.summary or '-'}",
    ]
    terminal.text("\n".join(said))


@command(app, "map")
def map_item(
    terminal: Terminal,
    item: ITEM,
    mappings: Annotated[list[str], typer.Argument(metavar="INDICATOR:POLARITY...")],
    dry_run: DryRun = False,
) -> None:
    """Say which indicators an item speaks to, and which way.

    psmf evidence map safeguarders/sg-1a2b3c4d/evidenceItems/0f1e2d3c S4.1:concern S2.3:praise
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    from services.cli.evidence.fields import fill

    read = pb.EvidenceItem()
    _refuse(fill(read, {"mappings": " ".join(mappings)}))
    request = pb.MapEvidenceItemRequest(name=item, mappings=read.mappings, **_asked(dry_run))
    answer = terminal.call(terminal.client.evidence.MapEvidenceItem, request)
    _report(terminal, answer, f"Speaks to {_speaks(answer)}.", dry_run, f"psmf evidence share {answer.name}")


@command(app, "share")
def share_item(terminal: Terminal, item: ITEM, dry_run: DryRun = False) -> None:
    """Record that the person concerned was shown the item; the time to reply starts.

    psmf evidence share safeguarders/sg-1a2b3c4d/evidenceItems/0f1e2d3c
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    request = pb.ShareEvidenceItemRequest(name=item, **_asked(dry_run))
    answer = terminal.call(terminal.client.evidence.ShareEvidenceItem, request)
    _report(terminal, answer, f"Shared. Time to reply until {day_of(answer, 'reply_due_date')}.", dry_run)


@command(app, "reply")
def reply_to_item(
    terminal: Terminal,
    item: ITEM,
    text: Annotated[str, typer.Option(help="The reply; - reads standard input.")] = "-",
    dry_run: DryRun = False,
) -> None:
    """Add the reply of the person concerned.

    psmf evidence reply safeguarders/sg-1a2b3c4d/evidenceItems/0f1e2d3c --as person-sg-1a2b3c4d < reply.txt
    """
    import sys

    from psmf.evidence.v1 import evidence_pb2 as pb

    words = sys.stdin.read() if text == "-" else text
    request = pb.AddReplyRequest(name=item, text=words, **_asked(dry_run))
    answer = terminal.call(terminal.client.evidence.AddReply, request)
    _report(terminal, answer, f"The reply is on file. {_standing(answer)}.", dry_run)


@command(app, "correct")
def correct_item(terminal: Terminal, item: ITEM, fields: SET, reason: REASON, dry_run: DryRun = False) -> None:
    """Put a corrected item in the place of another. Name only the fields that change; the old item stays on file.

    psmf evidence correct safeguarders/sg-1a2b3c4d/evidenceItems/0f1e2d3c filed_date=2026-09-07 --reason entered-wrongly
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    from services.cli.evidence.fields import fill

    correction = pb.EvidenceItem()
    correction.CopyFrom(_item(terminal, item))
    _refuse(fill(correction, _values(fields)))
    request = pb.CorrectEvidenceItemRequest(
        name=item,
        evidence_item=correction,
        reason=choose(pb.CorrectionReason, reason, "--reason"),
        **_asked(dry_run),
    )
    answer = terminal.call(terminal.client.evidence.CorrectEvidenceItem, request)
    _report(terminal, answer, f"{answer.name} stands in its place. {_standing(answer)}.", dry_run)


@command(app, "withdraw")
def withdraw_item(terminal: Terminal, item: ITEM, reason: REASON, dry_run: DryRun = False) -> None:
    """Take an item out of account; it stays on file.

    psmf evidence withdraw safeguarders/sg-1a2b3c4d/evidenceItems/0f1e2d3c --reason not-admissible
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    why = choose(pb.CorrectionReason, reason, "--reason")
    request = pb.WithdrawEvidenceItemRequest(name=item, reason=why, **_asked(dry_run))
    answer = terminal.call(terminal.client.evidence.WithdrawEvidenceItem, request)
    _report(terminal, answer, "Out of account from now on.", dry_run)


@command(app, "no-report")
def record_no_report(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="Id, for example sg-1a2b3c4d.")],
    reason: Annotated[str, typer.Option(help="no-appointment, no-report-due or not-provided.")],
    reports: Annotated[int, typer.Option(min=0, max=10, help="How many of those owed; 0 takes it back.")] = 1,
    on: Annotated[str, typer.Option(metavar="DAY", help="A day of the contract year; today, if not said.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Record that there was no report to sample in a contract year, and why: KPI six leaves it out, and says so.

    psmf evidence no-report sg-1a2b3c4d --reason no-appointment --reports 2
    psmf evidence no-report sg-1a2b3c4d --reason not-provided --on 2027-03-31
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    from services.platform.calls.wire import to_date
    from services.platform.clock import SystemClock

    request = pb.RecordReportsNotAvailableRequest(
        parent=safeguarder_name(safeguarder),
        date=to_date(read_day(on, "--on") if on else SystemClock().today()),
        reports=reports,
        reason=choose(pb.NoReportReason, reason, "--reason"),
        **_asked(dry_run),
    )
    answer = terminal.call(terminal.client.report_samples.RecordReportsNotAvailable, request)
    said = f"{reports} of the reports owed that year were not there to be sampled: {spaced(reason.replace('-', '_'))}."
    _report(terminal, answer, said if reports else "What was recorded for that year is taken back.", dry_run)


@command(app, "import")
def import_file(
    terminal: Terminal,
    file: Annotated[Path, typer.Argument(help="A .csv or .jsonl file as docs/import.md describes it.")],
    history: Annotated[bool, typer.Option("--history", help="Past records: evaluated at the next daily run.")] = False,
    dry_run: DryRun = False,
) -> int:
    """Take in a file; each row is recorded or refused by itself. The same file again changes nothing.

    psmf evidence import feed.csv --dry-run
    """
    from services.cli.evidence.import_files import take_in

    return take_in(terminal, file, history, dry_run)


def _item(terminal: Terminal, name: str) -> Any:
    from psmf.evidence.v1 import evidence_pb2 as pb

    return terminal.call(terminal.client.evidence.GetEvidenceItem, pb.GetEvidenceItemRequest(name=name))


def _values(fields: list[str]) -> dict[str, str]:
    values = dict(field.partition("=")[::2] for field in fields)
    unclear = [field for field in fields if "=" not in field]
    if unclear:
        raise CommandError("USAGE", f"{unclear[0]!r} is not FIELD=VALUE, for example kind=feedback.")
    return values


def _refuse(faults: Any) -> None:
    if faults:
        raise CommandError("INVALID_ARGUMENT", "; ".join(fault.message for fault in faults), field=faults[0].field)


def _asked(dry_run: bool) -> dict[str, Any]:
    return {"request_id": str(uuid.uuid4()), "validate_only": dry_run}


def _report(terminal: Terminal, answer: Any, said: str, dry_run: bool, following: str = "") -> None:
    terminal.changed(answer, f"Nothing was changed. It would be: {said}" if dry_run else said, following)


def _speaks(item: Any) -> str:
    from psmf.evidence.v1 import evidence_pb2 as pb

    from services.platform.calls.wire import to_word

    spoken = [f"{mapping.indicator} {to_word(pb.Polarity, mapping.polarity)}" for mapping in item.mappings]
    return ", ".join(spoken) or "not read against the standards yet"


def _standing(item: Any) -> str:
    """From when an item counts, or that it does not."""
    from psmf.evidence.v1 import evidence_pb2 as pb

    if item.state in (pb.ITEM_STATE_SUPERSEDED, pb.ITEM_STATE_WITHDRAWN):
        return "out of account"
    return f"from {day_of(item, 'countable_date')}" if item.HasField("countable_date") else "not yet"
