"""Review requests in the database, as evidence tells of them, in the current transaction. The newest version holds."""

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.platform.storage.database import execute
from services.rules.domain.concerns.review_requests.followed import ReviewRequestFact

_FACT = TypeAdapter(ReviewRequestFact)
_PUT = (
    "INSERT INTO review_request (review_id, safeguarder_id, version, body) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (review_id) DO UPDATE SET version = excluded.version, body = excluded.body "
    "WHERE review_request.version < excluded.version"
)
_OF_PERSON = "SELECT body FROM review_request WHERE safeguarder_id = ? ORDER BY review_id"


def requests_of(connection: Connection, safeguarder_id: str) -> tuple[ReviewRequestFact, ...]:
    """Return the newest version of every review request about a person."""
    rows = execute(connection, _OF_PERSON, (safeguarder_id,)).fetchall()
    return tuple(_FACT.validate_json(body) for (body,) in rows)


class SqlReviewRequests:
    """Review requests by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, said: ReviewRequestFact) -> None:
        """Store a version of a request, unless a later one is stored already."""
        values = (said.review_id, said.safeguarder_id, said.version, _FACT.dump_json(said).decode())
        execute(self._connection, _PUT, values)

    def of(self, safeguarder_id: str) -> tuple[ReviewRequestFact, ...]:
        """Return the newest version of every review request about a person."""
        return requests_of(self._connection, safeguarder_id)
