"""What a review is about, as it stood: what it is called, its facts in sentences, and the words of the Team."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.words import id_under, word_of
from services.console.days import long_day
from services.console.views.asked import Quoted, known
from services.console.views.my_file.items import title_of
from services.console.views.parts import Away, Found
from services.console.words import words
from services.platform.calls.wire import from_date

FOLDER = "reviews"
IN_A_PLAN = ("action", "support", "approach_change", "need")
"""Targets that stand in a development plan."""
PAGES = {"evidence_item": "evidence", "concern": "matters"}
"""Targets with a page of their own, and the part of its address."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a review is about. `quoted`: what the Team wrote in it."""

    title: str
    lines: tuple[str, ...]
    quoted: tuple[Quoted, ...]


def kind_of(request: Any) -> str:
    """Return the word for what a request is about."""
    return word_of(request, "target_kind")


def kind_named(kind: str) -> str:
    """Return what a request is about, in words."""
    return known(words(FOLDER)["targets"], kind)


def target_of(kind: str, read: Found[Any] | Away | None) -> Target:
    """Return the target of a request. `read`: what the services answered of it; None if no page can show it."""
    said = words(FOLDER)
    if isinstance(read, Away):
        return Target(kind_named(kind), (said["target_away"],), ())
    if read is None or kind not in _FACTS:
        return Target(kind_named(kind), (said["target_elsewhere"],), ())
    title, lines, quoted = _FACTS[kind](read.answer)
    shown = tuple(Quoted(whose, text) for whose, text in quoted if text)
    return Target(f"{kind_named(kind)}: {title}" if title else kind_named(kind), tuple(lines), shown)


def page_of(request: Any, person: str) -> str:
    """Return the address of the target's own page below `person`; empty if it has none."""
    part = PAGES.get(kind_of(request), "")
    return f"{person}/{part}/{id_under(request.target)}" if part else ""


Facts = tuple[str, Iterator[str], tuple[tuple[str, str], ...]]


def _item(item: Any) -> Facts:
    return title_of(item), _of_item(item), ((words(FOLDER)["item_says"], item.summary),)


def _of_item(item: Any) -> Iterator[str]:
    said, polarities = words(FOLDER), words("my_file")["polarities"]
    happened, received = from_date(item, "happened_date"), from_date(item, "received_date")
    if happened and received:
        yield said.say("item_days", happened=_day(happened), received=_day(received))
    for one in item.mappings:
        speaks = known(polarities, word_of(one, "polarity"))
        yield said.say("item_speaks", standard=one.indicator or one.standard, speaks=speaks)
    if item.HasField("reply") and item.reply.text:
        yield said.say("item_replied", words=item.reply.text)


def _concern(concern: Any) -> Facts:
    counted = (one.text[0].upper() + one.text[1:] for one in concern.explanation.counted if one.text)
    return "", counted, ((words(FOLDER)["rule_says"], concern.explanation.because),)


def _action(one: Any) -> Facts:
    said = words(FOLDER)
    quoted = ((said["aim"], one.aim), (said["manager_words"], one.support_manager_words))
    return known(words("my_file")["actions"], word_of(one, "state")), _of_action(one), quoted


def _of_action(one: Any) -> Iterator[str]:
    said, due = words(FOLDER), from_date(one, "due_date")
    if one.measure:
        yield said.say("measure", words=one.measure)
    if due:
        yield said.say("due", day=_day(due))
    if one.outcome_words:
        yield said.say("outcome", words=one.outcome_words)


def _support(one: Any) -> Facts:
    said, plan = words(FOLDER), words("my_file")
    title = f"{known(plan['support_kinds'], word_of(one, 'kind'))}, {known(plan['supports'], word_of(one, 'state'))}"
    lines = (said.say("outcome", words=text) for text in (one.because,) if text)
    return title, lines, ((said["offered_words"], one.words),)


def _change(one: Any) -> Facts:
    said, served = words(FOLDER), from_date(one, "serve_date")
    lines = (said.say("served", day=_day(day)) for day in (served,) if day)
    return "", lines, ((said["expected"], one.expectation), (said["because"], one.because))


def _need(one: Any) -> Facts:
    return one.standard, iter(()), ((words(FOLDER)["need_words"], one.words),)


def _day(day: date) -> str:
    return long_day(day).text


_FACTS = {
    "evidence_item": _item,
    "concern": _concern,
    "action": _action,
    "support": _support,
    "approach_change": _change,
    "need": _need,
}
