"""Settings of the evidence service."""

from services.platform.process.settings import ServiceSettings


class Settings(ServiceSettings):
    """Settings of evidence beyond those of every service."""

    rules_address: str
    """gRPC address of rules."""
    scheduling_address: str
    """gRPC address of scheduling."""
    reply_working_days: int = 10
    """Office working days to reply to an adverse item. The number is ours, because the Framework gives none."""
