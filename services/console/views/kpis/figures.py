"""How one figure stands, in words. What is about too few people is withheld, and said to be."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.kpis.figures import is_so_far, percent_of
from services.client.words import word_of
from services.console.days import long_day
from services.console.words import words
from services.platform.calls.wire import from_date


@dataclass(frozen=True, slots=True)
class Stands:
    """A figure in the cells of a table. `is_withheld`: its cells say so, and hold no number."""

    counts: str
    of: str
    share: str
    target: str
    verdict: str
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A number of units, with what they have in common."""

    title: str
    units: str


def stands(figure: Any, as_of: date | None) -> Stands:
    """Return how a figure stands on a day. `as_of`: the day of its report."""
    said = words("kpis")
    target = f"{figure.target_percent}%" if figure.target_percent else str(said["no_target"])
    if figure.numerator.withheld:
        withheld = str(said["withheld"])
        return Stands(withheld, withheld, withheld, target, too_few(figure), is_withheld=True)
    if not figure.denominator.units:
        nothing = str(said["nothing"])
        return Stands(number(0), number(0), nothing, target, str(said["nothing_due"]))
    share = f"{percent_of(figure)}%"
    counts, of = number(figure.numerator.units), number(figure.denominator.units)
    return Stands(counts, of, share, target, _verdict(figure, as_of))


def too_few(figure: Any) -> str:
    """Return that a figure is withheld, and why."""
    return words("kpis").say("too_few", people=_spelt(figure.smallest_group))


def some_withheld(figure: Any) -> str:
    """Return why some numbers of a figure are withheld."""
    return words("kpis").say("some_withheld", people=_spelt(figure.smallest_group))


def counted(count: Any) -> Count:
    """Return a number of units, or that it is withheld."""
    return Count(count.title, str(words("kpis")["withheld"]) if count.withheld else number(count.units))


def number(units: int) -> str:
    """Return a number as people write it, with a comma at thousands."""
    return f"{units:,}"


def months(figure: Any) -> str:
    """Return the months over which a figure is counted."""
    first, last = from_date(figure, "start_date"), from_date(figure, "end_date")
    if first is None or last is None:
        return ""
    return words("kpis").say("months", first=long_day(first).text, last=long_day(last).text)


def _spelt(number: int) -> str:
    said = words("kpis")["numbers"]
    return str(said[number]) if number < len(said) else str(number)


def _verdict(figure: Any, as_of: date | None) -> str:
    said, word = words("kpis"), word_of(figure, "verdict")
    so_far = "_so_far" if is_so_far(as_of, figure) and word in ("met", "not_met") else ""
    return str(said["verdicts"][f"{word}{so_far}"].format(n=number(figure.shortfall.units)))
