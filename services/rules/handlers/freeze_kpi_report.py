"""FreezeKpiReport: the quarterly pack for the review meeting with Ministers' officials (R160)."""

from datetime import date, datetime

from services.refusals import precondition
from services.rules.domain.kpis.periods import finished_quarter
from services.rules.domain.kpis.report import Pack, report
from services.rules.domain.rulebook.model import Rulebook
from services.rules.ports import Kpis


def freeze_kpi_report(quarter: str, rulebook: Rulebook, now: datetime, today: date, kpis: Kpis) -> Pack:
    """The pack of a quarter that is over, kept for good. What is recorded later shows in the report, not in the pack.

    Raises:
        Refusal: PERIOD_NOT_VALID, QUARTER_NOT_OVER, PACK_ALREADY_FROZEN.
    """
    period = finished_quarter(quarter, today)
    found = report(rulebook, kpis.facts(period.reach), period, now)
    pack = Pack(quarter, now, found.sha256, found.content)
    if not kpis.freeze(pack):
        message = f"The pack of {quarter} is frozen already, and is never changed. See it in the list of packs."
        raise precondition("PACK_ALREADY_FROZEN", message, "name")
    return pack
