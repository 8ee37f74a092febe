"""Signing in by OpenID Connect: who may come in, with which token calls are made, and how it ends."""

import hmac
import secrets
from collections.abc import Callable
from datetime import datetime

from starlette.datastructures import QueryParams

from services.console.failures import NoRole, NotSignedIn, ServiceAway, SignInRefused
from services.console.signin.access_tokens import AccessTokens, Held
from services.console.signin.handshake import Handshake, begin
from services.console.signin.issuer import AWAY, ISSUER, Granted, Issuer, origin_of, unusable
from services.console.signin.people import Persona, persona_of
from services.console.signin.session_cookie import Session
from services.platform.calls.identity import Directory, Tokens
from services.refusals import Refusal

_NOT_CODE = ("id_token", "access_token", "token", "token_type")
"""What an answer of the implicit or hybrid flow holds. We ask for a code alone."""


class OpenIdSignIn:
    """The way in for real people: an issuer says who they are, and the directory of the services what they may do.

    A token is checked as the services check it, and gives the same person, role and record.
    """

    def __init__(self, issuer: Issuer, tokens: Tokens, directory: Directory, now: Callable[[], datetime]) -> None:
        self._issuer = issuer
        self._tokens = tokens
        self._directory = directory
        self._now = now
        self._access = AccessTokens(self._renewed, lambda: now().timestamp())

    @property
    def origin(self) -> str:
        """Return the origin to which a form may lead a browser."""
        return origin_of(self._issuer.client.issuer)

    def find(self, person: str) -> Persona | None:
        """Return somebody as the directory knows them now, or None."""
        entry = self._directory.find(person)
        return persona_of(entry) if entry else None

    def token(self, session_id: str) -> str:
        """Return the token to call the services with.

        Raises:
            NotSignedIn: the session was ended since a page asked for a fresh one.
        """
        return self._access.of(session_id)

    def has_ended(self, session: Session) -> bool:
        """Return whether a session was ended since a page asked for a fresh token."""
        return not self._access.has(session.id)

    async def begin(self, asked: str) -> tuple[str, Handshake]:
        """Return the issuer's address at which somebody signs in, and what has to be known when they come back.

        Raises:
            ServiceAway, IssuerUnusableError: see issuer.py.
        """
        handshake = begin(asked, self._now())
        return await self._issuer.address(handshake), handshake

    async def finish(self, handshake: Handshake | None, answer: QueryParams) -> Session:
        """Return the session of somebody who comes back from the issuer.

        Raises:
            SignInRefused: the answer is not for this browser's attempt, or does not hold.
            NoRole: the directory does not know them.
            ServiceAway, IssuerUnusableError: see issuer.py.
        """
        if handshake is None or handshake.is_over(self._now()):
            raise SignInRefused("attempt")
        code = await self._code(handshake, answer)
        granted = await self._issuer.exchanged(code, handshake.verifier)
        subject = await self._issuer.subject_of(granted, handshake.nonce)
        person, until = self._proved(granted)
        if person != subject:
            raise SignInRefused("subject")
        known = self.find(person)
        if known is None:
            await self._issuer.revoke(granted.refresh)
            raise NoRole
        now = int(self._now().timestamp())
        name = secrets.token_urlsafe(16)
        session = Session(person, known.role, known.subject, now, now, name, granted.refresh)
        self._access.put(session, Held(granted.access, until, granted.refresh))
        return session

    async def fresh(self, session: Session) -> Session:
        """Return the session once calls can be made for it.

        Raises:
            NotSignedIn: the issuer no longer takes its refresh token, or it has none.
            ServiceAway, IssuerUnusableError: see issuer.py.
        """
        return await self._access.fresh(session)

    def newest(self, session: Session) -> Session:
        """Return the session as its cookie should hold it."""
        return self._access.newest(session)

    async def end(self, session: Session) -> None:
        """End a session: here at once, and at the issuer if it listens."""
        await self._issuer.revoke((await self._access.close(session)).refresh)

    async def sign_out_address(self) -> str:
        """Return where somebody signs out at the issuer; empty if it has no such place.

        Raises:
            ServiceAway, IssuerUnusableError: see issuer.py.
        """
        return await self._issuer.sign_out_address()

    async def _code(self, handshake: Handshake, answer: QueryParams) -> str:
        """Return the code in the issuer's answer. The state is looked at first: without it nothing else is believed."""
        if not hmac.compare_digest(_only(answer, "state").encode(), handshake.state.encode()):
            raise SignInRefused("state")
        named, expected = _only(answer, "iss"), self._issuer.client.issuer
        if (named or (await self._issuer.offered()).names_itself) and named != expected:
            raise SignInRefused("issuer")
        if any(name in answer for name in _NOT_CODE):
            raise SignInRefused("flow")
        error = _only(answer, "error")
        if error:
            raise ServiceAway(ISSUER) if error in AWAY else SignInRefused("issuer_said_no")
        code = _only(answer, "code")
        if not code:
            raise SignInRefused("code")
        return code

    def _proved(self, granted: Granted) -> tuple[str, float]:
        """Return whose token it is and until when, as the services will see it.

        Raises:
            IssuerUnusableError: they would refuse it, so nobody could do anything with it.
        """
        try:
            return self._tokens.proved(f"Bearer {granted.access}")
        except Refusal:
            raise unusable("access_token") from None

    async def _renewed(self, session: Session) -> Held:
        if not session.refresh:
            raise NotSignedIn
        try:
            granted = await self._issuer.refreshed(session.refresh)
        except SignInRefused:
            raise NotSignedIn from None
        person, until = self._proved(granted)
        if person != session.person:
            raise NotSignedIn
        # An issuer that does not change refresh tokens may leave the old one out.
        return Held(granted.access, until, granted.refresh or session.refresh, session.refresh)


def _only(answer: QueryParams, name: str) -> str:
    """Return a value of the answer; empty if there is none. Two of one name are not an issuer's answer."""
    values = answer.getlist(name)
    if len(values) > 1:
        raise SignInRefused("twice")
    return values[0] if values else ""
