"""Obligations after a correction of the membership: they follow their term to its new days (R86).

An obligation keeps its id and what was recorded of it, so nobody owes the same session twice. One that the corrected
membership does not ask for has a clock that never ran.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.scheduling.domain.obligations.clocks import Pause
from services.scheduling.domain.obligations.obligations import (
    Obligation,
    Term,
    Window,
    in_its_part,
    is_owed_in,
    windows,
)
from services.scheduling.domain.obligations.policy import SchedulingPolicy

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms before a correction and after it, and what else moves the days of what is owed."""

    before: Sequence[Term]
    after: Sequence[Term]
    pauses: Sequence[Pause]
    today: date
    policy: SchedulingPolicy


def without_end(obligations: Sequence[Obligation], last_days: Sequence[date]) -> tuple[Obligation, ...]:
    """Return the obligations as if membership had not ended on these days."""
    ends = {day + _DAY for day in last_days}
    return tuple(
        replace(owed, clock=replace(owed.clock, ended_on=None)) if owed.clock.ended_on in ends else owed
        for owed in obligations
    )


def follow_terms(obligations: Sequence[Obligation], terms: Terms) -> tuple[Obligation, ...]:
    """Return the obligations of every term on the days of the corrected terms."""
    before = {term.number: term for term in terms.before}
    after = {term.number: term for term in terms.after}
    followed: list[Obligation] = []
    for owed in obligations:
        old, new = before.get(owed.term), after.get(owed.term)
        if old is not None and old == new:
            followed.append(owed)
            continue
        starts = _starts_of(old, owed.term, obligations, terms.policy)
        followed.append(_moved(owed, _window(new, starts, owed, terms.policy), terms))
    return tuple(followed)


def _starts_of(
    old: Term | None, number: int, obligations: Sequence[Obligation], policy: SchedulingPolicy
) -> Sequence[date]:
    """Return the first days of the windows of a term, in order; of those that were opened if it was not known."""
    if old is not None:
        return [window.starts_on for window in windows(old, policy)]
    return sorted({owed.window_starts_on for owed in obligations if owed.term == number})


def _window(new: Term | None, starts: Sequence[date], owed: Obligation, policy: SchedulingPolicy) -> Window | None:
    """Return the window of the corrected term that takes the place of an obligation's; None if there is none."""
    if new is None:
        return None
    found = list(windows(new, policy))
    if owed.window_starts_on in starts:
        found = found[starts.index(owed.window_starts_on) :][:1]
    else:  # an earlier correction left its window out
        found = [each for each in found if each.starts_on == owed.window_starts_on]
    return found[0] if found and is_owed_in(found[0], owed, policy) else None


def _moved(owed: Obligation, window: Window | None, terms: Terms) -> Obligation:
    if window is None:
        return replace(owed, clock=replace(owed.clock, ended_on=owed.clock.starts_on))
    clock = replace(owed.clock, starts_on=window.starts_on, ended_on=None).with_pauses(terms.pauses)
    moved = replace(owed, window_starts_on=window.starts_on, window_ends_on=window.ends_on, clock=clock)
    return in_its_part(moved, window, terms.today, terms.policy)
