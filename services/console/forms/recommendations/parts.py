"""The parts of the text of a recommendation: where each is written, and what its form asks."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.console.forms.asked import AskedForm, Asks
from services.console.views.form import CHOICE, DAY, TICKS, WORDS

OUTCOME, CRITERION, CONDITION, TIME = "outcome", "criterion", "condition", "time"
NEW_CONDITION = "new-condition"
NAMES, CONCERNS = "names", "concerns"
HELD = "condition"
"""The hidden field with the mark of the condition that its reader saw."""
_CONDITION = re.compile(r"condition-([1-9][0-9]?)")
_MARK = re.compile(r"[0-9a-f]{16}")
_ABOUT = (Asks(CHOICE, "outcome"), Asks(TICKS, CONCERNS, needed=False))
DRAFT = AskedForm(
    "draft",
    (Asks(CHOICE, "kind"), *_ABOUT),
    ("RECOMMENDATION_OPEN", "NOT_AN_APPLICANT", "NOT_APPOINTED", "NOT_SUSPENDED", "CONCERN_NOT_OPEN"),
)
"""The form on which a recommendation begins."""
TAKE_OUT = AskedForm("take_out")
FORMS: Mapping[str, AskedForm] = {
    OUTCOME: AskedForm(OUTCOME, _ABOUT, ("CONCERN_NOT_OPEN",)),
    CRITERION: AskedForm(CRITERION, (Asks(CHOICE, "answer"), Asks(WORDS, "words"), Asks(TICKS, NAMES, needed=False))),
    CONDITION: AskedForm(
        CONDITION,
        (
            Asks(WORDS, "words"),
            Asks(WORDS, "measure"),
            Asks(DAY, "due_date"),
            Asks(WORDS, "support"),
            Asks(CHOICE, "support_kind"),
            Asks(CHOICE, "standard"),
        ),
    ),
    TIME: AskedForm(TIME, (Asks(DAY, "until_date"), Asks(WORDS, "what"), Asks(WORDS, "where_from"))),
}
"""The form of each kind of part."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text. `about`: the criterion, or the mark of a condition; empty for one that is new.

    `place`: of the condition among the others, from 1; 0 for one that is new.
    """

    kind: str
    about: str = ""
    place: int = 0

    @property
    def id(self) -> str:
        """Return what it is called in an address."""
        if self.kind == CRITERION:
            return self.about.replace("_", "-")
        if self.kind == CONDITION:
            return f"condition-{self.place}" if self.place else NEW_CONDITION
        return self.kind


def part_of(known: str, criteria: Iterable[str]) -> Part | None:
    """Return a part by its name in an address. `criteria`: the words of the contract for what can be asked."""
    if known in (OUTCOME, TIME):
        return Part(known)
    if known == NEW_CONDITION:
        return Part(CONDITION)
    found = _CONDITION.fullmatch(known)
    if found:
        return Part(CONDITION, place=int(found[1]))
    word = known.replace("-", "_")
    return Part(CRITERION, word) if word in criteria and "_" not in known else None


def mark_of(condition: Any) -> str:
    """Return a mark of a condition, by which a form names the one that its reader saw.

    Its place would not do: somebody else may take out the condition before it meanwhile.
    """
    return hashlib.sha256(condition.SerializeToString(deterministic=True)).hexdigest()[:16]


def marked(part: Part, text: Any, form: Mapping[str, str]) -> Part | None:
    """Return a part with the mark of its condition: as the form has it, else of what stands at its place; None if none.

    A condition that has another place by now is returned with that.
    """
    if part.kind != CONDITION or not part.place:
        return part
    marks, mark = [mark_of(one) for one in text.conditions], form.get(HELD, "")
    if not form:
        mark = marks[part.place - 1] if part.place <= len(marks) else ""
    if mark in marks:
        return Part(CONDITION, mark, marks.index(mark) + 1)
    return Part(CONDITION, mark, part.place) if _MARK.fullmatch(mark) else None
