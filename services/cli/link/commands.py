"""`psmf link`: links between members of staff and Safeguarders, because of which one does not work on the other's."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose
from services.cli.command import DryRun, PageSize, PageToken, PersonOrOneself, command, group
from services.cli.page.beside import Beside
from services.cli.terminal import Terminal
from services.client.words import london_time, safeguarder_of, short, spaced, word_of

app = group("link")


@command(app, "declare")
def declare_link(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
    *,
    staff: Annotated[str, typer.Option(help="The member of staff. Leave it out for yourself.")] = "",
    kind: Annotated[str, typer.Option(help="family, personal, work, financial or other.")],
    dry_run: DryRun = False,
) -> None:
    """Declare a link. From then on the member of staff can neither read nor change anything about the Safeguarder.

    psmf link declare sg-1a2b3c4d --kind family --as support-manager-east-1
    psmf link declare sg-1a2b3c4d --staff support-manager-east-1 --kind work
    """
    from psmf.scheduling.v1 import cover_pb2 as pb

    request = pb.DeclareLinkRequest(
        parent=terminal.safeguarder(safeguarder),
        person=staff,
        kind=choose(pb.PersonLink.Kind, kind, "--kind"),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.cover.DeclareLink, request)
    said = f"{answer.person} can no longer read or change anything about {safeguarder_of(answer.name)}."
    terminal.changed(answer, said, f"psmf link list {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "end")
def end_link(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")],
    link: Annotated[str, typer.Argument(help="The start of its id, as `link list` prints it.")],
    reason: Annotated[str, typer.Option(help="over or mistake.")],
    dry_run: DryRun = False,
) -> None:
    """End a link that is over, or that was declared by mistake.

    psmf link end sg-1a2b3c4d 0f1e2d3c --reason over
    """
    from psmf.scheduling.v1 import cover_pb2 as pb

    name = _name(terminal, safeguarder, link)
    ends = choose(pb.PersonLink.EndReason, reason, "--reason")
    request = pb.EndLinkRequest(name=name, reason=ends, **change_fields(dry_run))
    answer = terminal.call(terminal.client.cover.EndLink, request)
    said = f"The link of {answer.person} has ended. They can do again what their role and allocations allow."
    terminal.changed(answer, said, f"psmf link list {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "list")
def list_links(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
    *,
    include_ended: Annotated[bool, typer.Option("--all", help="Include links that have ended.")] = False,
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List the declared links, the newest first.

    psmf link list sg-1a2b3c4d
    """
    from psmf.scheduling.v1 import cover_pb2 as pb

    request = pb.ListLinksRequest(
        parent=terminal.safeguarder(safeguarder),
        include_ended=include_ended,
        page_size=page_size,
        page_token=page_token,
    )
    answer = terminal.call(terminal.client.cover.ListLinks, request)
    if not answer.links and not terminal.as_json:
        terminal.say("No link is declared.")
        return
    beside = Beside(terminal)
    names = ("Safeguarder", "Staff", "Link", "Declared", "By", "State", "Id")
    terminal.listing(answer.links, answer.next_page_token, names, lambda one: _row(one, beside))


def _name(terminal: Terminal, safeguarder: str, link: str) -> str:
    """Return the full name of a link that is named by the start of its id."""
    from psmf.scheduling.v1 import cover_pb2 as pb

    from services.client.find import one_name

    parent, client = terminal.safeguarder(safeguarder), terminal.client
    request = pb.ListLinksRequest(parent=parent, include_ended=True)
    known = client.pages(terminal.person, client.cover.ListLinks, request, "links")
    return one_name("link", link, [one.name for one in known], f"psmf link list {safeguarder_of(parent)} --all")


def _row(one: Any, beside: Beside) -> tuple[str, ...]:
    stands = spaced(word_of(one, "state"))
    if one.end_reason:
        stands = f"{stands}, {spaced(word_of(one, 'end_reason'))}"
    declared = (london_time(one.declare_time), one.declared_by)
    link = (one.person, spaced(word_of(one, "kind")))
    return (beside.who(one.name), *link, *declared, stands, short(one.name))
