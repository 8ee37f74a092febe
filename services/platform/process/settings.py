"""Settings from the environment, one frozen class for each service. All problems are reported together.

With `PSMF_PROFILE=production`, settings that are unsafe for real people are problems too (decision 94).
"""

import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, TypeVar

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from services.platform import failpoints
from services.platform.calls.identity import AUDIENCE, DEMO_ISSUER, audience_of
from services.platform.data_file import DataFileError
from services.platform.kafka.clients import KafkaConnection
from services.platform.tls import TlsFiles
from services.platform.watched_file import read_file

S = TypeVar("S", bound=BaseSettings)
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
"""Hosts that only this machine reaches."""
TLS_FILES = "PSMF_TLS_CERTIFICATE_FILE, PSMF_TLS_KEY_FILE and PSMF_TLS_CA_FILE"
KAFKA_FILES = "PSMF_KAFKA_CA_FILE, PSMF_KAFKA_CERTIFICATE_FILE and PSMF_KAFKA_KEY_FILE"
OptionalFile = Annotated[Path | None, BeforeValidator(lambda value: None if value == "" else value)]
"""The name of a file, or nothing. An empty text means nothing, because that is what a deployment gives for no value."""


class Fault(NamedTuple):
    """A setting that cannot be used as it is: its field, and a sentence on what is wrong and what to set."""

    field: str
    what: str


class CheckedSettings(BaseSettings):
    """Settings that name all their faults at once.

    A class adds its own faults to those of the classes that it extends. Without that, an operator would mend one,
    start again, and read the next.
    """

    model_config = SettingsConfigDict(env_prefix="PSMF_", frozen=True, extra="ignore")

    profile: Literal["", "production"] = ""
    """`production` where people are real: unsafe settings are then refused."""

    @model_validator(mode="after")
    def _usable(self) -> Self:
        found = [*self.faults(), *(self.unsafe() if self.profile else ())]
        if found:
            details = [
                InitErrorDetails(type=PydanticCustomError("fault", "{what}", {"what": what}), loc=(name,), input="")
                for name, what in found
            ]
            raise ValidationError.from_exception_data(type(self).__name__, details)
        return self

    def faults(self) -> Iterator[Fault]:
        """Yield what makes the settings unusable anywhere."""
        yield from ()

    def unsafe(self) -> Iterator[Fault]:
        """Yield what must not be so where people are real."""
        if failpoints.NAMED:
            yield Fault("failpoint", "the process would kill itself, as in a test. Take it away")


class DatabaseSettings(CheckedSettings):
    """The address of a service's database. Secrets are given as files, never as values."""

    database: str = ""
    """Address of this service's own database: `sqlite:///FILE`, or `postgresql+psycopg://…` without a password."""
    database_file: OptionalFile = None
    """A file with the address instead, if the address has a password."""

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the address."""
        yield from super().faults()
        if bool(self.database) == bool(self.database_file):
            yield Fault("database", "give either PSMF_DATABASE or PSMF_DATABASE_FILE")

    def unsafe(self) -> Iterator[Fault]:
        """Yield what would show the database or its password to others."""
        yield from super().unsafe()
        try:
            address = make_url(self.database_url)
        except (ArgumentError, AttributeError, OSError, ValueError):
            return  # the start says what is wrong with it
        if self.database and address.password:
            yield Fault(
                "database", "the address holds a password. Put it in a file, and name the file in PSMF_DATABASE_FILE"
            )
        hosts = {address.host, address.query.get("host")} - {None, ""}
        is_near = all(str(host) in THIS_MACHINE or str(host).startswith("/") for host in hosts)
        if not is_near and address.query.get("sslmode") != "verify-full":
            yield Fault(
                "database",
                "the database is on another machine, and its certificate is not checked. "
                "Add ?sslmode=verify-full&sslrootcert=FILE to the address",
            )

    @cached_property
    def database_url(self) -> str:
        """Return the address of the database."""
        return self.database or self.database_file.read_text().strip()  # type: ignore[union-attr]


class KafkaSettings(CheckedSettings):
    """The way to reach Kafka."""

    kafka_servers: str = ""
    """The brokers, as `host:port,host:port`. Needed with the transport `kafka`."""
    kafka_ca_file: OptionalFile = None
    """The authority that signed the brokers' certificates. Without it the connection is in plain text."""
    kafka_certificate_file: OptionalFile = None
    """This service's own certificate for the brokers."""
    kafka_key_file: OptionalFile = None
    """The private key of that certificate."""

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the files."""
        yield from super().faults()
        if bool(self.kafka_certificate_file) != bool(self.kafka_key_file):
            what = "give both PSMF_KAFKA_CERTIFICATE_FILE and PSMF_KAFKA_KEY_FILE, or neither"
            yield Fault("kafka_certificate_file", what)

    def unsafe(self) -> Iterator[Fault]:
        """Yield what would let others read events, or send some in a service's name."""
        yield from super().unsafe()
        is_far = any(is_elsewhere(server) for server in self.connection(self.kafka_servers).servers)
        if is_far and not (self.kafka_ca_file and self.kafka_certificate_file):
            yield Fault("kafka_ca_file", f"events would go to other machines without mutual TLS. Give {KAFKA_FILES}")

    def connection(self, servers: str) -> KafkaConnection:
        """Return a connection to these servers, with the files of the settings."""
        named = tuple(server.strip() for server in servers.split(",") if server.strip())
        return KafkaConnection(named, self.kafka_ca_file, self.kafka_certificate_file, self.kafka_key_file)


class TlsSettings(CheckedSettings):
    """The certificate of this process for calls between services, and the authority that signs those of all."""

    tls_certificate_file: OptionalFile = None
    """This process's own certificate, PEM. Its names are the service's name and the addresses it is called by."""
    tls_key_file: OptionalFile = None
    """The private key of that certificate."""
    tls_ca_file: OptionalFile = None
    """The authority that signs the certificates of all who call one another."""

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the files."""
        yield from super().faults()
        given = (self.tls_certificate_file, self.tls_key_file, self.tls_ca_file)
        if any(given) and not all(given):
            yield Fault("tls_certificate_file", f"give {TLS_FILES}, or none of them")

    @property
    def tls(self) -> TlsFiles | None:
        """Return the files for mutual TLS; None for plain text."""
        if self.tls_certificate_file is None or self.tls_key_file is None or self.tls_ca_file is None:
            return None
        return TlsFiles(self.tls_certificate_file, self.tls_key_file, self.tls_ca_file)


class ProgramSettings(TlsSettings):
    """What every program that serves tells of itself."""

    OF_OTHERS: ClassVar[frozenset[str]] = frozenset()
    """Settings with addresses of others than our services."""

    metrics_listen: str = Field(default="", pattern=r"^(\S+:\d+)?$")
    """Address to serve measures on in Prometheus' text form, for example `127.0.0.1:9101`; empty for none."""
    trace_file: OptionalFile = None
    """File to which finished spans are appended as JSON lines. Nothing makes it smaller, so it is for short runs."""

    def unsafe(self) -> Iterator[Fault]:
        """Yield which calls to our other services would leave this machine in plain text."""
        yield from super().unsafe()
        peers = {name for name in type(self).model_fields if name.endswith("_address")} - self.OF_OTHERS
        far = sorted(variable(name) for name in peers if is_elsewhere(getattr(self, name)))
        if far and self.tls is None:
            what = f"calls to {', '.join(far)} would leave this machine in plain text. Give {TLS_FILES}"
            yield Fault("tls_certificate_file", what)


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

    def faults(self) -> Iterator[Fault]:
        """Yield what would open the service to the network, or leave it without events."""
        yield from super().faults()
        if self.tls is None and not self.clear_text and is_elsewhere(self.listen):
            # Tokens and files could be read on the way.
            or_else = "" if self.profile else ", or set PSMF_CLEAR_TEXT=true where TLS ends in front of the service"
            yield Fault("listen", f"it is open to other machines. Give {TLS_FILES}{or_else}")
        if self.transport == "kafka" and not self.kafka_servers:
            yield Fault("kafka_servers", "the transport kafka needs PSMF_KAFKA_SERVERS")

    def unsafe(self) -> Iterator[Fault]:
        """Yield what would let others in, or show them more than they need."""
        yield from super().unsafe()
        if self.clear_text:
            yield Fault("clear_text", f"other machines could call in plain text. Set it to false, and give {TLS_FILES}")
        if self.reflection:
            yield Fault("reflection", "anybody could ask for a description of every method. Set it to false")
        yield from of_a_demo(self.keys_file, self.people_file)

    @property
    def shadow_name(self) -> str:
        """Return the name of the shadow of the service that this process is; empty for the service itself."""
        return ""

    def audience_of(self, service: str) -> str:
        """Return the audience that tokens of other services must name."""
        return audience_of(service) if self.tls else AUDIENCE

    @property
    def kafka(self) -> KafkaConnection | None:
        """Return the connection to Kafka; None with the transport `feed`."""
        return self.connection(self.kafka_servers) if self.transport == "kafka" else None


def is_elsewhere(address: str) -> bool:
    """Return whether `host:port` names more than this machine."""
    return address.rpartition(":")[0] not in THIS_MACHINE


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"PSMF_{name.upper()}"


def of_a_demo(keys_file: Path, people_file: Path) -> Iterator[Fault]:
    """Yield which files come from a demo. Its private keys lie open on a disk, so anybody could be anyone."""
    if _holds(keys_file, lambda held: any(entry["issuer"] == DEMO_ISSUER for entry in held["keys"])):
        yield Fault("keys_file", f"it trusts the issuer of the demo. Take the key of {DEMO_ISSUER} out of the file")
    if _holds(people_file, lambda held: any(map(_is_invented, held.values()))):
        yield Fault("people_file", "it holds invented people of the demo. Name a file with your own people alone")


def _is_invented(entry: dict[str, Any]) -> bool:
    called, email = str(entry.get("display_name")), str(entry.get("email"))
    return called.startswith("Demo ") and email.endswith("@example.invalid")


def _holds(file: Path, look: Callable[[Any], bool]) -> bool:
    try:
        return read_file(file, look, "what it should")
    except DataFileError:
        return False  # the start says what is wrong with it


def read_settings(kind: type[S]) -> S:
    """Read the settings of the process. If any is missing or wrong, list them all and end with exit code 2."""
    try:
        return kind()
    except ValidationError as problem:
        for fault in problem.errors():
            name = variable("_".join(str(part) for part in fault["loc"]))
            sys.stderr.write(f"setting {name.rstrip('_')}: {fault['msg']}\n")
        raise SystemExit(2) from None
