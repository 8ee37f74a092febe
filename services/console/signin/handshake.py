"""What the console has to know again when somebody comes back from the issuer: in a sealed cookie of ten minutes."""

import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from services.console.signin.session_cookie import SessionKeys

LIFE = timedelta(minutes=10)
LONGEST_PLACE = 300
"""Characters of the name of a page with its ids."""
_USE = "sign-in"


@dataclass(frozen=True, slots=True)
class Handshake:
    """One attempt to sign in. Only the browser that began it holds it, so nobody can end it for somebody else."""

    state: str
    """Comes back in the address, and says that this browser asked."""
    nonce: str
    """Comes back in the id token, and says that the token is for this attempt."""
    verifier: str = field(repr=False)
    """Proves to the issuer that the code is changed for tokens by the console that asked for it."""
    asked: str
    """The page to go on to, by its name and ids; empty for the start page."""
    begun: int
    """Seconds since 1970."""

    def is_over(self, now: datetime) -> bool:
        """Return whether it took too long."""
        return not 0 <= now.timestamp() - self.begun <= LIFE.total_seconds()


def begin(asked: str, now: datetime) -> Handshake:
    """Return a new attempt, with three secrets that nobody can guess."""
    place = asked if len(asked) <= LONGEST_PLACE else ""
    state, nonce, verifier = (secrets.token_urlsafe(size) for size in (24, 24, 48))
    return Handshake(state, nonce, verifier, place, int(now.timestamp()))


def sealed(keys: SessionKeys, handshake: Handshake) -> str:
    """Return an attempt as the value of a cookie."""
    return keys.seal(_USE, asdict(handshake))


def opened(keys: SessionKeys, cookie: str) -> Handshake | None:
    """Return the attempt in a cookie; None if it was changed, or was sealed for another use."""
    held = keys.open(_USE, cookie)
    try:
        return Handshake(**held) if held else None
    except TypeError:
        return None
