"""Identity: who is calling, by short-lived signed tokens. Roles come from the directory, never from a token."""

import base64
import json
import time
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from services.platform.watched_file import WatchedFile
from services.refusals import Kind, Refusal

AUDIENCE = "psmf"
"""Audience of the tokens of people and of other systems, which call every service."""
DEMO_ISSUER = "psmf-demo"
"""The issuer of every demo. Where people are real, no service starts that trusts it."""
ALGORITHM = "Ed25519"
SERVICE = "service:"
"""How the ids of services begin, in tokens, keys and the directory."""
TOKEN_TYPE = "at+jwt"  # noqa: S105  the media type of an access token (RFC 9068)
LONGEST_LIFE = timedelta(minutes=15)
LEEWAY_SECONDS = 30
"""Difference allowed between the clocks of issuer and service."""
KEPT_TOKENS = 2000
"""Tokens whose signature was checked. When there are more, all are forgotten, which costs one check for each again."""


@dataclass(frozen=True, slots=True)
class Principal:
    """A person or service that has proved who they are."""

    person: str
    role: str
    subject: str = ""
    """The record about this person, if there is one."""
    sender: str = ""
    """The body for which this system sends, if there is one."""
    other_subject: str = ""
    """The record about this person that another account of theirs has, if there is one."""
    accounts: frozenset[str] = field(default=frozenset(), compare=False)
    """Every account of this person, as the directory has them now. Two people who must agree are no two accounts."""


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of the directory."""

    person: str
    role: str
    subject: str = ""
    email: str = ""
    region: str = ""
    sender: str = ""
    level: int = 0
    """How far up this person stands; 0 if the directory does not say."""
    display_name: str = ""
    """What this person is called; empty if the directory does not say."""
    person_id: str = ""
    """Who this is, if one person has several accounts; empty if the directory does not say."""

    @property
    def marks(self) -> list[tuple[str, str]]:
        """Return what only accounts of one person share, as far as the directory tells: mail, record and id."""
        given = (("mail", (self.email or "").strip().casefold()), ("record", self.subject), ("id", self.person_id))
        return [mark for mark in given if mark[1]]


_FIELDS = {each.name for each in fields(Person)} - {"person"}


@dataclass(frozen=True, slots=True)
class _People:
    """The entries of the file as it is now, by account, and the accounts of each person who has several."""

    entries: dict[str, Person]
    accounts: dict[str, frozenset[str]]


class Directory:
    """People and services by id, from a file that is read again after a change."""

    def __init__(self, file: Path) -> None:
        """Read the file.

        Raises:
            DataFileError: it is missing or damaged.
        """
        self._people = WatchedFile(file, _people, "people: ids with their roles, as JSON", "people")

    def find(self, person: str) -> Person | None:
        """Return the entry, or None."""
        return self._people.now().entries.get(person)

    def role_of(self, person: str) -> str:
        """Return a person's role, or empty if nobody has this id."""
        found = self.find(person)
        return found.role if found else ""

    def accounts_of(self, person: str) -> frozenset[str]:
        """Return every account of the person who has this one. One that the directory does not have is only itself."""
        return self._people.now().accounts.get(person) or frozenset({person})

    def every_account(self, people: Iterable[str]) -> frozenset[str]:
        """Return these accounts, with every other account of the same people."""
        return frozenset().union(*map(self.accounts_of, people))

    def are_one_person(self, one: str, other: str) -> bool:
        """Return whether two accounts are of one person."""
        return other in self.accounts_of(one)

    def is_about(self, person: str, subject: str) -> bool:
        """Return whether a record is about the person who has this account, by whichever of their accounts."""
        return any(entry.subject == subject for entry in map(self.find, self.accounts_of(person)) if entry)

    def principal(self, person: str) -> Principal | None:
        """Return who calls by an account; None if the directory does not have it."""
        known = self._people.now()
        entry = known.entries.get(person)
        if entry is None:
            return None
        accounts = known.accounts.get(person) or frozenset({person})
        # Mostly one, and this is asked at each call.
        others = {known.entries[each].subject for each in accounts} if len(accounts) > 1 else set()
        other = min(others - {"", entry.subject}, default="")
        return Principal(entry.person, entry.role, entry.subject, entry.sender, other, accounts)

    def is_still(self, principal: Principal) -> bool:
        """Return whether somebody who was let in would be let in as the same now."""
        return principal == self.principal(principal.person)

    def about(self, subject: str) -> Person | None:
        """Return the person whom a record is about, or None."""
        return next((entry for entry in self._people.now().entries.values() if entry.subject == subject), None)

    def with_role(self, role: str) -> list[Person]:
        """Return everyone with a role, in the order of their ids."""
        return sorted(
            (entry for entry in self._people.now().entries.values() if entry.role == role), key=lambda e: e.person
        )

    def first_with_role(self, role: str, near: str = "", but: Set[str] = frozenset()) -> str:
        """Return the first person with a role by id, or empty; nobody of `but`. Those of `near`'s region come first."""
        found = [entry for entry in self.with_role(role) if entry.person not in but]
        neighbour = self.find(near)
        same_region = [entry for entry in found if neighbour and entry.region == neighbour.region]
        return next((entry.person for entry in (*same_region, *found)), "")


def _people(entries: dict[str, dict[str, Any]]) -> _People:
    people = {
        # A later release may write fields that this one does not know.
        person: Person(person, **{name: entry[name] for name in entry.keys() & _FIELDS})
        for person, entry in entries.items()
    }
    return _People(people, _accounts(people))


def _accounts(people: dict[str, Person]) -> dict[str, frozenset[str]]:
    """Return the accounts of each person who has several, by each of them.

    Two accounts that a third one links are of one person too: one may share a mail with it, and the other an id.
    """
    groups: dict[str, set[str]] = {}
    by_mark: dict[tuple[str, str], set[str]] = {}
    for entry in people.values():
        group = {entry.person}.union(*(by_mark.get(mark, ()) for mark in entry.marks))
        for account in group:
            groups[account] = group
            by_mark.update(dict.fromkeys(people[account].marks, group))
    return {account: frozenset(group) for account, group in groups.items() if len(group) > 1}


def not_signed_in() -> Refusal:
    """Return the refusal of a caller who has not proved who they are. It says the same whatever is wrong."""
    return Refusal(
        Kind.UNAUTHENTICATED, "NOT_SIGNED_IN", "This call needs a valid token in the `authorization` metadata. Sign in."
    )


class _Issuer(NamedTuple):
    """Who signs with a key, and the key."""

    name: str
    key: OKPKey
    is_retired: bool
    """Whether the key only proves what it signed of old, such as checkpoints. No token of it is taken."""


@dataclass(frozen=True, slots=True)
class _Pinned:
    """The keys of the file as it is now, by `kid`."""

    keys: Mapping[str, _Issuer]
    checked: dict[str, tuple[str, float]] = field(default_factory=dict)
    """Tokens that these keys have signed. With other keys none of them counts any more."""


class Tokens:
    """A check of bearer tokens: pinned keys, one algorithm, one audience, and a life of at most 15 minutes."""

    def __init__(
        self, keys_file: Path, directory: Directory, now: Callable[[], datetime], of_services: str = AUDIENCE
    ) -> None:
        """Prepare to check. `of_services`: the audience that other services must name. All others name AUDIENCE."""
        self._of_services = of_services
        what = "the public keys of issuers, each with a `kid` of its own, as a JSON Web Key Set"
        self._pinned = WatchedFile(keys_file, _pinned, what, "public_keys")
        self._directory = directory
        self._now = now

    def principal(self, authorization: str) -> Principal:
        """Return the caller behind an `authorization` value.

        Raises:
            Refusal: UNAUTHENTICATED, with the same reason for every fault, so that a forger learns nothing from it.
        """
        person, _ = self.proved(authorization)
        principal = self._directory.principal(person)
        if principal is None:
            raise not_signed_in()
        return principal

    def proved(self, authorization: str) -> tuple[str, float]:
        """Return whose token an `authorization` value holds and its end (seconds since 1970), known to us or not.

        Raises:
            Refusal: as `principal`.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise not_signed_in()
        now = self._now().timestamp()
        pinned = self._pinned.now()
        # A signature stays valid, so it is checked once. Its end and the person's entry are checked at every call.
        person, expires = pinned.checked.get(token) or self._verify(pinned, token, now)
        if now > expires + LEEWAY_SECONDS:
            pinned.checked.pop(token, None)
            raise not_signed_in()
        return person, expires

    def stated(self, signed: str, kind: str) -> tuple[str, bytes]:
        """Return who signed a statement of a kind, and what it says.

        Raises:
            ValueError: nobody whom this service knows signed it, or it is of another kind.
        """
        try:
            issuer, key, _ = self._pinned.now().keys[json.loads(_base64url(signed.partition(".")[0]))["kid"]]
            held = jws.deserialize_compact(signed, key, algorithms=[ALGORITHM])
        except (JoseError, ValueError, KeyError, TypeError, RecursionError):
            raise ValueError("not signed") from None
        if held.headers().get("typ") != kind:
            raise ValueError("of another kind")
        return issuer, held.payload

    def stays(self, authorization: str, principal: Principal) -> Callable[[], None]:
        """Return what to call before each message of a stream: it refuses whom a new call would not let in.

        The end of the token is measured on this process's monotonic clock: a wall clock that is set neither ends a
        stream nor lengthens it.

        Raises:
            Refusal: as `principal`. What is returned raises UNAUTHENTICATED: TOKEN_ENDED, or NOT_SIGNED_IN once the
                key is taken out of its file, or the caller out of the directory or into another role.
        """
        _, expires = self.proved(authorization)
        ends_at = time.monotonic() + expires - self._now().timestamp()
        pinned = self._pinned.now()

        def check() -> None:
            nonlocal pinned
            if time.monotonic() > ends_at:
                why = "The token with which this stream began has ended. Call again with a new one, from where you are."
                raise Refusal(Kind.UNAUTHENTICATED, "TOKEN_ENDED", why)
            if not self._directory.is_still(principal):
                raise not_signed_in()
            if pinned is not (newest := self._pinned.now()):
                self.proved(authorization)
                pinned = newest

        return check

    def _verify(self, pinned: _Pinned, token: str, now: float) -> tuple[str, float]:
        try:
            # The unchecked header only chooses among pinned keys. A key in the token itself is never used.
            kid = json.loads(_base64url(token.partition(".")[0]))["kid"]
            issuer, key, is_retired = pinned.keys[kid]
            if is_retired:
                raise ValueError("retired")
            decoded = jwt.decode(token, key, algorithms=[ALGORITHM])
            person, expires = _checked(decoded.header, decoded.claims, issuer, now)
            if decoded.claims["aud"] != (self._of_services if is_of_a_service(person) else AUDIENCE):
                raise ValueError("aud")
        except (JoseError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
            raise not_signed_in() from None
        if len(pinned.checked) >= KEPT_TOKENS:
            pinned.checked.clear()
        pinned.checked[token] = (person, expires)
        return person, expires


def _pinned(held: dict[str, Any]) -> _Pinned:
    keys: dict[str, _Issuer] = {}
    for entry in held["keys"]:
        public = {name: entry[name] for name in ("kty", "crv", "x", "kid")}
        if entry["kid"] in keys:
            raise ValueError("two keys of one name")  # one of them would count no more, and nobody would be told
        keys[entry["kid"]] = _Issuer(entry["issuer"], OKPKey.import_key(public), entry.get("retired") is True)
    return _Pinned(keys)


def _base64url(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _checked(header: dict[str, Any], claims: dict[str, Any], issuer: str, now: float) -> tuple[str, float]:
    """Return the person and the end (seconds since 1970) of a token whose signature is valid. The audience is left.

    Raises:
        ValueError: a claim is missing or wrong.
    """
    issued, expires, person = claims["iat"], claims["exp"], claims["sub"]
    valid = (
        header.get("typ") == TOKEN_TYPE
        and not {"crit", "jku", "jwk", "x5u", "x5c"} & header.keys()
        and claims["iss"] == issuer
        and isinstance(person, str)
        # In Python `true` is a whole number too, and would pass as the second after 1970 began.
        and all(isinstance(value, int) and not isinstance(value, bool) for value in (issued, expires))
        and issued <= now + LEEWAY_SECONDS
        and 0 < expires - issued <= LONGEST_LIFE.total_seconds()
        and claims.get("nbf", issued) <= now + LEEWAY_SECONDS
    )
    # A service signs for itself only, and nobody else signs for a service: the people's issuer knows people (A7).
    of_a_service = issuer.startswith(SERVICE) or is_of_a_service(str(person))
    if not valid or (of_a_service and person != issuer):
        raise ValueError("claims")
    return person, float(expires)


def is_of_a_service(person: str) -> bool:
    """Return whether an id is that of one of our services."""
    return person.startswith(SERVICE)


def audience_of(service: str) -> str:
    """Return the audience of the tokens that one service signs for another alone."""
    return f"{AUDIENCE}:{service}"


def sign_token(
    key: OKPKey, issuer: str, person: str, now: datetime, life: timedelta = LONGEST_LIFE, *, audience: str = AUDIENCE
) -> str:
    """Sign a token for `person` with a private key that has a `kid`."""
    issued = int(now.timestamp())
    header = {"alg": ALGORITHM, "typ": TOKEN_TYPE, "kid": key.kid}
    claims = {"iss": issuer, "aud": audience, "sub": person, "iat": issued, "exp": issued + int(life.total_seconds())}
    return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


def sign_statement(key: OKPKey, kind: str, said: bytes) -> str:
    """Sign a statement of a kind, which its `typ` names. So it passes as no token, and no token as a statement."""
    return jws.serialize_compact({"alg": ALGORITHM, "typ": kind, "kid": key.kid}, said, key, algorithms=[ALGORITHM])


def new_key(kid: str) -> OKPKey:
    """Make a new private key named `kid`."""
    return OKPKey.generate_key("Ed25519", parameters={"kid": kid}, private=True)


def public_entry(key: OKPKey, issuer: str) -> dict[str, Any]:
    """Return the entry of a key in the keys file, without its private part."""
    return {**key.as_dict(private=False), "issuer": issuer}


def read_key(file: Path) -> OKPKey:
    """Read the private key in a file."""
    return OKPKey.import_key(json.loads(file.read_text()))


def keys_of(held: dict[str, Any]) -> tuple[OKPKey, ...]:
    """Return the keys in a file that holds one JSON Web Key or a set of them, newest first. The first can sign.

    Raises:
        ValueError: it holds none, or no private part of the first.
    """
    keys = tuple(map(OKPKey.import_key, held.get("keys", [held])))
    if not keys or not keys[0].is_private:
        raise ValueError("no key to sign with")
    return keys
