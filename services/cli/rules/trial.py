"""`psmf rules trial`: what trial rules would have raised, compared with what people decided."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from services.cli.command import command, group
from services.cli.doors.methods import POLICY_EDITOR
from services.cli.rules.simulations import SHARED
from services.cli.rules.whatif import few
from services.cli.terminal import Terminal, plain
from services.client.words import day_of

trial = group("trial", "Trial rules, which are evaluated beside the live rules and have no effect.")
DECISIONS = {
    "taken_on": "people took on a concern about the same person and standard",
    "set_aside": "people overrode a live rule",
    "dismissed": "people dismissed one",
    "undecided": "a concern is open and nobody has decided",
    "no_concern": "no live rule raised anything",
}


@command(trial, "report")
def trial_report(
    terminal: Terminal,
    rule: Annotated[str, typer.Argument(metavar="[RULE]", help="One rule. Default: every trial rule.")] = "",
    shared: SHARED = False,
) -> None:
    """Show for how many people a trial rule would have been raised, and what people decided about the same.

    psmf rules trial report
    psmf rules trial report report-late
    psmf rules trial report --shared
    """
    from psmf.rules.v1 import trials_pb2 as pb

    terminal.as_usual(POLICY_EDITOR)
    request = pb.ReportRuleTrialsRequest(rule=rule)
    found = terminal.call(terminal.client.rule_trials.ReportRuleTrials, request)
    tell_trials(terminal, found.rule_trials, shared=shared)


def tell_trials(terminal: Terminal, trials: Sequence[Any], *, shared: bool) -> None:
    """Print trials. If `shared`, leave out numbers under five and all numbers from which one could be worked out."""
    if terminal.as_json:
        terminal.data({"rule_trials": [_shared(one) for one in trials] if shared else [plain(one) for one in trials]})
        return
    if not trials:
        terminal.text("There is no trial rule.")
        terminal.say("A rule of the rulebook in force is a trial rule if its file says: status: trial")
    for place, one in enumerate(trials):
        if place:
            terminal.text("")
        for line in lines_of(one, shared):
            terminal.text(line)


def lines_of(one: Any, shared: bool) -> Iterator[str]:
    """Yield the lines of one trial, in sentences."""
    yield f"{one.rule} · {one.title}"
    if not one.people:
        yield "  Nobody has been evaluated with it yet."
        return
    raised = few(one.people_raised, shared)
    yield f"  On trial since {day_of(one, 'start_date')}, evaluated for {few(one.people, shared)} people."
    yield f"  It would have been raised about {raised} of them{_days(one, shared)}."
    yield from _decisions("Where it would have been raised", one.raised, shared)
    if one.raised.matters and not shared:
        yield f"    {one.still_raised:>6,}  of them still apply"
    yield from _decisions("Where it would not have been raised", one.not_raised, shared)


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
    """Return whether one number is small. Then none is shown, because the others would give it away."""
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
