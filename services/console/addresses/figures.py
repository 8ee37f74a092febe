"""The addresses of key performance indicators."""

from starlette.routing import Route

from services.console.addresses.at import Addresses
from services.console.addresses.roles import SEES_FIGURES
from services.console.pages.kpis import freezing, ledger
from services.console.pages.kpis import reading as reading_kpis


def of_figures(at: Addresses) -> list[Route]:
    """Return the pages on key performance indicators. The ledger says who counts."""
    return [
        at.get("/kpis", reading_kpis.kpis, roles=SEES_FIGURES),
        at.get("/kpis/{period}", reading_kpis.kpis_of, roles=SEES_FIGURES),
        at.get("/kpis/{period}/figures.csv", reading_kpis.kpis_file, roles=SEES_FIGURES),
        *at.form("/kpis/{period}/freeze", freezing.kpi_freeze, freezing.kpi_freeze_sent, roles=reading_kpis.FREEZES),
        at.get("/kpis/{period}/{kpi}", reading_kpis.kpi, roles=SEES_FIGURES),
        at.get("/kpis/{period}/{kpi}/ledger", ledger.kpi_ledger, roles=reading_kpis.OPENS_LEDGER),
        at.get("/kpis/{period}/{kpi}/ledger.csv", ledger.kpi_ledger_file, roles=reading_kpis.OPENS_LEDGER),
    ]
