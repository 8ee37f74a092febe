"""Settings from the environment, as one frozen class for each service; every problem is reported at once."""

import sys
from pathlib import Path
from typing import TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

S = TypeVar("S", bound="ServiceSettings")


class ServiceSettings(BaseSettings):
    """What every service needs. Secrets are named by file, never given by value."""

    model_config = SettingsConfigDict(env_prefix="PSMF_", frozen=True, extra="ignore")

    listen: str
    """Address to serve gRPC on, for example `127.0.0.1:7101`."""
    database: Path
    """File of this service's own SQLite database."""
    keys_file: Path
    """Public keys of the issuers this service trusts, as a JSON Web Key Set."""
    people_file: Path
    """Who has which role: person id to role, as JSON. Roles are looked up here, never read from a token."""
    service_key_file: Path
    """This service's own private key, to sign its calls to other services."""
    metrics_listen: str = Field(default="", pattern=r"^(\S+:\d+)?$")
    """Address to serve measures on in Prometheus' text form, for example `127.0.0.1:9101`; empty for none."""
    reflection: bool = False
    """Whether gRPC reflection is served. Off in production."""


def read_settings(kind: type[S]) -> S:
    """The settings of the process, or exit code 2 with every missing or wrong one listed."""
    try:
        return kind()
    except ValidationError as problem:
        for fault in problem.errors():
            name = "PSMF_" + "_".join(str(part) for part in fault["loc"]).upper()
            sys.stderr.write(f"setting {name}: {fault['msg']}\n")
        raise SystemExit(2) from None
