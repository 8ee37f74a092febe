"""Mutual TLS between processes: each shows a certificate of one authority, and looks at the other's (decision 92)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc

NAME = "x509_subject_alternative_name"
"""What gRPC calls the names in the other end's certificate."""


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """A process's own certificate and key, and the authority that signs those of all, each as PEM.

    They are read again at each connection, so a new certificate needs no restart.
    """

    certificate: Path
    key: Path
    authority: Path

    def changed_at(self) -> tuple[int, ...]:
        """Return a mark that is another one once a file has changed.

        Raises:
            OSError: a file cannot be read.
        """
        return tuple(file.stat().st_mtime_ns for file in (self.certificate, self.key, self.authority))

    def of_client(self) -> grpc.ChannelCredentials:
        """Return what a caller shows, and whom it trusts. Raises OSError if a file cannot be read."""
        authority, key, certificate = self._read()
        return grpc.ssl_channel_credentials(authority, key, certificate)

    def of_server(self) -> grpc.ServerCredentials:
        """Return what a server shows, and from whom it takes connections. Raises OSError if a file cannot be read."""
        mark = self.changed_at()

        def newest() -> Any:
            nonlocal mark
            try:
                changed_at = self.changed_at()
                if changed_at == mark:
                    return None
                configuration = self._configuration()
            except (OSError, ValueError):
                # Half written: the certificate that is known serves on, and the next connection looks again.
                return None
            mark = changed_at
            return configuration

        return grpc.dynamic_ssl_server_credentials(self._configuration(), newest, require_client_authentication=True)

    def _configuration(self) -> grpc.ServerCertificateConfiguration:
        authority, key, certificate = self._read()
        return grpc.ssl_server_certificate_configuration([(key, certificate)], authority)

    def _read(self) -> tuple[bytes, bytes, bytes]:
        return self.authority.read_bytes(), self.key.read_bytes(), self.certificate.read_bytes()


def names_of(context: grpc.ServicerContext) -> frozenset[str]:
    """Return the names in the certificate of a call's other end; none where a connection is in plain text."""
    names: Any = context.auth_context().get(NAME, ())
    return frozenset(name.decode("ascii", "replace") for name in names)
