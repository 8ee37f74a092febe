"""Profiles of a demo: on which database and transport it runs, and what runs beside its services."""

from enum import StrEnum


class Profile(StrEnum):
    """A pair of database and transport. A story must end alike on all four."""

    EMBEDDED = "embedded"
    """SQLite and the services' own feed, with no other process."""
    PRODUCTION = "production"
    """PostgreSQL and Apache Kafka, as processes of this machine."""
    SQLITE_KAFKA = "sqlite-kafka"
    POSTGRESQL_FEED = "postgresql-feed"


class Beside(StrEnum):
    """What runs beside the services of a demo."""

    NOTHING = "nothing"
    MEASURES = "measures"
    """Services keep their spans in files and serve their measures."""
    PAGES = "pages"
    """The same, and the console serves its web pages."""
