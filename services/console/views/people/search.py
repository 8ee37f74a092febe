"""Whom a name or a number means, among the people whom the reader may see."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.client.words import safeguarder_of
from services.console.views.form import Button, FormView, line_question, titled
from services.console.views.heading import Heading, Link
from services.console.views.people.frame import Banner, says_of
from services.console.words import words

TEXT, MOST = "text", 80
"""The name of the field, and the longest text that the register looks up."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """The page: the field, and below it whom it found. `says`: how many there are, or that there is nobody."""

    heading: Heading
    form: FormView
    says: str
    rows: tuple[Banner, ...]
    otherwise: Link | None = None
    """Where somebody opens a file in an emergency that is not theirs, and so is not found."""


def build(text: str = "", fault: str = "") -> SearchView:
    """Return the page before anybody was looked for, or with what is wrong with the text."""
    return _page(text, said_of(fault), "", ())


def build_found(text: str, answer: Any, today: date, *, opens_files: bool = False) -> SearchView:
    """Return the page with whom the text means, the surest first. `opens_files`: whether it leads to that form."""
    said = words("people")
    shown = len(answer.found)
    how_many = said.say("search_some" if answer.total > shown else "search_found", n=answer.total, shown=shown)
    rows = tuple(_row(one.safeguarder, today) for one in answer.found)
    page = _page(text, "", how_many if shown else said["search_none"], rows)
    return replace(page, otherwise=Link(said["search_emergency"], "/emergency-accesses/open")) if opens_files else page


def said_of(fault: str) -> str:
    """Return the sentence about a fault; empty if there is none."""
    return str(words("people")["search_faults"][fault]) if fault else ""


def _page(text: str, error: str, says: str, rows: tuple[Banner, ...]) -> SearchView:
    said = words("people")
    question = line_question(TEXT, said["search_text"], text, said["search_hint"], error, width=20)
    form = FormView("/search", (question,), (Button(said["search_do"]),))
    title = titled(said["search_h1"], form)
    return SearchView(Heading(said["search_h1"], title, "search"), form, says, rows)


def _row(entry: Any, today: date) -> Banner:
    said = words("people")
    number = (said.say("panel_number", number=entry.panel_number),) if entry.panel_number else ()
    return Banner(entry.display_name, (*number, *says_of(entry, today)), f"/people/{safeguarder_of(entry.name)}")
