"""The programs below the services: SQLite files or PostgreSQL, the services' own feed or Apache Kafka."""

from pathlib import Path

from sqlalchemy import create_engine

from services.client.addresses import Part
from services.demo.local_kafka import LocalKafka
from services.demo.local_kafka import version as kafka_version
from services.demo.local_postgres import LocalPostgres, create_database
from services.demo.profile import Profile
from services.demo.telling.loading import Progress
from services.platform.storage.migrations import bring_up_to_date

__all__ = ["Parts", "Profile"]
SERVICES = Path(__file__).parents[1]
"""The folders of the services, each with its migrations."""


class Parts:
    """The programs of one suite, started before its services and stopped after them."""

    def __init__(self, folder: Path, profile: Profile = Profile.EMBEDDED) -> None:
        self.profile = profile
        self._folder = folder.resolve()
        with_postgres = profile in (Profile.PRODUCTION, Profile.POSTGRESQL_FEED)
        with_kafka = profile in (Profile.PRODUCTION, Profile.SQLITE_KAFKA)
        self.postgres = LocalPostgres(self._folder / "postgres") if with_postgres else None
        self.kafka = LocalKafka(self._folder / "kafka") if with_kafka else None

    def start(self, progress: Progress = lambda step, done, total: None) -> None:
        """Start the programs of the profile.

        Raises:
            PostgresNotStartedError, KafkaNotStartedError: one cannot run here.
        """
        for name, part in (("PostgreSQL", self.postgres), ("Apache Kafka", self.kafka)):
            if part:
                progress(f"starting {name}", 0, 1)
                part.start()
                progress(f"starting {name}", 1, 1)

    def stop(self) -> None:
        """Stop the programs that run."""
        if self.kafka:
            self.kafka.stop()
        if self.postgres:
            self.postgres.stop()

    def found(self) -> list[Part]:
        """Return the programs that run, with address, version and process id."""
        found = []
        if self.postgres:
            found.append(Part("postgresql", self.postgres.address, self.postgres.version(), self.postgres.process))
        if self.kafka:
            found.append(Part("kafka", self.kafka.address, kafka_version(), self.kafka.process))
        return found

    def settings(self, service: str) -> dict[str, str]:
        """Return the settings that name a service's database and transport. Creates the database if need be."""
        database = _database_of(service, self.postgres) if self.postgres else f"sqlite:///{self._folder / service}.db"
        broker = {"transport": "kafka", "kafka_servers": self.kafka.address} if self.kafka else {"transport": "feed"}
        return {"database": database, **broker}


def _database_of(service: str, postgres: LocalPostgres) -> str:
    """Return the address of a service's database, with its tables.

    A service that serves takes no database without tables: it might have been emptied. So this is its first start.
    """
    address = create_database(postgres.address, service)
    engine = create_engine(address)
    bring_up_to_date(engine, SERVICES / service / "migrations")
    engine.dispose()
    return address
