"""Settings of the rules service."""

from pathlib import Path

from pydantic import field_validator

from services.platform.process.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of rules, added to those of every service."""

    evidence_address: str
    """Address of evidence's gRPC server."""
    scheduling_address: str
    """Address of scheduling's gRPC server."""
    notifications_address: str
    """Address of notifications' gRPC server."""
    rulebook: Path = Path(__file__).parent / "rulebook"
    """Folder of the rule files: the shipped rulebook, unless policy staff keep their own."""
    rulebook_needs_approval: bool = True
    """Whether new files in the folder wait for a second person's approval. Off only for development and the demo."""
    approval_key_file: Path | None = None
    """Private key that signs approvals of the rulebook, or a set of keys, newest first. Without it none can be made."""

    @field_validator("approval_key_file", mode="before")
    @classmethod
    def _no_approval_key(cls, value: object) -> object:
        # An empty variable means no key. As a path it would be the current folder.
        return None if value == "" else value
