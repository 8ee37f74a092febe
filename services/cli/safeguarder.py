"""`psmf safeguarder`: the register."""

from typing import Annotated

import typer

from services.cli.command import PageSize, PageToken, command, group
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_name, safeguarder_of, spaced

app = group("safeguarder")


@command(app, "list")
def list_safeguarders(
    terminal: Terminal,
    area: Annotated[str, typer.Option(help="Only people who serve this area, for example fife.")] = "",
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List the register; a support manager sees those allocated to them.

    psmf safeguarder list --area fife
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    request = pb.ListSafeguardersRequest(page_size=page_size, page_token=page_token, area=area)
    answer = terminal.call(terminal.client.safeguarders.ListSafeguarders, request)
    if terminal.as_json:
        terminal.page(answer.safeguarders, answer.next_page_token)
        return
    rows = [
        (safeguarder_of(entry.name), entry.display_name, _state(entry.state), _term_end(entry), ", ".join(entry.areas))
        for entry in answer.safeguarders
    ]
    terminal.columns(("Safeguarder", "Name", "State", "Term ends", "Areas"), rows)
    if answer.next_page_token:
        terminal.say(f"There are more: --page-token {answer.next_page_token}")


@command(app, "show")
def show_safeguarder(
    terminal: Terminal, safeguarder: Annotated[str, typer.Argument(help="Id, for example sg-1a2b3c4d.")]
) -> None:
    """Show one person's entry, with terms and the support manager.

    psmf safeguarder show sg-1a2b3c4d
    """
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    name = safeguarder_name(safeguarder)
    entry = terminal.call(terminal.client.safeguarders.GetSafeguarder, pb.GetSafeguarderRequest(name=name))
    if terminal.as_json:
        terminal.data(entry)
        return
    demo = "  Demo data: an invented person." if entry.demo else ""
    terminal.text(f"{entry.display_name} · {safeguarder_of(entry.name)} · {_state(entry.state)}{demo}")
    terminal.text(f"Areas            {', '.join(entry.areas)}")
    terminal.text(f"Support manager  {_support_manager(terminal, name)}")
    for number, term in enumerate(entry.terms, 1):
        basis = f"{term.legal_basis.instrument} {term.legal_basis.provision}, {term.legal_basis.version}"
        days = f"{day_of(term, 'start_date')} to {day_of(term, 'end_date')}"
        terminal.text(f"Term {number}           {days}  ({basis})")
    terminal.say(f"Next: psmf evidence list {safeguarder_of(entry.name)}")


def _support_manager(terminal: Terminal, name: str) -> str:
    import grpc
    from psmf.scheduling.v1 import scheduling_pb2

    try:
        request = scheduling_pb2.GetAllocationRequest(parent=name)
        allocation = terminal.call(terminal.client.allocations.GetAllocation, request)
    except grpc.RpcError as error:
        return "not allocated" if error.code() is grpc.StatusCode.NOT_FOUND else "not shown to you"
    return f"{allocation.support_manager}, since {day_of(allocation, 'from_date')}"


def _state(number: int) -> str:
    from psmf.evidence.v1 import safeguarder_pb2 as pb

    from services.platform.calls.wire import to_word

    return spaced(to_word(pb.Safeguarder.State, number))


def _term_end(entry: object) -> str:
    terms = getattr(entry, "terms", ())
    return day_of(terms[-1], "end_date") if terms else "-"
