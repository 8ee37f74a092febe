"""Settings of the notifications service."""

from collections.abc import Iterator
from typing import ClassVar

from services.platform.process.settings import Fault, ServiceSettings


class Settings(ServiceSettings):
    """Settings of notifications beyond those of every service. The Framework gives none of these numbers."""

    OF_OTHERS: ClassVar[frozenset[str]] = frozenset({"smtp_address"})

    evidence_address: str
    """gRPC address of evidence."""
    rules_address: str
    """gRPC address of rules."""
    scheduling_address: str
    """gRPC address of scheduling."""
    smtp_address: str
    """The mail server, for example `mail.example.invalid:587`."""
    mail_from: str
    """Sender address of the e-mails."""
    smtp_start_tls: bool = True
    """Whether every e-mail must go over TLS. Turn this off only for the demo's own mailbox."""
    smtp_timeout_seconds: float = 10
    """Time limit for each step of a conversation with the mail server."""
    group_seconds: float = 60
    """Time for which a message waits for others to the same person, to go as one e-mail. Safety never waits."""
    email_in_office_hours: bool = True
    """Whether e-mails wait for the hours in `data/ladders.yaml`, unless they are about safety.

    Turn this off only where nobody reads the e-mails, as in the demo.
    """
    retry_seconds: float = 300
    """Time between two tries of one e-mail."""
    most_tries: int = 48
    """Tries after which an e-mail has failed for good. 48 tries five minutes apart take four hours."""
    safety_tell_safeguarder: bool = True
    """Whether the Safeguarder concerned is told of a matter of safety."""
    held_respond_within_working_days: int = 1
    """Office working days in which to look at a deferred evaluation."""
    service_name: str = "Performance Support & Monitoring Framework"
    """Name in the e-mails of the place where there is something to read."""

    def unsafe(self) -> Iterator[Fault]:
        """Yield what would show who gets e-mails."""
        yield from super().unsafe()
        if not self.smtp_start_tls:
            yield Fault("smtp_start_tls", "e-mails would go to the mail server in plain text. Set it to true")
