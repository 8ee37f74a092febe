"""One figure: what it counts in words, quarter by quarter, and what is left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.kpis.figures import percent_of
from services.console.days import Day, long_day
from services.console.views.heading import Heading, Link
from services.console.views.kpis import chart, periods
from services.console.views.kpis.figures import Count, Stands, counted, months, number, some_withheld, stands
from services.console.views.kpis.report import OFFICIAL
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant
from services.platform.clock import LONDON


@dataclass(frozen=True, slots=True)
class Fact:
    """What a figure is, under a short name."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Quarter:
    """The figure as at the end of a quarter. `frozen`: how it stands in the pack; empty without one."""

    name: str
    short_name: str
    day: Day
    stands: Stands
    frozen: str


@dataclass(frozen=True, slots=True)
class OneView:
    """The page."""

    heading: Heading
    whose: str
    lead: str
    facts: tuple[Fact, ...]
    reading_heading: str
    reading: tuple[str, ...]
    quarters: tuple[Quarter, ...]
    has_packs: bool
    chart: chart.BarChart | None
    counts: tuple[Count, ...]
    left_out: tuple[Count, ...]
    beside: tuple[Count, ...]
    withheld: str
    ledger: Link | None


def build(series: Any, period: periods.Period, *, opens_ledger: bool) -> OneView:
    """Return the page. The last quarter of the series is the figure of the period."""
    said, last = words("kpis"), series.points[-1]
    figure, as_of = last.figure, from_date(last, "as_of_date")
    is_official = figure.whose == OFFICIAL
    quarters = tuple(map(_quarter, series.points))
    shown = (figure.register, figure.numerator, figure.shortfall, figure.denominator)
    every = (*shown, *figure.left_out, *figure.beside)
    back = Link(said["back"], period.href)
    return OneView(
        heading=Heading(figure.title, f"{figure.title} - {said['title']}", "kpis", back),
        whose=said["whose"]["official" if is_official else "ours"],
        lead=_lead(figure, as_of),
        facts=tuple(_facts(figure)),
        reading_heading=said["reading" if is_official else "to_know"],
        reading=tuple(_reading(figure)),
        quarters=quarters,
        has_packs=any(one.frozen for one in quarters),
        chart=_chart(series, quarters),
        counts=tuple(_counts(figure)),
        left_out=tuple(map(counted, figure.left_out)),
        beside=tuple(map(counted, figure.beside)),
        withheld=some_withheld(figure) if any(count.withheld for count in every) else "",
        ledger=Link(said["ledger_link"], f"{period.href}/{figure.kpi}/ledger") if opens_ledger else None,
    )


def _lead(figure: Any, as_of: date | None) -> str:
    said, how = words("kpis"), stands(figure, as_of)
    day = long_day(as_of).text if as_of else ""
    if how.is_withheld or not figure.denominator.units:
        return said.say("lead_none", verdict=how.verdict, day=day)
    return said.say("lead", counts=how.counts, of=how.of, share=how.share, verdict=how.verdict, day=day)


def _facts(figure: Any) -> Iterable[Fact]:
    said = words("kpis")["facts"]
    target = words("kpis")["no_target"]
    if figure.target_percent:
        target = f"{figure.target_percent}%. {figure.target_reason}"
    yield Fact(said["looks_at"], figure.register.title)
    yield Fact(said["counts"], figure.numerator.title)
    yield Fact(said["months"], months(figure))
    yield Fact(said["target"], target)
    yield Fact(said["source"], figure.source)


def _reading(figure: Any) -> Iterable[str]:
    if figure.note:
        yield figure.note
    if figure.HasField("other_reading"):
        other = figure.other_reading
        share = f"{percent_of(other)}%" if other.HasField("tenths_of_percent") else words("kpis")["nothing"]
        counts, of = number(other.numerator), number(other.denominator)
        yield words("kpis").say("other_reading", title=other.title, counts=counts, of=of, share=share)


def _counts(figure: Any) -> Iterable[Count]:
    said = words("kpis")["counts"]
    for name in ("numerator", "shortfall", "denominator", "register"):
        yield Count(said[name], counted(getattr(figure, name)).units)


def _quarter(point: Any) -> Quarter:
    as_of, period = from_date(point, "as_of_date"), periods.of_report(point.report)
    return Quarter(
        name=period.name if period else "",
        short_name=period.short_name if period else "",
        day=long_day(as_of or date.min),
        stands=stands(point.figure, as_of),
        frozen=_in_pack(point, as_of),
    )


def _in_pack(point: Any, as_of: date | None) -> str:
    """Return what the frozen pack of a quarter says of the figure; empty if there is no pack."""
    if not point.HasField("freeze_time"):
        return ""
    said = words("kpis")
    day = long_day(from_instant(point.freeze_time).astimezone(LONDON).date()).text
    if not point.HasField("frozen_figure"):
        return said.say("not_in_pack", day=day)
    return said.say("in_pack", share=stands(point.frozen_figure, as_of).share, day=day)


def _chart(series: Any, quarters: tuple[Quarter, ...]) -> chart.BarChart | None:
    """Return the quarters as bars against the target. None where no quarter has a share to draw."""
    bars = [
        chart.Value(row.short_name, point.figure.tenths_of_percent if _has_share(point) else None, row.stands.share)
        for point, row in zip(series.points, quarters, strict=True)
    ]
    if all(one.tenths is None and not row.stands.is_withheld for one, row in zip(bars, quarters, strict=True)):
        return None
    said, figure = words("kpis"), series.points[-1].figure
    return chart.bar_chart(said.say("chart", title=figure.title), bars, figure.target_percent)


def _has_share(point: Any) -> bool:
    return bool(point.figure.HasField("tenths_of_percent"))
