"""What a sampled report waits for, from whom and by when, and how the wait for a reading ends (record 3.1)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.evidence.adapters.record_numbers import sample_numbers
from services.evidence.domain.life_of_an_item import ReplyTime, corrected
from services.evidence.domain.report_sample import NoReportReason
from services.evidence.domain.samples import life
from services.evidence.domain.samples.awaited import awaited
from services.evidence.domain.samples.item import item_of
from services.evidence.domain.samples.sample import Sample
from services.evidence.domain.samples.seen import Looker, seen_by
from services.evidence.wire.items import item_event
from services.refusals import Refusal
from tests.evidence.samples.build import (
    AT,
    BELOW,
    NOW,
    ONE,
    READERS,
    SENIOR,
    TEAM,
    TWO,
    WORDS,
    a_sample,
    assigned,
    by,
    read_twice,
)

LATER = replace(TEAM, now=NOW + timedelta(days=30))


def waits_for(sample: Sample) -> list[tuple[str, str, str]]:
    """What is awaited, of whom and by which day of the year. The samples are of Sunday 29 November 2026."""
    return [(each.step, each.person, f"{each.due_on:%m-%d}") for each in awaited(sample, sample_numbers())]


def with_item(sample: Sample) -> Sample:
    item = item_of(sample, TEAM)
    assert item is not None
    return replace(sample, evidence_id=item.evidence_id)


OBTAINED = life.obtain(a_sample(), TEAM)
GONE = life.not_available(a_sample(reports=1), NoReportReason.NOT_PROVIDED, TEAM)
READ_ONCE = life.read(assigned(twice=True), AT, "", by(ONE))
SECOND_FIRST = life.read(assigned(twice=True), AT, "", by(TWO))
RECONCILED = life.reconcile(read_twice(), BELOW, WORDS, True, SENIOR)


@pytest.mark.parametrize(
    ("sample", "step"),
    [
        (a_sample(reports=0), []),
        (GONE, []),
        (a_sample(), [("obtain_report", "", "12-21")]),
        (OBTAINED, [("read_report", "", "12-30")]),
        (assigned(), [("read_report", ONE, "12-30")]),
        (assigned(twice=True), [("read_report", ONE, "12-30")]),
        (READ_ONCE, [("second_reading", TWO, "12-14")]),
        (replace(READ_ONCE, second_reader="", second_since=None), [("second_reading", "", "12-14")]),
        (SECOND_FIRST, [("read_report", ONE, "12-30")]),
        (read_twice(), [("reconcile_readings", ONE, "12-14")]),
        (with_item(RECONCILED), [("share_reading", "", "12-07")]),
        (with_item(life.read(assigned(), AT, "", by(ONE))), [("share_reading", "", "12-07")]),
        (RECONCILED, []),
    ],
    ids=["due", "gone", "drawn", "obtained", "given", "given twice", "read once", "no second reader", "second first",
         "they differ", "reconciled", "one reading", "about a former member"],
)  # fmt: skip
def test_each_step_waits_for_the_one_whose_turn_it_is(sample: Sample, step: list[tuple[str, str, str]]) -> None:
    """St Andrew's Day is no day of the office, and neither are those between the years."""
    assert waits_for(sample) == step


def test_the_next_report_and_another_reader_have_their_own_time_and_the_same_reader_gets_no_more() -> None:
    passed = life.not_available(a_sample(), NoReportReason.NOT_PROVIDED, LATER)
    assert waits_for(passed) == [("obtain_report", "", "01-21")]
    three = life.Readers([ONE, TWO, "reviewer-three"], [])
    again = life.assign(assigned(), ONE, False, three, LATER)
    assert waits_for(again) == [("read_report", ONE, "12-30")]
    assert waits_for(life.assign(again, TWO, False, three, LATER)) == [("read_report", TWO, "01-28")]
    second = life.assign(READ_ONCE, "reviewer-three", True, three, LATER)
    assert waits_for(second) == [("second_reading", "reviewer-three", "01-14")]
    assert waits_for(life.assign(assigned(twice=True), TWO, True, READERS, LATER)) == waits_for(assigned(twice=True))


def test_a_sample_of_a_release_that_kept_no_days_counts_from_the_day_since_which_it_stands_so() -> None:
    before = replace(assigned(), obtained_on=None, reader_since=None)
    assert waits_for(before) == waits_for(assigned())


def refused(call: Callable[[], Sample]) -> str:
    with pytest.raises(Refusal) as found:
        call()
    return found.value.reason


@pytest.mark.parametrize("read", [READ_ONCE, SECOND_FIRST], ids=["the second", "the first"])
def test_a_reading_that_never_comes_hides_the_other_one_no_longer(read: Sample) -> None:
    waits, (there,) = awaited(read, sample_numbers()), read.readings
    on_the_day = replace(TEAM, now=NOW.replace(year=waits[0].due_on.year, month=12, day=waits[0].due_on.day))
    assert refused(lambda: life.end_wait(read, waits, on_the_day)) == "READING_HAS_TIME"
    assert seen_by(read, Looker.STAFF, "panel-team", False).readings == ()  # type: ignore[union-attr]
    ended = life.end_wait(read, waits, replace(on_the_day, now=on_the_day.now + timedelta(days=1)))
    assert ended.outcome == (AT, "")
    assert (ended.readers, ended.wait_ended_by) == ((there.reader,), "panel-team")
    assert seen_by(ended, Looker.STAFF, "panel-team", False).readings == (there,)  # type: ignore[union-attr]
    late = TWO if there.reader == ONE else ONE
    assert refused(lambda: life.read(ended, AT, "", by(late))) == "NOT_YOUR_READING"
    assert refused(lambda: life.assign(ended, late, True, READERS, TEAM)) == "ONE_READING"
    assert refused(lambda: life.end_wait(ended, awaited(ended, sample_numbers()), LATER)) == "STEP_NOT_AVAILABLE"


def test_of_a_reading_that_stands_alone_no_second_reader_has_agreed() -> None:
    """D9: what is below standard counts only where a second reader agrees."""
    read = life.read(assigned(twice=True), BELOW, WORDS, by(ONE))
    item = item_of(life.end_wait(read, awaited(read, sample_numbers()), LATER), LATER)
    assert item is not None
    assert item.content.report_review is not None
    assert item.content.report_review.second_reader_agrees is None
    assert item.stands_alone, "decision 0063: no second reader is to come, so nobody is asked whether one agrees"
    assert item_event(item, "recorded").fact.no_second_reader
    again = corrected(item._replace(stands_alone=False), item, ReplyTime(LATER.today, None))
    assert again.stands_alone, "a correction finds no second reader either"
    assert item.content.received_on == date(2026, 12, 29)


@pytest.mark.parametrize("sample", [assigned(twice=True), assigned(), read_twice(), RECONCILED, a_sample()])
def test_only_the_wait_for_one_of_two_readings_ends(sample: Sample) -> None:
    assert refused(lambda: life.end_wait(sample, awaited(sample, sample_numbers()), LATER)) == "STEP_NOT_AVAILABLE"
