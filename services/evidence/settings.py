"""Settings of the evidence service."""

from services.platform.process.settings import ServiceSettings


class Settings(ServiceSettings):
    """What evidence needs beyond what every service needs."""

    rules_address: str
    """Where rules serves gRPC."""
    scheduling_address: str
    """Where scheduling serves gRPC."""
    reply_working_days: int = 10
    """Office working days a person has to reply to an adverse item. Ours: the Framework gives no number."""
