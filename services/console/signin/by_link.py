"""People who give feedback by a link: the sealed cookie that stands for it, and how much they may ask.

They are not signed in, and no cookie, page or log says who they are.
"""

import base64
import hashlib
import ipaddress
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from services.console.requests import Limits
from services.console.signin.session_cookie import SessionKeys

FEEDBACK = "feedback"
"""What a cookie and a hidden field of these pages are sealed for."""
A_MINUTE, A_SECOND, UNKNOWN_AN_HOUR = 30, 5, 10
"""Ours: requests of one link in a minute, of all links in a second, and wrong tokens or codes of a network in an hour.
The second keeps these pages, which anybody may open, from slowing people who are signed in."""
SECRET_BYTES = 20


@dataclass(frozen=True, slots=True)
class ByLink:
    """What the cookie of a link holds. `until`: seconds since 1970."""

    giver: str
    until: int
    session: str = field(default="", repr=False)
    """The secret of the session; empty once something was sent."""
    code: str = field(default="", repr=False)
    """The code of the receipt, once something was sent."""


def new_secret() -> str:
    """Return a new secret for a session: 160 random bits."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode().lower()


def sealed(keys: SessionKeys, held: ByLink) -> str:
    """Return the value of the cookie."""
    return keys.seal(FEEDBACK, asdict(held))


def opened(keys: SessionKeys, value: str, now: datetime) -> ByLink | None:
    """Return what the cookie holds; None if it was changed, or its two hours are over."""
    said = keys.open(FEEDBACK, value)
    try:
        held = ByLink(**said) if said else None
    except TypeError:
        return None
    return held if held is not None and now.timestamp() < held.until else None


class LinkLimits:
    """Limits of pages that anybody may open, held in memory: each copy of the console counts for itself.

    Networks are kept as salted hashes, and for an hour at most.
    """

    def __init__(self, draw_salt: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._salt = draw_salt(16)
        self._of_a_link = Limits(A_MINUTE)
        self._hour = 0
        self._second = 0
        self._in_second = 0
        self._unknown: dict[bytes, int] = {}

    def is_over(self, link: str, now: datetime) -> bool:
        """Count a request, and return whether it is one too many of its link or of all. `link`: empty without one."""
        second = int(now.timestamp())
        if second != self._second:
            self._second, self._in_second = second, 0
        self._in_second += 1
        of_link = bool(link) and self._of_a_link.is_over(hashlib.sha256(link.encode()).hexdigest(), now)
        return of_link or self._in_second > A_SECOND

    def has_guessed(self, address: str, now: datetime) -> bool:
        """Return whether a network has sent as many wrong tokens and codes as it may in this hour."""
        return self._in_this_hour(now).get(self._network(address), 0) >= UNKNOWN_AN_HOUR

    def count_unknown(self, address: str, now: datetime) -> None:
        """Count a wrong token or code."""
        counted, network = self._in_this_hour(now), self._network(address)
        counted[network] = counted.get(network, 0) + 1

    def _in_this_hour(self, now: datetime) -> dict[bytes, int]:
        hour = int(now.timestamp()) // 3600
        if hour != self._hour:
            self._hour, self._unknown = hour, {}
        return self._unknown

    def _network(self, address: str) -> bytes:
        """Return the network of an address as a hash: /24 of version 4, and /56 of version 6."""
        try:
            at = ipaddress.ip_address(address)
            network = str(ipaddress.ip_network((at, 24 if at.version == 4 else 56), strict=False))
        except ValueError:
            network = ""
        return hashlib.sha256(self._salt + network.encode()).digest()


def address_of(peer: str, forwarded: str, hops: int) -> str:
    """Return the address of a caller behind some proxies of ours, each of which adds one to `forwarded`.

    What a caller writes there itself stands further left, and is never taken.
    """
    named = [each.strip() for each in forwarded.split(",")] if forwarded else []
    return named[-hops] if 0 < hops <= len(named) else peer
