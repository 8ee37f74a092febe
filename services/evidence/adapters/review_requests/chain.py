"""Who has supported a Safeguarder, and who wrote in their file, in the current transaction."""

from datetime import date, datetime

from sqlalchemy import Connection

from services.evidence.domain.review_requests.chain import Allocated
from services.platform.calls.relations import linked_people
from services.platform.storage.database import execute, to_micros

_ALLOCATE = (
    "INSERT INTO known_manager (safeguarder_id, person, until_on) VALUES (?, ?, '') "
    "ON CONFLICT (safeguarder_id, person) DO UPDATE SET until_on = ''"
)
_END = "UPDATE known_manager SET until_on = ? WHERE safeguarder_id = ? AND until_on = '' AND person <> ?"
_WRITES = (
    *("CreateEvidenceItem", "MapEvidenceItem", "ShareEvidenceItem", "DecideComplaint", "CorrectEvidenceItem"),
    *("MoveComplaintStage", "WithdrawEvidenceItem", "CreateSessionRecord", "UpdateSessionRecord", "ShareSessionRecord"),
    *("CloseSessionRecord", "CorrectSessionRecord", "WithdrawSessionRecord", "CreateNeed", "CloseNeed"),
    *("CreateAction", "AnswerAction", "SetAction", "ChangeActionDate", "CloseAction", "HoldActionReview"),
    *("CorrectActionReview", "OfferSupport", "PromiseSupport", "RecordSupport", "ChangeApproach", "EndApproach"),
)
"""The methods by which staff write in a file. Who used one is no outsider to what is in it."""
_WROTE = (
    f"SELECT DISTINCT person FROM audit WHERE subject = ? AND at >= ? AND method IN ({', '.join('?' * len(_WRITES))})"  # noqa: S608
)


class SqlChain:
    """Support managers by Safeguarder, as scheduling told of them, and writers by the audit log."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def allocate(self, safeguarder_id: str, person: str, today: date) -> None:
        """Store who supports a Safeguarder from now on. The one before does so until today."""
        self.end(safeguarder_id, today, but=person)
        execute(self._connection, _ALLOCATE, (safeguarder_id, person))

    def end(self, safeguarder_id: str, today: date, but: str = "") -> None:
        """Store that nobody supports a Safeguarder after today; `but` is left as it is."""
        execute(self._connection, _END, (today.isoformat(), safeguarder_id, but))

    def managers(self, safeguarder_id: str) -> list[Allocated]:
        """Return everybody who supports a Safeguarder, or did."""
        statement = "SELECT person, until_on FROM known_manager WHERE safeguarder_id = ? ORDER BY person"
        rows = execute(self._connection, statement, (safeguarder_id,))
        return [Allocated(person, date.fromisoformat(until) if until else None) for person, until in rows]

    def covers(self, safeguarder_id: str, since: date) -> frozenset[str]:
        """Return who may act for a support manager of a Safeguarder, or might on a day or later."""
        statement = "SELECT DISTINCT delegate FROM delegated WHERE subject = ? AND to_on >= ?"
        rows = execute(self._connection, statement, (safeguarder_id, since.isoformat()))
        return frozenset(person for (person,) in rows)

    def linked(self, safeguarder_id: str) -> frozenset[str]:
        """Return whom a declared link with a Safeguarder keeps out."""
        return linked_people(self._connection, safeguarder_id)

    def writers(self, safeguarder_id: str, since: datetime) -> frozenset[str]:
        """Return who has written in a file since an instant."""
        rows = execute(self._connection, _WROTE, (safeguarder_id, to_micros(since), *_WRITES))
        return frozenset(person for (person,) in rows)
