"""Items of evidence as the Safeguarder concerned reads them: a list, and one item with its reply."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.client.why import titles_of
from services.client.words import id_under, word_of
from services.console.days import Day, long_day, named_day
from services.console.views.asked import known
from services.console.views.complaints import stages
from services.console.views.days_left import days_left
from services.console.views.form import Told
from services.console.views.heading import Heading, Link
from services.console.views.parts import Away, Found, says_away
from services.console.words import Words, words
from services.platform.calls.wire import from_date

PLACE = "evidence"
GONE = ("superseded", "withdrawn")
WITHOUT_FINDING = ("not_upheld", "resolved", "withdrawn")
ALONE = ("self_assessment", "scra_timeliness", "action_outcome")
"""Kinds that say by themselves from whom an item comes."""


@dataclass(frozen=True, slots=True)
class Voice:
    """To whom a page speaks of items: the folder of its words, and the address below which the items stand."""

    folder: str
    base: str

    @property
    def words(self) -> Words:
        """Return the words."""
        return words(self.folder)


OWN = Voice("my_file", "/my-file/evidence")
"""To the Safeguarder concerned."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in a list. `until` is the last day to reply, while the time runs."""

    title: str
    href: str
    day: Day | None
    about: tuple[str, ...]
    stands: str
    until: Day | None
    left: str


@dataclass(frozen=True, slots=True)
class ItemsView:
    """The list."""

    heading: Heading
    rows: tuple[ItemRow, ...]
    more: str
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about an item: what it is, and what is known."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class ReplyView:
    """The reply to an item, or until when there can be one. `says` leads the words of the reply."""

    says: str
    words: str = ""
    before: str = ""
    until: Day | None = None
    left: str = ""
    reply: Link | None = None
    begun: str = ""
    """What is said of a reply that was begun and not sent."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item."""

    heading: Heading
    words: str
    no_words: str
    facts: tuple[Fact, ...]
    standards: tuple[str, ...]
    counts: str
    because: str
    reply: ReplyView
    away: tuple[str, ...]
    disagree: Link | None = None
    told: Told | None = None
    complaint: stages.ComplaintView | None = None
    """How far a complaint has come. None for any other item."""


def build_list(answer: Any, editions: Found[Any] | Away, now: datetime, today: date) -> ItemsView:
    """Return the list, in the order in which it was answered."""
    said = words("my_file")
    rows = rows_of(answer.evidence_items, editions, today)
    more = said.say("evidence_newest", n=len(rows)) if answer.next_page_token else ""
    title = said["evidence_h1"]
    heading = Heading(title, title, PLACE, Link(said["back"], "/my-file"))
    return ItemsView(heading, rows, more, tuple(says_away([editions], now)))


def rows_of(items: Iterable[Any], editions: Found[Any] | Away, today: date, voice: Voice = OWN) -> tuple[ItemRow, ...]:
    """Return items as rows, in their order."""
    return tuple(_row(item, editions, today, voice) for item in items)


def build_item(item: Any, editions: Found[Any] | Away, now: datetime, today: date, voice: Voice = OWN) -> ItemView:
    """Return one item."""
    said, title = voice.words, title_of(item, voice)
    back = Link(said["evidence_back"], voice.base)
    is_held = "summary" in item.to_look_at and not item.summary
    return ItemView(
        heading=Heading(title, f"{title} - {said['evidence_h1']}", PLACE if voice == OWN else "people", back),
        words=item.summary,
        no_words=said["item_held" if is_held else "item_no_words"],
        facts=tuple(_facts(item, voice)),
        standards=tuple(_standards(item, editions, today, voice)),
        counts=_counts(item, today, voice),
        because=said["because"].get(word_of(item, "taken_out_because"), ""),
        reply=_reply(item, today, voice),
        away=tuple(says_away([editions], now)),
        disagree=_disagree(item) if voice == OWN else None,
        complaint=stages.build(item, today, own=voice == OWN),
    )  # fmt: skip


def _disagree(item: Any) -> Link | None:
    """Return the way to a review of an item. What no longer counts needs none."""
    href = f"/my-file/disagree/evidence/{id_under(item.name)}"
    return Link(OWN.words["wrong_ask"], href) if word_of(item, "state") == "current" else None


def told_on(view: ItemView, told: Told | None) -> ItemView:
    """Return the page of an item with the message of the form before it."""
    return replace(view, told=told)


def titles_known(editions: Found[Any] | Away, on: date) -> Mapping[str, str]:
    """Return the titles of standards and indicators on a day, by id; none while nobody answers."""
    return titles_of(editions.answer.standards_editions, on) if isinstance(editions, Found) else {}


def title_of(item: Any, voice: Voice = OWN) -> str:
    """Return what an item is and from whom: `Feedback from the Reporter`."""
    return title_from(word_of(item, "kind"), word_of(item, "source"), voice)


def title_from(kind: str, source: str, voice: Voice = OWN) -> str:
    """Return what an item of a kind is, and from whom."""
    said = voice.words
    name = str(said["kinds"].get(kind, kind))
    return (
        name if kind in ALONE or source == "self" else said.say("kind_from", kind=name, source=said["sources"][source])
    )


def href_of(name: str, voice: Voice = OWN) -> str:
    """Return the address of an item by its resource name."""
    return f"{voice.base}/{id_under(name)}"


def speaks_to(mappings: Sequence[Any], titles: Mapping[str, str], voice: Voice = OWN) -> Iterator[str]:
    """Yield each standard or indicator of an item, with what the item says of it. Praise comes first."""
    said, order = voice.words["polarities"], ("praise", "neutral", "concern")
    for mapping in sorted(mappings, key=lambda one: order.index(word_of(one, "polarity"))):
        about = mapping.indicator or mapping.standard
        yield f"{titles.get(about, about)}: {said[word_of(mapping, 'polarity')]}"


def may_reply(item: Any) -> bool:
    """Return whether the Safeguarder concerned can still say something to an item."""
    replied = item.reply.HasField("reply_date")
    return word_of(item, "state") == "current" and item.HasField("shared_date") and not replied


def _standards(item: Any, editions: Found[Any] | Away, today: date, voice: Voice) -> Iterator[str]:
    """Yield what an item speaks to. Practice is read by the edition of its day (R45)."""
    return speaks_to(item.mappings, titles_known(editions, from_date(item, "happened_date") or today), voice)


def _row(item: Any, editions: Found[Any] | Away, today: date, voice: Voice) -> ItemRow:
    stands, until = _stands(item, today, voice)
    happened = from_date(item, "happened_date")
    return ItemRow(
        title=title_of(item, voice),
        href=href_of(item.name, voice),
        day=long_day(happened) if happened else None,
        about=tuple(_standards(item, editions, today, voice)),
        stands=stands,
        until=_day(until, today) if until else None,
        left=days_left(until, today) if until and until >= today and not item.reply.HasField("reply_date") else "",
    )


def _day(day: date, today: date) -> Day:
    """Return a day after the word *on* or *until*: a day that is over has its date, and never *yesterday*."""
    return named_day(day, today) if day > today else long_day(day)


def _stands(item: Any, today: date, voice: Voice) -> tuple[str, date | None]:
    """Return how the reply to an item stands, and the day of which that speaks."""
    said = voice.words
    if word_of(item, "state") in GONE:
        return str(said["item_gone"]), None
    if item.reply.HasField("reply_date"):
        return str(said["item_replied"]), from_date(item.reply, "reply_date")
    due = from_date(item, "reply_due_date")
    if not may_reply(item) or _is_praise(item):
        return str(said["item_not_shared"] if _waits_to_be_shared(item) else ""), None
    if item.reply_stands_still or due is None:
        return str(said["item_stands_still"]), None
    return (str(said["item_over"]), None) if due < today else (str(said["item_reply_by"]), due)


def _waits_to_be_shared(item: Any) -> bool:
    return word_of(item, "state") == "current" and not item.HasField("shared_date")


def _is_praise(item: Any) -> bool:
    return bool(item.mappings) and all(word_of(one, "polarity") == "praise" for one in item.mappings)


def _facts(item: Any, voice: Voice) -> Iterator[Fact]:
    said = voice.words
    for field, name in (("happened_date", "item_happened"), ("received_date", "item_received")):
        day = from_date(item, field)
        if day:
            yield Fact(said[name], long_day(day).text)
    shared = from_date(item, "shared_date")
    if shared:
        day_text = long_day(shared).text
        reported = said.say("item_shared_reported", day=day_text)
        yield Fact(said["item_shared"], reported if item.sharing_reported else day_text)
    about = (said["about_work"].get(word_of(item, "aspect")), said["in_setting"].get(word_of(item, "setting")))
    yield Fact(said["item_about"], " ".join(filter(None, about)))
    if item.case_reference:
        yield Fact(said["item_case"], item.case_reference)
    yield from _report(item, said)


def _report(item: Any, said: Words) -> Iterator[Fact]:
    due, filed = from_date(item.timeliness, "due_date"), from_date(item.timeliness, "filed_date")
    if due and filed:
        says = said.say("item_report_days", due=long_day(due).text, filed=long_day(filed).text)
        yield Fact(said["item_report"], says)
    read = from_date(item.report_review, "report_due_date")
    if read:
        yield Fact(said["item_report"], said.say("item_report_due", due=long_day(read).text))


def _counts(item: Any, today: date, voice: Voice) -> str:
    """Return whether an item counts, and from when. Why it doesn't is what the service says."""
    said = voice.words
    why = word_of(item, "why_not_counted")
    if why:
        return known(said["counts"], why)
    if word_of(item, "state") in GONE:
        # The release before says nothing more of an item that was corrected or taken back.
        return str(said["counts"][word_of(item, "state")])
    return _counts_from(item, today, said["counts"])


def _counts_from(item: Any, today: date, said: Mapping[str, str]) -> str:
    first, adverse = from_date(item, "countable_date"), from_date(item, "adverse_date")
    if first is None:
        return str(said["not_yet"])
    if _is_praise(item):
        return str(said["from"]).format(day=long_day(first).text)
    if adverse is None:
        return str(said["for_you"]).format(day=long_day(first).text)
    ahead = "from" if item.reply.HasField("reply_date") else "later"
    return str(said[ahead if adverse > today else "since"]).format(day=long_day(adverse).text)


def _reply(item: Any, today: date, voice: Voice) -> ReplyView:
    said, reply = voice.words, item.reply
    replied = from_date(reply, "reply_date")
    if replied:
        day = long_day(replied).text
        if reply.held:
            return ReplyView(f"{said.say('replied_dated_held', day=day)} {said['reply_held']}")
        return ReplyView(said.say("replied" if reply.text else "replied_dated", day=day), reply.text)
    if not may_reply(item):
        return ReplyView(said["reply_none_due"])
    stands, until = _stands(item, today, voice)
    if _is_praise(item):
        stands = str(said["reply_to_praise"])
    return ReplyView(
        says=stands if until else f"{stands}.",
        before=reply.text,
        until=_day(until, today) if until else None,
        left=days_left(until, today) if until else "",
        reply=Link(said["reply_now"], f"{href_of(item.name, voice)}/reply") if voice == OWN else None,
    )
