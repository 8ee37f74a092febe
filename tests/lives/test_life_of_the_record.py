"""Random lives of the record: reviews that are asked for, recommendations, and memberships that go on and end.

Four real services, events held back, repeated and shuffled, people who may and people who may not. Whatever happens,
the invariants of the record hold. The kind that this file closes: each service is right by itself, and the suite is
wrong because two things happened in an order that nobody thought of.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.between.together import together
from tests.databases import KINDS
from tests.lives import asking, samples, terms
from tests.lives.complaints import move_complaint, the_team_owes_what_the_complaints_wait_for
from tests.lives.life import PEOPLE, Life
from tests.lives.planted import CANARY, nothing_leaks
from tests.lives.test_life_of_a_suite import everything_arrived
from tests.lives.truths import OF_REVIEWS
from tests.lives.truths_of_terms import OF_TERMS
from tests.sizes import WHOLE, part_of

LIVES = part_of(400) if WHOLE else 2
STEPS = 80
OTHERS = 0.3
"""How often people do what they do in every life: the record is looked at here."""
ACTS: list[tuple[Callable[[Life], None], int]] = [
    (asking.ask, 12),
    (asking.move, 32),
    (asking.join_the_chain, 3),
    (terms.recommend, 36),
    (terms.decide, 4),
    (samples.sample, 16),
    (move_complaint, 12),
]
"""What people do here beside what they do in every life, and how often."""

OF_OTHERS = (samples.a_sampled_report_always_waits_for_somebody, the_team_owes_what_the_complaints_wait_for)


@pytest.mark.parametrize(
    ("seed", "database_kind"),
    [(seed, KINDS[WHOLE and seed % 8 == 1]) for seed in range(LIVES)],
    indirect=["database_kind"],
)
def test_a_life_of_the_record_passes_no_guard(
    seed: int, database_kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Record 8, over commands that people may give and commands that they may not."""
    with together(tmp_path, asking.DIRECTORY | samples.DIRECTORY) as running:
        live(Life(running, seed, more=ACTS, others=OTHERS))
    said = "".join(capfd.readouterr())
    assert said
    assert CANARY not in said.lower(), "a log holds what somebody wrote"


def live(life: Life) -> None:
    """Live a life of the record, and assert what always holds of it."""
    try:
        asking.begin(life)
        life.live(STEPS)
        terms.leave(life)
        everything_arrived(life.running)
        nothing_leaks(life)
        for safeguarder in PEOPLE:
            for holds in (*OF_REVIEWS, *OF_TERMS, *OF_OTHERS):
                holds(life, safeguarder)
    except AssertionError as problem:
        raise AssertionError("\n".join([f"seed {life.seed}: {problem}", *life.said])) from problem
