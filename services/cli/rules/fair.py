"""`psmf rules fair`: whether a rule is raised more often in some regions or years of appointment than in others."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from services.cli.rules.fairness import SMALLEST_GROUP, Group, compare
from services.cli.terminal import Terminal
from services.client.words import EVERYBODY, safeguarder_of

WORTH_A_LOOK = 0.05
"""The usual level of significance. Below it a group is marked; the mark decides nothing."""


def fair(
    terminal: Terminal,
    rule: Annotated[str, typer.Argument(help="The rule's id. Default: every rule that has raised anything.")] = "",
) -> None:
    """Show by region and year of appointment for how many people each rule was raised. A prompt to look, no verdict.

    psmf rules fair
    psmf rules fair report-late --json
    """
    from psmf.evidence.v1 import safeguarder_pb2
    from psmf.rules.v1 import rules_pb2

    client = terminal.client
    everybody = safeguarder_pb2.ListSafeguardersRequest()
    register = terminal.pages(client.safeguarders.ListSafeguarders, everybody, "safeguarders")
    people = {safeguarder_of(entry.name): entry for entry in register if entry.terms}
    asked = rules_pb2.ListConcernsRequest(parent=EVERYBODY, include_closed=True)
    fell: dict[str, set[str]] = {}
    for concern in terminal.pages(client.concerns.ListConcerns, asked, "concerns"):
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
        "By chance: Fisher's exact test against all others, corrected for the number of groups compared. "
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
    """Return the region of each person's support manager. People without a support manager have none."""
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
    """Return the year in which each person's first term began."""
    return {
        person: str(min(term.start_date.year for term in entry.terms))
        for person, entry in people.items()
        if entry.terms
    }
