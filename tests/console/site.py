"""The console in this process, asked without a server, on an identity of the staff and two invented people."""

import asyncio
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette

from services.console.calls.gateway import Gateway
from services.console.compose import Console, compose
from services.console.settings import Settings
from services.demo.issuer import SESSION_KEYS, write_identity
from tests.clock import FixedClock

URL = "http://127.0.0.1:7200"
NOBODY = dict.fromkeys(("evidence", "rules", "scheduling", "notifications"), "127.0.0.1:1")
"""Addresses at which no service answers."""
MONDAY = datetime(2026, 11, 30, 9, 2, tzinfo=UTC)
OPEN: list["Site"] = []
"""Sites to be closed when their test has ended (conftest.py)."""
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """An answer as it was sent."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        """Return the page."""
        return self.body.decode()

    def header(self, name: str) -> str:
        """Return a header; empty if it was not sent."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def h1(self) -> str:
        """Return the heading of the page."""
        (found,) = re.findall(r"<h1>(.*?)</h1>", self.text)
        return html.unescape(found)


@dataclass
class Site:
    """A console with its folder. `jar` is what the browser holds: the values of cookies by name."""

    folder: Path
    app: Starlette
    console: Console
    clock: FixedClock
    loop: asyncio.AbstractEventLoop
    gateway: Gateway
    jar: dict[str, str] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        """Return the cookies as a browser sends them."""
        return "; ".join(f"{name}={value}" for name, value in self.jar.items())

    @cookie.setter
    def cookie(self, sent: str) -> None:
        pairs = (one.partition("=") for one in sent.split("; ") if one)
        self.jar = {name: value for name, _, value in pairs}

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self.send("GET", path, b"", headers)

    def post(self, path: str, form: Mapping[str, str] | Iterable[tuple[str, str]], **headers: str) -> Answer:
        """Send a form."""
        pairs = form.items() if isinstance(form, Mapping) else form
        return self.send("POST", path, urlencode(list(pairs)).encode(), {"content-type": FORM} | headers)

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send a request and keep the cookie of its answer."""
        named = {"host": "127.0.0.1:7200"} | ({"cookie": self.cookie} if self.cookie else {})
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.loop.run_until_complete(_asked(self.app, method, path, body, named))
        for name, value in answer.headers:
            if name == "set-cookie":
                cookie, _, held = value.partition(";")[0].partition("=")
                self.jar.pop(cookie, "")
                if "max-age=0" not in value.lower():
                    self.jar[cookie] = held
        return answer

    def mark(self, path: str = "/sign-in", action: str = "/sign-in") -> str:
        """Return the mark of the form on a page that is sent to an address."""
        form = self.get(path).text.partition(f'action="{action}"')[2]
        return str(re.findall(r'name="form_mark" value="([0-9a-f]+)"', form)[0])

    def close(self) -> None:
        """Close the connections to services."""
        self.loop.run_until_complete(self.gateway.close())
        self.loop.close()

    def sign_in(self, person: str, **more: str) -> Answer:
        """Sign somebody in by their button."""
        return self.post("/sign-in", {"form_mark": self.mark(), "person": person} | more)


def site(folder: Path, addresses: Mapping[str, str] = NOBODY, **settings: Any) -> Site:
    """Return a console on a folder of its own."""
    for name, content in _identity().items():
        (folder / name).write_bytes(content)
    clock = FixedClock(MONDAY)
    given: dict[str, Any] = {
        "listen": "127.0.0.1:7200",
        "public_url": URL,
        "session_keys_file": folder / SESSION_KEYS,
        "demo_identity": folder,
        "desk_key_file": folder / "console.key",
        **{f"{name}_address": address for name, address in addresses.items()},
    }
    return of_console(folder, compose(Settings(**(given | settings)), clock), clock)


@cache
def _identity() -> dict[str, bytes]:
    """Make keys and people once. Each site gets the same ones in a folder of its own."""
    with TemporaryDirectory() as folder:
        write_identity(Path(folder), ["sg-1", "sg-2"])
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}


def of_console(folder: Path, console: Console, clock: FixedClock, cookie: str = "") -> Site:
    """Return a site of a console that is composed."""
    loop = asyncio.new_event_loop()

    async def made() -> Gateway:
        return console.gateway()

    gateway = loop.run_until_complete(made())
    found = Site(folder, console.app(gateway), console, clock, loop, gateway)
    found.cookie = cookie
    OPEN.append(found)
    return found


async def _asked(app: Starlette, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    plain, _, query = path.partition("?")
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "method": method,
        "scheme": "http",
        "path": plain, "raw_path": plain.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "server": ("127.0.0.1", 7200), "client": ("127.0.0.1", 40000),
    }  # fmt: skip
    await app(scope, receive, send)
    head = sent[0]
    named = [(name.decode(), value.decode()) for name, value in head["headers"]]
    return Answer(head["status"], named, b"".join(message.get("body", b"") for message in sent[1:]))
