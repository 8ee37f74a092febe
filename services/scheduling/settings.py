"""Settings of the scheduling service."""

from services.platform.process.settings import ServiceSettings


class Settings(ServiceSettings):
    """What scheduling needs beyond what every service needs."""

    evidence_address: str
    """Where evidence serves gRPC."""
    rules_address: str
    """Where rules serves gRPC."""
