"""Overrides: a named person blocks one rule's answer about one Safeguarder for a time.

While an override is in force, an evaluation blocks the rule's answer (`Examination.outcome`). Here is decided which
overrides may be made.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.refusals import invalid, not_found, precondition
from services.rules.domain.closed_lists import Lane, Scope
from services.rules.domain.facts import ConcernKey, OverrideFact
from services.rules.domain.rulebook.model import Rule, Rulebook

LONGEST_DAYS = 90
"""From the day an override is made to its last day. Somebody must look at it again after that (rulebook.md 1.3)."""
ENDS_SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Override:
    """A person's decision to override a rule. It is kept for good. `ended_by` is empty unless it ended early."""

    safeguarder_id: str
    aside: OverrideFact
    reason: str
    author: str
    ended_by: str = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether it is in force on a day, as far as is known now."""
        return self.aside.ended_at is None and self.aside.starts_on <= day <= self.aside.ends_on

    def ends_soon(self, today: date) -> bool:
        """Tell whether somebody should look at it: it is in force, and ends within 14 days."""
        return self.holds_on(today) and self.aside.ends_on <= today + timedelta(days=ENDS_SOON_DAYS)


def rule_to_override(rulebook: Rulebook, key: ConcernKey, today: date) -> Rule:
    """Return the rule in force that an override is to block.

    Raises:
        Refusal: NOT_FOUND if no rule of this id is in force, PRECONDITION for a rule about safety, INVALID for a
            subject that the rule never answers about.
    """
    rule = next((rule for rule in rulebook.in_force(today).rules if rule.rule_id == key.rule_id), None)
    if rule is None:
        raise not_found("RULE_NOT_FOUND", "No rule in force has this id. See: psmf rules list", "rule")
    if rule.lane is Lane.SAFETY:
        raise precondition("SAFETY_NOT_SET_ASIDE", "A rule about safety cannot be overridden for anybody.", "rule")
    if key.subject not in _subjects(rulebook, rule, today):
        asked = {Scope.PERSON: "the person: leave subject empty"}.get(rule.scope, f"each {rule.scope} of its standards")
        raise invalid("SUBJECT_NOT_OF_RULE", f"This rule answers about {asked}.", "subject", scope=rule.scope.value)
    return rule


def check_override(override: Override, others: tuple[Override, ...], today: date) -> Override:
    """Return the override if it may be made.

    Raises:
        Refusal: INVALID for an end outside the 90 days, PRECONDITION while another is in force for the same matter.
    """
    latest = today + timedelta(days=LONGEST_DAYS)
    if not today <= override.aside.ends_on <= latest:
        message = f"end_date must be from today to {LONGEST_DAYS} days ahead."
        raise invalid("END_DATE_OUT_OF_RANGE", message, "end_date", today=today.isoformat(), latest=latest.isoformat())
    if any(other.aside.key == override.aside.key and other.holds_on(today) for other in others):
        message = "This rule is already overridden for this person. End that override first, or wait."
        raise precondition("SET_ASIDE_ALREADY", message, "rule")
    return override


def end_early(override: Override, by: str, now: datetime, today: date) -> Override:
    """Return the override, ended now.

    Raises:
        Refusal: PRECONDITION if it is no longer in force.
    """
    if not override.holds_on(today):
        raise precondition("OVERRIDE_ENDED", "This override is no longer in force.", "name")
    return replace(override, aside=replace(override.aside, ended_at=now), ended_by=by)


def _subjects(rulebook: Rulebook, rule: Rule, today: date) -> frozenset[str]:
    if rule.scope is Scope.PERSON:
        return frozenset({""})
    edition = rulebook.edition_on(today)
    own = [s for s in (edition.standards if edition else ()) if s.standard_id in rule.standards]
    if rule.scope is Scope.STANDARD:
        return frozenset(standard.standard_id for standard in own)
    return frozenset(indicator.indicator_id for standard in own for indicator in standard.indicators)
