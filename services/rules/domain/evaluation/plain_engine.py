"""The plain engine: it answers rules about one case of whole numbers with yes, no or unknown.

It shares only the parsed rules with the adapter of durable-rules, so that each engine can check the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.rules.domain.closed_lists import Scope, Truth
from services.rules.domain.rulebook.conditions import Values
from services.rules.domain.rulebook.model import InForce, Rulebook


@dataclass(frozen=True, slots=True)
class Case:
    """One subject on one day as whole numbers. `measures`: values by name, None if unknown. `asked`: rule ids."""

    scope: Scope
    subject: str
    on: date
    measures: Mapping[str, int | None]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truths:
    """Whether a rule's condition holds, and whether what would clear it holds."""

    when: Truth
    clears: Truth


CaseAnswers = Mapping[str, Truths]
# All nine, made once: the answers of both engines are then the same objects, which makes comparing them fast.
TRUTHS = {(when, clears): Truths(when, clears) for when in Truth for clears in Truth}
_OPPOSITE = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}
_CLEARED_BY_THE_OPPOSITE = {when: TRUTHS[when, clears] for when, clears in _OPPOSITE.items()}


def answer(rulebook: Rulebook, case: Case) -> CaseAnswers:
    """Answer each rule asked, by rule id."""
    terms, measures = rulebook.in_force(case.on), case.measures
    return {rule_id: decide(terms, rule_id, measures) for rule_id in case.asked}


def holds(terms: InForce, rule_id: str, measures: Values) -> Truth:
    """Return whether the condition of one rule holds by the terms given."""
    return terms.decisions[rule_id][0](measures)


def is_cleared(terms: InForce, rule_id: str, measures: Values) -> Truth:
    """Return whether what clears the concern of one rule holds by the terms given."""
    when, clears = terms.decisions[rule_id]
    return _OPPOSITE[when(measures)] if clears is None else clears(measures)


def decide(terms: InForce, rule_id: str, measures: Values) -> Truths:
    """Answer one rule by the terms given."""
    when, clears = terms.decisions[rule_id]
    held = when(measures)
    return _CLEARED_BY_THE_OPPOSITE[held] if clears is None else TRUTHS[held, clears(measures)]
