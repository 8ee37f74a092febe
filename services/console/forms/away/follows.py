"""Which recommendation a suspension follows, or why it follows none, as a recorder of decisions says it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from services.console.forms.answers import MISSING
from services.console.forms.asked import Answers, Asks, RecordStep
from services.console.views.form import CHOICE, LINE, WORDS

RECORDER = "decision_recorder"
WITHOUT, RECOMMENDATION, HASH, REASONS = "without", "recommendation", "hash", "reasons"
FOLLOWS = "follows"
"""The answer that it follows a recommendation. Each other answer says why there is none."""
LAST_SIGNS = 8
NOT_A_REFERENCE, OTHER_HASH, NOT_THERE = "not_a_reference", "other_hash", "not_there"
_REFERENCE = re.compile(r"\s*(?:(?:safeguarders/)?([a-z0-9-]{3,40})/)?(?:recommendations/)?([A-Za-z0-9_-]{1,64})\s*")
_NAMED = (
    Asks(LINE, RECOMMENDATION, needed=False, most=120),
    Asks(LINE, HASH, needed=False, most=20),
    Asks(WORDS, REASONS, needed=False),
)
_ASKS: Mapping[str, tuple[Asks, ...]] = {
    "suspend": (Asks(CHOICE, WITHOUT, needed=False), *_NAMED),
    "review": (Asks(CHOICE, WITHOUT, needed=False), *_NAMED),
    "lift": _NAMED,
}
_MENDS = (
    "SAY_THE_RECOMMENDATION",
    "OTHER_PACK",
    "REASONS_MISSING",
    "RECOMMENDATION_DOES_NOT_FIT",
    "NOT_SUBMITTED",
    "ALREADY_DECIDED",
    "RECOMMENDER_CANNOT_RECORD",
)
NAMED = (WITHOUT, RECOMMENDATION, HASH, REASONS)


def of_recorders(step: RecordStep, *, follows_already: bool = False) -> RecordStep:
    """Return a step as a recorder is asked it. `follows_already`: the suspension names its recommendation."""
    asks = () if follows_already and step.step == "review" else _ASKS.get(step.step, ())
    return replace(step, asks=(*step.asks, *asks), mends=(*step.mends, *_MENDS)) if asks else step


def without_them(answers: Answers) -> Answers:
    """Return the answers to the other questions."""
    return Answers({name: given for name, given in answers.given.items() if name not in NAMED}, answers.faults)


def reference_in(answers: Answers, person: str) -> str:
    """Return the name of the recommendation that was typed; empty if none was, or none of this person."""
    found = _REFERENCE.fullmatch(answers.text(RECOMMENDATION))
    if found is None or found[1] not in (None, person):
        return ""
    return f"safeguarders/{person}/recommendations/{found[2]}"


def checked(answers: Answers, person: str) -> Answers:
    """Return answers with what is wrong in them before anybody looks for the recommendation."""
    faults, typed = dict(answers.faults), answers.text(RECOMMENDATION)
    if typed and not reference_in(answers, person):
        faults.setdefault(RECOMMENDATION, NOT_A_REFERENCE)
    if typed and not answers.text(HASH):
        faults.setdefault(HASH, MISSING)
    if answers.text(WITHOUT) == FOLLOWS and not typed:
        faults.setdefault(RECOMMENDATION, MISSING)
    return Answers(answers.given, faults)


def checked_with(answers: Answers, digest: str | None) -> Answers:
    """Return answers checked against the hash of the pack that they name. `digest`: None if there is no such pack."""
    if digest is None:
        return Answers(answers.given, {**answers.faults, RECOMMENDATION: NOT_THERE})
    typed = answers.text(HASH).replace(" ", "").lower()
    if typed != digest[-LAST_SIGNS:]:
        return Answers(answers.given, {**answers.faults, HASH: OTHER_HASH})
    return answers
