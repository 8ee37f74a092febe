"""`psmf rules trial`: how rules on trial would have done, against what people decided."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from services.cli.command import command, group
from services.cli.rules.simulations import SHARED
from services.cli.rules.whatif import few
from services.cli.terminal import Terminal, plain
from services.client.words import day_of

WHO = "policy-editor"
trial = group("trial", "Rules on trial: asked at every evaluation, with no effect on anybody.")
DECISIONS = {
    "taken_on": "people took a concern on, on the same person and standard",
    "set_aside": "people set a live rule aside",
    "dismissed": "people dismissed one",
    "undecided": "a concern is open, and nobody has decided",
    "no_concern": "no live rule raised anything",
}


@command(trial, "report")
def trial_report(
    terminal: Terminal,
    rule: Annotated[str, typer.Argument(metavar="[RULE]", help="One rule; every rule on trial, if not said.")] = "",
    shared: SHARED = False,
) -> None:
    """Say how many people a rule on trial would have raised since when, and what people decided about the same.

    psmf rules trial report
    psmf rules trial report report-late
    psmf rules trial report --shared
    """
    from psmf.rules.v1 import trials_pb2 as pb

    terminal.as_usual(WHO)
    request = pb.ReportRuleTrialsRequest(rule=rule)
    found = terminal.call(terminal.client.rule_trials.ReportRuleTrials, request)
    tell_trials(terminal, found.rule_trials, shared=shared)


def tell_trials(terminal: Terminal, trials: Sequence[Any], *, shared: bool) -> None:
    """Print what was found. `shared`: no number under five, and none from which one could be worked out."""
    if terminal.as_json:
        terminal.data({"rule_trials": [_shared(one) for one in trials] if shared else [plain(one) for one in trials]})
        return
    if not trials:
        terminal.text("No rule is on trial.")
        terminal.say("A rule of the rulebook in force is on trial where its file says: status: trial")
    for place, one in enumerate(trials):
        if place:
            terminal.text("")
        for line in lines_of(one, shared):
            terminal.text(line)


def lines_of(one: Any, shared: bool) -> Iterator[str]:
    """One trial, in sentences."""
    yield f"{one.rule} · {one.title}"
    if not one.people:
        yield "  Nobody has been evaluated with it yet."
        return
    raised = few(one.people_raised, shared)
    yield f"  On trial since {day_of(one, 'start_date')}, asked of {few(one.people, shared)} people."
    yield f"  Would have been raised about {raised} of them{_days(one, shared)}."
    yield from _decisions("Where it would have been raised", one.raised, shared)
    if one.raised.matters and not shared:
        yield f"    {one.still_raised:>6,}  of them still hold"
    yield from _decisions("Where it would not", one.not_raised, shared)


def _days(one: Any, shared: bool) -> str:
    if shared or not one.people_raised:
        return ""
    first, last = day_of(one, "first_raise_date"), day_of(one, "last_raise_date")
    return f", on {first}" if first == last else f", first on {first}, last on {last}"


def _decisions(heading: str, found: Any, shared: bool) -> Iterator[str]:
    yield f"  {heading}: {few(found.matters, shared)} matters"
    counts = {name: getattr(found, name) for name in DECISIONS}
    if shared and _points_at_somebody(found):
        if found.matters:
            yield "    withheld: a number of these is under five"
        return
    yield from (f"    {counts[name]:>6,}  {words}" for name, words in DECISIONS.items() if counts[name])


def _points_at_somebody(found: Any) -> bool:
    """Whether one of the numbers is small: then none is shown, for with the others it could be worked out."""
    return any(0 < getattr(found, name) < 5 for name in DECISIONS)


def _shared(one: Any) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "title": one.title,
        "people": few(one.people, True),
        "people_raised": few(one.people_raised, True),
        **{
            name: {"matters": few(found.matters, True)}
            | ({} if _points_at_somebody(found) else {key: getattr(found, key) for key in DECISIONS})
            for name, found in (("raised", one.raised), ("not_raised", one.not_raised))
        },
    }
