"""`psmf draft`: what somebody began to write on a page and has not sent."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields
from services.cli.command import DryRun, PersonOrOneself, command, group
from services.cli.page.beside import Beside
from services.cli.terminal import Terminal
from services.client.words import EVERYBODY, day_of, london_time, short, spaced, word_of

app = group("draft")
DRAFT = Annotated[str, typer.Argument(help="The start of its id, as `draft list` prints it.")]


@command(app, "list")
def list_drafts(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """List your drafts. Safeguarders also see that others have drafts about them, without the words.

    psmf draft list
    """
    from psmf.evidence.v1 import drafts_pb2 as pb

    parent = terminal.safeguarder(safeguarder)
    answer = terminal.call(terminal.client.drafts.ListDrafts, pb.ListDraftsRequest(parent=parent))
    beside = Beside(terminal, parent)
    terminal.listing(
        answer.drafts, "", ("Draft", "By", "For", "About", "Kept until"), lambda draft: _row(draft, beside)
    )


@command(app, "show")
def show_draft(terminal: Terminal, draft: DRAFT) -> None:
    """Show one of your drafts, with its answers as the page keeps them.

    psmf draft show 0f1e2d3c
    """
    from psmf.evidence.v1 import drafts_pb2 as pb

    found = terminal.call(terminal.client.drafts.GetDraft, pb.GetDraftRequest(name=_name(terminal, draft)))
    if terminal.as_json:
        terminal.data(found)
        return
    stopped = f", at the question {found.step}" if found.step else ""
    terminal.text(f"{spaced(word_of(found, 'kind'))}{stopped}, changed {london_time(found.update_time)}")
    terminal.exact(found.answers.decode("utf-8", "replace"))


@command(app, "delete")
def delete_draft(terminal: Terminal, draft: DRAFT, dry_run: DryRun = False) -> None:
    """Delete one of your drafts for good.

    psmf draft delete 0f1e2d3c
    """
    from psmf.evidence.v1 import drafts_pb2 as pb

    request = pb.DeleteDraftRequest(name=_name(terminal, draft), **change_fields(dry_run))
    answer = terminal.call(terminal.client.drafts.DeleteDraft, request)
    terminal.changed(answer, "The draft is deleted.", "psmf draft list", dry_run=dry_run)


def _name(terminal: Terminal, draft: str) -> str:
    """Return the full name of a draft that is named by the start of its id."""
    from psmf.evidence.v1 import drafts_pb2 as pb

    from services.client.find import one_name

    answer = terminal.call(terminal.client.drafts.ListDrafts, pb.ListDraftsRequest(parent=EVERYBODY))
    return one_name("draft", draft, [each.name for each in answer.drafts], "psmf draft list")


def _row(draft: Any, beside: Beside) -> tuple[str, ...]:
    about = beside.who(draft.safeguarder) if draft.safeguarder else "-"
    kept_until = day_of(draft, "last_date")
    return short(draft.name), draft.author, spaced(word_of(draft, "kind")) or "-", about, kept_until
