"""Parts of a page, each of which a service may or may not have answered."""

from dataclasses import dataclass
from typing import Generic, TypeVar

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Found(Generic[A]):
    """A part of a page that was answered."""

    answer: A


@dataclass(frozen=True, slots=True)
class Away:
    """A part of a page whose service did not answer. The rest of the page stands."""

    service: str
