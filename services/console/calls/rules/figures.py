"""What pages ask about key performance indicators."""

from typing import Any

from psmf.rules.v1 import kpis_pb2, kpis_pb2_grpc

from services.console.calls.caller import Caller, Channels, TokenOf, fill
from services.console.forms.answers import Sent
from services.console.requests import Visit
from services.platform.calls.pages import LARGEST_SIZE


class FigureCalls(Caller):
    """Calls about figures, the ledgers behind them, and frozen packs."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._kpis: Any = kpis_pb2_grpc.KpiServiceStub(self._channels["rules"])

    async def figures(self, visit: Visit, report: str) -> Any:
        """Return the figure of every KPI over a period."""
        request = kpis_pb2.GetKpiReportRequest(name=report)
        return await self._ask(visit, "rules", self._kpis.GetKpiReport, request)

    async def frozen_packs(self, visit: Visit) -> Any:
        """Return the packs that are frozen, newest first."""
        request = kpis_pb2.ListKpiReportsRequest(page_size=LARGEST_SIZE)
        return await self._ask(visit, "rules", self._kpis.ListKpiReports, request)

    async def quarters(self, visit: Visit, measure: str) -> Any:
        """Return one figure, quarter by quarter. The last one is the figure of the period itself."""
        request = kpis_pb2.GetKpiSeriesRequest(parent=measure)
        return await self._ask(visit, "rules", self._kpis.GetKpiSeries, request)

    async def ledger(self, visit: Visit, measure: str, result: str = "", after: str = "", most: int = 100) -> Any:
        """Return a page of the list behind a figure. `after`: the token with which the page before ended."""
        request = kpis_pb2.ListKpiContributorsRequest(parent=measure, page_size=most, page_token=after)
        if result:
            fill(request, "result", result)
        return await self._ask(visit, "rules", self._kpis.ListKpiContributors, request)

    async def freeze(self, visit: Visit, report: str, sent: Sent) -> Any:
        """Freeze the figures of a quarter that is over."""
        request = kpis_pb2.FreezeKpiReportRequest(name=report, request_id=sent.request_id)
        return await self._write(visit, "rules", self._kpis.FreezeKpiReport, request)
