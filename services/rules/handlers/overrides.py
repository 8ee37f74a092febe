"""CreateRuleOverride and EndRuleOverride: each also asks for an evaluation, so that concerns follow at once."""

from datetime import date, datetime

from services.calendar_days import london_today
from services.refusals import not_found
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.overrides import SqlOverrides
from services.rules.domain.concerns.overrides import Override, check_override, end_early


def create_override(wanted: Override, today: date, overrides: SqlOverrides, facts: SqlFacts) -> Override:
    """Store an override and ask for the person's evaluation.

    Raises:
        Refusal: NOT_FOUND for a person who was never appointed, otherwise as `check_override`.
    """
    person = wanted.safeguarder_id
    if facts.case_file(person) is None:
        raise not_found("SAFEGUARDER_NOT_FOUND", "The rules service knows no Safeguarder with this id.", "parent")
    overrides.add(check_override(wanted, overrides.of_person(person), today))
    facts.ask_for_evaluation(person)
    return wanted


def end_by_review(override_id: str, reviewer: str, now: datetime, overrides: SqlOverrides) -> None:
    """End an override whose review was upheld, in the reviewer's name. One that has ended already stays as it is."""
    found = overrides.find(override_id)
    if found is not None and found.holds_on(london_today(now)):
        overrides.end(end_early(found, reviewer, now, london_today(now)))


def end_override(
    person: str, override_id: str, by: str, now: datetime, overrides: SqlOverrides, facts: SqlFacts
) -> Override:
    """End an override before its last day and ask for the person's evaluation.

    Raises:
        Refusal: NOT_FOUND, also for an override of another person; PRECONDITION when it has already ended.
    """
    found = overrides.find(override_id)
    if found is None or found.safeguarder_id != person:
        raise not_found("OVERRIDE_NOT_FOUND", "This person has no override with this id.", "name")
    ended = end_early(found, by, now, london_today(now))
    overrides.end(ended)
    facts.ask_for_evaluation(person)
    return ended
