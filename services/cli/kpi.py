"""`psmf kpi`: key performance indicators, and who counts in each figure."""

import re
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, typed_date
from services.cli.command import DryRun, command, group
from services.cli.page.beside import Beside
from services.cli.terminal import Terminal
from services.client.kpis import figures
from services.client.words import SHORT_ID, day_of, london_time, spaced, word_of

if TYPE_CHECKING:
    from psmf.rules.v1 import kpis_pb2 as pb

app = group("kpi")
PERIOD = Annotated[
    str,
    typer.Option(
        metavar="PERIOD",
        help="A contract year, April to March (2026-27), a quarter of it (2026-Q3: October to December 2026), or "
        "rolling, the last twelve months. Default: the current contract year.",
    ),
]
AS_OF = Annotated[
    str, typer.Option("--as-of", metavar="DAY", help="State the figures as at this day, for example 2026-12-31.")
]
CSV = Annotated[bool, typer.Option("--csv", help="Answer as CSV.")]
WITHHELD = "withheld"


@command(app, "report")
def show_report(terminal: Terminal, period: PERIOD = "", as_of: AS_OF = "", as_csv: CSV = False) -> None:
    """Show the figure of every KPI: what counts, what falls short, and what is left out.

    psmf kpi report
    psmf kpi report --period rolling
    psmf kpi report --period 2026-Q3 --csv
    """
    from psmf.rules.v1 import kpis_pb2 as pb

    request = pb.GetKpiReportRequest(name=_report_name(period), as_of_date=_day(as_of))
    found = terminal.call(terminal.client.kpis.GetKpiReport, request)
    if as_csv:
        figures.write_report(sys.stdout, found)
        return
    if terminal.as_json:
        terminal.data(found)
        return
    _tell(terminal, found)
    kpi = found.figures[0].kpi if found.figures else "KPI"
    terminal.following(f"psmf kpi ledger {kpi} --period {figures.label_of(found.name)}")


@command(app, "ledger")
def show_ledger(
    terminal: Terminal,
    kpi: Annotated[str, typer.Argument(metavar="KPI", help="For example kpi-7-delivered. See: psmf kpi report")],
    period: PERIOD = "",
    as_of: AS_OF = "",
    result: Annotated[str, typer.Option(help="Only units with this result: counted, short or left-out.")] = "",
    as_csv: CSV = False,
) -> None:
    """Show the list behind a figure: each unit, whether it counts, falls short or is left out, and why.

    psmf kpi ledger kpi-7-delivered
    psmf kpi ledger kpi-6-seen --period rolling --result short
    """
    from psmf.rules.v1 import kpis_pb2 as pb

    request = pb.ListKpiContributorsRequest(parent=f"{_report_name(period)}/measures/{kpi}", as_of_date=_day(as_of))
    if result:
        request.result = choose(pb.KpiResult, result, "--result")
    entries = list(terminal.pages(terminal.client.kpis.ListKpiContributors, request, "contributors"))
    if terminal.as_json and not as_csv:
        terminal.page(entries, "")
        return
    if as_csv:
        figures.write_ledger(sys.stdout, entries)
        return
    beside = Beside(terminal)
    rows = [figures.entry(one, beside.who(one.safeguarder), _short(one.unit_id)) for one in entries]
    terminal.columns(figures.LEDGER_COLUMNS, rows)
    terminal.say(f"{len(entries)} in all.")


@command(app, "quarters")
def show_quarters(
    terminal: Terminal,
    kpi: Annotated[str, typer.Argument(metavar="KPI", help="For example kpi-7-delivered. See: psmf kpi report")],
    period: PERIOD = "",
    as_of: AS_OF = "",
) -> None:
    """Show one figure as at the end of each quarter, beside what the frozen packs say.

    psmf kpi quarters kpi-7-delivered
    psmf kpi quarters coverage --period rolling
    """
    from psmf.rules.v1 import kpis_pb2 as pb

    request = pb.GetKpiSeriesRequest(parent=f"{_report_name(period)}/measures/{kpi}", as_of_date=_day(as_of))
    found = terminal.call(terminal.client.kpis.GetKpiSeries, request)
    if terminal.as_json:
        terminal.data(found)
        return
    names = ("Quarter", "As at", "Counts, of", "Target", "In the frozen pack")
    terminal.columns(names, [*map(_quarter, found.points)])
    terminal.following(f"psmf kpi ledger {kpi} --period {period or _year_of_today()}")


@command(app, "consistency")
def show_consistency(
    terminal: Terminal,
    kpi: Annotated[
        str, typer.Argument(metavar="KPI", help="A KPI about people: concern-share, coverage or kpi-6-seen.")
    ],
    period: PERIOD = "rolling",
) -> None:
    """Compare regions by a KPI about people, and mark a difference that chance rarely explains.

    psmf kpi consistency concern-share
    """
    from psmf.rules.v1 import kpis_pb2 as pb

    request = pb.CompareKpiRegionsRequest(parent=f"kpiReports/{period}/measures/{kpi}")
    found = terminal.call(terminal.client.kpis.CompareKpiRegions, request)
    if terminal.as_json:
        terminal.data(found)
        return
    terminal.text(f"{found.kpi} · {found.title} · as at {day_of(found, 'as_of_date')}")
    terminal.columns(("Region", "Counts", "People", "May well lie between", "Found"), _regions(found))
    terminal.say(
        "If people were assigned to regions at random, one Panel in twenty would get a mark. This is not a ranking."
    )


@command(app, "freeze")
def freeze_report(
    terminal: Terminal,
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help="A quarter that has ended, for example 2026-Q2.")],
    dry_run: DryRun = False,
) -> None:
    """Freeze the figures of a quarter for the review meeting. They are kept with a hash and never change.

    psmf kpi freeze 2026-Q2 --dry-run
    psmf kpi freeze 2026-Q2
    """
    from psmf.rules.v1 import kpis_pb2 as pb

    request = pb.FreezeKpiReportRequest(name=_report_name(quarter), **change_fields(dry_run))
    found = terminal.call(terminal.client.kpis.FreezeKpiReport, request)
    if terminal.as_json:
        terminal.data(found)
        return
    _tell(terminal, found)
    terminal.text(f"sha256 {found.sha256}")
    terminal.say("Nothing was kept: this was a dry run." if dry_run else f"The pack of {quarter} is frozen.")


@command(app, "packs")
def list_packs(terminal: Terminal) -> None:
    """List the frozen quarters, newest first.

    psmf kpi packs
    """
    from psmf.rules.v1 import kpis_pb2 as pb

    found = list(terminal.pages(terminal.client.kpis.ListKpiReports, pb.ListKpiReportsRequest(), "kpi_reports"))
    terminal.listing(
        found,
        "",
        ("Quarter", "As at", "Frozen", "sha256"),
        lambda pack: (
            figures.label_of(pack.name),
            day_of(pack, "as_of_date"),
            london_time(pack.freeze_time),
            pack.sha256,
        ),
    )


def _tell(terminal: Terminal, found: "pb.KpiReport") -> None:
    known = london_time(found.known_time)
    terminal.text(f"{figures.label_of(found.name)} · as at {day_of(found, 'as_of_date')} · recorded by {known}")
    for figure in found.figures:
        ours = "" if figure.whose == "official" else "  (ours, not official)"
        terminal.text("")
        terminal.text(f"{figure.kpi} · {figure.title}{ours}")
        terminal.text(f"  {day_of(figure, 'start_date')} to {day_of(figure, 'end_date')} · {figure.register.title}")
        terminal.text(f"  {_headline(figure, _so_far(found, figure))}")
        if figure.HasField("other_reading"):
            terminal.text(f"  {_other_reading(figure.other_reading)}")
        for heading, counts in (("Left out", figure.left_out), ("Shown beside", figure.beside)):
            shown = [f"{count.title}: {_units(count)}" for count in counts if count.units or count.withheld]
            if shown:
                terminal.text(f"  {heading}: {'; '.join(shown)}")
        if figure.note:
            terminal.text(f"  {figure.note}")


def _headline(figure: "pb.KpiFigure", so_far: str) -> str:
    if figure.numerator.withheld:
        return "Withheld: too few people."
    if not figure.denominator.units:
        return f"Nothing to count yet; {_units(figure.register)} on the register."
    verdict = f"{_verdict(figure)}{so_far}"
    share = _in_short(figure)
    target = f"; target {figure.target_percent}: {verdict}" if figure.target_percent else "; no target"
    return f"{share}{target}. {figure.numerator.title}. Falls short: {figure.shortfall.units}."


def _other_reading(share: "pb.KpiShare") -> str:
    of_all = f"{share.numerator} of {share.denominator}"
    percent = f", {figures.percent_of(share)} per cent" if share.HasField("tenths_of_percent") else ""
    return f"{share.title}: {of_all}{percent}; no target."


def _short(unit: str) -> str:
    """Return the id of a unit as people type it. A number may follow an id."""
    return re.sub(r"[0-9a-f]{32}", lambda whole: whole[0][:SHORT_ID], unit)


def _regions(found: "pb.KpiComparison") -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for region in found.regions:
        ends = region.from_tenths_of_percent, region.to_tenths_of_percent
        between = f"{' and '.join(map(figures.tenths, ends))} per cent"
        shown = (str(region.counted), str(region.people), between)
        numbers = (WITHHELD,) * 3 if found.withheld else shown
        rows.append((region.region, *numbers, spaced(word_of(region, "finding"))))
    return rows


def _quarter(point: "pb.KpiSeriesPoint") -> tuple[str, ...]:
    figure = point.figure
    target = f"{figure.target_percent}: {_verdict(figure)}" if figure.target_percent else "none"
    frozen = _in_short(point.frozen_figure) if point.HasField("frozen_figure") else ""
    return figures.label_of(point.report), day_of(point, "as_of_date"), _in_short(figure), target, frozen


def _in_short(figure: "pb.KpiFigure") -> str:
    """Return a figure in a few words, for example `148 of 149, 99.3 per cent`."""
    if figure.numerator.withheld:
        return WITHHELD
    if not figure.denominator.units:
        return "nothing due"
    return f"{figure.numerator.units} of {figure.denominator.units}, {figures.percent_of(figure)} per cent"


def _units(count: "pb.KpiCount") -> str:
    return WITHHELD if count.withheld else str(count.units)


def _verdict(figure: "pb.KpiFigure") -> str:
    return spaced(word_of(figure, "verdict"))


def _so_far(found: "pb.KpiReport", figure: "pb.KpiFigure") -> str:
    """Return ` so far` if the period has not ended, because the verdict may still change."""
    from services.platform.calls.wire import from_date

    return " so far" if figures.is_so_far(from_date(found, "as_of_date"), figure) else ""


def _report_name(period: str) -> str:
    return f"kpiReports/{period or _year_of_today()}"


def _day(as_of: str) -> Any:
    return typed_date(as_of, "--as-of") if as_of else None


def _year_of_today() -> str:
    """Return the current contract year, which begins in April, as `2026-27`."""
    from services.platform.clock import SystemClock

    return figures.year_of(SystemClock().today())
