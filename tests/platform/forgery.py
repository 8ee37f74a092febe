"""Tokens that must not be accepted, each wrong in one way (reliability S10)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey

from services.platform.calls.identity import new_key
from tests.platform.small_service import now
from tests.world import World

Forger = Callable[[World], str]


def claims(**changes: Any) -> dict[str, Any]:
    """Return the claims of a valid token of the Team. A change to None leaves a claim out."""
    issued = int(now().timestamp())
    sound = {"iss": "test-issuer", "aud": "psmf", "sub": "panel-team", "iat": issued, "exp": issued + 600}
    return {name: value for name, value in (sound | changes).items() if value is not None}


def header(**changes: Any) -> dict[str, Any]:
    """Return the header of a valid token. A change to None leaves a part out."""
    sound = {"alg": "Ed25519", "typ": "at+jwt", "kid": "issuer-1"}
    return {name: value for name, value in (sound | changes).items() if value is not None}


def encoded(part: Any) -> str:
    """Return JSON as base64url."""
    text = part if isinstance(part, str) else json.dumps(part)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def signed(world: World, head: dict[str, Any] | None = None, key: OKPKey | None = None, **changes: Any) -> str:
    """Return a token with a valid signature over its claims."""
    chosen = head or header()
    made = jwt.encode(chosen, claims(**changes), key or world.issuer, algorithms=["Ed25519", "EdDSA"])
    return f"Bearer {made}"


def signed_as_it_stands(world: World, body: str) -> str:
    """Return a token with a valid signature over any body, not necessarily claims."""
    key: Any = world.issuer.private_key
    signing = f"{encoded(header())}.{encoded(body)}"
    signature = base64.urlsafe_b64encode(key.sign(signing.encode())).decode().rstrip("=")
    return f"Bearer {signing}.{signature}"


def signed_by_digest(world: World, algorithm: str) -> str:
    """Return a token signed by HS256 with the public key as the secret: the classic confusion of algorithms."""
    public = json.dumps(world.issuer.as_dict(private=False)).encode()
    signing = f"{encoded(header(alg=algorithm))}.{encoded(claims())}"
    digest = hmac.new(public, signing.encode(), hashlib.sha256).digest()
    return f"Bearer {signing}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def tampered(world: World) -> str:
    """Return a valid token in which the person was changed afterwards."""
    head, _, signature = signed(world).split(".")
    return f"{head}.{encoded(claims(sub='recorder'))}.{signature}"


def of_a_service(world: World, **changes: Any) -> str:
    """Return a token signed with the key of a service."""
    said = {"iss": "service:rules", "sub": "service:rules"} | changes
    return signed(world, header(kid="rules"), world.service_keys["rules"], **said)


def _ago(**past: float) -> int:
    return int((now() - timedelta(**past)).timestamp())


def _ahead(**future: float) -> int:
    return int((now() + timedelta(**future)).timestamp())


FORGED: dict[str, Forger] = {
    "nothing at all": lambda world: "",
    "no scheme": lambda world: signed(world).removeprefix("Bearer "),
    "another scheme": lambda world: "Basic " + encoded("panel-team:secret"),
    "an empty token": lambda world: "Bearer ",
    "garbage": lambda world: "Bearer garbage",
    "two dots": lambda world: "Bearer ..",
    "five parts": lambda world: signed(world) + ".a.b",
    "letters beyond ASCII in base64": lambda world: "Bearer !!!!.????.----",
    "a header that is no object": lambda world: f"Bearer {encoded([1, 2])}.{encoded(claims())}.AAAA",
    "a header of deep brackets": lambda world: f"Bearer {encoded('[' * 3000)}.{encoded(claims())}.AAAA",
    "a body of deep brackets": lambda world: signed_as_it_stands(world, "[" * 2000),
    "a body that is no object": lambda world: signed_as_it_stands(world, "[]"),
    "a body that is no JSON": lambda world: signed_as_it_stands(world, "{"),
    "algorithm none": lambda world: f"Bearer {encoded(header(alg='none'))}.{encoded(claims())}.",
    "algorithm NoNe": lambda world: f"Bearer {encoded(header(alg='NoNe'))}.{encoded(claims())}.",
    "no algorithm": lambda world: f"Bearer {encoded(header(alg=None))}.{encoded(claims())}.AAAA",
    "HS256 with the public key": lambda world: signed_by_digest(world, "HS256"),
    "EdDSA named as HS256": lambda world: signed_by_digest(world, "Ed25519"),
    "a signature cut off": lambda world: signed(world).rpartition(".")[0] + ".",
    "another person put in": tampered,
    "a key of the forger's own": lambda world: signed(world, key=new_key("issuer-1")),
    "an unknown kid": lambda world: signed(world, header(kid="issuer-2")),
    "no kid": lambda world: signed(world, header(kid=None)),
    "a kid that is a list": lambda world: f"Bearer {encoded(header(kid=['issuer-1']))}.{encoded(claims())}.AAAA",
    "a kid that is a path": lambda world: signed(world, header(kid="../issuer-1")),
    "another key's kid": lambda world: signed(world, header(kid="rules")),
    "no typ": lambda world: signed(world, header(typ=None)),
    "typ of an identity token": lambda world: signed(world, header(typ="JWT")),
    "its own key in the header": lambda world: signed(world, header(jwk=world.issuer.as_dict(private=False))),
    "a key's address in the header": lambda world: signed(world, header(jku="https://example.invalid/keys")),
    "a critical extension": lambda world: signed(world, header(crit=["b64"], b64=True)),
    "no issuer": lambda world: signed(world, iss=None),
    "another issuer": lambda world: signed(world, iss="service:rules"),
    "no audience": lambda world: signed(world, aud=None),
    "another audience": lambda world: signed(world, aud="other"),
    "a list of audiences": lambda world: signed(world, aud=["psmf", "other"]),
    "no subject": lambda world: signed(world, sub=None),
    "a subject that is a number": lambda world: signed(world, sub=7),
    "a subject that is a list": lambda world: signed(world, sub=["panel-team"]),
    "a subject nobody knows": lambda world: signed(world, sub="nobody"),
    "an empty subject": lambda world: signed(world, sub=""),
    "expired": lambda world: signed(world, iat=_ago(minutes=12), exp=_ago(minutes=2)),
    "no expiry": lambda world: signed(world, exp=None),
    "an expiry in words": lambda world: signed(world, exp="tomorrow"),
    "an expiry that is a fraction": lambda world: signed(world, exp=_ahead(minutes=5) + 0.5),
    "an expiry that is true": lambda world: signed(world, iat=0, exp=True),
    "a life of a hundred years": lambda world: signed(world, exp=_ahead(days=36500)),
    "a life of sixteen minutes": lambda world: signed(world, exp=_ahead(minutes=16)),
    "an expiry before its issue": lambda world: signed(world, exp=_ago(minutes=1)),
    "numbers beyond any clock": lambda world: signed_as_it_stands(
        world, json.dumps(claims(iat=-(10**400), exp=-(10**400) + 600))
    ),
    "issued in the future": lambda world: signed(world, iat=_ahead(minutes=5), exp=_ahead(minutes=10)),
    "no time of issue": lambda world: signed(world, iat=None),
    "not valid yet": lambda world: signed(world, nbf=_ahead(minutes=5)),
    "not valid until a word": lambda world: signed(world, nbf="now"),
    "a service's key speaking for a person": lambda world: of_a_service(world, sub="panel-team"),
    "a service's key speaking for another service": lambda world: of_a_service(world, sub="service:evidence"),
    "a service's key with the people's issuer": lambda world: of_a_service(world, iss="test-issuer", sub="panel-team"),
    "a role written into the token of nobody": lambda world: signed(world, sub="nobody", role="panel_team"),
}
