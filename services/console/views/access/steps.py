"""The forms that open a file in an emergency, close it, and review that."""

from collections.abc import Mapping
from typing import Any

from services.client.words import id_under, safeguarder_of, word_of
from services.console.forms.asked import AskedForm, Asks
from services.console.views.access.listed import FOLDER, PATH, AskedAccesses, stands
from services.console.views.asked import Asking, FormPage, Quoted, Shown, form_view
from services.console.views.form import CHOICE, LINE, WORDS, titled
from services.console.views.heading import Heading, Link
from services.console.words import words

WHOSE, MOST = "whose", 500
"""The question whose file it is, and signs of a reason, as the service takes it."""
OPEN = AskedForm(
    "open",
    (Asks(LINE, WHOSE, most=40), Asks(CHOICE, "kind"), Asks(WORDS, "reason", most=MOST)),
    mends=("FILE_OPEN_TO_YOU", "ACCESS_OPEN_ALREADY"),
)
STEPS: Mapping[str, AskedForm] = {
    "close": AskedForm("close"),
    "review": AskedForm("review", (Asks(CHOICE, "outcome"), Asks(WORDS, "reasons", most=MOST))),
}
"""Steps on an emergency access, by their names in an address."""
NOT_FOUND = "not_found"


def opening(asking: Asking, request_id: str) -> FormPage:
    """Return the form that opens a file. It asks for a number, because an address may hold nothing personal."""
    said = words(FOLDER)
    shown = Shown(FOLDER, f"{PATH}/open", "", {"kind": tuple(said["choices"]["kind"].items())})
    form = form_view(asking, shown, request_id)
    return FormPage(
        heading=Heading(said["steps"]["open"], titled(said["open_title"], form), "accesses", _back()),
        about="",
        lines=tuple(said["open_lines"]),
        quoted=(),
        form=form,
    )


def build(asking: Asking, access: Any, asked: AskedAccesses, request_id: str) -> FormPage:
    """Return the form of a step on an emergency access."""
    said, step, one = words(FOLDER), asking.form.step, safeguarder_of(access.name)
    by, person = asked.called(access.opened_by), asked.about(access)
    choices = {"outcome": tuple(said["choices"]["outcome"].items())}
    put_in = {"name": by, "person": person}
    form = form_view(
        asking, Shown(FOLDER, f"{PATH}/{one}/{id_under(access.name)}/{step}", "", choices, put_in), request_id
    )
    what = said.say("opened_by", name=by, why=said.say(word_of(access, "kind"), person=person))
    read = (said.say("what_was_read", person=one, reader=access.opened_by),) if step == "review" else ()
    return FormPage(
        heading=Heading(
            said["steps"][step], titled(f"{said['steps'][step]} - {said['h1']}", form), "accesses", _back()
        ),
        about=person,
        lines=(f"{what} {stands(access)}", *read),
        quoted=(Quoted(said["why"], access.reason),),
        form=form,
    )


def _back() -> Link:
    return Link(words(FOLDER)["back"], PATH)
