"""A key performance indicator as data, and what it says of one unit: it counts, falls short, or is left out, and why.

A KPI asks the same of every unit of a register: one session owed, one person, one item. Each unit has a fixed list of
words (`WORDS`); a KPI's conditions test them. So a new KPI over a population that is here needs no code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.rules.domain.closed_lists import Comparator, Kind, Source, SupportsStanding
from services.rules.domain.rulebook.conditions import HOLDS

Word = int | bool | str


class Population(StrEnum):
    """What one unit of a register is."""

    SUPPORT_SESSION = "support_session"
    """A core support session owed, in the period in which it falls due."""
    MANDATORY_TRAINING = "mandatory_training"
    """A mandatory training event owed to one person, in the period in which it falls due."""
    PERSON = "person"
    """A Safeguarder who serves on any day of the period."""
    ITEM_OWED = "item_owed"
    """Each item that `owes` sets for a person in a full year, in proportion to the days served, rounded down."""
    SHARED_ITEM = "shared_item"
    """An item of evidence shared with its subject in the period."""
    RECEIVED_ITEM = "received_item"
    """An item of evidence that the Team received in the period."""
    CONCERN = "concern"
    """A concern, or praise, raised in the period."""
    ESCALATION = "escalation"
    """A concern taken to the Team in the period, each time that it was."""


class PeriodKind(StrEnum):
    """Over which twelve months a KPI is counted when a contract year, or a quarter of it, is asked for."""

    APRIL_TO_MARCH = "april_to_march"
    ROLLING = "rolling"


class Result(StrEnum):
    """What a KPI makes of one unit."""

    COUNTED = "counted"
    SHORT = "short"
    LEFT_OUT = "left_out"


ATTENDANCES = ("attended", "part", "awaiting_evidence", "absent_excused", "absent_unexcused", "not_recorded")
PARTIES = ("nobody", "team", "safeguarder")
FEEDBACK_KINDS = (Kind.FEEDBACK, Kind.COMPLAINT, Kind.COMMENDATION)
"""Kinds that make up the Framework's source "feedback"."""
_Form = tuple[str, ...] | type
_DUTY: dict[str, _Form] = {
    "offered": bool,
    "delivered": bool,
    "attendance": ATTENDANCES,
    "cancelled_by": PARTIES,
    "moved_by": PARTIES,
    "due": bool,
    "serving_when_due": bool,
}
_PERSON: dict[str, _Form] = {
    "owed": int,
    "days_served": int,
    "pro_rated": bool,
    "period_over": bool,
    **{f"{kind}_items": int for kind in Kind},
    "all_feedback_items": int,
    "concerns_raised": int,
    "reports_seen_or_not_available": int,
    "not_available_because": ("nothing", "no_appointment", "no_report_due", "not_provided"),
}
_ITEM: dict[str, _Form] = {
    "kind": tuple(Kind),
    "source": tuple(Source),
    "speaks": ("praise", "neutral", "concern", "nothing"),
    "replied": bool,
    "reply_time_over": bool,
}
WORDS: Mapping[Population, Mapping[str, _Form]] = {
    Population.SUPPORT_SESSION: _DUTY,
    Population.MANDATORY_TRAINING: _DUTY,
    Population.PERSON: _PERSON,
    Population.ITEM_OWED: {**_PERSON, "number": int},
    Population.SHARED_ITEM: _ITEM,
    Population.RECEIVED_ITEM: _ITEM,
    Population.CONCERN: {
        "lane": ("support_need", "escalation", "reappointment_risk", "safety", "excellence", "data_gap"),
        "set_off_by_evidence": bool,
        "days_waited": int,
    },
    Population.ESCALATION: {
        "support_offered": bool,
        "supports": (*SupportsStanding, "nothing"),
    },
}
"""For each population the words of a unit, with the words allowed, or `int` (whole number) or `bool`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition on a unit: a word is one of some, or stands to a number.

    `against` is a parameter, or another number of the same unit. `steps` moves the line; no file says it, but whoever
    asks whether examples notice a moved line does.
    """

    word: str
    one_of: tuple[Word, ...] = ()
    comparator: Comparator | None = None
    against: str = ""
    steps: int = 0

    def holds(self, words: Mapping[str, Word], lines: Mapping[str, int]) -> bool:
        """Whether it holds. Raises KeyError when the parameter has no value in force."""
        value = words[self.word]
        if self.comparator is None:
            return value in self.one_of
        line = words[self.against] if self.against in words else lines[self.against]
        return HOLDS[self.comparator](int(value), int(line) + self.steps)

    def __str__(self) -> str:
        """As it is written in the file."""
        if self.comparator is not None:
            return f"{self.word} {self.comparator} {self.against}"
        texts = (str(word).lower() if isinstance(word, bool) else str(word) for word in self.one_of)
        return f"{self.word} is {' or '.join(texts)}"


@dataclass(frozen=True, slots=True)
class Part:
    """Units that have something in common: all its conditions hold. `title` is what people read."""

    title: str
    conditions: tuple[Asked, ...]

    def holds(self, words: Mapping[str, Word], lines: Mapping[str, int]) -> bool:
        """Whether a unit is one of them."""
        return all(condition.holds(words, lines) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class KpiExample:
    """What a KPI makes of one invented unit. `words` are complete; `says` is part of the reason shown, or empty.

    `beside` are the titles it must be shown under, None where nothing is asked of them.
    """

    title: str
    words: Mapping[str, Word]
    result: Result
    says: str
    beside: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Kpi:
    """One key performance indicator as written. `target`, `owes` and `withhold_below` name parameters."""

    kpi_id: str
    title: str
    whose: str
    """`official`, or `ours`: not official."""
    source: str
    each: Population
    register: str
    """In words, the units that are looked at."""
    counts: Part
    left_out: tuple[Part, ...]
    beside: tuple[Part, ...]
    period: PeriodKind
    withhold_below: str
    examples: tuple[KpiExample, ...]
    target: str | None = None
    owes: str | None = None
    note: str = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of every parameter it reads, each once."""
        words = WORDS[self.each]
        parts = (self.counts, *self.left_out, *self.beside)
        against = (c.against for part in parts for c in part.conditions if c.comparator and c.against not in words)
        named = (self.target, self.owes, self.withhold_below, *against)
        return tuple(dict.fromkeys(name for name in named if name is not None))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a KPI makes of one unit. `beside` are titles of what is shown beside that the unit is one of."""

    result: Result
    reason: str
    beside: tuple[str, ...]


def judge(kpi: Kpi, words: Mapping[str, Word], lines: Mapping[str, int]) -> Judgement:
    """What a KPI makes of a unit of its register. What is left out is left out whether or not it would have counted.

    Raises KeyError when a parameter of the KPI has no value in `lines`.
    """
    out = next((part for part in kpi.left_out if part.holds(words, lines)), None)
    if out is not None:
        return Judgement(Result.LEFT_OUT, out.title, ())
    beside = tuple(part.title for part in kpi.beside if part.holds(words, lines))
    if kpi.counts.holds(words, lines):
        return Judgement(Result.COUNTED, kpi.counts.title, beside)
    failed = next(c for c in kpi.counts.conditions if not c.holds(words, lines))
    return Judgement(
        Result.SHORT,
        f"Not so: {kpi.counts.title[0].lower()}{kpi.counts.title[1:]}. {_as_it_is(failed, words, lines)}",
        beside,
    )


def usual_words(population: Population) -> dict[str, Word]:
    """What an example's unit is where the example does not say."""
    usual: dict[str, Word] = {
        "offered": True,
        "due": True,
        "serving_when_due": True,
        "attendance": "not_recorded",
        "set_off_by_evidence": True,
    }
    usual |= {"period_over": True, "reply_time_over": True, "speaks": "neutral", "owed": 2, "days_served": 365}
    empty: dict[str, Word] = {name: _empty(form) for name, form in WORDS[population].items()}
    return empty | {name: word for name, word in usual.items() if name in empty}


def _empty(form: _Form) -> Word:
    return form[0] if isinstance(form, tuple) else form() if form in (int, bool) else ""


def _as_it_is(condition: Asked, words: Mapping[str, Word], lines: Mapping[str, int]) -> str:
    name, value = condition.word.replace("_", " "), words[condition.word]
    if condition.comparator is None:
        text = ("yes" if value else "no") if isinstance(value, bool) else str(value).replace("_", " ")
        return f"{name.capitalize()}: {text}."
    line = words[condition.against] if condition.against in words else lines[condition.against]
    return f"{name.capitalize()}: {value}, where {line} would do."
