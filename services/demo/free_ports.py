"""Free ports of this machine."""

import random
import socket

PORTS = range(21_000, 31_000)
"""Below the ports that a machine gives to outgoing calls, so that a killed process finds its own port free again."""


def free_ports(how_many: int) -> list[int]:
    """Return some ports that are free now.

    Raises:
        OSError: fewer ports are free.
    """
    found: list[int] = []
    # In random order: suites that start at the same time rarely try the same port between probe and use.
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found.append(port)
        if len(found) == how_many:
            return found
    raise OSError("there are not enough free ports on 127.0.0.1")


def free_port(wanted: int) -> int:
    """Return the wanted port if it is free now, else another. A page that somebody has marked then still opens."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return free_ports(1)[0]
    return wanted
