"""Key performance indicators five, six and seven, as the Framework words them, unit by unit (requirements D14)."""

from dataclasses import replace
from datetime import date

import pytest

from services.refusals import Refusal
from services.rules.domain.closed_lists import Kind
from services.rules.domain.kpis.facts import EndFact, KpiFacts, NoReportFact, Step, StepFact
from services.rules.domain.kpis.known import Known
from services.rules.domain.kpis.periods import finished_quarter, period_of
from services.rules.domain.kpis.report import Hidden, Verdict, hidden, ledger
from services.rules.domain.rulebook.kpi import Kpi, PeriodKind, Result
from services.rules.domain.workbench.examples import run_kpi_example
from services.rules.domain.workbench.kpi_mutants import cover_kpi, kpi_mutants_of, mutate_kpi
from tests.rules.builders import an_item, shipped
from tests.rules.kpi_builders import (
    OVER,
    TRAINING,
    YEAR_END,
    a_duty,
    a_record,
    a_step,
    a_term,
    at,
    figure_of,
    kpi_named,
    reported,
    year,
)

REVIEW = {"kind": Kind.REPORT_SAMPLE_REVIEW, "polarity": "neutral"}


def results(kpi_id: str, facts: KpiFacts, as_of: date = YEAR_END) -> dict[str, tuple[Result, str, tuple[str, ...]]]:
    entries = ledger(kpi_named(kpi_id), shipped(), Known(facts, as_of), year(as_of))
    return {
        entry.unit.unit_id: (entry.judgement.result, entry.judgement.reason, entry.judgement.beside)
        for entry in entries
    }


def seen(person: str, *days: str) -> tuple[tuple[str, object], ...]:
    return tuple((person, an_item(f"{person}-{day}", date.fromisoformat(day), **REVIEW)) for day in days)


@pytest.mark.parametrize("kpi", shipped().kpis, ids=lambda kpi: kpi.kpi_id)
def test_every_small_change_of_a_shipped_kpi_is_noticed_by_its_examples(kpi: Kpi) -> None:
    assert all(run_kpi_example(shipped(), kpi, example).holds for example in kpi.examples)
    mutation = mutate_kpi(shipped(), kpi)
    assert [mutant.changed for mutant in (*mutation.unnoticed, *mutation.alike)] == []
    assert mutation.noticed > 4
    assert cover_kpi(kpi).gaps == ()


def test_every_kind_of_change_is_made_of_a_kpi() -> None:
    assert {mutant.changed for mutant in kpi_mutants_of(shipped(), kpi_named("coverage"))} > {
        "days_served is below coverage_grace_days: the line one step up",
        "days_served is below coverage_grace_days: the line one step down",
        'days_served is below coverage_grace_days: "is at most"',
        "scra_timeliness_items is at least one_item: dropped",
        "left out, Not serving long enough to ask for it: dropped",
    }
    assert {mutant.changed for mutant in kpi_mutants_of(shipped(), kpi_named("kpi-7-attended"))} > {
        "attendance is attended or part: any other word",
        "attendance is attended or part: without part",
        "left out, The Team did not deliver it: dropped",
    }


def test_a_line_that_no_example_of_a_kpi_guards_is_named() -> None:
    kpi = kpi_named("concern-share")
    loose = replace(kpi, examples=tuple(e for e in kpi.examples if e.words["days_served"] != 240))
    assert [mutant.changed for mutant in mutate_kpi(shipped(), loose).unnoticed] == [
        "days_served is below coverage_grace_days: the line one step up",
        'days_served is below coverage_grace_days: "is at most"',
    ]
    one_sided = replace(kpi, examples=kpi.examples[:2])
    assert [gap.missing for gap in cover_kpi(one_sided).gaps] == ["no example is left out"]


def test_kpi_7_offered_delivered_and_attended_are_three_counts() -> None:
    facts = KpiFacts(
        (a_term(),),
        duties=tuple(a_duty(name) for name in ("held", "missed", "never", "cancelled")),
        steps=(
            *(a_step(name, Step.OFFERED, "2026-05-01") for name in ("held", "missed", "cancelled")),
            a_record("held"),
            a_record("missed", attendance="absent_unexcused"),
            a_step("cancelled", Step.CANCELLED, "2026-06-01", by="team"),
        ),
    )
    delivered = figure_of(reported(facts), "kpi-7-delivered")
    attended = figure_of(reported(facts), "kpi-7-attended")
    beside = {count.title: count.units for count in delivered.beside}
    assert (delivered.numerator.units, delivered.denominator.units) == (2, 4)
    assert (attended.numerator.units, attended.denominator.units) == (1, 2)
    assert attended.other_reading is not None
    assert (attended.other_reading.numerator.units, attended.other_reading.denominator.units) == (1, 4)
    assert (beside["Offered"], beside["Never offered"], beside["A date cancelled by the Team"]) == (3, 1, 1)


def of_450(delivered: int, attended: int) -> KpiFacts:
    """Return 450 sessions owed, of which so many were delivered and so many attended."""
    duties = tuple(a_duty(f"d{number}") for number in range(450))
    words = ("attended" if number < attended else "absent_unexcused" for number in range(delivered))
    return KpiFacts(
        (a_term(),), duties=duties, steps=tuple(a_record(f"d{n}", attendance=w) for n, w in enumerate(words))
    )


@pytest.mark.parametrize(
    ("delivered", "attended", "tenths", "verdict", "of_owed"),
    [
        (428, 407, 950, Verdict.MET, 904),
        (428, 406, 948, Verdict.NOT_MET, 902),
        (450, 428, 951, Verdict.MET, 951),
        (450, 427, 948, Verdict.NOT_MET, 948),
        (100, 95, 950, Verdict.MET, 211),
        (100, 94, 940, Verdict.NOT_MET, 208),
        (1, 1, 1000, Verdict.MET, 2),
        (0, 0, None, Verdict.NOTHING_DUE, 0),
    ],
)
def test_kpi_7_attended_is_of_those_delivered_and_of_those_owed_stands_beside_it(
    delivered: int, attended: int, tenths: int | None, verdict: Verdict, of_owed: int
) -> None:
    """P27: what the Team did not deliver is not laid on Safeguarders, and stays in sight."""
    figure = figure_of(reported(of_450(delivered, attended)), "kpi-7-attended")
    assert (figure.numerator.units, figure.denominator.units) == (attended, delivered)
    assert (figure.tenths_of_percent, figure.verdict) == (tenths, verdict)
    other = figure.other_reading
    assert other is not None
    assert (other.title, other.numerator.units, other.denominator.units) == ("Of those owed", attended, 450)
    assert other.tenths_of_percent == of_owed
    left_out = {count.title: count.units for count in figure.left_out}
    assert left_out["The Team did not deliver it"] == 450 - delivered
    assert "our reading" in figure.title
    assert "Our reading" in figure.note


def test_the_other_reading_is_withheld_with_what_it_would_give_away() -> None:
    """P27: the two denominators differ by what is left out, so a small part of that is not shown by subtraction."""
    facts = KpiFacts(
        tuple(a_term(f"sg-{number}") for number in range(20)),
        duties=tuple(a_duty(f"d{number}", f"sg-{number}") for number in range(20)),
        steps=tuple(a_record(f"d{number}", person=f"sg-{number}") for number in range(18)),
    )
    figure = figure_of(reported(facts), "kpi-7-attended")
    assert Hidden.OTHER_READING in hidden(figure)


def test_a_session_held_after_one_that_was_missed_counts_as_attended() -> None:
    steps = (a_record("one", "2026-06-01", "absent_unexcused", session="a"), a_record("one", "2026-08-03", session="b"))
    assert results("kpi-7-attended", KpiFacts((a_term(),), duties=(a_duty("one"),), steps=steps))["one"][0] == "counted"


def test_a_record_that_is_corrected_counts_as_corrected() -> None:
    steps = (a_record("one"), a_record("one", attendance="absent_excused", recorded="2026-09-08"))
    found = results("kpi-7-attended", KpiFacts((a_term(),), duties=(a_duty("one"),), steps=steps))
    assert found["one"] == (
        Result.SHORT,
        "Not so: the Safeguarder was present. Attendance: absent excused.",
        ("Absent with a reason accepted",),
    )


def test_the_share_held_face_to_face_is_of_sessions_with_both_sides_there_as_last_corrected() -> None:
    def result(*records: StepFact) -> tuple[Result, tuple[str, ...]]:
        facts = KpiFacts((a_term(),), duties=(a_duty("one"),), steps=records)
        return results("face-to-face", facts)["one"][::2]

    online = a_record("one", mode="online")
    assert result(a_record("one", mode="face_to_face")) == (Result.COUNTED, ())
    assert result(online) == (Result.SHORT, ("Online",))
    assert result(online, a_record("one", recorded="2026-09-08", mode="face_to_face")) == (Result.COUNTED, ())
    assert result(a_record("one", attendance="absent_excused", mode="online"))[0] is Result.LEFT_OUT
    assert result(a_record("one", delivered=False))[0] is Result.LEFT_OUT
    assert result(a_record("one"))[0] is Result.LEFT_OUT, "a release before did not say how"
    assert result()[0] is Result.LEFT_OUT


def test_what_falls_due_after_membership_ended_is_left_out_with_its_reason() -> None:
    facts = KpiFacts((a_term(),), (EndFact("sg-one", date(2026, 11, 30), at("2026-11-01")),), (a_duty("one"),))
    assert results("kpi-7-delivered", facts)["one"][:2] == (Result.LEFT_OUT, "Not serving when it fell due")


def test_a_session_belongs_to_the_year_in_which_it_falls_due() -> None:
    duties = (a_duty("before", due="2026-03-31"), a_duty("first", due="2026-04-01"), a_duty("last", due="2027-03-31"))
    facts = KpiFacts((a_term(),), duties=(*duties, a_duty("after", due="2027-04-01")))
    assert set(results("kpi-7-delivered", facts)) == {"first", "last"}


def test_until_it_is_due_a_session_without_a_record_is_neither_good_nor_bad() -> None:
    facts = KpiFacts((a_term(),), duties=(a_duty("one"),))
    assert results("kpi-7-delivered", facts, date(2026, 12, 30))["one"][0] == "left_out"
    assert results("kpi-7-delivered", facts, date(2026, 12, 31))["one"][0] == "short"


def test_kpi_5_counts_attendance_only_of_what_was_held_and_keeps_absences_apart() -> None:
    facts = KpiFacts(
        (a_term(),),
        duties=tuple(a_duty(name, kind=TRAINING) for name in ("there", "excused", "unexcused", "waiting", "not-held")),
        steps=(
            a_record("there"),
            a_record("excused", attendance="absent_excused"),
            a_record("unexcused", attendance="absent_unexcused"),
            a_record("waiting", attendance="awaiting_evidence"),
        ),
    )
    delivered = figure_of(reported(facts), "kpi-5-delivered")
    attended = figure_of(reported(facts), "kpi-5-attended")
    assert (delivered.numerator.units, delivered.denominator.units) == (4, 5)
    assert (attended.numerator.units, attended.denominator.units, attended.register.units) == (1, 4, 5)
    assert [count.units for count in attended.beside] == [1, 1, 1, 0, 0]


def test_kpi_5_delivered_comes_from_events_and_attendance_says_nothing_of_it() -> None:
    """P26: 46 of 46 by attendance alone was 100 per cent by construction."""

    def record(name: str, word: str = "attended") -> StepFact:
        return a_record(name, attendance=word, delivered=False, session=name)

    def held(name: str, on: str, number: int, delivered: bool = True) -> StepFact:
        step = a_step(name, Step.HELD, on, session=name, delivered=delivered, sequence=number)
        return replace(step, on=date.fromisoformat(on) if delivered else None)

    names = ("attended", "absent", "no-event", "held-only", "late", "taken-back", "nothing")
    facts = KpiFacts(
        (a_term(),),
        duties=tuple(a_duty(name, kind=TRAINING) for name in names),
        steps=(
            *(record("attended"), held("attended", "2026-09-01", 1)),
            *(record("absent", "absent_unexcused"), held("absent", "2026-09-01", 1)),
            record("no-event"),
            held("held-only", "2026-09-01", 1),
            held("late", "2027-01-04", 1),
            *(held("taken-back", "2026-09-01", 1), held("taken-back", "2026-09-08", 2, delivered=False)),
        ),
    )
    found = {name: (result, beside) for name, (result, _, beside) in results("kpi-5-delivered", facts).items()}
    assert found == {
        "attended": (Result.COUNTED, ()),
        "absent": (Result.COUNTED, ()),
        "no-event": (Result.SHORT, ("Attendance is recorded, and no event on that day",)),
        "held-only": (Result.COUNTED, ()),
        "late": (Result.COUNTED, ("Held after it was due",)),
        "taken-back": (Result.SHORT, ()),
        "nothing": (Result.SHORT, ()),
    }
    attended = figure_of(reported(facts), "kpi-5-attended")
    assert (attended.numerator.units, attended.denominator.units, attended.register.units) == (2, 5, 7)


def test_kpi_6_one_persons_third_report_does_not_hide_another_ones_missing_second() -> None:
    items = (*seen("sg-one", "2026-05-04", "2026-06-01", "2026-07-06"), *seen("sg-two", "2026-05-04"))
    facts = KpiFacts((a_term(), a_term("sg-two")), items=items)  # type: ignore[arg-type]
    people, reports = (figure_of(reported(facts), kpi) for kpi in ("kpi-6-seen", "kpi-6-reports"))
    assert (people.numerator.units, people.denominator.units, people.verdict) == (1, 2, Verdict.NOT_MET)
    assert (reports.numerator.units, reports.denominator.units) == (3, 4)


def test_kpi_6_counts_a_report_as_seen_before_the_safeguarder_has_replied_and_only_in_its_year() -> None:
    unanswered = replace(an_item("one", date(2026, 5, 4), **REVIEW), countable_from=None, shared_on=None)
    before = an_item("two", date(2026, 3, 31), **REVIEW)
    found = results("kpi-6-seen", KpiFacts((a_term(),), items=(("sg-one", unanswered), ("sg-one", before))))
    assert found["sg-one"][1].endswith("Report sample review items: 1, where 2 would do.")


@pytest.mark.parametrize(
    ("starts", "owed"),
    [("2026-04-01", 2), ("2026-04-02", 1), ("2026-09-30", 1), ("2026-10-01", 0)],
    ids=["all year", "one day less", "183 days", "182 days"],
)
def test_a_part_of_the_year_owes_its_part_rounded_down(starts: str, owed: int) -> None:
    facts = KpiFacts((a_term(starts=starts),))
    entries = ledger(kpi_named("kpi-6-seen"), shipped(), Known(facts, YEAR_END), year())
    assert [entry.unit.words["owed"] for entry in entries] == [owed]
    assert [entry.judgement.result for entry in entries] == [Result.SHORT if owed else Result.LEFT_OUT]


def test_who_had_no_report_to_sample_is_left_out_with_the_reason_until_it_is_taken_back() -> None:
    none = NoReportFact("sg-one", date(2026, 9, 1), 2, "no_appointment", at("2026-09-01"))
    taken_back = replace(none, reports=0, on=date(2027, 1, 4), recorded_at=at("2027-01-04"))
    last_year = replace(none, on=date(2026, 3, 31))

    def found(*facts: NoReportFact) -> str:
        return results("kpi-6-seen", KpiFacts((a_term(),), no_reports=facts))["sg-one"][1]

    assert found(none) == "No report to sample: no appointment"
    assert found(replace(none, reports=1)).startswith("Not so")
    assert found(none, taken_back).startswith("Not so")
    assert found(last_year).startswith("Not so")


def test_a_reappointment_goes_on_without_a_gap() -> None:
    terms = (a_term(ends="2026-08-31"), a_term(starts="2026-09-01", ends="2029-08-31", term=2))
    entries = ledger(kpi_named("kpi-6-seen"), shipped(), Known(KpiFacts(terms), YEAR_END), year())
    assert [(entry.unit.words["days_served"], entry.unit.words["pro_rated"]) for entry in entries] == [(365, False)]


def test_a_reply_is_looked_at_only_once_the_time_to_reply_is_over_or_it_came() -> None:
    shared = an_item("item", date(2026, 5, 4), shared_on=date(2026, 5, 10), reply_due_on=date(2026, 5, 24))
    facts = KpiFacts((a_term(),), items=(("sg-one", shared),))
    on = [figure_of(reported(facts, "rolling", day), "reply-rate") for day in (date(2026, 5, 24), date(2026, 5, 25))]
    assert [(figure.shortfall.units, sum(count.units for count in figure.left_out)) for figure in on] == [
        (0, 1),
        (1, 0),
    ]


def test_the_quarter_of_a_contract_year_is_the_year_as_at_its_last_day() -> None:
    third = period_of("2026-Q3", None, OVER)
    assert (third.as_of, third.months_for(PeriodKind.APRIL_TO_MARCH)) == (
        date(2026, 12, 31),
        (date(2026, 4, 1), date(2027, 3, 31)),
    )
    assert third.months_for(PeriodKind.ROLLING) == (date(2026, 1, 1), date(2026, 12, 31))
    assert period_of("2026-Q4", None, OVER).as_of == date(2027, 3, 31)
    assert period_of("rolling", date(2024, 2, 28), OVER).reach == (date(2023, 3, 1), date(2024, 2, 28))


@pytest.mark.parametrize(
    ("label", "as_of", "reason"),
    [
        ("2026-28", None, "PERIOD_NOT_VALID"),
        ("2026-Q5", None, "PERIOD_NOT_VALID"),
        ("2026", None, "PERIOD_NOT_VALID"),
        ("2026-27", date(2026, 3, 31), "AS_OF_BEFORE_PERIOD"),
        ("2028-29", None, "AS_OF_BEFORE_PERIOD"),
        ("rolling", date(2027, 6, 2), "AS_OF_IN_FUTURE"),
    ],
)
def test_a_period_that_cannot_be_is_refused(label: str, as_of: date | None, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        period_of(label, as_of, OVER)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("label", "today", "reason"),
    [("2026-Q4", date(2027, 3, 31), "QUARTER_NOT_OVER"), ("2026-27", OVER, "PERIOD_NOT_VALID")],
)
def test_a_pack_is_of_a_quarter_that_is_over(label: str, today: date, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        finished_quarter(label, today)
    assert refused.value.reason == reason
    assert finished_quarter("2026-Q4", date(2027, 4, 1)).as_of == date(2027, 3, 31)
