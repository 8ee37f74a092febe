"""RecordMinisterialDecision: record what Scottish Ministers decided about a membership."""

from services.evidence.domain.recommendation import check_recommendation
from services.evidence.domain.safeguarder import Decision, Safeguarder, apply_decision
from services.evidence.ports import Recommendations, Register
from services.refusals import not_found


def record_ministerial_decision(
    safeguarder_id: str, decision: Decision, people: Register, recommendations: Recommendations
) -> Safeguarder:
    """Record a decision and return the entry after it.

    Raises:
        Refusal: NOT_FOUND, or INVALID or PRECONDITION if the Regulations do not allow the decision, or if it names no
            recommendation that fits.
    """
    entry = people.find(safeguarder_id)
    if entry is None:
        raise not_found("SAFEGUARDER_NOT_FOUND", "No Safeguarder with this id is on the register.", "name")
    entry = apply_decision(entry, decision)
    named = decision.recommendation
    check_recommendation(decision, safeguarder_id, named, recommendations.find(named) if named else None)
    people.record_decision(entry, decision)
    return entry
