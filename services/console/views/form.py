"""Forms as they are shown: questions with what was typed, what is wrong, and what the button does."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.console.forms.answers import ETAG, PARTS, REQUEST_ID, TypedDay
from services.console.views.heading import Link
from services.console.words import words

DAY, CHOICE, WORDS, LINE, TICKS = "day", "choice", "words", "line", "ticks"
"""Kinds of questions: three boxes, one of several, a text, a line, and any of several."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that can be chosen."""

    value: str
    text: str
    hint: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One of the boxes of a day. `width`: how many signs it shows."""

    name: str
    text: str
    value: str
    width: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question. `error` is the sentence that says what is wrong with the answer; empty if nothing is."""

    kind: str
    name: str
    text: str
    hint: str = ""
    error: str = ""
    value: str = ""
    choices: tuple[Choice, ...] = ()
    boxes: tuple[Box, ...] = ()
    rows: int = 6
    """Lines of a text that are shown at once."""
    width: int = 10
    """Signs of a line that are shown at once: 2, 3, 4, 5, 10 or 20."""
    is_heading: bool = False
    """Whether the question is the heading of its page, so that nobody hears it twice."""

    @property
    def first(self) -> str:
        """Return the id of what is filled in first. The summary of errors leads there."""
        parts = {DAY: "-day", CHOICE: "-1", TICKS: "-1"}
        return f"{self.name}{parts.get(self.kind, '')}"

    @property
    def described_by(self) -> str:
        """Return the ids of the hint and the error, which are read out with the question."""
        found = [f"{self.name}-{part}" for part in ("hint", "error") if getattr(self, part)]
        return " ".join(found)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A field that nobody fills in."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button. With a `name` it says which of several was pressed."""

    text: str
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reader has to know before they send a form, such as that somebody changed the record meanwhile."""

    heading: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """A form. `effect` says before the button what it does. The first button is the one that most people press."""

    address: str
    questions: tuple[Question, ...]
    buttons: tuple[Button, ...]
    hidden: tuple[Hidden, ...] = ()
    effect: str = ""
    notice: Notice | None = None

    @property
    def errors(self) -> tuple[Link, ...]:
        """Return each sentence about a wrong answer, as a link to the place where it is mended."""
        return tuple(Link(one.error, f"#{one.first}") for one in self.questions if one.error)


@dataclass(frozen=True, slots=True)
class Told:
    """The message after a step, and the link to what may be done next."""

    says: str
    on: Link | None = None


def sent_with(request_id: str, etag: str, **more: str) -> tuple[Hidden, ...]:
    """Return the hidden fields of a form: its request id, the copy that it was made from, and what a page adds."""
    named = {REQUEST_ID: request_id, ETAG: etag, **more}
    return tuple(Hidden(name, value) for name, value in named.items())


def day_question(name: str, text: str, typed: TypedDay, hint: str = "", error: str = "") -> Question:
    """Return a question for a day."""
    said = words("layout")["boxes"]
    typed_in = zip(PARTS, (typed.day, typed.month, typed.year), (2, 5, 4), strict=True)
    boxes = tuple(Box(f"{name}-{part}", said[part], value, width) for part, value, width in typed_in)
    return Question(DAY, name, text, hint, error, boxes=boxes)


def choice_question(name: str, text: str, choices: Iterable[Choice], hint: str = "", error: str = "") -> Question:
    """Return a question with answers of which one is chosen."""
    return Question(CHOICE, name, text, hint, error, choices=tuple(choices))


def words_question(name: str, text: str, typed: str, hint: str = "", error: str = "", rows: int = 6) -> Question:
    """Return a question that is answered in words."""
    return Question(WORDS, name, text, hint, error, typed, rows=rows)


def line_question(name: str, text: str, typed: str, hint: str = "", error: str = "", width: int = 10) -> Question:
    """Return a question that is answered in one line, such as a time or a number."""
    return Question(LINE, name, text, hint, error, typed, width=width)


def ticks_question(name: str, text: str, choices: Iterable[Choice], hint: str = "", error: str = "") -> Question:
    """Return a question with boxes to tick: any of them, or none. `forms.answers.ticked_in` reads them."""
    return Question(TICKS, name, text, hint, error, choices=tuple(choices))


def titled(title: str, form: FormView) -> str:
    """Return the title of the page of a form. It says first that something is wrong, because it is read out first."""
    return f"{words('layout')['error']}: {title}" if form.errors else title
