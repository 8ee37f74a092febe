"""Statements for whole rows of a table."""

from sqlalchemy import Table

from services.platform.storage.database import insert_sql


def put_sql(table: Table) -> str:
    """Return the statement that inserts whole rows, or replaces those with the same key."""
    key = ", ".join(column.name for column in table.primary_key)
    values = ", ".join(f"{column.name} = excluded.{column.name}" for column in table.columns if not column.primary_key)
    return f"{insert_sql(table)} ON CONFLICT ({key}) DO UPDATE SET {values}"
