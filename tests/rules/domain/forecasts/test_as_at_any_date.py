"""Answers as of a day change only with the instant up to which facts are known (requirements D15.10)."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.domain.closed_lists import ItemStatus
from services.rules.domain.evaluation.decision_record import decision_record
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.domain.facts import CaseFile, EvidenceFact
from tests.rules.builders import NOW, TODAY, case_files, evaluated, items
from tests.sizes import part_of


def later_versions(case_file: CaseFile, late: EvidenceFact) -> CaseFile:
    """Return what may be recorded later: each item corrected or withdrawn, and one that nobody knew of."""
    after = NOW + timedelta(microseconds=1)
    corrected = (
        replace(
            fact,
            version=fact.version + 1,
            recorded_at=after,
            status=ItemStatus.WITHDRAWN if place % 2 else ItemStatus.CURRENT,
            mappings=(),
        )
        for place, fact in enumerate(case_file.evidence)
    )
    return replace(case_file, evidence=(*case_file.evidence, *corrected, replace(late, recorded_at=after)))


def record(evaluation: Evaluation) -> bytes:
    return decision_record(evaluation, [answered.answers for answered in evaluation.answered], {}).content


@given(case_file=case_files(), late=items("late"), days=st.integers(0, 400))
@settings(max_examples=part_of(40), deadline=None)
def test_answers_as_at_a_day_stay_what_they_were_when_more_is_known_later(
    case_file: CaseFile, late: EvidenceFact, days: int
) -> None:
    day = TODAY - timedelta(days=days)
    before = evaluated(case_file, day, NOW)
    assert record(evaluated(later_versions(case_file, late), day, NOW)) == record(before)


@given(case_file=case_files(), late=items("late"), days=st.integers(0, 400))
@settings(max_examples=part_of(20), deadline=None)
def test_the_same_is_answered_whenever_it_is_asked(case_file: CaseFile, late: EvidenceFact, days: int) -> None:
    day, known_at = TODAY - timedelta(days=days), NOW + timedelta(days=1)
    moved_on = later_versions(case_file, late)
    assert record(evaluated(moved_on, day, known_at)) == record(evaluated(moved_on, day, known_at))
