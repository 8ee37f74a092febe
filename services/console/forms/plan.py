"""The steps on a part of a development plan: answer an action or a support, give another day, say how it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.console.forms.answers import MISSING, TOO_LONG, TypedDay, choice_in, day_in, words_in

MOST = 4000
"""Signs of a text, as the service takes it."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step: the method that makes it, its choice with what can be chosen, and whether it asks for a day.

    `without_words`: answers that need no words.
    """

    kind: str
    step: str
    method: str
    choice: str = ""
    offered: Sequence[str] = ()
    asks_day: bool = False
    without_words: Sequence[str] = ()

    @property
    def name(self) -> str:
        """Return what words call it."""
        return f"{self.kind}_{self.step}"


STEPS: Mapping[tuple[str, str], PlanStep] = {
    (one.kind, one.step): one
    for one in (
        PlanStep("action", "answer", "AnswerAction", "answer", ("agreed", "partly", "not_agreed"),
                 without_words=("agreed",)),
        PlanStep("action", "move", "ChangeActionDate", asks_day=True),
        PlanStep("action", "end", "CloseAction", "outcome",
                 ("met", "partly_met", "not_met", "not_possible", "withdrawn")),
        PlanStep("support", "answer", "AnswerSupport", "answer", ("accepted", "declined", "none_given"),
                 without_words=("accepted", "none_given")),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """What was answered. `faults`: what is wrong, by question, in words of a closed list."""

    chosen: str = ""
    day: TypedDay = TypedDay()
    words: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)


def read(step: PlanStep, form: Mapping[str, str]) -> Typed:
    """Return what was answered."""
    chosen, faults = choice_in(form, step.choice, step.offered) if step.choice else "", {}
    day, (words, wrong) = day_in(form, "due_date"), words_in(form, "words", MOST)
    if step.choice and not chosen:
        faults[step.choice] = MISSING
    if step.asks_day and isinstance(day.read, str):
        faults["due_date"] = day.read
    if wrong == TOO_LONG or (wrong == MISSING and chosen not in step.without_words and step.choice not in faults):
        faults["words"] = wrong
    return Typed(chosen, day, words, faults)
