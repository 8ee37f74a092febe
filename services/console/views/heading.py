"""What every page has: a title, a place in the site, and the way back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link. `is_current`: it leads to the page, or the part of the site, that the reader is on."""

    text: str
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a page.

    `title` is for the browser's tab and history. It holds no name of a person, which would be kept on shared machines.
    """

    h1: str
    title: str
    place: str = ""
    """Name of the link in the row at the top under which the page stands."""
    back: Link | None = None
