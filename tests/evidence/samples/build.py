"""Rounds, reports and sampled reports for tests."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.evidence.domain.evidence_item import Content, EvidenceClass, EvidenceId, EvidenceItem, Kind, Timeliness
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.samples import life
from services.evidence.domain.samples.draw import draw
from services.evidence.domain.samples.sample import Rating, Report, Round, Sample

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
ROUND = Round("2026-H2", "5eed", date(2026, 4, 1), date(2026, 11, 28), "panel-team", NOW)
ONE, TWO = "reviewer-one", "reviewer-two"
READERS = life.Readers([ONE, TWO], ["manager-one"])
AT = Rating("at", "at", "at", "at", "at", child_views=True)
BELOW = replace(AT, clear="below")
WORDS = "It does not say what is recommended."


def by(person: str) -> Actor:
    """Return somebody who acts now."""
    return Actor(person, Side.PANEL_TEAM, NOW)


TEAM, SENIOR = by("panel-team"), by("senior-manager")


def a_report(number: int = 1, filed_on: date = date(2026, 10, 1)) -> Report:
    """Return a report of a case of its own, filed on its due day."""
    return Report(f"case-{number:04}", filed_on, filed_on)


def a_record(report: Report, **changes: Any) -> EvidenceItem:
    """Return SCRA's record of a report."""
    content = Content(
        Kind.SCRA_TIMELINESS,
        "scra",
        "practice",
        "appointment",
        EvidenceClass.STANDARD,
        report.filed_on,
        report.filed_on,
        case_reference=report.case_reference,
        timeliness=Timeliness(report.due_on, report.filed_on, None),
    )
    item_id = EvidenceId(f"{report.case_reference}/{report.due_on}")
    item = EvidenceItem(item_id, "sg-one", content, None, NOW, NOW, "scra", "receipt", history=False)
    return item._replace(**changes)


def a_sample(reports: int = 3, twice: bool = False) -> Sample:
    """Return a sample that was drawn from some reports, for one reading or for two."""
    drawn = draw(ROUND, "sg-one", [a_report(number) for number in range(reports)], percent=20, now=NOW)
    return replace(drawn, second_wanted=twice, second_by_seed=twice)


def assigned(twice: bool = False) -> Sample:
    """Return a sample whose report was given to its readers."""
    known = life.assign(life.obtain(a_sample(twice=twice), TEAM), ONE, False, READERS, TEAM)
    return life.assign(known, TWO, True, READERS, TEAM) if twice else known


def read_twice(first: Rating = AT, second: Rating = BELOW) -> Sample:
    """Return a sample that was read by both readers."""
    known = life.read(assigned(twice=True), first, WORDS, by(ONE))
    return life.read(known, second, WORDS, replace(by(TWO), now=NOW + timedelta(days=1)))
