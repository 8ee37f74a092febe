"""The chapter on key performance indicators, in the rulebook as a document."""

from collections.abc import Iterator
from datetime import date
from html import escape

from services.rules.domain.rulebook.kpi import Kpi, Part
from services.rules.domain.rulebook.model import Rulebook

TITLE = "Key performance indicators"
_PERIODS = {"april_to_march": "the contract year, April to March", "rolling": "the last twelve months"}
_RESULTS = {"counted": "Counts", "short": "Falls short", "left_out": "Left out"}


def chapter(rulebook: Rulebook, today: date) -> Iterator[str]:
    """Yield each KPI: what it looks at, what counts, what is left out and why, its target and its examples."""
    if not rulebook.kpis:
        return
    yield f'<h2 id="kpis">{TITLE}</h2>'
    yield (
        "<p>A KPI judges every unit of its register: the unit counts, falls short, or is left out, and why. The three "
        "add up to the register.</p>"
    )
    for kpi in rulebook.kpis:
        yield from _kpi(kpi, rulebook, today)


def _kpi(kpi: Kpi, rulebook: Rulebook, today: date) -> Iterator[str]:
    facts = {
        "Name": f"<code>{kpi.kpi_id}</code>",
        "Whose": "official" if kpi.whose == "official" else "ours, not official",
        "Source": escape(kpi.source),
        "Looks at": escape(kpi.register),
        "Over": _PERIODS[kpi.period],
        "Counts": _part(kpi.counts),
    }
    if kpi.left_out:
        facts["Left out"] = "<br>".join(map(_part, kpi.left_out))
    if kpi.beside:
        facts["Shown beside"] = "<br>".join(map(_part, kpi.beside))
    if kpi.other_reading:
        facts[kpi.other_reading.title] = f"with {escape('; '.join(kpi.other_reading.includes))}"
    facts["Target"] = _target(kpi, rulebook, today)
    if kpi.note:
        facts["Note"] = escape(kpi.note)
    yield f'<section aria-labelledby="{kpi.kpi_id}"><h3 id="{kpi.kpi_id}">{escape(kpi.title)}</h3>'
    yield "<dl>" + "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in facts.items()) + "</dl>"
    yield f"<h4>Examples of {kpi.kpi_id}</h4><ul>"
    yield from (f"<li>It {escape(example.title)}. {_RESULTS[example.result]}.</li>" for example in kpi.examples)
    yield "</ul></section>"


def _part(part: Part) -> str:
    return f"{escape(part.title)} (<code>{escape(' and '.join(map(str, part.conditions)))}</code>)"


def _target(kpi: Kpi, rulebook: Rulebook, today: date) -> str:
    value = rulebook.parameters[kpi.target].in_force(today) if kpi.target else None
    return f"{value.value} per cent ({escape(value.cites)})" if value else "none"
