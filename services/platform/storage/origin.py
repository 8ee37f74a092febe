"""The identity of a service's database: which database it is, and how often it was restored (F2)."""

import uuid

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table

from services.platform.storage.database import execute


def origin_table(metadata: MetaData) -> None:
    """Declare the table of one row. The migration that makes it writes the row, so each database has its own."""
    Table(
        "origin",
        metadata,
        Column("database_id", String(32), primary_key=True),
        Column("epoch", Integer, nullable=False, comment="rises in each copy that a backup makes"),
    )


def new_origin() -> tuple[str, int]:
    """Return the row of a database that is made now."""
    return uuid.uuid4().hex, 1


def read_origin(connection: Connection) -> str:
    """Return the name of this database in messages to its readers; empty if it has none."""
    row = execute(connection, "SELECT database_id, epoch FROM origin").fetchone()
    return f"{row[0]}/{row[1]}" if row else ""
