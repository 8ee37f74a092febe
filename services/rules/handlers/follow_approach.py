"""Let concerns follow changes of approach, reviews of what they require, and recommendations (R79-R81, R85)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from services.calendar_days import london_today
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.domain.concerns.approach import follow_approach, follow_recommendation, pass_time
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.history import CALENDAR, Made, Move
from services.rules.domain.concerns.progress import ActionReviewFact, ApproachFact, RecommendationFact
from services.rules.domain.concerns.reviews import follow_review


def follow(
    safeguarder_id: str, concern_ids: Iterable[str], said: ApproachFact, concerns: SqlConcerns, now: datetime
) -> None:
    """Store a change of approach on each concern that it is about. A concern of somebody else stays as it is.

    The record is a fact, so nothing is refused.
    """
    for concern_id in concern_ids:
        found = concerns.find(concern_id)
        if found is not None and found.safeguarder_id == safeguarder_id:
            _make(found, follow_approach(found, said, london_today(now)), concerns, now)


def follow_reviewed(
    safeguarder_id: str, concern_ids: Iterable[str], said: ActionReviewFact, concerns: SqlConcerns, now: datetime
) -> None:
    """Store a review of actions on each concern that its actions are about. Nothing is refused."""
    for concern_id in concern_ids:
        found = concerns.find(concern_id)
        followed = follow_review(found, said) if found and found.safeguarder_id == safeguarder_id else None
        if found is not None and followed is not None:
            word, changed = followed
            concerns.make(changed, Made(Move.REVIEW_ACTIONS, CALENDAR, now, found.state, changed.state, word))


def follow_recommended(
    safeguarder_id: str, concern_ids: Iterable[str], said: RecommendationFact, concerns: SqlConcerns, now: datetime
) -> None:
    """Store a recommendation on each concern that it is about. The record is a fact, so nothing is refused."""
    for concern_id in concern_ids:
        found = concerns.find(concern_id)
        followed = follow_recommendation(found, said) if found and found.safeguarder_id == safeguarder_id else None
        if found is not None and followed is not None:
            word = said.made.kind.value
            concerns.make(followed, Made(Move.RECOMMEND, CALENDAR, now, found.state, followed.state, word))


def require_actions(safeguarder_id: str, concerns: SqlConcerns, now: datetime) -> None:
    """Move a person's concerns on whose change of approach stands by now."""
    for concern in concerns.of_person(safeguarder_id):
        if concern.is_open:
            _make(concern, pass_time(concern, london_today(now)), concerns, now)


def _make(before: Concern, moves: Iterator[tuple[Move, str, Concern]], concerns: SqlConcerns, now: datetime) -> None:
    for move, word, changed in moves:
        concerns.make(changed, Made(move, CALENDAR, now, before.state, changed.state, word))
        before = changed
