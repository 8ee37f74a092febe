"""What several views share: parts that a service may or may not have answered, titles of rules, and tags."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from services.console.days import clock_time
from services.console.words import words

A_co = TypeVar("A_co", covariant=True)
GREEN, PURPLE, GREY = "green", "purple", "grey"
COLOURS = {"excellence": GREEN, "safety": PURPLE}
"""The colour of a lane. Every other lane is grey."""


@dataclass(frozen=True, slots=True)
class Found(Generic[A_co]):
    """A part of a page that was answered."""

    answer: A_co


@dataclass(frozen=True, slots=True)
class Away:
    """A part of a page whose service did not answer. The rest of the page stands."""

    service: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A word in a box, in one of three colours."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step, and what it does or what stands in its way. One that is possible has an address."""

    name: str
    says: str
    href: str = ""


def titles_of_rules(rules: Found[Any] | Away) -> Mapping[str, str]:
    """Return the titles of the rules that were answered, by their ids."""
    return {rule.rule: rule.title for rule in rules.answer.rules} if isinstance(rules, Found) else {}


def says_away(parts: Iterable[Found[Any] | Away], now: datetime) -> Iterator[str]:
    """Yield a sentence for each service that did not answer a part of a page."""
    names = words("layout")["services"]
    for service in dict.fromkeys(one.service for one in parts if isinstance(one, Away)):
        yield words("today").say("away", service=names[service], time=clock_time(now))
