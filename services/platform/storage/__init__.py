"""Databases: SQLite and PostgreSQL, transactions, migrations, backups."""
