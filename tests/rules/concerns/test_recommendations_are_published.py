"""What rules say of a recommendation while a concern stands on it, so that a decision can name it (P21)."""

from dataclasses import replace
from datetime import date

import pytest
from psmf.rules.v1 import concern_moves_pb2 as pb

from services.rules.domain.closed_lists import RecommendationKind, State
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.concerns.progress import Progress, Recommendation
from services.rules.wire.concerns import moved_event
from tests.rules.builders import NOW
from tests.rules.domain.concerns.builders import a_concern

ON_IT = {Move.RECOMMEND: State.ESCALATED, Move.RELEASE: State.HELD, Move.RECORD_VIEW: State.RECOMMENDATION}
"""Steps that lead to a recommendation or leave it, with the state before."""
OFF_IT = {Move.HOLD: State.HELD, Move.MERGE: State.MERGED, Move.REOPEN: State.REOPENED}
"""Steps that leave a recommendation behind, with the state after."""


def event(move: Move, before: State, after: State, kind: RecommendationKind, by: str = "team-lead") -> object:
    made = Recommendation(kind, "a" * 64, date(2026, 11, 2), by)
    concern = replace(a_concern(), state=after, progress=Progress(recommendation=made))
    return moved_event(concern, Made(move, "somebody", NOW, before, after))


@pytest.mark.parametrize("kind", RecommendationKind)
@pytest.mark.parametrize("move", ON_IT)
def test_a_step_that_leaves_a_recommendation_standing_says_what_and_whose(move: Move, kind: RecommendationKind) -> None:
    """P21: kind and person come with each such step, so a reader that missed one has them from the next."""
    said = event(move, ON_IT[move], State.RECOMMENDATION, kind)
    assert pb.RecommendationKind.Name(said.recommendation) == f"RECOMMENDATION_KIND_{kind.upper()}"  # type: ignore[attr-defined]
    assert said.recommended_by == "team-lead"  # type: ignore[attr-defined]


@pytest.mark.parametrize("move", OFF_IT)
def test_a_step_away_from_a_recommendation_says_none(move: Move) -> None:
    """P21: nothing is recommended while the concern is held, or goes on elsewhere."""
    said = event(move, State.RECOMMENDATION, OFF_IT[move], RecommendationKind.DO_NOT_RECOMMEND)
    assert (said.recommendation, said.recommended_by) == (0, "")  # type: ignore[attr-defined]
