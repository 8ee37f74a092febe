"""The shape of an answer: what one rule answers about one subject, with its explanation."""

from dataclasses import dataclass
from datetime import date

from services.rules.domain.closed_lists import Answer, Comparator, Lane, NotCounted, Tell, Truth
from services.rules.domain.facts import HypotheticalItem, LineInForce


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """One comparison of a value with a line. `margin`: distance from changing; 0 on the line, negative if it fails."""

    text: str
    measure: str
    value: int | None
    comparator: Comparator
    line: int | None
    parameter: str
    truth: Truth
    margin: int | None


SEEN = "seen"
"""What the text of an item says that was looked at and fits, after its day."""


@dataclass(frozen=True, slots=True)
class CountedEvidence:
    """An item that counted, without what people wrote."""

    evidence_id: str
    happened_on: date
    kind: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class UncountedEvidence:
    """An item that did not count, with the reason as a code and in words."""

    evidence_id: str
    happened_on: date
    reason: NotCounted
    text: str
    # Concerns that a release before stored do not have these two.
    kind: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ClearsIf:
    """The smallest change that clears a concern: ids of items to leave out, items to add, and ids of duties to do."""

    text: str
    remove: tuple[str, ...] = ()
    add: tuple[HypotheticalItem, ...] = ()
    done: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OverdueDuty:
    """A duty of the Team whose last day has passed, with words. `kind`: a word of `TeamDutyKind`."""

    duty_id: str
    kind: str
    about: str
    due_on: date
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons of an answer. `because`: a sentence for a support manager to repeat; `source`: the rule's source."""

    because: str
    source: str
    comparisons: tuple[ComparedValue, ...]
    lines: tuple[LineInForce, ...]
    counted: tuple[CountedEvidence, ...] = ()
    not_counted: tuple[UncountedEvidence, ...] = ()
    praise: tuple[CountedEvidence, ...] = ()
    clears_if: ClearsIf | None = None
    duties: tuple[OverdueDuty, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is told and what follows. Times are in working days.

    `session_within_working_days`: an earlier session is held if the next one is later than that.
    """

    tell: Tell
    within_working_days: int
    agenda: bool
    quiet_if_escalated: bool
    session_within_working_days: int | None


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """One rule's answer about one subject (a standard, an indicator, or empty for the person).

    `window_starts_on`: the first day that the rule looked at; None if it looked at all time or at no evidence.
    """

    rule_id: str
    subject: str
    standards: tuple[str, ...]
    lane: Lane
    answer: Answer
    window_starts_on: date | None
    notice: Notice
    explanation: Explanation
