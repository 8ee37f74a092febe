"""A number that is changed: the form, and then everything once more before it is handed in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.client.words import how_many, word_of
from services.console.days import NBSP, long_day
from services.console.forms.answers import REUSED, Sent, of_day
from services.console.forms.rule_changes import (
    CITES,
    FROM,
    KEY,
    ORIGIN,
    ORIGINS,
    TITLE,
    VALUE,
    WHY,
    TypedNumber,
    title_faults,
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
from services.console.views.parts import GREY, Away, Found, Tag, titles_of_rules
from services.console.views.rule_changes.parts import LIST, PLACE, Difference, differences, parameter_name
from services.console.views.rule_changes.what_if import RunView, build_run, id_of
from services.console.words import words
from services.platform.calls.wire import from_date
from services.refusals import Refusal

FIELDS = (FROM, VALUE, WHY, CITES, ORIGIN)


@dataclass(frozen=True, slots=True)
class NumberView:
    """The form, below what the number means and how it has stood."""

    heading: Heading
    means: str
    history: tuple[str, ...]
    read_by: tuple[Link, ...]
    form: FormView


@dataclass(frozen=True, slots=True)
class StoryView:
    """An example as a short story: what it shows, what is on file, and what the rule answers."""

    rule: str
    title: str
    on: str
    evidence: tuple[str, ...]
    answer: Tag


@dataclass(frozen=True, slots=True)
class CheckNumberView:
    """Everything once more: what changes in words, what it would have done, and the examples that guard it."""

    heading: Heading
    differences: tuple[Difference, ...]
    change: Link
    run: RunView
    stories: tuple[StoryView, ...]
    none: str
    notice: Notice | None
    form: FormView | None


def build(
    number: Any, rules: Found[Any] | Away, typed: TypedNumber, sent: Sent, refusal: Refusal | None, today: date
) -> NumberView:
    """Return the form of a number. `refusal`: why the service would not take what was typed."""
    said, name = words(PLACE), parameter_name(number.parameter)
    titles = titles_of_rules(rules)
    form = FormView(
        address=f"/numbers/{number.parameter}/change",
        questions=tuple(_questions(number, typed, refusal, today)),
        buttons=(Button(said["number_next"]),),
        hidden=sent_with(sent.request_id, ""),
        effect=said["number_effect"],
        notice=_faulty(refusal),
    )
    title = f"{said['number_title']} - {said['h1']}"
    return NumberView(
        heading=Heading(
            said.say("number_h1", name=name), titled(title, form), PLACE, Link(said["back_rules"], "/rules")
        ),
        means=number.means,
        history=tuple(lines_of(number, today)),
        read_by=tuple(Link(titles[rule], f"/rules/{rule}") for rule in number.read_by if rule in titles),
        form=form,
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """What the page before handing in is made of.

    `looked_at`: what the service would make of the change; None if it would refuse it. `sent`: the form as it was sent,
    empty before that.
    """

    trial: Any
    looked_at: Any | None
    refusal: Refusal | None
    rules: Found[Any] | Away
    sent: Mapping[str, str]


def build_check(checked: Checked, today: date, request_id: str) -> CheckNumberView:
    """Return the page before a change is handed in."""
    trial, looked_at, refusal, rules = checked.trial, checked.looked_at, checked.refusal, checked.rules
    said, change = words(PLACE), trial.change
    here = f"/numbers/{change.parameter}/change"
    stories = tuple(_stories(looked_at, rules)) if looked_at is not None else ()
    return CheckNumberView(
        heading=Heading(said["check_h1"], f"{said['check_h1']} - {said['h1']}", PLACE, Link(said["back_list"], LIST)),
        differences=tuple(differences(looked_at.changes, rules)) if looked_at is not None else (),
        change=Link(said["change_it"], f"{here}?from={id_of(trial)}"),
        run=build_run(trial, rules, f"{here}/{id_of(trial)}", today),
        stories=stories,
        none="" if stories else said["none_suggested"],
        notice=_faulty(refusal) or _cannot(refusal),
        form=_hand_in(here, checked, request_id) if looked_at is not None else None,
    )


def typed_of(change: Any) -> TypedNumber:
    """Return a change as somebody would type it."""
    day = from_date(change, "from_date")
    return TypedNumber(
        of_day(day) if day else of_day(date.min), str(change.value), change.why, change.cites, change.origin
    )


def lines_of(number: Any, today: date) -> Iterator[str]:
    """Yield each value of a number with its day, earliest first."""
    said = words(PLACE)
    for value in number.values:
        day = from_date(value, "from_date") or today
        key = "value_ahead" if day > today else "value_since"
        whose = said["origins"]["given" if value.origin == "given" else "ours"]
        worth = how_many(value.value, number.unit)
        yield said.say(key, day=long_day(day).text, value=worth, whose=whose, why=value.why, cites=value.cites)


def story(rule: str, example: Any) -> StoryView:
    """Return an example as a short story."""
    said = words(PLACE)
    day, answer = from_date(example, "as_of_date"), word_of(example, "answer")
    on = said.say("story_on", day=long_day(day).text) if day else ""
    title = f"{said['it']} {example.title}."
    return StoryView(rule, title, on, tuple(example.evidence), Tag(said["answers"][answer], GREY))


def _stories(looked_at: Any, rules: Found[Any] | Away) -> Iterator[StoryView]:
    titles = titles_of_rules(rules)
    for one in looked_at.suggested:
        yield story(titles.get(one.rule, ""), one.example)


def _hand_in(here: str, checked: Checked, request_id: str) -> FormView:
    said = words(PLACE)
    return FormView(
        address=f"{here}/{id_of(checked.trial)}",
        questions=tuple(_example_questions(checked.looked_at, checked.sent)),
        buttons=(Button(said["hand_in"]),),
        hidden=sent_with(request_id, ""),
        effect=said["hand_in_effect"],
    )


def _example_questions(looked_at: Any, sent: Mapping[str, str]) -> Iterator[Question]:
    """Yield for each suggested example whether it is wanted, and its title. A form that comes back stays as it was."""
    said, faults = words(PLACE), title_faults(sent)
    for number, one in enumerate(looked_at.suggested, 1):
        wanted, title = f"{KEY}{one.key}", f"{TITLE}{one.key}"
        choice = Choice("yes", said.say("want", n=number), is_chosen=not sent or f"{wanted}-1" in sent)
        yield ticks_question(wanted, said.say("example", n=number), (choice,))
        typed = sent.get(title, one.example.title)
        error = said["wrong"]["too_long_title"] if one.key in faults else ""
        yield words_question(title, said.say("example_title", n=number), typed, said["example_hint"], error, rows=2)


def _questions(number: Any, typed: TypedNumber, refusal: Refusal | None, today: date) -> Iterator[Question]:
    said, wrong = words(PLACE), _wrong(number, typed, refusal)
    ask, hint = said["ask"], said["hint"]
    ahead = today + timedelta(days=30)
    example = NBSP.join((str(ahead.day), str(ahead.month), str(ahead.year)))
    unit, now = number.unit, _held(number, today)
    yield day_question(FROM, ask[FROM], typed.day, hint[FROM].format(example=example), wrong[FROM])
    scale = hint[VALUE].format(unit=unit, least=number.least, most=number.most, now=now)
    yield line_question(VALUE, ask[VALUE], typed.value, scale, wrong[VALUE], width=5)
    yield words_question(WHY, ask[WHY], typed.why, hint[WHY], wrong[WHY], rows=2)
    yield words_question(CITES, ask[CITES], typed.cites, hint[CITES], wrong[CITES], rows=2)
    choices = [Choice(word, said["whose"][word], said["whose_hint"][word], typed.origin == word) for word in ORIGINS]
    yield choice_question(ORIGIN, ask[ORIGIN], choices, "", wrong[ORIGIN])


def _held(number: Any, today: date) -> str:
    held = [value.value for value in number.values if (from_date(value, "from_date") or today) <= today]
    return str(held[-1]) if held else words(PLACE)["no_value"]


def _wrong(number: Any, typed: TypedNumber, refusal: Refusal | None) -> Mapping[str, str]:
    """Return what is wrong with each answer, in our own words."""
    said = words(PLACE)["wrong"]
    codes = {name: typed.faults.get(name, "") for name in FIELDS}
    if refusal is not None and not refusal.reason.startswith(("RULEBOOK_FAULTY", "FILES_NOT")):
        about = refusal.field.removeprefix("change.")
        codes[about if about in FIELDS else FROM] = refusal.reason
    day = typed.from_on
    in_words = {"least": number.least, "most": number.most, "day": long_day(day).text if day else ""}
    texts = {name: said.get(f"{code}_{name}") or said.get(code) or said["any"] for name, code in codes.items() if code}
    return {name: texts[name].format(**in_words) if name in texts else "" for name in FIELDS}


def _faulty(refusal: Refusal | None) -> Notice | None:
    """Return what the rules would no longer hold with this number, as the service found it."""
    said = words(PLACE)
    if refusal is None or refusal.reason not in ("RULEBOOK_FAULTY", "FILES_NOT_CHANGEABLE"):
        return None
    faults = [text for name, text in sorted(refusal.metadata.items()) if name.startswith("fault_")]
    found = tuple(text.split("  ", maxsplit=3)[-1] for text in faults)
    lines = (said["faulty_lead"], *found) if found else (said["files_lead"],)
    return Notice(said["faulty"], (*lines, said["faulty_do"]))


def _cannot(refusal: Refusal | None) -> Notice | None:
    """Return why a change can't be handed in as it is, or that it was handed in before."""
    said = words(PLACE)
    if refusal is None:
        return None
    heading = said["handed_in_before"] if refusal.reason == REUSED else said["cannot"]
    return Notice(heading, (said["cannot_why"].get(refusal.reason, said["cannot_why"]["any"]),))
