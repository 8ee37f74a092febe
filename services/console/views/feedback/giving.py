"""What people see who give feedback by a link: one question a page, their answers once more, and a receipt.

No page has a name. The words for a child are short.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.client.words import word_of
from services.console.days import long_day
from services.console.forms.feedback.giving import (
    AT,
    BACK,
    CHECK,
    DO,
    NEEDED,
    NEXT,
    SEND,
    SKIP,
    START,
    STATE,
    TO,
    Said,
)
from services.console.views.form import (
    Button,
    Choice,
    FormView,
    Hidden,
    Question,
    choice_question,
    line_question,
    titled,
    words_question,
)
from services.console.views.heading import Heading
from services.console.words import words
from services.platform.calls.wire import from_date

HERE, STAGE = "/feedback", "/feedback/stage"
CODE = "code"


@dataclass(frozen=True, slots=True)
class Row:
    """One answer on the page on which everything is checked. `name`: what the button to change it sends."""

    asks: str
    says: str
    name: str


@dataclass(frozen=True, slots=True)
class GivingView:
    """A page. `is_large`: for a child, in larger type. `code`: shown by itself, to be written down."""

    heading: Heading
    lines: tuple[str, ...] = ()
    form: FormView | None = None
    rows: tuple[Row, ...] = ()
    code: str = ""
    after: tuple[str, ...] = ()
    stage_link: str = ""
    is_large: bool = False
    has_own_h1: bool = True
    """Whether the heading stands above the form. Otherwise the question is the heading."""


def build_start(said: Said, sealed: str) -> GivingView:
    """Return the page on which nothing is asked yet."""
    told = words("feedback")["start"][said.giver]
    form = _form(START, sealed, (), (Button(told["button"], DO, NEXT),))
    return GivingView(
        _heading(told["h1"]),
        tuple(told["lines"]),
        form,
        after=tuple(told["after"]),
        stage_link=STAGE,
        is_large=_is_large(said),
    )


def build_question(said: Said, name: str, sealed: str, typed: str, fault: str = "", to: str = "") -> GivingView:
    """Return the page of a question. `fault`: what is wrong with the answer. `to`: the page to which it leads back."""
    text = words("feedback")
    question = _question(said, name, typed, text["wrong"][fault] if fault else "")
    buttons = [Button(text["next"], DO, NEXT)]
    if (said.giver, name) not in NEEDED:
        buttons.append(Button(text["skip"], DO, SKIP))
    buttons.append(Button(text["back"], DO, BACK))
    form = _form(name, sealed, (question,), tuple(buttons), to)
    heading = replace(_heading(question.text), title=titled(text["title"], form))
    return GivingView(heading, form=form, is_large=_is_large(said), has_own_h1=False)


def build_check(said: Said, sealed: str) -> GivingView:
    """Return the page with every answer, before they are sent."""
    text = words("feedback")
    told = text["check"][said.giver]
    rows = tuple(Row(_asks(said, name), _says(said, name), name) for name in said.questions)
    buttons = (Button(told["button"], DO, SEND), Button(text["back"], DO, BACK))
    form = _form(CHECK, sealed, (), buttons)
    lines = tuple(told["lines"]) if said.answers else (text["nothing"],)
    unsafe = tuple(text["unsafe"][said.giver]) if said.is_unsafe else ()
    return GivingView(_heading(told["h1"]), (*unsafe, *lines), form, rows, is_large=_is_large(said))


def build_receipt(giver: str, code: str, *, is_unsafe: bool = False, sent_before: bool = False) -> GivingView:
    """Return the page with the code, once something was sent."""
    text = words("feedback")
    told = text["receipt"][giver]
    lines = (text["sent_before"],) if sent_before else ()
    unsafe = tuple(text["unsafe"][giver]) if is_unsafe else ()
    after = (*told["after"], *unsafe)
    large = giver == "child"
    return GivingView(
        _heading(told["h1"]), (*lines, *told["lines"]), code=code, after=after, stage_link=STAGE, is_large=large
    )


def build_closed(contact: str) -> GivingView:
    """Return the one page for a link that can't be used, whatever the reason, and for somebody who has none."""
    text = words("feedback")
    return GivingView(_heading(text["closed"]["h1"]), (*text["closed"]["lines"], contact), stage_link=STAGE)


def build_stage(typed: str, fault: str = "") -> GivingView:
    """Return the page on which a code is typed."""
    text = words("feedback")
    error = text["stage"][fault] if fault else ""
    question = line_question(CODE, text["stage"]["ask"], typed, text["stage"]["hint"], error, 20)
    form = FormView(STAGE, (question,), (Button(text["stage"]["button"]),))
    heading = Heading(text["stage"]["h1"], titled(text["title"], form))
    return GivingView(heading, form=form)


def build_found(found: Any) -> GivingView:
    """Return the page that says how far something has come."""
    text = words("feedback")["stage"]
    says = text["is"][word_of(found, "stage")]
    sent_on: date | None = from_date(found, "send_date")
    lines = (says, *((text["sent"].format(day=long_day(sent_on).text),) if sent_on else ()), text["nobody"])
    return GivingView(_heading(text["found_h1"]), lines)


def _form(at: str, sealed: str, questions: tuple[Question, ...], buttons: tuple[Button, ...], to: str = "") -> FormView:
    hidden = (Hidden(STATE, sealed), Hidden(AT, at), *((Hidden(TO, to),) if to else ()))
    return FormView(HERE, questions, buttons, hidden)


def _question(said: Said, name: str, typed: str, error: str) -> Question:
    text = words("feedback")
    asks, hint = _asks(said, name), text["hint"][said.giver].get(name, "")
    choices = said.questions[name]
    if not choices:
        return replace(words_question(name, asks, typed, hint, error), is_heading=True)
    offered = (Choice(each, _choice(said, name, each), is_chosen=each == typed) for each in choices)
    return replace(choice_question(name, asks, offered, hint, error), is_heading=True)


def _asks(said: Said, name: str) -> str:
    return str(words("feedback")["ask"][said.giver][name])


def _says(said: Said, name: str) -> str:
    answer = said.answers.get(name, "")
    if not answer:
        return str(words("feedback")["skipped"])
    return _choice(said, name, answer) if said.questions[name] else answer


def _choice(said: Said, name: str, choice: str) -> str:
    text = words("feedback")["choices"]
    return str(text.get(name, {}).get(choice) or text["any"][choice])


def _heading(h1: str) -> Heading:
    return Heading(h1, str(words("feedback")["title"]))


def _is_large(said: Said) -> bool:
    return said.giver == "child"
