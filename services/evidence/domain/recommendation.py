"""The Team's recommendations that Ministers' decisions follow (R85, R86, R89).

Rules hold a recommendation as a move on a concern. Evidence knows those that stand, and a decision names one of them.
Nobody is removed on the word of one person (P21).
"""

from dataclasses import dataclass
from enum import StrEnum

from services.evidence.domain.safeguarder import Decision, DecisionKind, EndReason
from services.refusals import invalid, not_found, precondition


class RecommendationKind(StrEnum):
    """What the Team recommends."""

    RECOMMEND = "recommend"
    WITH_CONDITIONS = "with_conditions"
    MORE_TIME = "more_time"
    DO_NOT_RECOMMEND = "do_not_recommend"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation that stands. `made_by`: empty if a release before did not say who made it."""

    concern_id: str
    safeguarder_id: str
    kind: RecommendationKind
    made_by: str


_CONTINUE = frozenset(RecommendationKind) - {RecommendationKind.DO_NOT_RECOMMEND}
_END = frozenset({RecommendationKind.DO_NOT_RECOMMEND})
FITTING: dict[DecisionKind | EndReason, frozenset[RecommendationKind]] = {
    DecisionKind.REAPPOINTED: _CONTINUE,
    EndReason.REMOVED: _END,
    EndReason.NOT_REAPPOINTED: _END,
}
"""The recommendations that a decision may follow. Decisions without an entry may follow any."""
NEEDED = (EndReason.REMOVED,)
"""Decisions that need a recommendation. The Team recommends a removal before Ministers decide on it (R85)."""


def check_recommendation(decision: Decision, safeguarder_id: str, named: str, found: Recommendation | None) -> None:
    """Check that the recommendation that a decision names stands, fits it, and comes from another person.

    `named`: id of the concern; empty if the decision names none. `found`: the recommendation of that concern.

    Raises:
        Refusal: RECOMMENDATION_NEEDED, RECOMMENDATION_NOT_FOUND, RECOMMENDATION_DOES_NOT_FIT, RECOMMENDED_BY_ANOTHER
            or RECOMMENDER_CANNOT_RECORD.
    """
    field = "recommendation"
    if not named:
        if decision.end_reason in NEEDED:
            message = "A removal needs the recommendation that it follows. Name the concern on which it was made."
            raise invalid("RECOMMENDATION_NEEDED", message, field)
        return
    if found is None or found.safeguarder_id != safeguarder_id:
        message = (
            "No recommendation about this person stands on that concern. "
            "If it was made a moment ago, try again in a minute."
        )
        raise not_found("RECOMMENDATION_NOT_FOUND", message, field)
    if decision.recorded_by == found.made_by:
        message = "The person recording the decision must not be the person who recommended it."
        raise precondition("RECOMMENDER_CANNOT_RECORD", message, field)
    if found.made_by and decision.recommended_by != found.made_by:
        message = "Another person made this recommendation. Name the person who made it."
        raise invalid("RECOMMENDED_BY_ANOTHER", message, "recommended_by")
    fitting = FITTING.get(decision.end_reason or decision.kind)
    if fitting is not None and found.kind not in fitting:
        message = "The Team recommended something else. A decision follows a recommendation of its own kind."
        raise precondition("RECOMMENDATION_DOES_NOT_FIT", message, field, recommendation=found.kind.value)
