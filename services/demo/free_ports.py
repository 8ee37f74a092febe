"""Ports of this machine that nobody uses."""

import random
import socket

PORTS = range(21_000, 31_000)
"""Below the ports a machine gives to outgoing calls: a killed process finds its own port free again."""


def free_ports(how_many: int) -> list[int]:
    """Some ports, free at this moment.

    Raises:
        OSError: there are not so many.
    """
    found: list[int] = []
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found.append(port)
        if len(found) == how_many:
            return found
    raise OSError("no free ports on 127.0.0.1")
