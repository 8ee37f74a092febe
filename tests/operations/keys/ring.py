"""The files of keys of a running suite, changed as docs/operations.md says: written beside, then put in their place."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from joserfc.jwk import OctKey, OKPKey

from services.platform.calls.identity import new_key, public_entry, read_key
from services.platform.watched_file import LOOK_AGAIN_SECONDS

SEEN_SECONDS = 2 * LOOK_AGAIN_SECONDS
"""Time after which every service has seen a changed file, also one that is slow to look."""


class Ring:
    """The keys in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def own(self, name: str) -> OKPKey:
        """Return the private key of a service, or of the issuer."""
        return read_key(self._folder / f"{name}.key")

    def give(self, name: str, *keys: OKPKey) -> None:
        """Write a file of private keys, newest first. One alone stands there as it is, several as a set."""
        held = [key.as_dict(private=True) for key in keys]
        self.write(f"{name}.key", held[0] if len(held) == 1 else {"keys": held})

    def add_public(self, key: OKPKey, issuer: str) -> None:
        """Have the services trust another key."""
        self._change(lambda entries: [*entries, public_entry(key, issuer)])

    def take_out(self, key: OKPKey) -> None:
        """Have no service trust a key any more."""
        self._change(lambda entries: [entry for entry in entries if entry["kid"] != key.kid])

    def retire(self, key: OKPKey) -> None:
        """Have a key prove what it signed, and nothing more."""
        self._change(lambda es: [entry | ({"retired": True} if entry["kid"] == key.kid else {}) for entry in es])

    def write(self, name: str, held: Any) -> None:
        """Put a file in its place in one step, as `mv` does, so that nobody reads half of it."""
        beside = self._folder / f"{name}.new"
        beside.touch(mode=0o600)
        beside.write_text(json.dumps(held))
        beside.replace(self._folder / name)

    def read(self, name: str) -> Any:
        """Return what a file holds."""
        return json.loads((self._folder / name).read_text())

    def _change(self, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> None:
        self.write("keys.json", {"keys": change(self.read("keys.json")["keys"])})


def a_key_after(key: OKPKey) -> OKPKey:
    """Make the key that takes another's place. It has a name of its own."""
    return new_key(f"{key.kid}-next")


def session_key(name: str) -> dict[str, Any]:
    """Make a key that seals cookies."""
    return dict(OctKey.generate_key(256, parameters={"kid": name}, private=True).as_dict(private=True))
