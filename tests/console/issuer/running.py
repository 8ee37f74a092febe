"""The issuer while it runs, and a console that signs people in at it."""

import json
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import httpx2

from services.console.signin.open_id import OpenIdSignIn
from services.console.signin.session_cookie import Session
from services.platform.calls.identity import new_key, public_entry
from tests.console.issuer.__main__ import CLIENT, SECRET
from tests.console.site import URL, Answer, Site, site
from tests.waiting import HUNG, until
from tests.world import free_port

MANAGER = "support-manager-east-1"
AGAIN = "You aren't signed in yet"
ACCESS_NAME = "https://issuer.example.invalid"


@dataclass
class Running:
    """The issuer's process. `folder` holds what a console needs to trust it."""

    url: str
    folder: Path
    trusts: ssl.SSLContext | None = None
    """How a browser knows its certificate, if it has one."""

    def tell(self, **told: Any) -> list[str]:
        """Tell it how to answer from now on, and return what it was asked since the last time."""
        request = urllib.request.Request(f"{self.url}/told", json.dumps(told).encode())  # noqa: S310
        with urllib.request.urlopen(request, context=self.trusts) as answer:  # noqa: S310
            return list(json.load(answer))

    def person_signs_in(self, address: str, person: str) -> str:
        """Sign somebody in on the issuer's page at an address, and return where it sends the browser."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        answer = httpx2.post(f"{self.url}/authorize", data=asked | {"person": person}, **self.by())
        return str(answer.headers["location"])

    def by(self) -> dict[str, Any]:
        """Return how a request is sent to it."""
        return {"trust_env": False} | ({"verify": self.trusts} if self.trusts else {})


class Tls(NamedTuple):
    """The files of an issuer's certificate, and the authority by which a browser knows it."""

    certificate: Path
    key: Path
    authority: Path


@contextmanager
def running(
    folder: Path, *, key_file: Path | None = None, name: str = ACCESS_NAME, tls: Tls | None = None, port: int = 0
) -> Iterator[Running]:
    """Run an issuer. Without a `key_file` it signs access tokens by a key of its own, which `keys.json` holds."""
    if key_file is None:
        key = new_key("issuer-2026")
        (folder / "issuer.key").write_text(json.dumps(key.as_dict(private=True)))
        (folder / "keys.json").write_text(json.dumps({"keys": [public_entry(key, name)]}))
    else:
        (folder / "issuer.key").write_bytes(key_file.read_bytes())
    (folder / "name").write_text(name)
    (folder / "secret").write_text(f"{SECRET}\n")
    port, files = port or free_port(), [str(file) for file in tls[:2]] if tls else []
    with subprocess.Popen([sys.executable, "-m", "tests.console.issuer", str(port), str(folder), *files]) as process:
        found = Running(f"http://localhost:{port}", folder)
        if tls:
            found = Running(f"https://localhost:{port}", folder, ssl.create_default_context(cafile=tls.authority))
        try:
            until(lambda: _answers(found), HUNG)
            yield found
        finally:
            process.terminate()


def _answers(issuer: Running) -> bool:
    try:
        return httpx2.get(f"{issuer.url}/keys", **issuer.by()).status_code == 200
    except httpx2.HTTPError:
        return False


def settings_of(issuer: Running, people_file: Path) -> dict[str, Any]:
    """Return the settings of a console that signs people in at an issuer."""
    return {
        "demo_identity": None,
        "issuer": issuer.url,
        "issuer_client_id": CLIENT,
        "issuer_client_secret_file": issuer.folder / "secret",
        "keys_file": issuer.folder / "keys.json",
        "people_file": people_file,
    }


@dataclass
class Door:
    """A console with its issuer, both at the same time of day."""

    site: Site
    issuer: Running
    told: dict[str, Any]

    def tell(self, **told: Any) -> list[str]:
        """Tell the issuer how to answer from now on; nothing: rightly."""
        self.told = told
        return self.issuer.tell(now=self.site.clock.instant.timestamp(), **told)

    def later(self, pause: timedelta) -> None:
        """Let time go by, for the console and for the issuer."""
        self.site.clock.instant += pause
        self.tell(**self.told)

    def begins(self, asked: str = "") -> str:
        """Go to the issuer, and return its address."""
        return self.site.get(f"/sign-in/start?next={asked}" if asked else "/sign-in/start").header("location")

    def comes_back(self, person: str, asked: str = "", **changed: str) -> Answer:
        """Sign somebody in at the issuer, and come back with its answer. `changed`: the browser's own words in it."""
        back = self.issuer.person_signs_in(self.begins(asked), person)
        return self.site.get(with_words(back, changed))


def with_words(back: str, changed: dict[str, str]) -> str:
    """Return the path of an answer of the issuer, with words changed or, where they are empty, left out."""
    said = dict(part.partition("=")[::2] for part in urlsplit(back).query.split("&")) | changed
    query = "&".join(f"{name}={value}" for name, value in said.items() if value)
    return f"{back.removeprefix(URL).partition('?')[0]}?{query}"


def door(issuer: Running, folder: Path, url: str = "", **settings: Any) -> Door:
    """Return a console of its own at an issuer, with the people of the tests. `url`: of another one, which is away."""
    given = settings_of(issuer, folder / "people.json") | ({"issuer": url} if url else {})
    found = Door(site(folder, **(given | settings)), issuer, {})
    found.tell()
    return found


def way_in(at: Door) -> OpenIdSignIn:
    """Return how the console signs people in."""
    found = at.site.console._way_in
    assert isinstance(found, OpenIdSignIn)
    return found


def session_of(at: Door) -> Session:
    """Return what is sealed in the browser's cookies."""
    jar = at.site.jar
    found = at.site.console._keys.opened(jar.get("psmf-demo", ""), jar.get("psmf-demo-2", ""))
    assert found is not None
    return found


def is_in(at: Door) -> bool:
    """Return whether the manager of the tests sees a page of theirs."""
    return at.site.get("/").header("location") == "/today"


def refused(at: Door, answer: Answer) -> None:
    """Assert that an answer of the issuer signed nobody in."""
    assert (answer.status, answer.h1) == (400, AGAIN)
    assert not is_in(at)
