"""What a suite on one machine stands on: SQLite files or PostgreSQL, the services' own feed or Apache Kafka."""

from enum import StrEnum
from pathlib import Path

from services.demo.local_kafka import LocalKafka
from services.demo.local_kafka import version as kafka_version
from services.demo.local_postgres import LocalPostgres, create_database
from services.demo.suite import Part


class Profile(StrEnum):
    """Which parts. The four pairs of database and transport must end alike."""

    EMBEDDED = "embedded"
    """SQLite and feed: nothing else runs."""
    PRODUCTION = "production"
    """PostgreSQL and Apache Kafka, as processes of this machine."""
    SQLITE_KAFKA = "sqlite-kafka"
    POSTGRESQL_FEED = "postgresql-feed"


class Parts:
    """The parts of one suite, started before its services and stopped after them."""

    def __init__(self, folder: Path, profile: Profile = Profile.EMBEDDED) -> None:
        self.profile = profile
        self._folder = folder.resolve()
        with_postgres = profile in (Profile.PRODUCTION, Profile.POSTGRESQL_FEED)
        with_kafka = profile in (Profile.PRODUCTION, Profile.SQLITE_KAFKA)
        self.postgres = LocalPostgres(self._folder / "postgres") if with_postgres else None
        self.kafka = LocalKafka(self._folder / "kafka") if with_kafka else None

    def start(self) -> None:
        """Start what there is.

        Raises:
            PostgresNotStartedError, KafkaNotStartedError: saying what is missing.
        """
        if self.postgres:
            self.postgres.start()
        if self.kafka:
            self.kafka.start()

    def stop(self) -> None:
        """Stop what there is."""
        if self.kafka:
            self.kafka.stop()
        if self.postgres:
            self.postgres.stop()

    def found(self) -> list[Part]:
        """What runs, where, and which version."""
        kafka = [Part("kafka", self.kafka.address, kafka_version())] if self.kafka else []
        postgres = [Part("postgresql", self.postgres.address, self.postgres.version())] if self.postgres else []
        return [*postgres, *kafka]

    def settings(self, service: str) -> dict[str, str]:
        """The settings of a service that name its parts."""
        database = (
            create_database(self.postgres.address, service)
            if self.postgres
            else f"sqlite:///{self._folder / service}.db"
        )
        broker = {"transport": "kafka", "kafka_servers": self.kafka.address} if self.kafka else {}
        return {"database": database, **broker}
