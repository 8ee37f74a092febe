"""The steps on a matter: what the form of each one asks for, and how its answer is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.console.forms.answers import ID, MISSING, TOO_LONG, Sent, TypedDay, day_in, words_in

_COPY = re.compile(r"([A-Za-z0-9_-]{1,64}):([A-Za-z0-9_-]{1,64})")
MOST = 2000
"""Signs of a text, as the services take it."""
AS = "as"
"""The hidden field that says which case of the step the form was made for."""
VARIANTS = {"acknowledge": ("another_date", "take_over")}
KNOWN = "known"
"""The hidden field with the number of moves that the reader has seen. What came after is what somebody else did."""


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step, and the fields of its request that its questions fill: a choice, a day and words, in this order.

    `fixed`: the one reason that it gives without asking.
    """

    move: str
    choice: str = ""
    day: str = ""
    words: str = ""
    fixed: str = ""

    @property
    def asks(self) -> bool:
        """Return whether it has a question."""
        return bool(self.choice or self.day or self.words)


STEPS: Mapping[str, StepForm] = {
    one.move.replace("_", "-"): one
    for one in (
        StepForm("acknowledge", day="next_date"),
        StepForm("start_support", choice="kind", day="discussed_date", words="words"),
        StepForm("answer_support", choice="answer", words="words"),
        StepForm("ask_for_view"),
        StepForm("record_view", choice="given", words="words"),
        StepForm("dismiss", choice="reason"),
        StepForm("close", choice="reason"),
        StepForm("escalate"),
        # Reviews and suspensions hold a matter by themselves, so this is the one reason that a person gives.
        StepForm("hold", fixed="practice_unclear"),
        StepForm("release", choice="reason"),
        StepForm("merge", choice="into"),
        StepForm("reopen", choice="evidence"),
        StepForm("invite_to_share"),
        StepForm("answer_invitation", choice="answer"),
    )
}
"""Every step that a page makes, by its name in an address."""
COPIES = "copies"
"""The hidden field with the etag of each part of the plan that an answer is entered for, by its id."""
ANSWERED_FOR = ("answer_support", "record_view")
"""Steps that enter what somebody said, in a part of the plan."""
OF_THE_RECORD = ("start_support", "answer_support", "ask_for_view", "record_view")
"""Steps that the record keeps. Rules hear of them a moment later, and say nothing of when they are possible."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was answered. `faults`: what is wrong, by field, in words of a closed list."""

    chosen: str = ""
    day: TypedDay = TypedDay()
    words: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    def answer(self, step: StepForm, person: str) -> dict[str, date | str]:
        """Return the fields of the request that the answer fills. `person`: the name of the record it is about."""
        chosen = f"{person}/concerns/{self.chosen}" if step.choice == "into" else self.chosen
        filled = {step.choice: chosen, step.day: self.day.read, step.words: self.words}
        if step.fixed:
            filled["reason"] = step.fixed
        return {name: value for name, value in filled.items() if name and value}


def read(step: StepForm, form: Mapping[str, str]) -> Typed:
    """Return what was answered. What the matter offers is checked by the service, which knows how it stands now."""
    faults = {}
    chosen, day = form.get(step.choice, ""), day_in(form, step.day)
    words, wrong = words_in(form, step.words, MOST)
    if step.choice and not ID.fullmatch(chosen):
        chosen, faults[step.choice] = "", MISSING
    if step.day and isinstance(day.read, str):
        faults[step.day] = day.read
    if step.words and wrong == TOO_LONG:
        faults[step.words] = wrong
    return Typed(chosen, day, words, faults)


def shown_as(step: StepForm, form: Mapping[str, str]) -> str:
    """Return what the step was in its case, for the message after it."""
    given = form.get(AS, "")
    return given if given in VARIANTS.get(step.move, ()) else step.move


def copies_of(etags: Mapping[str, str]) -> str:
    """Return the etags of parts, by their ids, as a form carries them."""
    return " ".join(f"{part}:{etag}" for part, etag in etags.items())


def copy_sent(step: StepForm, typed: Typed, sent: Sent, form: Mapping[str, str], concern: str) -> Sent:
    """Return with what a step is sent: the copy of the matter, or of the part of the plan that it is recorded in.

    A support is named before the answer to it, and the view on a matter has the id of the matter.
    """
    if step.move not in ANSWERED_FOR:
        return sent
    part = typed.chosen.rpartition("-")[0] if step.move == "answer_support" else concern
    etags = dict(_COPY.findall(form.get(COPIES, "")))
    return Sent(sent.request_id, etags.get(part, ""))


def known_in(form: Mapping[str, str]) -> int:
    """Return how many moves the reader had seen; 0 if the form does not say so."""
    given = form.get(KNOWN, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
