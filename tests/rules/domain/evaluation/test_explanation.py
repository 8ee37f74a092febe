"""The reasons of an answer, and the change that clears it: sufficient, true, smallest (requirements B1, B6, D15.11)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import given, settings

from services.rules.domain.closed_lists import Kind, Lane, Polarity, Source
from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.domain.facts import CaseFile, ConcernKey
from tests.rules.builders import PERSON, a_case_file, a_late_report, an_item, answered, case_files, evaluated
from tests.sizes import part_of

SPEAKING = ("raised", "watching", "held_back")
TWO_LATE_REPORTS = (a_late_report("one", date(2026, 5, 4)), a_late_report("two", date(2026, 9, 7)))


def answer_of(evaluation: Evaluation, answer: RuleAnswer) -> str:
    """Return the same rule's answer about the same subject in another evaluation; clear if it is not asked there."""
    found = [a.answer for a in evaluation.answers if (a.rule_id, a.subject) == (answer.rule_id, answer.subject)]
    return found[0] if found else "clear"


def speaking(case_file: CaseFile) -> Iterator[RuleAnswer]:
    """Return the answers that are raised, watched or blocked."""
    return (answer for answer in evaluated(case_file).answers if answer.answer in SPEAKING)


def test_a_concern_shows_its_value_its_line_and_where_the_line_rests() -> None:
    explanation = answered(evaluated(a_case_file(*TWO_LATE_REPORTS)), "report-late").explanation
    compared = explanation.comparisons[0]
    assert (compared.measure, compared.value, compared.line, compared.margin) == ("late_reports", 2, 2, 0)
    line = next(line for line in explanation.lines if line.parameter == "late_reports_line")
    assert (line.value, line.unit, line.origin, line.from_on) == (2, "reports", "ours", date(2026, 1, 1))
    assert explanation.because.startswith("2 reports in the last 12 months came later than due")
    assert [item.evidence_id for item in explanation.counted] == ["one", "two"]


def test_one_is_told_as_one_and_several_as_several() -> None:
    open_since = {ConcernKey("report-late", ""): date(2026, 10, 1)}
    left = replace(a_case_file(TWO_LATE_REPORTS[0]), open_concerns=open_since)
    kept_open = answered(evaluated(left), "report-late").explanation
    assert kept_open.because.startswith("1 report in the last 12 months came later than due")
    missed = answered(evaluated(a_case_file()), "session-missed").explanation.because
    assert missed.endswith("it takes 1 item to tell, and there is none.")
    sampled = answered(evaluated(a_case_file()), "coverage-standard", "S5").explanation.clears_if
    assert sampled is not None
    assert sampled.text == "Clears if 1 more item of feedback on S5.1 counts."


def test_a_concern_shows_praise_on_the_same_standard_in_the_same_time() -> None:
    praise = an_item("praise", date(2026, 4, 1), speaks="S4.4", polarity=Polarity.PRAISE, kind=Kind.COMMENDATION)
    old_praise = an_item("old", date(2025, 4, 1), speaks="S4.4", polarity=Polarity.PRAISE)
    elsewhere = an_item("elsewhere", speaks="S2.1", polarity=Polarity.PRAISE)
    case_file = a_case_file(*TWO_LATE_REPORTS, praise, old_praise, elsewhere)
    shown = answered(evaluated(case_file), "report-late").explanation.praise
    assert [item.evidence_id for item in shown] == ["praise"]


def test_the_smallest_change_names_the_items() -> None:
    clears = answered(evaluated(a_case_file(*TWO_LATE_REPORTS)), "report-late").explanation.clears_if
    assert clears is not None
    assert clears.remove == ("one", "two")
    assert clears.text == "Clears if 2 items counted here no longer count."


def test_a_gap_clears_by_evidence_that_is_described() -> None:
    clears = answered(evaluated(a_case_file()), "report-sample-short").explanation.clears_if
    assert clears is not None
    assert [(item.kind, item.count) for item in clears.add] == [(Kind.REPORT_SAMPLE_REVIEW, 2)]


def test_open_matters_clear_when_what_is_open_would_clear_though_open() -> None:
    case_file = a_case_file(*TWO_LATE_REPORTS)
    answer = answered(evaluated(case_file), "reappointment-open-items")
    assert answer.explanation.clears_if is not None
    assert set(answer.explanation.clears_if.remove) == {"one", "two"}


@given(case_files())
@settings(max_examples=part_of(60), deadline=None)
def test_the_items_counted_alone_raise_the_concern(case_file: CaseFile) -> None:
    for answer in evaluated(case_file).raised:
        counted = {item.evidence_id for item in answer.explanation.counted}
        alone = replace(case_file, evidence=tuple(f for f in case_file.evidence if f.evidence_id in counted))
        assert answer_of(evaluated(alone), answer) == "raised", answer.rule_id


@given(case_files())
@settings(max_examples=part_of(60), deadline=None)
def test_what_clears_a_concern_is_true_whether_or_not_it_is_open(case_file: CaseFile) -> None:
    for answer in speaking(case_file):
        clears = answer.explanation.clears_if
        if clears is None:
            continue
        opened = replace(case_file, open_concerns={ConcernKey(answer.rule_id, answer.subject): date(2026, 10, 1)})
        for version in (case_file, opened):
            changed = evaluated(version, without=frozenset(clears.remove), plus=clears.add)
            assert answer_of(changed, answer) not in SPEAKING, answer.rule_id


@given(case_files())
@settings(max_examples=part_of(60), deadline=None)
def test_no_smaller_removal_clears_a_concern(case_file: CaseFile) -> None:
    for answer in speaking(case_file):
        clears = answer.explanation.clears_if
        if clears is None or clears.add or answer.lane is Lane.REAPPOINTMENT_RISK:
            continue
        ids = [item.evidence_id for item in answer.explanation.counted]
        opened = replace(case_file, open_concerns={ConcernKey(answer.rule_id, answer.subject): date(2026, 10, 1)})
        for fewer in combinations(ids, min(len(clears.remove) - 1, 2)):
            results = {answer_of(evaluated(v, without=frozenset(fewer)), answer) for v in (case_file, opened)}
            assert results & set(SPEAKING), (answer.rule_id, fewer)


def test_every_concern_of_a_serving_person_can_be_cleared_by_evidence_or_says_none_can() -> None:
    training = an_item(
        "one", kind=Kind.ATTENDANCE, source=Source.PANEL_TEAM, speaks="S7.1",
        details={"event": "mandatory_training", "attendance": "absent_unexcused"},
    )  # fmt: skip
    clears = answered(evaluated(a_case_file(training, person=PERSON)), "training-missed").explanation.clears_if
    assert clears is not None
    assert clears.remove == ("one",)
