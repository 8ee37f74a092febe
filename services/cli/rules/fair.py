"""`psmf rules fair`: whether what a rule raises falls on some regions or years of appointment more than on others."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from services.cli.command import command
from services.cli.rules.fairness import SMALLEST_GROUP, Group, compare
from services.cli.terminal import Terminal
from services.client.words import safeguarder_of

WORTH_A_LOOK = 0.05
LARGEST_PAGE = 500


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    command(app, "fair")(fair)


def fair(
    terminal: Terminal,
    rule: Annotated[str, typer.Argument(help="One rule's id; every rule that has raised anything, if not said.")] = "",
) -> None:
    """Say by region and year of appointment on how many people each rule has fallen. No verdict: a prompt to look.

    psmf rules fair
    psmf rules fair report-late --json
    """
    from psmf.evidence.v1 import safeguarder_pb2
    from psmf.rules.v1 import rules_pb2

    client = terminal.client
    register = client.pages(
        terminal.person,
        client.safeguarders.ListSafeguarders,
        safeguarder_pb2.ListSafeguardersRequest(page_size=LARGEST_PAGE),
        "safeguarders",
    )
    people = {safeguarder_of(entry.name): entry for entry in register if entry.terms}
    asked = rules_pb2.ListConcernsRequest(parent="safeguarders/-", include_closed=True, page_size=LARGEST_PAGE)
    fell: dict[str, set[str]] = {}
    for concern in client.pages(terminal.person, client.concerns.ListConcerns, asked, "concerns"):
        if rule in ("", concern.rule):
            fell.setdefault(concern.rule, set()).add(safeguarder_of(concern.name))
    groups = {"region": _regions(terminal, people), "appointed in": _years(people)}
    found = {
        (name, by): compare({person: person in touched for person in people}, group_of)
        for name, touched in sorted(fell.items())
        for by, group_of in groups.items()
    }
    if terminal.as_json:
        terminal.data({"rules": [_as_json(name, by, each) for (name, by), each in found.items()]})
        return
    rows = [row for (name, by), each in found.items() for row in _rows(name, by, each)]
    terminal.columns(("Rule", "By", "Group", "People", "Share", "Likely between", "By chance", ""), rows)
    terminal.say(
        "By chance: Fisher's exact test against all others, for as many groups as are compared. "
        f"Groups under {SMALLEST_GROUP} are not shown. A difference may have a good reason: look, do not conclude."
    )


def _rows(rule: str, by: str, groups: tuple[Group, ...]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for group in groups:
        place = (rule, by, group.name or "not known")
        if group.people < SMALLEST_GROUP:
            rows.append((*place, f"under {SMALLEST_GROUP}", "", "", "", ""))
            continue
        low, high = group.interval
        shares = (f"{group.touched / group.people:.0%}", f"{low:.0%} and {high:.0%}")
        look = "worth a look" if group.chance < WORTH_A_LOOK else ""
        rows.append((*place, f"{group.touched} of {group.people}", *shares, f"{group.chance:.2f}", look))
    return rows


def _as_json(rule: str, by: str, groups: tuple[Group, ...]) -> dict[str, Any]:
    return {"rule": rule, "by": by, "groups": [asdict(group) for group in groups if group.people >= SMALLEST_GROUP]}


def _regions(terminal: Terminal, people: Mapping[str, Any]) -> dict[str, str]:
    """The region of who supports each person; people without a support manager are left out of the map."""
    import grpc
    from psmf.scheduling.v1 import scheduling_pb2

    found = {}
    for person in people:
        request = scheduling_pb2.GetAllocationRequest(parent=f"safeguarders/{person}")
        try:
            found[person] = terminal.call(terminal.client.allocations.GetAllocation, request).region
        except grpc.RpcError as refused:
            if refused.code() is not grpc.StatusCode.NOT_FOUND:
                raise
    return found


def _years(people: Mapping[str, Any]) -> dict[str, str]:
    """The year in which each person's first term began."""
    return {
        person: str(min(term.start_date.year for term in entry.terms))
        for person, entry in people.items()
        if entry.terms
    }
