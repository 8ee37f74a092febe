"""The Team's pages about feedback links: all of them, the form that makes one, and the one that takes one back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.words import word_of
from services.console.days import long_day
from services.console.forms.answers import Sent
from services.console.forms.feedback.links import CASE, DAY, GIVER, GIVERS, INSTEAD, TypedLink
from services.console.views.asked import FormPage
from services.console.views.form import (
    Button,
    Choice,
    FormView,
    Told,
    choice_question,
    day_question,
    line_question,
    sent_with,
    titled,
)
from services.console.views.heading import Heading, Link
from services.console.views.parts import GREY, Tag
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant
from services.platform.clock import LONDON
from services.refusals import Refusal

HERE = "/feedback-links"
OF_THE_ANSWER = ("DATE_IN_FUTURE", "NOT_APPOINTED", "CASE_REFERENCE_NOT_OPAQUE")
"""Reasons of refusals that another answer mends."""
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Row:
    """One link: about whom, where it stands, and what can be done."""

    name: str
    for_whom: str
    tag: Tag
    lines: tuple[str, ...]
    on: Link | None


@dataclass(frozen=True, slots=True)
class LinksView:
    """All links, the newest first."""

    heading: Heading
    rows: tuple[Row, ...]
    told: Told | None
    pages: tuple[Link, ...]


def build(answer: Any, names: Mapping[str, str], said: str) -> LinksView:
    """Return the page of all links. `said`: what the form before it did."""
    text = words("feedback")["links"]
    pages = (Link(text["older"], f"{HERE}?page={answer.next_page_token}"),) if answer.next_page_token else ()
    rows = tuple(_row(link, names.get(link.safeguarder, "")) for link in answer.feedback_links)
    told = Told(text["done"][said]) if said else None
    return LinksView(Heading(text["h1"], text["h1"], "feedback_links"), rows, told, pages)


def build_form(person: str, name: str, typed: TypedLink, sent: Sent, refusal: Refusal | None = None) -> FormPage:
    """Return the form that makes a link about somebody."""
    text = words("feedback")["links"]
    faults = {
        field: text["wrong"].get(f"{fault}_{field}", text["wrong"]["any"]) for field, fault in typed.faults.items()
    }
    if refusal is not None:
        faults[refusal.field] = text["wrong"].get(refusal.reason, text["wrong"]["any"])
    givers = (Choice(each, text["givers"][each], is_chosen=each == typed.giver) for each in GIVERS)
    asks, hint = text["ask"], text["hint"]
    questions = (
        choice_question(GIVER, asks[GIVER], givers, error=faults.get(GIVER, "")),
        day_question(DAY, asks[DAY], typed.day, hint[DAY], faults.get(DAY, "")),
        line_question(CASE, asks[CASE], typed.case, hint[CASE], faults.get(CASE, ""), 20),
    )
    hidden = sent_with(sent.request_id, sent.etag)
    form = FormView(f"{person}/feedback-link", questions, (Button(text["make"]),), hidden, text["effect"])
    heading = Heading(
        text["make_h1"], titled(text["make_h1"], form), "people", Link(text["back"], f"{person}/evidence")
    )
    return FormPage(heading, name, (text["make_lead"],), (), form)


def build_made(link: Any, name: str, site: str, again: FormView | None = None) -> FormPage:
    """Return the page that shows the address of a new link, once.

    `again`: the form that makes another in place of one whose address is lost, because the button was pressed twice.
    """
    text = words("feedback")["links"]
    heading = Heading(text["made_h1"], text["made_h1"], "people", Link(text["back_links"], HERE))
    if not link.token:
        return FormPage(heading, name, tuple(text["made_again"]), (), again)
    until = long_day(from_instant(link.expire_time).astimezone(LONDON).date()).text
    shown, alone = text["made"]
    lines = (shown, f"{site}/feedback/{link.token}", alone, text["until"].format(day=until))
    return FormPage(heading, name, lines, (), None)


def another(person: str, link: Any, form: Mapping[str, str], sent: Sent) -> FormView:
    """Return the form that makes a link with the same answers, and takes the one back whose address is lost."""
    text = words("feedback")["links"]
    typed = {name: value for name, value in form.items() if name in (GIVER, CASE) or name.startswith(f"{DAY}-")}
    hidden = sent_with(sent.request_id, sent.etag, **typed, **{INSTEAD: link.name.partition("/")[2]})
    return FormView(f"{person}/feedback-link", (), (Button(text["make_another"]),), hidden)


def build_take_back(link: str, sent: Sent, refusal: Refusal | None = None) -> FormPage:
    """Return the form that takes a link back."""
    text = words("feedback")["links"]
    heading = Heading(text["take_back_h1"], text["take_back_h1"], "feedback_links", Link(text["back_links"], HERE))
    if refusal is not None:
        return FormPage(heading, "", (text["sent_already"],), (), None)
    hidden = sent_with(sent.request_id, sent.etag)
    form = FormView(f"{HERE}/{link}/take-back", (), (Button(text["take_back"]),), hidden)
    return FormPage(heading, "", (text["take_back_says"],), (), form)


def _row(link: Any, name: str) -> Row:
    text = words("feedback")["links"]
    state, link_id = word_of(link, "state"), link.name.partition("/")[2]
    on = None
    if link.evidence_item:
        person, item = link.evidence_item.split("/")[1::2]
        on = Link(text["item"], f"/people/{person}/evidence/{item}")
    elif state == OPEN:
        on = Link(text["take_back"], f"{HERE}/{link_id}/take-back")
    for_whom = text["givers"][word_of(link, "giver")]
    return Row(name or text["somebody"], for_whom, Tag(text["states"][state], GREY), tuple(_lines(link, state)), on)


def _lines(link: Any, state: str) -> Iterator[str]:
    text = words("feedback")["links"]
    yield text["about"].format(day=_long(from_date(link, DAY)))
    if state == OPEN:
        yield text["until"].format(day=_long(from_instant(link.expire_time).astimezone(LONDON).date()))
    if link.evidence_item:
        yield text["named"][word_of(link, "consent") or "not_said"]
    if link.contact:
        yield text["reach"].format(contact=link.contact, day=_long(from_date(link, "contact_until_date")))
    if link.hints:
        yield text["hints"].format(indicators=", ".join(sorted(link.hints)))


def _long(day: date | None) -> str:
    return long_day(day).text if day else ""
