"""What several views share: parts that a service may or may not have answered, and tags."""

from dataclasses import dataclass
from typing import Generic, TypeVar

A_co = TypeVar("A_co", covariant=True)


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
