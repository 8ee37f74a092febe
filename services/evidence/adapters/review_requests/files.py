"""Everything that evidence keeps for review requests, together, in the current transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.evidence.adapters.plan_files import PlanFile, plan_file
from services.evidence.adapters.recommendations.kept import SqlTeamRecommendations
from services.evidence.adapters.record_numbers import review_numbers
from services.evidence.adapters.review_requests.attendances import SqlAttendances
from services.evidence.adapters.review_requests.chain import SqlChain
from services.evidence.adapters.review_requests.overrides import SqlOverrides
from services.evidence.adapters.review_requests.requests import SqlReviewRequests
from services.evidence.adapters.session_files import SessionFile, session_file
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.review_requests.life import ReviewNumbers
from services.platform.calls.identity import Directory, Person

REVIEWER_ROLE = "senior_manager"
"""Who decides requests, if they stand outside the chain."""
_LEVELS = {"support_manager": 1, "senior_manager": 2}
"""Levels of roles, where the directory says none of a person."""


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """What handlers need to work on review requests in the current transaction."""

    requests: SqlReviewRequests
    recommendations: SqlTeamRecommendations
    attendances: SqlAttendances
    overrides: SqlOverrides
    chain: SqlChain
    directory: Directory
    plan: PlanFile
    sessions: SessionFile
    numbers: ReviewNumbers
    reply_working_days: int

    def level_of(self, person: str) -> int:
        """Return how far up somebody stands in the Team, as the directory says, or else their role."""
        found = self.directory.find(person)
        return (found.level or _LEVELS.get(found.role, 0)) if found else 0

    @property
    def reviewers(self) -> list[Person]:
        """Everybody who may decide requests, in or outside the chain of one."""
        return self.directory.with_role(REVIEWER_ROLE)

    @property
    def actor(self) -> Actor:
        """The caller."""
        return self.plan.actor


def review_file(connection: Connection, directory: Directory, actor: Actor, reply_working_days: int) -> ReviewFile:
    """Return what handlers need to work on review requests in a transaction."""
    plan, sessions = plan_file(connection, actor), session_file(connection, actor.now)
    return ReviewFile(
        plan.requests,
        SqlTeamRecommendations(connection),
        SqlAttendances(connection),
        SqlOverrides(connection),
        SqlChain(connection),
        directory,
        plan,
        sessions,
        review_numbers(),
        reply_working_days,
    )
