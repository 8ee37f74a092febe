"""`psmf safeguarder`: the register of Safeguarders."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields
from services.cli.command import DryRun, PageSize, PageToken, command, group
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_name, safeguarder_of, spaced, word_of

app = group("safeguarder")


@command(app, "list")
def list_safeguarders(
    terminal: Terminal,
    area: Annotated[str, typer.Option(help="Only people who serve this area, for example fife.")] = "",
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List the register. Support managers see the people allocated to them.

    psmf safeguarder list --area fife
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    request = pb.ListSafeguardersRequest(page_size=page_size, page_token=page_token, area=area)
    answer = terminal.call(terminal.client.safeguarders.ListSafeguarders, request)
    names = ("Safeguarder", "Name", "State", "Term ends", "Areas")
    terminal.listing(answer.safeguarders, answer.next_page_token, names, _row)


@command(app, "show")
def show_safeguarder(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's id, for example sg-1a2b3c4d.")],
) -> None:
    """Show one person's entry with terms of appointment and support manager.

    psmf safeguarder show sg-1a2b3c4d
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    name = safeguarder_name(safeguarder)
    entry = terminal.call(terminal.client.safeguarders.GetSafeguarder, pb.GetSafeguarderRequest(name=name))
    if terminal.as_json:
        terminal.data(entry)
        return
    demo = "  Demo data: an invented person." if entry.demo else ""
    terminal.text(f"{entry.display_name} · {safeguarder_of(entry.name)} · {_state(entry)}{demo}")
    terminal.text(f"Panel number     {entry.panel_number or '-'}")
    terminal.text(f"Areas            {', '.join(entry.areas)}")
    terminal.text(f"Support manager  {_support_manager(terminal, name)}")
    for number, term in enumerate(entry.terms, 1):
        basis = f"{term.legal_basis.instrument} {term.legal_basis.provision}, {term.legal_basis.version}"
        days = f"{day_of(term, 'start_date')} to {day_of(term, 'end_date')}"
        terminal.text(f"Term {number}           {days}  ({basis})")
    terminal.say(f"Next: psmf evidence list {safeguarder_of(entry.name)}")


@command(app, "find")
def find_safeguarder(
    terminal: Terminal,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The panel number that you hold.")],
) -> None:
    """Show the id of the Safeguarder with a panel number, and nothing else. For other bodies and the Team.

    psmf safeguarder find DEMO-0749EDED --as partner-council
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    request = pb.LookUpSafeguarderRequest(panel_number=number)
    answer = terminal.call(terminal.client.safeguarders.LookUpSafeguarder, request)
    terminal.changed(answer, safeguarder_of(answer.safeguarder))


@command(app, "number")
def set_number(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's id, for example sg-1a2b3c4d.")],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The panel number.")],
    dry_run: DryRun = False,
) -> None:
    """Give a person the panel number by which other bodies know them.

    psmf safeguarder number sg-1a2b3c4d SP-1042
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    request = pb.SetPanelNumberRequest(
        name=safeguarder_name(safeguarder), panel_number=number, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.safeguarders.SetPanelNumber, request)
    said = f"{answer.display_name} has the panel number {answer.panel_number}."
    terminal.changed(answer, said, f"psmf safeguarder find {answer.panel_number}", dry_run=dry_run)


def _support_manager(terminal: Terminal, name: str) -> str:
    import grpc
    from psmf.scheduling.v1 import scheduling_pb2

    try:
        request = scheduling_pb2.GetAllocationRequest(parent=name)
        allocation = terminal.call(terminal.client.allocations.GetAllocation, request)
    except grpc.RpcError as error:
        return "not allocated" if error.code() is grpc.StatusCode.NOT_FOUND else "not shown to you"
    return f"{allocation.support_manager}, since {day_of(allocation, 'from_date')}"


def _state(entry: Any) -> str:
    return spaced(word_of(entry, "state"))


def _row(entry: Any) -> tuple[str, ...]:
    term_end = day_of(entry.terms[-1], "end_date") if entry.terms else "-"
    return (safeguarder_of(entry.name), entry.display_name, _state(entry), term_end, ", ".join(entry.areas))
