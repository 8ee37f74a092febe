"""What happened with one person, from all services, as those who work with them and as they themselves read it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.file.timeline import OTHER_KINDS, merged
from services.client.words import id_under, safeguarder_of, word_of
from services.console.days import Day, long_day, named_day
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import OWN, Voice, title_from
from services.console.views.parts import Away, Found, says_away
from services.console.views.people.choices import Limits, Select, pages_of, select_of
from services.console.views.people.frame import AskedPerson, PersonFrame, frame_of, heading_of
from services.console.views.people.items import voice_of
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant
from services.standard_ids import standard_order

LIMITS = ("standard", "source", "kind", "polarity")
"""What the list can be limited by, in order. They are fields of the contract."""
MOST = 50
Answers = Mapping[str, Found[Any] | Away]
"""A page of the timeline by service."""
_PAGES = {
    "evidenceItems": "evidence/{id}",
    "concerns": "matters/{id}",
    "supportSessions": "sessions/{id}",
    "developmentPlan": "plan",
    "actionReviews": "plan",
    "obligations": "sessions",
}
"""The page of a record below the address of a file, by its collection. Records of other collections have none."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the addresses of the records that they may open, and what people are called to them.

    `names`: by opaque id, as far as it is known. `person`: the reader's own id.
    """

    voice: Voice
    base: str
    person: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened. `corrections` lead to what it corrects, and to what corrects it."""

    title: str
    href: str
    day: Day
    about: tuple[str, ...]
    by: str
    corrections: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A page of the timeline. `person`: the frame of a file; None for the person's own page."""

    heading: Heading
    person: PersonFrame | None
    lead: str
    address: str
    limits: tuple[Select, ...]
    rows: tuple[TimelineRow, ...]
    none: str
    pages: tuple[Link, ...]
    away: tuple[str, ...]


def people_in(answers: Answers) -> list[str]:
    """Return the ids of those who did something on a page, each once."""
    return list(dict.fromkeys(entry.person for entry in _page(answers).entries if entry.person))


def build_own(
    answers: Answers, names: Found[Mapping[str, str]] | Away, person: str, limits: Limits, now: datetime
) -> TimelineView:
    """Return the page of the person whom it is about. `person`: their own id."""
    said = words("timeline")
    known = names.answer if isinstance(names, Found) else {}
    reader = Reader(OWN, "/my-file", person, known)
    heading = Heading(said["own_h1"], said["own_h1"], "my_file", Link(words("my_file")["back"], "/my-file"))
    none = said["none_so" if limits.chosen else "own_none"]
    made = TimelineView(heading, None, said["own_lead"], "/my-file/timeline", (), (), none, (), ())
    return _filled(made, answers, reader, limits, (*answers.values(), names), now)


def build(asked: AskedPerson, answers: Answers, person: str, limits: Limits, now: datetime) -> TimelineView:
    """Return the page of those who work with somebody. `person`: the reader's own id."""
    today, said = london_today(now), words("timeline")
    entry = asked.entry.answer if isinstance(asked.entry, Found) else None
    names = {entry.support_manager: entry.support_manager_name} if entry is not None else {}
    reader = Reader(voice_of(asked), asked.address, person, names)
    none = said["none_so"] if limits.chosen else words("people").say("nothing", name=asked.name)
    frame, address = frame_of(asked, "timeline", today), f"{asked.address}/timeline"
    made = TimelineView(heading_of("timeline"), frame, said["lead"], address, (), (), none, (), ())
    return _filled(made, answers, reader, limits, (asked.entry, *answers.values()), now)


def _filled(
    made: TimelineView,
    answers: Answers,
    reader: Reader,
    limits: Limits,
    parts: Iterable[Found[Any] | Away],
    now: datetime,
) -> TimelineView:
    page, today = _page(answers), london_today(now)
    rows = tuple(_row(entry, reader, today) for entry in page.entries)
    is_whole = all(isinstance(answer, Found) for answer in answers.values())
    return replace(
        made,
        limits=tuple(select_of(name, of, limits.chosen.get(name, "")) for name, of in _offered(page, reader, limits)),
        rows=rows,
        none="" if rows or not is_whole else made.none,
        pages=pages_of(made.address, limits, page.next_place),
        away=tuple(says_away(parts, now)),
    )


def _page(answers: Answers) -> Any:
    return merged((answer.answer for answer in answers.values() if isinstance(answer, Found)), MOST)


def _offered(page: Any, reader: Reader, limits: Limits) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield what can be chosen for each limit. Of the standards, those on the page are offered, and the chosen one."""
    said, kinds = words("timeline"), words("timeline")["kinds"]
    met = {standard for entry in page.entries for standard in entry.standards}
    chosen = {limits.chosen["standard"]} if "standard" in limits.chosen else set()
    offered = {
        "standard": {
            standard: said.say("standard", id=standard) for standard in sorted(met | chosen, key=standard_order)
        },
        "source": reader.voice.words["sources"],
        "kind": reader.voice.words["kinds"] | {kind: kinds[kind] for kind in OTHER_KINDS},
        "polarity": reader.voice.words["polarities"],
    }
    for name, texts in offered.items():
        if texts:
            yield name, {value: text[:1].upper() + text[1:] for value, text in texts.items()}


def _row(entry: Any, reader: Reader, today: date) -> TimelineRow:
    day = from_date(entry, "event_date") or today
    return TimelineRow(
        title=_title(entry, reader),
        href=_href(entry.name, reader),
        day=named_day(day, today),
        about=tuple(_about(entry, reader)),
        by=_by(entry, reader, day),
        corrections=tuple(_corrections(entry, reader)),
    )


def _title(entry: Any, reader: Reader) -> str:
    said, what = words("timeline"), word_of(entry, "what")
    if what == "manager_allocated":
        name = reader.names.get(entry.person, "")
        return said.say("manager", name=name) if name else str(said["manager_somebody"])
    return str(said["whats"][what]).format(thing=_thing(entry, reader), word=_says(what, entry.word))


def _thing(entry: Any, reader: Reader) -> str:
    """Return what an entry is about: an item and from whom, or of which sort a matter is."""
    if entry.kind == "matter":
        return str(words("timeline")["matters"][next(iter(entry.polarities), "team")])
    return title_from(entry.kind, entry.source, reader.voice) if entry.source else ""


def _says(what: str, word: str) -> str:
    if what == "matter_moved":
        move = str(words("matter")["past"].get(word, word.replace("_", " ")))
        return f"{move[:1].lower()}{move[1:]}"
    return str(words("timeline")["says"].get(what, {}).get(word, word.replace("_", " ")))


def _about(entry: Any, reader: Reader) -> Iterator[str]:
    said, what = words("timeline"), word_of(entry, "what")
    about = said["about"].get("item_corrected" if what == "item_withdrawn" else what, {}).get(entry.word, "")
    if about:
        yield about
    if what in ("item_recorded", "item_corrected") and entry.standards:
        ids = ", ".join(sorted(entry.standards, key=standard_order))
        # In the order of the words, which is praise first.
        polarities = reader.voice.words["polarities"].items()
        polarity = ", ".join(text for one, text in polarities if one in entry.polarities)
        yield said.say("speaks", standards=ids, polarity=polarity)
    if what == "matter_raised":
        yield entry.sentence


def _by(entry: Any, reader: Reader, day: date) -> str:
    """Return who did it, and when it was recorded where that is another day."""
    said = words("timeline")
    recorded = london_today(from_instant(entry.record_time)) if entry.HasField("record_time") else day
    who = "" if word_of(entry, "what") == "manager_allocated" else entry.person
    ending = "_by_you" if who == reader.person else "_by" if reader.names.get(who) else ""
    if recorded == day and not ending:
        return ""
    put_in = {"name": reader.names.get(who, ""), "day": long_day(recorded).text}
    return said.say(f"recorded{ending}" if recorded != day else ending.removeprefix("_"), **put_in)


def _corrections(entry: Any, reader: Reader) -> Iterator[Link]:
    said = words("timeline")
    after = "moved_to" if word_of(entry, "what") == "session_moved" else "was_corrected"
    for says, name in (("corrects", entry.corrects), (after, entry.corrected_by)):
        # A record that was corrected itself, such as that of a session, stands under the heading already.
        href = _href(name, reader) if name != entry.name else ""
        if href:
            yield Link(said[says], href)


def _href(name: str, reader: Reader) -> str:
    """Return the address of a record for this reader; empty if it has no page of its own."""
    parts = name.split("/")
    collection, own = parts[2] if len(parts) > 2 else "", reader.voice == OWN
    if collection in ("reviewRequests", "recommendations"):
        place = "reviews" if collection == "reviewRequests" else collection
        return f"{reader.base}/{place}/{id_under(name)}" if own else f"/{place}/{safeguarder_of(name)}/{id_under(name)}"
    if collection not in _PAGES:
        return ""
    return f"{reader.base}/{_PAGES[collection].format(id=id_under(name))}"
