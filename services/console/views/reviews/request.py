"""One review request: both sides beside each other, what it is about as it stood, who could decide it, its steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import enum_of, id_under, safeguarder_of, word_of
from services.console.days import Day, long_day, named_day
from services.console.views.asked import Quoted, known
from services.console.views.days_left import days_left
from services.console.views.form import Notice, Told
from services.console.views.heading import Heading, Link
from services.console.views.parts import GREY, Away, Found, Step, Tag, says_away
from services.console.views.reviews.target import FOLDER, Target, kind_of, page_of, target_of
from services.console.words import name_of, words
from services.platform.calls.wire import from_date, from_instant, to_word

SENIOR = "senior_manager"
FINDS_A_REVIEWER = (SENIOR, "panel_team")
"""Roles that accept a request and give it to somebody."""
OPEN = ("submitted", "accepted", "assigned")
STEPS = ("accept", "assign", "statement", "decide")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A senior manager, and why they can't decide a request; nothing if they can."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """The page. `theirs`: what the Safeguarder says. `teams`: what the Team wrote in it, and says to it."""

    heading: Heading
    person: str
    tag: Tag
    stands: str
    day_says: str
    day: Day | None
    left: str
    theirs_heading: str
    theirs: tuple[Quoted, ...]
    grounds: tuple[str, ...]
    teams: tuple[Quoted, ...]
    teams_none: str
    target: Target
    as_it_stood: str
    target_page: Link | None
    decided: tuple[str, ...]
    reasons: tuple[Quoted, ...]
    candidates: tuple[Candidate, ...]
    possible: tuple[Step, ...]
    blocked: tuple[Step, ...]
    away: tuple[str, ...]
    told: Told | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class AskedRequest:
    """What the services answered, and who asks. `reviewers`: None for those who may not read who could decide it."""

    request: Any
    target: Found[Any] | Away | None
    reviewers: Found[Any] | Away | None
    names: Found[Mapping[str, str]] | Away
    people: Found[Mapping[str, str]] | Away
    reader: str
    role: str

    @property
    def is_own(self) -> bool:
        """Return whether the Safeguarder who asked reads it."""
        return self.role == "safeguarder"

    @property
    def state(self) -> str:
        """Return where the request stands."""
        return word_of(self.request, "state")

    @property
    def name(self) -> str:
        """Return what the Safeguarder is called."""
        known_names = self.names.answer if isinstance(self.names, Found) else {}
        return known_names.get(f"safeguarders/{safeguarder_of(self.request.name)}", "") or words("matter")["somebody"]

    @property
    def path(self) -> str:
        """Return the address of the page."""
        if self.is_own:
            return f"/my-file/reviews/{id_under(self.request.name)}"
        return f"/reviews/{safeguarder_of(self.request.name)}/{id_under(self.request.name)}"

    def called(self, person: str) -> str:
        """Return what somebody of the staff is called."""
        found = self.people.answer if isinstance(self.people, Found) else {}
        return found.get(person, "") or name_of(person)


def people_in(request: Any, reviewers: Found[Any] | Away | None) -> list[str]:
    """Return the ids of the staff whom the page names, each once."""
    candidates = [one.person for one in reviewers.answer.reviewers] if isinstance(reviewers, Found) else []
    said = [one.person for one in request.statements]
    named = (request.reviewer, request.assigner, request.accepted_by, *said, *candidates)
    return list(dict.fromkeys(filter(None, named)))


def build(asked: AskedRequest, now: datetime, today: date, done: str = "", notice: Notice | None = None) -> RequestView:
    """Return the page. `done`: what the reader has done just before. `notice`: why a step was not made."""
    said, request = words(FOLDER), asked.request
    own, target = asked.is_own, target_of(kind_of(request), asked.target)
    due = waits_until(request)
    made = from_date(request, "made_date") or date.min
    heading = said["h1_own" if own else "h1"]
    back = Link(said["back_own"], "/my-file/reviews") if own else Link(said["back"], "/reviews")
    in_words = {"name": asked.name, "day": long_day(made).text}
    page = page_of(request, "/my-file") if own else page_of(request, f"/people/{safeguarder_of(request.name)}")
    return RequestView(
        heading=Heading(heading, f"{heading} - {said['section']}", "my_file" if own else "reviews", back),
        person="" if own else asked.name,
        tag=Tag(known(said["states"], asked.state), GREY),
        stands=stands(asked),
        day_says=said["by"] if due else "",
        day=named_day(due, today) if due else None,
        left=days_left(due, today) if due else "",
        theirs_heading=said["you_say"] if own else said.say("they_say", **in_words),
        theirs=tuple(_theirs(request)),
        grounds=tuple(known(said["grounds"], to_word(enum_of(request, "grounds"), one)) for one in request.grounds),
        teams=(*target.quoted, *_statements(asked, today)),
        teams_none=said["team_none"],
        target=target,
        as_it_stood=said.say("as_it_stood", **in_words),
        target_page=Link(said["target_page"], page) if page else None,
        decided=tuple(_decided(asked)),
        reasons=(Quoted(said["reasons"], request.reasons),) if request.reasons else (),
        candidates=tuple(_candidates(asked)) if asked.state in OPEN else (),
        possible=tuple(_possible(asked, today)),
        blocked=tuple(_blocked(asked, today)),
        away=tuple(says_away([one for one in (asked.target, asked.reviewers, asked.names, asked.people) if one], now)),
        told=Told(said["done"][done].format(**in_words)) if done in said["done"] else None,
        notice=notice,
    )


def waits_until(request: Any) -> date | None:
    """Return the last day of the one who has to act next; None once it has ended."""
    field = "decide_due_date" if request.reviewer else "assign_due_date"
    return from_date(request, field) if word_of(request, "state") in OPEN else None


def stands(asked: AskedRequest) -> str:
    """Return who has it now, in a sentence."""
    said, request = words(FOLDER), asked.request
    if asked.state == "assigned":
        if request.reviewer == asked.reader:
            return str(said["with_you"])
        return said.say("with", name=asked.called(request.reviewer))
    if asked.state in ("submitted", "accepted") and request.assigner:
        return said.say("finds", name=asked.called(request.assigner))
    return known(said["stands"], asked.state)


def step_blocked(asked: AskedRequest, step: str, today: date) -> str | None:
    """Return why the reader can't make a step now; empty if they can. None: it is never theirs."""
    if asked.is_own:
        return ("" if asked.state in OPEN else words(FOLDER)["ended"]) if step == "withdraw" else None
    if step == "withdraw" or (step in ("accept", "assign") and asked.role not in FINDS_A_REVIEWER):
        return None
    if step == "decide":
        return _undecidable(asked)
    said = words(FOLDER)["blocked"]
    if asked.state not in OPEN:
        return str(said["ended"])
    if step == "statement":
        return ""
    if step == "accept":
        return "" if asked.state == "submitted" else str(said["accepted"])
    if asked.state == "submitted":
        return str(said["not_accepted_yet"])
    due = waits_until(asked.request)
    has_time = asked.state == "assigned" and due is not None and today <= due
    return str(said["has_time"]).format(day=long_day(due).text) if has_time and due else ""


def _undecidable(asked: AskedRequest) -> str | None:
    """Return why the reader can't decide it; empty if they can; None if their role never does."""
    said = words(FOLDER)["blocked"]
    if asked.role != SENIOR:
        return None
    if asked.state not in OPEN:
        return str(said["ended"])
    bars = bars_of(asked, asked.reader)
    if bars:
        return f"{said['in_chain']} {bars}"
    if asked.state != "assigned":
        return str(said["nobody_yet"])
    return "" if asked.request.reviewer == asked.reader else str(said["somebody_else"])


def bars_of(asked: AskedRequest, person: str) -> str:
    """Return why somebody stands in the chain, in sentences; empty if they don't, or if it isn't known."""
    said = words(FOLDER)["bars_you" if person == asked.reader else "bars"]
    for one in asked.reviewers.answer.reviewers if isinstance(asked.reviewers, Found) else ():
        if one.person == person:
            return " ".join(known(said, to_word(enum_of(one, "bars"), bar)) for bar in one.bars)
    return ""


def _theirs(request: Any) -> Iterator[Quoted]:
    said = words(FOLDER)
    yield Quoted(said["why"], request.words)
    if request.asks_for:
        yield Quoted(said["asks_for"], request.asks_for)


def _statements(asked: AskedRequest, today: date) -> Iterator[Quoted]:
    said = words(FOLDER)
    for one in asked.request.statements:
        day = named_day(london_today(from_instant(one.create_time)), today).text
        yield Quoted(said.say("said_by", name=asked.called(one.person), day=day), one.words)
    if asked.request.accept_words:
        whose = "not_accepted_because" if asked.state == "not_accepted" else "accepted_because"
        yield Quoted(said.say(whose, name=asked.called(asked.request.accepted_by)), asked.request.accept_words)


def _decided(asked: AskedRequest) -> Iterator[str]:
    said, decision = words(FOLDER), word_of(asked.request, "decision")
    if decision:
        by = asked.called(asked.request.reviewer)
        yield said.say("decided", decision=known(said["decisions"], decision), name=by)
        yield effect_of(asked.request, decision)


def effect_of(request: Any, decision: str) -> str:
    """Return what a decision does, in a sentence."""
    said = words(FOLDER)
    if decision == "not_upheld":
        return str(said["effect_not_upheld"])
    return known(said["upheld"], word_of(request, "target_kind"))


def _candidates(asked: AskedRequest) -> Iterator[Candidate]:
    said = words(FOLDER)
    if not isinstance(asked.reviewers, Found):
        return
    for one in asked.reviewers.answer.reviewers:
        name = said["you"] if one.person == asked.reader else asked.called(one.person)
        yield Candidate(name, bars_of(asked, one.person) or said["can_decide"])


def _possible(asked: AskedRequest, today: date) -> Iterator[Step]:
    said = words(FOLDER)
    for step in (*STEPS, "withdraw"):
        if step_blocked(asked, step, today) == "":
            yield Step(said["steps"][step], said["does"][step].format(name=asked.name), f"{asked.path}/{step}")


def _blocked(asked: AskedRequest, today: date) -> Iterator[Step]:
    said = words(FOLDER)
    for step in STEPS if asked.state in OPEN else ():
        why = step_blocked(asked, step, today)
        if why:
            yield Step(said["steps"][step], why)


def with_notice(view: RequestView, says: tuple[str, ...]) -> RequestView:
    """Return the page with why a step was not made."""
    return replace(view, told=None, notice=Notice(words("layout")["refused"], says))
