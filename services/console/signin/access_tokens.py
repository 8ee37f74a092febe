"""Access tokens of the people who are signed in: in memory alone, until they end, and renewed once for all who wait."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from services.console.failures import NotSignedIn, ServiceAway
from services.console.signin.session_cookie import Session

EARLY_SECONDS = 60.0
"""A token is renewed this long before it ends. No page takes as long."""
LATEST_SECONDS = 5.0
"""While the issuer is away, a token that is good for this long is used all the same."""


@dataclass(frozen=True, slots=True)
class Held:
    """A token for calls. `until`: seconds since 1970."""

    access: str = field(repr=False)
    until: float
    refresh: str = field(default="", repr=False)
    """What the next one is given for."""
    spent: str = field(default="", repr=False)
    """What this one was given for. An issuer takes it once."""


class AccessTokens:
    """Tokens by the hash of a session's id. What a process keeps is gone when it ends, and is asked for again.

    `renew`: gives a new token for a session; it raises ServiceAway or NotSignedIn.
    """

    def __init__(self, renew: Callable[[Session], Awaitable[Held]], now: Callable[[], float]) -> None:
        self._renew = renew
        self._now = now
        self._held: dict[str, Held] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}

    def put(self, session: Session, held: Held) -> None:
        """Keep a token. Those that have ended are forgotten."""
        now = self._now()
        self._held = {key: one for key, one in self._held.items() if one.until > now}
        self._held[_key(session.id)] = held

    def of(self, session_id: str) -> str:
        """Return the token of a session. A page that makes calls has asked for a fresh one first.

        Raises:
            NotSignedIn: there is none any more. The reader has signed out in another tab since.
        """
        held = self._held.get(_key(session_id))
        if held is None:
            raise NotSignedIn
        return held.access

    def has(self, session_id: str) -> bool:
        """Return whether there is a token of a session."""
        return _key(session_id) in self._held

    def newest(self, session: Session) -> Session:
        """Return a session with the newest refresh token. A browser may send an older one that is already spent."""
        held = self._held.get(_key(session.id))
        if held is None or not held.refresh or session.refresh != held.spent:
            return session
        return replace(session, refresh=held.refresh)

    async def fresh(self, session: Session) -> Session:
        """Return the session once its token is good for a page. Requests that wait for one session share one renewal.

        Raises:
            ServiceAway: the issuer does not answer, and the token has ended.
            NotSignedIn: the issuer gives no new one.
        """
        held, now = self._held.get(_key(session.id)), self._now()
        if held is None or now > held.until - EARLY_SECONDS:
            try:
                await asyncio.shield(self._renewal(self.newest(session)))
            except ServiceAway:
                if held is None or now > held.until - LATEST_SECONDS:
                    raise
        return self.newest(session)

    async def close(self, session: Session) -> Session:
        """Forget the token of a session, and return the session with its newest refresh token."""
        under_way = self._under_way.get(_key(session.id))
        if under_way is not None:
            # Otherwise its token would come after the end of the session.
            with suppress(Exception):
                await asyncio.shield(under_way)
        last = self.newest(session)
        self._held.pop(_key(session.id), None)
        return last

    def _renewal(self, session: Session) -> asyncio.Task[None]:
        key = _key(session.id)
        task = self._under_way.get(key)
        if task is None:
            # Its own task: a reader who goes away must not end it, because the refresh token is spent by then.
            task = self._under_way[key] = asyncio.ensure_future(self._renewed(session))
            task.add_done_callback(partial(self._over, key))
        return task

    async def _renewed(self, session: Session) -> None:
        self.put(session, await self._renew(session))

    def _over(self, key: str, task: asyncio.Task[None]) -> None:
        self._under_way.pop(key, None)
        if not task.cancelled():
            task.exception()  # everybody who waited for it may have gone


def _key(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()
