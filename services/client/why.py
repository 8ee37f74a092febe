"""Why something was raised, in words: what counted and what did not, the rule and its source, what would clear it."""

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import Any

from services.client.words import LANES, SHORT_ID, day_in_words, how_many

LABEL = 13
WIDTH = 100


def why(concern: Mapping[str, Any], name: str, titles: Mapping[str, str], rule: Sequence[str] = ()) -> str:
    """The explanation of one concern about the person called `name`.

    `concern` as `concern_rows.concern_row` has it; `titles` of standards and indicators by id; `rule` says more about
    the rule, line by line.
    """
    about = titles.get(concern["subject"] or concern["standard"], "")
    heading = " · ".join(part for part in (LANES[concern["lane"]], about, name) if part)
    counted = {item["evidence"] for item in concern["counted"]}
    praise = [item for item in concern["praise"] if item["evidence"] not in counted]
    return "\n".join(
        [
            heading,
            fill(concern["because"], WIDTH),
            "",
            *(_items("Counted", concern["counted"]) or [f"  {'Counted':{LABEL}}nothing"]),
            *(_items("Praise", praise) if concern["lane"] != "data_gap" else ()),
            *(_items("Not counted", concern["not_counted"], with_day=True) or [f"  {'Not counted':{LABEL}}nothing"]),
            "",
            f"{'Rule':7}{concern['rule']}",
            *(f"{'':7}{line}" for line in rule),
            f"{'From':7}{concern['source']}",
            _clears(concern["clears_if"]),
            _who_decides(concern["lane"], name),
        ]
    )


def titles_of(editions: Any) -> dict[str, str]:
    """Titles by id of every standard and indicator; the newest edition's where several have one."""
    found: dict[str, str] = {}
    for edition in editions:
        for standard in edition.standards:
            found[standard.standard] = f"{standard.standard} {standard.title}"
            found.update({entry.indicator: f"{entry.indicator} {entry.title}" for entry in standard.indicators})
    return found


def rule_lines(rule: Any) -> list[str]:
    """A rule in words: its title, and each number it compares with, with where the number comes from."""
    numbers = [
        f"{line.parameter} {how_many(line.value, line.unit)}, {_origin(line)}. {line.why}." for line in rule.lines
    ]
    return [rule.title, *numbers]


def _origin(line: Any) -> str:
    since = day_in_words(f"{line.from_date.year:04}-{line.from_date.month:02}-{line.from_date.day:02}")
    return f"{'given' if line.origin == 'given' else 'ours, not official'}, in force since {since}"


def _items(label: str, items: Sequence[Mapping[str, Any]], with_day: bool = False) -> list[str]:
    lines = []
    for place, item in enumerate(items):
        day = f"{day_in_words(item['happened_date'])}  " if with_day else ""
        lines.append(f"  {label if place == 0 else '':{LABEL}}{day}{item['text']}  {item['evidence'][:SHORT_ID]}")
    return lines


def _clears(change: Mapping[str, Any]) -> str:
    """What would clear it, with the items it names."""
    items = ", ".join(evidence[:SHORT_ID] for evidence in change["remove"])
    text = change["text"] or "No small change of evidence clears it."
    return f"{text} ({items})" if items else str(text)


def _who_decides(lane: str, name: str) -> str:
    if lane == "data_gap":
        return f"This is the Team's task. It says nothing about {name}."
    return f"A person decides what happens next. {name} can see this text."
