"""Profiles of a demo: on which database and which transport it runs."""

from enum import StrEnum


class Profile(StrEnum):
    """A pair of database and transport. A story must end alike on all four."""

    EMBEDDED = "embedded"
    """SQLite and the services' own feed, with no other process."""
    PRODUCTION = "production"
    """PostgreSQL and Apache Kafka, as processes of this machine."""
    SQLITE_KAFKA = "sqlite-kafka"
    POSTGRESQL_FEED = "postgresql-feed"
