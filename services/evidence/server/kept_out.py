"""What the gate leaves to the methods: it asks for access to one record, and a batch or a search is about many.

A declared link keeps the caller from rows of a batch too (X32).
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from services.evidence.handlers.create_evidence_item import CreateEvidenceItem
from services.platform.calls.access import not_allowed
from services.platform.calls.commands import current_call
from services.platform.calls.identity import Principal
from services.platform.calls.relations import Listed, kept_from, listed_subjects
from services.platform.storage.database import Database
from services.refusals import Refusal

Row = CreateEvidenceItem | Refusal
_READERS = ("panel_team", "senior_manager", "support_manager")
"""Staff to whom `access.cedar` opens the register."""


def people_seen(connection: Connection, caller: Principal, today: date) -> Listed:
    """Return the people whom the register shows the caller, whom another thread may ask for.

    A support manager sees those allocated to them, a Safeguarder themselves, and other roles nobody.
    """
    if caller.role == "safeguarder":
        return Listed((caller.subject,))
    if caller.role not in _READERS:
        return Listed(())
    return listed_subjects(connection, caller, "-", "support_manager", today)


def within_links(database: Database, rows: Sequence[Row]) -> list[Row]:
    """Put a refusal in place of each row about somebody from whom a declared link keeps the caller."""
    call = current_call.get()
    with database.read() as connection:
        closed = kept_from(connection, call.principal)
    return [
        not_allowed(call.rules) if isinstance(row, CreateEvidenceItem) and row.safeguarder_id in closed else row
        for row in rows
    ]
