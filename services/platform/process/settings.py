"""Settings from the environment, one frozen class for each service. All problems are reported together."""

import sys
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.platform.calls.identity import AUDIENCE, audience_of
from services.platform.kafka.clients import KafkaConnection
from services.platform.tls import TlsFiles

S = TypeVar("S", bound=BaseSettings)
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Hosts that only this machine reaches."""
OptionalFile = Annotated[Path | None, BeforeValidator(lambda value: None if value == "" else value)]
"""The name of a file, or nothing. An empty text means nothing, because that is what a deployment gives for no value."""


class DatabaseSettings(BaseSettings):
    """The address of a service's database. Secrets are given as files, never as values."""

    model_config = SettingsConfigDict(env_prefix="PSMF_", frozen=True, extra="ignore")

    database: str = ""
    """Address of this service's own database: `sqlite:///FILE`, or `postgresql+psycopg://…` without a password."""
    database_file: OptionalFile = None
    """A file with the address instead, if the address has a password."""

    @model_validator(mode="after")
    def _one_database(self) -> Self:
        if bool(self.database) == bool(self.database_file):
            raise ValueError("give either PSMF_DATABASE or PSMF_DATABASE_FILE")
        return self

    @cached_property
    def database_url(self) -> str:
        """Return the address of the database."""
        return self.database or self.database_file.read_text().strip()  # type: ignore[union-attr]


class KafkaSettings(BaseSettings):
    """The way to reach Kafka."""

    model_config = SettingsConfigDict(env_prefix="PSMF_", frozen=True, extra="ignore")

    kafka_servers: str = ""
    """The brokers, as `host:port,host:port`. Needed with the transport `kafka`."""
    kafka_ca_file: OptionalFile = None
    """The authority that signed the brokers' certificates. Without it the connection is in plain text."""
    kafka_certificate_file: OptionalFile = None
    """This service's own certificate for the brokers."""
    kafka_key_file: OptionalFile = None
    """The private key of that certificate."""

    @model_validator(mode="after")
    def _certificate_with_key(self) -> Self:
        if bool(self.kafka_certificate_file) != bool(self.kafka_key_file):
            raise ValueError("give both PSMF_KAFKA_CERTIFICATE_FILE and PSMF_KAFKA_KEY_FILE, or neither")
        return self

    def connection(self, servers: str) -> KafkaConnection:
        """Return a connection to these servers, with the files of the settings."""
        named = tuple(server.strip() for server in servers.split(",") if server.strip())
        return KafkaConnection(named, self.kafka_ca_file, self.kafka_certificate_file, self.kafka_key_file)


class TlsSettings(BaseSettings):
    """The certificate of this process for calls between services, and the authority that signs those of all."""

    model_config = SettingsConfigDict(env_prefix="PSMF_", frozen=True, extra="ignore")

    tls_certificate_file: OptionalFile = None
    """This process's own certificate, PEM. Its names are the service's name and the addresses it is called by."""
    tls_key_file: OptionalFile = None
    """The private key of that certificate."""
    tls_ca_file: OptionalFile = None
    """The authority that signs the certificates of all who call one another."""

    @model_validator(mode="after")
    def _all_or_none(self) -> Self:
        given = (self.tls_certificate_file, self.tls_key_file, self.tls_ca_file)
        if any(given) and not all(given):
            raise ValueError("give PSMF_TLS_CERTIFICATE_FILE, PSMF_TLS_KEY_FILE and PSMF_TLS_CA_FILE, or none of them")
        return self

    @property
    def tls(self) -> TlsFiles | None:
        """Return the files for mutual TLS; None for plain text."""
        if self.tls_certificate_file is None or self.tls_key_file is None or self.tls_ca_file is None:
            return None
        return TlsFiles(self.tls_certificate_file, self.tls_key_file, self.tls_ca_file)


class ProgramSettings(TlsSettings):
    """What every program that serves tells of itself."""

    model_config = SettingsConfigDict(env_prefix="PSMF_", frozen=True, extra="ignore")

    metrics_listen: str = Field(default="", pattern=r"^(\S+:\d+)?$")
    """Address to serve measures on in Prometheus' text form, for example `127.0.0.1:9101`; empty for none."""
    trace_file: OptionalFile = None
    """File to which finished spans are appended as JSON lines. Nothing makes it smaller, so it is for short runs."""


class ServiceSettings(DatabaseSettings, KafkaSettings, ProgramSettings):
    """The settings that every service has."""

    listen: str
    """Address to serve gRPC on, for example `127.0.0.1:7101`."""
    health_listen: str = Field(default="", pattern=r"^(\S+:\d+)?$")
    """Address on which health checks are answered by threads of their own, for example `127.0.0.1:7201`; empty for
    none. They are answered at `listen` too."""
    clear_text: bool = False
    """Whether calls from other machines may be in plain text, where TLS ends in front of the service."""
    keys_file: Path
    """Public keys of the issuers this service trusts, as a JSON Web Key Set."""
    people_file: Path
    """The directory: person id to role, as JSON. Roles are looked up here, never read from a token."""
    service_key_file: Path
    """This service's own private key, with which it signs its calls to other services."""
    audit_file: OptionalFile = None
    """File to which the checkpoints of the audit log are appended. Keep it where the database's owner cannot write."""
    reflection: bool = False
    """Whether gRPC reflection is served. Off in production."""
    transport: Literal["feed", "kafka"] = "feed"
    """How events travel: over the services' own gRPC streams, or by Apache Kafka."""
    copy_name: str = Field(default="", pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,199})?$")
    """Name of this copy among several of the service, the same after a restart. A copy with a name takes up its work
    again and goes on reading topics at once. Without a name, other copies take over when its claim or session ends."""

    @model_validator(mode="after")
    def _closed_to_the_network(self) -> Self:
        """Refuse to serve other machines in plain text unless told so: tokens and files could be read on the way."""
        if self.tls is None and not self.clear_text and self.listen.rpartition(":")[0] not in THIS_MACHINE:
            raise ValueError(
                "PSMF_LISTEN is open to other machines. Give PSMF_TLS_CERTIFICATE_FILE, PSMF_TLS_KEY_FILE and "
                "PSMF_TLS_CA_FILE, or set PSMF_CLEAR_TEXT=true where TLS ends in front of the service"
            )
        return self

    @model_validator(mode="after")
    def _kafka_is_known(self) -> Self:
        if self.transport == "kafka" and not self.kafka_servers:
            raise ValueError("the transport kafka needs PSMF_KAFKA_SERVERS")
        return self

    def audience_of(self, service: str) -> str:
        """Return the audience that tokens of other services must name."""
        return audience_of(service) if self.tls else AUDIENCE

    @property
    def kafka(self) -> KafkaConnection | None:
        """Return the connection to Kafka; None with the transport `feed`."""
        return self.connection(self.kafka_servers) if self.transport == "kafka" else None


def read_settings(kind: type[S]) -> S:
    """Read the settings of the process. If any is missing or wrong, list them all and end with exit code 2."""
    try:
        return kind()
    except ValidationError as problem:
        for fault in problem.errors():
            name = "PSMF_" + "_".join(str(part) for part in fault["loc"]).upper()
            sys.stderr.write(f"setting {name.rstrip('_')}: {fault['msg']}\n")
        raise SystemExit(2) from None
