"""When somebody is away: leave that is asked for and agreed to, and suspensions. What each reader can do about it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.client.words import id_under, word_of
from services.console.days import long_day
from services.console.forms.asked import AskedForm, RecordStep
from services.console.forms.away.steps import LEAVE, READ_BACK, SUSPENSION, WHOLE
from services.console.views.asked import Asking, FormPage, Shown, form_view, refused
from services.console.views.form import Told, titled
from services.console.views.heading import Heading, Link
from services.console.views.parts import GREY, Step, Tag
from services.console.views.people.frame import PersonFrame, heading_of
from services.console.views.sessions.reader import Reader
from services.console.words import words
from services.platform.calls.wire import from_date

FOLDER = "away"
ANSWERS = ("support_manager", "senior_manager", "panel_team")
"""Roles that answer a leave and end it."""
ENTERS = ("support_manager", "panel_team", "safeguarder")
"""Roles that ask for a leave: the Safeguarder, and those who enter it for them."""
TEAM, CHECKS = "panel_team", ("pvg_check", "disqualification_check")
"""Checks are the Team's to decide, as the policy file has it. A recorder of decisions records any other suspension."""
IN_FORCE = ("in_force", "reviewed")


@dataclass(frozen=True, slots=True)
class AwayEntry:
    """A leave or a suspension."""

    heading: str
    tag: Tag
    lines: tuple[str, ...]
    steps: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AwayView:
    """The page."""

    heading: Heading
    entries: tuple[AwayEntry, ...]
    possible: tuple[Step, ...]
    person: PersonFrame | None = None
    told: Told | None = None


def build(overlays: Any, reader: Reader, done: str = "") -> AwayView:
    """Return the page: the latest first, as the service has them."""
    said, base = words(FOLDER), f"{reader.base}/away"
    title = reader_says("h1", reader)
    heading = Heading(title, title, "my_file", Link(words("my_file")["back"], "/my-file"))
    steps = (
        Step(said["steps"][f"away_{step}"], said["does"][step], f"{base}/{step}")
        for step in of_whole(overlays, reader.role)
    )
    return AwayView(
        heading=heading if reader.is_own else heading_of("away"),
        entries=tuple(_entry(one, reader, base) for one in overlays.overlays),
        possible=tuple(steps),
        told=Told(said["told"][done]) if done in said["told"] else None,
    )


def reader_says(key: str, reader: Reader) -> str:
    """Return a text as this reader reads it."""
    said = words(FOLDER)
    return str(said[f"{key}_own"] if reader.is_own and f"{key}_own" in said else said[key])


def of_whole(overlays: Any, role: str) -> Iterator[str]:
    """Yield what can be begun: a leave, and a suspension for a check if none is in force."""
    if role in ENTERS:
        yield "leave"
    if role == TEAM and not any(kind_of(one) == SUSPENSION and _is_open(one) for one in overlays.overlays):
        yield "suspend"


def of_one(overlay: Any, role: str) -> Iterator[str]:
    """Yield the steps on one."""
    state = word_of(overlay, "state")
    if kind_of(overlay) == LEAVE and role in ANSWERS:
        if state == "asked":
            yield "answer"
        if state == "agreed":
            yield "end"
    if kind_of(overlay) == SUSPENSION and _is_open(overlay) and role == TEAM and word_of(overlay, "reason") in CHECKS:
        yield from ("review", "lift")


def kind_of(overlay: Any) -> str:
    """Return whether it is a leave or a suspension."""
    return word_of(overlay, "kind")


def _is_open(overlay: Any) -> bool:
    return word_of(overlay, "state") in IN_FORCE


def _entry(one: Any, reader: Reader, base: str) -> AwayEntry:
    said, kind = words(FOLDER), kind_of(one)
    place = f"{base}/{id_under(one.name)}"
    return AwayEntry(
        heading=_title(one),
        tag=Tag(said["states"][word_of(one, "state")], GREY),
        lines=tuple(_lines(one)),
        steps=tuple(Link(said["steps"][f"{kind}_{step}"], f"{place}/{step}") for step in of_one(one, reader.role)),
    )


def _title(one: Any) -> str:
    said = words(FOLDER)
    if kind_of(one) == LEAVE:
        return str(said["leave_kinds"][word_of(one, "leave_kind")])
    return str(said["reasons"][word_of(one, "reason")])


def _lines(one: Any) -> Iterator[str]:
    said = words(FOLDER)
    first, last = from_date(one, "start_date"), from_date(one, "end_date")
    if first and last and last < first:
        yield said["no_day"]
    elif first:
        key = "until_known" if last else "until_unknown"
        yield said.say(key, first=long_day(first).text, last=long_day(last).text if last else "")
    waits = ("answer_due_date",) if word_of(one, "state") == "asked" else ()
    looks = ("notice_date", "review_date") if _is_open(one) else ()
    for field in (*waits, *looks):
        day = from_date(one, field)
        if day:
            yield said.say(field, day=long_day(day).text)
    if one.because:
        yield one.because
    if one.reported:
        yield said["reported"]
    lifted = word_of(one, "lift_reason")
    if lifted:
        yield said["lift_reasons"][lifted]


def form_page(step: RecordStep, asking: Asking, overlay: Any, reader: Reader, request_id: str, today: date) -> FormPage:
    """Return the form of a step. `overlay`: what it is on; None where something is begun."""
    said, title = words(FOLDER), words(FOLDER)["steps"][step.name]
    place = f"{reader.base}/away" if overlay is None else f"{reader.base}/away/{id_under(overlay.name)}"
    asks = tuple(one for one in step.asks if one.name != READ_BACK or not reader.is_own)
    choices = {one.name: tuple(_table(step, one.name).items()) for one in asks}
    form = None
    if not asking.is_over:
        shown = Shown(FOLDER, f"{place}/{step.step}", "", choices, effect=_effect(step, reader))
        form = form_view(replace(asking, form=AskedForm(step.name, asks, step.mends)), shown, request_id)
    back = Link(said["back_own" if reader.is_own else "back"], f"{reader.base}/away")
    place_of = "my_file" if reader.is_own else "people"
    return FormPage(
        heading=Heading(title, titled(f"{title} - {said['h1']}", form) if form else title, place_of, back),
        about="" if reader.is_own else reader.name,
        lines=(_title(overlay), *_lines(overlay)) if overlay is not None else (),
        quoted=(),
        form=form,
        none=refused(asking, FOLDER) if asking.is_over else (),
    )


def _effect(step: RecordStep, reader: Reader) -> str:
    effects = words(FOLDER)["effect"]
    return str(effects.get(f"{step.name}_own", "")) if reader.is_own and step.kind == WHOLE else ""


def _table(step: RecordStep, name: str) -> dict[str, str]:
    choices = words(FOLDER)["choices"]
    return dict(choices.get(f"{step.name}_{name}") or choices.get(name, {}))
