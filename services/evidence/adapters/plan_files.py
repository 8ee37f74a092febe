"""Everything that evidence keeps of a development plan and needs for it, together, in the current transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.evidence.adapters.development_plans import SqlApproachChanges, SqlDevelopmentPlans
from services.evidence.adapters.plan_facts import SqlPlanFacts
from services.evidence.adapters.record_numbers import plan_numbers
from services.evidence.adapters.review_requests.requests import SqlReviewRequests
from services.evidence.adapters.session_packs import SqlSessionPacks
from services.evidence.adapters.session_records import SqlSessionRecords
from services.evidence.adapters.standings import SqlStandings
from services.evidence.adapters.store import SqlFile, SqlRegister
from services.evidence.adapters.times_away import SqlTimesAway
from services.evidence.domain.plans.sides import Actor, PlanNumbers


@dataclass(frozen=True, slots=True)
class PlanFile:
    """What handlers need to work on a development plan in the current transaction. `actor`: the caller."""

    parts: SqlDevelopmentPlans
    changes: SqlApproachChanges
    requests: SqlReviewRequests
    facts: SqlPlanFacts
    standings: SqlStandings
    packs: SqlSessionPacks
    records: SqlSessionRecords
    people: SqlRegister
    times_away: SqlTimesAway
    file: SqlFile
    actor: Actor
    numbers: PlanNumbers


def plan_file(connection: Connection, actor: Actor) -> PlanFile:
    """Return what handlers need to work on a development plan in a transaction."""
    return PlanFile(
        SqlDevelopmentPlans(connection),
        SqlApproachChanges(connection),
        SqlReviewRequests(connection),
        SqlPlanFacts(connection),
        SqlStandings(connection),
        SqlSessionPacks(connection),
        SqlSessionRecords(connection),
        SqlRegister(connection),
        SqlTimesAway(connection),
        SqlFile(connection),
        actor,
        plan_numbers(),
    )
