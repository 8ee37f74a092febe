"""Key performance indicators as data, and the judgement of one unit: it counts, falls short or is left out, and why.

A KPI asks the same about every unit of a register, such as one session owed, one person or one item. Each population
has a fixed list of words about its units (`WORDS`), and a KPI's conditions test those words. So a new KPI about one of
these populations needs no code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.rules.domain.closed_lists import GATHERED, Comparator, Kind, Lane, Source, SupportsStanding
from services.rules.domain.rulebook.conditions import HOLDS

Word = int | bool | str


class Population(StrEnum):
    """The kinds of unit that a register can have."""

    SUPPORT_SESSION = "support_session"
    """A core support session that is owed, in the period in which it falls due."""
    MANDATORY_TRAINING = "mandatory_training"
    """A mandatory training event that is owed to one person, in the period in which it falls due."""
    PERSON = "person"
    """A Safeguarder who serves on any day of the period."""
    ITEM_OWED = "item_owed"
    """One of the items owed about a person: `owes` for a full year, in proportion to days served, rounded down."""
    SHARED_ITEM = "shared_item"
    """An item of evidence that was shared with the Safeguarder in the period."""
    RECEIVED_ITEM = "received_item"
    """An item of evidence that the Team received in the period."""
    CONCERN = "concern"
    """A concern, or praise, raised in the period."""
    ESCALATION = "escalation"
    """An escalation of a concern in the period. A concern that was escalated twice is two units."""
    SESSION_RECORD = "session_record"
    """The record of a session that was held in the period."""
    DEVELOPMENT_PLAN = "development_plan"
    """The development plan of a term, in the period of the day first set to bring it into force."""
    SUPPORT = "support"
    """A support that the Safeguarder accepted, in the period of the day that the Team promised first."""
    REVIEW_REQUEST = "review_request"
    """A review request that was made in the period."""
    PRAISE = "praise"
    """Praise raised in the period."""


class PeriodKind(StrEnum):
    """The twelve months over which a KPI is counted when a contract year, or a quarter of it, is asked for."""

    APRIL_TO_MARCH = "april_to_march"
    ROLLING = "rolling"


class Result(StrEnum):
    """The three judgements of a unit."""

    COUNTED = "counted"
    SHORT = "short"
    LEFT_OUT = "left_out"


ATTENDANCES = ("attended", "part", "awaiting_evidence", "absent_excused", "absent_unexcused", "not_recorded")
PARTIES = ("nobody", "team", "safeguarder")
MODES = ("face_to_face", "online", "telephone", "not_said", "nothing")
"""How a session was held. `nothing`: none was held with both sides there. `not_said`: kept before it was recorded."""
FEEDBACK_KINDS = (Kind.FEEDBACK, Kind.COMPLAINT, Kind.COMMENDATION)
"""The kinds of evidence that make up the Framework's source "feedback"."""
KEPT = ("in_time", "late", "missing", "due", "not_owed")
"""How a day was kept. `missing`: it has passed. `due`: it has not. `not_owed`: it came to an end before its day."""
ANSWERS = ("nothing", "awaited", "confirmed", "disputed", "no_answer", "withdrawn")
"""How the Safeguarder's answer to a record stands. `nothing`: no record was shared."""
DECISIONS = ("nothing", "upheld", "partly", "not_upheld")
SPOKEN_OF = ("acknowledged", "disputed", "no_record", "record_due", "not_in_papers", "no_session")
"""What the next session made of praise: the first one held whose papers were frozen once it had been raised."""
_Form = tuple[str, ...] | type
_DUTY: dict[str, _Form] = {
    "offered": bool,
    "delivered": bool,
    "attendance": ATTENDANCES,
    "cancelled_by": PARTIES,
    "moved_by": PARTIES,
    "due": bool,
    "held_after_due": bool,
    "serving_when_due": bool,
}
_PERSON: dict[str, _Form] = {
    "owed": int,
    "days_served": int,
    "pro_rated": bool,
    "period_over": bool,
    **{f"{kind}_items": int for kind in GATHERED},
    "all_feedback_items": int,
    "concerns_raised": int,
    "reports_seen_or_not_available": int,
    "not_available_because": ("nothing", "no_appointment", "no_report_due", "not_provided"),
}
_ITEM: dict[str, _Form] = {
    "kind": GATHERED,
    "source": tuple(Source),
    "speaks": ("praise", "neutral", "concern", "nothing"),
    "replied": bool,
    "reply_time_over": bool,
}
WORDS: Mapping[Population, Mapping[str, _Form]] = {
    Population.SUPPORT_SESSION: {**_DUTY, "mode": MODES},
    Population.MANDATORY_TRAINING: _DUTY,
    Population.PERSON: _PERSON,
    Population.ITEM_OWED: {**_PERSON, "number": int},
    Population.SHARED_ITEM: _ITEM,
    Population.RECEIVED_ITEM: _ITEM,
    Population.CONCERN: {
        "lane": tuple(Lane),
        "set_off_by_evidence": bool,
        "days_waited": int,
    },
    Population.ESCALATION: {
        "support_offered": bool,
        "supports": (*SupportsStanding, "nothing"),
    },
    Population.SESSION_RECORD: {"kept": KEPT, "answer": ANSWERS, "review_asked": bool},
    Population.DEVELOPMENT_PLAN: {"kept": KEPT, "reason_given": bool},
    Population.SUPPORT: {"kept": KEPT, "unavailable": bool, "promised_again": bool, "reported": bool},
    Population.REVIEW_REQUEST: {"kept": KEPT, "decision": DECISIONS},
    Population.PRAISE: {"spoken_of": SPOKEN_OF},
}
"""The words about a unit of each population, with the values allowed, or `int` (whole number) or `bool`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition on a unit: a word has one of some values, or stands to a line.

    `against` is a parameter, or another number of the same unit. `steps` moves the line by so much. No rule file sets
    it: it is for the workbench, which checks whether examples notice a moved line.
    """

    word: str
    one_of: tuple[Word, ...] = ()
    comparator: Comparator | None = None
    against: str = ""
    steps: int = 0

    def holds(self, words: Mapping[str, Word], lines: Mapping[str, int]) -> bool:
        """Return whether it holds. Raises KeyError if the parameter has no value in force."""
        value = words[self.word]
        if self.comparator is None:
            return value in self.one_of
        line = words[self.against] if self.against in words else lines[self.against]
        return HOLDS[self.comparator](int(value), int(line) + self.steps)

    def __str__(self) -> str:
        """Return it as it is written in the file."""
        if self.comparator is not None:
            return f"{self.word} {self.comparator} {self.against}"
        texts = (str(word).lower() if isinstance(word, bool) else str(word) for word in self.one_of)
        return f"{self.word} is {' or '.join(texts)}"


@dataclass(frozen=True, slots=True)
class Part:
    """The units on which all conditions hold. `title` is what people read."""

    title: str
    conditions: tuple[Asked, ...]

    def holds(self, words: Mapping[str, Word], lines: Mapping[str, int]) -> bool:
        """Return whether a unit is one of them."""
        return all(condition.holds(words, lines) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class OtherReading:
    """Another denominator, shown beside the figure: with the units that are left out under these titles.

    A reader of the Framework could take either. The figure and its target rest on the first.
    """

    title: str
    includes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KpiExample:
    """The judgement that a KPI must give on one invented unit.

    `words` are complete. `says` is text that the reason must contain, or empty. `beside` are the titles of the parts
    under which the unit must be shown, None if that is not tested.
    """

    title: str
    words: Mapping[str, Word]
    result: Result
    says: str
    beside: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Kpi:
    """One key performance indicator. `target`, `owes` and `withhold_below` name parameters."""

    kpi_id: str
    title: str
    whose: str
    """`official`, or `ours`: not official."""
    source: str
    each: Population
    register: str
    """The units that the KPI looks at, in words."""
    counts: Part
    left_out: tuple[Part, ...]
    beside: tuple[Part, ...]
    period: PeriodKind
    withhold_below: str
    examples: tuple[KpiExample, ...]
    target: str | None = None
    owes: str | None = None
    note: str = ""
    other_reading: OtherReading | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of all parameters that it reads, each once."""
        words = WORDS[self.each]
        parts = (self.counts, *self.left_out, *self.beside)
        against = (c.against for part in parts for c in part.conditions if c.comparator and c.against not in words)
        named = (self.target, self.owes, self.withhold_below, *against)
        return tuple(dict.fromkeys(name for name in named if name is not None))


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement of one unit. `beside` are the titles of the parts beside the figure that the unit belongs to."""

    result: Result
    reason: str
    beside: tuple[str, ...]


def judge(kpi: Kpi, words: Mapping[str, Word], lines: Mapping[str, int]) -> Judgement:
    """Return the judgement of one unit, from the words about it and the value of each parameter.

    A unit that is left out is so whether or not it would have counted. Raises KeyError if a parameter of the KPI has no
    value in `lines`.
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
    """Return the words about an example's unit that hold where the example does not say otherwise."""
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
