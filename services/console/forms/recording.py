"""The questions of recording an item: the fields that each fills, how an answer is read, and how a draft keeps it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from services.console.forms.answers import ID, MISSING, day_in, of_day, words_in

MOST = 2000
"""Signs of a summary, as the service takes it."""
CHECK = "check"
"""The place after the last question."""
SETTINGS, ASPECTS = ("appointment", "panel"), ("practice", "conduct")
POLARITIES = ("praise", "neutral", "concern")
YES, NO = "yes", "no"
NOTHING_ALIKE, ANOTHER = "none", "another"
"""What is said of items that are alike: there is none, or this is another one."""
_INDICATOR = re.compile(r"[A-Za-z0-9.]{1,16}")
_READING = re.compile(r"[A-Za-z0-9.]{1,16}:(praise|neutral|concern)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a page: its name in an address, and the fields of the item that it fills."""

    name: str
    fields: tuple[str, ...]
    of_staff: bool = False
    """Whether a Safeguarder who records about themselves is not asked it."""


QUESTIONS: Mapping[str, Asked] = {
    one.name: one
    for one in (
        Asked("from", ("source",), of_staff=True),
        Asked("kind", ("kind",)),
        Asked("about", ("setting", "aspect")),
        Asked("happened", ("happened",)),
        Asked("received", ("received",), of_staff=True),
        Asked("case", ("case",)),
        Asked("words", ("summary",)),
        Asked("alike", ("alike",)),
        Asked("standards", ("standards",), of_staff=True),
        Asked("readings", ("readings",), of_staff=True),
        Asked("safety", ("safety",), of_staff=True),
    )
}
"""Every question, in order."""
COMPARED = ("source", "kind", "happened", "case", "summary")
"""Fields by which an item is like another. When one of them changes, it is looked for again."""
FIELDS = tuple(name for asked in QUESTIONS.values() for name in asked.fields)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far, by field. `forms`: the request id of the form that gave each answer, by question."""

    said: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return what a field holds; empty if it was not answered."""
        return self.said.get(name, "")

    def with_answer(self, question: str, answer: Mapping[str, str], form: str) -> "Answers":
        """Return the answers with one more, or another one. What it makes unsaid is asked again."""
        said = {**self.said, **answer}
        if any(said.get(name) != self.said.get(name) for name in COMPARED) and "alike" not in answer:
            said.pop("alike", None)
        if "readings" in said:
            ticked = said.get("standards", "").split(",")
            kept = [one for one in said["readings"].split(",") if one.partition(":")[0] in ticked]
            said["readings"] = ",".join(filter(None, kept))
        return Answers(said, {**self.forms, question: form})


def as_bytes(answers: Answers) -> bytes:
    """Return answers as a draft holds them."""
    return json.dumps({"said": dict(answers.said), "forms": dict(answers.forms)}, ensure_ascii=False).encode()


def read_draft(held: bytes) -> Answers:
    """Return the answers of a draft; none if it was written in a form that is not known here."""
    try:
        parts = json.loads(held)
        said, forms = ({str(key): str(value) for key, value in parts[name].items()} for name in ("said", "forms"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Answers()
    return Answers({name: value for name, value in said.items() if name in FIELDS}, forms)


def in_form(form: Mapping[str, str]) -> Answers:
    """Return the answers that travel with the form of the check page, so that it can be sent again as it is."""
    return Answers({name: form[name].replace("\r\n", "\n") for name in FIELDS if name in form})


def asked_of(answers: Answers, *, of_staff: bool) -> Iterator[Asked]:
    """Yield the questions that are asked of a reader, after what was answered so far, in order."""
    for asked in QUESTIONS.values():
        if asked.of_staff and not of_staff:
            continue
        if asked.name == "case" and answers.get("setting") == "panel":
            continue
        if asked.name == "readings" and not answers.get("standards"):
            continue
        yield asked


def next_of(answers: Answers, *, of_staff: bool) -> str:
    """Return the first question without an answer, or the check page."""
    open_ones = (one.name for one in asked_of(answers, of_staff=of_staff) if not _is_answered(one, answers))
    return next(open_ones, CHECK)


def _is_answered(asked: Asked, answers: Answers) -> bool:
    if asked.name == "readings":
        ticked = filter(None, answers.get("standards").split(","))
        return set(ticked) <= {indicator for indicator, _ in mappings_of(answers)}
    return set(asked.fields) <= set(answers.said)


def before(question: str, answers: Answers, *, of_staff: bool) -> str:
    """Return the question before one; empty for the first."""
    names = [one.name for one in asked_of(answers, of_staff=of_staff)]
    place = names.index(question) if question in names else len(names)
    return names[place - 1] if place else ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was answered to one question, by field, and what is wrong with it, by field, in words of a closed list."""

    answer: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)


def read(question: str, form: Mapping[str, str], answers: Answers) -> Typed:
    """Return what was answered to a question. Whether the service takes it, the service says."""
    match question:
        case "happened" | "received":
            return _day(question, form)
        case "case":
            return Typed({"case": form.get("case", "").strip()[:64]})
        case "words":
            text, fault = words_in(form, "summary", MOST)
            return Typed({"summary": text}, {"summary": fault} if fault else {})
        case "standards":
            return Typed({"standards": ",".join(ticked_in(form))})
        case "readings":
            return _readings(form, [one for one in answers.get("standards").split(",") if one])
        case _:
            return _choices(QUESTIONS[question].fields, form)


def ticked_in(form: Mapping[str, str]) -> list[str]:
    """Return the indicators that were ticked, in the order of the form."""
    ticked = (value for name, value in form.items() if name.startswith("standards-"))
    return [one for one in ticked if _INDICATOR.fullmatch(one)]


def typed_before(question: str, answers: Answers) -> dict[str, str]:
    """Return the answer to a question as the fields of its form hold it."""
    said = answers.said
    match question:
        case "happened" | "received":
            day = day_of(answers, question)
            if day is None:
                return {}
            typed = of_day(day)
            return {f"{question}-day": typed.day, f"{question}-month": typed.month, f"{question}-year": typed.year}
        case "standards":
            ticked = filter(None, answers.get("standards").split(","))
            return {f"standards-{number}": one for number, one in enumerate(ticked, 1)}
        case "readings":
            readings = (one.partition(":") for one in answers.get("readings").split(",") if one)
            return {reading_field(one): polarity for one, _, polarity in readings}
        case _:
            return {name: said[name] for name in QUESTIONS[question].fields if name in said}


def day_of(answers: Answers, name: str) -> date | None:
    """Return the day in a field; None if it was not answered."""
    try:
        return date.fromisoformat(answers.get(name))
    except ValueError:
        return None


def reading_field(indicator: str) -> str:
    """Return the name of the field with what an item says of an indicator."""
    return f"readings-{indicator.replace('.', '-')}"


def mappings_of(answers: Answers) -> list[tuple[str, str]]:
    """Return what an item says of each indicator: praise, neutral or concern."""
    found = (one for one in answers.get("readings").split(",") if _READING.fullmatch(one))
    return [(one.partition(":")[0], one.partition(":")[2]) for one in found]


def _choices(fields: tuple[str, ...], form: Mapping[str, str]) -> Typed:
    given = {name: form.get(name, "") for name in fields}
    faults = {name: MISSING for name, value in given.items() if not ID.fullmatch(value)}
    return Typed({name: value for name, value in given.items() if name not in faults}, faults)


def _day(name: str, form: Mapping[str, str]) -> Typed:
    day = day_in(form, name).read
    return Typed({}, {name: day}) if isinstance(day, str) else Typed({name: day.isoformat()})


def _readings(form: Mapping[str, str], ticked: list[str]) -> Typed:
    given = {one: form.get(reading_field(one), "") for one in ticked}
    faults = {reading_field(one): MISSING for one, polarity in given.items() if polarity not in POLARITIES}
    said = ",".join(f"{one}:{polarity}" for one, polarity in given.items() if polarity in POLARITIES)
    return Typed({} if faults else {"readings": said}, faults)
