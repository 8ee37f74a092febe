"""Settings of the console. It has no database and no key of its own to call with: calls carry the reader's token."""

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from services.platform.process.settings import OptionalFile, ProgramSettings

HERE = frozenset({"127.0.0.1", "localhost"})
"""Hosts that only this machine reaches."""


class Settings(ProgramSettings):
    """Settings of the console. Its health is served beside its measures."""

    listen: str = Field(pattern=r"^\S+:\d+$")
    """Address to serve pages on, for example `127.0.0.1:7200`. TLS ends in front of it."""
    public_url: str = Field(pattern=r"^https?://[A-Za-z0-9.-]+(:\d+)?$")
    """Address under which people reach the console. A request for another host, or a form from one, is refused."""
    session_keys_file: Path
    """Keys that seal the cookie of people who are signed in: a JSON Web Key Set, newest first. The first one seals."""
    evidence_address: str
    """Address of evidence's gRPC server."""
    rules_address: str
    """Address of rules' gRPC server."""
    scheduling_address: str
    """Address of scheduling's gRPC server."""
    notifications_address: str
    """Address of notifications' gRPC server."""
    contact: str = "Tell the Safeguarders Panel Team."
    """What pages say to do when something can't be put right there, for example with a telephone number."""
    demo_identity: OptionalFile = None
    """Folder with the key and the invented people of a demo, who then sign in by a button. Only for one machine."""

    @field_validator("public_url", mode="before")
    @classmethod
    def _without_last_slash(cls, value: object) -> object:
        return value.rstrip("/") if isinstance(value, str) else value

    @model_validator(mode="after")
    def _open_only_to_this_machine(self) -> Self:
        """Refuse buttons to sign in, and a cookie in plain text, beyond this machine: anybody could be anyone."""
        if self.host_only not in HERE and self.demo_identity is not None:
            raise ValueError("PSMF_DEMO_IDENTITY lets everybody sign in as anyone: PSMF_PUBLIC_URL must be 127.0.0.1")
        if self.host_only not in HERE and not self.is_secure:
            raise ValueError("PSMF_PUBLIC_URL must begin with https:// unless it is 127.0.0.1")
        return self

    @property
    def is_secure(self) -> bool:
        """Whether people reach the console over TLS."""
        return self.public_url.startswith("https://")

    @property
    def host(self) -> str:
        """Return the host that a request must name, with its port if the address has one."""
        return urlsplit(self.public_url).netloc

    @property
    def host_only(self) -> str:
        """Return the host without its port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def addresses(self) -> dict[str, str]:
        """Return the address of each service."""
        return {
            "evidence": self.evidence_address,
            "rules": self.rules_address,
            "scheduling": self.scheduling_address,
            "notifications": self.notifications_address,
        }
