"""`psmf feedback`: links by which children, families and agencies give feedback without signing in."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, typed_date
from services.cli.command import DryRun, PageSize, PageToken, command, group
from services.cli.page.beside import Beside
from services.cli.terminal import Terminal
from services.client.words import EVERYBODY, day_of, london_time, safeguarder_of, short, spaced, word_of

app = group("feedback")
PERSON = Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")]


@command(app, "link")
def make_link(
    terminal: Terminal,
    safeguarder: PERSON,
    *,
    giver: Annotated[str, typer.Option("--for", help="Who gives the feedback: child, adult or agency.")],
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="The day that it is about, as 2026-12-03.")],
    case: Annotated[str, typer.Option("--case", help="The case reference, for example case-4f2a. Never a name.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Make a link for one giver and one appointment. Its address is shown once.

    psmf feedback link sg-1a2b3c4d --for child --on 2026-11-16
    """
    from psmf.evidence.v1 import feedback_links_pb2 as pb

    request = pb.CreateFeedbackLinkRequest(
        parent=terminal.safeguarder(safeguarder),
        giver=choose(pb.FeedbackGiver, giver, "--for"),
        happened_date=typed_date(on, "--on"),
        case_reference=case,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.feedback.CreateFeedbackLink, request)
    said = f"The link can be used until {london_time(answer.expire_time)}. Put this after the address of the pages:"
    terminal.changed(answer, said, dry_run=dry_run)
    if not (terminal.as_json or dry_run):
        terminal.exact(f"/feedback/{answer.token}")
        terminal.following(f"psmf feedback list {safeguarder_of(answer.safeguarder)}")


@command(app, "list")
def list_links(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's name or id; - for everybody.")] = "-",
    *,
    state: Annotated[str, typer.Option(help="Only open, sent, revoked or expired.")] = "",
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List feedback links, the newest first, with what came by each.

    psmf feedback list --state open
    """
    from psmf.evidence.v1 import feedback_links_pb2 as pb

    about = "" if safeguarder == "-" else terminal.safeguarder(safeguarder)
    request = pb.ListFeedbackLinksRequest(
        safeguarder=about,
        state=choose(pb.FeedbackLink.State, state, "--state") if state else None,
        page_size=page_size,
        page_token=page_token,
    )
    answer = terminal.call(terminal.client.feedback.ListFeedbackLinks, request)
    beside = Beside(terminal, about or EVERYBODY)
    names = ("Link", "About", "For", "Day", "State", "Until", "Item", "Named?", "Reach them")
    terminal.listing(answer.feedback_links, answer.next_page_token, names, lambda link: _row(link, beside))


@command(app, "revoke")
def revoke_link(
    terminal: Terminal,
    link: Annotated[str, typer.Argument(help="The start of its id, as `feedback list` prints it.")],
    dry_run: DryRun = False,
) -> None:
    """Take a link back, so that nobody can use it.

    psmf feedback revoke 0f1e2d3c
    """
    from psmf.evidence.v1 import feedback_links_pb2 as pb

    from services.client.find import one_name

    method = terminal.client.feedback.ListFeedbackLinks
    found = list(terminal.client.pages(terminal.person, method, pb.ListFeedbackLinksRequest(), "feedback_links"))
    name = one_name("feedback link", link, [each.name for each in found], "psmf feedback list")
    request = pb.RevokeFeedbackLinkRequest(name=name, **change_fields(dry_run))
    answer = terminal.call(terminal.client.feedback.RevokeFeedbackLink, request)
    terminal.changed(answer, "The link can't be used any more.", "psmf feedback list", dry_run=dry_run)


def _row(link: Any, beside: Beside) -> tuple[str, ...]:
    item = short(link.evidence_item) if link.evidence_item else "-"
    named = {"yes": "yes", "kind_only": "only the kind", "ask_first": "ask first"}.get(word_of(link, "consent"), "no")
    return (
        short(link.name),
        beside.who(link.safeguarder),
        word_of(link, "giver"),
        day_of(link, "happened_date"),
        spaced(word_of(link, "state")),
        london_time(link.expire_time),
        item,
        named if link.evidence_item else "-",
        link.contact or "-",
    )
