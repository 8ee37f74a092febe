"""What is ready for a reappointment and what is not, and what a pack holds (R89, B10, B21)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.evidence.domain.evidence_item import EvidenceClass, Kind, Polarity
from services.evidence.domain.recommendations.pack import Material, gather
from services.evidence.domain.recommendations.readiness import InHand, Line, not_ready, opens_on
from services.evidence.domain.recommendations.recommendation import Entry, RecommendationNumbers, Section
from tests.evidence.personal_file.build import a_concern, an_item
from tests.evidence.plans.build import TODAY, accepted, opened
from tests.evidence.recommendations.build import TERM

NUMBERS = RecommendationNumbers(365, 14, 120, 180, 2)
ENDS_SOON = replace(TERM, ends_on=TODAY + timedelta(days=100))
TRAINED = an_item(8, kind=Kind.TRAINING_ASSESSMENT)
READ = (an_item(6, kind=Kind.REPORT_SAMPLE_REVIEW), an_item(7, kind=Kind.REPORT_SAMPLE_REVIEW))


def lines(**known: Any) -> list[tuple[Line, str, date | None, bool]]:
    fields: dict[str, Any] = {"term": TERM, "items": (*READ, TRAINED), "actions": (), "supports": (), "concerns": ()}
    found = not_ready(InHand("sg-one", today=TODAY, **fields | known), NUMBERS)
    return [(each.line, each.about.rpartition("/")[2], each.on, each.too_late) for each in found]


def test_the_papers_open_a_year_before_the_term_ends() -> None:
    assert opens_on(TERM, NUMBERS) == date(2026, 5, 31)


def test_everything_is_ready_when_nothing_is_open() -> None:
    assert lines() == []


def test_what_is_open_and_what_the_team_owes_stand_beside_each_other() -> None:
    late = replace(accepted(), promised_on=TODAY - timedelta(days=1))
    waits = an_item(1, polarity=Polarity.CONCERN, days=5)
    due_on = TODAY + timedelta(days=60)
    found = lines(actions=[(opened(), due_on)], supports=[late], items=(*READ, TRAINED, waits))
    assert found == [
        (Line.OPEN_ACTION, "a1", due_on, False),
        (Line.SUPPORT_OWED, "u1", TODAY - timedelta(days=1), True),
        (Line.REPLY_RUNS, "e1", waits.reply_due_on, False),
    ]


def test_missing_training_and_samples_are_named_and_late_training_is_the_teams() -> None:
    assert lines(items=READ[:1]) == [
        (Line.TRAINING_NOT_SHOWN, "", date(2026, 12, 2), False),
        (Line.SAMPLES_SHORT, "", None, False),
    ]
    assert lines(items=READ, term=ENDS_SOON) == [
        (Line.TRAINING_NOT_SHOWN, "", ENDS_SOON.ends_on - timedelta(days=180), True)
    ]


def test_a_matter_raised_too_late_is_named_and_safety_never_is() -> None:
    """B21: it is the Team's, and no mark on the person."""
    late = replace(a_concern(), raised_on=TODAY)
    in_time = replace(a_concern("c2"), raised_on=TODAY - timedelta(days=60))
    unknown, safety = a_concern("c3"), replace(a_concern("c4", lane="safety"), raised_on=TODAY)
    quiet = replace(a_concern("c5", quiet=True), raised_on=TODAY)
    found = lines(term=ENDS_SOON, concerns=[late, in_time, unknown, safety, quiet])
    assert found == [(Line.RAISED_TOO_LATE, "c1", TODAY, True)]


def test_a_pack_holds_what_the_person_can_see_of_this_term_and_nothing_else() -> None:
    """B10: no surprises."""
    shown, hidden = an_item(1), an_item(2, polarity=Polarity.CONCERN, shared_on=None)
    help_sought = an_item(3, evidence_class=EvidenceClass.HELP_SEEKING)
    before = an_item(4, days=3 * 365)
    safety = an_item(5, evidence_class=EvidenceClass.SAFETY, polarity=Polarity.CONCERN)
    material = Material("sg-one", TERM.starts_on, (safety, before, help_sought, hidden, shown), actions=[opened()])
    assert gather(material) == (
        Entry(Section.EVIDENCE, "safeguarders/sg-one/evidenceItems/e1", 1),
        Entry(Section.EVIDENCE, "safeguarders/sg-one/evidenceItems/e5", 1),
        Entry(Section.ACTION, "safeguarders/sg-one/actions/a1", opened().version),
    )
