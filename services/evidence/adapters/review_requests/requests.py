"""Review requests in the database, in the current transaction. Every version is kept."""

from collections.abc import Sequence
from datetime import date

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.evidence.adapters.tables import review_request
from services.evidence.domain.review_requests.request import ReviewRequest, Target
from services.evidence.wire.review_requests import request_event
from services.platform.calls.relations import Listed
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent

_REQUEST = TypeAdapter(ReviewRequest)
_ADD = insert_sql(review_request)
_NOT_NEWEST = "UPDATE review_request SET is_newest = false, up_on = '' WHERE review_id = ? AND is_newest"

_OPEN = "SELECT body FROM review_request WHERE is_newest AND (up_on IS NULL OR up_on > '')"


class SqlReviewRequests:
    """Review requests by id and by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, review_id: str) -> ReviewRequest | None:
        """Return a request as it stands, or None."""
        statement = "SELECT body FROM review_request WHERE review_id = ? AND is_newest"
        row = execute(self._connection, statement, (review_id,)).fetchone()
        return _REQUEST.validate_json(row[0]) if row else None

    def of(self, safeguarder_id: str) -> list[ReviewRequest]:
        """Return a person's requests as they stand, the oldest first."""
        statement = "SELECT body FROM review_request WHERE safeguarder_id = ? AND is_newest"
        rows = execute(self._connection, statement, (safeguarder_id,))
        found = [_REQUEST.validate_json(body) for (body,) in rows]
        return sorted(found, key=lambda request: (request.created_at, request.review_id))

    def open_ones(self, people: Listed) -> list[ReviewRequest]:
        """Return the open requests of several people as they stand."""
        which, values = people.limits_in_sql("safeguarder_id")
        # An ended request has no day after which it goes up. One that a release before stored may have none either.
        rows = execute(self._connection, f"{_OPEN}{which}", tuple(values))
        found = [_REQUEST.validate_json(body) for (body,) in rows]
        return [request for request in found if request.is_open]

    def people(self) -> list[str]:
        """Return the ids of those who ever asked for a review."""
        statement = "SELECT DISTINCT safeguarder_id FROM review_request ORDER BY safeguarder_id"
        return [safeguarder_id for (safeguarder_id,) in execute(self._connection, statement, ())]

    def is_open(self, safeguarder_id: str, target: Target) -> bool:
        """Return whether somebody looks at something about a person."""
        return any(request.is_open and request.target == target for request in self.of(safeguarder_id))

    def to_look_at(self, today: date, most: int) -> list[ReviewRequest]:
        """Return requests that may have waited for too long before a day, and those that a release before stored."""
        statement = (
            "SELECT body FROM review_request WHERE is_newest AND (up_on IS NULL OR (up_on > '' AND up_on < ?)) "
            "ORDER BY review_id LIMIT ?"
        )
        rows = execute(self._connection, statement, (today.isoformat(), most))
        return [_REQUEST.validate_json(body) for (body,) in rows]

    def look_after(self, review_id: str, day: date | None) -> None:
        """Store the day after which a request is looked at again; None for one that has ended."""
        values = (day.isoformat() if day else "", review_id)
        execute(self._connection, "UPDATE review_request SET up_on = ? WHERE review_id = ? AND is_newest", values)

    def put(self, request: ReviewRequest) -> None:
        """Store a version of a request, freeze or free its items, and publish it."""
        execute(self._connection, _NOT_NEWEST, (request.review_id,))
        ids = (request.review_id, request.version, request.safeguarder_id, to_micros(request.recorded_at), True)
        until = request.waits_until
        row = (*ids, _REQUEST.dump_json(request).decode(), until.isoformat() if until else "")
        execute(self._connection, _ADD, row)
        self._mark(request.evidence_ids, request)
        event = (request.safeguarder_id, request_event(request))
        add_events(self._connection, [event], request.recorded_at, traceparent())

    def _mark(self, evidence_ids: Sequence[str], request: ReviewRequest) -> None:
        """Mark the items of a request. One that ended leaves those that another open request is about."""
        elsewhere = {
            evidence_id
            for other in self.of(request.safeguarder_id)
            if other.is_open and other.review_id != request.review_id
            for evidence_id in other.evidence_ids
        }
        for evidence_id in evidence_ids:
            values = (request.is_open or evidence_id in elsewhere, evidence_id)
            execute(self._connection, "UPDATE evidence_item SET under_review = ? WHERE evidence_id = ?", values)
