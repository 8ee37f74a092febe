"""The dated parts of a rulebook: how it stood on a day, and what its dates change.

Every date in a rulebook is a change of rules on its day: a value of a parameter, the first and last day of a rule, an
edition, a stage of a Practice Note (D15.16).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.rules.domain.rulebook.changes import Change, changes
from services.rules.domain.rulebook.model import Rule, Rulebook

ONE_DAY = timedelta(days=1)
TOLD_AHEAD = timedelta(days=14)
"""Ours: how long beforehand the Team is told of a date in the rulebook, so that it can see whom the date touches."""


@dataclass(frozen=True, slots=True)
class RulesThen:
    """The rules as they stood on a day: the content hash of the rulebook in force, and the day."""

    rulebook_hash: str
    on: date


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A day on which a rulebook changes by its own dates, with what changes."""

    on: date
    changes: tuple[Change, ...]


def as_it_stood(rulebook: Rulebook, on: date) -> Rulebook:
    """Return the rulebook as it stood on a day, as if it had no later date.

    Asked about a later day, it says what would hold if nothing had changed since.
    """
    parameters = {
        name: replace(parameter, values=tuple(value for value in parameter.values if value.from_on <= on))
        for name, parameter in rulebook.parameters.items()
    }
    notes = (
        replace(note, stages=tuple((stage, from_on) for stage, from_on in note.stages if from_on <= on))
        for note in rulebook.notes
    )
    return replace(
        rulebook,
        editions=tuple(edition for edition in rulebook.editions if edition.effective_from <= on),
        parameters=parameters,
        rules=tuple(_as_they_stood(rulebook.rules, on)),
        notes=tuple(note for note in notes if note.stages),
    )


def _as_they_stood(rules: tuple[Rule, ...], on: date) -> Iterator[Rule]:
    for rule in rules:
        if rule.is_in_force(on):
            yield rule if rule.in_force_until is None else replace(rule, in_force_until=None)


def dated_changes(rulebook: Rulebook, after: date, until: date) -> tuple[DatedChange, ...]:
    """Return what the dates of a rulebook change after one day, up to another, in order of date."""
    days = [day for day in rulebook.changes_on if after < day <= until]
    found = (DatedChange(day, _changed_on(rulebook, day)) for day in days)
    return tuple(change for change in found if change.changes)


def _changed_on(rulebook: Rulebook, day: date) -> tuple[Change, ...]:
    return changes(as_it_stood(rulebook, day - ONE_DAY), as_it_stood(rulebook, day))


def changes_to_tell(rulebook: Rulebook, last: date, today: date) -> tuple[tuple[DatedChange, bool], ...]:
    """Return the changes to tell of after the last daily run up to today, each with whether it is still ahead."""
    reached = ((change, False) for change in dated_changes(rulebook, last, today))
    soon = dated_changes(rulebook, max(last + TOLD_AHEAD, today), today + TOLD_AHEAD)
    return (*reached, *((change, True) for change in soon))
