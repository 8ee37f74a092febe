"""A database in one SQLite file: its library, its connections, its write-ahead log, backups."""
