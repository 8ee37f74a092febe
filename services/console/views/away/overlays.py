"""When somebody is away: leave that is asked for and agreed to, and suspensions. What each reader can do about it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from services.client.words import enum_of, id_under, safeguarder_of, word_of
from services.console.days import long_day
from services.console.forms.asked import AskedForm, RecordStep
from services.console.forms.away.follows import RECOMMENDATION, RECORDER
from services.console.forms.away.steps import LEAVE, READ_BACK, SUSPENSION, WHOLE
from services.console.views.asked import Asking, FormPage, Shown, form_view, known, refused, typed_in
from services.console.views.form import Told, titled
from services.console.views.heading import Heading, Link
from services.console.views.parts import GREY, Step, Tag
from services.console.views.people.frame import PersonFrame, heading_of
from services.console.views.recommendations.one import in_groups
from services.console.views.sessions.reader import Reader
from services.console.words import words
from services.platform.calls.wire import from_date, to_word

FOLDER = "away"
ANSWERS = ("support_manager", "senior_manager", "panel_team")
"""Roles that answer a leave and end it."""
ENTERS = ("support_manager", "panel_team", "safeguarder")
"""Roles that ask for a leave: the Safeguarder, and those who enter it for them."""
TEAM, THEIRS = "panel_team", "the_team"
"""The Team records what the policy file leaves to it. A recorder of decisions records any suspension."""
IN_FORCE = ("in_force", "reviewed")
FIRST_SIGNS = 8


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
    lead: str
    none: str
    person: PersonFrame | None = None
    told: Told | None = None
    about: str = ""
    """What the person is called, for a recorder of decisions."""
    reference: str = ""
    """What the Team sends to a recorder of decisions, so that they find the person; empty for others."""


@dataclass(frozen=True, slots=True)
class AskedAway:
    """What a step is on, and the answer of the service that it stands in. `overlay`: None where something is begun."""

    overlays: Any
    overlay: Any = None


def build(overlays: Any, reader: Reader, done: str = "") -> AwayView:
    """Return the page: the latest first, as the service has them."""
    said, base = words(FOLDER), f"{reader.base}/away"
    recorder = reader.role == RECORDER
    # What is no suspension is no business of those who record them.
    shown = [one for one in overlays.overlays if not recorder or kind_of(one) == SUSPENSION]
    steps = (
        Step(_step_of(f"away_{step}", reader), _does(step, reader), f"{base}/{step}{carried(reader)}")
        for step in of_whole(overlays, reader.role)
    )
    return AwayView(
        heading=_heading(reader),
        entries=tuple(_entry(one, overlays, reader, base) for one in shown),
        possible=tuple(steps),
        lead=reader_says("lead", reader),
        none=reader_says("none", reader),
        told=Told(said["told"][done]) if done in said["told"] else None,
        about=reader.name if recorder else "",
        reference=safeguarder_of(reader.person) if reader.role == TEAM else "",
    )


def _heading(reader: Reader) -> Heading:
    title = reader_says("h1", reader)
    if reader.is_own:
        return Heading(title, title, "my_file", Link(words("my_file")["back"], "/my-file"))
    if reader.role == RECORDER:
        decisions = words("decisions")
        return Heading(title, f"{title} - {decisions['h1']}", "decisions", Link(decisions["back"], "/decisions"))
    return heading_of("away")


def reader_says(key: str, reader: Reader) -> str:
    """Return a text as this reader reads it."""
    said, own = words(FOLDER), f"{key}_{_voice(reader)}"
    return str(said[own] if own in said else said[key])


def _voice(reader: Reader) -> str:
    """Return how words that only some read are called."""
    return "own" if reader.is_own else "recorder" if reader.role == RECORDER else ""


def of_whole(overlays: Any, role: str) -> Iterator[str]:
    """Yield what can be begun: a leave, and a suspension for a check if none is in force."""
    if role in ENTERS:
        yield "leave"
    is_suspended = any(kind_of(one) == SUSPENSION and _is_open(one) for one in overlays.overlays)
    if not is_suspended and any(policies_of(overlays, role)):
        yield "suspend"


def policies_of(overlays: Any, role: str) -> Iterator[Any]:
    """Yield the policies under which somebody records a suspension."""
    for policy in overlays.policies:
        if role == RECORDER or (role == TEAM and word_of(policy, "decided_by") == THEIRS):
            yield policy


def policy_for(overlays: Any, role: str, reason: str) -> str:
    """Return the policy for a reason; empty if several fit, so that somebody has to choose."""
    fitting = [one.name for one in policies_of(overlays, role) if reason in _reasons(one)]
    return fitting[0] if len(fitting) == 1 else ""


def _reasons(policy: Any) -> list[str]:
    kinds = enum_of(policy, "reasons")
    return [to_word(kinds, value) for value in policy.reasons]


def _records(overlay: Any, overlays: Any, role: str) -> bool:
    """Return whether somebody records what becomes of a suspension. A policy that is no longer there binds nobody."""
    if role not in (TEAM, RECORDER):
        return False
    mine = [one.name for one in policies_of(overlays, role)]
    return overlay.policy in mine or overlay.policy not in [one.name for one in overlays.policies]


def of_one(overlay: Any, overlays: Any, role: str) -> Iterator[str]:
    """Yield the steps on one. `overlays`: the answer that it stands in, with the policies."""
    state = word_of(overlay, "state")
    if kind_of(overlay) == LEAVE and role in ANSWERS:
        if state == "asked":
            yield "answer"
        if state == "agreed":
            yield "end"
    if kind_of(overlay) == SUSPENSION and _is_open(overlay) and _records(overlay, overlays, role):
        yield from ("review", "lift")


def kind_of(overlay: Any) -> str:
    """Return whether it is a leave or a suspension."""
    return word_of(overlay, "kind")


def _is_open(overlay: Any) -> bool:
    return word_of(overlay, "state") in IN_FORCE


def _entry(one: Any, overlays: Any, reader: Reader, base: str) -> AwayEntry:
    said, kind = words(FOLDER), kind_of(one)
    place = f"{base}/{id_under(one.name)}"
    return AwayEntry(
        heading=_title(one),
        tag=Tag(said["states"][word_of(one, "state")], GREY),
        lines=tuple(_lines(one)),
        steps=tuple(
            Link(said["steps"][f"{kind}_{step}"], f"{place}/{step}{carried(reader)}")
            for step in of_one(one, overlays, reader.role)
        ),
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
    yield from _rests_on(one)
    if one.because:
        yield one.because
    if one.reported:
        yield said["reported"]
    lifted = word_of(one, "lift_reason")
    if lifted:
        yield said["lift_reasons"][lifted]


def _rests_on(one: Any) -> Iterator[str]:
    """Yield what a suspension rests on: its policy, and the recommendation that it follows or why there is none."""
    said = words(FOLDER)
    if one.policy:
        yield said.say("rests_on", policy=policy_name(one.policy))
    if one.recommendation:
        yield said.say("follows", hash=in_groups(one.pack_hash[:FIRST_SIGNS]))
    without = word_of(one, "without_recommendation")
    if without:
        yield known(said["without"], without)
    if one.lift_recommendation:
        yield said.say("lift_follows", hash=in_groups(one.lift_pack_hash[:FIRST_SIGNS]))


def policy_name(policy: str) -> str:
    """Return what a policy is called."""
    return known(words(FOLDER)["policies"], policy.replace("-", "_"))


def form_page(step: RecordStep, asking: Asking, about: AskedAway, reader: Reader, request_id: str) -> FormPage:
    """Return the form of a step."""
    said, title, overlay = words(FOLDER), _step_of(step.name, reader), about.overlay
    place = f"{reader.base}/away" if overlay is None else f"{reader.base}/away/{id_under(overlay.name)}"
    asks = tuple(one for one in step.asks if one.name != READ_BACK or not reader.is_own)
    choices = {one.name: tuple(_choices(step, one.name, about, reader.role)) for one in asks}
    form = None
    if not asking.is_over:
        etag = overlay.etag if overlay is not None else ""
        shown = Shown(FOLDER, f"{place}/{step.step}", etag, choices, effect=_effect(step, reader))
        form = form_view(replace(asking, form=AskedForm(step.name, asks, step.mends)), shown, request_id)
    back = Link(reader_says("back", reader), f"{reader.base}/away")
    place_of = {"own": "my_file", "recorder": "decisions"}.get(_voice(reader), "people")
    return FormPage(
        heading=Heading(title, titled(f"{title} - {said['h1']}", form) if form else title, place_of, back),
        about="" if reader.is_own else reader.name,
        lines=(_title(overlay), *_lines(overlay)) if overlay is not None else (),
        quoted=() if form else typed_in(asking),
        form=form,
        none=refused(asking, FOLDER) if asking.is_over else (),
    )


def _effect(step: RecordStep, reader: Reader) -> str:
    effects = words(FOLDER)["effect"]
    return str(effects.get(f"{step.name}_own", "")) if reader.is_own and step.kind == WHOLE else ""


def _choices(step: RecordStep, name: str, about: AskedAway, role: str) -> Iterator[tuple[str, str]]:
    said, policies = words(FOLDER), list(policies_of(about.overlays, role))
    if name == "policy":
        yield from ((one.name, policy_name(one.name)) for one in policies)
        return
    table = said["choices"].get(f"{step.name}_{name}") or said["choices"].get(name, {})
    if (step.step, name) == ("suspend", "reason"):
        open_to = {reason for one in policies for reason in _reasons(one)}
        table = {word: text for word, text in table.items() if word in open_to}
    yield from table.items()


def _step_of(name: str, reader: Reader) -> str:
    """Return what a step is called."""
    steps = words(FOLDER)["steps"]
    return str(steps.get(f"{name}_{_voice(reader)}") or steps[name])


def _does(step: str, reader: Reader) -> str:
    does = words(FOLDER)["does"]
    return str(does.get(f"{step}_{_voice(reader)}") or does[step])


def carried(reader: Reader) -> str:
    """Return the end of an address that carries on which recommendation a recorder came from."""
    return f"?{RECOMMENDATION}={reader.came_from}" if reader.came_from else ""
