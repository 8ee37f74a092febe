"""What a Safeguarder can disagree with, and the form that asks for a review of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.client.words import id_under, word_of
from services.console.days import long_day
from services.console.forms.asked import AskedForm, Asks
from services.console.views.asked import Asking, FormPage, Shown, form_view, known, not_open
from services.console.views.form import TICKS, WORDS, titled
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import title_of
from services.console.views.my_file.matters import OVER
from services.console.views.parts import Away, Found, says_away
from services.console.views.reviews.target import FOLDER, target_of
from services.console.words import words
from services.platform.calls.wire import from_date

GROUNDS = ("fact_wrong", "evidence_left_out", "process", "standard_misread", "out_of_proportion", "other")
FORM = AskedForm(
    "disagree",
    (Asks(TICKS, "grounds", offered=GROUNDS), Asks(WORDS, "words"), Asks(WORDS, "asks_for", needed=False)),
)
COLLECTIONS = {
    "evidence": ("evidence_item", "evidenceItems"),
    "matters": ("concern", "concerns"),
    "records": ("session_record", "supportSessions"),
    "actions": ("action", "actions"),
    "supports": ("support", "supports"),
    "approach-changes": ("approach_change", "approachChanges"),
    "needs": ("need", "needs"),
    "recommendations": ("recommendation", "recommendations"),
}
"""What can be named in an address: the kind of target, and its collection in the name of a record."""
SHOWN = ("evidence", "matters", "actions", "supports", "approach-changes", "needs")
"""What the form shows. The record of a session and a recommendation stand on pages of their own."""
NO_PRACTICE = ("excellence", "data_gap")
SUPPORT_SAID = ("delivered", "declined", "none_given")
ACTION_GONE = ("withdrawn", "replaced")


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links of one kind."""

    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ChooseView:
    """The page that asks with what one disagrees."""

    heading: Heading
    lead: str
    groups: tuple[LinkGroup, ...]
    none: str
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedChoice:
    """What the services answered of what is on the reader's file."""

    items: Found[Any] | Away
    concerns: Found[Any] | Away
    records: Found[Any] | Away
    plan: Found[Any] | Away


def choose(asked: AskedChoice, now: datetime) -> ChooseView:
    """Return the page. Somebody comes to it from *My file*; from a matter or an item they go straight to the form."""
    said = words(FOLDER)
    found: Mapping[str, tuple[Link, ...]] = {
        "concern": tuple(_concerns(asked.concerns)),
        "evidence_item": tuple(_items(asked.items)),
        "session_record": tuple(_records(asked.records)),
        "plan": tuple(_plan(asked.plan)),
    }
    groups = tuple(LinkGroup(said["disagree_groups"][name], links) for name, links in found.items() if links)
    title = said["disagree_h1"]
    heading = Heading(title, f"{title} - {words('my_file')['section']}", "my_file", _back())
    parts = (asked.items, asked.concerns, asked.records, asked.plan)
    none = said["disagree_none"] if not groups and not any(isinstance(one, Away) for one in parts) else ""
    return ChooseView(heading, said["disagree_lead"], groups, none, tuple(says_away(parts, now)))


def build(asking: Asking, kind: str, part: str, read: Found[Any] | Away | None, request_id: str) -> FormPage:
    """Return the form. `kind` and `part`: of what is disagreed with, as they stand in the address."""
    said, is_refused = words(FOLDER), asking.refusal is not None and not asking.is_wrong
    target = target_of(COLLECTIONS[kind][0], read)
    choices = {"grounds": tuple((word, said["grounds"][word]) for word in GROUNDS)}
    shown = Shown(FOLDER, f"/my-file/disagree/{kind}/{part}", "", choices)
    form = None if is_refused else form_view(asking, shown, request_id)
    title = f"{said['disagree_h1']} - {words('my_file')['section']}"
    return FormPage(
        heading=Heading(said["disagree_h1"], titled(title, form) if form else title, "my_file", _back()),
        about=target.title,
        lines=() if is_refused else (said["disagree_lead"], *target.lines),
        quoted=target.quoted,
        form=form,
        none=not_open(asking, FOLDER, said["without"]["disagree"]) if is_refused else (),
    )


def name_of(kind: str, person: str, part: str) -> str:
    """Return the name of the record that an address names."""
    ending = "/record" if kind == "records" else ""
    return f"{person}/{COLLECTIONS[kind][1]}/{part}{ending}"


def href_of(kind: str, name: str) -> str:
    """Return the address of the form about a record."""
    return f"/my-file/disagree/{kind}/{id_under(name)}"


def _back() -> Link:
    return Link(words("my_file")["back"], "/my-file")


def _concerns(read: Found[Any] | Away) -> Iterator[Link]:
    for one in read.answer.concerns if isinstance(read, Found) else ():
        if word_of(one, "state") not in OVER and word_of(one, "lane") not in NO_PRACTICE:
            yield Link(one.explanation.because, href_of("matters", one.name))


def _items(read: Found[Any] | Away) -> Iterator[Link]:
    said = words(FOLDER)
    for one in read.answer.evidence_items if isinstance(read, Found) else ():
        received = from_date(one, "received_date")
        if word_of(one, "state") == "current" and received:
            text = said.say("item_named", title=title_of(one), day=long_day(received).text)
            yield Link(text, href_of("evidence", one.name))


def _records(read: Found[Any] | Away) -> Iterator[Link]:
    said = words("my_file")
    for one in read.answer.session_records if isinstance(read, Found) else ():
        held = from_date(one, "held_date")
        if word_of(one, "state") in ("shared", "disputed", "closed"):
            text = said.say("record_of", day=long_day(held).text) if held else words(FOLDER)["record_of"]
            yield Link(text, href_of("records", one.name))


def _plan(read: Found[Any] | Away) -> Iterator[Link]:
    if isinstance(read, Away):
        return
    plan, said = read.answer, words(FOLDER)["targets"]
    kinds = words("my_file")["support_kinds"]
    parts = (
        ("actions", "action", plan.actions, lambda one: word_of(one, "state") not in ACTION_GONE, lambda one: one.aim),
        ("supports", "support", plan.supports, _is_said, lambda one: known(kinds, word_of(one, "kind"))),
        ("approach-changes", "approach_change", plan.approach_changes, _is_served, lambda one: one.expectation),
        ("needs", "need", plan.needs, _is_named_by_others, lambda one: one.words),
    )
    for kind, named, those, is_reviewable, text in parts:
        for one in filter(is_reviewable, those):
            yield Link(f"{said[named]}: {text(one)}", href_of(kind, one.name))


def _is_said(support: Any) -> bool:
    return word_of(support, "state") in SUPPORT_SAID


def _is_served(change: Any) -> bool:
    return word_of(change, "state") == "served"


def _is_named_by_others(need: Any) -> bool:
    return word_of(need, "raised_by") != "safeguarder" and word_of(need, "state") in ("identified", "planned")
