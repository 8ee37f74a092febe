"""KpiService: figures over a period, the ledger behind each, and quarterly packs."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from psmf.rules.v1 import kpis_pb2 as pb
from psmf.rules.v1 import kpis_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.relations import kept_from
from services.platform.calls.wire import from_date, name_parts, to_instant, to_word
from services.platform.clock import Clock
from services.platform.storage.database import Database, from_micros, to_micros
from services.rules.adapters.store.kpis import SqlKpis, read_report
from services.rules.handlers.kpis import KpiQuestion, ask, freeze_kpi_report, quarters_of
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.wire.figures import kpis as wire

OPEN_THE_LEDGER = ("panel_team", "data_lead")
"""Roles from whom nothing is withheld: access.cedar lets them open the ledger."""


class KpiServer(kpis_pb2_grpc.KpiServiceServicer):
    """Figures and ledgers, worked out again at each call: a fact recorded meanwhile shows at once."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, in_force: RulebookInForce) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._in_force = in_force

    def GetKpiReport(self, request: pb.GetKpiReportRequest, context: Any) -> pb.KpiReport:
        """Return the figures of every KPI."""
        (label,) = name_parts(request.name, "kpiReports")
        found = self._ask(label, from_date(request, "as_of_date"), self._known_at(request)).report
        return wire.report_message(found, found.sha256, _opens_ledger())

    def ListKpiReports(self, request: pb.ListKpiReportsRequest, context: Any) -> pb.ListKpiReportsResponse:
        """Return a page of frozen packs."""
        most, last = page_size(request.page_size), read_page_token(request.page_token, "packs")
        with self._database.read() as connection:
            found = SqlKpis(connection).packs(str(last[0]) if last else "", most + 1)
        token = page_token([found[most - 1].quarter], "packs") if len(found) > most else ""
        opens = _opens_ledger()
        packs = [wire.pack_message(pack, read_report(pack.content), opens) for pack in found[:most]]
        return pb.ListKpiReportsResponse(kpi_reports=packs, next_page_token=token)

    def FreezeKpiReport(self, request: pb.FreezeKpiReportRequest, context: Any) -> pb.KpiReport:
        """Freeze the pack of a quarter."""
        (quarter,) = name_parts(request.name, "kpiReports")
        rulebook, opens = self._in_force.current, _opens_ledger()

        def work(connection: Connection) -> pb.KpiReport:
            now, today = self._clock.now(), self._clock.today()
            pack = freeze_kpi_report(quarter, rulebook, now, today, SqlKpis(connection))
            return wire.pack_message(pack, read_report(pack.content), opens)

        return self._commands.run(request, pb.KpiReport, work)

    def ListKpiContributors(
        self, request: pb.ListKpiContributorsRequest, context: Any
    ) -> pb.ListKpiContributorsResponse:
        """Return a page of the ledger behind one figure."""
        label, kpi_id = name_parts(request.parent, "kpiReports", "measures", field="parent")
        result = to_word(pb.KpiResult, request.result, "result")
        as_of, known_at = from_date(request, "as_of_date"), self._known_at(request)
        mark = (current_call.get().principal.person, label, kpi_id, result, str(as_of), request.HasField("known_time"))
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        start = 0
        if last:
            # Later pages show the same report as the first page, whatever was recorded in between.
            start, as_of, known_at = int(last[0]), date.fromordinal(int(last[1])), from_micros(int(last[2]))
        asked = self._ask(label, as_of, known_at)
        kpi, kept_from = asked.kpi(kpi_id), self._kept_from()
        found = [
            entry
            for entry in asked.ledger(kpi)
            if result in ("", entry.judgement.result) and entry.unit.safeguarder_id not in kept_from
        ]
        end = start + most
        place: list[str | int] = [end, asked.period.as_of.toordinal(), to_micros(known_at)]
        return pb.ListKpiContributorsResponse(
            contributors=[wire.contributor_message(entry) for entry in found[start:end]],
            next_page_token=page_token(place, *mark) if len(found) > end else "",
            total_size=len(found),
            known_time=to_instant(known_at),
            title=kpi.title,
        )

    def GetKpiSeries(self, request: pb.GetKpiSeriesRequest, context: Any) -> pb.KpiSeries:
        """Return one figure, quarter by quarter."""
        label, kpi_id = name_parts(request.parent, "kpiReports", "measures", field="parent")
        as_of, known_at = from_date(request, "as_of_date"), self._known_at(request)
        with self._database.read() as connection:
            kpis = SqlKpis(connection)
            asked = ask(label, as_of, known_at, self._clock.today(), self._in_force.current, kpis)
            found = quarters_of(asked, asked.kpi(kpi_id), kpis)
        return wire.series_message(kpi_id, known_at, found, _opens_ledger())

    def CompareKpiRegions(self, request: pb.CompareKpiRegionsRequest, context: Any) -> pb.KpiComparison:
        """Return the regions side by side."""
        label, kpi_id = name_parts(request.parent, "kpiReports", "measures", field="parent")
        asked = self._ask(label, from_date(request, "as_of_date"), self._known_at(request))
        kpi = asked.kpi(kpi_id)
        return wire.comparison_message(kpi, asked.period.as_of, asked.compare_regions(kpi), _opens_ledger())

    def _kept_from(self) -> Sequence[str]:
        """Return those about whom a declared link keeps the caller from reading. The figures still count them."""
        with self._database.read() as connection:
            return kept_from(connection, current_call.get().principal)

    def _known_at(self, request: Any) -> datetime:
        return wire.known_time(request, self._clock.now())

    def _ask(self, label: str, as_of: date | None, known_at: datetime) -> KpiQuestion:
        with self._database.read() as connection:
            kpis = SqlKpis(connection)
            return ask(label, as_of, known_at, self._clock.today(), self._in_force.current, kpis)


def _opens_ledger() -> bool:
    return current_call.get().principal.role in OPEN_THE_LEDGER
