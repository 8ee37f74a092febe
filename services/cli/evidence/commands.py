"""`psmf evidence`: items on a person's file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, read_day
from services.cli.command import DryRun, PageSize, PageToken, PersonOrOneself, command, group
from services.cli.evidence import before_recording, outcomes, shown, stages
from services.cli.failure import CommandError
from services.cli.terminal import Terminal
from services.client.words import day_of, short, spaced

app = group("evidence")
ITEM = Annotated[str, typer.Argument(help="The item's id, or its first characters.")]
SET = Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="Fields as docs/import.md describes them.")]
REASON = Annotated[str, typer.Option(help="Why, for example entered-wrongly.")]


@command(app, "add")
def add_item(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")],
    fields: SET,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Record it although an item of the same kind, source and day, or a complaint in its words, exists.",
        ),
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Record one item of evidence.

    psmf evidence add sg-1a2b3c4d kind=feedback source=reporter happened_date=2026-11-02 received_date=2026-11-04
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    from services.cli.evidence.fields import evidence_item

    if "=" in safeguarder:
        message = "Name the Safeguarder first, then the fields. A Safeguarder writes - for themselves."
        raise CommandError("USAGE", message)
    item, faults = evidence_item({"safeguarder": "-", **_values(fields)})
    _refuse(faults)
    parent = terminal.safeguarder(safeguarder)
    request = pb.CreateEvidenceItemRequest(parent=parent, evidence_item=item, again=again, **change_fields(dry_run))
    answer = terminal.call(terminal.client.evidence.CreateEvidenceItem, request)
    said = _delivered(answer, dry_run)
    # No direction is suggested: whether an item is praise, neutral or a concern is for the reader to say (P30).
    following = f"psmf evidence share {short(answer.name)}"
    if not answer.mappings:
        following = f"psmf evidence map {short(answer.name)} INDICATOR:POLARITY"
    held = answer.state == pb.ITEM_STATE_HELD
    terminal.changed(answer, said, "" if dry_run else "psmf evidence held" if held else following)


command(app, "choices")(before_recording.show_choices)


@command(app, "similar")
def find_similar(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")],
    fields: SET,
) -> None:
    """List what on file may be about the same thing as an item that you have not recorded yet. It records nothing.

    psmf evidence similar sg-1a2b3c4d kind=feedback source=reporter happened_date=2026-11-02 received_date=2026-11-04
    """
    from services.cli.evidence.fields import evidence_item

    item, faults = evidence_item({"safeguarder": "-", **_values(fields)})
    _refuse(faults)
    before_recording.list_similar(terminal, terminal.safeguarder(safeguarder), item)


@command(app, "list")
def list_items(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
    *,
    kind: Annotated[str, typer.Option(help="Only this kind, for example feedback.")] = "",
    standard: Annotated[str, typer.Option(help="Only items mapped to this standard, for example S4.")] = "",
    source: Annotated[str, typer.Option(help="Only items from this source, for example reporter.")] = "",
    polarity: Annotated[str, typer.Option(help="Only items that say so: praise, neutral or concern.")] = "",
    waiting_for: Annotated[
        str, typer.Option(help="Only items that wait for mapping, sharing, outcome or anything; over everybody with -.")
    ] = "",
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List a person's items, newest first.

    psmf evidence list sg-1a2b3c4d --standard S4 --polarity praise
    psmf evidence list - --waiting-for sharing
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    request = pb.ListEvidenceItemsRequest(
        parent=terminal.safeguarder(safeguarder),
        page_size=page_size,
        page_token=page_token,
        standard=standard,
    )
    if kind:
        request.kind = choose(pb.EvidenceKind, kind, "--kind")
    if source:
        request.source = choose(pb.EvidenceSource, source, "--source")
    if polarity:
        request.polarity = choose(pb.Polarity, polarity, "--polarity")
    if waiting_for:
        request.waiting_for = choose(pb.WaitingFor, waiting_for, "--waiting-for")
    answer = terminal.call(terminal.client.evidence.ListEvidenceItems, request)
    names = ("Happened", "Kind", "From", "Sent by", "Speaks to", "Counts", "Item")
    terminal.listing(answer.evidence_items, answer.next_page_token, names, shown.row)


@command(app, "show")
def show_item(terminal: Terminal, item: ITEM) -> None:
    """Show one item of evidence. Attendance at a support session is shown with the session.

    psmf evidence show 0f1e2d3c
    """
    from services.client.errors import ClientError

    try:
        found = _item(terminal, item)
    except ClientError as problem:
        if problem.code != "NOT_FOUND" or not _shown_as_session(terminal, item):
            raise
        return
    if terminal.as_json:
        terminal.data(found)
        return
    said = [
        shown.heading(found),
        f"Sent by    {shown.sender(found)}",
        f"Happened   {day_of(found, 'happened_date')}, received {day_of(found, 'received_date')}",
        f"Speaks to  {shown.speaks(found)}",
        f"Counts     {shown.standing(found)}",
        f"Shared     {shown.sharing(found)}",
        f"Reply      {shown.reply(found)}",
        *shown.report(found),
        *stages.lines(found),
        *(shown.outcome(found) or [f"Summary    {found.summary or '-'}"]),
    ]
    terminal.text("\n".join(said))


@command(app, "map")
def map_item(
    terminal: Terminal,
    item: ITEM,
    mappings: Annotated[list[str], typer.Argument(metavar="INDICATOR:POLARITY...")],
    dry_run: DryRun = False,
) -> None:
    """Map an item to indicators of the Practice Standards, each with praise, neutral or concern.

    psmf evidence map 0f1e2d3c S4.1:concern S2.3:praise
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    from services.cli.evidence.fields import fill

    read = pb.EvidenceItem()
    _refuse(fill(read, {"mappings": " ".join(mappings)}))
    request = pb.MapEvidenceItemRequest(
        name=terminal.name_of("item", item), mappings=read.mappings, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.evidence.MapEvidenceItem, request)
    # A shared item that turns towards a concern is shared again by that, so there is nothing left to do.
    shared = answer.HasField("shared_date")
    said = f"Speaks to {shown.speaks(answer)}." + (f" Shared {shown.sharing(answer)}." if shared else "")
    terminal.changed(answer, said, "" if shared else f"psmf evidence share {short(answer.name)}", dry_run=dry_run)


@command(app, "share")
def share_item(terminal: Terminal, item: ITEM, dry_run: DryRun = False) -> None:
    """Record that the item was shared with the Safeguarder. The time to reply starts.

    psmf evidence share 0f1e2d3c
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    request = pb.ShareEvidenceItemRequest(name=terminal.name_of("item", item), **change_fields(dry_run))
    answer = terminal.call(terminal.client.evidence.ShareEvidenceItem, request)
    terminal.changed(answer, f"Shared, {shown.reply_time(answer)}.", dry_run=dry_run)


@command(app, "reply")
def reply_to_item(
    terminal: Terminal,
    item: ITEM,
    text: Annotated[str, typer.Option(help="The reply. - reads standard input.")] = "-",
    dry_run: DryRun = False,
) -> None:
    """Add the Safeguarder's reply to an item.

    psmf evidence reply 0f1e2d3c --as person-sg-1a2b3c4d < reply.txt
    """
    import sys

    from psmf.evidence.v1 import evidence_pb2 as pb

    words = sys.stdin.read() if text == "-" else text
    request = pb.AddReplyRequest(name=terminal.name_of("item", item), text=words, **change_fields(dry_run))
    answer = terminal.call(terminal.client.evidence.AddReply, request)
    held = " The Team looks at it before anybody reads it, because it may name a child." if answer.reply.held else ""
    terminal.changed(answer, f"The reply is on file. {shown.standing(answer)}.{held}", dry_run=dry_run)


@command(app, "correct")
def correct_item(terminal: Terminal, item: ITEM, fields: SET, reason: REASON, dry_run: DryRun = False) -> None:
    """Replace an item by a corrected one. Name only the fields that change. The old item stays on file.

    psmf evidence correct 0f1e2d3c filed_date=2026-09-07 --reason entered-wrongly
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    from services.cli.evidence.fields import fill

    found = _item(terminal, item)
    correction = pb.EvidenceItem()
    correction.CopyFrom(found)
    _refuse(fill(correction, _values(fields)))
    request = pb.CorrectEvidenceItemRequest(
        name=found.name,
        evidence_item=correction,
        reason=choose(pb.CorrectionReason, reason, "--reason"),
        etag=found.etag,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.evidence.CorrectEvidenceItem, request)
    terminal.changed(answer, f"{answer.name} replaces it. {shown.standing(answer)}.", dry_run=dry_run)


@command(app, "held")
def list_held_items(terminal: Terminal, page_size: PageSize = 100, page_token: PageToken = "") -> None:
    """List texts that look as if they name a child, for the Team to look at. Nobody else sees what is held.

    psmf evidence held
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    request = pb.ListHeldEvidenceItemsRequest(page_size=page_size, page_token=page_token)
    answer = terminal.call(terminal.client.evidence.ListHeldEvidenceItems, request)
    names = ("Received", "Kind", "From", "Sent by", "Because of", "Text", "Item")
    terminal.listing(answer.evidence_items, answer.next_page_token, names, shown.held_row)


@command(app, "release")
def release_item(
    terminal: Terminal,
    item: ITEM,
    strike: Annotated[list[str], typer.Option(help="Words that name a child, to delete first. Can be repeated.")] = [],  # noqa: B006
    dry_run: DryRun = False,
) -> None:
    """Release the held texts of an item, after you have read them. Strike out what names a child.

    psmf evidence release 0f1e2d3c
    psmf evidence release 0f1e2d3c --strike "Jamie" --strike "12 High Street"
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    request = pb.ReleaseEvidenceItemRequest(
        name=terminal.name_of("item", item), strike=strike, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.evidence.ReleaseEvidenceItem, request)
    following = "" if answer.mappings else f"psmf evidence map {short(answer.name)} INDICATOR:POLARITY"
    terminal.changed(answer, "Released. It is on file like any other item.", following, dry_run=dry_run)


@command(app, "withdraw")
def withdraw_item(terminal: Terminal, item: ITEM, reason: REASON, dry_run: DryRun = False) -> None:
    """Withdraw an item, so that it no longer counts. It stays on file.

    psmf evidence withdraw 0f1e2d3c --reason not-admissible
    """
    from psmf.evidence.v1 import evidence_pb2 as pb

    why = choose(pb.CorrectionReason, reason, "--reason")
    request = pb.WithdrawEvidenceItemRequest(name=terminal.name_of("item", item), reason=why, **change_fields(dry_run))
    answer = terminal.call(terminal.client.evidence.WithdrawEvidenceItem, request)
    terminal.changed(answer, "It no longer counts.", dry_run=dry_run)


command(app, "stage")(stages.move_stage)
command(app, "decide")(outcomes.decide_complaint)
command(app, "receipt")(outcomes.show_receipt)


@command(app, "no-report")
def record_no_report(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")],
    reason: Annotated[str, typer.Option(help="no-appointment, no-report-due or not-provided.")],
    reports: Annotated[
        int, typer.Option(min=0, max=10, help="How many of the reports owed that year. 0 cancels the record.")
    ] = 1,
    on: Annotated[str, typer.Option(metavar="DAY", help="A day of the contract year. Default: today.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Record that a contract year had no report to sample, and why. KPI six leaves it out and says so.

    psmf evidence no-report sg-1a2b3c4d --reason no-appointment --reports 2
    psmf evidence no-report sg-1a2b3c4d --reason not-provided --on 2027-03-31
    """
    from psmf.evidence.v1 import report_samples_pb2 as pb

    from services.platform.calls.wire import to_date
    from services.platform.clock import SystemClock

    request = pb.RecordReportsNotAvailableRequest(
        parent=terminal.safeguarder(safeguarder),
        date=to_date(read_day(on, "--on") if on else SystemClock().today()),
        reports=reports,
        reason=choose(pb.NoReportReason, reason, "--reason"),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.report_samples.RecordReportsNotAvailable, request)
    said = f"{reports} of the reports owed that year cannot be sampled: {spaced(reason.replace('-', '_'))}."
    terminal.changed(answer, said if reports else "The record for that year is cancelled.", dry_run=dry_run)


@command(app, "import")
def import_file(
    terminal: Terminal,
    file: Annotated[Path, typer.Argument(help="A .csv or .jsonl file as docs/import.md describes it.")],
    history: Annotated[
        bool, typer.Option("--history", help="The rows are past records: evaluate them at the next daily run.")
    ] = False,
    dry_run: DryRun = False,
) -> int:
    """Import a file. Each row is recorded or refused on its own. Importing the same file again changes nothing.

    psmf evidence import feed.csv --dry-run
    """
    from services.cli.evidence.import_files import take_in

    return take_in(terminal, file, history, dry_run)


def _delivered(answer: Any, dry_run: bool) -> str:
    """Return what became of an item that was sent in."""
    from psmf.evidence.v1 import evidence_pb2 as pb

    if answer.delivery == pb.DELIVERY_HELD_ALREADY:
        return f"Held already: {answer.name}\nNothing was recorded."
    corrected = answer.delivery == pb.DELIVERY_CORRECTED
    if answer.state == pb.ITEM_STATE_HELD and not dry_run:
        return f"Recorded {answer.name}\nHeld: the text looks as if it names a child. A person of the Team looks at it."
    if dry_run:
        said = "The item would correct the report on file." if corrected else "The item would be recorded."
        found = "".join(f"\nThis may name a child: {one.words}" for one in answer.findings)
        return f"Nothing was changed. {said}{found}"
    recorded = f"Recorded {answer.name}{', which corrects the report on file' if corrected else ''}"
    return f"{recorded}\nCounts: {shown.standing(answer)}"


def _item(terminal: Terminal, text: str) -> Any:
    """Return an item as the caller may read it alone. In a list the Team does not see words that are held."""
    from psmf.evidence.v1 import evidence_pb2 as pb

    request = pb.GetEvidenceItemRequest(name=terminal.name_of("item", text))
    return terminal.call(terminal.client.evidence.GetEvidenceItem, request)


def _shown_as_session(terminal: Terminal, text: str) -> bool:
    """Show the session of which a reason names the attendance. Return False if there is none."""
    from services.cli.session.commands import show_session
    from services.client.errors import ClientError

    try:
        show_session(terminal, text)
    except ClientError:
        return False
    return True


def _values(fields: list[str]) -> dict[str, str]:
    values = dict(field.partition("=")[::2] for field in fields)
    unclear = [field for field in fields if "=" not in field]
    if unclear:
        raise CommandError("USAGE", f"{unclear[0]!r} is not FIELD=VALUE, for example kind=feedback.")
    return values


def _refuse(faults: Any) -> None:
    if faults:
        raise CommandError("INVALID_ARGUMENT", "; ".join(fault.message for fault in faults), field=faults[0].field)
