"""One figure as at the end of each quarter, beside what the frozen pack of the quarter says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.rules.domain.kpis.facts import KpiFacts
from services.rules.domain.kpis.known import Known
from services.rules.domain.kpis.periods import Period
from services.rules.domain.kpis.report import Figure, Report, figure, kpis_in_force, ledger
from services.rules.domain.rulebook.kpi import Kpi
from services.rules.domain.rulebook.model import Rulebook


@dataclass(frozen=True, slots=True)
class Frozen:
    """The report that the pack of a quarter holds, and when it was frozen."""

    at: datetime
    report: Report

    def figure(self, kpi_id: str) -> Figure | None:
        """Return one figure of the pack. None for a KPI that there was not yet."""
        return next((one for one in self.report.figures if one.kpi_id == kpi_id), None)


@dataclass(frozen=True, slots=True)
class QuarterFigure:
    """One figure as at the end of a quarter. `frozen`: the pack of the quarter, if there is one."""

    period: Period
    figure: Figure
    frozen: Frozen | None


def quarters(
    kpi: Kpi, rulebook: Rulebook, facts: KpiFacts, periods: Sequence[Period], packs: Mapping[str, Frozen]
) -> list[QuarterFigure]:
    """Return one figure for each period on whose day the KPI is in force.

    They begin with the first that looks at anything, or with the last one: quarters before the register began say
    nothing. `facts`: what had been recorded by the instant of the report. `packs`: by the label of their quarter.
    """
    found: list[QuarterFigure] = []
    for period in periods:
        if kpi not in kpis_in_force(rulebook, period.as_of):
            continue
        entries = ledger(kpi, rulebook, Known(facts, period.as_of), period)
        if entries or found or period is periods[-1]:
            found.append(QuarterFigure(period, figure(kpi, entries, rulebook, period), packs.get(period.label)))
    return found
