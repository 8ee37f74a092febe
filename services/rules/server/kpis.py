"""KpiService: figures over a period, the ledger behind each, and quarterly packs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psmf.rules.v1 import kpis_pb2 as pb
from psmf.rules.v1 import kpis_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.wire import from_date, from_instant, from_word, name_parts, to_date, to_instant, to_word
from services.platform.clock import Clock
from services.platform.storage.database import Database, from_micros, to_micros
from services.refusals import invalid, not_found, precondition
from services.rules.adapters.store.kpis import SqlKpis, read_report
from services.rules.domain.kpis.facts import KpiFacts
from services.rules.domain.kpis.periods import Period, period_of
from services.rules.domain.kpis.regions import Comparison, compare, regions_of
from services.rules.domain.kpis.report import (
    Count,
    Entry,
    Figure,
    Hidden,
    Pack,
    Report,
    hidden,
    kpis_in_force,
    ledger,
    report,
)
from services.rules.domain.kpis.units import Known
from services.rules.domain.rulebook.kpi import Kpi, Population
from services.rules.domain.rulebook.model import Rulebook
from services.rules.handlers.freeze_kpi_report import freeze_kpi_report
from services.rules.rulebook_in_force import RulebookInForce

OPEN_THE_LEDGER = ("panel_team", "data_lead")
"""Roles from whom nothing is withheld: access.cedar lets them open the ledger."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A period, what had been recorded by when, and the facts."""

    period: Period
    known_at: datetime
    facts: KpiFacts
    rulebook: Rulebook

    @property
    def known(self) -> Known:
        return Known(self.facts.known_at(self.known_at), self.period.as_of)


class KpiServer(kpis_pb2_grpc.KpiServiceServicer):
    """Figures and ledgers, worked out anew at each call."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, in_force: RulebookInForce) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._in_force = in_force

    def GetKpiReport(self, request: pb.GetKpiReportRequest, context: Any) -> pb.KpiReport:
        """The figures of every KPI."""
        (label,) = name_parts(request.name, "kpiReports")
        asked = self._asked(label, from_date(request, "as_of_date"), self._known_at(request))
        found = report(asked.rulebook, asked.facts, asked.period, asked.known_at)
        return _report_message(found, found.sha256, _opens_the_ledger())

    def ListKpiReports(self, request: pb.ListKpiReportsRequest, context: Any) -> pb.ListKpiReportsResponse:
        """A page of frozen packs."""
        most, last = page_size(request.page_size), read_page_token(request.page_token, "packs")
        with self._database.read() as connection:
            found = SqlKpis(connection).packs(str(last[0]) if last else "", most + 1)
        token = page_token([found[most - 1].quarter], "packs") if len(found) > most else ""
        opens = _opens_the_ledger()
        return pb.ListKpiReportsResponse(
            kpi_reports=[_pack_message(pack, opens) for pack in found[:most]], next_page_token=token
        )

    def FreezeKpiReport(self, request: pb.FreezeKpiReportRequest, context: Any) -> pb.KpiReport:
        """Freeze the pack of a quarter."""
        (quarter,) = name_parts(request.name, "kpiReports")
        rulebook, opens = self._in_force.current, _opens_the_ledger()

        def work(connection: Connection) -> pb.KpiReport:
            now, today = self._clock.now(), self._clock.today()
            pack = freeze_kpi_report(quarter, rulebook, now, today, SqlKpis(connection))
            return _pack_message(pack, opens)

        return self._commands.run(request, pb.KpiReport, work)

    def ListKpiContributors(
        self, request: pb.ListKpiContributorsRequest, context: Any
    ) -> pb.ListKpiContributorsResponse:
        """A page of the ledger behind one figure."""
        label, kpi_id = name_parts(request.parent, "kpiReports", "measures", field="parent")
        result = to_word(pb.KpiResult, request.result, "result")
        as_of, known_at = from_date(request, "as_of_date"), self._known_at(request)
        mark = (current_call.get().principal.person, label, kpi_id, result, str(as_of), request.HasField("known_time"))
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        start = 0
        if last:  # later pages are of the report that the first page was of, however much was recorded meanwhile
            start, as_of, known_at = int(last[0]), date.fromordinal(int(last[1])), from_micros(int(last[2]))
        asked = self._asked(label, as_of, known_at)
        entries = ledger(_kpi(asked, kpi_id), asked.rulebook, asked.known, asked.period)
        found = [entry for entry in entries if result in ("", entry.judgement.result)]
        end = start + most
        kept = [end, asked.period.as_of.toordinal(), to_micros(asked.known_at)]
        return pb.ListKpiContributorsResponse(
            contributors=[_entry_message(entry) for entry in found[start:end]],
            next_page_token=page_token(kept, *mark) if len(found) > end else "",  # type: ignore[arg-type]
            total_size=len(found),
            known_time=to_instant(asked.known_at),
        )

    def CompareKpiRegions(self, request: pb.CompareKpiRegionsRequest, context: Any) -> pb.KpiComparison:
        """Regions side by side."""
        label, kpi_id = name_parts(request.parent, "kpiReports", "measures", field="parent")
        asked = self._asked(label, from_date(request, "as_of_date"), self._known_at(request))
        kpi = _kpi(asked, kpi_id)
        if kpi.each is not Population.PERSON:
            message = "Regions are compared by a KPI that looks at people, such as concern-share or coverage."
            raise precondition("KPI_NOT_OF_PEOPLE", message, "parent")
        known = asked.known
        lines = asked.rulebook.lines_on(asked.period.as_of)
        entries = ledger(kpi, asked.rulebook, known, asked.period)
        found = compare(entries, regions_of(known), lines[kpi.withhold_below])
        return _comparison_message(kpi, asked.period.as_of, found, found.shown or _opens_the_ledger())

    def _known_at(self, request: Any) -> datetime:
        now = self._clock.now()
        known_at = from_instant(request.known_time, "known_time") if request.HasField("known_time") else now
        if known_at > now:
            message = "known_time is still to come: what will have been recorded by then is not known."
            raise invalid("KNOWN_TIME_IN_FUTURE", message, "known_time")
        return known_at

    def _asked(self, label: str, as_of: date | None, known_at: datetime) -> _Asked:
        period = period_of(label, as_of, self._clock.today())
        with self._database.read() as connection:
            return _Asked(period, known_at, SqlKpis(connection).facts(period.reach), self._in_force.current)


def _kpi(asked: _Asked, kpi_id: str) -> Kpi:
    for kpi in kpis_in_force(asked.rulebook, asked.period.as_of):
        if kpi.kpi_id == kpi_id:
            return kpi
    raise not_found("KPI_NOT_FOUND", "No KPI of this name is in force on that day. GetKpiReport shows all.", "parent")


def _opens_the_ledger() -> bool:
    return current_call.get().principal.role in OPEN_THE_LEDGER


def _report_message(found: Report, sha256: str, opens_the_ledger: bool) -> pb.KpiReport:
    return pb.KpiReport(
        name=f"kpiReports/{found.period}",
        as_of_date=to_date(found.as_of),
        known_time=to_instant(found.known_at),
        rulebook_hash=found.rulebook_hash,
        figures=[
            _figure_message(figure, frozenset() if opens_the_ledger else hidden(figure)) for figure in found.figures
        ],
        # Without it nobody can find out what is withheld by trying which numbers give the hash of the report.
        ledger_sha256=found.ledger_sha256 if opens_the_ledger else "",
        sha256=sha256,
    )


def _pack_message(pack: Pack, opens_the_ledger: bool) -> pb.KpiReport:
    message = _report_message(read_report(pack.content), pack.sha256, opens_the_ledger)
    message.freeze_time.CopyFrom(to_instant(pack.frozen_at))
    if opens_the_ledger:
        message.content = pack.content
    return message


def _figure_message(figure: Figure, withheld: frozenset[Hidden]) -> pb.KpiFigure:
    whole = Hidden.FIGURE in withheld
    message = pb.KpiFigure(
        kpi=figure.kpi_id,
        title=figure.title,
        whose=figure.whose,
        source=figure.source,
        note=figure.note,
        start_date=to_date(figure.starts_on),
        end_date=to_date(figure.ends_on),
        register=_count_message(figure.register, Hidden.REGISTER in withheld),
        numerator=_count_message(figure.numerator, whole),
        shortfall=_count_message(figure.shortfall, whole),
        denominator=_count_message(figure.denominator, whole),
        left_out=[_count_message(count, Hidden.LEFT_OUT in withheld) for count in figure.left_out],
        beside=[_count_message(count, Hidden.BESIDE in withheld) for count in figure.beside],
        target_percent=figure.target_percent or 0,
        target_reason=figure.target_reason,
    )
    if not whole:
        message.verdict = from_word(pb.KpiVerdict, figure.verdict)
        if figure.tenths_of_percent is not None:
            message.tenths_of_percent = figure.tenths_of_percent
    return message


def _count_message(count: Count, withheld: bool) -> pb.KpiCount:
    return pb.KpiCount(title=count.title, units=0 if withheld else count.units, withheld=withheld)


def _entry_message(entry: Entry) -> pb.KpiContributor:
    return pb.KpiContributor(
        unit_id=entry.unit.unit_id,
        safeguarder=f"safeguarders/{entry.unit.safeguarder_id}",
        date=to_date(entry.unit.on),
        result=from_word(pb.KpiResult, entry.judgement.result),
        reason=entry.judgement.reason,
        beside=entry.judgement.beside,
    )


def _comparison_message(kpi: Kpi, as_of: date, found: Comparison, shown: bool) -> pb.KpiComparison:
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
