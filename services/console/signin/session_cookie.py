"""The sealed cookie: who is signed in and since when. There is no other memory of a session, here or elsewhere."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from services.platform.watched_file import WatchedFile

IDLE, WHOLE = timedelta(minutes=60), timedelta(hours=10)
"""How long a session lasts without a page, and in all."""
_ALGORITHMS = ["dir", "A256GCM"]
BASE64_OF_256_BITS = 43
LONGEST = 3800
"""Characters of one cookie that every browser keeps. A longer session is cut in two."""
IN_TWO = "2."
"""Begins the first half of a session that was cut. A second half that is left from before then does no harm."""
SESSION = "session"


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in. Times are seconds since 1970."""

    person: str
    role: str
    subject: str
    signed_in: int
    used: int
    id: str = ""
    """Names the session's tokens in memory. A new one with each time of signing in; empty in a demo."""
    refresh: str = field(default="", repr=False)
    """What the issuer gives new tokens for; empty in a demo, and where the issuer gives none."""

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

    def __init__(self, keys: Callable[[], Sequence[OctKey]]) -> None:
        """Prepare to seal. `keys`: asked each time, because the file may have changed."""
        self._keys = keys

    @classmethod
    def read(cls, file: Path) -> "SessionKeys":
        """Return the keys of a file, which is read again when it changes.

        Raises:
            DataFileError: it is missing or damaged.
        """
        what = "keys of 256 bits for sessions, as a JSON Web Key Set"
        return cls(WatchedFile(file, _keys, what, "own_key").now)

    def sealed(self, session: Session) -> tuple[str, ...]:
        """Return a session as the values of one cookie or two, which only these keys open.

        Raises:
            ValueError: it is too long for two. No issuer's refresh token should be.
        """
        return halves(self.seal(SESSION, asdict(session)))

    def opened(self, first: str, second: str = "") -> Session | None:
        """Return the session in the values; None if it was changed, is too long, or is of a key no longer held."""
        held = self.open(SESSION, joined(first, second))
        try:
            return Session(**held) if held else None
        except TypeError:
            return None

    def seal(self, what: str, said: Mapping[str, Any]) -> str:
        """Return words that only these keys open, and only as what they were sealed for."""
        key = self._keys()[0]
        header = {"alg": "dir", "enc": "A256GCM", "kid": key.kid, "typ": what}
        return jwe.encrypt_compact(header, json.dumps(said), key)

    def open(self, what: str, sealed: str, most: int = 2 * LONGEST) -> dict[str, Any] | None:
        """Return what was sealed; None if it was changed, is of a key no longer held, or was sealed for another use.

        `most`: characters above which nothing is opened. The default is what two cookies hold.
        """
        if not sealed or len(sealed) > most:
            return None
        for key in self._keys():
            try:
                found = jwe.decrypt_compact(sealed, key, algorithms=_ALGORITHMS)
                held: Any = json.loads(found.plaintext or b"")
            except (JoseError, ValueError, TypeError):
                continue
            # The release before gave sessions no type.
            is_it = found.protected.get("typ", SESSION) == what
            return held if is_it and isinstance(held, dict) else None
        return None

    def of_forms(self) -> tuple[bytes, ...]:
        """Return the keys that mark forms: made of those of cookies, so that neither can stand in for the other."""
        return tuple(hmac.digest(key.raw_value, b"forms of the console", hashlib.sha256) for key in self._keys())


def halves(sealed: str) -> tuple[str, ...]:
    """Return what stands in each cookie.

    Raises:
        ValueError: two cookies are too few. A browser would keep only a part, and nobody could stay signed in.
    """
    if len(sealed) <= LONGEST:
        return (sealed,)
    whole = IN_TWO + sealed
    if len(whole) > 2 * LONGEST:
        raise ValueError("The session is too long for two cookies.")
    return whole[:LONGEST], whole[LONGEST:]


def joined(first: str, second: str) -> str:
    """Return what was sealed, from the values of both cookies."""
    return first.removeprefix(IN_TWO) + second if first.startswith(IN_TWO) else first


def _keys(held: dict[str, Any]) -> list[OctKey]:
    entries = held["keys"]
    # 43 characters are 32 bytes. The library only warns of a key that is too short.
    if not entries or any(len(entry["k"]) != BASE64_OF_256_BITS for entry in entries):
        raise ValueError("length")
    return [OctKey.import_key(entry) for entry in entries]
