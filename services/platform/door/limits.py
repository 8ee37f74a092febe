"""How much the door takes at once, and how long it waits. Everything that a caller can make grow has a number here."""

from dataclasses import dataclass

FIRST_MESSAGE_SECONDS = 5.0
"""Time for a request to arrive after a thread waits for it. A whole megabyte takes a second on a slow line."""
NEXT_PART_SECONDS = 30.0
"""Time between two parts of a caller's stream."""
SLOW_READER_SECONDS = 30.0
"""Time for a caller to take one answer of a stream."""

CALLS_OF_ONE = 64
"""Calls of one caller that run or wait. A page of the console makes five."""
CALLS = 1024
"""Calls of all callers that run or wait. It bounds the memory they take."""


@dataclass(frozen=True, slots=True)
class PoolSize:
    """Threads, and for how many calls of one caller they work at once."""

    threads: int
    of_one: int


CALL_POOL = PoolSize(24, 16)
"""For calls. Most of the threads wait for a commit, which they then share."""
OPERATOR_POOL = PoolSize(2, 2)
"""For the questions of operators, so that they see a service that is busy."""
FEED_THREADS, FEEDS_OF_ONE = 24, 8
"""For feeds to other services: three readers, in several copies."""
WATCH_THREADS, WATCHES_OF_ONE = 24, 3
"""For streams to people and partner systems. A person has a terminal, and two windows of it."""
IMPORT_THREADS, IMPORTS_OF_ONE = 24, 6
"""For streams from callers."""
OPEN_POOL = PoolSize(2, 2)
"""For what needs no token."""
REFUSED_POOL = PoolSize(1, 1)
"""For refusals at the door, which wait for nothing. Whose token has ended hears so while strangers hold the others."""

LEAST_PING_MS = 1000
"""Shortest time between two keepalive pings that callers may use (docs/calling.md)."""
HANDSHAKE_MS = 5_000
IDLE_CONNECTION_MS = 300_000
OLD_CONNECTION_MS = 3_600_000
OLD_CONNECTION_GRACE_MS = 1_200_000
"""Longer than a stream may last, which ends with its token. So none is cut."""
STREAMS_OF_A_CONNECTION = 128
CONNECTIONS = 8192
METADATA_BYTES = 16 * 1024
