"""The Team's recommendations about memberships in the database, in the current transaction. Every version is kept."""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.evidence.adapters.tables import team_recommendation
from services.evidence.domain.recommendations.recommendation import Recommendation
from services.evidence.wire.recommendations import recommendation_event
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent

_BODY = TypeAdapter(Recommendation)
_ADD = insert_sql(team_recommendation)
_NEWEST = "SELECT body FROM team_recommendation WHERE recommendation_id = ? AND is_newest"
_SHOWN = "SELECT body FROM team_recommendation WHERE recommendation_id = ? AND is_shown ORDER BY version DESC LIMIT 1"
_OF = "SELECT recommendation_id FROM team_recommendation WHERE safeguarder_id = ? AND is_newest"
_NOT_NEWEST = "UPDATE team_recommendation SET is_newest = false WHERE recommendation_id = ? AND is_newest"


class SqlTeamRecommendations:
    """Recommendations by id and by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, recommendation_id: str, *, shown: bool = False) -> Recommendation | None:
        """Return a recommendation as it stands, or None. `shown`: as the person saw it last."""
        row = execute(self._connection, _SHOWN if shown else _NEWEST, (recommendation_id,)).fetchone()
        return _BODY.validate_json(row[0]) if row else None

    def of(self, safeguarder_id: str, *, shown: bool = False) -> list[Recommendation]:
        """Return a person's recommendations, newest first. `shown`: as the person saw each last, and no others."""
        rows: Sequence[Any] = execute(self._connection, _OF, (safeguarder_id,)).fetchall()
        found = [self.find(recommendation_id, shown=shown) for (recommendation_id,) in rows]
        return sorted((each for each in found if each), key=lambda each: (each.created_at, each.name), reverse=True)

    def put(self, recommendation: Recommendation) -> None:
        """Store a version of a recommendation. Publish it, unless it was never shared."""
        execute(self._connection, _NOT_NEWEST, (recommendation.recommendation_id,))
        ids = (recommendation.recommendation_id, recommendation.version, recommendation.safeguarder_id)
        stands = (to_micros(recommendation.recorded_at), True, recommendation.is_shown)
        execute(self._connection, _ADD, (*ids, *stands, _BODY.dump_json(recommendation).decode()))
        if recommendation.was_shared:
            event = (recommendation.safeguarder_id, recommendation_event(recommendation))
            add_events(self._connection, [event], recommendation.recorded_at, traceparent())
