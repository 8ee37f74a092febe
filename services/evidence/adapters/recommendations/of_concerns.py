"""Recommendations on concerns that stand, as rules publish them, in the current transaction."""

from sqlalchemy import Connection

from services.evidence.domain.recommendations.of_a_concern import Recommendation
from services.evidence.domain.recommendations.recommendation import Outcome
from services.platform.storage.database import execute


class SqlRecommendations:
    """Recommendations by concern."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, concern_id: str) -> Recommendation | None:
        """Return the recommendation that stands on a concern, or None."""
        statement = "SELECT concern_id, safeguarder_id, kind, made_by FROM recommendation WHERE concern_id = ?"
        row = execute(self._connection, statement, (concern_id,)).fetchone()
        return Recommendation(row[0], row[1], Outcome(row[2]), row[3]) if row else None

    def remember(self, made: Recommendation) -> None:
        """Store a recommendation."""
        execute(
            self._connection,
            "INSERT INTO recommendation (concern_id, safeguarder_id, kind, made_by) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (concern_id) DO UPDATE SET kind = excluded.kind, made_by = excluded.made_by",
            (made.concern_id, made.safeguarder_id, made.kind.value, made.made_by),
        )

    def forget(self, concern_id: str) -> None:
        """Remove the recommendation of a concern, if there is one."""
        execute(self._connection, "DELETE FROM recommendation WHERE concern_id = ?", (concern_id,))
