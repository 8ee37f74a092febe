"""A TCP proxy that loses answers or cuts every connection."""

import contextlib
import socket
import threading
from collections.abc import Callable


class Proxy:
    """A proxy between clients and a port of this machine."""

    def __init__(self, port: int, target: int) -> None:
        self.loses_answers = False
        """Whether answers are thrown away. The target has then done its work, but no client receives the answer."""
        self._target = target
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", port))
        self._threads: list[threading.Thread] = []
        self._run(self._accept_forever)

    def cut(self) -> None:
        """End every connection."""
        carrying = self._threads[1:]  # before the ends, so that clients that reconnect meanwhile are not waited for
        ends = tuple(self._open)
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)  # wakes a thread that is waiting to read from it
        for thread in carrying:
            thread.join()
        del self._open[: len(ends)]

    def close(self) -> None:
        """Accept no more connections, and end the open ones."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._threads[0].join()
        self._listening.close()
        self.cut()

    def _run(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _accept_forever(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                self._open.append(client)
                target = socket.create_connection(("127.0.0.1", self._target))
                self._open.append(target)
                self._run(self._carry, client, target, False)
                self._run(self._carry, target, client, True)

    def _carry(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while part := source.recv(65536):
                if not (answers and self.loses_answers):
                    sink.sendall(part)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)
        source.close()
