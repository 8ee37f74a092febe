"""Corrections of recorded decisions: who is told of each, and when (R86). No message says what is corrected.

Another recorder of decisions is asked to confirm a correction. The person and their support manager are told once it is
confirmed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.notifications.domain.news import Line
from services.notifications.domain.notification import Subject
from services.notifications.domain.recommendations.news import RecommendationNews, Told, ToTell


class CorrectionStands(StrEnum):
    """Where a correction stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    OTHERWISE = "otherwise"
    """A state that only a later release knows."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of a decision as it stands, without words."""

    safeguarder_id: str
    decision_id: str
    number: int
    stands: CorrectionStands
    entered_by: str


def news_of(known: Correction) -> Iterator[ToTell]:
    """Yield what a correction has to tell, and whom. What waits no longer asks nobody any more."""
    waits, confirmed = known.stands is CorrectionStands.WAITING, known.stands is CorrectionStands.CONFIRMED
    asked = Line(Subject.CORRECTION_TO_CONFIRM, to_the_person=False) if waits else None
    yield ToTell(Told.RECORDER, _news(known, asked))
    for who, to_the_person in ((Told.PERSON, True), (Told.SUPPORT_MANAGER, False)):
        says = Line(Subject.DECISION_CORRECTED, to_the_person=to_the_person) if confirmed else None
        # A later correction that waits takes nothing back of what was told of an earlier one.
        if confirmed:
            yield ToTell(who, _news(known, says))


def _news(known: Correction, says: Line | None) -> RecommendationNews:
    answered = known.stands is not CorrectionStands.WAITING
    return RecommendationNews(known.safeguarder_id, 2 * known.number + answered, says, str(known.number))
