"""Figures of the record: each thing is judged once, by its newest version, by the day of its clock (record 6)."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.rules.domain.kpis.facts import ConcernFact, EndFact, KpiFacts
from services.rules.domain.kpis.known import Known
from services.rules.domain.kpis.record import (
    OwedFact,
    PapersFact,
    PlanReasonFact,
    PromisedFact,
    RecordFact,
    ReviewAskedFact,
    SharedRecordFact,
)
from services.rules.domain.kpis.report import Hidden, hidden, ledger
from tests.rules.builders import shipped
from tests.rules.kpi_builders import OVER, a_term, at, figure_of, kpi_named, reported, year

ME, HELD, DUE = "sg-one", date(2026, 9, 1), date(2026, 9, 15)
OWED = OwedFact("duty", ME, DUE, "open", HELD, at(HELD), session_id="one", sequence=1)
PLAN = replace(OWED, duty_id="plan", session_id="")
PAPERS = PapersFact("one", ME, at("2026-08-25"), HELD, False, at("2026-08-25"), 1)
RECORD = SharedRecordFact("one", ME, HELD, "confirmed", ("praise",), (), date(2026, 9, 10), at("2026-09-10"), 1)
PROMISED = PromisedFact("support", ME, DUE, DUE, None, False, False, at(HELD), 1)
ASKED = ReviewAskedFact("review", ME, HELD, DUE, 0, None, "", "", HELD, at(HELD), 1)
PRAISE = ConcernFact("praise", ME, "excellence", at("2026-08-20"), None)


def met(duty: OwedFact, on: str, state: str = "met") -> OwedFact:
    return replace(duty, state=state, changed_on=date.fromisoformat(on), recorded_at=at(on), sequence=9)


def decided(on: str, decision: str = "upheld", moved_up: int = 0) -> ReviewAskedFact:
    """Return the end of the request. It has no last day any more."""
    day = date.fromisoformat(on)
    ended = replace(ASKED, due_on=None, ended_on=day, decision=decision, moved_up=moved_up)
    return replace(ended, changed_on=day, recorded_at=at(on), sequence=9)


def facts(*record: RecordFact, ended: str = "", raised: tuple[ConcernFact, ...] = (PRAISE,)) -> KpiFacts:
    ends = (EndFact(ME, date.fromisoformat(ended), at(ended), 9),) if ended else ()
    return KpiFacts((a_term(),), ends, concerns=raised, record=record)


def judged(kpi: str, known: KpiFacts, as_of: date = OVER) -> list[tuple[Any, ...]]:
    """Return the result of each unit of a KPI, and the first word about it."""
    entries = ledger(kpi_named(kpi), shipped(), Known(known, as_of), year(min(as_of, date(2027, 3, 31))))
    return [(entry.judgement.result.value, next(iter(entry.unit.words.values()))) for entry in entries]


@pytest.mark.parametrize(
    ("last", "as_of", "result"),
    [
        (OWED, DUE, ("left_out", "due")),
        (OWED, date(2026, 9, 16), ("short", "missing")),
        (met(OWED, "2026-09-15"), OVER, ("counted", "in_time")),
        (met(OWED, "2026-09-16"), OVER, ("short", "late")),
        (met(OWED, "2026-09-16"), DUE, ("left_out", "due")),
        (met(OWED, "2026-09-15", "ended"), OVER, ("left_out", "not_owed")),
        (met(OWED, "2026-09-16", "ended"), OVER, ("short", "missing")),
        (replace(met(OWED, "2026-09-20"), due_on=date(2026, 9, 20)), OVER, ("counted", "in_time")),
    ],
)
def test_a_record_is_judged_by_the_day_that_its_clock_gives(
    last: OwedFact, as_of: date, result: tuple[str, str]
) -> None:
    """The last one was moved by days away, as scheduling says: the newest day holds."""
    assert judged("records-in-time", facts(OWED, last), as_of) == [result]
    plan = replace(last, duty_id="plan", session_id="")
    assert judged("plans-final", facts(PLAN, plan), as_of) == [result]


def test_who_leaves_with_a_record_overdue_takes_nothing_out_of_the_figure() -> None:
    withdrawn = replace(RECORD, answer="withdrawn")
    assert judged("records-in-time", facts(met(OWED, "2026-10-01", "ended"))) == [("short", "missing")]
    assert judged("records-in-time", facts(met(OWED, "2026-09-10"), withdrawn)) == [("left_out", "not_owed")]


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ("disputed", "counted"),
        ("confirmed", "short"),
        ("no_answer", "short"),
        ("awaited", "left_out"),
        ("withdrawn", "left_out"),
    ],
)
def test_a_record_is_disputed_by_its_newest_answer(answer: str, result: str) -> None:
    before = replace(RECORD, answer="disputed" if answer != "disputed" else "awaited", sequence=1)
    now = replace(RECORD, answer=answer, sequence=2)
    assert [found for found, _ in judged("records-disputed", facts(OWED, now, before))] == [result]


def test_a_plan_with_a_reason_was_not_in_force_by_the_first_session() -> None:
    reason = PlanReasonFact(ME, 1, date(2026, 9, 14), at("2026-09-14"), 1)
    later = replace(met(PLAN, "2026-12-01"), due_on=date(2026, 12, 1))
    assert judged("plans-final", facts(PLAN, later, reason)) == [("short", "in_time")]
    open_still = replace(PLAN, due_on=date(2026, 12, 1), sequence=2)
    assert judged("plans-final", facts(PLAN, open_still, reason), date(2026, 10, 1)) == [("short", "due")]
    of_another_term = replace(reason, term=2)
    assert judged("plans-final", facts(PLAN, later, of_another_term)) == [("counted", "in_time")]


@pytest.mark.parametrize(
    ("change", "ended", "result"),
    [
        ({}, "", ("short", "missing")),
        ({"given_on": DUE}, "", ("counted", "in_time")),
        ({"given_on": date(2026, 9, 16)}, "", ("short", "late")),
        ({"given_on": date(2026, 9, 20), "last_promised_on": date(2026, 9, 30)}, "", ("short", "late")),
        ({}, "2026-09-10", ("left_out", "not_owed")),
        ({}, "2026-09-20", ("short", "missing")),
        ({"unavailable": True}, "", ("short", "missing")),
    ],
)
def test_a_support_is_judged_by_the_day_promised_first(
    change: dict[str, Any], ended: str, result: tuple[str, str]
) -> None:
    newest = replace(PROMISED, **change, sequence=2)
    assert judged("supports-given", facts(newest, PROMISED, ended=ended)) == [result]


def test_a_support_that_was_not_received_or_was_declined_after_all_is_not_given() -> None:
    given = replace(PROMISED, given_on=DUE, sequence=2)
    assert judged("supports-given", facts(given, replace(given, given_on=None, sequence=3))) == [("short", "missing")]
    assert judged("supports-given", facts(given, replace(PROMISED, promised_on=None, sequence=3))) == []
    late_entry = replace(given, recorded_at=at("2026-12-01"))
    assert judged("supports-given", facts(PROMISED, late_entry), DUE) == [("counted", "in_time")], (
        "kept later, given then"
    )


@pytest.mark.parametrize(
    ("last", "as_of", "result"),
    [
        (ASKED, DUE, ("left_out", "due")),
        (ASKED, OVER, ("short", "missing")),
        (decided("2026-09-15"), OVER, ("counted", "in_time")),
        (decided("2026-09-16"), OVER, ("short", "late")),
        (decided("2026-09-14", moved_up=1), OVER, ("short", "late")),
        (replace(ASKED, due_on=OVER, moved_up=1, sequence=3), OVER, ("short", "missing")),
        (decided("2026-09-10", decision=""), OVER, ("left_out", "not_owed")),
        (decided("2026-09-15"), date(2026, 9, 14), ("left_out", "due")),
    ],
)
def test_a_review_is_decided_in_time_if_nobody_let_their_time_pass(
    last: ReviewAskedFact, as_of: date, result: tuple[str, str]
) -> None:
    assert judged("reviews-in-time", facts(ASKED, last), as_of) == [result]


@pytest.mark.parametrize(
    ("record", "as_of", "word"),
    [
        ([], OVER, "no_session"),
        ([OWED, PAPERS], DUE, "record_due"),
        ([OWED, PAPERS], OVER, "no_record"),
        ([OWED, PAPERS, RECORD], OVER, "acknowledged"),
        ([OWED, PAPERS, replace(RECORD, disputed=("praise",))], OVER, "disputed"),
        ([OWED, PAPERS, replace(RECORD, acknowledged=())], OVER, "not_in_papers"),
        ([OWED, PAPERS, replace(RECORD, answer="withdrawn")], OVER, "no_session"),
        ([OWED, replace(PAPERS, void=True), RECORD], OVER, "no_session"),
        ([OWED, replace(PAPERS, frozen_at=at("2026-08-19")), RECORD], OVER, "no_session"),
        ([met(OWED, "2026-09-10", "ended"), PAPERS], OVER, "no_session"),
    ],
)
def test_praise_is_spoken_of_at_the_next_session_whose_papers_could_hold_it(
    record: list[RecordFact], as_of: date, word: str
) -> None:
    assert [found for _, found in judged("praise-acknowledged", facts(*record), as_of)] == [word]


def test_a_session_of_somebody_else_speaks_of_nothing_and_a_concern_is_no_praise() -> None:
    theirs = replace(PRAISE, concern_id="theirs", safeguarder_id="sg-two")
    concern = replace(PRAISE, concern_id="concern", lane="support_need")
    found = judged("praise-acknowledged", facts(OWED, PAPERS, RECORD, raised=(theirs, concern)))
    assert found == [("left_out", "no_session")]


def test_the_newest_version_holds_in_whatever_order_they_come() -> None:
    everything: list[RecordFact] = [
        OWED,
        met(OWED, "2026-09-10"),
        PAPERS,
        RECORD,
        replace(RECORD, answer="awaited", sequence=0),
        PROMISED,
    ]
    everything += [
        replace(PROMISED, given_on=DUE, sequence=2),
        ASKED,
        decided("2026-09-15"),
        PLAN,
        met(PLAN, "2026-09-01"),
    ]
    before = reported(facts(*everything)).ledger_sha256
    for seed in range(5):
        random.Random(seed).shuffle(everything)
        assert reported(facts(*everything)).ledger_sha256 == before


def test_figures_of_few_people_are_withheld_like_any_other() -> None:
    figure = figure_of(reported(facts(met(OWED, "2026-09-10"))), "records-in-time")
    assert Hidden.FIGURE in hidden(figure)
