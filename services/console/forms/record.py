"""The parts of a session's record: what each one asks for, and how its answer is put into the record."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.client.words import word_of
from services.console.forms.answers import MISSING, TOO_LONG, choice_in, ticked_in, words_in

MOST = 4000
"""Signs of a text, as the service takes it."""
PRAISE, OWN, MATTER, VIEW = "praise", "own", "matter", "view"
CHILD, SPOKEN, PLAN = "child", "spoken", "plan"
"""Kinds of parts: praise, an own item, a matter or what was carried, a standard, the child's interest, what else was
spoken of, and why the plan is not final. The plan keeps that itself."""
WORDS: Mapping[str, tuple[str, ...]] = {
    PRAISE: ("acknowledged",),
    OWN: ("settled", "action", "no_action", "carried_forward"),
    MATTER: ("action", "no_action", "carried_forward"),
    VIEW: ("met", "developing", "concern", "not_enough_evidence", "no_new_evidence"),
    CHILD: (),
    SPOKEN: (),
    PLAN: (),
}
"""What can be chosen in each kind of part. The service takes no other word for it."""
NEED_WORDS = ("settled", "no_action", "carried_forward")
NEED_A_BASIS = ("developing", "concern")
NOTHING = "0"
"""The mark of a part that holds nothing yet."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a record. `id`: in its address. `about`: the standard, or the name of what is spoken of."""

    id: str
    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a part lets choose from: names of the papers on which a view rests, and actions and supports of the plan."""

    basis: Sequence[str] = ()
    actions: Sequence[str] = ()
    in_plan: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """What was answered. `faults`: what is wrong, by question, in words of a closed list."""

    word: str = ""
    words: str = ""
    action: str = ""
    ticked: tuple[str, ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)


def held_in(content: Any, part: Part) -> Typed:
    """Return what a record holds of a part."""
    if part.kind == CHILD:
        return Typed(words=content.child_interest)
    if part.kind == SPOKEN:
        return Typed(ticked=(*content.actions, *content.supports))
    if part.kind == VIEW:
        view = next((one for one in content.views if one.standard == part.about), None)
        return Typed() if view is None else Typed(word_of(view, "word"), view.words, ticked=tuple(view.basis))
    said = next((one for one in content.outcomes if one.item == part.about), None)
    return Typed() if said is None else Typed(word_of(said, "word"), said.words, said.action)


def mark_of(held: Typed) -> str:
    """Return a mark of what a part holds. A form carries the one that its reader saw, so that a change is noticed."""
    if held == Typed():
        return NOTHING
    text = "\n".join((held.word, held.words, held.action, *held.ticked))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def is_done(part: Part, held: Typed) -> bool:
    """Return whether a part has everything that the record needs of it."""
    if part.kind in (CHILD, PLAN):
        return bool(held.words)
    if part.kind == SPOKEN:
        return True
    return bool(held.word) and not _faults(held)


def read(part: Part, form: Mapping[str, str], offered: Offered) -> Typed:
    """Return what was answered to the questions of a part."""
    words, wrong = words_in(form, "words", MOST)
    choices = WORDS[part.kind]
    chosen = choices[0] if len(choices) == 1 else choice_in(form, "word", choices)
    of_kind = {VIEW: offered.basis, SPOKEN: offered.in_plan}.get(part.kind, ())
    ticked = ticked_in(form, "ticked", of_kind)
    action = choice_in(form, "action", offered.actions) if chosen == "action" else ""
    typed = Typed(chosen, words, action, ticked if part.kind == SPOKEN or chosen in (*NEED_A_BASIS, "met") else ())
    faults = dict(_faults(typed))
    if choices and not chosen:
        faults["word"] = MISSING
    if part.kind in (CHILD, PLAN) and wrong == MISSING:
        faults["words"] = MISSING
    if wrong == TOO_LONG:
        faults["words"] = TOO_LONG
    return Typed(typed.word, typed.words, typed.action, typed.ticked, faults)


def _faults(typed: Typed) -> Mapping[str, str]:
    """Return what an answer lacks."""
    lacks = {
        "words": typed.word in NEED_WORDS and not typed.words,
        "ticked": typed.word in NEED_A_BASIS and not typed.ticked,
        "action": typed.word == "action" and not typed.action,
    }
    return {name: MISSING for name, is_missing in lacks.items() if is_missing}


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody said of the parts of a record: the words by the number of the part."""

    word: str = ""
    ticked: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


RIGHT, DIFFERENT, SEND = "right", "different", "send"


def read_answer(form: Mapping[str, str], numbers: Sequence[str]) -> Answered:
    """Return whether a Safeguarder finds a record right, or which parts they see differently."""
    word, ticked = choice_in(form, "word", (RIGHT, DIFFERENT)), ticked_in(form, "ticked", numbers)
    faults = {} if word else {"word": MISSING}
    if word == DIFFERENT and not ticked:
        faults["ticked"] = MISSING
    return Answered(word, ticked, faults=faults)


def read_words(form: Mapping[str, str], numbers: Sequence[str]) -> Answered:
    """Return the words on each of some parts. Each part needs some."""
    read_parts = {number: words_in(form, f"words-{number}", MOST) for number in numbers}
    faults = {f"words-{number}": wrong for number, (_, wrong) in read_parts.items() if wrong}
    return Answered(DIFFERENT, tuple(numbers), {number: words for number, (words, _) in read_parts.items()}, faults)
