"""Every figure of a period: what counts, of how many, and how it stands to its target."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.console.days import clock_time, long_day
from services.console.views.form import Told
from services.console.views.heading import Heading, Link
from services.console.views.kpis import periods
from services.console.views.kpis.figures import Stands, stands
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant
from services.platform.clock import LONDON

OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure in a list."""

    title: str
    href: str
    stands: Stands


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures of one kind: those of the Framework, or ours."""

    name: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that is frozen: when, and the hash by which anybody can see that it is the same."""

    says: str
    hash: str


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The page."""

    heading: Heading
    tabs: tuple[Link, ...]
    lead: tuple[str, ...]
    groups: tuple[FigureGroup, ...]
    csv: Link | None
    pack: Pack | None
    freeze: Link | None
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class AskedFigures:
    """What the service answered for a period. `is_pack`: it is a pack that is frozen."""

    report: Any
    is_pack: bool
    may_freeze: bool


def frozen_in(packs: Any, period: periods.Period) -> Any:
    """Return the pack of a period; None if none is frozen."""
    return next((pack for pack in packs.kpi_reports if pack.name == period.report), None)


def build(asked: AskedFigures, period: periods.Period, now: datetime, today: date, *, is_done: bool) -> FiguresView:
    """Return the page. `is_done`: the reader has just frozen the pack."""
    said, report = words("kpis"), asked.report
    as_of = from_date(report, "as_of_date")
    can_freeze = asked.may_freeze and not asked.is_pack and period.is_quarter and period.is_over(today)
    return FiguresView(
        heading=Heading(said.say("h1", period=period.name), said["title"], "kpis"),
        tabs=periods.tabs(today, period),
        lead=tuple(_lead(asked, period, as_of, now)),
        groups=tuple(_groups(report, period, as_of)),
        csv=Link(said["csv"], f"{period.href}/figures.csv") if report.figures else None,
        pack=_pack(report) if asked.is_pack else None,
        freeze=Link(said.say("freeze_link", period=period.name), f"{period.href}/freeze") if can_freeze else None,
        told=Told(said.say("done", period=period.name)) if is_done else None,
    )


def _lead(asked: AskedFigures, period: periods.Period, as_of: date | None, now: datetime) -> Iterable[str]:
    said = words("kpis")
    if as_of is not None:
        yield (
            said.say("as_at", day=long_day(as_of).text, time=clock_time(now))
            if not asked.is_pack
            else said.say("as_at_pack", day=long_day(as_of).text)
        )
    if period.is_quarter:
        yield str(said["of_a_quarter"])
    if not asked.report.figures:
        yield str(said["no_figures"])


def _groups(report: Any, period: periods.Period, as_of: date | None) -> Iterable[FigureGroup]:
    said = words("kpis")["groups"]
    for name, is_official in (("official", True), ("ours", False)):
        rows = tuple(
            FigureRow(figure.title, f"{period.href}/{figure.kpi}", stands(figure, as_of))
            for figure in report.figures
            if (figure.whose == OFFICIAL) is is_official
        )
        if rows:
            yield FigureGroup(said[name], rows)


def _pack(report: Any) -> Pack:
    local = from_instant(report.freeze_time).astimezone(LONDON)
    says = words("kpis").say("frozen", day=long_day(local.date()).text, time=f"{local:%H:%M}")
    return Pack(says, in_fours(report.sha256))


def in_fours(text: str) -> str:
    """Return a hash in groups of four, in which people compare it."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
