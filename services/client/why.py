"""The explanation of a concern in words: what counted, what did not, the rule, its source, and what would clear it."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import compress
from operator import not_
from types import MappingProxyType
from typing import Any

from services.client.lines import UNLIMITED, folded
from services.client.words import LANES, SHORT_ID, day_of, how_many, id_under, iso_in_words
from services.platform.calls.wire import from_date

LABEL = 13
NOT_COUNTED = "Not counted"
"""These items have their day: it is often the reason."""
MARGIN = " " * 7
"""Under the words `Rule` and `From`."""


def why(
    concern: Mapping[str, Any],
    name: str,
    titles: Mapping[str, str],
    rule: Sequence[str] = (),
    bodies: Mapping[str, str] = MappingProxyType({}),
    width: int = UNLIMITED,
) -> str:
    """Return the explanation of one concern about the person called `name`, as a text of several lines.

    `concern` comes from `concern_row`. `titles` are those of standards and indicators by id. `rule` holds more lines
    about the rule. `bodies` are those whose systems sent evidence, by the item's id, for people who may see them.
    No line is wider than `width`. `concern["shown"]` may say how the id of a thing that is no item is shown.
    """
    about = titles.get(concern["subject"] or concern["standard"], "")
    heading = " · ".join(part for part in (LANES[concern["lane"]], about, name) if part)
    # An item that counts is listed once, as counted, even if it is praise too.
    counted = {item["evidence"] for item in concern["counted"]}
    shown = concern.get("shown", {})
    praise = [item for item in concern["praise"] if item["evidence"] not in counted]
    not_counted = concern["not_counted"]
    nothing = {"text": "nothing", "evidence": ""}
    owed = [{"text": duty["text"], "evidence": id_under(duty["about"])} for duty in concern["duties"]]
    counted_shown = _as_shown(concern["counted"], shown) or ([] if owed else [nothing])
    return "\n".join(
        [
            folded(heading, width),
            folded(concern["because"], width),
            "",
            *_items("Owed", _as_shown(owed, shown), bodies, width),
            *_items("Counted", counted_shown, bodies, width),
            *(_items("Praise", _as_shown(praise, shown), bodies, width) if concern["lane"] != "data_gap" else ()),
            *_items(NOT_COUNTED, _as_shown(not_counted, shown) or [nothing], bodies, width),
            "",
            folded(concern["rule"], width, f"{'Rule':7}", MARGIN),
            *(folded(line, width, MARGIN, MARGIN) for line in rule),
            folded(concern["source"], width, f"{'From':7}", MARGIN),
            folded(_clears(concern["clears_if"], shown), width),
            folded(_who_decides(concern["lane"], name), width),
        ]
    )


def titles_of(editions: Any, on: date) -> dict[str, str]:
    """Return the title of every standard and indicator by id, from the newest edition in force on a day that has it.

    An edition may be published ahead, and use an id for something else. What no edition has by then keeps the title of
    the one to come. Editions come oldest first, so a later one overwrites (P13).
    """
    found: dict[str, str] = {}
    begun = [(from_date(edition, "effective_date") or date.min) <= on for edition in editions]
    for edition in (*compress(editions, map(not_, begun)), *compress(editions, begun)):
        for standard in edition.standards:
            found[standard.standard] = f"{standard.standard} {standard.title}"
            found.update({entry.indicator: f"{entry.indicator} {entry.title}" for entry in standard.indicators})
    return found


def rule_lines(rule: Any) -> list[str]:
    """Return a rule in words: its title, then each number it compares with and where that number comes from."""
    numbers = [
        f"{line.parameter} {how_many(line.value, line.unit)}, {_origin(line)}. {line.why}." for line in rule.lines
    ]
    return [rule.title, *numbers]


def _origin(line: Any) -> str:
    origin = "given" if line.origin == "given" else "ours, not official"
    return f"{origin}, in force since {day_of(line, 'from_date')}"


def _as_shown(items: Sequence[Mapping[str, Any]], shown: Mapping[str, str]) -> list[Mapping[str, Any]]:
    return [{**item, "shown": _shown(item["evidence"], shown)} for item in items]


def _shown(evidence: str, shown: Mapping[str, str]) -> str:
    return shown.get(evidence, evidence[:SHORT_ID])


def _items(label: str, items: Sequence[Mapping[str, Any]], bodies: Mapping[str, str], width: int) -> list[str]:
    lines = []
    for place, item in enumerate(items):
        day = f"{iso_in_words(item['happened_date'])}  " if label == NOT_COUNTED and item["evidence"] else ""
        sent = f", sent by {bodies[item['evidence']]}" if bodies.get(item["evidence"]) else ""
        said = f"{day}{item['text']}{sent}  {item.get('shown', '')}".rstrip()
        lines.append(folded(said, width, f"  {label if place == 0 else '':{LABEL}}", " " * (LABEL + 2)))
    return lines


def _clears(change: Mapping[str, Any], shown: Mapping[str, str]) -> str:
    items = ", ".join(_shown(evidence, shown) for evidence in change["remove"])
    text = change["text"] or "No small change of evidence clears it."
    return f"{text} ({items})" if items else str(text)


def _who_decides(lane: str, name: str) -> str:
    if lane == "data_gap":
        return f"This is the Team's task. It says nothing about {name}."
    return f"A person decides what happens next. {name} can see this text."
