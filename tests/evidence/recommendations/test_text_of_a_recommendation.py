"""The text of a recommendation, of which one part is mended after another."""

from dataclasses import replace
from datetime import timedelta

from services.evidence.domain.recommendations import life
from services.evidence.domain.recommendations.recommendation import Kind, MoreTime, Outcome
from tests.evidence.plans.build import TEAM, TODAY, refused
from tests.evidence.recommendations.build import MEMBER, a_condition, a_text, drafted, grounds


def test_a_day_that_stood_before_is_asked_about_at_the_check_and_not_while_another_part_is_mended() -> None:
    """Two conditions whose days have passed could otherwise only be changed both at once."""
    old, older = (a_condition(due_on=TODAY - timedelta(days=days)) for days in (1, 2))
    before = a_text(outcome=Outcome.WITH_CONDITIONS, conditions=(old, older))
    mended = replace(before, conditions=(a_condition(), older))
    life.check_text(Kind.REAPPOINTMENT, mended, MEMBER, TODAY, before)
    again = replace(before, conditions=(old, a_condition(due_on=TODAY - timedelta(days=3))))
    assert refused(lambda: life.check_text(Kind.REAPPOINTMENT, again, MEMBER, TODAY, before)) == "DATE_IN_PAST"
    assert refused(lambda: life.check(drafted(text=mended), grounds(), TEAM)) == "DATE_IN_PAST"
    time = MoreTime(TODAY - timedelta(days=1), "Two reports.", "From the reporter.")
    late = a_text(outcome=Outcome.MORE_TIME, more_time=time)
    other = replace(late, more_time=replace(time, what="Three reports."))
    life.check_text(Kind.REAPPOINTMENT, other, MEMBER, TODAY, late)
