"""The list behind a figure, for those who may see who counts."""

from io import StringIO
from typing import Any

from starlette.responses import Response

from services.client.kpis.figures import write_ledger
from services.console.calls.caller import part
from services.console.failures import NotThere
from services.console.frame import Frame
from services.console.pages.kpis.reading import asked_period, csv_file, measure_of
from services.console.requests import Visit
from services.console.views.kpis import ledger as views
from services.platform.calls.pages import LARGEST_SIZE

SEES_NAMES = "panel_team"
"""The role that may see the register. The data lead sees opaque ids."""


async def kpi_ledger(frame: Frame, visit: Visit) -> Response:
    """Show who counts in a figure, who falls short, and who is left out."""
    period, result = asked_period(visit), visit.request.query_params.get("result", "")
    if result not in ("", *views.RESULTS):
        raise NotThere
    after = visit.request.query_params.get("after", "")
    found = await frame.gateway.ledger(visit, measure_of(visit, period), result, after)
    names = None
    if visit.signed_in.role == SEES_NAMES:
        names = await part(frame.gateway.names_of(visit, views.people_in(found)))
    asked = views.AskedLedger(found, names, result)
    view = views.build(asked, period, visit.request.path_params["kpi"])
    return frame.rendering.page(visit, "kpis/ledger", view)


async def kpi_ledger_file(frame: Frame, visit: Visit) -> Response:
    """Send the whole ledger for a spreadsheet, with opaque ids and no names."""
    period, out = asked_period(visit), StringIO()
    entries: list[Any] = []
    after = ""
    while True:
        found = await frame.gateway.ledger(visit, measure_of(visit, period), "", after, LARGEST_SIZE)
        entries += found.contributors
        after = found.next_page_token
        if not after:
            break
    write_ledger(out, entries)
    return csv_file(out, f"{visit.request.path_params['kpi']}-{period.label}.csv")
