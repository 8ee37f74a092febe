"""The questions of a feedback link, and the answers so far, which travel in one sealed field of each page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from services.console.forms.answers import MISSING, choice_in, words_in
from services.console.signin.by_link import FEEDBACK
from services.console.signin.session_cookie import SessionKeys

MOST_SIGNS = 500
"""As many as an answer may have."""
START, CHECK, STATE, AT, DO, TO = "start", "check", "said", "at", "do", "to"
"""Names: the two pages that ask nothing, and the fields of each form."""
NEXT, SKIP, BACK, SEND, CHANGE = "next", "skip", "back", "send", "change"
"""What the buttons do."""
YES_NO, HOW_FAR = ("yes", "no"), ("yes", "a_bit", "no", "dont_know")
WORDS: tuple[str, ...] = ()
QUESTIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "child": {
            "listened": HOW_FAR,
            "explained": HOW_FAR,
            "spoke_for_me": HOW_FAR,
            "good": WORDS,
            "not_good": WORDS,
            "helped": YES_NO,
            "wish": WORDS,
            "safe": ("yes", "no", "dont_know"),
        },
        "adult": {
            "who": ("parent", "carer", "other"),
            "explained": ("yes", "partly", "no"),
            "heard": ("yes", "partly", "no"),
            "good": WORDS,
            "better": WORDS,
            "complaint": YES_NO,
            "unsafe": YES_NO,
            "consent": ("yes", "kind_only", "ask_first"),
            "contact": WORDS,
        },
        "agency": {
            "who": ("social_work", "reporter", "panel_member", "sheriff"),
            "on_time": ("yes", "no", "dont_know"),
            "clear": ("yes", "partly", "no"),
            "together": ("well", "mixed", "not_well"),
            "good": WORDS,
            "better": WORDS,
            "complaint": YES_NO,
            "unsafe": YES_NO,
            "consent": ("yes", "kind_only"),
        },
    }
)
"""The questions by kind of giver, with what can be chosen. A question without choices is answered in words."""
OF_GIVER = ("consent", "contact")
"""Questions whose answer is about the giver, and stays apart from the rest."""
NEEDED = (("agency", "who"),)
"""Questions that can't be skipped: without them nobody could say where it comes from."""
UNSAFE = {"safe": "no", "unsafe": "yes"}
"""Answers that say that somebody is not safe."""
MOST_SEALED = 64 * 1024


@dataclass(frozen=True, slots=True)
class Said:
    """The answers so far, by question: a word of its choices, or words."""

    giver: str
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def questions(self) -> Mapping[str, tuple[str, ...]]:
        """The questions for this giver."""
        return QUESTIONS[self.giver]

    @property
    def is_unsafe(self) -> bool:
        """Whether an answer says that somebody is not safe."""
        return any(self.answers.get(name) == answer for name, answer in UNSAFE.items())

    def with_answer(self, name: str, answer: str) -> "Said":
        """Return the answers with another one. An empty one is skipped."""
        others = {each: text for each, text in self.answers.items() if each != name}
        return Said(self.giver, {**others, name: answer} if answer else others)

    def after(self, name: str) -> str:
        """Return the question after one, or the page on which everything is checked."""
        names = [*self.questions, CHECK]
        return names[names.index(name) + 1] if name in self.questions else names[0]

    def before(self, name: str) -> str:
        """Return the question before one, or the start."""
        names = [START, *self.questions, CHECK]
        return names[max(names.index(name) - 1, 0)] if name in names else START

    @property
    def to_send(self) -> list[tuple[str, str, str]]:
        """The answers as they are sent: question, choice and words."""
        return [
            (name, answer if self.questions[name] else "", "" if self.questions[name] else answer)
            for name, answer in self.answers.items()
            if name not in OF_GIVER
        ]

    @property
    def of_giver(self) -> dict[str, str]:
        """What the giver says of themselves."""
        return {name: answer for name, answer in self.answers.items() if name in OF_GIVER}


def as_field(keys: SessionKeys, said: Said) -> str:
    """Return the answers as a field that only we can read or change."""
    return keys.seal(FEEDBACK, {"giver": said.giver, "answers": dict(said.answers)})


def in_field(keys: SessionKeys, form: Mapping[str, str], giver: str) -> Said:
    """Return the answers in a form. Those of another kind of giver are not taken over: the questions are others."""
    held = keys.open(FEEDBACK, form.get(STATE, ""), MOST_SEALED) or {}
    answers = held.get("answers") if held.get("giver") == giver else None
    known = answers if isinstance(answers, dict) else {}
    return Said(giver, {name: str(answer) for name, answer in known.items() if name in QUESTIONS[giver]})


def read(said: Said, name: str, form: Mapping[str, str]) -> tuple[str, str]:
    """Return what was answered to a question, and the fault in it: `missing`, `too_long`, or empty for none."""
    choices = said.questions[name]
    if choices:
        chosen = choice_in(form, name, choices)
        return chosen, "" if chosen else MISSING
    return words_in(form, name, 200 if name in OF_GIVER else MOST_SIGNS)
