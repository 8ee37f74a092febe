"""Sender of e-mails by SMTP. Their text is in templates/ and is the same for everyone but for a day."""

import contextlib
import smtplib
import ssl
from datetime import date, datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from services.notifications.domain.notification import Outcome

TEMPLATES = Path(__file__).parent.parent / "templates"
TEMPLATE = TEMPLATES / "something_to_read.txt"
ANSWER_BY = TEMPLATES / "an_answer_by.txt"


def read_template(service_name: str) -> tuple[str, str]:
    """Return the subject and the body of the only message."""
    first, _, body = TEMPLATE.read_text(encoding="utf-8").partition("\n")
    subject = first.removeprefix("Subject: ")
    return subject.format(service_name=service_name), body.lstrip("\n").format(service_name=service_name)


def with_answer_by(body: str, day: date) -> str:
    """Return the body with the day by which an answer is asked for, after its first paragraph."""
    first, rest = body.split("\n\n", 1)
    asked = ANSWER_BY.read_text(encoding="utf-8").strip().format(day=f"{day:%A} {day.day} {day:%B %Y}")
    return f"{first}\n\n{asked}\n\n{rest}"


class SmtpMailer:
    """A mailer with one SMTP conversation for each e-mail, and a time limit on every step of it."""

    def __init__(
        self, server: str, sender: str, service_name: str, *, start_tls: bool = True, timeout_seconds: float = 10
    ) -> None:
        self._host, _, port = server.rpartition(":")
        self._port = int(port)
        self._sender = sender
        self._subject, self._body = read_template(service_name)
        self._start_tls = start_tls
        self._timeout_seconds = timeout_seconds

    def send(self, address: str, reference: str, at: datetime, answer_by_on: date | None = None) -> Outcome:
        """Send to an address and return the outcome.

        With `start_tls` nothing is ever sent in clear text: a server that offers no TLS gets nothing.
        """
        server = None
        try:
            message = self._message(address, reference, at, answer_by_on).as_bytes(policy=policy.SMTP)
            server = smtplib.SMTP(self._host, self._port, timeout=self._timeout_seconds)
            return self._converse(server, address, message)
        except ValueError:
            # The directory holds something that is not an address, so trying again cannot help.
            return Outcome.REFUSED
        except (smtplib.SMTPException, OSError):
            return Outcome.NOT_SENT
        finally:
            if server is not None:
                server.close()

    def _converse(self, server: smtplib.SMTP, address: str, message: bytes) -> Outcome:
        if self._start_tls:
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        code, _ = server.mail(self._sender)
        if code >= 400:
            return Outcome.NOT_SENT
        code, _ = server.rcpt(address)
        return _after_reply(code) if code >= 400 else _hand_over(server, message)

    def _message(self, address: str, reference: str, at: datetime, answer_by_on: date | None) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, address, self._subject
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{reference}@{self._sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(with_answer_by(self._body, answer_by_on) if answer_by_on else self._body)
        return message


def _hand_over(server: smtplib.SMTP, message: bytes) -> Outcome:
    """Hand the message over. If the connection is lost now, the server may or may not have taken the message."""
    try:
        code, _ = server.data(message)
    except smtplib.SMTPDataError as answer:
        return _after_reply(answer.smtp_code)
    except (smtplib.SMTPException, OSError):
        return Outcome.UNKNOWN
    # The server has answered by now, so a fault while saying goodbye changes nothing.
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.quit()
    return _after_reply(code)


def _after_reply(code: int) -> Outcome:
    """Return what a reply code means: 4xx is a temporary refusal, 5xx a permanent one (RFC 5321, 4.2.1)."""
    if code < 400:
        return Outcome.SENT
    return Outcome.REFUSED if code >= 500 else Outcome.NOT_SENT
