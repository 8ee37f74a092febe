"""What was answered, once more, before an item is recorded; and what on file is like it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.why import titles_of
from services.client.words import enum_of
from services.console.days import long_day
from services.console.forms.recording import (
    ANOTHER,
    YES,
    Answers,
    Asked,
    asked_of,
    before,
    day_of,
    mappings_of,
)
from services.console.views.form import Button, FormView, Hidden, Notice, sent_with
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import Voice, title_of
from services.console.views.parts import Away, Found
from services.console.views.recording.question import DO, LATER, Reader, about_field, place, quoted
from services.console.words import words
from services.platform.calls.wire import from_date, to_word
from services.refusals import Refusal

SAME = "same"
"""The value of the button that says that an item is on file already."""
FOR = "for"
"""The hidden field with the person whom an item is about, so that the form can be sent again as it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """An answer, and where it is changed. `is_quoted`: the words of somebody, shown as they are."""

    name: str
    says: tuple[str, ...]
    change: Link | None
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class CheckView:
    """The page before the button. `warnings`: what the reader should know, such as that a text may name a child."""

    heading: Heading
    rows: tuple[Row, ...]
    warnings: tuple[str, ...]
    form: FormView


@dataclass(frozen=True, slots=True)
class AskedCheck:
    """Everything for the page. `checked`: the item as the service would record it, or why it refuses it."""

    draft: str
    person: str
    answers: Answers
    reader: Reader
    checked: Found[Any] | Away | Refusal
    editions: Found[Any] | Away


def build(asked: AskedCheck, today: date) -> CheckView:
    """Return the page."""
    said, reader = words("recording"), asked.reader
    title = said["check_h1" if reader.of_staff else "check_own_h1"]
    path = f"/evidence/new/{asked.draft}"
    earlier = before("", asked.answers, of_staff=reader.of_staff)
    back = Link(said["back"], f"{path}/{earlier}")
    refused = asked.checked if isinstance(asked.checked, Refusal) else None
    fields = tuple(Hidden(name, value) for name, value in asked.answers.said.items())
    buttons = (Button(said["record"]),) if refused is None else ()
    form = FormView(
        address=f"{path}/check",
        questions=(),
        buttons=(*buttons, Button(said["later"], DO, LATER)),
        hidden=(*sent_with(asked.draft, ""), Hidden(FOR, asked.person.partition("/")[2]), *fields),
        effect="" if refused else _effect(asked),
        notice=_refused(refused, asked) if refused else None,
    )
    heading = Heading(title, f"{title} - {said['section']}", place(reader), back)
    return CheckView(heading, tuple(_rows(asked, path, today)), tuple(_warnings(asked)), form)


def _effect(asked: AskedCheck) -> str:
    said = words("recording")
    if not asked.reader.of_staff:
        return str(said["check_effect_own"])
    key = "check_effect_safety" if asked.answers.get("safety") == YES else "check_effect"
    return said.say(key, name=asked.reader.name)


def _warnings(asked: AskedCheck) -> Iterator[str]:
    said = words("recording")
    if isinstance(asked.checked, Away):
        yield said["check_away"]
    elif isinstance(asked.checked, Found):
        findings = tuple(one.words for one in asked.checked.answer.findings)
        if findings:
            yield said.say("check_child", words=quoted(findings))
    if asked.answers.get("alike") == ANOTHER:
        yield said["another_says"]


def _refused(refusal: Refusal, asked: AskedCheck) -> Notice:
    said = words("recording")
    name, wrong = about_field(refusal), words("recording")["wrong"]
    text = str(wrong.get(refusal.reason) or wrong["any"])
    earliest = refusal.metadata.get("earliest", "")
    line = text.format(
        earliest=long_day(date.fromisoformat(earliest)).text if earliest else "", case=said["example_case"], n="",
        example="", words="",
    )  # fmt: skip
    rows = said["rows"]
    fields = {field: one.name for one in asked_of(asked.answers, of_staff=True) for field in one.fields}
    about = rows.get(fields.get(name, ""), "")
    return Notice(said["check_refused"], (f"{about}: {line}" if about else line,))


def _rows(asked: AskedCheck, path: str, today: date) -> Iterator[Row]:
    said, reader = words("recording"), asked.reader
    if reader.of_staff:
        yield Row(said["rows"]["who"], (reader.name,), Link(said["change"], f"{path}/who"))
    for one in asked_of(asked.answers, of_staff=reader.of_staff):
        if one.name in ("alike", "readings"):
            continue
        says = tuple(_says(one, asked, today))
        yield Row(said["rows"][one.name], says, Link(said["change"], f"{path}/{one.name}"), one.name == "words")


def _says(one: Asked, asked: AskedCheck, today: date) -> Iterator[str]:
    said, answers = words("recording"), asked.answers
    match one.name:
        case "from":
            yield said["sources"].get(answers.get("source"), "")
        case "kind":
            kinds = said["kinds" if asked.reader.of_staff else "kinds_own"]
            yield kinds.get(answers.get("kind"), "")
        case "about":
            yield said["settings"].get(answers.get("setting"), "")
            yield said["aspects"].get(answers.get("aspect"), "")
        case "happened" | "received":
            day = day_of(answers, one.name)
            yield long_day(day).text if day else ""
        case "case":
            yield answers.get("case") or said["none_case"]
        case "words":
            yield answers.get("summary")
        case "standards":
            yield from _standards(asked, today)
        case _:
            yield said["yes_no"].get(answers.get("safety"), "")


def _standards(asked: AskedCheck, today: date) -> Iterator[str]:
    said, editions = words("recording"), asked.editions
    on = day_of(asked.answers, "happened") or today
    titles = titles_of(editions.answer.standards_editions, on) if isinstance(editions, Found) else {}
    found = [f"{titles.get(one, one)}: {said['polarities'][how].lower()}" for one, how in mappings_of(asked.answers)]
    yield from found or [said["none_standards"]]


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """Something on file that may be the same. `words`: what it says."""

    title: str
    day: str
    why: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class AlikeView:
    """The page that asks whether an item is on file already."""

    heading: Heading
    person: str
    rows: tuple[AlikeRow, ...]
    form: FormView


def build_alike(
    similar: Sequence[Any], draft: str, answers: Answers, request_id: str, reader: Reader, *, came_since: bool = False
) -> AlikeView:
    """Return the page. `came_since`: something like it came on file when it was to be recorded."""
    said, title = words("recording"), words("recording")["alike_h1"]
    path = f"/evidence/new/{draft}"
    back = Link(said["back"], f"{path}/{before('alike', answers, of_staff=reader.of_staff)}")
    notice = Notice(said["alike_notice"], (said["alike_notice_says"],)) if came_since else None
    form = FormView(
        address=f"{path}/alike",
        questions=(),
        buttons=(Button(said["alike_another"], DO, ANOTHER), Button(said["alike_same"], DO, SAME)),
        hidden=sent_with(request_id, ""),
        notice=notice,
    )
    heading = Heading(title, f"{title} - {said['section']}", place(reader), back)
    rows = tuple(_alike(one, reader) for one in similar)
    return AlikeView(heading, reader.name if reader.of_staff else "", rows, form)


def _alike(one: Any, reader: Reader) -> AlikeRow:
    said, item = words("recording"), one.evidence_item
    values = enum_of(one, "likeness")
    why = ", ".join(said["likeness"][to_word(values, number)] for number in one.likeness)
    happened = from_date(item, "happened_date")
    person, item_id = item.name.split("/")[1], item.name.split("/")[3]
    href = f"/people/{person}/evidence/{item_id}" if reader.of_staff else f"/my-file/evidence/{item_id}"
    return AlikeRow(
        title=title_of(item, Voice("people" if reader.of_staff else "my_file", "")),
        day=said.say("alike_on", day=long_day(happened).text) if happened else "",
        why=said.say("alike_why", why=why),
        words=item.summary,
        href=href,
    )
