"""Forms that a table describes: which questions each one asks, and how its answers are read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.console.forms.answers import MISSING, TypedDay, day_in, ticked_in, words_in
from services.console.views.form import CHOICE, DAY, TICKS

MOST = 4000
"""Signs of a text, as the services take it."""
_CHOSEN = re.compile(r"[A-Za-z0-9_/-]{1,200}")
"""An id, a word of a closed list, or the name of a record below a person."""
Given = str | TypedDay | tuple[str, ...]
"""Words or a choice, a day as it was typed, or what was ticked."""


@dataclass(frozen=True, slots=True)
class Asks:
    """A question. `name`: the field of the request that it fills. One that isn't `needed` may be left empty."""

    kind: str
    name: str
    needed: bool = True
    most: int = MOST
    offered: tuple[str, ...] = ()
    """What can be ticked, where several can. Empty: whatever the page offers, which the service checks."""
    only_after: str = ""
    """The reason of a refusal after which it is asked, such as why a day is early. Empty: it is always asked."""


@dataclass(frozen=True, slots=True)
class AskedForm:
    """A form: the name of its words, and its questions in order.

    `mends`: reasons of refusals that another answer mends, so that the form comes back with them at its questions.
    """

    step: str
    asks: tuple[Asks, ...] = ()
    mends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordStep:
    """A step on a record that a form makes: the method that takes it, and what it asks. `kind`: of the record.

    `named_as`: how the request names the part. `replaces`: as the one that a new part takes the place of; `carried`: as
    a need that is carried; `reviewed`: as the action of a review.
    `fixed`: what the request says without being asked.
    """

    kind: str
    step: str
    method: str
    asks: tuple[Asks, ...] = ()
    mends: tuple[str, ...] = ()
    named_as: str = "name"
    fixed: Mapping[str, bool | str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return what words call it."""
        return f"{self.kind}_{self.step.replace('-', '_')}"

    @property
    def form(self) -> AskedForm:
        """Return its form."""
        return AskedForm(self.name, self.asks, self.mends)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, by question. `faults`: what is wrong, in words of a closed list."""

    given: Mapping[str, Given] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a choice or words; empty if nothing was answered."""
        found = self.given.get(name, "")
        return found if isinstance(found, str) else ""

    def day(self, name: str) -> TypedDay:
        """Return a day as it was typed."""
        found = self.given.get(name)
        return found if isinstance(found, TypedDay) else TypedDay()

    def ticked(self, name: str) -> tuple[str, ...]:
        """Return what was ticked."""
        found = self.given.get(name)
        return found if isinstance(found, tuple) else ()


def read(form: AskedForm, sent: Mapping[str, str]) -> Answers:
    """Return what was answered. What fits the record is checked by the service, which knows how it stands now."""
    read_each = {asks.name: _read(asks, sent) for asks in form.asks}
    needed = {asks.name for asks in form.asks if asks.needed}
    faults = {name: fault for name, (_, fault) in read_each.items() if fault and (name in needed or fault != MISSING)}
    return Answers({name: given for name, (given, _) in read_each.items()}, faults)


def _read(asks: Asks, sent: Mapping[str, str]) -> tuple[Given, str]:
    """Return the answer to a question, and the fault in it."""
    if asks.kind == DAY:
        day = day_in(sent, asks.name)
        return day, day.read if isinstance(day.read, str) else ""
    if asks.kind == TICKS:
        ticked = ticked_in(sent, asks.name, asks.offered or _any_of(sent))
        return ticked, "" if ticked else MISSING
    if asks.kind == CHOICE:
        chosen = sent.get(asks.name, "")
        return (chosen, "") if _CHOSEN.fullmatch(chosen) else ("", MISSING)
    return words_in(sent, asks.name, asks.most)


def _any_of(sent: Mapping[str, str]) -> tuple[str, ...]:
    """Return everything in a form that could be the value of a box, each once."""
    return tuple(dict.fromkeys(value for value in sent.values() if _CHOSEN.fullmatch(value)))
