"""What a matter rests on: a line for each item, with what it says and the reply to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.client.words import word_of
from services.console.days import long_day
from services.console.views.my_file.items import Voice, title_from
from services.console.words import words
from services.platform.calls.wire import from_date

NO_ITEM = ("", "attendance")
"""Kinds that have no page of their own: what a release before left out, and who came to a session."""
SHARED = "in_reply_time"
"""The reason for not counting that says that an item was shared."""
OF_STAFF = Voice("people", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One item: what it is or why it does not count, where it stands, what it says, and the reply beside it."""

    text: str
    href: str
    """Empty for what the reader may not open."""
    says: str = ""
    reply_of: str = ""
    """The day of the reply in a sentence; empty if there is none."""
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Items of one kind."""

    heading: str
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OfItems:
    """What a matter says of its items, those that the reader may see by their ids, and where they stand."""

    explanation: Any
    items: Mapping[str, Any]
    base: str
    is_own: bool


def items_of(explanation: Any) -> list[str]:
    """Return the ids of the items that an explanation names, each once, those that count first."""
    named = (*explanation.counted, *explanation.praise, *explanation.not_counted)
    return list(dict.fromkeys(one.evidence_id for one in named if one.evidence_id and one.kind not in NO_ITEM))


def rests_on(asked: OfItems) -> Iterator[Lines]:
    """Yield the items by what they do. What counts is listed once, also if it is praise; praise is never left out."""
    said, explanation = words("matter"), asked.explanation
    seen = {item.evidence_id for item in explanation.counted if word_of(item, "role") == "seen"}
    counted = [item for item in explanation.counted if item.evidence_id not in seen]
    shown = {item.evidence_id for item in counted}
    praise = [item for item in explanation.praise if item.evidence_id not in shown]
    kinds: tuple[tuple[str, Sequence[Any]], ...] = (
        ("counted", counted),
        ("owed", explanation.duties),
        ("praise", praise),
        ("not_counted", explanation.not_counted),
        ("seen_items", [item for item in explanation.counted if item.evidence_id in seen]),
    )
    for kind, items in kinds:
        if items:
            yield Lines(said.say(kind, n=len(items)), tuple(_line(item, asked) for item in items))


def _line(named: Any, asked: OfItems) -> Line:
    said, href = words("layout"), _href(named, asked)
    item = asked.items.get(named.evidence_id) if href else None
    if item is None:
        return Line(_says(named), href)
    day = from_date(item.reply, "reply_date") if item.HasField("reply") else None
    if day is None:
        return Line(_says(named), href, item.summary)
    reply_of = said["reply_held" if item.reply.held and not item.reply.text else "reply_of"]
    return Line(_says(named), href, item.summary, reply_of.format(day=long_day(day).text), item.reply.text)


def _says(item: Any) -> str:
    """Return what an item is. One that doesn't count says why, in the words of the service."""
    fields = item.DESCRIPTOR.fields_by_name
    if "reason" in fields:
        day = from_date(item, "happened_date")
        what = title_from(item.kind, item.source, OF_STAFF) if item.kind not in NO_ITEM else ""
        before = ", ".join(filter(None, (what, long_day(day).text if day else "")))
        text = f"{before}: {item.text}" if before else item.text
    else:
        # The heading above says already what an item does.
        text = item.text.replace(f", {word_of(item, 'role')}", "", 1) if "role" in fields else item.text
    return text[0].upper() + text[1:]


def _href(item: Any, asked: OfItems) -> str:
    """Return where an item stands; empty for what is no item, and for what the person may not be shown yet."""
    fields = item.DESCRIPTOR.fields_by_name
    if "evidence_id" not in fields or item.kind in NO_ITEM:
        return ""
    if asked.is_own and "reason" in fields and item.reason != SHARED:
        return ""
    return f"{asked.base}/evidence/{item.evidence_id}"
