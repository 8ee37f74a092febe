"""Settings of the rules service."""

from pathlib import Path

from pydantic import field_validator

from services.platform.process.settings import ServiceSettings


class Settings(ServiceSettings):
    """What rules needs beyond what every service needs."""

    evidence_address: str
    """Where evidence serves gRPC."""
    scheduling_address: str
    """Where scheduling serves gRPC."""
    rulebook: Path = Path(__file__).parent / "rulebook"
    """Folder of the rule files; the shipped rulebook unless policy staff keep their own."""
    rulebook_needs_approval: bool = True
    """Whether files of the folder that are new wait for a second person's approval. Off only to develop and to show."""
    approval_key_file: Path | None = None
    """Private key that signs approvals of the rulebook, or a set of them, newest first; without it none can be made."""

    @field_validator("approval_key_file", mode="before")
    @classmethod
    def _no_approval_key(cls, value: object) -> object:
        return None if value == "" else value
