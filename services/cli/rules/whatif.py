"""Report of whom a candidate rulebook would affect: in words, as JSON, and as a picture."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from services.cli import svg
from services.cli.terminal import Terminal
from services.client.words import LANES, day_of, spaced, span_of, word_of
from services.rules.domain.rulebook.wording import day_in_words

FEW = 5
"""Smaller numbers of people are not passed on, because they could point at a person."""
SHOWN_IN_LINE = 3
SHOWN_ROWS = 40
LABEL = 20
KINDS = ("newly_raised", "no_longer_raised", "earlier", "later", "lane_changed", "lasts_otherwise")


def few(number: int, shared: bool) -> str:
    """Return a number as text. In a report to pass on, a number under five is not shown."""
    return "fewer than 5" if shared and 0 < number < FEW else f"{number:,}"


def report_what_if(terminal: Terminal, found: Any, *, shared: bool) -> None:
    """Print the report. If `shared`, without names and without numbers under five."""
    result = found.what_if
    if terminal.as_json:
        terminal.data(_shared(found) if shared else found)
        return
    candidate, live = f"Candidate {found.candidate_hash[:4]}…", f"{found.rulebook_hash[:4]}…"
    if found.HasField("on_date"):
        candidate, live = f"The rulebook in force on {day_of(found, 'on_date')}", "how it stands today"
    else:
        live += " in force"
    terminal.text(f"{candidate} against {live}, {span_of(found)}, {result.people:,} people")
    if not result.changes:
        said = "The candidate says the same as the rulebook in force. Nothing changes."
        terminal.text("No date in the rulebook changes anything by then." if found.HasField("on_date") else said)
        return
    if not result.people_changed:
        terminal.text("Nothing changes for anybody in this period.")
    for kind in KINDS if result.people_changed else ():
        terminal.text(f"  {spaced(kind):{LABEL}}{few(getattr(result, kind), shared)}{_some(result, kind, shared)}")
    for line in (*_why(result, shared), *_near(result, shared), *_load(result, shared)):
        terminal.text(line)
    if result.concerns and not shared:
        _table(terminal, result.concerns)


def _some(result: Any, kind: str, shared: bool) -> str:
    if shared:
        return ""
    found = [change for change in result.concerns if _difference(change) == kind]
    words = [
        f"{c.safeguarder} ({c.rule}{f' {c.subject}' if c.subject else ''}, {day_of(c, 'from_date')})" for c in found
    ]
    more = ", …" if len(words) > SHOWN_IN_LINE else ""
    return f"   {', '.join(words[:SHOWN_IN_LINE])}{more}" if words else ""


def _why(result: Any, shared: bool) -> Iterator[str]:
    total = sum(getattr(result, kind) for kind in KINDS)
    for place, change in enumerate(result.changes):
        label = f"  {'why' if place == 0 else '':{LABEL}}"
        if not change.rules:
            yield f"{label}no rule reads {change.name}, so it does nothing"
        elif change.concerns and shared:
            # No total beside counts of which some are hidden: the difference would give them away.
            yield f"{label}{change.text}"
        elif change.concerns:
            yield f"{label}{change.concerns:,} of {total:,} come from {change.text}"
        else:
            yield f"{label}{change.text}: affects nobody"


def _near(result: Any, shared: bool) -> Iterator[str]:
    if result.people_near:
        rules = Counter(line.rule for line in result.near)
        named = "" if shared else f": {', '.join(f'{rule} {number}' for rule, number in sorted(rules.items()))}"
        yield f"  {'near the line':{LABEL}}{few(result.people_near, shared)} people within one step{named}"


def _load(result: Any, shared: bool) -> Iterator[str]:
    """Yield the fullest week of each support manager."""
    if shared:
        return  # With few managers a week's load could point at a person.
    for place, manager in enumerate(sorted({load.support_manager for load in result.load})):
        weeks = [load for load in result.load if load.support_manager == manager]
        before, after = (max(getattr(load, name) for load in weeks) for name in ("before", "after"))
        label = "most in a week" if place == 0 else ""
        yield f"  {label:{LABEL}}{manager}: {before} now, {after} with the candidate"


def _table(terminal: Terminal, concerns: Sequence[Any]) -> None:
    terminal.text("")
    rows = [
        (
            c.safeguarder,
            c.rule,
            c.subject,
            spaced(_difference(c)),
            day_of(c, "from_date"),
            _lane(c),
            "; ".join(c.reasons),
        )
        for c in concerns[:SHOWN_ROWS]
    ]
    terminal.columns(("Safeguarder", "Rule", "About", "Change", "From", "What for", "Comes from"), rows)
    if len(concerns) > SHOWN_ROWS:
        terminal.say(f"{len(concerns) - SHOWN_ROWS} more: --json shows all.")


def _lane(change: Any) -> str:
    before, after = (LANES.get(word_of(change, field), "") for field in ("before_lane", "after_lane"))
    return after if before == after else f"{before or '-'} → {after or '-'}"


def _difference(change: Any) -> str:
    return word_of(change, "difference")


def _shared(found: Any) -> dict[str, Any]:
    result = found.what_if
    return {
        "candidate_hash": found.candidate_hash,
        "rulebook_hash": found.rulebook_hash,
        "people": few(result.people, True),
        **{kind: few(getattr(result, kind), True) for kind in KINDS},
        "people_near": few(result.people_near, True),
        "changes": [{"text": change.text, "touches_nobody": not change.concerns} for change in result.changes],
    }


def what_if_svg(found: Any) -> str:
    """Return a picture of each matter that changes: when it is raised now (hollow) and with the candidate (full)."""
    concerns = list(found.what_if.concerns[:SHOWN_ROWS])
    left, right, row, top = 300, 20, 26, 70
    width, height = 900, top + row * max(len(concerns), 1) + 30
    first, last = (date(d.year, d.month, d.day) for d in (found.since_date, found.until_date))
    days = max((last - first).days, 1)

    def x(day: Any) -> float:
        return left + (date(day.year, day.month, day.day) - first).days / days * (width - left - right)

    parts = [
        svg.text(left, 50, day_in_words(first)),
        svg.text(width - right, 50, day_in_words(last), anchor="end"),
        svg.text(16, 50, "hollow: now, full: candidate"),
    ]
    for number, change in enumerate(concerns):
        y = top + row * number
        parts.append(svg.text(16, y + 12, f"{change.safeguarder} {change.rule} {change.subject}".strip()))
        for place, spells in enumerate((change.before, change.after)):
            for spell in spells:
                end = x(spell.ended_date) if spell.HasField("ended_date") else width - right
                begun = x(spell.began_date)
                colour = svg.NEW if place else svg.OLD
                parts.append(svg.bar(begun, y + 9 * place, end - begun, 7, colour, hollow=not place))
    if not concerns:
        parts.append(svg.text(left, top + 12, "Nothing changes for anybody."))
    about = (
        f"{found.what_if.people_changed} of {found.what_if.people} people change; the first {len(concerns)} matters."
    )
    return svg.picture(width, height, "What the candidate would change", about, parts)
