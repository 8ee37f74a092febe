"""The form of one step on a matter: its question, what it does, and what has changed since somebody opened it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.calendar_days import WorkingCalendar, first_working_day_from, london_today
from services.client.words import enum_of, word_of
from services.console.days import NBSP, clock_time, long_day, named_day
from services.console.forms.answers import REUSED, Sent, of_day
from services.console.forms.steps import ANSWERED_FOR, AS, COPIES, KNOWN, StepForm, Typed, copies_of
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
from services.console.views.matter.page import AskedMatter, blocked_steps, called, possible_steps, step_name, variant
from services.console.views.parts import titles_of_rules
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant, to_word
from services.refusals import Refusal

STALE = ("STALE_COPY", "ETAG_MISMATCH", REUSED)
"""Reasons of the service of rules, and of the one that keeps the plan, for which the form is made from a new copy."""
A_WEEK = timedelta(days=7)
KINDS = {"excellence": "praise", "data_gap": "duty"}
"""Lanes of a kind of their own. Every other lane is about practice, and only one kind joins with itself."""
OF_KIND = {"excellence": ("acknowledged_in_session",), "data_gap": ("gap_filled",)}
OF_PRACTICE = ("support_given", "improved")
"""Reasons for closing that fit one kind only."""
AWAITED = ("offered", "none_given")
"""States in which a support waits for an answer."""
ENDED = ("close", "dismiss", "merge")
"""Steps that end a matter."""


@dataclass(frozen=True, slots=True)
class AskedStep:
    """A step as it is asked for: what was typed, with what the form was made, and what else was read for it.

    `offered`: other matters, items or supports to choose from. `refusal`: why the service did not make the step.
    """

    form: StepForm
    typed: Typed
    sent: Sent
    offered: Any = None
    refusal: Refusal | None = None
    known: int = 0
    copies: str = ""
    """The copies of parts of the plan that the form was made from; empty for those of now."""


@dataclass(frozen=True, slots=True)
class StepView:
    """The page. Without a form there is nothing to choose from, and `none` says so."""

    heading: Heading
    person: str
    topic: str
    because: str
    form: FormView | None
    none: str


def is_known(asked: AskedMatter, move: str) -> bool:
    """Return whether the step is one of the reader's at all, now or at another stage."""
    return move in possible_steps(asked.concern) or move in dict(blocked_steps(asked.concern))


def is_possible(asked: AskedMatter, step: AskedStep) -> bool:
    """Return whether the reader can make the step now, with this answer or another one."""
    is_refused = step.refusal is not None and not is_stale(step) and not step.form.asks
    return step.form.move in possible_steps(asked.concern) and not is_refused


def is_stale(step: AskedStep) -> bool:
    """Return whether the step was not made because the form was made from an older copy, or was sent before."""
    return step.refusal is not None and step.refusal.reason in STALE


def build(asked: AskedMatter, step: AskedStep, today: date) -> StepView:
    """Return the page."""
    said, move = words("matter"), step.form.move
    shown = variant(asked, move)
    choices = tuple(_choices(asked, step, today))
    has_choices = bool(choices) or not step.form.choice
    form = _form(asked, step, choices, today) if has_choices else None
    title = f"{step_name(shown)} - {said['section']}"
    return StepView(
        heading=Heading(
            step_name(shown),
            titled(title, form) if form else title,
            "today",
            Link(said["back_matter"], asked.address),
        ),
        person=asked.name,
        topic=asked.topic,
        because=asked.concern.explanation.because,
        form=form,
        none="" if form else said["without"].get(move, said["no_form"]).format(name=asked.name),
    )


def refused(asked: AskedMatter, step: AskedStep, today: date) -> Notice:
    """Return why a step is not possible, for the page of the matter as it is now."""
    said = words("matter")
    sentence = dict(blocked_steps(asked.concern)).get(step.form.move, said["refused"]["any"])
    since = _changes(asked, step, today) if step.refusal is not None else ()
    return Notice(said["refused"]["heading"], (*since, sentence, said["not_recorded"]))


def _form(asked: AskedMatter, step: AskedStep, choices: tuple[Choice, ...], today: date) -> FormView:
    said, shown = words("matter"), variant(asked, step.form.move)
    effect = "quiet" if asked.concern.quiet and shown == "acknowledge" else shown
    in_words = {"name": asked.name, "owner": called(asked.concern.owner, asked)}
    # A form that comes back because of a wrong answer stays on the copy that the reader saw.
    known = step.known if step.sent.etag else len(asked.concern.steps)
    hidden = {KNOWN: str(known), AS: shown, "from": asked.came_from}
    if step.form.move in ANSWERED_FOR:
        hidden[COPIES] = _copies(asked, step)
    return FormView(
        address=f"{asked.path}/{step.form.move.replace('_', '-')}",
        questions=tuple(_questions(asked, step, choices, today)),
        buttons=(Button(step_name(shown)),),
        hidden=sent_with(step.sent.request_id, step.sent.etag or asked.concern.etag, **hidden),
        effect=said["effect"][effect].format(**in_words),
        notice=_stale(asked, step, today) if is_stale(step) else None,
    )


def _copies(asked: AskedMatter, step: AskedStep) -> str:
    """Return the copies of the parts that the answer is recorded in. A form that comes back keeps those it was sent."""
    if step.copies:
        return step.copies
    plan, name = step.offered, asked.concern.name.replace("/concerns/", "/views/")
    if plan is None:
        return ""
    found = [one for one in plan.views if one.name == name] if step.form.move == "record_view" else plan.supports
    return copies_of({one.name.rpartition("/")[2]: one.etag for one in found})


def _questions(asked: AskedMatter, step: AskedStep, choices: tuple[Choice, ...], today: date) -> Iterator[Question]:
    said, form, typed = words("matter"), step.form, step.typed
    in_words = {"name": asked.name, "example": _example(form, today)}

    def parts(name: str) -> tuple[str, str, str]:
        """Return the question, its hint and what is wrong with its answer."""
        key = form.move if f"{form.move}_{name}" not in said["ask"] else f"{form.move}_{name}"
        hint = said["hint"].get(key, "").format(**in_words)
        return said["ask"][key].format(**in_words), hint, _error(asked, step, name, today)

    if form.choice:
        text, hint, error = parts(form.choice)
        yield choice_question(form.choice, text, choices, hint, error)
    if form.day:
        text, hint, error = parts(form.day)
        yield day_question(form.day, text, typed.day, hint, error)
    if form.words:
        text, hint, error = parts(form.words)
        yield words_question(form.words, text, typed.words, hint, error)


def _example(form: StepForm, today: date) -> str:
    """Return a day as it is typed: when the office is open a week ahead, or today for what has been."""
    ahead = first_working_day_from(WorkingCalendar.OFFICE, today + A_WEEK)
    typed = of_day(ahead if form.day == "next_date" else today)
    return NBSP.join((typed.day, typed.month, typed.year))


def _error(asked: AskedMatter, step: AskedStep, name: str, today: date) -> str:
    """Return what is wrong with the answer to a question, in our own words."""
    wrong, code, days = words("matter")["wrong"], step.typed.faults.get(name, ""), {}
    if step.refusal is not None and not is_stale(step) and _is_about(step, name):
        given = step.refusal.metadata
        days = {day: long_day(date.fromisoformat(given[day])).text for day in ("earliest", "latest") if day in given}
        known = [code for code in (given.get("guard", ""), step.refusal.reason) if code in wrong]
        code = known[0] if known else "any"
    text = wrong.get(f"{code}_{name}") or wrong[code] if code else ""
    in_words = {"name": asked.name, "example": _example(step.form, today), "earliest": "", "latest": ""}
    return str(text.format(**(in_words | days)))


def _is_about(step: AskedStep, name: str) -> bool:
    """Return whether a refusal is about a question. One about none of them stands at the first."""
    asked = [one for one in (step.form.choice, step.form.day, step.form.words) if one]
    refused = step.refusal.field if step.refusal else ""
    return refused == name or (refused not in asked and name == asked[0])


def _choices(asked: AskedMatter, step: AskedStep, today: date) -> Iterator[Choice]:
    for value, text in _offered(asked, step, today):
        yield Choice(value, text, is_chosen=value == step.typed.chosen)


def _offered(asked: AskedMatter, step: AskedStep, today: date) -> Iterable[tuple[str, str]]:
    reasons, concern, move = words("matter")["reasons"], asked.concern, step.form.move
    if move == "merge":
        return _others(asked, step.offered)
    if move == "answer_support":
        return _answers(asked, step.offered)
    if move == "reopen":
        return _items(asked, step.offered, today)
    if move == "release":
        held, holds = concern.course.held_for, enum_of(concern.course, "held_for")
        return [(word, reasons[word]) for word in (to_word(holds, one) for one in held)]
    fitting = {
        "dismiss": ("explained", "rule_not_fitting"),
        "close": _closing(concern),
        "answer_invitation": ("shared", "declined"),
        "record_view": ("words", "none"),
        "start_support": ("module", "mentoring", "information", "extra_one_to_one"),
    }.get(move, ())
    return [(word, reasons[word]) for word in fitting]


def _closing(concern: Any) -> tuple[str, ...]:
    """Return the reasons for closing that fit. The service refuses the others, so nobody is asked to choose them."""
    lane, state = word_of(concern, "lane"), word_of(concern, "state")
    over = ("no_longer_applies",) if concern.closing_proposed else ()
    decided = ("decided",) if state == "recommendation" else ()
    return (*over, *decided, *OF_KIND.get(lane, OF_PRACTICE), "discussed")


def _others(asked: AskedMatter, listed: Any) -> Iterator[tuple[str, str]]:
    titles, kind = titles_of_rules(asked.rules), KINDS.get(word_of(asked.concern, "lane"))
    for one in listed.concerns:
        if one.name != asked.concern.name and KINDS.get(word_of(one, "lane")) == kind:
            because = one.explanation.because
            yield one.name.rpartition("/")[2], f"{titles[one.rule]}: {because}" if one.rule in titles else because


def _answers(asked: AskedMatter, plan: Any) -> Iterator[tuple[str, str]]:
    """Yield each answer to each support that waits for one: one choice names both."""
    said, kinds = words("matter"), words("matter")["reasons"]
    for one in plan.supports:
        if asked.concern.name in one.supported and word_of(one, "state") in AWAITED:
            support = one.name.rpartition("/")[2]
            for answer, text in said["answers"].items():
                yield f"{support}-{answer}", text.format(what=kinds[word_of(one, "kind")])


def _items(asked: AskedMatter, listed: Any, today: date) -> Iterator[tuple[str, str]]:
    """Yield items that came after the matter was closed. Whether one counts on it the service knows."""
    ends = [from_instant(one.move_time) for one in asked.concern.steps if word_of(one, "move") in ENDED]
    for item in listed.evidence_items:
        happened = from_date(item, "happened_date")
        if happened and (not ends or from_instant(item.create_time) > ends[-1]):
            what = f"{word_of(item, 'kind')}, {word_of(item, 'source')}".replace("_", " ").capitalize()
            yield item.name.rpartition("/")[2], f"{what}, {named_day(happened, today).text}"


def _stale(asked: AskedMatter, step: AskedStep, today: date) -> Notice:
    said = words("matter")["stale"]
    is_reused = step.refusal is not None and step.refusal.reason == REUSED
    otherwise = said["recorded" if step.form.move in ANSWERED_FOR else "evidence"]
    changes = (said["reused"],) if is_reused else _changes(asked, step, today) or (otherwise,)
    return Notice(said["heading"], (*changes, said["kept"]))


def _changes(asked: AskedMatter, step: AskedStep, today: date) -> tuple[str, ...]:
    """Return who changed what since the reader opened the form, oldest first."""
    return tuple(_change(asked, one, today) for one in asked.concern.steps[step.known :])


def _change(asked: AskedMatter, moved: Any, today: date) -> str:
    said, states = words("matter"), words("layout")["states"]
    before, after = word_of(moved, "from_state"), word_of(moved, "to_state")
    at = from_instant(moved.move_time)
    day = london_today(at)
    in_words = {
        "who": called(moved.person, asked),
        "when": said["stale"]["today" if day == today else "before"].format(
            day=named_day(day, today).text, time=clock_time(at)
        ),
        "before": states.get(before, before),
        "after": states.get(after, after),
        "what": said["past"].get(word_of(moved, "move"), ""),
    }
    text = said["stale"]["moved" if before != after else "acted"].format(**in_words)
    return f"{text[0].upper()}{text[1:]}"
