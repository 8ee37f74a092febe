"""Who has read a Safeguarder's file: when, who, in which role, and what. Never which record."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from services.calendar_days import london_today
from services.client.file.words import records_read
from services.client.words import enum_of, word_of
from services.console.days import Day, long_day
from services.console.views.heading import Heading, Link
from services.console.views.parts import Away, Found, says_away
from services.console.words import name_of, words
from services.platform.calls.wire import from_instant, to_word


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """What one person read on one day."""

    day: Day
    who: str
    role: str
    what: str


@dataclass(frozen=True, slots=True)
class ReadersView:
    """The page."""

    heading: Heading
    rows: tuple[ReaderRow, ...]
    none: str
    more: str
    not_covered: tuple[str, ...]
    away: tuple[str, ...]


Answers = Mapping[str, Found[Any] | Away]
"""The newest readings by service."""


def readers_in(answers: Answers) -> list[str]:
    """Return the ids of those who read, each once, and of those for whom they acted."""
    reads = [read for answer in _found(answers) for read in answer.reads]
    return list(dict.fromkeys(one for read in reads for one in (read.reader, read.for_whom) if one))


def build(answers: Answers, people: Found[Mapping[str, str]] | Away, now: datetime) -> ReadersView:
    """Return the page. What was read on one day by one person stands in one row."""
    said = words("my_file")
    reads = sorted(
        (read for answer in _found(answers) for read in answer.reads),
        key=lambda read: from_instant(read.read_time),
        reverse=True,
    )
    # Of a service with more pages nothing is known before its last read here, so what is older is left out for all.
    since = max((from_instant(one.reads[-1].read_time) for one in _found(answers) if one.next_page_token), default=None)
    shown = [read for read in reads if since is None or from_instant(read.read_time) >= since]
    covered = {
        number: to_word(enum_of(answer, "not_covered"), number)
        for answer in _found(answers)
        for number in answer.not_covered
    }
    is_whole = all(isinstance(answer, Found) for answer in answers.values())
    return ReadersView(
        heading=Heading(said["readers_h1"], said["readers_h1"], "my_file", Link(said["back"], "/my-file")),
        rows=tuple(_rows(shown, people.answer if isinstance(people, Found) else {})),
        none=said["readers_none"] if is_whole else "",
        more=said["readers_newest"] if since is not None else "",
        not_covered=tuple(said["not_covered"][covered[number]] for number in sorted(covered)),
        away=tuple(says_away((*answers.values(), people), now)),
    )


def _found(answers: Answers) -> list[Any]:
    return [answer.answer for answer in answers.values() if isinstance(answer, Found)]


def _rows(reads: Iterable[Any], names: Mapping[str, str]) -> Iterator[ReaderRow]:
    for day, of_day in groupby(reads, key=lambda read: london_today(from_instant(read.read_time))):
        alike: dict[tuple[str, str], list[str]] = {}
        for read in of_day:
            alike.setdefault((read.reader, _as(read, names)), []).append(records_read(read))
        for (reader, role), records in alike.items():
            yield ReaderRow(long_day(day), _called(reader, names), role, _listed(records))


def _called(person: str, names: Mapping[str, str]) -> str:
    return names.get(person, "") or name_of(person)


def _as(read: Any, names: Mapping[str, str]) -> str:
    said = words("my_file")
    name = str(words("layout")["roles"].get(read.role, read.role.replace("_", " ")))
    if word_of(read, "right") == "emergency":
        return said.say("readers_emergency", role=name)
    return said.say("readers_for", role=name, name=_called(read.for_whom, names)) if read.for_whom else name


def _listed(records: Iterable[str]) -> str:
    text = ", ".join(sorted(dict.fromkeys(records)))
    return f"{text[:1].upper()}{text[1:]}"
