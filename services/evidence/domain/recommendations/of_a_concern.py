"""Recommendations of before the record, which rules held as a move on a concern (R85, R86, R89).

Evidence knows those that stand, and a decision may still name one of them. Nobody is removed on the word of one person
(P21).
"""

from dataclasses import dataclass

from services.evidence.domain.recommendations.recommendation import Outcome
from services.evidence.domain.safeguarder import Decision, DecisionKind, EndReason
from services.refusals import invalid, not_found, precondition
from services.who import Who


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation that stands. `made_by`: empty if a release before did not say who made it."""

    concern_id: str
    safeguarder_id: str
    kind: Outcome
    made_by: str


_CONTINUE = frozenset(Outcome) - {Outcome.DO_NOT_RECOMMEND}
_END = frozenset({Outcome.DO_NOT_RECOMMEND})
FITTING: dict[DecisionKind | EndReason, frozenset[Outcome]] = {
    DecisionKind.REAPPOINTED: _CONTINUE,
    EndReason.REMOVED: _END,
    EndReason.NOT_REAPPOINTED: _END,
}
"""The recommendations that a decision may follow. Decisions without an entry may follow any."""
NEEDED = (EndReason.REMOVED,)
"""Decisions that need a recommendation. The Team recommends a removal before Ministers decide on it (R85)."""


def check_recommendation(
    decision: Decision, safeguarder_id: str, found: Recommendation | None, by: Who, *, in_the_record: bool = False
) -> None:
    """Check that the recommendation that a decision names stands, fits it, and comes from another person.

    `found`: the recommendation of the concern that the decision names. `by`: who records the decision.
    `in_the_record`: the record keeps that recommendation, so the concern alone would leave out its hash.

    Raises:
        Refusal: USE_THE_RECORD, RECOMMENDATION_NEEDED, RECOMMENDATION_NOT_FOUND, RECOMMENDATION_DOES_NOT_FIT,
            RECOMMENDED_BY_ANOTHER or RECOMMENDER_CANNOT_RECORD.
    """
    field = "recommendation"
    if not decision.recommendation:
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
    if in_the_record:
        message = "The record keeps this recommendation. Name it, and the hash of its pack, in place of the concern."
        raise precondition("USE_THE_RECORD", message, field)
    if by.is_any_of([found.made_by]):
        message = "The person recording the decision must not be the person who recommended it."
        raise precondition("RECOMMENDER_CANNOT_RECORD", message, field)
    if found.made_by and decision.recommended_by != found.made_by:
        message = "Another person made this recommendation. Name the person who made it."
        raise invalid("RECOMMENDED_BY_ANOTHER", message, "recommended_by")
    fitting = FITTING.get(decision.end_reason or decision.kind)
    if fitting is not None and found.kind not in fitting:
        message = "The Team recommended something else. A decision follows a recommendation of its own kind."
        raise precondition("RECOMMENDATION_DOES_NOT_FIT", message, field, recommendation=found.kind.value)
