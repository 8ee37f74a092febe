"""Tokens that must not be accepted, by families of one fault each, beside those of tests/platform/forgery.py."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from services.platform.calls.identity import new_key
from tests.platform.forgery import FORGED, Forger, claims, encoded, header, signed
from tests.platform.small_service import now
from tests.world import SERVICES, World

ALGORITHMS: tuple[Any, ...] = (
    "EdDSA", "Ed448", "HS384", "HS512", "RS256", "RS512", "PS256", "ES256", "ES256K", "ES512", "NONE", "none ", "",
    "ed25519", ["Ed25519"], {"alg": "Ed25519"}, 0, True,
)  # fmt: skip
TYPES: tuple[Any, ...] = ("", "id_token", "logout+jwt", "dpop+jwt", "refresh+jwt", 7, ["at+jwt"])
KEYS: tuple[Any, ...] = ("", "ISSUER-1", "issuer-1\0", "issuer-1 ", "' or 1=1", "k" * 3000, 1, {"kid": "issuer-1"})
CLAIMS: dict[str, tuple[Any, ...]] = {
    "iss": ("", "TEST-ISSUER", "test-issuer/", ["test-issuer"], 1, True),
    "aud": ("", "PSMF", "psmf ", ["psmf"], {"psmf": "psmf"}, 1, "psmf,psmf"),
    "sub": (
        "PANEL-TEAM", " panel-team", "panel-team\n", "panel-team\0", "p\u0430nel-team", {"sub": "panel-team"}, True,
        "service:rules", "service:console",
    ),
    "iat": ("now", [], {}, True, float("nan"), -1),
    "exp": ("", [], {}, float("inf"), 0, int(now().timestamp()) * 1000),
    "nbf": ([], {}, float("nan"), "now", "2026-11-30"),
}  # fmt: skip
"""Values that a claim of a sound token never has."""
HEADERS: dict[str, Any] = {"x5u": "https://example.invalid/key", "x5c": ["AAAA"], "crit": []}


def sealed(world: World, head: str, body: str) -> str:
    """Return a token with a valid signature of the people's issuer over a header and a body as they stand."""
    key: Any = world.issuer.private_key
    signing = f"{encoded(head)}.{encoded(body)}"
    return f"Bearer {signing}.{base64.urlsafe_b64encode(key.sign(signing.encode())).decode().rstrip('=')}"


def with_header(world: World, **changes: Any) -> str:
    """Return a token that is sound but for its header."""
    return sealed(world, json.dumps(header() | changes), json.dumps(claims()))


def with_claim(world: World, **changes: Any) -> str:
    """Return a token that is sound but for its claims."""
    return sealed(world, json.dumps(header()), json.dumps(claims() | changes))


def timed(world: World, issued: timedelta, life: timedelta) -> str:
    """Return a token that is sound but for its times. `issued`: from now."""
    at = now() + issued
    return signed(world, iat=int(at.timestamp()), exp=int((at + life).timestamp()))


def with_signature(world: World, signature: bytes) -> str:
    """Return a token that is sound but for its signature."""
    return signed(world).rpartition(".")[0] + "." + base64.urlsafe_b64encode(signature).decode().rstrip("=")


def exchanged(world: World, part: int) -> str:
    """Return a token of which one part is that of another sound token."""
    one, other = signed(world).split("."), signed(world, sub="person-one", iat=int(now().timestamp()) - 1).split(".")
    one[part] = other[part]
    return ".".join(one)


def by_service(world: World, service: str, **changes: Any) -> str:
    """Return a token that the key of a service has signed, of the people's issuer unless `iss` says otherwise."""
    kid = service if "iss" in changes else "issuer-1"
    return signed(world, header(kid=kid), world.service_keys[service], **changes)


def by_nobody(world: World, service: str) -> str:
    """Return a token that is sound for a service, but signed with a key that nobody knows."""
    return signed(world, header(kid=service), new_key(service), iss=f"service:{service}", sub=f"service:{service}")


def of_services() -> Iterator[tuple[str, Forger]]:
    """Yield tokens by which a service's key speaks for somebody else, or another key for a service."""
    for service in SERVICES:
        other = f"service:{SERVICES[SERVICES.index(service) - 1]}"
        for who, sub in (("a person", "panel-team"), ("another service", other), ("nobody", "")):
            yield (
                f"the key of {service} for {who}",
                partial(by_service, service=service, iss=f"service:{service}", sub=sub),
            )
        yield f"the key of {service} as the people's", partial(by_service, service=service)
        yield f"a key that calls itself {service}", partial(by_nobody, service=service)


def kinds() -> dict[str, Forger]:
    """Return every kind of forged token by what is wrong with it."""
    found, nothing = dict(FORGED), json.loads("null")
    found |= {f"algorithm {one!r}": partial(with_header, alg=one) for one in ALGORITHMS}
    found |= {f"type {one!r}": partial(with_header, typ=one) for one in TYPES}
    found |= {f"kid {str(one)[:20]!r}": partial(with_header, kid=one) for one in KEYS}
    found |= {f"header {name}": partial(with_header, **{name: one}) for name, one in HEADERS.items()}
    found |= {f"{name} {one!r}": partial(with_claim, **{name: one}) for name, each in CLAIMS.items() for one in each}
    found |= {f"{name} null": partial(with_claim, **{name: nothing}) for name in CLAIMS}
    found |= {
        "ended a minute ago": partial(timed, issued=timedelta(minutes=-6), life=timedelta(minutes=5)),
        "issued in a minute": partial(timed, issued=timedelta(minutes=1), life=timedelta(minutes=5)),
        "a second too long": partial(timed, issued=timedelta(0), life=timedelta(minutes=15, seconds=1)),
        "ends as it begins": partial(timed, issued=timedelta(0), life=timedelta(0)),
    }
    found |= {
        f"a signature of {size} bytes": partial(with_signature, signature=b"\7" * size) for size in (1, 63, 64, 65)
    }
    found |= {f"part {part} of another token": partial(exchanged, part=part) for part in (1, 2)}
    return found | dict(of_services())
