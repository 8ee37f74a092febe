"""What figures make of each unit, as the Team reads it in the ledger."""

from psmf.rules.v1 import kpis_pb2 as pb

from tests.between.together import Together


def judged(running: Together, kpi: str) -> list[tuple[str, list[str]]]:
    """Return the result of each unit of a KPI in the last twelve months, and what it is shown beside as."""
    running.settle()
    request = pb.ListKpiContributorsRequest(parent=f"kpiReports/rolling/measures/{kpi}")
    found = running.kpis.ListKpiContributors(request, **running.as_("panel-team")).contributors
    return [(pb.KpiResult.Name(unit.result).removeprefix("KPI_RESULT_").lower(), list(unit.beside)) for unit in found]
