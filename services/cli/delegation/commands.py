"""`psmf delegation`: who acts for the support manager of a Safeguarder, and until when."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, typed_date
from services.cli.command import DryRun, PageSize, PageToken, PersonOrOneself, command, group
from services.cli.page.beside import Beside
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_of, short, spaced, word_of

app = group("delegation")


@command(app, "create")
def create_delegation(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")],
    delegate: Annotated[str, typer.Argument(metavar="TO", help="The support manager who will act.")],
    *,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, as 2026-12-03.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day, as 2026-12-14.")],
    reason: Annotated[str, typer.Option(help="absence, workload or handover.")] = "absence",
    dry_run: DryRun = False,
) -> None:
    """Let another support manager act for the allocated one. The record names both.

    psmf delegation create sg-1a2b3c4d support-manager-east-2 --from 2026-12-03 --to 2026-12-14
    """
    from psmf.scheduling.v1 import cover_pb2 as pb

    request = pb.CreateDelegationRequest(
        parent=terminal.safeguarder(safeguarder),
        delegate=delegate,
        from_date=typed_date(first, "--from"),
        to_date=typed_date(last, "--to"),
        reason=choose(pb.Delegation.Reason, reason, "--reason"),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.cover.CreateDelegation, request)
    days = f"from {day_of(answer, 'from_date')} to {day_of(answer, 'to_date')}"
    said = f"{answer.delegate} acts for {answer.support_manager} {days}."
    terminal.changed(answer, said, f"psmf delegation list {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "end")
def end_delegation(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")],
    delegation: Annotated[str, typer.Argument(help="The start of its id, as `delegation list` prints it.")],
    dry_run: DryRun = False,
) -> None:
    """End a delegation before its last day. It ends at once.

    psmf delegation end sg-1a2b3c4d 0f1e2d3c
    """
    from psmf.scheduling.v1 import cover_pb2 as pb

    name = _name(terminal, safeguarder, delegation)
    request = pb.EndDelegationRequest(name=name, **change_fields(dry_run))
    answer = terminal.call(terminal.client.cover.EndDelegation, request)
    said = f"{answer.delegate} no longer acts for {answer.support_manager}."
    terminal.changed(answer, said, f"psmf delegation list {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "list")
def list_delegations(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
    *,
    include_ended: Annotated[bool, typer.Option("--all", help="Include delegations that are over.")] = False,
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List who acts for a support manager, the latest first day first.

    psmf delegation list --as support-manager-east-1
    psmf delegation list sg-1a2b3c4d --all
    """
    from psmf.scheduling.v1 import cover_pb2 as pb

    request = pb.ListDelegationsRequest(
        parent=terminal.safeguarder(safeguarder),
        include_ended=include_ended,
        page_size=page_size,
        page_token=page_token,
    )
    answer = terminal.call(terminal.client.cover.ListDelegations, request)
    if not answer.delegations and not terminal.as_json:
        terminal.say("Nobody acts for a support manager whom you can see.")
        return
    beside = Beside(terminal)
    names = ("Safeguarder", "Acts", "For", "From", "To", "Why", "State", "Delegation")
    terminal.listing(answer.delegations, answer.next_page_token, names, lambda one: _row(one, beside))


def _name(terminal: Terminal, safeguarder: str, delegation: str) -> str:
    """Return the full name of a delegation that is named by the start of its id."""
    from psmf.scheduling.v1 import cover_pb2 as pb

    from services.client.find import one_name

    parent, client = terminal.safeguarder(safeguarder), terminal.client
    request = pb.ListDelegationsRequest(parent=parent, include_ended=True)
    known = client.pages(terminal.person, client.cover.ListDelegations, request, "delegations")
    command = f"psmf delegation list {safeguarder_of(parent)} --all"
    return one_name("delegation", delegation, [one.name for one in known], command)


def _row(one: Any, beside: Beside) -> tuple[str, ...]:
    days = (day_of(one, "from_date"), day_of(one, "to_date"))
    stands = (spaced(word_of(one, "reason")), spaced(word_of(one, "state")))
    return (beside.who(one.name), one.delegate, one.support_manager, *days, *stands, short(one.name))
