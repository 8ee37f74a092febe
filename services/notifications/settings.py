"""Settings of the notifications service."""

from services.platform.process.settings import ServiceSettings


class Settings(ServiceSettings):
    """What notifications needs beyond what every service needs. Numbers the Framework does not give are ours."""

    rules_address: str
    """Where rules serves gRPC."""
    scheduling_address: str
    """Where scheduling serves gRPC."""
    smtp_address: str
    """The mail server, for example `mail.example.invalid:587`."""
    mail_from: str
    """Address the e-mails come from."""
    smtp_start_tls: bool = True
    """Whether e-mail goes over TLS or not at all. Off for the demo's own mailbox only."""
    smtp_timeout_seconds: float = 10
    """For each step of a conversation with the mail server."""
    group_seconds: float = 60
    """How long messages to one person wait for one another, to go as one e-mail. Safety never waits."""
    retry_seconds: float = 300
    """Between two tries of one e-mail."""
    most_tries: int = 48
    """After as many, an e-mail has failed for good: four hours with tries five minutes apart."""
    safety_tell_safeguarder: bool = True
    """Whether a matter of safety is told to the Safeguarder concerned."""
    held_respond_within_working_days: int = 1
    """Office working days to look at an evaluation that could not be relied on."""
    service_name: str = "Performance Support & Monitoring Framework"
    """What the e-mails call the place where there is something to read."""
