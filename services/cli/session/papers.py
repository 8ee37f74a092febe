"""`psmf session pack`, `add-item`, `offer-item` and `admit-item`: the papers of a session, and what is beside them."""

from typing import Annotated, Any

import typer

from services.cli.arguments import WordsFile, change_fields, words_of
from services.cli.command import DryRun
from services.cli.doors.hints import may_run
from services.cli.failure import CommandError
from services.cli.page.width import output_width
from services.cli.session.reading import SESSION, names_in, papers_of, session_named
from services.cli.session.shown import papers_text
from services.cli.terminal import Terminal
from services.client.words import short


def show_papers(terminal: Terminal, session: SESSION) -> None:
    """Show the papers of a session. The Safeguarder and the support manager see the same page.

    What is not in the papers cannot be used at the session.

    psmf session pack 1a2b3c4d
    """
    from psmf.evidence.v1 import session_records_pb2 as pb

    name = session_named(terminal, session)
    papers = papers_of(terminal, name)
    if terminal.as_json:
        terminal.data(papers)
        return
    terminal.text(papers_text(papers, names_in(terminal, papers), output_width()))
    if papers.state == pb.SessionPack.STATE_VOID:
        return
    for late in papers.late_items:
        if late.state == pb.LateItem.STATE_OFFERED and papers.state == pb.SessionPack.STATE_FROZEN:
            terminal.following(_admitting(name, late), name, when="to let it be used")
    # Everybody concerned may read the record, so who may share one says for whom the file is meant.
    if may_run(terminal, terminal.person, "session share", name):
        terminal.following(f"psmf session record {short(name)} --write record.yaml", name)
    else:
        terminal.following(f'psmf session add-item {short(name)} "What I want to speak of"', name)


def add_own_item(
    terminal: Terminal,
    session: SESSION,
    words: Annotated[str, typer.Argument(help="What you want to speak of, in your words.")] = "",
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Add something of your own to the papers of your session, until the session starts.

    psmf session add-item 1a2b3c4d "How reports should name other agencies"
    psmf session add-item 1a2b3c4d --words-file words.txt
    """
    from psmf.evidence.v1 import session_records_pb2 as pb

    said = words_of(words, words_file)
    name = session_named(terminal, session)
    request = pb.AddOwnItemRequest(parent=name, words=said, **change_fields(dry_run))
    answer = terminal.call(terminal.client.session_records.AddOwnItem, request)
    terminal.changed(answer, "It is in the papers.", f"psmf session pack {short(name)}", dry_run=dry_run)


def offer_late_item(
    terminal: Terminal,
    session: SESSION,
    item: Annotated[str, typer.Argument(help="The item of evidence, or the start of its id. It is shared already.")],
    dry_run: DryRun = False,
) -> None:
    """Offer an item that was shared too late for the papers. It is used only if the Safeguarder admits it.

    psmf session offer-item 1a2b3c4d 49b6794c
    """
    from psmf.evidence.v1 import session_records_pb2 as pb

    name = session_named(terminal, session)
    request = pb.OfferLateItemRequest(parent=name, item=terminal.name_of("item", item), **change_fields(dry_run))
    answer = terminal.call(terminal.client.session_records.OfferLateItem, request)
    said = "It is offered. It can be used at the session only if the Safeguarder admits it."
    terminal.changed(answer, said, dry_run=dry_run)
    if not terminal.as_json:
        terminal.following(f"psmf session pack {short(name)}", answer, by="the Safeguarder")


def admit_late_item(
    terminal: Terminal,
    session: SESSION,
    item: Annotated[str, typer.Argument(help="The item, or the start of its id, as the papers show it.")],
    version: Annotated[
        int, typer.Option(min=0, help="The version of the item that you have read. Needed if it has changed.")
    ] = 0,
    dry_run: DryRun = False,
) -> None:
    """Let an item that was shared too late for the papers be used at your session. Nobody can do so for you.

    psmf session admit-item 1a2b3c4d 49b6794c
    """
    from psmf.evidence.v1 import session_records_pb2 as pb

    from services.cli.session.files import the_name

    name = session_named(terminal, session)
    late = {one.entry.name: one for one in papers_of(terminal, name).late_items}
    try:
        found = the_name(item, late, "offered for this session")
    except ValueError as problem:
        raise CommandError("USAGE", str(problem)) from None
    if late[found].changed and not version:
        message = f"The item has changed since it was offered. Read it, then name it: {_admitting(name, late[found])}"
        raise CommandError("USAGE", message)
    request = pb.AdmitLateItemRequest(
        parent=name, item=found, version=version or late[found].entry.version, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.session_records.AdmitLateItem, request)
    said = "It can be used at the session."
    terminal.changed(answer, said, f"psmf session pack {short(name)}", dry_run=dry_run)


def _admitting(session: str, late: Any) -> str:
    """Return the command that admits a late item as it is shown."""
    version = f" --version {late.entry.version}" if late.changed else ""
    return f"psmf session admit-item {short(session)} {short(late.entry.name)}{version}"
