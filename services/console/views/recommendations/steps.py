"""The form of one step on a recommendation: what it asks for, and what it does before its button."""

import re
from collections.abc import Mapping
from typing import Any

from services.console.forms.asked import AskedForm, Asks
from services.console.views.asked import Asking, FormPage, Quoted, Shown, form_view
from services.console.views.form import CHOICE, WORDS, titled
from services.console.views.heading import Heading, Link
from services.console.views.recommendations.asked import AskedRecommendation
from services.console.views.recommendations.lists import FOLDER, what_it_says
from services.console.words import words

_ANSWER = re.compile(r"answer_\d{1,2}")
FIXED = {
    one.step: one
    for one in (
        AskedForm("check"),
        AskedForm("share"),
        AskedForm("approve"),
        AskedForm("submit", (Asks(CHOICE, "reviews"),)),
        AskedForm("withdraw", (Asks(WORDS, "because"),)),
        AskedForm("say", (Asks(WORDS, "words", needed=False), Asks(CHOICE, "more"))),
    )
}
"""Every step, by its name in an address, as far as it asks the same of each recommendation."""


def form_of(step: str, asked: AskedRecommendation) -> AskedForm:
    """Return the form of a step. To approve is to answer everything that the person said."""
    if step == "approve":
        return AskedForm("approve", tuple(Asks(WORDS, f"answer_{at}") for at, _ in _unanswered(asked)))
    if step == "submit" and not _has_open_review(asked):
        return AskedForm("submit")
    return FIXED[step]


def form_sent(step: str, asked: AskedRecommendation, sent: Mapping[str, str]) -> AskedForm:
    """Return the form that was sent. After an approval nothing is unanswered, and a second press is the same form."""
    form = form_of(step, asked)
    if step != "approve":
        return form
    names = dict.fromkeys([*(asks.name for asks in form.asks), *filter(_ANSWER.fullmatch, sent)])
    return AskedForm("approve", tuple(Asks(WORDS, name) for name in names))


def build(asking: Asking, asked: AskedRecommendation, request_id: str) -> FormPage:
    """Return the page of a step."""
    said, step = words(FOLDER), asking.form.step
    choices = {asks.name: tuple(said["choices"][asks.name].items()) for asks in asking.form.asks if asks.kind == CHOICE}
    put_in = {"name": asked.name, "hash": asked.pack.hash[-8:]}
    shown = Shown(FOLDER, f"{asked.path}/{step}", asked.one.etag, choices, put_in)
    form = form_view(asking, shown, request_id)
    title = f"{said['steps'][step]} - {said['h1']}"
    says = what_it_says(asked.one)
    quoted = [Quoted(said.say("they_said_at", n=at), one.words) for at, one in _unanswered(asked)]
    return FormPage(
        heading=Heading(
            said["steps"][step],
            titled(title, form),
            "my_file" if asked.is_own else "reviews",
            Link(said["back_one"], asked.path),
        ),
        about=says if asked.is_own else f"{asked.name}, {says}",
        lines=(said["say_lead"],) if step == "say" else (),
        quoted=tuple(quoted) if step == "approve" else (),
        form=form,
    )


def _unanswered(asked: AskedRecommendation) -> list[tuple[int, Any]]:
    """Return what the person said and nobody has answered, numbered from 1."""
    return list(enumerate((one for one in asked.one.representations if not one.answer), 1))


def _has_open_review(asked: AskedRecommendation) -> bool:
    return any(line.what == line.WHAT_REVIEW_OPEN for line in asked.pack.lines)
