"""Settings of the scheduling service."""

from services.platform.process.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of scheduling beyond those of every service."""

    evidence_address: str
    """gRPC address of evidence."""
    rules_address: str
    """gRPC address of rules."""
