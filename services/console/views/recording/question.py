"""One question of recording an item, as its page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from services.client.words import enum_of
from services.console.days import NBSP, long_day
from services.console.forms.answers import PARTS, TOO_LONG, day_in, of_day
from services.console.forms.recording import (
    ASPECTS,
    POLARITIES,
    SETTINGS,
    YES,
    Answers,
    before,
    day_of,
    next_of,
    reading_field,
    ticked_in,
)
from services.console.views.form import (
    Button,
    Choice,
    FormView,
    Notice,
    Question,
    choice_question,
    day_question,
    line_question,
    sent_with,
    ticks_question,
    titled,
    words_question,
)
from services.console.views.heading import Heading, Link
from services.console.views.parts import Found
from services.console.words import words
from services.platform.calls.wire import from_date, to_word
from services.refusals import Refusal

DO, LATER = "do", "later"
"""The field of the buttons, and the value of the one that keeps the answer for another day."""
KNOWN = "known"
"""The hidden field with the form that gave the answer which the reader saw. Another one is another window's."""
NO_CHILD = "no_child"
"""The field that says that a text names no child."""
FIELD_OF = {
    "evidence_item.source": "source",
    "evidence_item.kind": "kind",
    "evidence_item.aspect": "aspect",
    "evidence_item.setting": "setting",
    "evidence_item.happened_date": "happened",
    "parent": "happened",
    "evidence_item.received_date": "received",
    "evidence_item.case_reference": "case",
    "evidence_item.summary": "summary",
}
"""The field of ours that a refusal is about."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who answers. `name`: what the person concerned is called. `of_staff`: whether that is somebody else."""

    name: str
    of_staff: bool


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it is asked for: what was answered before, what was typed now, and what was read for it.

    `offered`: the choices of the reader, or the editions of the standards. `findings`: what may name a child.
    """

    name: str
    draft: str
    answers: Answers
    values: Mapping[str, str]
    request_id: str
    reader: Reader
    address: str
    faults: Mapping[str, str] = field(default_factory=dict)
    refusal: Refusal | None = None
    findings: tuple[str, ...] = ()
    offered: Any = None
    is_stale: bool = False
    is_full: bool = False
    """Whether the reader has too many drafts to begin another one."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """The page. `person` is empty where the reader records about themselves. `h1`: empty if the question is it."""

    heading: Heading
    person: str
    h1: str
    lead: str
    form: FormView


def about_field(refusal: Refusal) -> str:
    """Return the field of ours that a refusal is about; empty for none."""
    if refusal.field.startswith("evidence_item.mappings"):
        return "readings"
    return FIELD_OF.get(refusal.field, "")


def own_or(said: str, name: str, reader: Reader) -> str:
    """Return a text, in the words for somebody who records about themselves where there are some."""
    own = words("recording")[f"{said}_own"]
    text = own[name] if not reader.of_staff and name in own else words("recording")[said].get(name, "")
    return str(text)


def build(asked: AskedQuestion, today: date) -> QuestionView:
    """Return the page."""
    said, text = words("recording"), own_or("ask", asked.name, asked.reader)
    questions = tuple(_questions(asked, today))
    is_heading = len(questions) == 1
    if is_heading:
        questions = (replace(questions[0], text=text, is_heading=True),)
    if asked.name == "words" and asked.findings:
        questions = (*questions, _child(asked.values))
    form = FormView(
        address=asked.address,
        questions=questions,
        buttons=(Button(said["go_on"]), Button(said["later"], DO, LATER)),
        hidden=sent_with(asked.request_id, "", **{KNOWN: asked.answers.forms.get(asked.name, "")}),
        notice=_notice(asked),
    )
    title = titled(f"{text} - {said['section']}", form)
    person = asked.reader.name if asked.reader.of_staff else ""
    heading = Heading(text, title, place(asked.reader), _back(asked))
    return QuestionView(heading, person, "" if is_heading else text, _lead(asked.name, questions), form)


def _lead(name: str, questions: tuple[Question, ...]) -> str:
    said = words("recording")
    if name == "standards":
        return str(said["ticks_hint" if questions else "no_edition"])
    return str(said["hint"]["readings"]) if name == "readings" else ""


def place(reader: Reader) -> str:
    """Return the link at the top under which the pages stand."""
    return "record" if reader.of_staff else "evidence"


def _back(asked: AskedQuestion) -> Link:
    said, of_staff = words("recording"), asked.reader.of_staff
    if not asked.draft:
        return Link(said["back_today"], "/today") if of_staff else Link(said["back_my_file"], "/my-file/evidence")
    path = f"/evidence/new/{asked.draft}"
    if next_of(asked.answers, of_staff=of_staff) == "check":
        return Link(said["back_check"], f"{path}/check")
    earlier = before(asked.name, asked.answers, of_staff=of_staff)
    return Link(said["back"], f"{path}/{earlier}") if earlier else Link(said["back_drafts"], "/drafts")


def _questions(asked: AskedQuestion, today: date) -> Iterator[Question]:
    said, name = words("recording"), asked.name
    hint = own_or("hint", name, asked.reader).format(
        name=asked.reader.name, example=_example(today), case=said["example_case"]
    )
    match name:
        case "from":
            yield _radios(asked, "source", _offered(asked, "sources", said["sources"]), hint, today)
        case "kind":
            kinds = said["kinds" if asked.reader.of_staff else "kinds_own"]
            yield _radios(asked, "kind", _offered(asked, "kinds", kinds), hint, today)
        case "about":
            yield _radios(asked, "setting", {one: said["settings"][one] for one in SETTINGS}, hint, today)
            yield _radios(asked, "aspect", {one: said["aspects"][one] for one in ASPECTS}, "", today)
        case "safety":
            yield _radios(asked, "safety", said["yes_no"], hint, today)
        case "standards":
            yield from _standards(asked, today)
        case "readings":
            yield from _readings(asked, today)
        case _:
            yield _typed(asked, hint, today)


def _typed(asked: AskedQuestion, hint: str, today: date) -> Question:
    """Return a question that is answered by typing."""
    name, values = asked.name, asked.values
    if name == "case":
        return line_question("case", "", values.get("case", ""), hint, _error(asked, "case", today), width=20)
    if name == "words":
        error = _error(asked, "summary", today)
        return words_question("summary", "", values.get("summary", ""), hint, error, rows=10)
    typed = day_in(values, name)
    if name == "received" and not any(f"{name}-{part}" in values for part in PARTS):
        typed = of_day(today)
    return day_question(name, "", typed, hint, _error(asked, name, today))


def _radios(asked: AskedQuestion, name: str, offered: Mapping[str, str], hint: str, today: date) -> Question:
    choices = (Choice(value, text, is_chosen=asked.values.get(name) == value) for value, text in offered.items())
    return choice_question(name, words("recording")["ask"].get(name, ""), choices, hint, _error(asked, name, today))


def _offered(asked: AskedQuestion, field_name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return what the reader may record, in the order of our words. What has no words has no page yet."""
    values, numbers = enum_of(asked.offered, field_name), getattr(asked.offered, field_name)
    theirs = {to_word(values, number) for number in numbers}
    return {word: text for word, text in texts.items() if word in theirs}


def edition_on(editions: Any, day: date) -> Any:
    """Return the edition of the standards in force on a day; None while nobody says."""
    if not isinstance(editions, Found):
        return None
    begun = [one for one in editions.answer.standards_editions if (from_date(one, "effective_date") or day) <= day]
    return begun[-1] if begun else None


def _standards(asked: AskedQuestion, today: date) -> Iterator[Question]:
    edition = edition_on(asked.offered, day_of(asked.answers, "happened") or today)
    ticked = ticked_in(asked.values)
    for standard in edition.standards if edition else ():
        choices = (
            Choice(one.indicator, f"{one.indicator} {one.title}", is_chosen=one.indicator in ticked)
            for one in standard.indicators
        )
        yield ticks_question(f"standards-{standard.standard}", f"{standard.standard} {standard.title}", choices)


def _readings(asked: AskedQuestion, today: date) -> Iterator[Question]:
    said = words("recording")
    edition = edition_on(asked.offered, day_of(asked.answers, "happened") or today)
    indicators = (one for standard in edition.standards for one in standard.indicators) if edition else ()
    titles = {one.indicator: f"{one.indicator} {one.title}" for one in indicators}
    for indicator in filter(None, asked.answers.get("standards").split(",")):
        name = reading_field(indicator)
        choices = (Choice(one, said["polarities"][one], is_chosen=asked.values.get(name) == one) for one in POLARITIES)
        error = said["wrong"]["missing_readings"] if name in asked.faults else ""
        yield choice_question(name, titles.get(indicator, indicator), choices, error=error)


def _child(values: Mapping[str, str]) -> Question:
    said = words("recording")
    choice = Choice(YES, said["child_says"], said["child_hint"], is_chosen=f"{NO_CHILD}-1" in values)
    return ticks_question(NO_CHILD, said["child_question"], (choice,))


def _example(today: date) -> str:
    """Return a day as it is typed."""
    typed = of_day(today)
    return NBSP.join((typed.day, typed.month, typed.year))


def _error(asked: AskedQuestion, name: str, today: date) -> str:
    """Return what is wrong with the answer to a question, in our own words."""
    wrong, code, earliest = words("recording")["wrong"], asked.faults.get(name, ""), ""
    if asked.refusal is not None and about_field(asked.refusal) == name:
        code = asked.refusal.reason
        if "earliest" in asked.refusal.metadata:
            earliest = long_day(date.fromisoformat(asked.refusal.metadata["earliest"])).text
    if name == "summary" and asked.findings and not code:
        code = "may_name"
    if not code:
        return ""
    text = wrong.get(f"{code}_{name}") or wrong.get(code) or wrong["any"]
    return str(text).format(
        example=_example(today), earliest=earliest, case=words("recording")["example_case"],
        n=f"{len(asked.values.get('summary', '')):,}" if code == TOO_LONG else "", words=quoted(asked.findings),
    )  # fmt: skip


def quoted(findings: tuple[str, ...]) -> str:
    """Return parts of a text in quotation marks."""
    return ", ".join(f"“{one}”" for one in findings)


def _notice(asked: AskedQuestion) -> Notice | None:
    said = words("recording")
    if asked.is_full:
        return Notice(said["many"]["heading"], tuple(said["many"]["says"]))
    if not asked.is_stale:
        return None
    return Notice(said["stale"]["heading"], tuple(said["stale"]["kept"]))
