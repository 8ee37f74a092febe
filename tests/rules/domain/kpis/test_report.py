"""Properties of every KPI on any facts (D15.8, D15.10), and the figures that officials are not shown."""

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.closed_lists import ItemStatus, State
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.kpis.facts import EscalationFact, KpiFacts
from services.rules.domain.kpis.known import Known
from services.rules.domain.kpis.report import Count, Figure, Hidden, Report, Verdict, hidden, ledger, verdict
from tests.rules.builders import an_item, shipped
from tests.rules.kpi_builders import a_duty, a_record, a_term, at, figure_of, kpi_facts, reported, year

LABELS = st.sampled_from(("2026-27", "2026-Q1", "2026-Q3", "rolling"))


@given(kpi_facts(), LABELS)
def test_numerator_shortfall_and_exclusions_are_the_register(facts: KpiFacts, label: str) -> None:
    for figure in reported(facts, label).figures:
        assert figure.numerator.units + figure.shortfall.units == figure.denominator.units
        assert figure.denominator.units + sum(count.units for count in figure.left_out) == figure.register.units
        assert all(count.units <= figure.denominator.units for count in figure.beside)


@given(kpi_facts(), st.dates(date(2026, 4, 1), date(2027, 3, 31)))
def test_every_unit_stands_in_the_ledger_once_with_a_reason(facts: KpiFacts, as_of: date) -> None:
    for kpi in shipped().kpis:
        entries = ledger(kpi, shipped(), Known(facts, as_of), year(as_of))
        assert len({entry.unit.unit_id for entry in entries}) == len(entries)
        assert all(entry.judgement.reason for entry in entries)


@given(kpi_facts(), kpi_facts(), st.dates(date(2026, 4, 1), date(2027, 5, 1)).map(at))
def test_what_is_recorded_later_changes_no_answer_as_known_before(
    early: KpiFacts, late: KpiFacts, known: datetime
) -> None:
    before = early.known_at(known)
    after = KpiFacts(
        terms=before.terms + tuple(f for f in late.terms if f.recorded_at > known),
        ends=before.ends + tuple(f for f in late.ends if f.recorded_at > known),
        duties=before.duties,
        steps=before.steps + tuple(f for f in late.steps if f.recorded_at > known),
        items=before.items + tuple((p, replace(f, version=9)) for p, f in late.items if f.recorded_at > known),
        no_reports=before.no_reports + tuple(f for f in late.no_reports if f.recorded_at > known),
        samples=before.samples + tuple(f for f in late.samples if f.recorded_at > known),
        record=before.record + tuple(f for f in late.record if f.recorded_at > known),
        concerns=before.concerns + tuple(replace(f, concern_id="late") for f in late.concerns if f.raised_at > known),
    )
    assert reported(before, known=known) == reported(after, known=known)


@given(kpi_facts())
def test_the_order_in_which_duties_and_items_are_kept_changes_nothing(facts: KpiFacts) -> None:
    shuffled = replace(facts, duties=tuple(reversed(facts.duties)), items=tuple(reversed(facts.items)))
    assert reported(facts) == reported(shuffled)


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(1, 100))
def test_a_target_is_met_on_the_line_itself_and_never_below_it(numerator: int, denominator: int, percent: int) -> None:
    met = verdict(numerator, denominator, percent) is Verdict.MET
    assert met is (Fraction(numerator, denominator) >= Fraction(percent, 100))


@pytest.mark.parametrize(
    ("numerator", "denominator", "found", "shown"),
    [(19, 20, Verdict.MET, 950), (18_999, 20_000, Verdict.NOT_MET, 949), (0, 0, Verdict.NOTHING_DUE, None)],
)
def test_95_per_cent_is_19_of_20_and_nothing_less_is_shown_as_95(
    numerator: int, denominator: int, found: Verdict, shown: int | None
) -> None:
    figure = a_figure(numerator=numerator, denominator=denominator)
    assert verdict(numerator, denominator, 95) is found
    assert figure.tenths_of_percent == shown


def test_a_version_recorded_late_and_one_taken_back_count_only_from_then_on() -> None:
    review = an_item("one", date(2026, 5, 4), speaks="S4.3")
    back = replace(review, version=2, status=ItemStatus.WITHDRAWN, recorded_at=at("2026-08-01"))
    facts = KpiFacts((a_term(),), items=(("sg-one", review), ("sg-one", back)))

    def received(known: datetime) -> int:
        return figure_of(reported(facts, "rolling", date(2026, 9, 1), known), "praise-share").register.units

    assert [received(at(day)) for day in ("2026-05-03", "2026-06-01", "2026-08-02")] == [0, 1, 0]


def test_attendance_recorded_late_shows_in_the_report_as_known_then_and_not_before() -> None:
    record = a_record("one", "2026-12-01", recorded="2027-02-01")
    facts = KpiFacts((a_term(),), duties=(a_duty("one"),), steps=(record,))
    on = date(2026, 12, 31)
    counted = [
        figure_of(reported(facts, "2026-27", on, at(known)), "kpi-7-attended").numerator.units
        for known in ("2027-01-31", "2027-02-02")
    ]
    assert counted == [0, 1]


@given(kpi_facts())
def test_the_same_facts_give_the_same_report_and_hash(facts: KpiFacts) -> None:
    first, second = reported(facts), reported(facts)
    assert (first.content, first.sha256) == (second.content, second.sha256)


def a_figure(numerator: int = 90, denominator: int = 100, people: int = 100, **parts: tuple[Count, ...]) -> Figure:
    empty: Report = reported(KpiFacts())
    return replace(
        figure_of(empty, "kpi-7-attended"),
        numerator=Count("", numerator, numerator),
        denominator=Count("", denominator, people),
        left_out=parts.get("left_out", ()),
        beside=parts.get("beside", ()),
    )


def test_a_figure_about_fewer_than_five_people_is_withheld_with_what_would_give_it_away() -> None:
    assert hidden(a_figure(people=5)) == frozenset()
    assert hidden(a_figure(people=4)) == {Hidden.FIGURE, Hidden.REGISTER, Hidden.BESIDE, Hidden.OTHER_READING}
    assert hidden(a_figure(denominator=0, people=0)) == frozenset()


def test_one_small_part_withholds_its_whole_list_and_the_register_that_would_give_it_away() -> None:
    small, large, none = Count("small", 4, 4), Count("large", 9, 9), Count("none", 0, 0)
    assert hidden(a_figure(left_out=(large, none))) == frozenset()
    assert hidden(a_figure(left_out=(large, small))) == {Hidden.LEFT_OUT, Hidden.REGISTER, Hidden.OTHER_READING}
    assert hidden(a_figure(beside=(large, small))) == {Hidden.BESIDE}
    many_units_of_few = Count("few people", 12, 4)
    assert hidden(a_figure(beside=(many_units_of_few,))) == {Hidden.BESIDE}


def test_before_its_numbers_are_in_force_a_kpi_gives_no_figure() -> None:
    day = date(2025, 12, 31)
    assert reported(KpiFacts(), "2025-26", day).figures == ()


def an_escalation(*before: tuple[Move, str], concern: str = "c1") -> EscalationFact:
    moves = tuple(Made(move, "manager", at("2026-08-01"), State.RAISED, State.RAISED, word) for move, word in before)
    return EscalationFact(concern, "sg-one", at("2026-09-01"), moves)


SUPPORTED = ((Move.START_SUPPORT, "module"), (Move.REVIEW_ACTIONS, "not_met complete"))


@pytest.mark.parametrize(
    ("before", "counted"),
    [
        (SUPPORTED, 1),
        ((), 0),
        (SUPPORTED[:1], 0),
        ((*SUPPORTED, (Move.REVIEW_ACTIONS, "not_met team_could_not")), 0),
        ((SUPPORTED[0], (Move.REVIEW_ACTIONS, "partly still_running"), (Move.REVIEW_ACTIONS, "partly declined")), 1),
        # Opened again, support comes first again: what came before is history.
        ((*SUPPORTED, (Move.ESCALATE, ""), (Move.CLOSE, "decided"), (Move.REOPEN, "")), 0),
        ((*SUPPORTED, (Move.CLOSE, "decided"), (Move.REOPEN, ""), *SUPPORTED), 1),
    ],
)
def test_an_escalation_counts_when_support_was_offered_and_complete_or_declined(
    before: tuple[tuple[Move, str], ...], counted: int
) -> None:
    facts = KpiFacts((a_term(),), escalations=(an_escalation(*before),))
    figure = figure_of(reported(facts, "rolling"), "support-before-escalation")
    assert (figure.register.units, figure.numerator.units) == (1, counted)


def test_a_concern_escalated_twice_is_two_units_and_what_is_still_to_come_is_none() -> None:
    twice = (an_escalation(*SUPPORTED), an_escalation(*SUPPORTED, (Move.ESCALATE, ""), (Move.REOPEN, "")))
    facts = KpiFacts((a_term(),), escalations=twice)
    figure = figure_of(reported(facts, "rolling"), "support-before-escalation")
    assert (figure.register.units, figure.numerator.units) == (2, 1)
    before = figure_of(reported(facts, "rolling", known=at("2026-08-31")), "support-before-escalation")
    assert before.register.units == 0
