"""Settings of the rules service."""

from pathlib import Path

from services.platform.settings import ServiceSettings


class Settings(ServiceSettings):
    """What rules needs beyond what every service needs."""

    evidence_address: str
    """Where evidence serves gRPC."""
    scheduling_address: str
    """Where scheduling serves gRPC."""
    rulebook: Path = Path(__file__).parent / "rulebook"
    """Folder of the rule files; the shipped rulebook unless policy staff keep their own."""
