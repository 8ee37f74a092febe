"""`psmf standing`, `psmf waiting`, `psmf handover`: the own view of a Safeguarder, and what a new manager needs."""

from typing import Annotated, Any

import typer

from services.cli.command import PersonOrOneself
from services.cli.failure import CommandError
from services.cli.page.width import output_width
from services.cli.terminal import Terminal
from services.client.words import EVERYBODY, safeguarder_of


def standing(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """Show where practice stands against each standard, what is open, and what is due from whom.

    Everybody sees the same page.

    psmf standing
    psmf standing sg-1a2b3c4d --as support-manager-east-1
    """
    from psmf.evidence.v1 import personal_file_pb2 as pb

    from services.cli.personal.reading import names_of
    from services.cli.personal.shown import standing_text

    parent = terminal.safeguarder(safeguarder)
    request = pb.GetMyStandingRequest(name=f"{parent}/standing")
    found = _one_person(terminal, terminal.client.personal_file.GetMyStanding, request, parent)
    if terminal.as_json:
        terminal.data(found)
        return
    terminal.text(standing_text(found, names_of(terminal, found), output_width()))
    terminal.following("psmf waiting", found)


def handover(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")],
) -> None:
    """Show what somebody who takes over as support manager needs: what was carried, what the Team owes, the standing.

    psmf handover sg-1a2b3c4d --as support-manager-east-2
    """
    from psmf.evidence.v1 import personal_file_pb2 as pb

    from services.cli.personal.handover import handover_text
    from services.cli.personal.reading import names_of

    request = pb.GetHandoverRequest(name=f"{terminal.safeguarder(safeguarder)}/handover")
    found = terminal.call(terminal.client.personal_file.GetHandover, request)
    if terminal.as_json:
        terminal.data(found)
        return
    terminal.text(handover_text(found, names_of(terminal, found.standing), output_width()))
    terminal.following(f"psmf standing {safeguarder_of(found.name)}", found)


def waiting(terminal: Terminal) -> None:
    """Show what waits for you as a Safeguarder: what, by when, and what happens if you do nothing.

    psmf waiting --as person-sg-1a2b3c4d
    """
    from psmf.evidence.v1 import personal_file_pb2 as pb

    from services.cli.personal.shown import waiting_text

    request = pb.ListWaitingForMeRequest(parent=EVERYBODY)
    found = _one_person(terminal, terminal.client.personal_file.ListWaitingForMe, request, EVERYBODY)
    if terminal.as_json:
        terminal.data(found)
        return
    terminal.text(waiting_text(found, output_width()))


def _one_person(terminal: Terminal, method: Any, request: Any, parent: str) -> Any:
    """Return the answer about one person.

    Raises:
        CommandError: USAGE if somebody who is no Safeguarder names nobody.
    """
    import grpc

    try:
        return terminal.call(method, request)
    except grpc.RpcError as error:
        names_nobody = (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.INVALID_ARGUMENT)
        if parent == EVERYBODY and error.code() in names_nobody:
            raise CommandError("USAGE", _FOR_SAFEGUARDERS[type(request).__name__]) from None
        raise


_FOR_SAFEGUARDERS = {
    "GetMyStandingRequest": "Name the Safeguarder. Only Safeguarders may leave that out.",
    "ListWaitingForMeRequest": "Only a Safeguarder has this list. Their support manager finds it in the standing.",
}
