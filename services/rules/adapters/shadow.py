"""Which database a shadow of the service may use: its own, and nobody else's.

A shadow evaluates the same events by a candidate rulebook. On the database of the service it would raise concerns by
rules that nobody has approved, and the service on a shadow's database would publish them.
"""

from sqlalchemy import Connection

from services.platform.storage.database import Database, execute
from services.platform.storage.unusable import UnusableDatabaseError

_USED = ("inbox", "outbox", "evaluation", "evaluation_request")
"""Tables of which a service that has done anything has filled one."""


def take_for(shadow: str, database: Database) -> None:
    """Make an unused database that of a shadow. `shadow`: its name; empty for the service itself.

    Raises:
        UnusableDatabaseError: it is the database of the service, or of another shadow.
    """
    with database.read() as connection:
        owner = _owner(connection)
    if owner != shadow:
        try:
            database.write(lambda tx: _take(tx, shadow))
        except UnusableDatabaseError:
            database.close()
            raise


def _take(connection: Connection, shadow: str) -> None:
    owner = _owner(connection)  # again: two workers of a shadow may start together
    if owner and owner != shadow:
        raise UnusableDatabaseError(f"The database is that of the shadow {owner!r}. Correct PSMF_DATABASE.")
    if owner == shadow:
        return
    if any(execute(connection, f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in _USED):  # noqa: S608
        message = "The database is in use by the service itself. Give the shadow an empty one of its own."
        raise UnusableDatabaseError(f"{message} Correct PSMF_DATABASE.")
    execute(connection, "INSERT INTO shadow (name) VALUES (?)", (shadow,))


def _owner(connection: Connection) -> str:
    row = execute(connection, "SELECT name FROM shadow").fetchone()
    return row[0] if row else ""
