"""What a suite on one machine stands on: SQLite files or PostgreSQL, the services' own feed or Apache Kafka."""

from pathlib import Path

from services.client.addresses import Part
from services.demo.loading import Progress
from services.demo.local_kafka import LocalKafka
from services.demo.local_kafka import version as kafka_version
from services.demo.local_postgres import LocalPostgres, create_database
from services.demo.profile import Profile

__all__ = ["Parts", "Profile"]


class Parts:
    """The parts of one suite, started before its services and stopped after them."""

    def __init__(self, folder: Path, profile: Profile = Profile.EMBEDDED) -> None:
        self.profile = profile
        self._folder = folder.resolve()
        with_postgres = profile in (Profile.PRODUCTION, Profile.POSTGRESQL_FEED)
        with_kafka = profile in (Profile.PRODUCTION, Profile.SQLITE_KAFKA)
        self.postgres = LocalPostgres(self._folder / "postgres") if with_postgres else None
        self.kafka = LocalKafka(self._folder / "kafka") if with_kafka else None

    def start(self, progress: Progress = lambda step, done, total: None) -> None:
        """Start what there is.

        Raises:
            PostgresNotStartedError, KafkaNotStartedError: saying what is missing.
        """
        for name, part in (("PostgreSQL", self.postgres), ("Apache Kafka", self.kafka)):
            if part:
                progress(f"starting {name}", 0, 1)
                part.start()
                progress(f"starting {name}", 1, 1)

    def stop(self) -> None:
        """Stop what there is."""
        if self.kafka:
            self.kafka.stop()
        if self.postgres:
            self.postgres.stop()

    def found(self) -> list[Part]:
        """What runs, where, and which version."""
        found = []
        if self.postgres:
            found.append(Part("postgresql", self.postgres.address, self.postgres.version(), self.postgres.process))
        if self.kafka:
            found.append(Part("kafka", self.kafka.address, kafka_version(), self.kafka.process))
        return found

    def settings(self, service: str) -> dict[str, str]:
        """The settings of a service that name its parts."""
        database = (
            create_database(self.postgres.address, service)
            if self.postgres
            else f"sqlite:///{self._folder / service}.db"
        )
        broker = {"transport": "kafka", "kafka_servers": self.kafka.address} if self.kafka else {}
        return {"database": database, **broker}
