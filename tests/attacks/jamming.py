"""A program that tries to keep a service busy until nobody else gets through: `python -m tests.attacks.jamming HOW …`.

It holds what it has opened until its standard input ends, and prints a line when everything is open.
"""

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.notifications.v1 import notifications_pb2

CALL = "/psmf.evidence.v1.EvidenceService/GetEvidenceItem"
IMPORT = "/psmf.evidence.v1.EvidenceService/ImportEvidenceItems"
WATCH = "/psmf.notifications.v1.AlertService/WatchAlerts"
CALLS_OF_A_CONNECTION = 100
SETTLED_SECONDS = 1.0
"""Time for the last of the calls to arrive."""


class Attacker:
    """Somebody with an address, perhaps a token, and much patience."""

    def __init__(self, address: str, token: str) -> None:
        self._address = address
        self._metadata = (("authorization", f"Bearer {token}"),) if token else ()
        self._channels: list[grpc.aio.Channel] = []
        self._held: list[Any] = []
        self.refused = 0

    def _channel(self) -> grpc.aio.Channel:
        if len(self._held) % CALLS_OF_A_CONNECTION == 0:
            own = (("grpc.use_local_subchannel_pool", 1),)
            self._channels.append(grpc.aio.insecure_channel(self._address, options=own))
        return self._channels[-1]

    async def half_open(self, count: int) -> None:
        """Open calls, and never send their request."""
        for _ in range(count):
            call: Any = self._channel().stream_unary(CALL)
            self._hold(call(_nothing(), metadata=self._metadata))

    async def imports(self, count: int) -> None:
        """Open streams that send one empty row, and never end."""
        for _ in range(count):
            call: Any = self._channel().stream_unary(IMPORT)
            self._hold(call(_one_row(), metadata=self._metadata))

    async def watches(self, count: int) -> None:
        """Open watches, and read nothing of them."""
        for _ in range(count):
            everybody = notifications_pb2.WatchAlertsRequest(parent="safeguarders/-").SerializeToString()
            call: Any = self._channel().unary_stream(WATCH)
            self._hold(call(everybody, metadata=self._metadata).read())

    async def idle(self, count: int) -> None:
        """Open connections and say nothing."""
        host, _, port = self._address.rpartition(":")
        self._held = [socket.create_connection((host, int(port))) for _ in range(count)]

    async def flood(self, count: int) -> None:
        """Ask as fast as answers come, `count` calls at a time."""
        for _ in range(count):
            self._hold(self._ask_for_ever(self._channel().unary_unary(CALL)))

    async def _ask_for_ever(self, call: Any) -> None:
        while True:
            try:
                await call(b"", metadata=self._metadata)
            except grpc.aio.AioRpcError:
                self.refused += 1

    def _hold(self, call: Awaitable[Any]) -> None:
        self._held.append(asyncio.ensure_future(self._wait(call)))

    async def _wait(self, call: Awaitable[Any]) -> None:
        try:
            await call
        except grpc.aio.AioRpcError:
            self.refused += 1


@contextmanager
def attacked(how: str, address: str, count: int, token: str = "") -> Iterator[None]:
    """Attack an address during the block, from a process of its own."""
    command = [sys.executable, "-m", "tests.attacks.jamming", how, address, str(count), *([token] if token else [])]
    pipe, root = subprocess.PIPE, Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=root) as attacker:
        assert attacker.stdin is not None
        assert attacker.stdout is not None
        assert attacker.stdout.readline().startswith(b"open")
        try:
            yield
        finally:
            attacker.stdin.close()


async def _nothing() -> AsyncIterator[bytes]:
    await asyncio.Event().wait()
    yield b""


async def _one_row() -> AsyncIterator[bytes]:
    yield pb.ImportEvidenceItemsRequest().SerializeToString()
    await asyncio.Event().wait()


async def main(how: str, address: str, count: int, token: str = "") -> None:
    """Attack until standard input ends."""
    attacker = Attacker(address, token)
    await getattr(attacker, how)(count)
    await asyncio.sleep(SETTLED_SECONDS)
    sys.stdout.write(f"open, refused {attacker.refused}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    how, address, count, *token = sys.argv[1:]
    asyncio.run(main(how, address, int(count), *token))
