"""Overrides: a named person sets aside, for a time, what one rule says of one person. Pure.

While one holds, an evaluation holds the rule's answer back (`Examination.outcome`); this is who may make one of what.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.refusals import invalid, not_found, precondition
from services.rules.domain.closed_lists import Lane, Scope
from services.rules.domain.facts import ConcernKey, OverrideFact
from services.rules.domain.rulebook.model import Rule, Rulebook

LONGEST_DAYS = 90
"""From the day it is made to its last (rulebook.md 1.3): a silence that nobody looks at again does not last."""
ENDS_SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Override:
    """A decision that what a rule says of a person is set aside. Kept for good; `ended_at` and `ended_by` if early."""

    safeguarder_id: str
    aside: OverrideFact
    reason: str
    author: str
    ended_by: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day, as things stand."""
        return self.aside.ended_at is None and self.aside.starts_on <= day <= self.aside.ends_on

    def ends_soon(self, today: date) -> bool:
        """Whether somebody should look at it: it holds, and ends within 14 days."""
        return self.holds_on(today) and self.aside.ends_on <= today + timedelta(days=ENDS_SOON_DAYS)


def rule_to_override(rulebook: Rulebook, key: ConcernKey, today: date) -> Rule:
    """The live rule.

    Raises:
        Refusal: NOT_FOUND when none of this id is in force, PRECONDITION for a matter of safety, INVALID for a subject
            it is never asked about.
    """
    rule = next((rule for rule in rulebook.in_force(today).rules if rule.rule_id == key.rule_id), None)
    if rule is None:
        raise not_found("RULE_NOT_FOUND", "No rule in force has this id. See: psmf rules list", "rule")
    if rule.lane is Lane.SAFETY:
        raise precondition("SAFETY_NOT_SET_ASIDE", "A rule about safety cannot be set aside for anybody.", "rule")
    if key.subject not in _subjects(rulebook, rule, today):
        asked = {Scope.PERSON: "the person: leave subject empty"}.get(rule.scope, f"each {rule.scope} of its standards")
        raise invalid("SUBJECT_NOT_OF_RULE", f"The rule is asked about {asked}.", "subject", scope=rule.scope.value)
    return rule


def check_override(override: Override, others: tuple[Override, ...], today: date) -> Override:
    """The override, if it may be made.

    Raises:
        Refusal: INVALID for an end outside the 90 days, PRECONDITION while another holds for the same.
    """
    latest = today + timedelta(days=LONGEST_DAYS)
    if not today <= override.aside.ends_on <= latest:
        message = f"end_date must be from today to {LONGEST_DAYS} days ahead."
        raise invalid("END_DATE_OUT_OF_RANGE", message, "end_date", today=today.isoformat(), latest=latest.isoformat())
    if any(other.aside.key == override.aside.key and other.holds_on(today) for other in others):
        message = "The rule is set aside for this person already. End that override first, or wait."
        raise precondition("SET_ASIDE_ALREADY", message, "rule")
    return override


def end_early(override: Override, by: str, now: datetime, today: date) -> Override:
    """The override, ended.

    Raises:
        Refusal: PRECONDITION when it holds no longer.
    """
    if not override.holds_on(today):
        raise precondition("OVERRIDE_ENDED", "This override holds no longer.", "name")
    return replace(override, aside=replace(override.aside, ended_at=now), ended_by=by)


def _subjects(rulebook: Rulebook, rule: Rule, today: date) -> frozenset[str]:
    if rule.scope is Scope.PERSON:
        return frozenset({""})
    edition = rulebook.edition_on(today)
    own = [s for s in (edition.standards if edition else ()) if s.standard_id in rule.standards]
    if rule.scope is Scope.STANDARD:
        return frozenset(standard.standard_id for standard in own)
    return frozenset(indicator.indicator_id for standard in own for indicator in standard.indicators)
