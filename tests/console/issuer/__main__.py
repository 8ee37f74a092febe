"""The issuer as a process: `python -m tests.console.issuer PORT FOLDER`.

It signs id tokens by RS256 and ES256, and access tokens by the key in `FOLDER/issuer.key` as `FOLDER/name`. Codes
are used once, refresh tokens are changed at each use, and PKCE is asked for.
"""

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from services.platform.calls.identity import ALGORITHM, AUDIENCE, TOKEN_TYPE, read_key

TLS = ("ssl_certfile", "ssl_keyfile")
CLIENT, SECRET = "console", "a secret of the console: with + and %"
LIFE_SECONDS = 900
GRACE_SECONDS = 30
"""How long a refresh token that was changed still counts, because two copies of the console may use it at once."""


@dataclass
class Issuer:
    """What the issuer holds. `told`: how it was told to answer instead of rightly."""

    url: str
    access_key: OKPKey
    access_name: str
    keys: dict[str, RSAKey | ECKey] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refresh: dict[str, tuple[str, float]] = field(default_factory=dict)
    """Person by refresh token, and when it was changed; 0 while it was not."""
    asked: list[str] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)

    def now(self) -> float:
        """Return seconds since 1970, by its own clock or by the one that it was told."""
        return float(self.told.get("now", time.time()))

    def new_keys(self) -> None:
        """Change both keys of id tokens."""
        mark = secrets.token_hex(4)
        self.keys = {
            "RS256": RSAKey.generate_key(2048, {"kid": f"r-{mark}"}),
            "ES256": ECKey.generate_key("P-256", {"kid": f"e-{mark}"}),
        }

    def access_token(self, person: str) -> str:
        """Return an access token as services take it."""
        now = int(self.now())
        claims = {"iss": self.access_name, "aud": AUDIENCE, "sub": person, "iat": now, "exp": now + LIFE_SECONDS}
        claims |= self.told.get("access", {})
        header = {"alg": ALGORITHM, "typ": TOKEN_TYPE, "kid": self.access_key.kid}
        # What makes one token unlike the next that is signed in the same second.
        return jwt.encode(header, claims | {"jti": secrets.token_hex(8)}, self.access_key, algorithms=[ALGORITHM])

    def id_token(self, person: str, nonce: str, access: str) -> str:
        """Return an id token."""
        now = int(self.now())
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": person, "nonce": nonce, "iat": now, "exp": now + 300,
            "at_hash": _base64url(half),
        } | self.told.get("id_token", {})  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        alg = self.told.get("alg", "RS256")
        key = self.keys.get(alg, self.keys["RS256"])
        header = {"alg": alg, "kid": self.told.get("kid", key.kid)}
        if alg in self.keys:
            return jwt.encode(header, claims, key, algorithms=[alg])
        # Two attacks of old: no signature, and the public key, which everybody has, as the secret of one.
        plain = ".".join(_base64url(json.dumps(part).encode()) for part in (header, claims))
        secret = self.keys["RS256"].as_pem(private=False)
        signature = hmac.digest(secret, plain.encode(), hashlib.sha256) if alg == "HS256" else b""
        return f"{plain}.{_base64url(signature)}"

    def tokens(self, person: str, nonce: str) -> dict[str, Any]:
        """Return the answer to a code or a refresh token."""
        access, refresh = self.access_token(person), secrets.token_urlsafe(24)
        refresh += "x" * int(self.told.get("refresh_size", 0))
        self.refresh[refresh] = (person, 0.0)
        answer = {
            "access_token": access, "token_type": "Bearer", "expires_in": LIFE_SECONDS, "refresh_token": refresh,
            "id_token": self.id_token(person, nonce, access),
        }  # fmt: skip
        return {name: value for name, value in answer.items() if name not in self.told.get("leave_out", ())}


class Pages:
    """What the issuer serves."""

    def __init__(self, issuer: Issuer) -> None:
        self.issuer = issuer

    async def configuration(self, _: Request) -> Response:
        """Say where everything is."""
        url = self.issuer.url
        said = {
            "issuer": url, "authorization_endpoint": f"{url}/authorize", "token_endpoint": f"{url}/token",
            "jwks_uri": f"{url}/keys", "end_session_endpoint": f"{url}/end", "revocation_endpoint": f"{url}/revoke",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"], "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "authorization_response_iss_parameter_supported": True,
        } | self.issuer.told.get("configuration", {})  # fmt: skip
        return JSONResponse({name: value for name, value in said.items() if value is not None})

    async def keys(self, _: Request) -> Response:
        """Return the public keys of id tokens."""
        self.issuer.asked.append("keys")
        return JSONResponse({"keys": [key.as_dict(private=False) for key in self.issuer.keys.values()]})

    async def authorize(self, request: Request) -> Response:
        """Ask who signs in."""
        asked = request.query_params
        if asked.get("response_type") != "code" or asked.get("code_challenge_method") != "S256":
            return Response("only a code, with PKCE", 400)
        page = "".join(f'<input type="hidden" name="{escape(k)}" value="{escape(v)}">' for k, v in asked.items())
        form = f'<form method="post">{page}<label>Person <input name="person"></label><button>Sign in</button></form>'
        title = "<title>Issuer</title><h1>The issuer's page</h1>"
        return HTMLResponse(f'<!DOCTYPE html><html lang="en">{title}{form}')

    async def signed_in(self, request: Request) -> Response:
        """Send the browser back with a code."""
        form = await _form(request)
        code = secrets.token_urlsafe(16)
        self.issuer.codes[code] = form
        back = {"code": code, "state": form["state"], "iss": self.issuer.url} | self.issuer.told.get("back", {})
        back = {name: value for name, value in back.items() if value is not None}
        return RedirectResponse(f"{form['redirect_uri']}?{urlencode(back)}", 303)

    async def token(self, request: Request) -> Response:
        """Give tokens for a code or a refresh token."""
        self.issuer.asked.append("token")
        if "status" in self.issuer.told:
            return Response("away", int(self.issuer.told["status"]))
        form = await _form(request)
        if form.get("client_id") != CLIENT or form.get("client_secret") not in self.issuer.told.get(
            "secrets", [SECRET]
        ):
            return JSONResponse({"error": "invalid_client"}, 401)
        answer = (
            _by_code(self.issuer, form)
            if form["grant_type"] == "authorization_code"
            else _by_refresh(self.issuer, form)
        )
        return JSONResponse(answer, 400 if "error" in answer else 200)

    async def revoke(self, request: Request) -> Response:
        """Forget a refresh token."""
        self.issuer.asked.append("revoke")
        self.issuer.refresh.pop((await _form(request)).get("token", ""), None)
        return Response()

    async def end(self, request: Request) -> Response:
        """Sign out, and send the browser back."""
        self.issuer.asked.append("end")
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 303)

    async def told(self, request: Request) -> Response:
        """Answer otherwise from now on, and return what was asked since the last time."""
        self.issuer.told = await request.json()
        if self.issuer.told.get("new_keys"):
            self.issuer.new_keys()
        if self.issuer.told.get("forget"):
            self.issuer.refresh.clear()
        asked, self.issuer.asked = self.issuer.asked, []
        return JSONResponse(asked)


def app_of(issuer: Issuer) -> Starlette:
    """Return the issuer's pages."""
    pages = Pages(issuer)
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", pages.configuration), Route("/keys", pages.keys),
            Route("/authorize", pages.authorize), Route("/authorize", pages.signed_in, methods=["POST"]),
            Route("/token", pages.token, methods=["POST"]), Route("/revoke", pages.revoke, methods=["POST"]),
            Route("/end", pages.end), Route("/told", pages.told, methods=["POST"]),
        ]
    )  # fmt: skip


def _by_code(issuer: Issuer, form: Mapping[str, str]) -> dict[str, Any]:
    held = issuer.codes.pop(form["code"], None)
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    if held is None or held["code_challenge"] != _base64url(digest) or held["redirect_uri"] != form["redirect_uri"]:
        return {"error": "invalid_grant"}
    return issuer.tokens(held["person"], held["nonce"])


def _by_refresh(issuer: Issuer, form: Mapping[str, str]) -> dict[str, Any]:
    person, changed = issuer.refresh.get(form["refresh_token"], ("", 0.0))
    if not person or (changed and issuer.now() - changed > GRACE_SECONDS):
        return {"error": "invalid_grant"}
    issuer.refresh[form["refresh_token"]] = (person, changed or issuer.now())
    return issuer.tokens(person, "")


def _base64url(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")


async def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await request.body()).decode()))


def main() -> None:
    """Serve until somebody ends the process."""
    port, folder, tls = int(sys.argv[1]), Path(sys.argv[2]), dict(zip(TLS, sys.argv[3:], strict=False))
    name = (folder / "name").read_text()
    issuer = Issuer(f"http{'s' if tls else ''}://localhost:{port}", read_key(folder / "issuer.key"), name)
    issuer.new_keys()
    server: dict[str, Any] = {"log_config": None, "lifespan": "off", "ws": "none"} | tls
    uvicorn.run(app_of(issuer), host="127.0.0.1", port=port, **server)


if __name__ == "__main__":
    main()
