"""Everything that a Safeguarder's own view is read from, together, in the current transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from services.evidence.adapters.personal_file.told import SqlTold
from services.evidence.adapters.personal_file.ways import ways_to_show
from services.evidence.adapters.plan_files import PlanFile, plan_file
from services.evidence.adapters.recommendations.kept import SqlTeamRecommendations
from services.evidence.adapters.record_numbers import standing_numbers
from services.evidence.adapters.session_files import SessionFile, session_file
from services.evidence.domain.personal_file.own_standing import StandingNumbers
from services.evidence.domain.personal_file.ways import Way
from services.evidence.domain.plans.sides import Actor
from services.platform.calls.relations import acting_manager


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """What handlers need to read a person's own view in the current transaction."""

    plan: PlanFile
    sessions: SessionFile
    recommendations: SqlTeamRecommendations
    told: SqlTold
    support_manager: str
    """Who is allocated to the person; empty while nobody is, and while a declared link keeps that person out."""
    ways: Sequence[Way]
    numbers: StandingNumbers


def personal_file(connection: Connection, safeguarder_id: str, actor: Actor) -> PersonalFile:
    """Return what handlers need to read a person's own view in a transaction."""
    plan, sessions = plan_file(connection, actor), session_file(connection, actor.now)
    manager = acting_manager(connection, safeguarder_id)
    recommendations = SqlTeamRecommendations(connection)
    told, ways = SqlTold(connection), ways_to_show()
    return PersonalFile(plan, sessions, recommendations, told, manager, ways, standing_numbers())
