"""Whose records a list of the rules service may hold."""

from sqlalchemy import Connection

from services.platform.calls.commands import current_call
from services.platform.calls.relations import allocated_subjects


def visible_people(connection: Connection, safeguarder_id: str) -> list[str] | None:
    """Return the people whose records the caller may list when they name one, or `-`; None for everyone."""
    caller = current_call.get().principal
    if safeguarder_id != "-":
        return [safeguarder_id]
    return allocated_subjects(connection, caller.person) if caller.role == "support_manager" else None
