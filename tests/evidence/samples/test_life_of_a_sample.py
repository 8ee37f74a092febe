"""A sampled report: obtained or not, given to readers, read, reconciled, and one item at the end (R53, D9)."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from services.evidence.domain.evidence_item import Kind
from services.evidence.domain.report_sample import NoReportReason
from services.evidence.domain.samples import life
from services.evidence.domain.samples.item import item_of, report_id_of
from services.evidence.domain.samples.sample import Agreed, Rating, Sample, State
from services.evidence.domain.samples.seen import Looker, seen_by
from services.refusals import Refusal
from tests.evidence.samples.build import (
    AT,
    BELOW,
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
from tests.sizes import part_of

NOT_PROVIDED = NoReportReason.NOT_PROVIDED
MANAGER = "manager-one"


def reason(call: Callable[[], Sample]) -> str:
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.reason


def test_the_next_report_of_the_draw_is_taken_only_if_one_cannot_be_had() -> None:
    known = a_sample(reports=2)
    first, second = known.drawn_from
    assert known.report == first
    known = life.not_available(known, NOT_PROVIDED, TEAM)
    assert (known.state, known.report) == (State.SELECTED, second)
    known = life.not_available(known, NOT_PROVIDED, TEAM)
    assert (known.state, known.reason, known.report) == (State.NOT_AVAILABLE, NOT_PROVIDED, second)
    came = life.obtain(known, TEAM)
    assert (came.state, came.reason, came.report) == (State.OBTAINED, None, second), "it may come after all"


def test_the_reason_fits_what_was_drawn() -> None:
    drawn, due = a_sample(), a_sample(reports=0)
    for each in (NoReportReason.NO_APPOINTMENT, NoReportReason.NO_REPORT_DUE):
        assert reason(lambda each=each: life.not_available(drawn, each, TEAM)) == "REASON_DOES_NOT_FIT"  # type: ignore[misc]
        assert life.not_available(due, each, TEAM).reason is each
    assert reason(lambda: life.not_available(due, NOT_PROVIDED, TEAM)) == "REASON_DOES_NOT_FIT"
    assert reason(lambda: life.obtain(due, TEAM)) == "NO_REPORT_DRAWN"
    assert reason(lambda: life.obtain(life.obtain(drawn, TEAM), TEAM)) == "STEP_NOT_AVAILABLE"
    assert reason(lambda: life.not_available(life.obtain(drawn, TEAM), NOT_PROVIDED, TEAM)) == "STEP_NOT_AVAILABLE"


def test_who_supports_the_person_reads_only_where_nobody_else_is_free() -> None:
    known = life.obtain(a_sample(twice=True), TEAM)
    both = life.Readers([MANAGER, ONE], [MANAGER])
    assert reason(lambda: life.assign(known, MANAGER, False, both, TEAM)) == "SUPPORTS_THE_PERSON"
    given = life.assign(known, ONE, False, both, TEAM)
    assert life.assign(given, MANAGER, True, both, TEAM).second_reader == MANAGER, "the other one reads it already"
    assert reason(lambda: life.assign(known, "panel-team", False, both, TEAM)) == "NOT_A_READER"


def test_two_people_read_it_and_a_reader_can_be_replaced_until_the_reading_is_in() -> None:
    known = assigned(twice=True)
    assert reason(lambda: life.assign(known, ONE, True, READERS, TEAM)) == "SAME_READER"
    three = life.Readers([ONE, TWO, "reviewer-three"], [])
    assert life.assign(known, "reviewer-three", False, three, TEAM).reader == "reviewer-three"
    read = life.read(known, AT, "", by(ONE))
    assert reason(lambda: life.assign(read, "reviewer-three", False, three, TEAM)) == "READING_IS_IN"
    assert life.assign(read, "reviewer-three", True, three, TEAM).second_reader == "reviewer-three"
    assert reason(lambda: life.assign(a_sample(), ONE, False, READERS, TEAM)) == "STEP_NOT_AVAILABLE"


def test_a_second_reading_is_wanted_before_anybody_has_read_or_never() -> None:
    """What the first reader found would tell the second one why they read, so that they would not read blind."""
    known = assigned()
    wanted = life.assign(known, TWO, True, READERS, TEAM)
    assert (wanted.second_wanted, wanted.second_by_seed) == (True, False)
    read = life.read(known, BELOW, WORDS, by(ONE))
    assert reason(lambda: life.assign(read, TWO, True, READERS, TEAM)) == "ONE_READING"


@pytest.mark.parametrize(
    ("rating", "words", "why"),
    [(Rating(), WORDS, "NOTHING_READ"), (BELOW, "", "SAY_WHAT")],
    ids=["nothing read", "below without words"],
)
def test_a_reading_reads_something_and_says_what_is_below(rating: Rating, words: str, why: str) -> None:
    assert reason(lambda: life.read(assigned(), rating, words, by(ONE))) == why
    assert reason(lambda: life.reconcile(read_twice(), rating, words, False, by(ONE))) == why


def test_only_its_reader_reads_a_report_and_once() -> None:
    assert reason(lambda: life.read(assigned(), AT, "", by(TWO))) == "NOT_YOUR_READING"
    read = life.read(assigned(), AT, "", by(ONE))
    assert (read.state, read.is_complete) == (State.READ, True)
    assert reason(lambda: life.read(read, AT, "", by(ONE))) == "READING_IS_IN"
    assert reason(lambda: life.reconcile(read, AT, "", True, SENIOR)) == "STEP_NOT_AVAILABLE"


def test_blind_means_blind() -> None:
    """Nobody sees a reading before both are in, whichever comes first. Its own reader alone does."""
    for first, second in ((ONE, TWO), (TWO, ONE)):
        known = life.read(assigned(twice=True), BELOW, WORDS, by(first))
        shown = {
            (looker, person): seen_by(known, looker, person, is_shared=False)
            for looker, person in (
                (Looker.READER, first), (Looker.READER, second), (Looker.STAFF, "panel-team"),
                (Looker.STAFF, "senior-manager"), (Looker.SIDE, MANAGER), (Looker.SIDE, "person-one"),
            )
        }  # fmt: skip
        assert {who: len(seen.readings) for who, seen in shown.items() if seen and seen.readings} == {
            (Looker.READER, first): 1
        }
        both = life.read(known, AT, "", by(second))
        readers = [seen_by(both, Looker.READER, person, is_shared=False) for person in (first, second)]
        assert [len(seen.readings) for seen in readers if seen] == [2, 2]
    assert seen_by(known, Looker.READER, "reviewer-three", is_shared=False) is None


def test_both_sides_see_readings_once_the_item_is_shared_and_no_reader_s_name() -> None:
    known = read_twice(AT, AT)
    before = seen_by(known, Looker.SIDE, "person-one", is_shared=False)
    after = seen_by(known, Looker.SIDE, "person-one", is_shared=True)
    assert before is not None
    assert after is not None
    assert (before.readings, before.evidence_id, len(after.readings), after.names_readers) == ((), "", 2, False)


def test_two_readings_that_differ_are_reconciled_by_both_readers() -> None:
    known = read_twice(AT, BELOW)
    assert (known.state, known.outcome, item_of(known, TEAM)) == (State.SECOND_READ, None, None)
    proposed = life.reconcile(known, BELOW, WORDS, False, by(ONE))
    assert (proposed.state, proposed.outcome) == (State.SECOND_READ, None)
    again = life.reconcile(proposed, BELOW, WORDS, False, by(ONE))
    assert again.state is State.SECOND_READ, "nobody agrees with themselves"
    other = life.reconcile(proposed, AT, "", False, by(TWO))
    assert other.agreed == Agreed(AT, "", TWO)
    stands = life.reconcile(proposed, BELOW, "The last page.", False, by(TWO))
    assert (stands.state, stands.outcome) == (State.RECONCILED, (BELOW, f"{WORDS}\n\nThe last page."))
    assert [reading.rating for reading in stands.readings] == [AT, BELOW], "both readings stay as they are"
    assert reason(lambda: life.reconcile(stands, AT, "", False, by(ONE))) == "STEP_NOT_AVAILABLE"


def test_a_senior_manager_says_which_reading_stands() -> None:
    stands = life.reconcile(read_twice(), AT, "", True, SENIOR)
    assert (stands.state, stands.outcome) == (State.RECONCILED, (AT, ""))
    assert reason(lambda: life.reconcile(read_twice(), AT, "", False, TEAM)) == "NOT_YOUR_READING"
    senior_reads = life.reconcile(read_twice(), AT, "", True, by(ONE))
    assert senior_reads.state is State.SECOND_READ, "a reader is a reader, whatever else"


def test_two_readings_that_say_the_same_need_no_talk() -> None:
    known = read_twice(AT, AT)
    assert (known.state, known.outcome) == (State.RECONCILED, (AT, WORDS))


@pytest.mark.parametrize(
    ("sample", "agrees"),
    [
        (life.read(assigned(), AT, "", by(ONE)), False),
        (life.read(assigned(), BELOW, WORDS, by(ONE)), None),
        (read_twice(BELOW, BELOW), True),
        (life.reconcile(life.reconcile(read_twice(), BELOW, WORDS, False, by(ONE)), BELOW, "", False, by(TWO)), True),
        (life.reconcile(read_twice(), BELOW, WORDS, True, SENIOR), False),
        (life.reconcile(read_twice(), AT, "", True, SENIOR), True),
        (life.reconcile(read_twice(replace(BELOW, form="above"), BELOW), BELOW, WORDS, True, SENIOR), True),
    ],
    ids=["one, fine", "one, below", "both below", "both readers", "senior", "senior, nothing below", "senior, both"],
)
def test_a_line_below_standard_counts_on_both_readings_where_a_second_reader_agreed(
    sample: Sample, agrees: bool | None
) -> None:
    """A measure counts a line below standard only where a second reader agrees. Of one reading nobody has said."""
    item = item_of(sample, TEAM)
    assert item is not None
    assert item.content.report_review is not None
    assert item.content.report_review.second_reader_agrees is agrees


def test_a_report_makes_one_item_with_the_identity_of_the_report() -> None:
    known = life.read(assigned(), replace(AT, form=""), "", by(ONE))
    item = item_of(known, by(ONE))
    assert item is not None
    assert known.report is not None
    content = item.content
    assert (content.kind, content.case_reference) == (Kind.REPORT_SAMPLE_REVIEW, known.report.case_reference)
    assert (content.report_due_on, content.happened_on) == (known.report.due_on, date(2026, 11, 29))
    assert content.report_review is not None
    assert content.report_review.form == "", "not read is not below"
    assert (content.mappings, content.shared_on) == ((), None)
    assert item_of(known, TEAM) == item._replace(sender="panel-team"), "the same sample makes the same item"
    assert report_id_of(known) == report_id_of(a_sample())
    assert report_id_of(a_sample(reports=0)) == ""


@pytest.mark.parametrize("seed", range(part_of(300)))
def test_no_order_of_moves_makes_two_items_or_shows_a_reading_too_early(seed: int) -> None:
    """The model: moves that are allowed and moves that are not, in any order."""
    rng = random.Random(seed)
    known, items = a_sample(reports=rng.randrange(3), twice=rng.random() < 0.5), set[str]()
    for _ in range(25):
        rating, words, person = rng.choice((AT, BELOW)), rng.choice(("", WORDS)), rng.choice((ONE, TWO))
        moves: list[Callable[[Sample], Sample]] = [
            lambda known: life.obtain(known, TEAM),
            lambda known: life.not_available(known, rng.choice(list(NoReportReason)), TEAM),
            lambda known: life.assign(known, person, rng.random() < 0.5, READERS, TEAM),  # noqa: B023
            lambda known: life.read(known, rating, words, by(person)),  # noqa: B023
            lambda known: life.reconcile(known, rating, words, False, by(person)),  # noqa: B023
            lambda known: life.reconcile(known, rating, words, True, SENIOR),  # noqa: B023
        ]
        move = rng.choice(moves)
        before = known
        try:
            known = move(known)
        except Refusal:
            continue
        assert known.version == before.version + 1
        if item := item_of(known, TEAM):
            items.add(str(item))
            assert known.is_complete
            assert before.outcome is None, "nothing moves once a reading stands"
        if not known.is_complete:
            seen = seen_by(known, Looker.STAFF, "panel-team", is_shared=False)
            assert seen is not None
            assert seen.readings == ()
        assert len({reading.reader for reading in known.readings}) == len(known.readings)
    assert len(items) <= 1
