"""One change of the rules: what differs, whom it would have touched, why, what happened to it, and what can be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.client.words import word_of
from services.console.days import clock_time, long_day
from services.console.requests import Visitor
from services.console.views.form import Notice, Told
from services.console.views.heading import Heading, Link
from services.console.views.parts import Away, Found, Tag
from services.console.views.rule_changes.parts import (
    LIST,
    PLACE,
    RELEASE,
    Difference,
    Past,
    called,
    day_of_instant,
    differences,
    history,
    href_of,
    state_tag,
    title_of,
)
from services.console.views.rule_changes.what_if import figures_of, runs_of
from services.console.words import words

EDITOR, APPROVER = "policy_editor", "policy_approver"
SHOWN = 5
"""Differences that the page of a change shows. The page of all of them is linked."""


@dataclass(frozen=True, slots=True)
class AskedChange:
    """What the services answer of a change. `tried`: None for a reader who may not see simulations."""

    revision: Any
    compared: Any
    rules: Found[Any] | Away
    tried: Found[Any] | Away | None
    people: Found[dict[str, str]] | Away
    reader: Visitor


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step that can be made, with what it does."""

    link: Link
    says: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The page."""

    heading: Heading
    tag: Tag
    stands: str
    told: Told | None
    notice: Notice | None
    differences: tuple[Difference, ...]
    all_differences: Link | None
    none_differ: str
    touches: tuple[str, ...]
    trying: Link | None
    examples: Link
    why: str
    steps: tuple[StepLink, ...]
    blocked: tuple[str, ...]
    history: tuple[Past, ...]
    away: str


@dataclass(frozen=True, slots=True)
class CompareView:
    """Every difference between a change and the rulebook in force."""

    heading: Heading
    lead: str
    differences: tuple[Difference, ...]
    none_differ: str


@dataclass(frozen=True, slots=True)
class ExamplesView:
    """What the examples of a change show today."""

    heading: Heading
    lead: str
    added: tuple[tuple[str, str], ...]
    failed: tuple[str, ...]
    untested: tuple[str, ...]
    warnings: tuple[str, ...]


def build(asked: AskedChange, told: str, now: datetime, notice: Notice | None = None) -> ChangeView:
    """Return the page. `told`: the code of the message after a step; empty for none."""
    said, revision, href = words(PLACE), asked.revision, href_of(asked.revision)
    found = tuple(differences(asked.compared.changes, asked.rules))
    is_policy = asked.tried is not None
    is_away = any(isinstance(one, Away) for one in (asked.rules, asked.tried, asked.people))
    return ChangeView(
        heading=_heading(title_of(revision), said["h1_one"], Link(said["back"], LIST)),
        tag=state_tag(revision),
        stands=_stands(asked),
        told=Told(said["told"][told]) if told in said["told"] else None,
        notice=notice,
        differences=found[:SHOWN],
        all_differences=Link(said.say("all", n=len(found)), f"{href}/compare") if len(found) > SHOWN else None,
        none_differ="" if found else said["none_differ"],
        touches=tuple(_touches(asked.tried)),
        trying=Link(said["trying"], f"{href}/what-if") if is_policy else None,
        examples=Link(said["see_examples"], f"{href}/examples"),
        why="" if revision.author == RELEASE or title_of(revision) == revision.reason else revision.reason,
        steps=tuple(_steps(asked)),
        blocked=tuple(_blocked(asked)),
        history=history(revision, asked.people),
        away=said.say("away", time=clock_time(now)) if is_away else "",
    )


def build_compare(revision: Any, compared: Any, rules: Found[Any] | Away) -> CompareView:
    """Return the page of every difference."""
    said = words(PLACE)
    found = tuple(differences(compared.changes, rules))
    heading = _heading(said["compare_h1"], said["compare_h1"], Link(said["back_one"], href_of(revision)))
    return CompareView(heading, said["compare_lead"], found, "" if found else said["none_differ"])


def build_examples(revision: Any, examined: Any, rules: Found[Any] | Away) -> ExamplesView:
    """Return the page of the examples."""
    said = words(PLACE)
    titles = {rule.rule: rule.title for rule in rules.answer.rules} if isinstance(rules, Found) else {}
    added = tuple((titles.get(one.rule, one.rule.replace("-", " ")), one.example.title) for one in examined.added)
    failed = len(examined.failed)
    lead = said.say("examples_fail", n=failed) if failed else said.say("examples_hold", n=examined.examples)
    heading = _heading(said["examples_h1"], said["examples_h1"], Link(said["back_one"], href_of(revision)))
    return ExamplesView(
        heading, lead, added, tuple(examined.failed), tuple(examined.untested), tuple(examined.warnings)
    )


def steps_of(revision: Any, reader: Visitor) -> tuple[str, ...]:
    """Return the steps that the reader can make on a change now."""
    state, is_own = word_of(revision, "state"), reader.person in submitters(revision)
    if reader.role == EDITOR:
        return ("back",) if state == "draft" and is_own else ()
    if reader.role != APPROVER:
        return ()
    if state == "draft":
        return ("back",) if is_own else ("approve", "back")
    if state == "active":
        return ("take-back",) if revision.approvals else ()  # what nobody approved came first: nothing was before it
    return ("publish",) if state != "scheduled" and revision.approvals else ()


def steps_of_role(reader: Visitor) -> tuple[str, ...]:
    """Return the steps that the reader may ever make on a change."""
    return {EDITOR: ("back",), APPROVER: ("approve", "publish", "back", "take-back")}.get(reader.role, ())


def submitters(revision: Any) -> tuple[str, ...]:
    """Return who handed a change in, the first time or again. None of them can approve it."""
    return (revision.author, *(one.answered_by for one in revision.returns))


def step_words(revision: Any, step: str, reader: Visitor) -> str:
    """Return the name of the words of a step in its case: a person takes back what is their own."""
    return "own_back" if step == "back" and reader.person in submitters(revision) else step.replace("-", "_")


def _heading(h1: str, title: str, back: Link) -> Heading:
    return Heading(h1, f"{title} - {words(PLACE)['h1']}", PLACE, back)


def _stands(asked: AskedChange) -> str:
    """Return where a change stands, in a sentence."""
    said, revision = words(PLACE)["stands"], asked.revision
    since, last = day_of_instant(revision, "effective_time"), revision.returns[-1] if revision.returns else None
    in_words = {
        "day": long_day(since).text if since else "",
        "who": called(last.person, asked.people) if last else "",
        "why": last.reason if last else "",
    }
    return str(said[word_of(revision, "state")].format(**in_words))


def _touches(tried: Found[Any] | Away | None) -> Iterator[str]:
    said = words(PLACE)
    if tried is None:
        yield said["not_for_you"]
        return
    runs = runs_of(tried)
    done = next((one for one in runs if word_of(one, "state") == "done"), None)
    if done is not None:
        yield from figures_of(done)
    elif isinstance(tried, Found):
        yield said["tried_now"] if runs else said["not_tried"]


def _steps(asked: AskedChange) -> Iterator[StepLink]:
    said = words(PLACE)["steps"]
    for step in steps_of(asked.revision, asked.reader):
        name = step_words(asked.revision, step, asked.reader)
        yield StepLink(Link(said[name]["name"], f"{href_of(asked.revision)}/{step}"), said[name]["does"])


def _blocked(asked: AskedChange) -> Iterator[str]:
    """Yield why a step is not possible that somebody could look for here."""
    said, revision, reader = words(PLACE)["blocked"], asked.revision, asked.reader
    state, is_own = word_of(revision, "state"), reader.person in submitters(revision)
    if state == "draft" and is_own:
        yield said["own"]
    elif state == "draft" and reader.role != APPROVER:
        yield said["not_approver"]
    if state == "scheduled":
        yield said["scheduled"]
    if state == "sent_back":
        yield said["sent_back"]
    if state == "active" and reader.role != APPROVER:
        yield said["not_publisher"]
