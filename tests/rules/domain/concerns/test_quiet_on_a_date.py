"""Each kind of date in a rulebook is a change of rules on its day: what it alone causes is quiet (D15.16).

Dates that belong to a person or an item are no change of rules: the end of a window, a term or a time to reply.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Source
from services.rules.domain.concerns.quiet import WithoutChangeOfRules, rules_before
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate
from services.rules.domain.evidence.timeline import start_of
from services.rules.domain.facts import CaseFile, PersonFact
from services.rules.domain.rulebook.dated import RulesThen, as_it_stood, dated_changes
from services.rules.domain.rulebook.model import ParameterValue, Rulebook
from services.rules.domain.rulebook.practice_notes import NoteStage, PracticeNote
from tests.rules.builders import PERSON, TODAY, a_case_file, a_late_report, an_item, case_files, shipped
from tests.rules.domain.evidence.editions import two_editions
from tests.sizes import part_of

DAY = TODAY
ONE_DAY = timedelta(days=1)


def with_number(name: str, value: int, on: date = DAY) -> Rulebook:
    """Return the shipped rulebook with another value of a number from a day on."""
    parameter = shipped().parameters[name]
    later = ParameterValue(on, value, "invented", "ours", "invented")
    return replace(
        shipped(), parameters={**shipped().parameters, name: replace(parameter, values=(*parameter.values, later))}
    )


def with_rule(rule_id: str, **changes: object) -> Rulebook:
    """Return the shipped rulebook with one rule changed."""
    rules = (replace(rule, **changes) if rule.rule_id == rule_id else rule for rule in shipped().rules)  # type: ignore[arg-type]
    return replace(shipped(), rules=tuple(rules))


def with_note(*stages: tuple[NoteStage, date]) -> Rulebook:
    """Return the shipped rulebook with a Practice Note about relationships."""
    return replace(shipped(), notes=(PracticeNote("enquiries", "", "", ("S2",), "", "", "", stages),))


def with_second_edition() -> Rulebook:
    """Return the shipped rulebook with another edition of the standards from the day on."""
    first, second = two_editions().editions
    return replace(two_editions(), editions=(first, replace(second, effective_from=DAY)))


def on_day(rulebook: Rulebook, file: CaseFile, on: date) -> Evaluation:
    return evaluate(rulebook, file, on, start_of(on).known_at)


def new_on(
    rulebook: Rulebook, file: CaseFile, on: date, last_on: date | None = None, news: frozenset[str] = frozenset()
) -> dict[tuple[str, str], bool]:
    """Return what is raised on a day and was not on the day of the last evaluation, and whether each is quiet."""
    last = RulesThen(rulebook.content_hash, last_on or on - ONE_DAY)
    today, before = on_day(rulebook, file, on), on_day(rulebook, file, last.on)
    there = {(answer.rule_id, answer.subject) for answer in before.raised}
    found = {}
    for answer in today.raised:
        rule = rulebook.rule(answer.rule_id)
        then = rules_before(rulebook, rule, last, on, lambda _: rulebook.content_hash)
        by_rules_then = on_day(as_it_stood(rulebook, then.on), file, on)
        without_news = evaluate(rulebook, file, on, start_of(on).known_at, without=news)
        compared = WithoutChangeOfRules({rule.rule_id: by_rules_then}, without_news)
        if (answer.rule_id, answer.subject) not in there:
            found[answer.rule_id, answer.subject] = compared.caused_by_rules_only(answer, lambda _: True)
    return found


@dataclass(frozen=True)
class Case:
    """A date, the evidence that was there before it, and the rule that it makes answer."""

    rulebook: Callable[[], Rulebook]
    file: CaseFile
    rule: str
    subject: str = ""
    waits: int = 0


LATE = [a_late_report(f"late-{n}", date(2026, 6, n + 1)) for n in range(2)]
TWO_SOURCES = [an_item("one"), an_item("two", date(2026, 7, 1), source=Source.SHERIFF)]
NEW_HERE = PersonFact("demo-safeguarder", DAY - timedelta(days=210), DAY - timedelta(days=210), date(2029, 1, 1))
OF_RULES = {
    "a number": Case(lambda: with_number("late_reports_line", 1), a_case_file(LATE[0]), "report-late"),
    "a window": Case(
        lambda: with_number("window_months", 24),
        a_case_file(LATE[0], a_late_report("old", date(2025, 6, 1))),
        "report-late",
    ),
    "the first day of a rule": Case(
        lambda: with_rule("report-late", in_force_from=DAY), a_case_file(*LATE), "report-late"
    ),
    "a note that takes effect": Case(
        lambda: with_note((NoteStage.ACCEPTED, date(2026, 5, 1)), (NoteStage.EFFECTIVE, DAY)),
        a_case_file(*TWO_SOURCES),
        "same-theme-two-sources",
        "S2.1",
    ),
    "a note that is withdrawn": Case(
        lambda: with_note((NoteStage.ACCEPTED, date(2026, 5, 1)), (NoteStage.WITHDRAWN, DAY)),
        a_case_file(*TWO_SOURCES),
        "same-theme-two-sources",
        "S2.1",
    ),
    "an edition": Case(with_second_edition, a_case_file(), "coverage-standard", "P3", waits=13),
    "a number of a rule that waits": Case(
        lambda: with_number("coverage_grace_days", 200), a_case_file(person=NEW_HERE), "coverage-source", waits=13
    ),
    "the first day of a rule that waits": Case(
        lambda: with_rule("coverage-source", in_force_from=DAY), a_case_file(), "coverage-source", waits=13
    ),
    "a shorter wait": Case(
        lambda: with_number("gap_holds_days", 2),
        a_case_file(person=replace(NEW_HERE, appointed_on=DAY - timedelta(days=243))),
        "coverage-source",
    ),
}


@pytest.mark.parametrize("case", OF_RULES.values(), ids=OF_RULES)
def test_what_only_a_date_of_the_rulebook_causes_is_quiet(case: Case) -> None:
    """P10."""
    rulebook, on = case.rulebook(), DAY + timedelta(days=case.waits)
    found = new_on(rulebook, case.file, on)
    assert found[case.rule, case.subject] is True


@pytest.mark.parametrize("case", OF_RULES.values(), ids=OF_RULES)
def test_each_such_date_is_known_before_it_comes(case: Case) -> None:
    """P10: the plan of the rulebook names the day and what changes on it."""
    found = dated_changes(case.rulebook(), DAY - timedelta(days=30), DAY + timedelta(days=30))
    assert [change.on for change in found] == [DAY]
    assert found[0].changes


def test_a_rule_that_ends_is_not_asked_from_the_next_day() -> None:
    """P10: its last day is still one of its days."""
    rulebook = with_rule("report-late", in_force_until=DAY)
    answers = [
        {answer.rule_id for answer in on_day(rulebook, a_case_file(*LATE), on).raised} for on in (DAY, DAY + ONE_DAY)
    ]
    assert ["report-late" in found for found in answers] == [True, False]
    (change,) = dated_changes(rulebook, DAY, DAY + timedelta(days=30))
    assert (change.on, [one.name for one in change.changes]) == (DAY + ONE_DAY, ["report-late"])


NEWLY_KNOWN = replace(LATE[1], received_on=DAY)
OF_PEOPLE = {
    "an item that comes": (a_case_file(LATE[0], NEWLY_KNOWN), "report-late", frozenset({"late-1"})),
    "a time to reply that is over": (
        a_case_file(LATE[0], replace(LATE[1], countable_from=DAY)),
        "report-late",
        frozenset(),
    ),
    "the end of a term": (
        a_case_file(*LATE, person=replace(PERSON, term_ends_on=DAY + timedelta(days=365))),
        "reappointment-open-items",
        frozenset(),
    ),
    "days since an appointment": (
        a_case_file(person=replace(NEW_HERE, appointed_on=DAY - timedelta(days=253))),
        "coverage-source",
        frozenset(),
    ),
}


@pytest.mark.parametrize(("file", "rule", "news"), OF_PEOPLE.values(), ids=OF_PEOPLE)
def test_a_date_of_a_person_or_an_item_is_told_as_ever(file: CaseFile, rule: str, news: frozenset[str]) -> None:
    """P10: also where the rulebook changes on the same day, if that change was not needed."""
    for rulebook in (shipped(), with_number("samples_to_judge", 4)):
        assert new_on(rulebook, file, DAY, news=news)[rule, ""] is False


@settings(max_examples=part_of(150), deadline=None)
@given(
    file=case_files(),
    name=st.sampled_from(["late_reports_line", "window_months", "coverage_grace_days", "gap_holds_days"]),
    value=st.integers(1, 30),
    before=st.integers(0, 40),
    gap=st.integers(1, 10),
)
def test_quiet_is_what_the_rules_before_would_not_have_raised(
    file: CaseFile, name: str, value: int, before: int, gap: int
) -> None:
    """P10: over any evidence, any number, any day of change and any day of the last evaluation."""
    changed_on = DAY - timedelta(days=before)
    rulebook = with_number(name, value, changed_on)
    found = new_on(rulebook, file, DAY, last_on=DAY - timedelta(days=gap))
    by_old = {(answer.rule_id, answer.subject) for answer in on_day(shipped(), file, DAY).raised}
    for key, quiet in found.items():
        if quiet:
            assert key not in by_old
        elif before < gap:  # the last evaluation was by the old number
            assert key in by_old
