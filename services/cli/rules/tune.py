"""Report of how sensitive a parameter is: as text with a plot, and as a picture."""

from typing import Any

from services.cli import svg
from services.cli.rules.whatif import few
from services.cli.terminal import Terminal
from services.client.words import span_of

WIDEST = 40
"""Characters of the longest bar."""


def report_tuning(terminal: Terminal, found: Any, *, shared: bool) -> None:
    """Print the report. If `shared`, without bars and without numbers under five."""
    if terminal.as_json and not shared:
        terminal.data(found)
        return
    tuning = found.tuning
    rows = [(point.value, few(point.people, shared), few(point.concerns, shared)) for point in tuning.points]
    if terminal.as_json:
        terminal.data({"parameter": tuning.parameter, "points": [list(row) for row in rows]})
        return
    terminal.text(f"{tuning.parameter} in {tuning.unit}, {span_of(found)}, {found.done:,} people")
    if not tuning.rules:
        terminal.text("No rule reads this parameter, so its value changes nothing.")
        return
    most = max((point.people for point in tuning.points), default=0)
    plotted = []
    for point, (value, people, concerns) in zip(tuning.points, rows, strict=True):
        length = 0 if shared or not most else round(point.people / most * WIDEST)
        marks = [word for word, holds in (
            ("now", value == tuning.current_value), ("tips", value in tuning.tipping_values)
        ) if holds]  # fmt: skip
        plotted.append((str(value), people, concerns, "█" * length, " ".join(marks)))
    terminal.columns(("Value", "People", "Matters", "", ""), plotted)
    for zone in tuning.flat_zones:
        terminal.text(f"From {zone.from_value} to {zone.to_value} the value makes no difference.")
    terminal.say(f"Read by: {', '.join(tuning.rules)}.")
    terminal.following("psmf rules whatif FOLDER")


def tuning_svg(tuning: Any) -> str:
    """Return a step curve of the people flagged by each value."""
    width, height, left, top, bottom = 640, 360, 60, 50, 60
    points = list(tuning.points)
    most = max(max((point.people for point in points), default=0), 1)
    across = (width - left - 30) / max(len(points) - 1, 1)

    def place(number: int, people: int) -> tuple[float, float]:
        return left + number * across, height - bottom - people / most * (height - top - bottom)

    curve = [place(number, point.people) for number, point in enumerate(points)]
    parts = [svg.steps(curve, svg.NEW)] if points else []
    for number, point in enumerate(points):
        x, y = curve[number]
        now = " (now)" if point.value == tuning.current_value else ""
        parts += [svg.text(x, y - 6, str(point.people), anchor="middle")]
        parts += [svg.text(x, height - bottom + 20, f"{point.value}{now}", anchor="middle")]
    parts.append(svg.text(width / 2, height - 14, f"{tuning.parameter}, {tuning.unit}", anchor="middle"))
    about = "; ".join(f"{point.value}: {point.people} people" for point in points)
    return svg.picture(width, height, f"People flagged by {tuning.parameter}", about, parts)
