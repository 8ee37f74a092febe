"""What the Team owes over time: a forecast says what the live path says at every moment, also as known then (B2)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from services.rules.domain.closed_lists import Comparator
from services.rules.domain.facts import ConcernKey, TeamDuty
from services.rules.domain.forecasts.over_time import PersonForecast
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.forecasts.spells import Spell
from services.rules.domain.forecasts.trials import terms_of
from services.rules.domain.forecasts.whatif import Tuning, WhatIf, throughout
from services.rules.domain.rulebook.changes import changes
from services.rules.domain.rulebook.conditions import Comparison
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.builders import TODAY, a_case_file, a_duty, shipped, team_duties
from tests.rules.domain.evaluation.test_holding_for_days import with_a_line_that_changes
from tests.rules.domain.forecasts.test_over_time import asked_at_every_moment
from tests.sizes import part_of

SPAN = Span(TODAY - timedelta(days=60), TODAY)
RULE = ConcernKey("team-support-late")


def in_force() -> Rulebook:
    """Return the shipped rulebook with the rules about the Team in force for long."""
    return throughout(shipped())


def waiting() -> Rulebook:
    """Return one in which the rule about supports waits for as many days as rules about missing evidence."""
    rules = [replace(r, holds_for="gap_holds_days") if r.rule_id == RULE.rule_id else r for r in in_force().rules]
    return replace(in_force(), rules=tuple(rules))


def slow_to_clear() -> Rulebook:
    """Return one that raises at two duties from a day on, and clears below one."""
    changing = with_a_line_that_changes(in_force(), "one_duty", TODAY - timedelta(days=20), 2)
    parameter = in_force().parameters["one_duty"]
    clears = Comparison("supports_late", Comparator.BELOW, "none_left")
    rules = [replace(rule, clears_when=clears) if rule.rule_id == RULE.rule_id else rule for rule in changing.rules]
    named = {**changing.parameters, "none_left": replace(parameter, name="none_left")}
    return replace(changing, parameters=named, rules=tuple(rules))


def alone(rulebook: Rulebook) -> Rulebook:
    """Return the rules about the Team alone: the others have their own test, and an evaluation of all takes long."""
    names = {"team-support-late", "team-record-late", "plan-not-final", "report-sample-late", "reappointment-too-late"}
    return replace(rulebook, rules=tuple(rule for rule in rulebook.rules if rule.rule_id in names))


BOOKS = {"at once": alone(in_force()), "after days": alone(waiting()), "with two lines": alone(slow_to_clear())}


@pytest.mark.parametrize("rulebook", BOOKS.values(), ids=BOOKS.keys())
@given(duties=team_duties())
@settings(max_examples=part_of(50), deadline=None)
def test_asking_at_the_moments_that_matter_is_asking_at_every_moment(
    rulebook: Rulebook, duties: tuple[TeamDuty, ...]
) -> None:
    owed = a_case_file(duties=duties)
    assert dict(PersonForecast(ForecastScope(rulebook), owed, SPAN).spells) == asked_at_every_moment(
        rulebook, owed, SPAN
    )


def test_a_concern_lasts_from_the_day_after_the_promised_day_to_the_day_of_giving() -> None:
    due = TODAY - timedelta(days=30)
    given_at = a_duty().recorded_at.replace(year=TODAY.year, month=TODAY.month, day=1)
    duties = (a_duty(due_on=due), a_duty(due_on=due, version=2, is_open=False, recorded_at=given_at))
    found = PersonForecast(ForecastScope(in_force()), a_case_file(duties=duties), SPAN).spells
    assert found[RULE] == (Spell(due + timedelta(days=1), date(TODAY.year, TODAY.month, 1)),)


def test_nobody_whose_team_owes_nothing_late_is_near_a_line() -> None:
    scope = ForecastScope(in_force(), {RULE.rule_id})
    for duties in ((), (a_duty(due_on=TODAY),), (a_duty(due_on=TODAY - timedelta(days=9)),)):
        assert list(PersonForecast(scope, a_case_file(duties=duties), SPAN).near()) == []


def test_a_what_if_counts_the_people_whose_team_is_late() -> None:
    without = replace(shipped(), rules=tuple(r for r in shipped().rules if r.rule_id != RULE.rule_id))
    case_file = a_case_file(duties=(a_duty(due_on=TODAY - timedelta(days=9)),))
    outcome = WhatIf(without, shipped(), SPAN).person(case_file)
    assert [(change.key, change.difference) for change in outcome.changed] == [(RULE, "newly_raised")]
    assert outcome.told_after == (), "it is told to the Team, and loads no support manager"
    tuning = Tuning(shipped(), "one_duty", (1, 2), SPAN)
    tuning.add(case_file)
    assert tuning.people == [1, 0]


def test_a_rule_on_trial_that_reads_no_duty_goes_on_with_the_figures_of_releases_that_knew_none() -> None:
    measured = shipped().rule("report-late")
    assert terms_of(shipped(), measured) == "eb298dd0c576079892a4dc87d4f6efe0816454e52ae4892d3a9762f0f46822a0"
    team = shipped().rule(RULE.rule_id)
    fewer = replace(shipped().measures["supports_late"], duties=frozenset())
    without = replace(shipped(), measures={**shipped().measures, "supports_late": fewer})
    assert terms_of(shipped(), team) != terms_of(without, team)


def test_another_kind_of_duty_is_a_change_in_words() -> None:
    measure = shipped().measures["records_late"]
    fewer = replace(measure, duties=frozenset(sorted(measure.duties)[:1]))
    after = replace(shipped(), measures={**shipped().measures, "records_late": fewer})
    (change,) = changes(shipped(), after)
    assert (change.words, change.read_by) == (
        ("duties: respond_to_dispute, share_record → respond_to_dispute",), ("team-record-late",),
    )  # fmt: skip
