"""One recommendation: what it says, its criteria, its pack and hash, what the person says of it, and the steps."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import id_under, safeguarder_of, word_of
from services.console.days import Day, long_day, named_day
from services.console.views.asked import Quoted, known
from services.console.views.days_left import days_left
from services.console.views.form import Notice, Told
from services.console.views.heading import Heading, Link
from services.console.views.parts import GREY, Step, Tag, says_away
from services.console.views.recommendations.asked import BEFORE_SUBMISSION, TEAM, AskedRecommendation
from services.console.views.recommendations.lists import FOLDER, not_ready, what_it_says
from services.console.views.recommendations.text import TextView, text_of
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant

STEPS = ("check", "share", "approve", "submit", "withdraw")
COULD_SAY = ("shared", "approved", "submitted")
"""States in which the person can say something. What comes after submission is kept and sent on."""
SENIOR = "senior_manager"
WRITTEN = ("draft", "outcome", "criterion", "condition", "time", "take_out")
"""What the Team does to the text. It is one part of a longer piece of work."""
HASH_GROUP = 4


@dataclass(frozen=True, slots=True)
class Representation:
    """What the person says of it, and what the second person answers."""

    says: Quoted
    answer: Quoted | None


@dataclass(frozen=True, slots=True)
class RecommendationView:
    """The page."""

    heading: Heading
    person: str
    says: str
    tag: Tag
    stands: str
    day_says: str
    day: Day | None
    left: str
    text: TextView
    pack: tuple[str, ...]
    hash: str
    seen: str
    entries: tuple[str, ...]
    lines: tuple[str, ...]
    reviews: tuple[str, ...]
    representations: tuple[Representation, ...]
    people: tuple[str, ...]
    decided: tuple[str, ...]
    reference: str
    """What a recorder of the decision types; empty for others than the Team, and before it is submitted."""
    possible: tuple[Step, ...]
    blocked: tuple[Step, ...]
    disagree: Link | None
    away: tuple[str, ...]
    told: Told | None = None
    notice: Notice | None = None


def people_in(pack: Any) -> list[str]:
    """Return the ids of the staff whom the page names, each once."""
    one = pack.recommendation
    answered = [each.answered_by for each in one.representations]
    named = (one.drafted_by, one.checked_by, one.approved_by, one.submitted_by, *answered)
    return list(dict.fromkeys(filter(None, named)))


def build(asked: AskedRecommendation, now: datetime, today: date, done: str = "") -> RecommendationView:
    """Return the page. `done`: what the reader has done just before."""
    said, one, own = words(FOLDER), asked.one, asked.is_own
    title = said["one_h1_own" if own else "one_h1"]
    due = from_date(one, "representations_due_date")
    text = text_of(asked)
    return RecommendationView(
        heading=Heading(title, f"{title} - {said['h1']}", "my_file" if own else "reviews", _back(asked)),
        person="" if own else asked.name,
        says=what_it_says(one),
        tag=Tag(known(said["states"], asked.state), GREY),
        stands=known(said["stands"], asked.state).format(name=asked.name),
        day_says=said["words_until"] if due else "",
        day=named_day(due, today) if due else None,
        left=days_left(due, today) if due and due >= today else "",
        text=text,
        pack=tuple(_pack(asked)),
        hash=in_groups(asked.pack.hash),
        seen=_seen(asked),
        entries=tuple(_entries(asked.pack)),
        lines=tuple(not_ready(asked.pack.lines)),
        reviews=tuple(_reviews(one)),
        representations=tuple(_representations(asked, today)),
        people=tuple(_people(asked)),
        decided=tuple(_decided(one)),
        reference=_reference(asked),
        possible=tuple(_possible(asked)),
        blocked=tuple(_blocked(asked)),
        disagree=_disagree(asked),
        away=tuple(says_away((asked.names, asked.people), now)),
        told=_told(asked, text, done),
    )


def _told(asked: AskedRecommendation, text: TextView, done: str) -> Told | None:
    """Return what the reader has done. While it is written, the message leads on to what isn't answered yet."""
    said = words(FOLDER)
    if done not in said["done"]:
        return None
    links = [
        Link(said.say("next_criterion", what=one.text), one.links[0].href) for one in text.open_criteria if one.links
    ]
    on = links[0] if links and done in WRITTEN else None
    return Told(said["done"][done].format(name=asked.name), on)


def _back(asked: AskedRecommendation) -> Link:
    said = words(FOLDER)
    if asked.is_own:
        return Link(said["back_own"], "/my-file/recommendations")
    return Link(said["back_readiness"], f"/recommendations/{safeguarder_of(asked.one.name)}")


def _disagree(asked: AskedRecommendation) -> Link | None:
    if not asked.is_own or asked.state not in ("shared", "approved"):
        return None
    return Link(words(FOLDER)["disagree"], f"/my-file/disagree/recommendations/{id_under(asked.one.name)}")


def in_groups(digest: str) -> str:
    """Return a hash in groups of four, so that two people can read it to each other."""
    return " ".join(digest[at : at + HASH_GROUP] for at in range(0, len(digest), HASH_GROUP))


def step_blocked(asked: AskedRecommendation, step: str) -> str | None:
    """Return why the reader can't make a step now; empty if they can. None: it is never theirs."""
    said = words(FOLDER)["blocked"]
    if asked.is_own:
        return ("" if asked.state in COULD_SAY else str(said["say"])) if step == "say" else None
    theirs = {TEAM: STEPS, SENIOR: ("approve",)}.get(asked.role, ())
    if step not in theirs:
        return None
    if step == "withdraw":
        return "" if asked.state in BEFORE_SUBMISSION else str(said["ended"])
    wanted = {"check": "drafted", "share": "checked", "approve": "shared", "submit": "approved"}[step]
    if asked.state != wanted:
        return str(said[step])
    # Who drafted or checked it is no second person. The service knows who else is none.
    is_first = step == "approve" and asked.reader in (asked.one.drafted_by, asked.one.checked_by)
    return str(said["second"]) if is_first else ""


def with_notice(view: RecommendationView, says: tuple[str, ...]) -> RecommendationView:
    """Return the page with why a step was not made."""
    return replace(view, told=None, notice=Notice(words("layout")["refused"], says))


def _pack(asked: AskedRecommendation) -> Iterator[str]:
    said, pack = words(FOLDER), asked.pack
    if not pack.hash:
        yield said.say("grows", n=len(pack.entries))
        return
    yield said.say("frozen", n=len(pack.entries), day=long_day(london_today(from_instant(pack.freeze_time))).text)


def _seen(asked: AskedRecommendation) -> str:
    shared = from_date(asked.one, "share_date")
    if not asked.pack.hash or shared is None:
        return ""
    said = words(FOLDER)
    return said.say("seen_own" if asked.is_own else "seen", name=asked.name, day=long_day(shared).text)


def _entries(pack: Any) -> Iterator[str]:
    said = words(FOLDER)
    held = Counter(word_of(one, "section") for one in pack.entries)
    relied = Counter(word_of(one, "section") for one in pack.entries if one.relied_on)
    for section, number in held.items():
        named = known(said["sections"], section)
        both = said.say("entry", section=named, n=number, relied=relied[section])
        yield both if relied[section] else f"{named}: {number}"


def _reviews(one: Any) -> Iterator[str]:
    reviews = words("reviews")
    for each in one.reviews:
        decision = word_of(each, "decision")
        state = known(reviews["states"], word_of(each, "state"))
        yield f"{state}: {known(reviews['decisions'], decision)}" if decision else state


def _representations(asked: AskedRecommendation, today: date) -> Iterator[Representation]:
    said = words(FOLDER)
    for one in asked.one.representations:
        day = named_day(london_today(from_instant(one.create_time)), today).text
        whose = said.say("you_said" if asked.is_own else "they_said", name=asked.name, day=day)
        late = f" {said['after_submission']}" if one.after_submission else ""
        answer = Quoted(said.say("answered", name=asked.called(one.answered_by)), one.answer) if one.answer else None
        yield Representation(Quoted(f"{whose}{late}", one.words), answer)


def _people(asked: AskedRecommendation) -> Iterator[str]:
    said = words(FOLDER)
    for field in ("drafted_by", "checked_by", "approved_by", "submitted_by"):
        person = getattr(asked.one, field)
        if person:
            yield said.say(field, name=asked.called(person))


def _decided(one: Any) -> Iterator[str]:
    said, outcome = words(FOLDER), word_of(one, "decided_as")
    if outcome:
        yield said.say("decided_as", outcome=known(said["outcomes"], outcome))
    if one.decision_reasons:
        yield said.say("decided_because", words=one.decision_reasons)
    if one.withdrawn_because:
        yield said.say("withdrawn_because", words=one.withdrawn_because)


def _reference(asked: AskedRecommendation) -> str:
    if asked.role != TEAM or asked.state != "submitted":
        return ""
    return f"{safeguarder_of(asked.one.name)}/{id_under(asked.one.name)}"


def _possible(asked: AskedRecommendation) -> Iterator[Step]:
    said = words(FOLDER)
    for step in (*STEPS, "say"):
        if step_blocked(asked, step) == "":
            yield Step(said["steps"][step], said["does"][step].format(name=asked.name), f"{asked.path}/{step}")


def _blocked(asked: AskedRecommendation) -> Iterator[Step]:
    said = words(FOLDER)
    for step in STEPS if asked.state in BEFORE_SUBMISSION else ():
        why = step_blocked(asked, step)
        if why:
            yield Step(said["steps"][step], why)
