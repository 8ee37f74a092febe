"""The steps on an item of evidence: which there are, what the form of each one asks, and how its answer is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.console.forms import complaints
from services.console.forms.answers import MISSING, day_in, words_in
from services.console.forms.recording import MOST, POLARITIES, reading_field, ticked_in

STEPS = ("read", "share", "stage", "extend", "outcome", "wrong-step", "correct", "withdraw")
"""Every step, in the order in which they are offered."""
OF_THE_TEAM = (*complaints.STEPS, "outcome", "correct", "withdraw")
"""Steps that only the Panel Team makes. Their manager makes the others too."""
OUTCOMES = ("upheld", "partly_upheld", "not_upheld", "resolved", "withdrawn")
REASONS = ("entered_wrongly", "source_corrected", "wrong_person", "duplicate", "not_admissible")
"""Why an item is corrected or withdrawn. That a review was upheld only its decision says."""
OF_A_CORRECTION = REASONS[:2]
STANDARDS = "standards"
"""The hidden field with what was ticked, on the second page of reading an item against the standards."""
_INDICATOR = re.compile(r"[A-Za-z0-9.]{1,16}")


@dataclass(frozen=True, slots=True)
class StepTyped:
    """What was answered, by field, and what is wrong with it. `ticked`: what an item is said to speak to, so far."""

    said: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
    is_half: bool = False
    """Whether it was said which standards an item speaks to, and not yet what it says of each."""


def is_of(step: str, role: str) -> bool:
    """Return whether a role makes a step at all."""
    return role == "panel_team" or (role == "support_manager" and step not in OF_THE_TEAM)


def read(step: str, form: Mapping[str, str]) -> StepTyped:
    """Return what was answered to the form of a step. Whether it fits the item, the service says."""
    match step:
        case "read":
            return _readings(form)
        case "outcome":
            return _chosen(form, "outcome", OUTCOMES)
        case "withdraw":
            return _chosen(form, "reason", REASONS)
        case "correct":
            return _corrected(form)
        case "stage" | "extend" | "wrong-step":
            return StepTyped(*complaints.read(step, form))
        case _:
            return StepTyped()


def _chosen(form: Mapping[str, str], name: str, offered: tuple[str, ...]) -> StepTyped:
    given = form.get(name, "")
    return StepTyped({name: given}) if given in offered else StepTyped(faults={name: MISSING})


def _readings(form: Mapping[str, str]) -> StepTyped:
    if STANDARDS not in form:
        ticked = tuple(ticked_in(form))
        return StepTyped(ticked=ticked, is_half=True, faults={} if ticked else {"standards": MISSING})
    ticked = tuple(one for one in form[STANDARDS].split(",") if _INDICATOR.fullmatch(one))
    given = {one: form.get(reading_field(one), "") for one in ticked}
    faults = {reading_field(one): MISSING for one, polarity in given.items() if polarity not in POLARITIES}
    said = ",".join(f"{one}:{polarity}" for one, polarity in given.items())
    return StepTyped({} if faults else {"readings": said}, faults, ticked)


def _corrected(form: Mapping[str, str]) -> StepTyped:
    chosen = _chosen(form, "reason", OF_A_CORRECTION)
    said, faults = dict(chosen.said), dict(chosen.faults)
    for name in ("happened", "received"):
        day = day_in(form, name).read
        if isinstance(day, str):
            faults[name] = day
        else:
            said[name] = day.isoformat()
    said["case"] = form.get("case", "").strip()[:64]
    said["summary"], wrong = words_in(form, "summary", MOST)
    if wrong and wrong != MISSING:  # an item may have no words
        faults["summary"] = wrong
    return StepTyped(said, faults)
