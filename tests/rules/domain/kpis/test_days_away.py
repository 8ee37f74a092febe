"""KPIs count no day on leave or suspended as served, alike for both (KPI 6, R90)."""

from datetime import date, timedelta

from services.rules.domain.kpis.facts import AwayFact, KpiFacts
from services.rules.domain.kpis.known import Known
from services.rules.domain.kpis.report import ledger
from services.rules.domain.rulebook.kpi import Result
from tests.rules.builders import shipped
from tests.rules.kpi_builders import YEAR_END, a_term, at, kpi_named, year

FIRST = date(2026, 6, 1)


def away(days: int | None, known: str = "a1", sequence: int = 1, *, cancelled: bool = False) -> AwayFact:
    """Return a time away from June on. None: nobody knows its last day."""
    last = FIRST + timedelta(days=days - 1) if days else None
    return AwayFact("sg-one", known, FIRST, last, cancelled, at("2026-06-01"), sequence)


def owed(*facts: AwayFact) -> tuple[int, int, Result, str]:
    """Return the reports owed, the days served, and what KPI 6 makes of the year."""
    known = Known(KpiFacts((a_term(),), away=facts), YEAR_END)
    (entry,) = ledger(kpi_named("kpi-6-seen"), shipped(), known, year())
    words = entry.unit.words
    return int(words["owed"]), int(words["days_served"]), entry.judgement.result, entry.judgement.reason


def test_a_part_of_the_year_owes_a_part_and_the_newest_record_holds() -> None:
    assert owed()[:3] == (2, 365, Result.SHORT)
    assert owed(away(30))[:2] == (1, 335)
    assert owed(away(30), away(None, sequence=2))[:2] == (0, 61)
    assert owed(away(None), away(30, sequence=2, cancelled=True))[:2] == (2, 365)


def test_times_that_overlap_are_left_out_once() -> None:
    assert owed(away(30), away(50, "a2"))[1] == owed(away(50))[1] == 315
    assert owed(away(None), away(50, "a2"))[1] == 61


def test_somebody_who_was_away_too_long_to_owe_a_report_is_left_out_with_the_reason() -> None:
    _, _, result, reason = owed(away(None))
    assert (result, reason) == (Result.LEFT_OUT, "Served too few days to owe a report")
