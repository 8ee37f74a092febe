"""Figures to read: every one of a period, one of them quarter by quarter, and files for a spreadsheet."""

from io import StringIO
from typing import Any

from starlette.responses import RedirectResponse, Response

from services.client.kpis.figures import write_report, year_of
from services.console.failures import NotThere
from services.console.frame import Frame
from services.console.requests import Visit
from services.console.views.kpis import one, report
from services.console.views.kpis.freezing import FROZEN
from services.console.views.kpis.periods import Period, period_of

OPENS_LEDGER = frozenset({"panel_team", "data_lead"})
"""Roles that may see who counts. The service refuses the others."""
FREEZES = frozenset({"panel_team"})


async def kpis(frame: Frame, visit: Visit) -> Response:
    """Lead to the figures of the contract year that runs."""
    return RedirectResponse(f"/kpis/{year_of(visit.today)}", 303)


async def kpis_of(frame: Frame, visit: Visit) -> Response:
    """Show every figure of a period. Of a quarter whose pack is frozen, the pack is shown."""
    period = asked_period(visit)
    asked = await _asked(frame, visit, period)
    is_done = visit.told(period.label) == FROZEN
    view = report.build(asked, period, visit.now, visit.today, is_done=is_done)
    return frame.rendering.page(visit, "kpis/report", view)


async def kpis_file(frame: Frame, visit: Visit) -> Response:
    """Send the figures of a period for a spreadsheet."""
    period, out = asked_period(visit), StringIO()
    asked = await _asked(frame, visit, period)
    write_report(out, asked.report)
    return csv_file(out, f"kpis-{period.label}.csv")


async def kpi(frame: Frame, visit: Visit) -> Response:
    """Show one figure quarter by quarter, with what it means and what is left out."""
    period = asked_period(visit)
    series = await frame.gateway.quarters(visit, measure_of(visit, period))
    opens = visit.signed_in.role in OPENS_LEDGER
    return frame.rendering.page(visit, "kpis/one", one.build(series, period, opens_ledger=opens))


def asked_period(visit: Visit) -> Period:
    """Return the period in the address.

    Raises:
        NotThere: it is none. One that has not begun is refused by the service.
    """
    found = period_of(visit.request.path_params["period"])
    if found is None:
        raise NotThere
    return found


def measure_of(visit: Visit, period: Period) -> str:
    """Return the name of the figure in the address."""
    return f"{period.report}/measures/{visit.request.path_params['kpi']}"


def csv_file(out: StringIO, name: str) -> Response:
    """Return a file to take away. Its name holds no name of a person, because downloads are listed."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(out.getvalue(), media_type="text/csv", headers=headers)


async def _asked(frame: Frame, visit: Visit, period: Period) -> report.AskedFigures:
    pack: Any = None
    if period.is_quarter:
        pack = report.frozen_in(await frame.gateway.frozen_packs(visit), period)
    found = pack or await frame.gateway.figures(visit, period.report)
    return report.AskedFigures(found, pack is not None, visit.signed_in.role in FREEZES)
