"""Overrides in the database, as rules last told of them, in the current transaction."""

from datetime import date

from sqlalchemy import Connection

from services.evidence.domain.review_requests.override import Override
from services.platform.storage.database import execute

_PUT = (
    "INSERT INTO rule_override (override_id, safeguarder_id, author, starts_on, ends_on, version) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (override_id) DO UPDATE SET version = excluded.version "
    "WHERE rule_override.version < excluded.version"
)
_ONE = "SELECT safeguarder_id, author, starts_on, ends_on, version FROM rule_override WHERE override_id = ?"


class SqlOverrides:
    """Overrides by id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, override_id: str) -> Override | None:
        """Return an override, or None if rules told of none."""
        row = execute(self._connection, _ONE, (override_id,)).fetchone()
        if row is None:
            return None
        return Override(override_id, row[0], row[1], date.fromisoformat(row[2]), date.fromisoformat(row[3]), row[4])

    def put(self, known: Override) -> None:
        """Store an override, unless a later version is stored."""
        days = (known.starts_on.isoformat(), known.ends_on.isoformat())
        execute(
            self._connection,
            _PUT,
            (known.override_id, known.safeguarder_id, known.author, *days, known.version),
        )
