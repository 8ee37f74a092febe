"""`psmf people`: who the people behind opaque ids are."""

from typing import Annotated, Any

import typer

from services.cli.command import command, group
from services.cli.terminal import Terminal
from services.client.words import safeguarder_of, spaced

app = group("people")
_NAMES = ("Person", "Name", "Role", "Region", "Safeguarder")


@command(app, "me")
def show_me(terminal: Terminal) -> None:
    """Show who you are for the suite: your id, name and role.

    psmf people me --as support-manager-east-1
    """
    from psmf.evidence.v1 import directory_pb2 as pb

    me = terminal.call(terminal.client.directory.GetMe, pb.GetMeRequest())
    if terminal.as_json:
        terminal.data(me)
        return
    terminal.columns(_NAMES, [_row(me)])


@command(app, "show")
def show_people(
    terminal: Terminal,
    people: Annotated[list[str], typer.Argument(metavar="PERSON...", help="Ids, as a history names people.")],
) -> None:
    """Show who the people behind some ids are. An id of nobody whom you may know is left out.

    psmf people show support-manager-east-1 panel-team
    """
    from psmf.evidence.v1 import directory_pb2 as pb

    answer = terminal.call(terminal.client.directory.BatchGetPeople, pb.BatchGetPeopleRequest(people=people))
    terminal.listing(answer.people, "", _NAMES, _row)


@command(app, "colleagues")
def list_colleagues(
    terminal: Terminal,
    role: Annotated[
        str, typer.Option(help="Only support-manager, senior-manager, panel-team or report-reviewer.")
    ] = "",
) -> None:
    """List the staff to whom work can be given.

    psmf people colleagues --role support-manager
    """
    from psmf.evidence.v1 import directory_pb2 as pb

    request = pb.ListColleaguesRequest(role=role.replace("-", "_"))
    answer = terminal.call(terminal.client.directory.ListColleagues, request)
    terminal.listing(answer.people, "", _NAMES, _row)


def _row(person: Any) -> tuple[str, ...]:
    about = safeguarder_of(person.safeguarder) if person.safeguarder else "-"
    return person.person, person.display_name or "-", spaced(person.role), person.region or "-", about
