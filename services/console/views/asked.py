"""Pages with one form: what it is about, the words of both sides, the questions, and what the button does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.console.days import long_day
from services.console.forms.answers import REUSED, Sent
from services.console.forms.asked import Answers, AskedForm, Asks
from services.console.views.form import (
    CHOICE,
    DAY,
    LINE,
    TICKS,
    Button,
    Choice,
    FormView,
    Notice,
    Question,
    choice_question,
    day_question,
    line_question,
    sent_with,
    ticks_question,
    words_question,
)
from services.console.views.heading import Heading
from services.console.words import words
from services.refusals import Kind, Refusal


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of somebody, with whose they are."""

    whose: str
    words: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """The page. Without a form the question isn't open, and `none` says why. `about`: a person, or what it is about."""

    heading: Heading
    about: str
    lines: tuple[str, ...]
    quoted: tuple[Quoted, ...]
    form: FormView | None
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """A form as it is asked for or comes back. `refusal`: why the service did not take it."""

    form: AskedForm
    answers: Answers = field(default_factory=Answers)
    sent: Sent = field(default_factory=lambda: Sent("", ""))
    refusal: Refusal | None = None

    @property
    def is_stale(self) -> bool:
        """Return whether it was made from a copy that has changed since, or was sent before with another answer."""
        return self.refusal is not None and (self.is_reused or (self.refusal.kind is Kind.CONFLICT and not self._mends))

    @property
    def is_reused(self) -> bool:
        """Return whether it was sent before with another answer: somebody went back and changed their words."""
        return self.refusal is not None and self.refusal.reason == REUSED

    @property
    def is_wrong(self) -> bool:
        """Return whether an answer is wrong in itself, so that it can be mended in the form."""
        invalid = self.refusal is not None and self.refusal.kind is Kind.INVALID and not self.is_reused
        return bool(self.answers.faults) or invalid or self._mends

    @property
    def asks(self) -> tuple[Asks, ...]:
        """Return the questions that are asked now. What was answered stays, or its words would be lost."""
        reason, given = self.refusal.reason if self.refusal is not None else "", self.answers.given
        return tuple(
            one for one in self.form.asks if one.only_after in ("", reason) or given.get(one.name) not in (None, "", ())
        )

    @property
    def _mends(self) -> bool:
        return self.refusal is not None and self.refusal.reason in self.form.mends

    @property
    def is_over(self) -> bool:
        """Return whether what it asks for can't be done any more, so that no form of it is shown again."""
        return self.refusal is not None and not self.is_wrong and not self.is_stale

    @property
    def status(self) -> int:
        """Return the status of the page that shows it."""
        return 422 if self.is_wrong else 200 if self.refusal is None else 409


@dataclass(frozen=True, slots=True)
class Shown:
    """How a form is shown: the folder of its words, where it is sent, and the copy that it is made from.

    `choices`: values and texts, by question. `put_in`: what stands in the braces of its words.
    """

    folder: str
    address: str
    etag: str
    choices: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    put_in: Mapping[str, str] = field(default_factory=dict)
    effect: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)


def form_view(asking: Asking, shown: Shown, request_id: str) -> FormView:
    """Return the form. `request_id`: of a form that is new, or made from another copy than before."""
    said = words(shown.folder)
    is_new = not asking.sent.request_id or asking.is_stale
    sent = Sent(request_id, shown.etag) if is_new else asking.sent
    step = asking.form.step
    return FormView(
        address=shown.address,
        questions=tuple(_question(asks, asking, shown) for asks in asking.asks),
        buttons=(Button(said["button"][step]),),
        hidden=sent_with(sent.request_id, sent.etag, **shown.hidden),
        effect=shown.effect or said["effect"].get(step, "").format(**shown.put_in),
        notice=_notice(asking, shown),
    )


def refused(asking: Asking, folder: str) -> tuple[str, ...]:
    """Return why something can't be done now: in our words, or in those of the service where we have none."""
    said = words(folder)
    if asking.refusal is None:
        return ()
    if asking.is_reused:
        return (words("layout")["stale"]["reused"][0], words("layout")["not_recorded"])
    sentence = said["refused"].get(asking.refusal.reason) or asking.refusal.message
    return (str(sentence), words("layout")["not_recorded"])


def typed_in(asking: Asking) -> tuple[Quoted, ...]:
    """Return the words that were typed into a form that can't be sent any more, to be copied."""
    typed = [text for text in asking.answers.given.values() if isinstance(text, str) and len(text.split()) > 1]
    return tuple(Quoted(words("layout")["written"], text) for text in typed)


def _question(asks: Asks, asking: Asking, shown: Shown) -> Question:
    said, step = words(shown.folder), asking.form.step
    name, number = _numbered(asks.name)
    text = _of(said["ask"], step, name).format(n=number, **shown.put_in)
    hint = _of(said["hint"], step, name).format(n=number, **shown.put_in)
    error = _error(asks, asking, shown)
    if asks.kind == DAY:
        return day_question(asks.name, text, asking.answers.day(asks.name), hint, error)
    typed, offered = asking.answers.text(asks.name), shown.choices.get(asks.name, ())
    if asks.kind == TICKS:
        ticked = asking.answers.ticked(asks.name)
        ticks = [Choice(value, label, is_chosen=value in ticked) for value, label in offered]
        return ticks_question(asks.name, text, ticks, hint, error)
    if asks.kind == CHOICE:
        choices = [Choice(value, label, is_chosen=value == typed) for value, label in offered]
        return choice_question(asks.name, text, choices, hint, error)
    if asks.kind == LINE:
        return line_question(asks.name, text, typed, hint, error)
    return words_question(asks.name, text, typed, hint, error)


def _numbered(name: str) -> tuple[str, str]:
    """Return the name of a question, and its number if it is asked several times."""
    before, _, number = name.rpartition("_")
    return (before, number) if before and number.isdigit() else (name, "")


def _of(table: Mapping[str, str], step: str, name: str) -> str:
    """Return the words of a question of one form, or of every form that asks it."""
    return str(table.get(f"{step}_{name}") or table.get(name, ""))


def _error(asks: Asks, asking: Asking, shown: Shown) -> str:
    wrong, code = words(shown.folder)["wrong"], asking.answers.faults.get(asks.name, "")
    put_in: dict[str, str] = {"most": f"{asks.most:,}", **shown.put_in}
    refusal = asking.refusal
    if refusal is not None and asking.is_wrong and _is_about(asks, asking.form, refusal):
        codes = (*(f"{refusal.reason}_{key}" for key in refusal.metadata), refusal.reason)
        code = next((one for one in codes if one in wrong or f"{one}_{asks.name}" in wrong), "any")
        put_in |= dict(_in_words(refusal))
    if not code:
        return ""
    return str(wrong.get(f"{code}_{_numbered(asks.name)[0]}") or wrong[code]).format(**put_in)


def _in_words(refusal: Refusal) -> Iterator[tuple[str, str]]:
    """Yield the details of a refusal by their names. Days are in words."""
    for name, value in refusal.metadata.items():
        try:
            yield name, long_day(date.fromisoformat(value)).text if "-" in value else value
        except ValueError:
            yield name, value


def _is_about(asks: Asks, form: AskedForm, refusal: Refusal) -> bool:
    """Return whether a refusal is about a question. One about none of them stands at the first."""
    path = refusal.field.replace("[", ".").split(".")
    named = [one.name for one in form.asks if one.name in path]
    return asks.name in named if named else asks.name == form.asks[0].name


def _notice(asking: Asking, shown: Shown) -> Notice | None:
    said = words("layout")
    if asking.refusal is None or (asking.is_wrong and asking.form.asks):
        return None
    if asking.is_stale:
        says = said["stale"]["reused" if asking.is_reused else "says"]
        return Notice(said["stale"]["heading"], tuple(says))
    return Notice(said["refused"], refused(asking, shown.folder))


def not_open(asking: Asking, folder: str, otherwise: str) -> tuple[str, ...]:
    """Return why there is no form: what the service said when it was sent, or how things stand."""
    return (*refused(asking, folder), otherwise) if asking.refusal is not None else (otherwise,)


def known(table: Mapping[str, Any], word: str) -> str:
    """Return the text for a word of a closed list. One that only a later release knows reads as it is written."""
    return str(table.get(word, word.replace("_", " ").capitalize()))
