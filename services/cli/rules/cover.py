"""Report of what the examples of rules and KPIs leave untested, in words and as JSON."""

from collections.abc import Iterable, Sequence
from typing import Any

from services.cli.failure import CHECK_FAILED, CommandError
from services.cli.terminal import Terminal
from services.refusals import did_you_mean
from services.rules.adapters.rule_files.folder import Places
from services.rules.adapters.rule_files.writing import suggestion_yaml
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.workbench.coverage import Cover, Mutation, cover, mutate
from services.rules.domain.workbench.kpi_mutants import cover_kpi, mutate_kpi
from services.rules.domain.workbench.mutants import Mutant


def report_cover(
    terminal: Terminal, rulebook: Rulebook, places: Places, only: str, *, mutating: bool, suggesting: bool
) -> int:
    """Print the report and return the exit code. `only` names one rule or KPI; empty stands for all.

    Raises:
        CommandError: NOT_FOUND; the folder has no such rule or KPI.
    """
    rules = [rule for rule in rulebook.rules if only in ("", rule.rule_id)]
    kpis = [kpi for kpi in rulebook.kpis if only in ("", kpi.kpi_id)]
    if only and not rules and not kpis:
        hint = did_you_mean(only, [*(rule.rule_id for rule in rulebook.rules), *(kpi.kpi_id for kpi in rulebook.kpis)])
        raise CommandError("NOT_FOUND", f"There is no rule or KPI {only!r} in the folder.{hint}")
    covers = [*(cover(rulebook, rule) for rule in rules), *map(cover_kpi, kpis)]
    mutations: list[Mutation] = []
    if mutating:
        with terminal.steps() as show:
            for rule in rules:
                mutations.append(mutate(rulebook, rule))
                show("Changing rules and KPIs", len(mutations), len(covers))
            for kpi in kpis:
                mutations.append(mutate_kpi(rulebook, kpi))
                show("Changing rules and KPIs", len(mutations), len(covers))
    if terminal.as_json:
        terminal.data(_as_json(covers, mutations, places, suggesting))
    else:
        _print(terminal, covers, mutations, places)
        for mutation in mutations if suggesting else ():
            for suggestion in mutation.suggestions:
                terminal.exact(f"\n{suggestion_yaml(suggestion, places)}")
    lacking = any(found.gaps for found in covers) or any(mutation.unnoticed for mutation in mutations)
    return CHECK_FAILED if lacking else 0


def _print(terminal: Terminal, covers: Sequence[Cover], mutations: Sequence[Mutation], places: Places) -> None:
    names = ["Rule or KPI", "Examples", "Shown"]
    rows = [[c.rule_id, str(c.examples), f"{c.shown} of {c.shown + len(c.gaps)}"] for c in covers]
    if mutations:
        names.append("Changes noticed")
        for row, mutation in zip(rows, mutations, strict=True):
            row.append(f"{mutation.noticed} of {mutation.noticed + len(mutation.unnoticed)}")
    terminal.columns(names, rows)
    for heading, lines in _lists(covers, mutations, places):
        if lines:
            terminal.text(f"\n{heading}")
            for line in lines:
                terminal.text(f"  {line}")
    terminal.text(f"\n{_summary(covers, mutations)}")


def _lists(
    covers: Sequence[Cover], mutations: Sequence[Mutation], places: Places
) -> Iterable[tuple[str, Sequence[str]]]:
    gaps = [f"{places.of(g.rule_id, g.place)}  {g.rule_id}  {g.missing}" for found in covers for g in found.gaps]
    yield "Not shown by any example", gaps
    yield "Changes that no example notices", [_line(m, places) for found in mutations for m in found.unnoticed]
    yield (
        "Changes that make no difference in any case tried; nothing to do",
        [_line(m, places) for found in mutations for m in found.alike],
    )


def _line(mutant: Mutant, places: Places) -> str:
    return f"{places.of(mutant.part, mutant.place)}  {mutant.rule_id}  {mutant.changed}"


def _summary(covers: Sequence[Cover], mutations: Sequence[Mutation]) -> str:
    gaps = sum(len(found.gaps) for found in covers)
    about = f"{len(covers)} rules and KPIs" if len(covers) != 1 else covers[0].rule_id
    words = [f"{sum(found.examples for found in covers)} examples of {about}, {gaps} gaps"]
    if mutations:
        noticed = sum(found.noticed for found in mutations)
        unnoticed = sum(len(found.unnoticed) for found in mutations)
        words.append(f"{noticed} of {noticed + unnoticed} changes noticed")
        words.append(f"{sum(len(found.alike) for found in mutations)} without a difference")
    return "; ".join(words)


def _as_json(
    covers: Sequence[Cover], mutations: Sequence[Mutation], places: Places, suggesting: bool
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "rules": [{"rule": c.rule_id, "examples": c.examples, "shown": c.shown, "gaps": len(c.gaps)} for c in covers],
        "gaps": [
            {"rule": gap.rule_id, "place": places.of(gap.rule_id, gap.place), "missing": gap.missing}
            for c in covers
            for gap in c.gaps
        ],
    }
    if mutations:
        found["noticed"] = sum(mutation.noticed for mutation in mutations)
        found["unnoticed"] = [_mutant(m, places) for mutation in mutations for m in mutation.unnoticed]
        found["alike"] = [_mutant(m, places) for mutation in mutations for m in mutation.alike]
    if suggesting:
        found["suggested"] = [suggestion_yaml(s, places) for mutation in mutations for s in mutation.suggestions]
    return found


def _mutant(mutant: Mutant, places: Places) -> dict[str, str]:
    return {"rule": mutant.rule_id, "place": places.of(mutant.part, mutant.place), "changed": mutant.changed}
