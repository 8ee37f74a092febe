"""Rows of a batch about somebody from whom a declared link keeps the caller (X32).

The gate asks for access to one record. A batch is about many, so each row is looked at here.
"""

from collections.abc import Sequence

from services.evidence.handlers.create_evidence_item import CreateEvidenceItem
from services.platform.calls.access import not_allowed
from services.platform.calls.commands import current_call
from services.platform.calls.relations import kept_from
from services.platform.storage.database import Database
from services.refusals import Refusal

Row = CreateEvidenceItem | Refusal


def within_links(database: Database, rows: Sequence[Row]) -> list[Row]:
    """Put a refusal in place of each row about somebody from whom a declared link keeps the caller."""
    call = current_call.get()
    with database.read() as connection:
        closed = kept_from(connection, call.principal.person)
    return [
        not_allowed(call.rules) if isinstance(row, CreateEvidenceItem) and row.safeguarder_id in closed else row
        for row in rows
    ]
