"""KPI reports, packs, ledgers and regions as protobuf, without the parts that the reader may not see."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from psmf.rules.v1 import kpis_pb2 as pb

from services.platform.calls.wire import from_instant, from_word, to_date, to_instant
from services.refusals import invalid
from services.rules.domain.kpis.regions import Comparison
from services.rules.domain.kpis.report import Count, Entry, Figure, Hidden, Pack, Report, Share, hidden
from services.rules.domain.kpis.series import QuarterFigure
from services.rules.domain.rulebook.kpi import Kpi


def known_time(request: Any, now: datetime) -> datetime:
    """Return the instant up to which recorded facts are used: now, or the earlier one that was asked for.

    Raises:
        Refusal: INVALID for an instant in the future. A report of it would change as facts are recorded.
    """
    known_at = from_instant(request.known_time, "known_time") if request.HasField("known_time") else now
    if known_at > now:
        raise invalid("KNOWN_TIME_IN_FUTURE", "known_time is in the future. Give an instant up to now.", "known_time")
    return known_at


def report_message(found: Report, sha256: str, opens_ledger: bool) -> pb.KpiReport:
    """Return a report. `opens_ledger`: the reader may see every part."""
    return pb.KpiReport(
        name=f"kpiReports/{found.period}",
        as_of_date=to_date(found.as_of),
        known_time=to_instant(found.known_at),
        rulebook_hash=found.rulebook_hash,
        figures=[_figure(figure, frozenset() if opens_ledger else hidden(figure)) for figure in found.figures],
        # The hash of the report covers this one. Without this hash nobody can find a withheld number by trying which
        # numbers give the hash of the report.
        ledger_sha256=found.ledger_sha256 if opens_ledger else "",
        sha256=sha256,
    )


def pack_message(pack: Pack, found: Report, opens_ledger: bool) -> pb.KpiReport:
    """Return a frozen pack. `found` is the report that its content holds."""
    message = report_message(found, pack.sha256, opens_ledger)
    message.freeze_time.CopyFrom(to_instant(pack.frozen_at))
    if opens_ledger:
        message.content = pack.content
    return message


def series_message(kpi_id: str, known_at: datetime, found: Iterable[QuarterFigure], opens_ledger: bool) -> pb.KpiSeries:
    """Return one figure, quarter by quarter."""

    def shown(figure: Figure | None) -> pb.KpiFigure | None:
        return _figure(figure, frozenset() if opens_ledger else hidden(figure)) if figure else None

    points = [
        pb.KpiSeriesPoint(
            report=f"kpiReports/{one.period.label}",
            as_of_date=to_date(one.period.as_of),
            figure=shown(one.figure),
            freeze_time=to_instant(one.frozen.at) if one.frozen else None,
            frozen_figure=shown(one.frozen.figure(kpi_id)) if one.frozen else None,
        )
        for one in found
    ]
    return pb.KpiSeries(kpi=kpi_id, known_time=to_instant(known_at), points=points)


def _figure(figure: Figure, withheld: frozenset[Hidden]) -> pb.KpiFigure:
    whole = Hidden.FIGURE in withheld
    message = pb.KpiFigure(
        kpi=figure.kpi_id,
        title=figure.title,
        whose=figure.whose,
        source=figure.source,
        note=figure.note,
        start_date=to_date(figure.starts_on),
        end_date=to_date(figure.ends_on),
        register=_count(figure.register, Hidden.REGISTER in withheld),
        numerator=_count(figure.numerator, whole),
        shortfall=_count(figure.shortfall, whole),
        denominator=_count(figure.denominator, whole),
        left_out=[_count(count, Hidden.LEFT_OUT in withheld) for count in figure.left_out],
        beside=[_count(count, Hidden.BESIDE in withheld) for count in figure.beside],
        target_percent=figure.target_percent or 0,
        target_reason=figure.target_reason,
        smallest_group=figure.smallest_group,
    )
    if not whole:
        message.verdict = from_word(pb.KpiVerdict, figure.verdict)
        if figure.tenths_of_percent is not None:
            message.tenths_of_percent = figure.tenths_of_percent
    if figure.other_reading is not None and Hidden.OTHER_READING not in withheld:
        message.other_reading.CopyFrom(_share(figure.other_reading))
    return message


def _share(share: Share) -> pb.KpiShare:
    return pb.KpiShare(
        title=share.title,
        numerator=share.numerator.units,
        denominator=share.denominator.units,
        tenths_of_percent=share.tenths_of_percent,
    )


def _count(count: Count, withheld: bool) -> pb.KpiCount:
    return pb.KpiCount(title=count.title, units=0 if withheld else count.units, withheld=withheld)


def contributor_message(entry: Entry) -> pb.KpiContributor:
    """Return one line of a ledger."""
    return pb.KpiContributor(
        unit_id=entry.unit.unit_id,
        safeguarder=f"safeguarders/{entry.unit.safeguarder_id}",
        date=to_date(entry.unit.on),
        result=from_word(pb.KpiResult, entry.judgement.result),
        reason=entry.judgement.reason,
        beside=entry.judgement.beside,
    )


def comparison_message(kpi: Kpi, as_of: date, found: Comparison, opens_ledger: bool) -> pb.KpiComparison:
    """Return the regions side by side, without numbers where a small group could be recognised."""
    shown = found.shown or opens_ledger
    regions = [
        pb.KpiRegion(
            region=region.region,
            people=region.people if shown else 0,
            counted=region.counted if shown else 0,
            from_tenths_of_percent=region.from_tenths if shown else 0,
            to_tenths_of_percent=region.to_tenths if shown else 0,
            finding=from_word(pb.KpiFinding, region.finding),
        )
        for region in found.regions
    ]
    return pb.KpiComparison(
        kpi=kpi.kpi_id, title=kpi.title, as_of_date=to_date(as_of), regions=regions, withheld=not shown
    )
