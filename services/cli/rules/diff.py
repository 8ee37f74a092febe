"""What one rulebook says otherwise than another: in words, as a table of numbers by date, and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from services.cli.terminal import Terminal
from services.client.words import day_in_words
from services.rules.domain.rulebook.changes import Change, HistoryLine, changes, history
from services.rules.domain.rulebook.model import Rulebook

COLUMNS = ("Number", "From", "Before", "After", "Why")


def report_diff(terminal: Terminal, before: Rulebook, after: Rulebook) -> None:
    """Print it."""
    found = changes(before, after)
    numbers = {
        change.name: history(before.parameters.get(change.name), after.parameters.get(change.name))
        for change in found
        if change.about == "parameter"
    }
    if terminal.as_json:
        terminal.data(_as_json(before, after, found, numbers))
        return
    for change in found:
        _print(terminal, change)
    if numbers:
        terminal.columns(COLUMNS, [row for name, lines in numbers.items() for row in _rows(name, lines)])
    if not found:
        terminal.say("Both say the same.")


def _print(terminal: Terminal, change: Change) -> None:
    read_by = f", read by {', '.join(change.read_by)}" if change.read_by else ""
    terminal.text(f"{change.name}: {change.about} {change.change}{read_by}")
    for line in change.words:
        terminal.text(f"  {line}")
    terminal.text("")


def _rows(name: str, lines: Sequence[HistoryLine]) -> list[tuple[str, ...]]:
    return [
        (name if place == 0 else "", day_in_words(line.from_on), _number(line.before), _number(line.after), line.why)
        for place, line in enumerate(lines)
    ]


def _number(value: int | None) -> str:
    return "-" if value is None else str(value)


def _as_json(
    before: Rulebook, after: Rulebook, found: Sequence[Change], numbers: dict[str, tuple[HistoryLine, ...]]
) -> dict[str, Any]:
    return {
        "before": before.content_hash,
        "after": after.content_hash,
        "changes": [asdict(change) for change in found],
        "parameters": [
            {"name": name, "values": [asdict(line) | {"from_on": line.from_on.isoformat()} for line in lines]}
            for name, lines in numbers.items()
        ],
    }
