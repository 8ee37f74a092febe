"""Tokens for calls: signed by the issuer of a suite that runs on this machine."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from services.platform.calls.identity import read_key, sign_token

ISSUER = "psmf-demo"


RENEW_AFTER = timedelta(minutes=10)
"""Tokens live 15 minutes; one is made anew well before that."""


class Issuer:
    """Signs tokens for the people of a demo folder."""

    def __init__(self, folder: Path) -> None:
        self._key = read_key(folder / f"{ISSUER}.key")
        self._people: dict[str, dict[str, str]] = json.loads((folder / "people.json").read_text())
        self._lock = threading.Lock()
        self._tokens: dict[str, tuple[str, datetime]] = {}

    @property
    def people(self) -> list[str]:
        """Everyone who can be signed in as."""
        return [person for person in self._people if not person.startswith("service:")]

    def token(self, person: str) -> str:
        """A token for `person`, good for at least five minutes.

        Raises:
            KeyError: when the demo has no such person.
        """
        if person not in self.people:
            raise KeyError(person)
        now = datetime.now(UTC)
        with self._lock:
            token, renew_at = self._tokens.get(person, ("", now))
            if now >= renew_at:
                token, renew_at = sign_token(self._key, ISSUER, person, now), now + RENEW_AFTER
                self._tokens[person] = token, renew_at
            return token

    def metadata(self, person: str) -> tuple[tuple[str, str], ...]:
        """What `person` sends with a call."""
        return (("authorization", f"Bearer {self.token(person)}"),)
