"""The drafts of a reader, the page that deletes one, and the page that asks whom an item is about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.calendar_days import london_today
from services.client.words import word_of
from services.console.days import clock_time, long_day, named_day
from services.console.forms.recording import QUESTIONS
from services.console.views.form import (
    Button,
    Choice,
    FormView,
    Hidden,
    Question,
    Told,
    choice_question,
    line_question,
    sent_with,
    titled,
)
from services.console.views.heading import Heading, Link
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant

PERSON, NAME, SEARCHED = "person", "name", "searched"
"""The fields of the page that asks whom an item is about: who was chosen, what was typed, and what was looked for."""
TOLD = "drafts"
"""What a message is about that the page of drafts shows."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft. `href`: where it goes on; empty if there is no page for its kind yet."""

    title: str
    says: str
    href: str
    delete: Link


@dataclass(frozen=True, slots=True)
class DraftsView:
    """The page."""

    heading: Heading
    rows: tuple[DraftRow, ...]
    told: Told | None = None


def build(
    drafts: Sequence[Any], names: Mapping[str, str], own: str, today: date, told: str, *, of_staff: bool
) -> DraftsView:
    """Return the page. `own`: the name of the reader's own record. `told`: the code of a message."""
    said, title = words("recording"), words("recording")["drafts_h1"]
    back = Link(said["back_today"], "/today") if of_staff else Link(said["back_my_file"], "/my-file/evidence")
    rows = tuple(_row(one, names, own, today) for one in drafts)
    message = Told(said["told"][told]) if told in said["told"] else None
    return DraftsView(Heading(title, title, "today" if of_staff else "my_file", back), rows, message)


def _row(draft: Any, names: Mapping[str, str], own: str, today: date) -> DraftRow:
    said, draft_id = words("recording"), draft.name.rpartition("/")[2]
    changed, last = from_instant(draft.update_time), from_date(draft, "last_date")
    says = said.say(
        "draft_changed",
        day=named_day(london_today(changed), today).text,
        time=clock_time(changed),
        last=long_day(last).text if last else "",
    )
    return DraftRow(
        title=title_of(draft, names, own),
        says=says,
        href=_goes_on(draft, draft_id),
        delete=Link(said["draft_delete"], f"/drafts/{draft_id}/delete"),
    )


def title_of(draft: Any, names: Mapping[str, str], own: str) -> str:
    """Return what a draft is, and about whom."""
    said, kind = words("recording"), word_of(draft, "kind")
    if kind == "evidence_item" and draft.safeguarder == own:
        kind = "evidence_item_own"
    text = said["draft_kinds"].get(kind, said["draft_kinds"]["other"])
    return str(text).format(name=names.get(draft.safeguarder, said["somebody"]))


def _goes_on(draft: Any, draft_id: str) -> str:
    kind = word_of(draft, "kind")
    if kind == "evidence_item":
        step = draft.step if draft.step in (*QUESTIONS, "check") else "check"
        return f"/evidence/new/{draft_id}/{step}"
    return f"/my-file/evidence/{draft.step}/reply" if kind == "reply" else ""


@dataclass(frozen=True, slots=True)
class DeleteView:
    """The page that asks whether a draft is deleted."""

    heading: Heading
    about: str
    form: FormView


def build_delete(draft: Any, about: str, request_id: str, *, of_staff: bool) -> DeleteView:
    """Return the page."""
    said, title = words("recording"), words("recording")["delete_h1"]
    address = f"/drafts/{draft.name.rpartition('/')[2]}/delete"
    form = FormView(address, (), (Button(said["delete_do"]),), sent_with(request_id, ""), effect=said["delete_says"])
    place = "today" if of_staff else "my_file"
    heading = Heading(title, f"{title} - {said['of_drafts']}", place, Link(said["back_drafts"], "/drafts"))
    return DeleteView(heading, about, form)


@dataclass(frozen=True, slots=True)
class WhoView:
    """The page that asks whom an item is about."""

    heading: Heading
    says: str
    form: FormView


@dataclass(frozen=True, slots=True)
class Place:
    """Where the form is sent, and where its page leads back to."""

    address: str
    back: Link


def build_who(
    typed: str,
    found: Any,
    place: Place,
    request_id: str,
    kept: Mapping[str, str],
    *,
    is_missing: bool = False,
) -> WhoView:
    """Return the page.

    `found`: whom the register knows by what was typed; None before somebody typed something. `kept`: the answers so
    far. They travel with the form, so that a second press makes the same draft when the first one has taken its place.
    """
    said = words("recording")
    text, error = said["ask"]["who"], said["wrong"]["missing_person"] if is_missing else ""
    questions: list[Question] = [line_question(NAME, said["name"], typed, said["hint"]["who"], error, width=20)]
    says = ""
    if found is not None:
        choices = tuple(
            Choice(one.safeguarder.name.partition("/")[2], one.safeguarder.display_name, one.safeguarder.panel_number)
            for one in found.found
        )
        if choices:
            questions.append(choice_question(PERSON, said["found"], choices))
        says = said["nobody"] if not choices else said["more"] if found.total > len(choices) else ""
    button = said["find"] if found is None or not found.found else said["go_on"]
    hidden = (*sent_with(request_id, "", **{SEARCHED: typed}), *(Hidden(name, said) for name, said in kept.items()))
    form = FormView(place.address, tuple(questions), (Button(button),), hidden)
    title = titled(f"{text} - {said['section']}", form)
    return WhoView(Heading(text, title, "record", place.back), says, form)
