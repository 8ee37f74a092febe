"""KPI reports, the ledger behind each figure, regions side by side, and the quarterly packs (R160)."""

from dataclasses import dataclass
from datetime import date, datetime

from services.refusals import not_found, precondition
from services.rules.adapters.store.kpis import SqlKpis, read_report
from services.rules.domain.kpis import report as domain
from services.rules.domain.kpis.facts import KpiFacts
from services.rules.domain.kpis.known import Known
from services.rules.domain.kpis.periods import Period, finished_quarter, period_of, quarters_until
from services.rules.domain.kpis.regions import Comparison, compare, regions_of
from services.rules.domain.kpis.report import Entry, Pack, Report
from services.rules.domain.kpis.series import Frozen, QuarterFigure, quarters
from services.rules.domain.rulebook.kpi import Kpi, Population
from services.rules.domain.rulebook.model import Rulebook

QUARTERS = 8
"""Quarters that are set side by side: two years."""


@dataclass(frozen=True, slots=True)
class KpiQuestion:
    """A period, the facts that may bear on it, and the instant up to which recorded facts are used."""

    period: Period
    known_at: datetime
    facts: KpiFacts
    rulebook: Rulebook

    @property
    def report(self) -> Report:
        """The figures of every KPI in force."""
        return domain.report(self.rulebook, self.facts, self.period, self.known_at)

    def kpi(self, kpi_id: str) -> Kpi:
        """Return one KPI that is in force on the day of the report.

        Raises:
            Refusal: NOT_FOUND.
        """
        for kpi in domain.kpis_in_force(self.rulebook, self.period.as_of):
            if kpi.kpi_id == kpi_id:
                return kpi
        message = "No KPI with this name is in force on that day. GetKpiReport lists them all."
        raise not_found("KPI_NOT_FOUND", message, "parent")

    def ledger(self, kpi: Kpi) -> tuple[Entry, ...]:
        """Return every unit of a KPI's register with what the KPI makes of it."""
        return domain.ledger(kpi, self.rulebook, self._known, self.period)

    def compare_regions(self, kpi: Kpi) -> Comparison:
        """Return the regions side by side (B3).

        Raises:
            Refusal: PRECONDITION for a KPI that does not count people. The comparison deals people out to the regions
                at random; sessions or items of one person do not move independently.
        """
        if kpi.each is not Population.PERSON:
            message = "Only a KPI that counts people can compare regions, such as concern-share or coverage."
            raise precondition("KPI_NOT_OF_PEOPLE", message, "parent")
        smallest_group = self.rulebook.lines_on(self.period.as_of)[kpi.withhold_below]
        return compare(self.ledger(kpi), regions_of(self._known), smallest_group)

    @property
    def _known(self) -> Known:
        return Known(self.facts.known_at(self.known_at), self.period.as_of)


def ask(
    label: str, as_of: date | None, known_at: datetime, today: date, rulebook: Rulebook, kpis: SqlKpis
) -> KpiQuestion:
    """Return the question a report answers, with its facts loaded. `as_of` None: the latest day of the period.

    Raises:
        Refusal: INVALID as `period_of`.
    """
    period = period_of(label, as_of, today)
    return KpiQuestion(period, known_at, kpis.facts(period.reach), rulebook)


def quarters_of(question: KpiQuestion, kpi: Kpi, kpis: SqlKpis) -> list[QuarterFigure]:
    """Return one figure for each quarter up to the day of a report, oldest first.

    A pack is of a contract year. The last twelve months, which no pack holds, are not set beside one.
    """
    periods = quarters_until(question.period, QUARTERS)
    reach = min(one.reach[0] for one in periods), max(one.reach[1] for one in periods)
    found = kpis.packs_of(periods[0].label, periods[-1].label) if question.period.year_starts_on else ()
    packs = {pack.quarter: Frozen(pack.frozen_at, read_report(pack.content)) for pack in found}
    return quarters(kpi, question.rulebook, kpis.facts(reach).known_at(question.known_at), periods, packs)


def freeze_kpi_report(quarter: str, rulebook: Rulebook, now: datetime, today: date, kpis: SqlKpis) -> Pack:
    """Freeze and return the pack of a quarter that is over. Facts recorded later change the report, never the pack.

    Raises:
        Refusal: PERIOD_NOT_VALID, QUARTER_NOT_OVER, PACK_ALREADY_FROZEN.
    """
    period = finished_quarter(quarter, today)
    found = KpiQuestion(period, now, kpis.facts(period.reach), rulebook).report
    pack = Pack(quarter, now, found.sha256, found.content)
    if not kpis.freeze(pack):
        message = f"The pack of {quarter} is already frozen and cannot change. It is in the list of packs."
        raise precondition("PACK_ALREADY_FROZEN", message, "name")
    return pack
