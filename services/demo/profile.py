"""What a suite on one machine stands on, by name."""

from enum import StrEnum


class Profile(StrEnum):
    """Which parts. The four pairs of database and transport must end alike."""

    EMBEDDED = "embedded"
    """SQLite and feed: nothing else runs."""
    PRODUCTION = "production"
    """PostgreSQL and Apache Kafka, as processes of this machine."""
    SQLITE_KAFKA = "sqlite-kafka"
    POSTGRESQL_FEED = "postgresql-feed"
