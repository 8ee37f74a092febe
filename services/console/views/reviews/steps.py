"""The form of one step on a review request: what it asks for, and what it does before its button."""

from collections.abc import Mapping, Sequence

from services.client.words import word_of
from services.console.forms.asked import AskedForm, Asks
from services.console.views.asked import Asking, FormPage, Quoted, Shown, form_view
from services.console.views.form import CHOICE, WORDS, titled
from services.console.views.heading import Heading, Link
from services.console.views.parts import Found
from services.console.views.reviews.request import AskedRequest, effect_of
from services.console.views.reviews.target import FOLDER, kind_of, target_of
from services.console.words import words

STEPS: Mapping[str, AskedForm] = {
    one.step: one
    for one in (
        AskedForm("accept", (Asks(CHOICE, "answer"), Asks(WORDS, "words", needed=False))),
        AskedForm("assign", (Asks(CHOICE, "reviewer"),)),
        AskedForm("statement", (Asks(WORDS, "words"),)),
        AskedForm("decide", (Asks(CHOICE, "decision"), Asks(WORDS, "reasons"))),
        AskedForm("withdraw"),
    )
}
"""Every step, by its name in an address."""
RECORD = "session_record"


def build(asking: Asking, asked: AskedRequest, request_id: str) -> FormPage:
    """Return the page of a step. Where there is nothing to choose from it has no form, and says so."""
    said, step = words(FOLDER), asking.form.step
    choices = _choices(step, asked)
    shown = Shown(
        FOLDER,
        f"{asked.path}/{step}",
        asked.request.etag,
        choices,
        {"name": asked.name},
        _decides(asked) if step == "decide" else "",
    )
    has_choices = all(choices.get(asks.name) for asks in asking.form.asks if asks.kind == CHOICE)
    form = form_view(asking, shown, request_id) if has_choices else None
    title = f"{said['steps'][step]} - {said['section']}"
    target = target_of(kind_of(asked.request), asked.target)
    place = "my_file" if asked.is_own else "reviews"
    is_record = step == "decide" and word_of(asked.request, "target_kind") == RECORD
    return FormPage(
        heading=Heading(
            said["steps"][step], titled(title, form) if form else title, place, Link(said["back_review"], asked.path)
        ),
        about=target.title if asked.is_own else f"{asked.name}, {target.title}",
        lines=(said["record_by_command"],) if is_record else (),
        quoted=(Quoted(said["why"], asked.request.words),),
        form=form,
        none=() if form else (said["without"][step],),
    )


def _choices(step: str, asked: AskedRequest) -> Mapping[str, Sequence[tuple[str, str]]]:
    said = words(FOLDER)
    if step == "accept":
        return {"answer": tuple(said["choices"]["accept"].items())}
    if step == "assign" and isinstance(asked.reviewers, Found):
        outside = [one.person for one in asked.reviewers.answer.reviewers if not one.bars]
        return {"reviewer": tuple((person, asked.called(person)) for person in outside)}
    if step == "decide":
        # The text that a record has from now on is not written on this page.
        decisions = ("not_upheld",) if word_of(asked.request, "target_kind") == RECORD else ("upheld", "not_upheld")
        return {"decision": tuple((word, said["decisions"][word]) for word in decisions)}
    return {}


def _decides(asked: AskedRequest) -> str:
    """Return what either decision does, and who is told."""
    said = words(FOLDER)["decide_effect"]
    either = [said[word].format(what=effect_of(asked.request, word)) for word in ("upheld", "not_upheld")]
    return " ".join((*either, said["both"].format(name=asked.name)))
