"""What is in the papers of a session, in words: items, matters, actions, supports and what was carried."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.words import id_under, word_of
from services.console.days import long_day, named_day
from services.console.views.my_file.items import speaks_to, titles_known
from services.console.views.parts import Away, Found
from services.console.views.sessions.reader import Reader
from services.console.words import words
from services.platform.calls.wire import from_date


@dataclass(frozen=True, slots=True)
class Line:
    """Something to speak of. `quoted`: somebody's own words; `reply`: what the Safeguarder said to them."""

    title: str
    says: tuple[str, ...] = ()
    quoted: str = ""
    reply: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the entries of papers are called by: matters, items, the plan and the standards. Any of them may be away."""

    concerns: Found[Any] | Away
    items: Found[Any] | Away
    plan: Found[Any] | Away
    editions: Found[Any] | Away

    @property
    def parts(self) -> tuple[Found[Any] | Away, ...]:
        """Return all of them, to say which are away."""
        return self.concerns, self.items, self.plan, self.editions

    def concern(self, name: str) -> Any | None:
        """Return a matter by its name or its id."""
        found = self.concerns.answer.concerns if isinstance(self.concerns, Found) else ()
        return next((one for one in found if name in (one.name, id_under(one.name))), None)

    def item(self, name: str) -> Any | None:
        """Return an item by its name."""
        found = self.items.answer.evidence_items if isinstance(self.items, Found) else ()
        return next((one for one in found if one.name == name), None)

    def of_plan(self, name: str) -> Any | None:
        """Return an action or a support by its name."""
        if isinstance(self.plan, Away):
            return None
        plan = self.plan.answer
        return next((one for one in (*plan.actions, *plan.supports) if one.name == name), None)

    def titles(self, today: date) -> Mapping[str, str]:
        """Return the titles of the standards."""
        return titles_known(self.editions, today)


def line_of(entry: Any, beside: Beside, reader: Reader, today: date) -> Line:
    """Return an entry of papers as a line."""
    name = entry.name
    if "/concerns/" in name:
        return matter_line(name, beside, reader)
    if "/evidenceItems/" in name:
        return _item_line(entry, beside, reader, today)
    if "/actions/" in name or "/supports/" in name:
        return _plan_line(entry, beside, reader, today)
    said = words("sessions")
    if name == "child_interest":
        return Line(said["child_interest"], tuple(_since(entry)))
    return Line(beside.titles(today).get(name, said["own_item"] if "/" in name else name), tuple(_since(entry)))


def matter_line(name: str, beside: Beside, reader: Reader) -> Line:
    """Return a matter by the sentence of its rule."""
    concern = beside.concern(name)
    if concern is None:
        return Line(words("sessions")["a_matter"])
    state = words("layout")["states"].get(word_of(concern, "state"), "")
    return Line(concern.explanation.because, (f"{state}.",), href=f"{reader.base}/matters/{id_under(concern.name)}")


def _item_line(entry: Any, beside: Beside, reader: Reader, today: date) -> Line:
    item, titles = beside.item(entry.name), beside.titles(today)
    if item is None:
        about = ", ".join(titles.get(one, one) for one in entry.standards)
        return Line(_kind(entry.kind), tuple(filter(None, (*_since(entry), about and f"{about}."))))
    return Line(
        title=_titled(item),
        says=(*_since(entry), *(f"{one}." for one in speaks_to(item.mappings, titles)), *_reply_time(entry, today)),
        quoted=item.summary,
        reply="" if item.reply.held else item.reply.text,
        href=f"{reader.base}/evidence/{id_under(item.name)}",
    )


def _titled(item: Any) -> str:
    said, kind, source = words("sessions"), word_of(item, "kind"), word_of(item, "source")
    sources = words("my_file")["sources"]
    if kind in said["kinds_alone"] or source == "self":
        return str(said["kinds_alone"].get(kind, _kind(kind)))
    return said.say("kind_from", kind=_kind(kind), source=sources.get(source, said["a_source"]))


def _kind(kind: str) -> str:
    said = words("sessions")
    return str(said["kinds"].get(kind) or said["kinds_alone"].get(kind) or said["an_item"])


def _since(entry: Any) -> Iterator[str]:
    day = from_date(entry, "since_date")
    if day:
        yield f"{long_day(day).text}."


def _reply_time(entry: Any, today: date) -> Iterator[str]:
    said, due = words("sessions"), from_date(entry, "reply_due_date")
    if entry.reply_stands_still:
        yield said["reply_still"]
    elif due and due >= today:
        yield said.say("reply_until", day=named_day(due, today).text)


def _plan_line(entry: Any, beside: Beside, reader: Reader, today: date) -> Line:
    found, section = beside.of_plan(entry.name), word_of(entry, "section")
    is_support, said = "/supports/" in entry.name, words("sessions")
    kinds = words("my_file")["support_kinds"] if is_support else said["action_kinds"]
    kind = str(kinds.get(entry.kind, said["of_plan"]))
    text = (found.words if is_support else found.aim) if found is not None else ""
    return Line(kind, tuple(_of_plan(entry, section, reader, today)), quoted=text)


def _of_plan(entry: Any, section: str, reader: Reader, today: date) -> Iterator[str]:
    due, since = from_date(entry, "due_date"), from_date(entry, "since_date")
    if section == "ended_action":
        state = words("my_file")["actions"].get(word_of(entry.progress, "state"), "")
        yield reader.say("ended", state=state, day=long_day(since).text if since else "")
    elif due:
        yield reader.say(f"due_{section}" if section != "carried" else "due_open_action", day=long_day(due).text)
    if entry.HasField("progress") and section == "open_action":
        yield from _progress(entry.progress)


def _progress(progress: Any) -> Iterator[str]:
    said = words("sessions")
    before = from_date(progress, "due_date_before")
    if before:
        yield said.say("moved_from", day=long_day(before).text)
    if progress.supports_given:
        yield said.say("given_since", n=len(progress.supports_given))
    if word_of(progress, "state") == "completion_offered":
        yield said["said_done"]
