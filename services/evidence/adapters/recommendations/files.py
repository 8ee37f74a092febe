"""Everything that evidence needs for a recommendation, together, in the current transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.evidence.adapters.plan_files import PlanFile, plan_file
from services.evidence.adapters.recommendations.kept import SqlTeamRecommendations
from services.evidence.adapters.record_numbers import recommendation_numbers
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.recommendations.recommendation import RecommendationNumbers


@dataclass(frozen=True, slots=True)
class RecommendationFile:
    """What handlers need to work on recommendations in the current transaction."""

    kept: SqlTeamRecommendations
    plan: PlanFile
    numbers: RecommendationNumbers

    @property
    def actor(self) -> Actor:
        """The caller."""
        return self.plan.actor


def recommendation_file(connection: Connection, actor: Actor) -> RecommendationFile:
    """Return what handlers need to work on recommendations in a transaction."""
    return RecommendationFile(
        SqlTeamRecommendations(connection), plan_file(connection, actor), recommendation_numbers()
    )
