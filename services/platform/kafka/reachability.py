"""The reason why Kafka is out of reach, in one word. Its client only says that time ran out.

The words go to logs, status and `psmf ops doctor`. They contain nothing from a file, a key or an answer.
"""

import socket
import ssl

from services.platform.kafka.clients import KafkaConnection, tls_context

NO_ANSWER = "no_answer"
FILES_UNREADABLE = "files_unreadable"
FILES_UNUSABLE = "files_unusable"
BROKER_NOT_TRUSTED = "broker_not_trusted"
CERTIFICATE_REFUSED = "certificate_refused"
TLS_EXPECTED = "tls_expected"
TLS_NOT_EXPECTED = "tls_not_expected"
NOT_ALLOWED = "not_allowed"
TOPIC_NOT_SEEN = "topic_not_seen"

PATIENCE_SECONDS = 2.0
"""Limit for each step with one broker. It is asked only after a fault, so it may take seconds."""
WHICH_VERSIONS = b"\x00\x00\x00\x0a\x00\x12\x00\x00\x00\x00\x00\x00\xff\xff"
"""The first request of Kafka's protocol (ApiVersions, version 0). A broker answers it for every client it admits."""


class TopicNotSeenError(Exception):
    """The topic does not exist, or this service may not see it. Kafka does not say which."""


def why(problem: Exception, kafka: KafkaConnection) -> str:
    """Return why a client of Kafka failed. Empty if Kafka is not the cause or answers again. May take seconds."""
    from kafka.errors import AuthorizationError, KafkaError

    if isinstance(problem, TopicNotSeenError):
        return TOPIC_NOT_SEEN
    if isinstance(problem, AuthorizationError):
        return NOT_ALLOWED
    return why_out_of_reach(kafka) if isinstance(problem, KafkaError) else ""


def why_out_of_reach(kafka: KafkaConnection) -> str:
    """Return why no broker admits us; empty if one does."""
    faults = []
    for server in kafka.servers:
        faults.append(_why(server, kafka))
        if not faults[-1]:
            return ""
    return faults[0] if faults else ""


def _why(server: str, kafka: KafkaConnection) -> str:
    """Try one broker; return the reason, or empty if it answers.

    A broker refuses a certificate after the handshake, in its first answer (TLS 1.3), so a handshake proves nothing.
    """
    try:
        context = tls_context(kafka) if kafka.ca_file else None
    except ssl.SSLError:  # before OSError, of which it is a kind
        return FILES_UNUSABLE
    except OSError:
        return FILES_UNREADABLE
    host, _, port = server.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), PATIENCE_SECONDS) as plain:
            return _in_plain(plain) if context is None else _in_tls(plain, context, host.strip("[]"))
    except (OSError, ValueError):
        return NO_ANSWER


def _in_plain(plain: socket.socket) -> str:
    plain.sendall(WHICH_VERSIONS)
    try:
        # An answer begins with its length, whose first byte is 0. A broker that expects TLS sends an alert or nothing.
        return "" if plain.recv(1) == b"\x00" else TLS_EXPECTED
    except ConnectionError:
        return TLS_EXPECTED


def _in_tls(plain: socket.socket, context: ssl.SSLContext, host: str) -> str:
    try:
        with context.wrap_socket(plain, server_hostname=host) as wrapped:
            return _first_answer(wrapped)
    except ssl.SSLCertVerificationError:
        return BROKER_NOT_TRUSTED
    except ssl.SSLError as problem:
        return CERTIFICATE_REFUSED if "ALERT" in (problem.reason or "") else TLS_NOT_EXPECTED
    except ConnectionError:
        return TLS_NOT_EXPECTED


def _first_answer(wrapped: ssl.SSLSocket) -> str:
    try:
        wrapped.sendall(WHICH_VERSIONS)
        return "" if wrapped.recv(1) else CERTIFICATE_REFUSED
    except (ssl.SSLError, ConnectionError):
        return CERTIFICATE_REFUSED
