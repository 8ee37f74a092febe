"""The steps on an item of evidence: which the reader can make now, and the form of each one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.words import word_of
from services.console.days import NBSP, long_day
from services.console.forms.answers import REUSED, day_in, of_day
from services.console.forms.complaints import STEPS as OF_A_COMPLAINT
from services.console.forms.item_steps import OF_A_CORRECTION, OUTCOMES, REASONS, STANDARDS, STEPS, StepTyped, is_of
from services.console.forms.recording import POLARITIES, reading_field
from services.console.views.complaints import steps as complaints
from services.console.views.form import (
    Button,
    Choice,
    FormView,
    Notice,
    Question,
    Told,
    choice_question,
    day_question,
    line_question,
    sent_with,
    ticks_question,
    titled,
    words_question,
)
from services.console.views.heading import Heading, Link
from services.console.views.parts import Away, Found, Step
from services.console.views.recording.question import FIELD_OF, edition_on
from services.console.words import words
from services.platform.calls.wire import from_date
from services.refusals import Kind, Refusal

STALE = ("ETAG_MISMATCH", REUSED)
_OF_STAGES = {"date": "on", "due_date": "until", "extension_reason": "reason"}
"""The questions about a complaint that a refusal is about."""
WAITED_FOR = ("read", "share", "outcome")
"""Steps for which an item waits, in order."""


@dataclass(frozen=True, slots=True)
class AskedStep:
    """A step as it is asked for. `shared`: the item as it would be once it is shared, for the day it leads to.

    `values`: the fields of the form as they were typed, or as the item has them.
    """

    step: str
    item: Any
    name: str
    title: str
    path: str
    request_id: str
    values: Mapping[str, str]
    typed: StepTyped = StepTyped()
    editions: Found[Any] | Away = Away("rules")
    shared: Any = None
    refusal: Refusal | None = None
    etag: str = ""
    """Of the copy that the reader saw; empty for the item as it is now."""


@dataclass(frozen=True, slots=True)
class ItemStepView:
    """The page."""

    heading: Heading
    person: str
    item: str
    form: FormView


def possible_steps(item: Any, role: str) -> tuple[str, ...]:
    """Return the steps that a reader can make on an item as it stands, in order."""
    return tuple(step for step in STEPS if is_of(step, role) and _fits(step, item))


def _fits(step: str, item: Any) -> bool:
    state, kind = word_of(item, "state"), word_of(item, "kind")
    if state == "held":
        return step == "withdraw"
    if state != "current":
        return False
    if step == "share":
        return not item.HasField("shared_date")
    if step in OF_A_COMPLAINT:
        return kind == "complaint" and complaints.fits(step, item)
    if step == "outcome":
        return kind == "complaint" and word_of(item, "complaint_outcome") == "pending"
    # What follows from an action says what the action says.
    return step == "withdraw" or kind != "action_outcome"


def steps_of(item: Any, role: str, name: str, path: str) -> tuple[Step, ...]:
    """Return the steps for the page of an item. `path`: of the item. `name`: of the person concerned."""
    said = words("item")
    return tuple(
        Step(said["steps"][step_name(step, item)], said["does"][step].format(name=name), f"{path}/{step}")
        for step in possible_steps(item, role)
    )


def step_name(step: str, item: Any) -> str:
    """Return the name of a step in its case: an item that was read is read again."""
    return "read_again" if step == "read" and item.mappings else step


def told(code: str, item: Any, role: str, name: str, path: str) -> Told | None:
    """Return the message on the page of an item after a step, with the next step there is."""
    said = words("item")
    if code not in said["done"]:
        return None
    due = from_date(item, "reply_due_date")
    key = f"{code}_until" if due and f"{code}_until" in said["done"] else code
    text = said["done"][key].format(name=name, day=long_day(due).text if due else "")
    waits = [one for one in possible_steps(item, role) if one in WAITED_FOR and not (one == "read" and item.mappings)]
    following = waits[0] if waits else ""
    return Told(text, Link(said["steps"][following], f"{path}/{following}") if following else None)


def is_stale(refusal: Refusal | None) -> bool:
    """Return whether somebody changed the item since the reader opened the form."""
    return refusal is not None and refusal.reason in STALE


def build(asked: AskedStep, today: date) -> ItemStepView:
    """Return the page."""
    said = words("item")
    shown = said["steps"][step_name(asked.step, asked.item)]
    hidden = {STANDARDS: ",".join(asked.typed.ticked)} if _is_second(asked) else {}
    form = FormView(
        address=f"{asked.path}/{asked.step}",
        questions=tuple(_questions(asked, today)),
        buttons=(Button(said["go_on"] if asked.step == "read" and not _is_second(asked) else shown),),
        hidden=sent_with(asked.request_id, asked.etag or asked.item.etag, **hidden),
        effect=_effect(asked),
        notice=_notice(asked),
    )
    title = titled(f"{shown} - {said['section']}", form)
    heading = Heading(shown, title, "people", Link(said["back"], asked.path))
    return ItemStepView(heading, asked.name, asked.title, form)


def _is_second(asked: AskedStep) -> bool:
    return asked.step == "read" and bool(asked.typed.ticked)


def _effect(asked: AskedStep) -> str:
    said, step = words("item")["effect"], asked.step
    due = from_date(asked.shared, "reply_due_date") if asked.shared is not None else None
    key = "share_until" if step == "share" and due else step
    if step == "read" and not _is_second(asked):
        return ""
    return str(said[key]).format(name=asked.name, day=long_day(due).text if due else "")


def _notice(asked: AskedStep) -> Notice | None:
    said, refusal = words("item"), asked.refusal
    if refusal is None or _field(refusal):
        return None
    if is_stale(refusal):
        return Notice(said["stale"], (said["stale_says"], said["stale_kept"]))
    sentence = said["refused"].get(refusal.reason, said["refused"]["any"])
    return Notice(said["not_now"], (sentence, said["not_recorded"]))


def _field(refusal: Refusal | None) -> str:
    """Return the question that a refusal is about; empty for none."""
    if refusal is None or refusal.kind is not Kind.INVALID or is_stale(refusal):
        return ""
    return (FIELD_OF | _OF_STAGES).get(refusal.field, "")


def _questions(asked: AskedStep, today: date) -> Iterator[Question]:
    match asked.step:
        case "read":
            yield from _second(asked, today) if _is_second(asked) else _first(asked, today)
        case "outcome":
            yield _radios(asked, "outcome", OUTCOMES, today)
        case "withdraw":
            yield _radios(asked, "reason", REASONS, today)
        case "stage" | "extend" | "wrong-step":
            yield from complaints.questions(
                asked.step, asked.item, asked.values, lambda name: _error(asked, name, today)
            )
        case "correct":
            yield from _correction(asked, today)


def _radios(asked: AskedStep, name: str, offered: tuple[str, ...], today: date) -> Question:
    said = words("item")
    choices = (Choice(one, said[f"{name}s"][one], is_chosen=asked.values.get(name) == one) for one in offered)
    text = said["ask"][f"{asked.step}_{name}"]
    return choice_question(
        name, text, choices, said["hint"].get(f"{asked.step}_{name}", ""), _error(asked, name, today)
    )


def _correction(asked: AskedStep, today: date) -> Iterator[Question]:
    said = words("item")["ask"]
    for name in ("happened", "received"):
        yield day_question(name, said[name], day_in(asked.values, name), error=_error(asked, name, today))
    yield line_question(
        "case", said["case"], asked.values.get("case", ""), error=_error(asked, "case", today), width=20
    )
    hint = words("item")["hint"]["summary"]
    yield words_question(
        "summary", said["summary"], asked.values.get("summary", ""), hint, _error(asked, "summary", today)
    )
    yield _radios(asked, "reason", OF_A_CORRECTION, today)


def _first(asked: AskedStep, today: date) -> Iterator[Question]:
    edition = edition_on(asked.editions, from_date(asked.item, "happened_date") or today)
    before = {one.indicator for one in asked.item.mappings}
    error = _error(asked, "standards", today)
    for number, standard in enumerate(edition.standards if edition else ()):
        choices = (
            Choice(one.indicator, f"{one.indicator} {one.title}", is_chosen=one.indicator in before)
            for one in standard.indicators
        )
        text = f"{standard.standard} {standard.title}"
        yield ticks_question(f"standards-{standard.standard}", text, choices, error="" if number else error)


def _second(asked: AskedStep, today: date) -> Iterator[Question]:
    said = words("item")
    edition = edition_on(asked.editions, from_date(asked.item, "happened_date") or today)
    known = [one for standard in edition.standards for one in standard.indicators] if edition else []
    titles = {one.indicator: f"{one.indicator} {one.title}" for one in known}
    before = {one.indicator: word_of(one, "polarity") for one in asked.item.mappings}
    for indicator in asked.typed.ticked:
        name = reading_field(indicator)
        chosen = asked.values.get(name) or before.get(indicator, "")
        choices = (Choice(one, said["polarities"][one], is_chosen=chosen == one) for one in POLARITIES)
        error = said["wrong"]["missing_readings"] if name in asked.typed.faults else ""
        yield choice_question(name, titles.get(indicator, indicator), choices, error=error)


def _error(asked: AskedStep, name: str, today: date) -> str:
    wrong, code = words("item")["wrong"], asked.typed.faults.get(name, "")
    bounds = {"earliest": "", "latest": ""}
    if asked.refusal is not None and _field(asked.refusal) == name:
        code = asked.refusal.reason
        said = {bound: asked.refusal.metadata[bound] for bound in bounds if bound in asked.refusal.metadata}
        bounds |= {bound: long_day(date.fromisoformat(day)).text for bound, day in said.items()}
    if not code:
        return ""
    text = wrong.get(f"{code}_{name}") or wrong.get(code) or wrong["any"]
    typed = of_day(today)
    return str(text).format(example=NBSP.join((typed.day, typed.month, typed.year)), **bounds)


def values_of(item: Any, step: str, today: date) -> dict[str, str]:
    """Return the fields of the form of a correction, as the item has them, and today for a step of a complaint."""
    found = {"case": item.case_reference, "summary": item.summary} | complaints.values_of(step, today)
    for name in ("happened", "received"):
        day = from_date(item, f"{name}_date")
        typed = of_day(day) if day else None
        if typed:
            found |= {f"{name}-day": typed.day, f"{name}-month": typed.month, f"{name}-year": typed.year}
    return found
