"""What rests on other evidence is never another item or another type of source (record 0.5, R56).

The kind that this file closes: one complaint becomes two voices, because an action that followed from it was not met.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.adapters.store.items import item_body, read_item
from services.rules.domain.closed_lists import DERIVED, EvidenceClass, HeldBack, Kind, Lane, Polarity, Source
from services.rules.domain.evaluation.answering import held_back
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate
from services.rules.domain.evidence.matching import Evidence
from services.rules.domain.facts import CaseFile, EvidenceFact, StandardMapping
from services.rules.domain.forecasts.over_time import PersonForecast
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.rulebook.kpi import WORDS
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.builders import NOW, PERSON, TODAY, a_case_file, an_item, answered, case_files, items, shipped
from tests.sizes import part_of

RULE = "action-not-met"
IN_FORCE, THEN = date(2027, 4, 1), date(2027, 11, 2)
LATER = NOW + timedelta(days=365)
OUTCOME = {
    "action_outcome": "not_met",
    "action_purpose": "improve",
    "action_basis": "agreed",
    "supports_standing": "complete",
}


def an_outcome(name: str, happened_on: date, **details: str) -> EvidenceFact:
    """Return an action on S2.1 that ended as not met, though its supports were given."""
    kind: dict[str, Any] = {"kind": Kind.ACTION_OUTCOME, "source": Source.PANEL_TEAM, "judged_id": f"action {name}"}
    return an_item(name, happened_on, details=OUTCOME | details, **kind)


def without_derived(case_file: CaseFile) -> CaseFile:
    return replace(case_file, evidence=tuple(fact for fact in case_file.evidence if not fact.is_derived))


def others(rulebook: Rulebook) -> frozenset[str]:
    """Return the rules that look at no derived kind."""
    return frozenset(rule.rule_id for rule in rulebook.rules if not rulebook.derived_read_by(rule))


def answers_of(evaluation: Evaluation, rules: frozenset[str]) -> list[Any]:
    return [answer for answer in evaluation.answers if answer.rule_id in rules]


def test_one_rule_that_ships_looks_at_the_outcome_of_an_action() -> None:
    assert {rule.rule_id for rule in shipped().rules} - others(shipped()) == {RULE}
    rule = shipped().rule(RULE)
    assert (rule.in_force_from, rule.lane) == (IN_FORCE, Lane.ESCALATION), "from the next contract year"


@given(case_files(), st.lists(st.integers(0, 10_000), min_size=1, max_size=4), st.data())
@settings(max_examples=part_of(80), deadline=None)
def test_rules_that_do_not_name_the_kind_answer_the_same_with_it_and_without(
    case_file: CaseFile, numbers: list[int], data: st.DataObject
) -> None:
    """`derived_is_no_source`: answers, sentences, items counted and not counted, praise and what would clear it."""
    drawn = [data.draw(items(f"outcome-{place}-{number}")) for place, number in enumerate(numbers)]
    outcomes = [replace(fact, kind=Kind.ACTION_OUTCOME, details=OUTCOME, complaint_outcome=None) for fact in drawn]
    plain = without_derived(case_file)
    with_them = replace(plain, evidence=(*plain.evidence, *outcomes))
    for day in (TODAY, THEN):
        person = replace(PERSON, term_ends_on=day + timedelta(days=400))
        before, after = (evaluate(shipped(), replace(one, person=person), day, LATER) for one in (plain, with_them))
        same = others(shipped())
        if any(answer.rule_id == RULE for answer in after.raised):
            # A rule that counts concerns counts that one. It looks at the concern, and not at the outcomes.
            same -= {rule.rule_id for rule in shipped().rules if shipped().looks_at_concerns(rule)}
        assert answers_of(after, same) == answers_of(before, same)


@given(case_files())
@settings(max_examples=part_of(40), deadline=None)
def test_forecasts_of_other_rules_are_the_same_with_outcomes_and_without(case_file: CaseFile) -> None:
    scope = ForecastScope(shipped(), others(shipped()))
    span = Span(TODAY - timedelta(days=200), TODAY)
    assert (
        PersonForecast(scope, case_file, span).spells == PersonForecast(scope, without_derived(case_file), span).spells
    )


def test_an_outcome_is_no_item_and_no_source_for_an_escalation() -> None:
    one = an_item("one")
    derived = [an_outcome(name, date(2026, 7, day)) for day, name in enumerate(("a", "b"), 1)]
    assert held_back(Lane.ESCALATION, (one, *derived)) is HeldBack.ONE_ITEM
    two = an_item("two")
    assert held_back(Lane.ESCALATION, (one, two, *derived)) is HeldBack.ONE_SOURCE_TYPE
    assert held_back(Lane.ESCALATION, (one, replace(two, source=Source.SHERIFF), *derived)) is None


@pytest.mark.parametrize("details", [{"supports_standing": "team_could_not"}, {"action_purpose": "maintain"}])
def test_only_an_improvement_action_with_its_supports_counts(details: dict[str, str]) -> None:
    concerns = [
        an_item("one", date(2027, 1, 4), source=Source.PARENT_OR_CARER),
        an_item("two", date(2027, 9, 1)),
    ]
    pair = [an_outcome("a", date(2026, 12, 1)), an_outcome("b", date(2027, 6, 1))]
    person = replace(PERSON, term_ends_on=date(2028, 12, 31))

    def asked(*evidence: EvidenceFact) -> str:
        found = evaluate(shipped(), a_case_file(*evidence, person=person), THEN, LATER)
        return answered(found, RULE, "S2.1").answer

    assert asked(*concerns, *pair) == "raised"
    assert asked(*concerns, pair[0], an_outcome("b", date(2027, 6, 1), **details)) == "clear"
    again = replace(pair[0], evidence_id="c", judged_id=pair[0].judged_id)
    assert asked(*concerns, pair[0], again) == "clear", "an action counts once, however many items say it"


def test_an_action_about_a_whole_standard_raises_no_question_about_an_indicator() -> None:
    whole = replace(an_outcome("a", date(2027, 6, 1)), mappings=(StandardMapping("S2", "", Polarity.CONCERN),))
    found = evaluate(shipped(), a_case_file(whole, person=replace(PERSON, term_ends_on=THEN)), THEN, LATER)
    assert [answer for answer in found.answers if answer.rule_id == RULE] == []


def test_only_a_rule_that_names_the_kind_is_asked_where_outcomes_alone_are_mapped() -> None:
    evidence = Evidence((an_outcome("a", date(2026, 6, 1)),), TODAY, shipped())
    assert evidence.spoken_to(frozenset()) == set()
    assert evidence.spoken_to(DERIVED) == {("S2", "S2.1")}


def test_no_kpi_counts_an_outcome() -> None:
    words = {word for of_population in WORDS.values() for word in of_population}
    assert "action_outcome_items" not in words
    assert not any("action_outcome" in form for of in WORDS.values() for form in of.values() if isinstance(form, tuple))


def test_the_release_before_reads_an_observation_of_which_nothing_counts() -> None:
    """It must be able to evaluate everybody after going back. What it does not know it does not use."""
    outcome = an_outcome("a", date(2026, 6, 1))
    body = item_body(outcome)
    assert read_item(body) == outcome
    before = body.replace('"derived":', '"unknown_there":')
    read = read_item(before)
    assert (read.kind, read.evidence_class, read.mappings, dict(read.details)) == (
        Kind.OBSERVATION, EvidenceClass.DEVELOPMENTAL, (), {},
    )  # fmt: skip
    assert read.not_understood == ()
