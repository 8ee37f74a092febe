"""Decision records as rules keep them."""

from sqlalchemy import Connection

from services.platform.storage.database import execute
from services.rules.adapters.store.evaluations import kept_record
from services.rules.domain.evaluation.same_record import KeptRecord


def kept_records(connection: Connection) -> list[KeptRecord]:
    """Return every decision record, in the order of each person's."""
    rows = execute(connection, "SELECT safeguarder_id, evaluation_id FROM evaluation ORDER BY safeguarder_id, number")
    found = [kept_record(connection, *row) for row in rows.fetchall()]
    return [record for record in found if record is not None]
