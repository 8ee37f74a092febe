"""The forms with which a decision is recorded, and a record of one corrected."""

from datetime import date
from typing import Any

from services.client.words import word_of
from services.console.forms.asked import Answers, AskedForm, Asks
from services.console.forms.decided import Said
from services.console.views.asked import Asking, FormPage, Quoted, Shown, form_view
from services.console.views.decisions.shown import FOLDER, AskedDecision, begins, day_of, says
from services.console.views.form import CHOICE, DAY, LINE, WORDS, titled
from services.console.views.heading import Heading, Link
from services.console.views.recommendations.lists import what_it_says
from services.console.words import words

LAST_SIGNS = 8
OTHER_HASH, NOT_A_NUMBER, NOT_THREE = "other_hash", "not_a_number", "not_three"
TO_GO_ON = ("recommend", "with_conditions")
DECIDES = {
    "appointment": TO_GO_ON,
    "reappointment": (*TO_GO_ON, "do_not_recommend"),
    "continuing": (*TO_GO_ON, "more_time", "do_not_recommend"),
    "removal": ("recommend",),
}
"""What can be decided on each kind of recommendation and is recorded on the page."""
CORRECTIONS = {
    "correct": AskedForm(
        "correct",
        (
            Asks(CHOICE, "what"),
            Asks(DAY, "effective_date", needed=False),
            Asks(LINE, "term_months", needed=False, most=2),
            Asks(WORDS, "because"),
        ),
    ),
    "confirm": AskedForm("confirm"),
    "take-back": AskedForm("take-back", (Asks(WORDS, "because"),)),
}
"""Steps on a record of a decision, by their names in an address."""


def form_of(asked: AskedDecision) -> AskedForm:
    """Return the form that records a decision. Only a further term has a length that is asked for."""
    months = (Asks(LINE, "term_months", most=2),) if word_of(asked.one, "kind") == "reappointment" else ()
    return AskedForm(
        "record",
        (
            Asks(CHOICE, "decided_as"),
            Asks(DAY, "effective_date"),
            *months,
            Asks(LINE, "basis", most=200),
            Asks(WORDS, "reasons", needed=False),
            Asks(LINE, "hash", most=20),
        ),
    )


def checked(answers: Answers, asked: AskedDecision | None = None) -> Answers:
    """Return answers with what only these forms know to be wrong: the signs of a hash, a number, a legal basis."""
    faults, given = dict(answers.faults), answers.given
    months = answers.text("term_months")
    if months and not (months.isascii() and months.isdigit()):
        faults["term_months"] = NOT_A_NUMBER
    if asked is not None:
        typed = answers.text("hash").replace(" ", "").lower()
        if "hash" not in faults and typed != asked.pack.hash[-LAST_SIGNS:]:
            faults["hash"] = OTHER_HASH
        if "basis" not in faults and len(_basis(answers)) != len(("instrument", "provision", "version")):
            faults["basis"] = NOT_THREE
        if answers.text("decided_as") == "do_not_recommend":
            faults.pop("term_months", None)
    return Answers(given, faults)


def said_in(answers: Answers, kind: str) -> Said:
    """Return what is recorded. `kind`: of the recommendation."""
    outcome, day = answers.text("decided_as"), answers.day("effective_date").read
    ends = "removed" if kind == "removal" else ""
    if kind == "reappointment" and outcome == "do_not_recommend":
        ends = "not_reappointed"
    recorded = {"appointment": "appointed", "reappointment": "reappointed", "continuing": "continuing"}
    instrument, provision, version = _basis(answers)
    return Said(
        kind="ended" if ends else recorded[kind],
        end_reason=ends,
        decided_as=outcome,
        on=day if isinstance(day, date) else date.min,
        months=0 if ends else int(answers.text("term_months") or 0),
        basis=(instrument, provision, version),
        reasons=answers.text("reasons"),
    )


def record(asking: Asking, asked: AskedDecision, request_id: str, today: date) -> FormPage:
    """Return the form that records a decision."""
    said, kind = words(FOLDER), word_of(asked.one, "kind")
    outcomes = words("recommendations")["outcomes"]
    if not asking.sent.request_id:
        asking = Asking(asking.form, Answers({"basis": said["bases"][kind]}), asking.sent)
    choices = {"decided_as": tuple((word, said["decided_as"][word]) for word in DECIDES[kind])}
    put_in = {"name": asked.person.display_name, "example": day_of(today)}
    form = form_view(asking, Shown(FOLDER, f"{asked.path}/record", "", choices, put_in), request_id)
    return FormPage(
        heading=Heading(said["steps"]["record"], titled(_title("record"), form), "decisions", _back(asked)),
        about=f"{asked.person.display_name}, {what_it_says(asked.one)}",
        lines=(said.say("recommended", outcome=outcomes[word_of(asked.one.text, "outcome")]), said["record_lead"]),
        quoted=(Quoted(said["hash"], begins(asked.pack.hash)),),
        form=form,
    )


def correction(asking: Asking, asked: AskedDecision, one: Any, request_id: str) -> FormPage:
    """Return the form of a step on what is recorded of one decision."""
    said, step = words(FOLDER), asking.form.step
    path = f"{asked.path}/records/{one.name.rpartition('/')[2]}/{step}"
    choices = {"what": tuple(said["choices"]["what"].items())}
    put_in = {"name": asked.person.display_name}
    form = form_view(asking, Shown(FOLDER, path, one.etag, choices, put_in), request_id)
    newest = one.corrections[-1] if one.corrections and step != "correct" else None
    lines = [said.say("now_says", says=says(one.record) if one.HasField("record") else said["no_such"])]
    if newest is not None:
        lines.append(said.say("would_say", says=says(newest.record) if newest.HasField("record") else said["no_such"]))
    return FormPage(
        heading=Heading(said["steps"][step], titled(_title(step), form), "decisions", _back(asked)),
        about=asked.person.display_name,
        lines=tuple(lines),
        quoted=(Quoted(said["correction_because"], newest.because),) if newest is not None else (),
        form=form,
    )


def _title(step: str) -> str:
    said = words(FOLDER)
    return f"{said['steps'][step]} - {said['h1']}"


def _back(asked: AskedDecision) -> Link:
    return Link(words(FOLDER)["back_one"], asked.path)


def _basis(answers: Answers) -> list[str]:
    """Return the three parts of what a decision rests on, as they were typed."""
    return [part.strip() for part in answers.text("basis").split(";") if part.strip()]
