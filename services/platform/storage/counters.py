"""The table of counters that a service keeps."""

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table

from services.platform.storage.database import execute

_ADD = "INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = counter.value + 1"


def counter_table(metadata: MetaData) -> Table:
    """Declare the table: a name and a number a row."""
    return Table(
        "counter",
        metadata,
        Column("name", String(40), primary_key=True),
        Column("value", BigInteger, nullable=False),
        comment="what an operator asks for and counting rows would be slow: evaluations, disagreements",
    )


def count_one(connection: Connection, name: str) -> None:
    """Add one to a counter in the current transaction."""
    execute(connection, _ADD, (name,))
