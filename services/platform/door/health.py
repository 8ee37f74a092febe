"""Health checks on a port and threads of their own, which no caller can take."""

import errno
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2_grpc


class HealthServer:
    """A server that answers health checks alone."""

    def __init__(self, state: health.HealthServicer, listen: str) -> None:
        threads = ThreadPoolExecutor(2, thread_name_prefix="health")
        self._server = grpc.server(threads, options=[("grpc.so_reuseport", 0)])
        health_pb2_grpc.add_HealthServicer_to_server(state, self._server)
        self.port = bound(self._server, listen)

    def start(self) -> None:
        """Answer from now on."""
        self._server.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.stop(None).wait()


def bound(server: Any, listen: str, credentials: grpc.ServerCredentials | None = None) -> int:
    """Bind a server to an address, and return its port. Without credentials it serves in plain text.

    Raises:
        OSError: nothing can be served there.
    """
    try:
        port: int = server.add_secure_port(listen, credentials) if credentials else server.add_insecure_port(listen)
    except RuntimeError:
        raise OSError(errno.EADDRNOTAVAIL, "nothing can be served at this address", listen) from None
    return port
