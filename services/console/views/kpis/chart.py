"""Bars against a target. The rows of the chart are those of the table beside it, so both say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.console.words import words

WIDTH, LEFT, RIGHT = 650, 160, 540
"""Units of the picture: its width, and where 0 and 100 per cent stand."""
TOP, ROW, HIGH = 40, 36, 22


@dataclass(frozen=True, slots=True)
class Value:
    """One bar: its name, its length in tenths of a per cent if it has one, and its value in words."""

    name: str
    tenths: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as it is drawn. `is_drawn`: it has a length. Otherwise its place is an outline, or empty."""

    name: str
    text: str
    y: int
    text_y: int
    width: int
    is_drawn: bool
    is_outline: bool


@dataclass(frozen=True, slots=True)
class Target:
    """The line of the target."""

    x: int
    text: str
    y: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """The picture. `says` tells somebody who can't see it what stands in it."""

    title: str
    says: str
    width: int
    height: int
    left: int
    top: int
    bar_height: int
    text_right: int
    full_width: int
    bars: tuple[Bar, ...]
    target: Target | None


def bar_chart(title: str, values: Sequence[Value], target_percent: int) -> BarChart:
    """Return bars from 0 to 100 per cent, one below the other. `target_percent`: 0 for none."""
    said = words("kpis")
    target = None
    parts = [f"{one.name}: {one.text}" for one in values]
    if target_percent:
        text = said.say("target", percent=target_percent)
        target = Target(LEFT + _units(target_percent * 10), text, TOP - 12)
        parts.append(text)
    return BarChart(
        title=title,
        says=f"{'; '.join(parts)}.",
        width=WIDTH,
        height=TOP + ROW * len(values),
        left=LEFT,
        top=TOP - 6,
        bar_height=HIGH,
        text_right=WIDTH - 4,
        full_width=RIGHT - LEFT,
        bars=tuple(_bar(number, one) for number, one in enumerate(values)),
        target=target,
    )


def _bar(number: int, value: Value) -> Bar:
    y = TOP + ROW * number
    is_outline = value.tenths is None and value.text == words("kpis")["withheld"]
    return Bar(value.name, value.text, y, y + HIGH - 5, _units(value.tenths or 0), value.tenths is not None, is_outline)


def _units(tenths: int) -> int:
    return (RIGHT - LEFT) * min(tenths, 1000) // 1000
