"""E-mail over real SMTP: what a mail server does decides between sent, not sent, refused and unknown (Q21, Q22)."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from services.notifications.adapters.smtp import SmtpMailer
from services.notifications.domain.notification import Outcome
from tests.notifications.mail_server import MailServer, a_mail_server
from tests.waiting import HUNG

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TO = "person-one@example.invalid"
GIVEN_UP_SECONDS = 1.0


@pytest.fixture
def server() -> Iterator[MailServer]:
    with a_mail_server() as made:
        yield made


def a_mailer(address: str, start_tls: bool = False, seconds: float = HUNG) -> SmtpMailer:
    return SmtpMailer(
        address, "no-reply@psmf.example.invalid", "Test Service", start_tls=start_tls, timeout_seconds=seconds
    )


def test_an_email_taken_by_the_server_is_sent(server: MailServer) -> None:
    assert a_mailer(server.address).send(TO, "n-1", AT) is Outcome.SENT
    (message,) = server.taken
    assert (message["To"], message["From"]) == (TO, "no-reply@psmf.example.invalid")
    assert message["Message-ID"] == "<n-1@psmf.example.invalid>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == AT


def test_every_email_says_the_same(server: MailServer) -> None:
    mailer = a_mailer(server.address)
    mailer.send(TO, "n-1", AT)
    mailer.send("manager-one@example.invalid", "n-2", AT)
    first, second = server.taken
    assert first["Subject"] == second["Subject"]
    assert first.get_content() == second.get_content()
    assert "person-one" not in first.get_content()


@pytest.mark.parametrize(
    ("to_recipient", "to_message", "outcome"),
    [
        ("450 Mailbox busy", "250 OK", Outcome.NOT_SENT),
        ("550 No such mailbox", "250 OK", Outcome.REFUSED),
        ("250 OK", "451 Try again", Outcome.NOT_SENT),
        ("250 OK", "554 Not wanted", Outcome.REFUSED),
    ],
)
def test_a_4xx_reply_is_for_now_a_5xx_reply_for_good(
    server: MailServer, to_recipient: str, to_message: str, outcome: Outcome
) -> None:
    server.to_recipient, server.to_message = to_recipient, to_message
    assert a_mailer(server.address).send(TO, "n-1", AT) is outcome
    assert server.taken == []


def test_a_server_that_takes_the_email_and_says_nothing_leaves_the_outcome_unknown(server: MailServer) -> None:
    server.silent = True
    assert a_mailer(server.address, seconds=GIVEN_UP_SECONDS).send(TO, "n-1", AT) is Outcome.UNKNOWN
    assert len(server.taken) == 1


def test_a_server_that_is_down_has_taken_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    assert a_mailer(address).send(TO, "n-1", AT) is Outcome.NOT_SENT


def test_a_server_that_never_greets_is_given_up_in_time() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        started = datetime.now(UTC)
        mailer = a_mailer(f"127.0.0.1:{deaf.getsockname()[1]}", seconds=GIVEN_UP_SECONDS)
        assert mailer.send(TO, "n-1", AT) is Outcome.NOT_SENT
        assert (datetime.now(UTC) - started).total_seconds() < HUNG


def test_without_tls_on_offer_nothing_goes_in_clear(server: MailServer) -> None:
    assert a_mailer(server.address, start_tls=True).send(TO, "n-1", AT) is Outcome.NOT_SENT
    assert server.taken == []


@pytest.mark.parametrize("address", ["one@example.invalid\r\nBcc: two@example.invalid", "naïve@example.invalid"])
def test_what_is_no_address_is_refused_for_good(server: MailServer, address: str) -> None:
    assert a_mailer(server.address).send(address, "n-1", AT) is Outcome.REFUSED
    assert server.taken == []
