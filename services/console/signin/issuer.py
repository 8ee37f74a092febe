"""The OpenID Connect issuer as the console calls it: what it offers, its keys, and tokens for a code."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from services.console.failures import ServiceAway, SignInRefused
from services.console.signin.handshake import Handshake
from services.platform.calls.identity import LEEWAY_SECONDS
from services.platform.telemetry.logs import log

ISSUER = "issuer"
"""Name of the issuer among the services that can be away."""
ANSWER_SECONDS = 2.0
KEPT = timedelta(hours=1).total_seconds()
"""How long the console believes what it read of the issuer."""
PAUSE = 2.0
"""Seconds in which an issuer that is away, and of which nothing is known yet, is not asked again."""
AGAIN = timedelta(minutes=1).total_seconds()
"""Least time between two looks: for a key that is not there, or for an issuer that is away."""
AWAY = ("server_error", "temporarily_unavailable")
"""What an issuer says that has a fault of its own, or too much to do."""
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
"""How an id token may be signed. A secret that both sides know, or nothing at all, signs none."""


class IssuerUnusableError(Exception):
    """The issuer is not set up as the console needs it. An operator has to mend it; the log says what is wrong."""


def unusable(reason: str) -> IssuerUnusableError:
    """Return the fault of an issuer that is set up wrongly, once the log says which. `reason` is a word of ours."""
    log().error("issuer_unusable", reason=reason)
    return IssuerUnusableError(reason)


@dataclass(frozen=True, slots=True)
class Client:
    """The console as its issuer knows it."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    scope: str
    public_url: str
    ca_file: Path | None = None

    @property
    def back(self) -> str:
        """Return the address to which the issuer sends people back."""
        return f"{self.public_url}/sign-in/back"


@dataclass(frozen=True, slots=True)
class Offered:
    """What the issuer offers, and where. An address that is empty is not offered."""

    authorize: str
    token: str
    keys: str
    end_session: str
    revoke: str
    names_itself: bool
    """Whether it says in each answer which issuer it is (RFC 9207)."""
    secret_in: str
    """How it takes the console's secret."""


@dataclass(frozen=True, slots=True)
class Granted:
    """Tokens that the issuer gave. `refresh` is empty if it gives none."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    id_token: str = field(repr=False)


class Issuer:
    """Calls to one issuer. Nothing is asked of it before somebody signs in, so the console starts while it is away."""

    def __init__(self, client: Client, now: Callable[[], datetime]) -> None:
        self.client = client
        self._now = now
        self._trusts = ssl.create_default_context(cafile=client.ca_file)
        self._lock = asyncio.Lock()
        self._offered: Offered | None = None
        self._keys: KeySet | None = None
        self._next_look = 0.0
        self._keys_at = 0.0

    async def offered(self) -> Offered:
        """Return what the issuer offers. While it is away, what it offered before still stands.

        Raises:
            ServiceAway: it did not answer, and nothing is known of it.
            IssuerUnusableError: it is another issuer, or lacks what the console needs.
        """
        async with self._lock:
            now = self._now().timestamp()
            if now >= self._next_look:
                # The next to ask does not wait for an issuer that is away, nor in a queue of those who do.
                self._next_look = now + (AGAIN if self._offered else PAUSE)
                with suppress(ServiceAway):
                    self._offered = _offered(await self._read(_well_known(self.client.issuer)), self.client.issuer)
                    self._next_look = now + KEPT
            if self._offered is None:
                raise ServiceAway(ISSUER)
            return self._offered

    async def address(self, handshake: Handshake) -> str:
        """Return the address at which somebody signs in. Only a code is asked for, and with PKCE."""
        offered = await self.offered()
        async with self._calls(offered) as calls:
            address, _ = calls.create_authorization_url(
                offered.authorize, state=handshake.state, nonce=handshake.nonce, code_verifier=handshake.verifier
            )
        return str(address)

    async def exchanged(self, code: str, verifier: str) -> Granted:
        """Return the tokens for a code.

        Raises:
            SignInRefused: the code was used before, is too old, or is not ours.
            ServiceAway, IssuerUnusableError: see `offered`.
        """
        offered = await self.offered()
        async with self._calls(offered) as calls:
            return _granted(await _answer(calls.fetch_token(offered.token, code=code, code_verifier=verifier)))

    async def refreshed(self, refresh: str) -> Granted:
        """Return new tokens for a refresh token.

        Raises:
            SignInRefused: the issuer no longer takes it. The person has to sign in again.
            ServiceAway, IssuerUnusableError: see `offered`.
        """
        offered = await self.offered()
        async with self._calls(offered) as calls:
            return _granted(await _answer(calls.refresh_token(offered.token, refresh_token=refresh)))

    async def revoke(self, refresh: str) -> None:
        """Tell the issuer that a refresh token is no longer used, if it listens. If not, it ends by itself."""
        if not refresh:
            return
        with suppress(ServiceAway, IssuerUnusableError, httpx2.HTTPError):
            offered = await self.offered()
            if offered.revoke:
                async with self._calls(offered) as calls:
                    await calls.revoke_token(offered.revoke, token=refresh, token_type_hint="refresh_token")  # noqa: S106

    async def sign_out_address(self) -> str:
        """Return where somebody signs out at the issuer; empty if it has no such place.

        It names the console and nobody's id token, which would stand in the browser's history with what it says.
        """
        offered = await self.offered()
        if not offered.end_session:
            return ""
        said = {"client_id": self.client.client_id, "post_logout_redirect_uri": f"{self.client.public_url}/sign-in"}
        return f"{offered.end_session}{'&' if '?' in offered.end_session else '?'}{urlencode(said)}"

    async def subject_of(self, granted: Granted, nonce: str) -> str:
        """Return who an id token says has signed in, once its signature and every claim hold.

        Raises:
            SignInRefused: it is forged, too old, for somebody else, or for another attempt.
            ServiceAway, IssuerUnusableError: the keys cannot be read.
        """
        try:
            decoded = await self._decoded(granted.id_token)
            claims = CodeIDToken(decoded.claims, decoded.header, self._options(), self._expected(granted, nonce))
            claims.validate(int(self._now().timestamp()), LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError, LookupError):
            raise SignInRefused("id_token") from None
        return str(claims["sub"])

    async def _decoded(self, id_token: str) -> jwt.Token:
        try:
            return _decoded(id_token, await self._key_set())
        except InvalidKeyIdError:
            # The issuer may have changed its keys since.
            return _decoded(id_token, await self._key_set(look_again=True))

    def _options(self) -> dict[str, Any]:
        return {
            "iss": {"essential": True, "value": self.client.issuer},
            "aud": {"essential": True, "value": self.client.client_id},
            "sub": {"essential": True},
        }

    def _expected(self, granted: Granted, nonce: str) -> dict[str, str]:
        return {"nonce": nonce, "client_id": self.client.client_id, "access_token": granted.access}

    async def _key_set(self, *, look_again: bool = False) -> KeySet:
        offered = await self.offered()
        async with self._lock:
            now = self._now().timestamp()
            if self._keys is None or now - self._keys_at >= (AGAIN if look_again else KEPT):
                try:
                    self._keys = KeySet.import_key_set(await self._read(offered.keys))  # type: ignore[arg-type]
                except ServiceAway:
                    if self._keys is None:
                        raise
                except (JoseError, ValueError, TypeError, LookupError):
                    raise unusable("keys") from None
                self._keys_at = now
            return self._keys

    async def _read(self, address: str) -> Mapping[str, Any]:
        async with self._calls() as calls:
            try:
                answer = await calls.request("GET", address, withhold_token=True)
                answer.raise_for_status()
                held = answer.json()
            except (httpx2.HTTPError, ValueError):
                raise ServiceAway(ISSUER) from None
        if not isinstance(held, dict):
            raise ServiceAway(ISSUER)
        return held

    def _calls(self, offered: Offered | None = None) -> AsyncOAuth2Client:
        # One for each call: it remembers the last token that it was given, and people must not share one.
        client = self.client
        secret_in = offered.secret_in if offered else None
        return AsyncOAuth2Client(
            client.client_id,
            client.secret,
            token_endpoint_auth_method=secret_in,
            revocation_endpoint_auth_method=secret_in,
            scope=client.scope,
            redirect_uri=client.back,
            code_challenge_method="S256",
            verify=self._trusts,
            timeout=ANSWER_SECONDS,
            # Neither a proxy nor an authority of the environment stands between the console and its issuer.
            trust_env=False,
            follow_redirects=False,
        )


def origin_of(address: str) -> str:
    """Return the origin of an address, as browsers write it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _well_known(issuer: str) -> str:
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"


def _offered(said: Mapping[str, Any], issuer: str) -> Offered:
    """Return what an issuer says that it offers.

    Raises:
        IssuerUnusableError: it is another issuer, or lacks what the console needs.
    """
    if said.get("issuer") != issuer:
        raise unusable("issuer")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint", "revocation_endpoint")
    authorize, token, keys, end_session, revoke = (_address(said, name, issuer) for name in names)
    if not (authorize and token and keys):
        raise unusable("endpoints")
    # A browser goes to these two, and our pages allow it only the issuer's own origin.
    if any(origin_of(one) != origin_of(issuer) for one in (authorize, end_session) if one):
        raise unusable("origin")
    if "code" not in said.get("response_types_supported", ("code",)):
        raise unusable("code")
    if "S256" not in said.get("code_challenge_methods_supported", ("S256",)):
        raise unusable("pkce")
    methods = said.get("token_endpoint_auth_methods_supported", ())
    secret_in = "client_secret_post" if "client_secret_post" in methods else "client_secret_basic"
    names_itself = said.get("authorization_response_iss_parameter_supported") is True
    return Offered(authorize, token, keys, end_session, revoke, names_itself, secret_in)


def _address(said: Mapping[str, Any], name: str, issuer: str) -> str:
    address = said.get(name, "")
    scheme = urlsplit(address).scheme if isinstance(address, str) else "none"
    # An issuer without TLS is one on this machine (settings.py).
    if address and scheme != "https" and scheme != urlsplit(issuer).scheme:
        raise unusable("tls")
    return str(address)


def _decoded(id_token: str, keys: KeySet) -> jwt.Token:
    return jwt.decode(id_token, keys, registry=JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False))


async def _answer(asked: Awaitable[Any]) -> Mapping[str, Any]:
    """Return the answer of the place that gives tokens.

    Raises:
        SignInRefused: it takes neither this code nor this refresh token.
        ServiceAway: it did not answer, or not with tokens.
        IssuerUnusableError: it does not take the console's own name or secret.
    """
    try:
        return dict(await asked)
    except OAuthError as problem:
        if problem.error == "invalid_grant":
            raise SignInRefused("grant") from None
        if problem.error in AWAY:
            raise ServiceAway(ISSUER) from None
        raise unusable("client") from None
    except (httpx2.HTTPError, ValueError, TypeError):
        raise ServiceAway(ISSUER) from None


def _granted(answer: Mapping[str, Any]) -> Granted:
    access, refresh, id_token = (str(answer.get(name) or "") for name in ("access_token", "refresh_token", "id_token"))
    if not access:
        raise unusable("no_access_token")
    return Granted(access, refresh, id_token)
