"""An override blocks one rule's answer about one person for a time, and nothing else. It never blocks safety."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.refusals import Refusal
from services.rules.domain.closed_lists import Answer, EvidenceClass, Source
from services.rules.domain.concerns.overrides import LONGEST_DAYS, Override, check_override, end_early, rule_to_override
from services.rules.domain.evaluation.decision_record import decision_record, recorded_inputs
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate
from services.rules.domain.facts import CaseFile, ConcernKey, OverrideFact
from services.rules.domain.forecasts.over_time import PersonForecast
from services.rules.domain.forecasts.plan import ForecastScope, Span
from tests.rules.builders import NOW, TODAY, a_case_file, a_late_report, an_item, answered, case_files, shipped
from tests.sizes import part_of

LATE = ConcernKey("report-late")
TWO_LATE = a_case_file(*(a_late_report(f"late-{n}", TODAY - timedelta(days=20 + n)) for n in range(2)))
KEYS = [
    ConcernKey(rule.rule_id, subject)
    for rule in shipped().rules
    for subject in {"person": ("",), "standard": rule.standards, "indicator": ("S2.1", "S4.1")}[rule.scope]
]


def an_aside(key: ConcernKey = LATE, since: int = -5, until: int = 5) -> OverrideFact:
    """Return an override that was made some days ago and is in force until some days ahead."""
    days = TODAY + timedelta(days=since), TODAY + timedelta(days=until)
    return OverrideFact("override-1", key, *days, NOW + timedelta(days=since))


def an_override(**changes: object) -> Override:
    return Override("sg-one", replace(an_aside(since=0), **changes), "SCRA's dates were wrong", "senior")  # type: ignore[arg-type]


def with_aside(case_file: CaseFile, *asides: OverrideFact) -> CaseFile:
    return replace(case_file, overrides=asides)


def asked(case_file: CaseFile, day: date = TODAY) -> Evaluation:
    return evaluate(shipped(), case_file, day, NOW)


def test_while_it_holds_the_answer_is_held_back_and_says_by_which_override() -> None:
    answer = answered(asked(with_aside(TWO_LATE, an_aside())), "report-late")
    assert answer.answer is Answer.HELD_BACK
    assert answer.explanation.because.startswith(
        "Held back: set aside by a person until 7 November 2026 (override override-1). 2 reports"
    )
    assert answered(asked(TWO_LATE), "report-late").answer is Answer.RAISED


HOLDS = {
    "on its first day": (an_aside(since=0), True),
    "on its last day": (an_aside(until=0), True),
    "not the day after": (an_aside(until=-1), False),
    "not once it was ended": (replace(an_aside(), ended_at=NOW), False),
    "as long as nobody knew that it was ended": (replace(an_aside(), ended_at=NOW + timedelta(seconds=1)), True),
    "not before anybody knew of it": (replace(an_aside(), made_at=NOW + timedelta(seconds=1)), False),
    "not for another subject": (an_aside(ConcernKey("report-late", "S4")), False),
    "not for another rule": (an_aside(ConcernKey("report-quality")), False),
}


@pytest.mark.parametrize(("aside", "holds"), HOLDS.values(), ids=HOLDS)
def test_it_holds(aside: OverrideFact, holds: bool) -> None:
    evaluation = asked(with_aside(TWO_LATE, aside))
    assert answered(evaluation, "report-late").answer is (Answer.HELD_BACK if holds else Answer.RAISED)
    assert evaluation.overridden == (frozenset({LATE}) if holds else frozenset())


def test_an_open_concern_is_held_back_as_well() -> None:
    opened = replace(TWO_LATE, open_concerns={LATE: TODAY - timedelta(days=9)})
    assert answered(asked(with_aside(opened, an_aside())), "report-late").answer is Answer.HELD_BACK


def test_a_matter_of_safety_is_raised_whatever_is_on_file() -> None:
    safety = an_item(
        "safety", source=Source.LOCAL_AUTHORITY, speaks="S5.1", evidence_class=EvidenceClass.SAFETY,
    )  # fmt: skip
    aside = an_aside(ConcernKey("confidentiality"))
    evaluation = asked(with_aside(a_case_file(safety), aside))
    assert answered(evaluation, "confidentiality").answer is Answer.RAISED


@given(case_files(), st.sampled_from(KEYS))
@settings(max_examples=part_of(40), deadline=None)
def test_it_silences_this_answer_and_brings_no_other_about(case_file: CaseFile, key: ConcernKey) -> None:
    """Rules that count raised concerns no longer count this one. They may stop raising; none may start."""
    before = {(a.rule_id, a.subject): a.answer for a in asked(case_file).answers}
    after = {(a.rule_id, a.subject): a.answer for a in asked(with_aside(case_file, an_aside(key))).answers}
    assert after.keys() == before.keys()
    if shipped().rule(key.rule_id).lane != "safety":
        assert after.get(key) not in (Answer.RAISED, Answer.WATCHING)
    for other, answer in after.items():
        rule = shipped().rule(other[0])
        if other != key and not shipped().looks_at_concerns(rule):
            assert answer is before[other]
        assert answer is not Answer.RAISED or before[other] is Answer.RAISED


@given(case_files(), st.lists(st.sampled_from(KEYS), max_size=3, unique=True))
@settings(max_examples=part_of(30), deadline=None)
def test_the_decision_record_holds_what_was_set_aside_and_evaluates_again_byte_for_byte(
    case_file: CaseFile, keys: list[ConcernKey]
) -> None:
    evaluation = asked(with_aside(case_file, *(an_aside(key) for key in keys)))
    record = decision_record(evaluation, [one.answers for one in evaluation.answered], {})
    inputs = recorded_inputs(record.content)
    again = evaluate(shipped(), inputs.case_file, inputs.as_of, inputs.as_known_at)
    assert decision_record(again, [one.answers for one in again.answered], {}) == record
    assert (b'"set_aside"' in record.content) is bool(keys)


def test_no_forecast_looks_at_what_people_set_aside() -> None:
    plan, span = ForecastScope(shipped()), Span(TODAY - timedelta(days=40), TODAY)
    all_spells = [PersonForecast(plan, file, span).spells for file in (TWO_LATE, with_aside(TWO_LATE, an_aside()))]
    assert LATE in all_spells[0]
    assert all_spells[0] == all_spells[1]


REFUSED: dict[str, tuple[str, Callable[[], object]]] = {
    "a rule nobody knows": (
        "RULE_NOT_FOUND", lambda: rule_to_override(shipped(), ConcernKey("report-lat"), TODAY),
    ),
    "a rule not yet in force": (
        "RULE_NOT_FOUND", lambda: rule_to_override(shipped(), LATE, date(2015, 1, 1)),
    ),
    "a matter of safety": (
        "SAFETY_NOT_SET_ASIDE", lambda: rule_to_override(shipped(), ConcernKey("confidentiality"), TODAY),
    ),
    "a standard, where the person is asked about": (
        "SUBJECT_NOT_OF_RULE", lambda: rule_to_override(shipped(), ConcernKey("report-late", "S4"), TODAY),
    ),
    "nothing, where each indicator is asked about": (
        "SUBJECT_NOT_OF_RULE", lambda: rule_to_override(shipped(), ConcernKey("same-theme-two-sources"), TODAY),
    ),
    "91 days ahead": (
        "END_DATE_OUT_OF_RANGE",
        lambda: check_override(an_override(ends_on=TODAY + timedelta(days=LONGEST_DAYS + 1)), (), TODAY),
    ),
    "until yesterday": (
        "END_DATE_OUT_OF_RANGE", lambda: check_override(an_override(ends_on=TODAY - timedelta(days=1)), (), TODAY),
    ),
    "twice at once": ("SET_ASIDE_ALREADY", lambda: check_override(an_override(), (an_override(),), TODAY)),
    "an end of what has ended": (
        "OVERRIDE_ENDED", lambda: end_early(an_override(ended_at=NOW), "senior", NOW, TODAY),
    ),
    "an end of what is over": (
        "OVERRIDE_ENDED", lambda: end_early(an_override(), "senior", NOW, TODAY + timedelta(days=6)),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("reason", "make"), REFUSED.values(), ids=REFUSED)
def test_what_may_not_be_is_refused(reason: str, make: Callable[[], object]) -> None:
    with pytest.raises(Refusal) as refused:
        make()
    assert refused.value.reason == reason


def test_what_may_be_set_aside() -> None:
    rule_to_override(shipped(), LATE, TODAY)
    rule_to_override(shipped(), ConcernKey("same-theme-two-sources", "S2.1"), TODAY)
    last = an_override(ends_on=TODAY + timedelta(days=LONGEST_DAYS))
    assert check_override(last, (an_override(ended_at=NOW),), TODAY) is last
    ended = end_early(last, "another", NOW, TODAY)
    assert (ended.aside.ended_at, ended.ended_by, ended.holds_on(TODAY)) == (NOW, "another", False)


@pytest.mark.parametrize(("days", "soon"), [(15, False), (14, True), (0, True), (-1, False)])
def test_those_that_end_within_14_days_are_marked(days: int, soon: bool) -> None:
    assert an_override(ends_on=TODAY + timedelta(days=days), starts_on=TODAY - timedelta(days=60)).ends_soon(TODAY) is (
        soon
    )
