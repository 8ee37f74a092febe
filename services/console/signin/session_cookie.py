"""The sealed cookie: who is signed in and since when. There is no other memory of a session, here or elsewhere."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from services.platform.calls.identity import read_file

IDLE, WHOLE = timedelta(minutes=60), timedelta(hours=10)
"""How long a session lasts without a page, and in all."""
_ALGORITHMS = ["dir", "A256GCM"]
BASE64_OF_256_BITS = 43
LONGEST = 3800
"""Characters of a cookie that every browser keeps. A longer one was not made here."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in. Times are seconds since 1970."""

    person: str
    role: str
    subject: str
    signed_in: int
    used: int

    def is_over(self, now: datetime) -> bool:
        """Return whether the reader has to sign in again."""
        return now > self.ends_at

    @property
    def ends_at(self) -> datetime:
        """Return when the reader has to sign in again if no other page is opened."""
        return min(datetime.fromtimestamp(self.used, UTC) + IDLE, self.ends_whole_at)

    @property
    def ends_whole_at(self) -> datetime:
        """Return when the reader has to sign in again, whatever is opened."""
        return datetime.fromtimestamp(self.signed_in, UTC) + WHOLE


class SessionKeys:
    """The keys of cookies and forms, newest first. Two stand there while they are changed."""

    def __init__(self, keys: Sequence[OctKey]) -> None:
        self._keys = tuple(keys)

    @classmethod
    def read(cls, file: Path) -> "SessionKeys":
        """Return the keys of a file.

        Raises:
            DataFileError: it is missing or damaged.
        """
        return cls(read_file(file, _keys, "keys of 256 bits for sessions, as a JSON Web Key Set"))

    def sealed(self, session: Session) -> str:
        """Return a session as the value of a cookie, which only these keys open."""
        key = self._keys[0]
        header = {"alg": "dir", "enc": "A256GCM", "kid": key.kid}
        return jwe.encrypt_compact(header, json.dumps(asdict(session)), key)

    def opened(self, cookie: str) -> Session | None:
        """Return the session in a cookie; None if it was changed, is too long, or is of a key no longer held."""
        if not cookie or len(cookie) > LONGEST:
            return None
        for key in self._keys:
            try:
                held: Any = json.loads(jwe.decrypt_compact(cookie, key, algorithms=_ALGORITHMS).plaintext or b"")
                return Session(**held)
            except (JoseError, ValueError, TypeError):
                continue
        return None

    def of_forms(self) -> tuple[bytes, ...]:
        """Return the keys that mark forms: made of those of cookies, so that neither can stand in for the other."""
        return tuple(hmac.digest(key.raw_value, b"forms of the console", hashlib.sha256) for key in self._keys)


def _keys(held: dict[str, Any]) -> list[OctKey]:
    entries = held["keys"]
    # 43 characters are 32 bytes. The library only warns of a key that is too short.
    if not entries or any(len(entry["k"]) != BASE64_OF_256_BITS for entry in entries):
        raise ValueError("length")
    return [OctKey.import_key(entry) for entry in entries]
