"""The demo's sign-in page: invented people under their role, with a button each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from services.console.signin.people import Persona
from services.console.views.heading import Heading, Link
from services.console.words import name_of, words

SHOWN, GROUPED = 5, 20
"""People of a role who are shown at once, and the most that stand behind a line that opens without letters."""
DEMO = "Demo "
"""With this every invented name begins, so the letter after it is looked at."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person with a button."""

    person: str
    name: str


@dataclass(frozen=True, slots=True)
class Initial:
    """People whose names begin with one letter. `letter` is empty where there are too few people to be grouped."""

    letter: str
    people: tuple[Someone, ...]


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """The people of a role. `rest_says` is the line that opens the list of the others; empty if there are none.

    `rest` stands by the first letters of names, so that one person among 150 is found without a search.
    """

    id: str
    name: str
    says: str
    first: tuple[Someone, ...]
    rest_says: str
    rest: tuple[Initial, ...]


@dataclass(frozen=True, slots=True)
class SignInView:
    """Everybody who can be signed in. `asked`: the page to go on to, by its name."""

    heading: Heading
    lead: str
    asked: str
    groups: tuple[RoleGroup, ...]


@dataclass(frozen=True, slots=True)
class AtTheIssuerView:
    """For real people: what comes next, and the link that leads there."""

    heading: Heading
    says: tuple[str, ...]
    go: Link


@dataclass(frozen=True, slots=True)
class NoPagesView:
    """For a role that has no pages here, and where it does its work instead."""

    heading: Heading
    says: str


def at_the_issuer(asked: str) -> AtTheIssuerView:
    """Return the page before the issuer's. `asked`: the page to go on to, by its name and ids."""
    said = words("signin")["open_id"]
    href = f"/sign-in/start?{urlencode({'next': asked})}" if asked else "/sign-in/start"
    return AtTheIssuerView(Heading(said["h1"], said["h1"]), tuple(said["says"]), Link(said["go"], href))


def build(people: Mapping[str, Sequence[Persona]], *, asked: str) -> SignInView:
    """Return the page. The order of roles is that of their words."""
    said = words("signin")
    heading = Heading(said["h1"], said["h1"])
    groups = tuple(_group(role, people[role]) for role in said["can"] if role in people)
    return SignInView(heading, said["lead"], asked, groups)


def _group(role: str, people: Sequence[Persona]) -> RoleGroup:
    said = words("signin")
    ordered = sorted((Someone(one.person, one.name or name_of(one.person)) for one in people), key=lambda one: one.name)
    rest = said.say("all", n=len(ordered), role=said["many"][role]) if len(ordered) > SHOWN else ""
    name = said["many"][role] if len(ordered) > 1 else words("layout")["roles"][role]
    return RoleGroup(
        f"role-{role}", name[0].upper() + name[1:], said["can"][role], tuple(ordered[:SHOWN]), rest,
        tuple(_by_letter(ordered[SHOWN:])),
    )  # fmt: skip


def _by_letter(people: Sequence[Someone]) -> Iterator[Initial]:
    is_long = len(people) > GROUPED
    for letter, named in groupby(people, key=lambda one: one.name.removeprefix(DEMO)[:1].upper() if is_long else ""):
        yield Initial(letter, tuple(named))


def no_pages(role: str) -> NoPagesView:
    """Return the page for a role without pages."""
    said = words("signin")
    return NoPagesView(Heading(said["no_pages"], said["no_pages"]), said["doors"].get(role, said["doors"]["any"]))
