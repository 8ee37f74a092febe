"""Whose records a caller may ask for."""

from sqlalchemy import Connection

from services.platform.storage.database import execute
from services.refusals import nobody_known


def require_known(connection: Connection, safeguarder_id: str) -> None:
    """Refuse somebody whose appointment has not come from evidence.

    Raises:
        Refusal: NOT_FOUND.
    """
    if execute(connection, "SELECT 1 FROM person WHERE safeguarder_id = ?", (safeguarder_id,)).fetchone() is None:
        raise nobody_known()
