"""One matter: why it was raised, what it rests on, what would clear it, what happened, and which steps are possible."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import LANES, enum_of, id_under, safeguarder_of, word_of
from services.console.days import Day, at_start, named_day
from services.console.forms.steps import OF_THE_RECORD
from services.console.views.days_left import days_left
from services.console.views.form import Notice, Told
from services.console.views.heading import Heading, Link
from services.console.views.matter.lines import Lines, OfItems, rests_on
from services.console.views.parts import COLOURS, GREY, Away, Found, Step, Tag, says_away, titles_of_rules
from services.console.views.people.frame import Banner, banner_of
from services.console.views.today import Asked, Row, grouped
from services.console.words import name_of, words
from services.platform.calls.wire import from_date, from_instant, to_word

CALENDAR = "calendar"
"""The name in a history where a date made the move."""
ENDED_STATES = ("closed", "dismissed", "merged")
HELD, IN_SUPPORT, ESCALATED = "held", "in_support", "escalated"
SAFETY = "safety"
ANSWER_SUPPORT = "answer_support"
"""The step that fits only while support is offered or given."""
OF_NO_PRACTICE = ("excellence", "data_gap")
"""Lanes that are not about practice: nobody is offered support for praise, or for what the Team owes."""
MANAGERS, TEAM = ("support_manager", "senior_manager"), "panel_team"
REVIEWED = ("required_action", "action_review")
"""States in which a talk about the required action is recorded."""
OF_A_STAGE = "state"
"""The guard of a step that belongs to another stage of a matter."""


@dataclass(frozen=True, slots=True)
class Past:
    """A step that was made."""

    day: Day
    says: str
    by: str


@dataclass(frozen=True, slots=True)
class MatterView:
    """The page."""

    heading: Heading
    banner: Banner
    because: str
    tags: tuple[Tag, ...]
    day_says: str
    day: Day | None
    left: str
    stands: str
    rests_on: tuple[Lines, ...]
    clears: str
    rule: Link
    source: str
    possible: tuple[Step, ...]
    blocked: tuple[Step, ...]
    history: tuple[Past, ...]
    seen_by: str
    away: tuple[str, ...]
    told: Told | None = None
    notice: Notice | None = None
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class AskedMatter:
    """What the services answered for the page, and who asks.

    `names`: what the register calls people, by the names of their records. `came_from`: the group of *Today* that the
    reader came from, and `waiting` is what waits for them, to find the neighbours of the matter in it.
    """

    concern: Any
    rules: Found[Any] | Away
    names: Found[Mapping[str, str]] | Away
    people: Found[Mapping[str, str]] | Away
    reader: str
    came_from: str = ""
    waiting: Found[Any] | Away | None = None
    entry: Any | None = None
    """The person's entry in the register, for the banner; None where it isn't asked for or isn't known."""
    role: str = ""
    """The role of the reader."""
    items: Found[Mapping[str, Any]] | Away = Found({})
    """The items that the matter names and the reader may see, by their ids."""

    @property
    def is_own(self) -> bool:
        """Return whether the person whom the matter is about reads it."""
        return self.role == "safeguarder"

    @property
    def only_reads(self) -> bool:
        """Return whether the reader opened the file in an emergency, and so makes no step (X38)."""
        return self.entry is not None and self.entry.HasField("open_until_time")

    @property
    def record(self) -> str:
        """Return the name of the record of the person whom the matter is about."""
        return "/".join(self.concern.name.split("/")[:2])

    @property
    def name(self) -> str:
        """Return what the person is called."""
        known = self.names.answer if isinstance(self.names, Found) else {}
        return known.get(self.record, "") or str(words("matter")["somebody"])

    @property
    def topic(self) -> str:
        """Return the title of the rule that raised it."""
        return titles_of_rules(self.rules).get(self.concern.rule, LANES[word_of(self.concern, "lane")])

    @property
    def address(self) -> str:
        """Return the address of the page, with the way that the reader came."""
        return f"{self.path}?from={self.came_from}" if self.came_from else self.path

    @property
    def path(self) -> str:
        """Return the address of the page alone."""
        _, person, _, concern = self.concern.name.split("/")
        return f"/people/{person}/matters/{concern}"


def build(asked: AskedMatter, now: datetime, today: date, done: str = "", notice: Notice | None = None) -> MatterView:
    """Return the page. `done`: what the reader has done to it just before. `notice`: why a step was not made."""
    said, concern, title, name = words("matter"), asked.concern, asked.topic, asked.name
    lane, state = word_of(concern, "lane"), word_of(concern, "state")
    previous, following = _neighbours(asked, today)
    due = from_date(concern, "next_date" if concern.owner else "respond_by_date")
    explanation = concern.explanation
    return MatterView(
        heading=Heading(title, f"{title} - {said['section']}", "today", _back(asked)),
        banner=banner_of(asked.record, name, asked.entry, today),
        because=explanation.because,
        tags=(Tag(LANES[lane], COLOURS.get(lane, GREY)), Tag(words("layout")["states"][state], GREY)),
        day_says=said["next_date" if concern.owner else "answer_by"] if due else "",
        day=named_day(due, today) if due else None,
        left=days_left(due, today) if due else "",
        stands=_stands(asked, state),
        rests_on=tuple(rests_on(_of_items(asked))),
        clears=explanation.clears_if.text,
        rule=Link(titles_of_rules(asked.rules).get(concern.rule, said["rule"]), f"/rules/{concern.rule}"),
        source=explanation.source,
        possible=() if asked.only_reads else tuple(_possible(asked)),
        blocked=() if asked.only_reads else tuple(_blocked(asked)),
        history=tuple(_past(step, asked, today) for step in reversed(concern.steps)),
        seen_by=said["seen_not_yet" if concern.quiet or lane == "safety" else "seen"].format(name=name),
        away=tuple(says_away((asked.rules, asked.names, asked.people, asked.items), now)),
        told=_told(asked, done, due, following, today) if done else None,
        notice=notice,
        previous=_beside(previous),
        next=_beside(following),
    )


def people_in(concern: Any) -> list[str]:
    """Return the ids of the people who took on a matter or made a step, each once."""
    acted = [concern.owner, *(step.person for step in concern.steps)]
    return [one for one in dict.fromkeys(acted) if one not in ("", "calendar")]


def _back(asked: AskedMatter) -> Link:
    return Link(words("matter")["back"], f"/today#{asked.came_from}" if asked.came_from else "/today")


def _neighbours(asked: AskedMatter, today: date) -> tuple[Row | None, Row | None]:
    """Return what stands before and after the matter in the list that the reader came from, read as it is now."""
    if not asked.came_from or not isinstance(asked.waiting, Found):
        return None, None
    names = asked.names.answer if isinstance(asked.names, Found) else {}
    listed = Asked(asked.waiting, None, asked.rules, names, asked.reader)
    rows = [row for row in grouped(listed, today)[asked.came_from] if row.href]
    place = next((number for number, row in enumerate(rows) if row.href == asked.address), None)
    if place is None:  # it has left the list: the list goes on with what stands there first
        return None, rows[0] if rows else None
    return rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None


def _beside(row: Row | None) -> Link | None:
    return Link(f"{row.name}, {row.topic}", row.href) if row else None


def _told(asked: AskedMatter, done: str, due: date | None, following: Row | None, today: date) -> Told:
    """Return the message after a step, and the way to the next matter of the list."""
    said = words("matter")
    day = named_day(due, today).text if due else ""
    follow = said["follow_record" if done in OF_THE_RECORD else "follow"]
    says = f"{said['done'][done].format(name=asked.name, day=day)} {follow}"
    on = Link(said.say("next_told", name=following.name, topic=following.topic), following.href) if following else None
    return Told(says, on)


def _stands(asked: AskedMatter, state: str) -> str:
    said, concern = words("matter"), asked.concern
    if concern.quiet:
        return str(said["quiet"])
    if concern.closing_proposed:
        return str(said["closing_proposed"])
    if not concern.owner:
        return str(said["nobody"] if state in ("raised", "reopened") else "")
    if concern.owner == asked.reader:
        return str(said["yours"])
    return str(said.say("with", name=called(concern.owner, asked)))


def _of_items(asked: AskedMatter) -> OfItems:
    items = asked.items.answer if isinstance(asked.items, Found) else {}
    base = "/my-file" if asked.is_own else f"/people/{safeguarder_of(asked.concern.name)}"
    return OfItems(asked.concern.explanation, items, base, is_own=asked.is_own)


def _possible(asked: AskedMatter) -> Iterator[Step]:
    said, came = words("matter"), f"?from={asked.came_from}" if asked.came_from else ""
    for move in possible_steps(asked.concern):
        shown = variant(asked, move)
        does = said["does"][shown].format(name=asked.name, owner=called(asked.concern.owner, asked))
        yield Step(step_name(shown), does, f"{asked.path}/{move.replace('_', '-')}{came}")
    for step, href in (*_of_the_plan(asked), *_of_the_team(asked)):
        yield Step(said["of_plan"][step], said["of_plan_does"][step], href)


def _blocked(asked: AskedMatter) -> Iterator[Step]:
    return (Step(step_name(variant(asked, move)), why) for move, why in blocked_steps(asked.concern))


def _of_the_plan(asked: AskedMatter) -> Iterator[tuple[str, str]]:
    """Yield the steps that managers make in the plan: another approach, and the review of what is required."""
    concern, state = asked.concern, word_of(asked.concern, "state")
    if asked.role not in MANAGERS or state in (*ENDED_STATES, HELD) or word_of(concern, "lane") in OF_NO_PRACTICE:
        return
    plan = f"{asked.path.partition('/matters/')[0]}/plan"
    yield "approach", f"{plan}/approach?matter={id_under(concern.name)}"
    if state in REVIEWED and concern.course.action:
        yield "review", f"{plan}/actions/{id_under(concern.course.action)}/review"


def _of_the_team(asked: AskedMatter) -> Iterator[tuple[str, str]]:
    """Yield the step of the Team on what was taken to it, and on safety: to recommend something to Ministers."""
    state, lane = word_of(asked.concern, "state"), word_of(asked.concern, "lane")
    if asked.role == TEAM and (state == ESCALATED or (lane == SAFETY and state not in (*ENDED_STATES, HELD))):
        person = safeguarder_of(asked.concern.name)
        yield "recommend", f"/recommendations/{person}/new?matter={id_under(asked.concern.name)}"


def step_name(shown: str) -> str:
    """Return what a step is called."""
    said = words("matter")
    return str(said["variants"].get(shown) or said["steps"][shown])


def variant(asked: AskedMatter, move: str) -> str:
    """Return what a step is in this case: the owner of a matter takes nothing on, but sets another date."""
    if move != "acknowledge" or not asked.concern.owner:
        return move
    return "another_date" if asked.concern.owner == asked.reader else "take_over"


def possible_steps(concern: Any) -> list[str]:
    """Return the steps that the reader can make now, in the order of their words: what most people do comes first."""
    moves, known = enum_of(concern, "allowed_moves"), words("matter")["does"]
    found = {to_word(moves, move) for move in concern.allowed_moves} - set(OF_THE_RECORD)
    return [move for move in known if move in (*_of_the_record(concern), *found)]


def _of_the_record(concern: Any) -> tuple[str, ...]:
    """Return the steps that the record keeps and that fit the matter. The record says if one is not possible."""
    state = word_of(concern, "state")
    if state in (*ENDED_STATES, HELD) or word_of(concern, "lane") in OF_NO_PRACTICE:
        return ()
    return tuple(move for move in OF_THE_RECORD if move != ANSWER_SUPPORT or state == IN_SUPPORT)


def blocked_steps(concern: Any) -> Iterator[tuple[str, str]]:
    """Yield the steps that are not possible with their guards' sentences. One of another stage says which it is not."""
    said, moves = words("matter"), enum_of(concern, "allowed_moves")
    own = (*OF_THE_RECORD,) if word_of(concern, "state") == HELD else _of_the_record(concern)
    for one in concern.blocked_moves:
        move = to_word(moves, one.move)
        stage = said["stages"].get(move, said["stage"])
        if move in said["steps"] and move not in own:
            yield move, stage if one.guard == OF_A_STAGE else one.sentence
    if word_of(concern, "state") == HELD and word_of(concern, "lane") not in OF_NO_PRACTICE:
        # The record says nothing of its own steps before they are made, so the page says what stands in their way.
        yield from ((move, said["held_first"]) for move in OF_THE_RECORD if move != ANSWER_SUPPORT)


def _past(step: Any, asked: AskedMatter, today: date) -> Past:
    said = words("matter")
    moved = london_today(from_instant(step.move_time))
    move = word_of(step, "move")
    reason = ", ".join(said["past_words"].get(word, word.replace("_", " ")) for word in step.word.split())
    says = said["past"].get(move, move.replace("_", " ").capitalize())
    by = called(step.person, asked)
    return Past(at_start(named_day(moved, today)), f"{says}: {reason}" if reason else says, by)


def called(person: str, asked: AskedMatter) -> str:
    """Return what somebody who acted is called."""
    if person == CALENDAR:
        return str(words("matter")["calendar"])
    known = asked.people.answer if isinstance(asked.people, Found) else {}
    return known.get(person, "") or name_of(person)
