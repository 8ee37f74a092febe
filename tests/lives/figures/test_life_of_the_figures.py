"""Random lives of the figures: training events are corrected, people leave, and KPI 5 and 7 say what scheduling says.

The kind that this file closes: a correction of what was held, or the end of a membership, reaches one reader and not
another, so that two figures treat the same person differently.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.between.together import together
from tests.databases import KINDS
from tests.lives import terms
from tests.lives.figures import trainings
from tests.lives.life import PEOPLE, Life
from tests.lives.test_life_of_a_suite import attendance_is_what_was_recorded_last, everything_arrived
from tests.sizes import WHOLE, part_of

LIVES = part_of(200) if WHOLE else 2
STEPS = 50
OTHERS = 0.5
ACTS: list[tuple[Callable[[Life], None], int]] = [(trainings.training_events, 14), (terms.decide, 3)]


@pytest.mark.parametrize(
    ("seed", "database_kind"),
    [(seed, KINDS[WHOLE and seed % 8 == 1]) for seed in range(LIVES)],
    indirect=["database_kind"],
)
def test_a_life_of_the_figures_counts_what_was_recorded_last(seed: int, database_kind: str, tmp_path: Path) -> None:
    """P24, P26: whatever is corrected, in any order, and when people leave: source, obligation and KPI say the same."""
    with together(tmp_path) as running:
        life = Life(running, seed, more=ACTS, others=OTHERS)
        try:
            life.live(STEPS)
            terms.leave(life)
            everything_arrived(running)
            for safeguarder in PEOPLE:
                attendance_is_what_was_recorded_last(life, safeguarder)
                trainings.an_event_delivers_one_training(life, safeguarder)
                trainings.the_figures_hold_what_is_owed(life, safeguarder)
        except AssertionError as problem:
            raise AssertionError("\n".join([f"seed {seed}: {problem}", *life.said])) from problem
