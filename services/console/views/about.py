"""The pages about the console itself. Their texts stand in the words of the folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.console.views.heading import Heading
from services.console.words import words

FIRST = "rules"
PAGES = ("rules", "privacy", "accessibility")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under its own heading."""

    heading: str
    text: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """A page to read. Its neighbours are linked at the foot of every page."""

    heading: Heading
    lead: str
    sections: tuple[Section, ...]


def build(page: str) -> ArticleView:
    """Return one of the pages."""
    said = words("about")
    text = said[page]
    heading = Heading(text["h1"], f"{text['h1']} - {said['section']}", "about")
    return ArticleView(heading, text["lead"], tuple(map(_section, text["sections"])))


def _section(part: Mapping[str, Any]) -> Section:
    return Section(part["heading"], tuple(part.get("text", ())), tuple(part.get("items", ())))
