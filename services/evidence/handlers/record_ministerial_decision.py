"""RecordMinisterialDecision: record what Scottish Ministers decided about a membership."""

from services.evidence.adapters.decisions import SqlDecisions
from services.evidence.adapters.recommendations.files import RecommendationFile
from services.evidence.domain.recommendations.decision import decide
from services.evidence.domain.recommendations.of_a_concern import check_recommendation
from services.evidence.domain.recommendations.recommendation import Recommendation, State
from services.evidence.domain.safeguarder import Decision, Safeguarder, apply_decision, entered
from services.evidence.handlers.decisions.conditions import follow_conditions
from services.evidence.ports import Recommendations


def record_ministerial_decision(
    safeguarder_id: str,
    decision: Decision,
    decisions: SqlDecisions,
    concerns: Recommendations,
    file: RecommendationFile,
) -> Safeguarder:
    """Record a decision and return the entry after it. Conditions become actions of the person's plan.

    `concerns`: the recommendations of before the record, by their concerns.

    Raises:
        Refusal: NOT_FOUND, or INVALID or PRECONDITION if the Regulations do not allow the decision, or if it names no
            recommendation that fits.
    """
    entry = entered(file.plan.people.find(safeguarder_id), "name")
    decided: Recommendation | None = None
    if decision.recommendation_id:
        decided, decision = decide(file.kept.find(decision.recommendation_id), decision, safeguarder_id, file.actor)
    entry = apply_decision(entry, decision, file.actor)
    if decided is None:
        _check_concern(safeguarder_id, decision, concerns, file)
    decisions.record(entry, decision)
    if decided is not None:
        file.kept.put(decided)
        follow_conditions(decided, "", file.plan)
    return entry


def _check_concern(
    safeguarder_id: str, decision: Decision, concerns: Recommendations, file: RecommendationFile
) -> None:
    """Check the recommendation of before the record that a decision names by its concern."""
    named = decision.recommendation
    kept = [each for each in file.kept.of(safeguarder_id) if each.state is not State.WITHDRAWN] if named else []
    in_the_record = any(named in each.text.concerns for each in kept)
    found = concerns.find(named) if named else None
    check_recommendation(decision, safeguarder_id, found, file.actor, in_the_record=in_the_record)
