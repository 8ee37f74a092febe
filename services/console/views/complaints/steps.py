"""The forms of the steps of a complaint: which steps fit it now, and what each form asks."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from services.client.words import word_of
from services.console.days import long_day
from services.console.forms.answers import day_in
from services.console.forms.complaints import CORRECTIONS, REASONS
from services.console.views.complaints.stages import awaited, standing
from services.console.views.form import Choice, Question, choice_question, day_question
from services.console.words import words
from services.platform.calls.wire import from_date


def offered(item: Any) -> tuple[str, ...]:
    """Return the steps that can be recorded of a complaint as it stands. The service has the last word."""
    made = {word_of(step, "step") for step in standing(item)}
    pending = word_of(item, "complaint_outcome") == "pending"
    found: list[str] = []
    if pending and "stage_2" not in made:
        found = ["stage_2"] if "answered" in made else ["settled", "answered", "stage_2"]
    elif pending and "stage_2_answered" not in made:
        found = ["stage_2_answered"] if "acknowledged" in made else ["acknowledged", "stage_2_answered"]
    if "ombudsman_told" not in made and (not pending or "stage_2_answered" in made):
        found.append("ombudsman_told")
    return tuple(found)


def fits(step: str, item: Any) -> bool:
    """Return whether a form has anything to record of a complaint as it stands."""
    if step == "extend":
        return any(word_of(limit, "limit") != "acknowledge_complaint" for limit in awaited(item))
    return bool(offered(item) if step == "stage" else standing(item))


def questions(step: str, item: Any, values: Mapping[str, str], error: Callable[[str], str]) -> Iterator[Question]:
    """Yield the questions of a form. `error`: what is wrong with the answer to one."""
    said = words("complaints")
    ask, hint, steps = said["ask"], said["hint"], said["steps"]

    def radios(name: str, text: str, choices: Mapping[str, str]) -> Question:
        chosen = (Choice(one, says, is_chosen=values.get(name) == one) for one, says in choices.items())
        return choice_question(name, text, chosen, error=error(name))

    def day(name: str, text: str, hinted: str) -> Question:
        return day_question(name, text, day_in(values, name), hinted, error(name))

    if step == "extend":
        yield day("until", ask["until"], hint["until"].format(day=_due(item)))
        yield radios("reason", ask["reason"], {one: said["reasons"][one] for one in REASONS})
    elif step == "stage":
        yield radios("step", ask["step"], {one: _capital(steps[one]) for one in offered(item)})
        yield day("on", ask["day"], hint["day"])
    else:
        yield radios("step", ask["wrong_step"], {word_of(one, "step"): _on_its_day(one) for one in standing(item)})
        yield radios("correction", ask["correction"], {one: said["corrections"][one] for one in CORRECTIONS})
        yield day("on", ask["right_day"], hint["right_day"])


def _on_its_day(step: Any) -> str:
    said, on = words("complaints"), from_date(step, "date")
    text = _capital(said["steps"][word_of(step, "step")])
    return said.say("step_on", step=text, day=long_day(on).text) if on else text


def _capital(text: str) -> str:
    """Return a text as a line begins with it."""
    return f"{text[0].upper()}{text[1:]}"


def _due(item: Any) -> str:
    """Return the last day of the answer that is awaited, as the hint says it."""
    limits = [limit for limit in awaited(item) if word_of(limit, "limit") != "acknowledge_complaint"]
    due = from_date(limits[0], "due_date") if limits else None
    return long_day(due).text if due else ""


def values_of(step: str, today: date) -> dict[str, str]:
    """Return the fields of a form before anybody typed: today for a step that is recorded."""
    if step != "stage":
        return {}
    return {"on-day": str(today.day), "on-month": str(today.month), "on-year": str(today.year)}
