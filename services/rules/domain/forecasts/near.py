"""How near a condition is to holding: what a what-if says of people who are one step from a line."""

from collections.abc import Callable, Mapping

from services.rules.domain.closed_lists import Comparator, Counts
from services.rules.domain.evaluation.answering import PASSING_DAYS, RISING
from services.rules.domain.rulebook.conditions import AnyOf, Comparison, Condition
from services.rules.domain.rulebook.measures import Measure

_NOT_BY_EVIDENCE = (*PASSING_DAYS, Counts.TEAM_DUTIES_OVERDUE)
_UNREACHABLE = float("inf")
ValueOf = Callable[[str], int | None]


def is_one_step_away(
    condition: Condition, value_of: ValueOf, lines: Mapping[str, int], measures: Mapping[str, Measure]
) -> bool:
    """Return whether one item or one concern more or fewer makes a condition hold.

    Never where the value is unknown, or where only the passing of days or the Team can change it.
    """
    return _steps(condition, value_of, lines, measures) == 1


def _steps(condition: Condition, value_of: ValueOf, lines: Mapping[str, int], measures: Mapping[str, Measure]) -> float:
    """Return the fewest items or concerns more or fewer. Where it takes more than one, any such number."""
    if isinstance(condition, Comparison):
        steps = _steps_to(condition, value_of(condition.measure), lines.get(condition.parameter))
        return _UNREACHABLE if steps and measures[condition.measure].counts in _NOT_BY_EVIDENCE else steps
    if isinstance(condition, AnyOf):
        return min((_steps(part, value_of, lines, measures) for part in condition.parts), default=0)
    steps = 0.0
    for part in condition.parts:
        steps += _steps(part, value_of, lines, measures)
        # Most rules end here, with one value measured.
        if steps > 1:
            break
    return steps


def _steps_to(comparison: Comparison, value: int | None, line: int | None) -> float:
    if value is None or line is None:
        return _UNREACHABLE
    exclusive = comparison.comparator in (Comparator.ABOVE, Comparator.BELOW)
    return max((line - value if comparison.comparator in RISING else value - line) + exclusive, 0)
