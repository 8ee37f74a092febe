"""Who stands outside the chain of a review request (R93): over random people, levels, managers and authors."""

import random
from datetime import date

import pytest

from services.evidence.domain.review_requests.chain import Allocated, Bar, Candidate, Chain, bars, managers_since

PEOPLE = tuple(f"p{number}" for number in range(8))


@pytest.mark.parametrize("seed", range(50))
def test_the_reviewer_is_outside(seed: int) -> None:
    chance = random.Random(seed)

    def some() -> frozenset[str]:
        return frozenset(chance.sample(PEOPLE, chance.randint(0, 4)))

    chain = Chain(some(), some(), chance.randint(1, 3), some(), some())
    for person in PEOPLE:
        candidate = Candidate(person, chance.randint(0, 4), chance.random() < 0.7)
        passes = not bars(candidate, chain)
        assert passes is (
            candidate.is_senior
            and candidate.level > chain.floor
            and person not in chain.managers | chain.took_part | chain.did_not_accept | chain.linked
        )


def test_each_reason_is_named() -> None:
    one = frozenset({"p1"})
    chain = Chain(one, one, 2, one, one)
    assert bars(Candidate("p1", 2, is_senior=False), chain) == tuple(Bar)


def test_a_support_manager_of_this_term_stands_in_the_chain_and_one_of_the_term_before_does_not() -> None:
    begins = date(2026, 4, 1)
    allocated = [Allocated("now"), Allocated("then", date(2026, 5, 1)), Allocated("before", date(2026, 3, 31))]
    assert managers_since(allocated, begins) == {"now", "then"}
