"""Builds every object of the console, and runs its two servers: pages, and health with measures."""

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

from services.console.app import console_app
from services.console.calls.caller import open_channels
from services.console.calls.gateway import Gateway
from services.console.frame import Frame, Site
from services.console.health import health_app
from services.console.rendering import Rendering
from services.console.requests import Forms, Limits, Visitor
from services.console.settings import Settings
from services.console.signin.demo import DemoSignIn
from services.console.signin.issuer import Client, Issuer
from services.console.signin.open_id import OpenIdSignIn
from services.console.signin.session_cookie import SessionKeys
from services.console.static_files import StaticFiles
from services.platform.calls.client import ServiceToken
from services.platform.calls.identity import Directory, Tokens
from services.platform.clock import Clock, SystemClock
from services.platform.process.stop_signal import STOPPING
from services.platform.telemetry.logs import log

GRACE_SECONDS = 5
DESK = "console"
"""Whom the console is when it calls as itself: `service:console`, whose role is `feedback_desk`."""


def compose(settings: Settings, clock: Clock | None = None) -> "Console":
    """Return the console, ready to start. `clock`: its own, unless a test moves one."""
    return Console(settings, clock or SystemClock())


class Console:
    """The console as a process."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock
        # Read before anything is served: a file that is missing or was changed stops the start with a sentence.
        self._keys = SessionKeys.read(settings.session_keys_file)
        self._static = StaticFiles()
        key = settings.desk_key_file
        self._desk = ServiceToken(key, DESK, clock.now, settings.tls) if key else None
        self._way_in = self._demo_sign_in() or self._open_id()

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        asyncio.run(self.serve())

    async def serve(self, stop: asyncio.Event | None = None) -> None:
        """Serve until a signal, or until `stop` is set."""
        settings = self.settings
        gateway = self.gateway()
        # Taken before anything is said to serve, so that an address in use ends the start with a sentence.
        servers = {_server(self.app(gateway)): bound(settings.listen)}
        if settings.metrics_listen:
            servers[_server(health_app())] = bound(settings.metrics_listen)
        if stop is None:
            stop = asyncio.Event()
            for number in STOPPING:
                asyncio.get_running_loop().add_signal_handler(signal.Signals(number), stop.set)
        serving = [asyncio.ensure_future(server.serve([taken])) for server, taken in servers.items()]
        log().info("serving", address=settings.listen)
        waits = asyncio.ensure_future(stop.wait())
        # A server that cannot serve ends by itself, and the process with it.
        await asyncio.wait([waits, *serving], return_when=asyncio.FIRST_COMPLETED)
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*serving)
        waits.cancel()
        await gateway.close()
        log().info("stopped")

    def gateway(self) -> Gateway:
        """Return the connections to the services. Call it in the loop that makes the calls."""
        gateway = Gateway(open_channels(self.settings.addresses, self.settings.tls), self._token_of)
        gateway.speak_as_desk(self._desk)
        return gateway

    def app(self, gateway: Gateway) -> Starlette:
        """Return the app that answers with pages."""
        forms = Forms(self._keys.of_forms)
        way_in, settings = self._way_in, self.settings
        rendering = Rendering(self._static, forms, is_demo=isinstance(way_in, DemoSignIn))
        issuer = way_in.origin if isinstance(way_in, OpenIdSignIn) else ""
        site = Site(
            settings.public_url, settings.host, settings.is_secure, settings.contact, settings.trusted_proxies, issuer
        )
        frame = Frame(site, self._clock, self._keys, forms, rendering, gateway, way_in, Limits())
        return console_app(frame, self._static)

    def _token_of(self, visitor: Visitor) -> str:
        way_in = self._way_in
        return way_in.token(visitor.person if isinstance(way_in, DemoSignIn) else visitor.session)

    def _demo_sign_in(self) -> DemoSignIn | None:
        folder = self.settings.demo_identity
        return DemoSignIn(folder) if folder else None

    def _open_id(self) -> OpenIdSignIn:
        settings, now = self.settings, self._clock.now
        keys, people, secret = settings.of_issuer
        directory = Directory(people)
        client = Client(
            issuer=settings.issuer,
            client_id=settings.issuer_client_id,
            secret=secret.read_text().strip(),
            scope=settings.issuer_scope,
            public_url=settings.public_url,
            ca_file=settings.issuer_ca_file,
        )
        return OpenIdSignIn(Issuer(client, now), Tokens(keys, directory, now), directory, now)


class _Server(uvicorn.Server):
    """A server that leaves the signals to the process, which has two servers to stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def bound(listen: str) -> socket.socket:
    """Take an address to listen at.

    Raises:
        OSError: another program has it, or there is none such here.
    """
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    try:
        return socket.create_server((host, int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as problem:
        raise OSError(problem.errno, os.strerror(problem.errno or 0), listen) from None


def _server(app: object) -> _Server:
    return _Server(
        uvicorn.Config(
            app,  # type: ignore[arg-type]
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            # One log line a request is ours (frame.py), and nothing that a proxy says of a caller is believed.
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
