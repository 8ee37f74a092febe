"""Key performance indicators as clients show them: names of periods, shares in words, and rows for a spreadsheet.

Protobuf is imported inside functions, because the help of every command imports this module.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from services.client.words import safeguarder_of, spaced, word_of
from services.plain_text import shown_in_line

COLUMNS = ("kpi", "whose", "from", "to", "part", "title", "units", "withheld", "target_percent", "percent", "verdict")
LEDGER_COLUMNS = ("Safeguarder", "Unit", "By", "Result", "Why", "Shown beside as")
_FORMULAS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, and runs; some do so in signs of full width too."""


class Writable(Protocol):
    """Where a file goes."""

    def write(self, text: str, /) -> object:
        """Take the next part."""
        ...


def year_of(today: date) -> str:
    """Return the contract year that runs, from April to March, as `2026-27`."""
    first = today.year if today.month >= 4 else today.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def label_of(report: str) -> str:
    """Return the period of a report's name, for example `2026-Q3`."""
    return report.rpartition("/")[2]


def tenths(number: int) -> str:
    """Return tenths as a decimal, for example `99.3`."""
    return f"{number // 10}.{number % 10}"


def percent_of(figure: Any) -> str:
    """Return the share of a figure with one decimal, rounded down by the service; empty if it has none."""
    return tenths(figure.tenths_of_percent) if figure.HasField("tenths_of_percent") else ""


def is_so_far(as_of: date | None, figure: Any) -> bool:
    """Return whether the months of a figure go on after the day of its report, so that it may still change."""
    from services.platform.calls.wire import from_date

    end = from_date(figure, "end_date")
    return bool(as_of and end and as_of < end)


def write_report(out: Writable, report: Any) -> None:
    """Write the figures of a report as CSV: a row for each count, and the share beside what counts."""
    from services.platform.calls.wire import from_date

    as_of = from_date(report, "as_of_date")
    rows = (row for figure in report.figures for row in _rows(figure, as_of))
    _write(out, COLUMNS, rows)


def write_ledger(out: Writable, contributors: Iterable[Any]) -> None:
    """Write a ledger as CSV, with whole ids."""
    rows = (entry(one, safeguarder_of(one.safeguarder), one.unit_id) for one in contributors)
    _write(out, LEDGER_COLUMNS, rows)


def entry(contributor: Any, who: str, unit: str) -> tuple[str, ...]:
    """Return one line of a ledger. `who` and `unit`: how the reader knows the person and the thing."""
    from services.platform.calls.wire import from_date

    result, beside = spaced(word_of(contributor, "result")), "; ".join(contributor.beside)
    return (who, unit, str(from_date(contributor, "date")), result, contributor.reason, beside)


def _write(out: Writable, names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    csv.writer(out, lineterminator="\n").writerows([names, *([*map(_cell, row)] for row in rows)])


def _cell(text: str) -> str:
    """Return a text on one line, all of which can be seen, and which no spreadsheet runs as a formula."""
    text = shown_in_line(text)
    return f"'{text}" if text.lstrip().startswith(_FORMULAS) else text


def _rows(figure: Any, as_of: date | None) -> Iterator[tuple[str, ...]]:
    from services.platform.calls.wire import from_date

    days = (str(from_date(figure, "start_date")), str(from_date(figure, "end_date")))
    parts: list[tuple[str, Any]] = [
        (part, getattr(figure, part)) for part in ("register", "numerator", "shortfall", "denominator")
    ]
    parts += [("left_out", count) for count in figure.left_out] + [("beside", count) for count in figure.beside]
    so_far = " so far" if figure.target_percent and is_so_far(as_of, figure) else ""
    of_target = (str(figure.target_percent or ""), percent_of(figure), f"{spaced(word_of(figure, 'verdict'))}{so_far}")
    for part, count in parts:
        target = of_target if part == "numerator" else ("", "", "")
        units = "" if count.withheld else str(count.units)
        yield (figure.kpi, figure.whose, *days, part, count.title, units, "yes" if count.withheld else "", *target)
    if figure.HasField("other_reading"):
        other = figure.other_reading
        percent = percent_of(other)
        row = (figure.kpi, figure.whose, *days)
        yield (*row, "other_reading_numerator", other.title, str(other.numerator), "", "", percent, "")
        yield (*row, "other_reading_denominator", other.title, str(other.denominator), "", "", "", "")
