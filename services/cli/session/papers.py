"""`psmf session pack` and `add-item`: the papers of a session."""

from typing import Annotated

import typer

from services.cli.arguments import WordsFile, change_fields, words_of
from services.cli.command import DryRun
from services.cli.doors.hints import may_run
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
