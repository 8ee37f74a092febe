"""The rules as people read them: by what they are for, with their numbers, and where each number comes from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from services.calendar_days import london_today
from services.client.why import titles_of
from services.client.words import LANES, how_many, word_of
from services.console.days import Day, clock_time, long_day
from services.console.views.heading import Heading, Link
from services.console.views.parts import COLOURS, GREY, Away, Found, Tag, titles_of_rules
from services.console.views.rule_changes.number import StoryView, lines_of, story
from services.console.views.rule_changes.parts import parameter_name
from services.console.words import Words, words
from services.platform.calls.wire import from_date

ORDER = ("excellence", *(lane for lane in LANES if lane != "excellence"))
"""What rules are for, with praise first."""
MOST_STORIES = 8
"""Examples that the page of a rule tells."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule in the list."""

    title: str
    href: str
    about: str
    spoke: str = ""


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The rules that are for one thing."""

    id: str
    name: str
    says: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change to come. Its links lead to each rule that is concerned, as it will be."""

    rules: tuple[Link, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """What changes on a day to come."""

    day: Day
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RuleListView:
    """Every rule in force. `away` says that a part could not be shown."""

    heading: Heading
    lead: str
    groups: tuple[RuleGroup, ...]
    ahead: tuple[Ahead, ...]
    away: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a rule compares with, and where it comes from."""

    name: str
    value: str
    origin: str
    since: Day
    why: str
    history: tuple[str, ...] = ()
    """Each of its values with its day, earliest first, where there is more than one."""
    change: Link | None = None
    """Where a policy editor changes it."""


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule. `when`: conditions that must all hold, in words with their numbers."""

    heading: Heading
    lane: Tag
    lane_says: str
    day_says: str
    today_href: str
    when_says: str
    when: tuple[str, ...]
    standards: tuple[str, ...]
    numbers: tuple[Number, ...]
    source: str
    ahead: tuple[Ahead, ...]
    away: str
    spoke: str = ""
    """How often it spoke in the twelve months before."""
    note: str = ""
    """The Practice Note that it rests on, and how far that has come."""
    stories: tuple[StoryView, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedRules:
    """What the services answer of the rules. `numbers`, `notes`: only for the page of one rule.

    `may_change`: whether the reader changes numbers.
    """

    rules: Any
    editions: Found[Any] | Away
    plan: Found[Any] | Away
    numbers: Found[Any] | Away | None = None
    notes: Found[Any] | Away | None = None
    may_change: bool = False


def build_list(answer: Any, editions: Found[Any] | Away, plan: Found[Any] | Away, now: datetime) -> RuleListView:
    """Return the list. A title of a standard that is not known stands by its letter and number."""
    said = words("rules")
    titles = _titles(editions, london_today(now))
    by_lane: dict[str, list[RuleRow]] = {}
    for rule in answer.rules:
        about = _about(rule.standards, titles, said)
        row = RuleRow(rule.title, f"/rules/{rule.rule}", about, _spoke(rule, said))
        by_lane.setdefault(word_of(rule, "lane"), []).append(row)
    groups = tuple(
        RuleGroup(f"for-{lane.replace('_', '-')}", LANES[lane], said["lanes"][lane], tuple(by_lane[lane]))
        for lane in ORDER
        if lane in by_lane
    )
    known = titles_of_rules(Found(answer))
    heading = Heading(said["h1"], said["h1"], "rules")
    lead = said.say("lead", n=len(answer.rules))
    return RuleListView(heading, lead, groups, tuple(_ahead(plan, known)), _away((plan, editions), now))


def build_one(rule_id: str, asked: AskedRules, now: datetime, on: date | None) -> RuleView | None:
    """Return one rule as it is on a day, which is today where none is given; None if there is no such rule then."""
    rule = next((one for one in asked.rules.rules if one.rule == rule_id), None)
    if rule is None:
        return None
    answer, editions, plan = asked.rules, asked.editions, asked.plan
    said, titles, lane = words("rules"), _titles(editions, on or london_today(now)), word_of(rule, "lane")
    back = Link(said["back"], "/rules")
    return RuleView(
        heading=Heading(rule.title, f"{rule.title} - {said['h1']}", "rules", back),
        lane=Tag(LANES[lane], COLOURS.get(lane, GREY)),
        lane_says=said["lanes"][lane],
        day_says=said.say("on_day", day=long_day(on).text) if on else "",
        today_href=f"/rules/{rule_id}",
        when_says=said["when_one" if len(rule.conditions) == 1 else "when_all"],
        when=tuple(_with_numbers(condition, rule.lines) for condition in rule.conditions),
        standards=tuple(titles.get(standard, standard) for standard in rule.standards),
        numbers=tuple(_number(line, said, asked, london_today(now)) for line in rule.lines),
        source=rule.source,
        ahead=tuple(_ahead(plan, titles_of_rules(Found(answer)), rule_id)) if on is None else (),
        away=_away((plan, editions, asked.numbers, asked.notes), now),
        spoke=_spoke(rule, said),
        note=_note(rule, asked.notes),
        stories=tuple(story(rule.title, one) for one in rule.examples[:MOST_STORIES]),
    )


def _titles(editions: Found[Any] | Away, on: date) -> Mapping[str, str]:
    return titles_of(editions.answer.standards_editions, on) if isinstance(editions, Found) else {}


def _away(parts: Iterable[Found[Any] | Away | None], now: datetime) -> str:
    is_away = any(isinstance(part, Away) for part in parts)
    return words("rules").say("away", time=clock_time(now)) if is_away else ""


def _spoke(rule: Any, said: Words) -> str:
    """Return how often a rule spoke. A few of a few hundred people could be guessed, so few are not told."""
    return str(said["spoke_few"]) if rule.raised_withheld else said.say("spoke", n=f"{rule.times_raised:,}")


def _note(rule: Any, notes: Found[Any] | Away | None) -> str:
    said = words("rules")
    for one in notes.answer.practice_notes if isinstance(notes, Found) else ():
        if one.name == rule.practice_note:
            return said.say("note", title=one.title, stage=said["note_stages"].get(word_of(one, "stage"), ""))
    return ""


def _about(standards: Any, titles: Mapping[str, str], said: Words) -> str:
    named = list(standards)
    return said["every_standard"] if len(named) > 4 else ", ".join(titles.get(one, one) for one in named)


def _with_numbers(condition: str, lines: Any) -> str:
    """Put the numbers in place of their names: `is at least 2 reports`, not `is at least late reports line`."""
    for line in sorted(lines, key=lambda one: -len(one.parameter)):
        condition = condition.replace(line.parameter.replace("_", " "), how_many(line.value, line.unit))
    return condition.replace(": is ", ": ")


def _number(line: Any, said: Words, asked: AskedRules, today: date) -> Number:
    since = long_day(from_date(line, "from_date") or date.min)
    origin = said["origins"]["given" if line.origin == "given" else "ours"]
    found = asked.numbers.answer.parameters if isinstance(asked.numbers, Found) else ()
    number = next((one for one in found if one.parameter == line.parameter), None)
    name = parameter_name(line.parameter)
    change = Link(said.say("change_number", name=name), f"/numbers/{line.parameter}/change")
    return Number(
        name,
        how_many(line.value, line.unit),
        origin,
        since,
        f"{line.why}.",
        tuple(lines_of(number, today)) if number is not None and len(number.values) > 1 else (),
        change if asked.may_change and number is not None and number.least < number.most else None,
    )


def _ahead(plan: Found[Any] | Away, known: Mapping[str, str], only: str = "") -> Iterator[Ahead]:
    """Yield what the dates in the rulebook change, for all rules or for one."""
    if isinstance(plan, Away):
        return
    for dated in plan.answer.dated_changes:
        day = from_date(dated, "date")
        added = {change.part: change.words[0] for change in dated.changes if change.about == "rule"}
        about = [_change(change, {**added, **known}, day) for change in dated.changes if _is_about(change, only)]
        if day is not None and about:
            yield Ahead(long_day(day), tuple(_together(about)))


def _together(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield each sentence once, with every rule of which it is said."""
    for says in dict.fromkeys(change.says for change in changes):
        yield Change(tuple(chain.from_iterable(change.rules for change in changes if change.says == says)), says)


def _is_about(change: Any, rule: str) -> bool:
    return not rule or rule in (change.part, *change.read_by)


def _change(change: Any, titles: Mapping[str, str], day: date | None) -> Change:
    said = words("rules")
    concerned = [change.part] if change.about == "rule" else sorted(change.read_by)
    on = f"/at/{day.isoformat()}" if day else ""
    links = tuple(Link(titles[rule], f"/rules/{rule}{on}") for rule in concerned if rule in titles)
    says = said["changes"][change.change] if change.about == "rule" else change.words[0]
    return Change(links, says)
