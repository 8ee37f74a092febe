"""Tokens for calls: from a file that somebody renews, or signed by the issuer of a demo on this machine."""

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from services.client.errors import ClientError
from services.platform.calls.identity import DEMO_ISSUER, read_key, sign_token
from services.refusals import did_you_mean

PERSONA_NAMES = "persona-names.json"
"""File of a demo's folder that says what its invented Safeguarders are called, by the ids of the people."""
RENEW_AFTER = timedelta(minutes=10)
"""Tokens live for 15 minutes, so a token in use always has five minutes left: longer than any call takes."""
Metadata = tuple[tuple[str, str], ...]


class Issuer:
    """Signs tokens for the people of a demo folder.

    Raises:
        FileNotFoundError: the folder has no issuer's key or no people.
    """

    def __init__(self, folder: Path) -> None:
        self._key = read_key(folder / f"{DEMO_ISSUER}.key")
        self._people: dict[str, dict[str, str]] = json.loads((folder / "people.json").read_text())
        # Load runs call from many threads. Without the lock each would sign a token of its own.
        self._lock = threading.Lock()
        self._tokens: dict[str, tuple[str, datetime]] = {}

    @property
    def people(self) -> list[str]:
        """Everyone the demo can sign in; services have keys of their own."""
        return [person for person in self._people if not person.startswith("service:")]

    def token(self, person: str) -> str:
        """Return a token for `person` that is good for at least five minutes.

        Raises:
            KeyError: the demo has no such person.
        """
        if person not in self.people:
            raise KeyError(person)
        now = datetime.now(UTC)
        with self._lock:
            token, renew_at = self._tokens.get(person, ("", now))
            if now >= renew_at:
                token, renew_at = sign_token(self._key, DEMO_ISSUER, person, now), now + RENEW_AFTER
                self._tokens[person] = token, renew_at
            return token

    def metadata(self, person: str) -> Metadata:
        """Return the metadata of a call by `person`."""
        return _bearer(self.token(person))


def call_metadata(folder: Path, person: str, chosen: bool) -> Callable[[str], Metadata]:
    """Return the function that makes the metadata of each call.

    A token file in PSMF_TOKEN_FILE stands for the caller, unless a persona of the demo was `chosen` explicitly.

    Raises:
        ClientError: UNAUTHENTICATED without a token file and a demo; USAGE when the demo has no such person.
    """
    file = os.environ.get("PSMF_TOKEN_FILE", "")
    if file and not chosen:
        return lambda _: _bearer(_token_in(Path(file)))
    try:
        issuer = Issuer(folder)
    except FileNotFoundError:
        message = "There is no token to call with. Put one in a file and name the file in PSMF_TOKEN_FILE."
        raise ClientError("UNAUTHENTICATED", message) from None
    if person not in issuer.people:
        hint = did_you_mean(person, issuer.people, most=3)
        raise ClientError("USAGE", f"The demo has no person {person!r}.{hint} See: psmf demo status")
    return issuer.metadata


def _token_in(file: Path) -> str:
    # Read for each call: tokens are short-lived, and another program renews the file.
    try:
        return file.read_text().strip()
    except OSError as problem:
        raise ClientError("UNAUTHENTICATED", f"PSMF_TOKEN_FILE cannot be read: {problem.strerror}") from None


def _bearer(token: str) -> Metadata:
    return (("authorization", f"Bearer {token}"),)
