"""How far two readers agree: counts always, kappa with its interval from thirty pairs on (R53, record 2.8)."""

from dataclasses import replace

import pytest

from services.evidence.domain.samples.agreement import agreement, kappa_of
from services.evidence.domain.samples.sample import Rating
from tests.evidence.samples.build import AT, BELOW, ONE, TWO, read_twice

DIAGNOSES = {
    ("psychotic", "psychotic"): 75,
    ("psychotic", "neurotic"): 1,
    ("psychotic", "organic"): 4,
    ("neurotic", "psychotic"): 5,
    ("neurotic", "neurotic"): 4,
    ("neurotic", "organic"): 1,
    ("organic", "organic"): 10,
}
"""One hundred diagnoses of two raters (Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 2003)."""


def test_kappa_and_its_interval_are_as_published() -> None:
    pairs = [pair for pair, count in DIAGNOSES.items() for _ in range(count)]
    kappa = kappa_of(pairs)
    assert kappa is not None
    assert kappa.value == pytest.approx(0.676, abs=0.001)
    assert (kappa.high - kappa.low) / 2 / 1.96 == pytest.approx(0.088, abs=0.001)


def test_kappa_is_one_for_complete_agreement_none_for_one_word_and_below_nothing_for_less_than_chance() -> None:
    complete = kappa_of([("at", "at")] * 20 + [("below", "below")] * 10)
    assert complete is not None
    assert (complete.value, complete.low, complete.high) == pytest.approx((1, 1, 1))
    assert kappa_of([("at", "at")] * 30) is None
    crossed = kappa_of([("at", "below"), ("below", "at")] * 15)
    assert crossed is not None
    assert crossed.value == pytest.approx(-1)


@pytest.mark.parametrize(("pairs", "enough"), [(29, False), (30, True)])
def test_below_thirty_pairs_there_are_counts_and_not_enough_data(pairs: int, enough: bool) -> None:
    samples = [read_twice(AT, BELOW if number % 3 else AT) for number in range(pairs)]
    (clear,) = (each for each in agreement(samples, 30) if each.line == "clear")
    assert (clear.pairs, clear.same, clear.enough) == (pairs, len(range(0, pairs, 3)), enough)
    assert clear.kappa is None or enough


def test_a_line_that_one_did_not_read_is_no_disagreement() -> None:
    found = {each.line: each for each in agreement([read_twice(AT, Rating(on_time="at", child_views=False))], 1)}
    assert (found["on_time"].pairs, found["on_time"].same) == (1, 1)
    assert (found["clear"].pairs, found["clear"].one_not_read) == (0, 1)
    assert (found["child_views"].pairs, found["child_views"].same) == (1, 0)


def test_what_the_seed_did_not_choose_is_not_measured_and_the_first_reader_comes_first() -> None:
    known = read_twice(AT, BELOW)
    assert [each.pairs for each in agreement([replace(known, second_by_seed=False)], 1)] == [0] * 6
    turned = replace(known, readings=known.readings[::-1])
    assert agreement([known], 1) == agreement([turned], 1)
    assert known.readers == (ONE, TWO)
