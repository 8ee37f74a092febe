"""The form of a step on a part of a development plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.words import id_under, word_of
from services.console.days import long_day
from services.console.forms.answers import Sent
from services.console.forms.plan import PlanStep, Typed
from services.console.views.form import (
    Button,
    Choice,
    FormView,
    Notice,
    Question,
    choice_question,
    day_question,
    sent_with,
    titled,
    words_question,
)
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import titles_known
from services.console.views.my_file.plan import PlanReader
from services.console.views.parts import Away, Found
from services.console.views.people.frame import Banner
from services.console.words import words
from services.platform.calls.wire import from_date
from services.refusals import Kind, Refusal


@dataclass(frozen=True, slots=True)
class PlanStepView:
    """The page: the action or support in full, then the form."""

    heading: Heading
    person: Banner | None
    about: str
    words: str
    lines: tuple[str, ...]
    form: FormView


@dataclass(frozen=True, slots=True)
class AskedStep:
    """A step on a part of a plan, as it was opened or comes back."""

    step: PlanStep
    part: Any
    typed: Typed
    sent: Sent
    refusal: Refusal | None = None


def build(
    asked: AskedStep, reader: PlanReader, banner: Banner | None, editions: Found[Any] | Away, today: date
) -> PlanStepView:
    """Return the page of a form. `banner`: whom it is about, for the Team."""
    said, step, part = words("plan"), asked.step, asked.part
    title = said["steps"][step.name]
    form = FormView(
        address=f"{reader.base}/{step.kind}s/{id_under(part.name)}/{step.step}",
        questions=tuple(_questions(asked)),
        buttons=(Button(title),),
        hidden=sent_with(asked.sent.request_id, asked.sent.etag or part.etag),
        effect=said["effects"][step.name],
        notice=_notice(asked.refusal) if asked.refusal is not None and not is_mendable(asked.refusal) else None,
    )
    place = "sessions" if reader.role == "safeguarder" else "people"
    back = Link(said["back_plan"], reader.base)
    return PlanStepView(
        heading=Heading(title, titled(f"{title} - {said['section']}", form), place, back),
        person=banner,
        about=_about(step, part, reader, editions, today),
        words=part.aim if step.kind == "action" else part.words,
        lines=tuple(_lines(step, part, reader)),
        form=form,
    )


def is_mendable(refusal: Refusal) -> bool:
    """Return whether another answer to the form could be taken."""
    return refusal.reason in words("plan")["wrong"]


def is_stale(refusal: Refusal) -> bool:
    """Return whether the part was changed after the form was opened."""
    return refusal.kind is Kind.CONFLICT


def _notice(refusal: Refusal) -> Notice:
    said = words("plan")
    if is_stale(refusal):
        return Notice(said["stale"], (said["kept"],))
    why = said["refusals"].get(refusal.reason, said["refusals"]["any"])
    return Notice(said["refused"], (why, said["not_recorded"]))


def _about(step: PlanStep, part: Any, reader: PlanReader, editions: Found[Any] | Away, today: date) -> str:
    if step.kind == "support":
        return str(reader.said["support_kinds"].get(word_of(part, "kind"), ""))
    about = part.indicator or part.standard
    return titles_known(editions, today).get(about, about)


def _lines(step: PlanStep, part: Any, reader: PlanReader) -> Iterator[str]:
    if step.kind == "action":
        if part.measure:
            yield reader.said.say("plan_seen_by", measure=part.measure)
        due = from_date(part, "due_date")
        if due:
            yield f"{reader.said['plan_due']} {long_day(due).text}."


def _questions(asked: AskedStep) -> Iterator[Question]:
    said, step, typed = words("plan"), asked.step, asked.typed
    if step.choice:
        key = step.choice if step.choice == "outcome" else f"answer_{step.kind}"
        named = said[f"choices_{key}"]
        choices = [Choice(value, named[value], is_chosen=value == typed.chosen) for value in step.offered]
        yield choice_question(step.choice, said["ask"][key], choices, error=_error(asked, step.choice))
    if step.asks_day:
        yield day_question(
            "due_date", said["ask"]["due_date"], typed.day, said["hint"]["due_date"], _error(asked, "due_date")
        )
    whose = "words_support" if step.kind == "support" else "words"
    hint = said["hint"]["words_support" if step.kind == "support" else f"words_{step.step}"]
    yield words_question(
        "words", said["ask"][whose], typed.words, f"{hint} {said['hint']['leave_out']}", _error(asked, "words")
    )


def _error(asked: AskedStep, name: str) -> str:
    wrong, code = words("plan")["wrong"], asked.typed.faults.get(name, "")
    refusal = asked.refusal
    if refusal is not None and is_mendable(refusal) and (refusal.field or "words") == name:
        code = refusal.reason
    return str(wrong.get(f"{code}_{name}") or wrong.get(code, wrong["any"])) if code else ""
