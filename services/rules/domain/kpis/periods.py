"""The periods of KPI reports: a contract year from April to March, a quarter of it, or the last twelve months."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from services.calendar_days import last_day, window_start
from services.refusals import invalid, precondition
from services.rules.domain.kpis.facts import contract_year
from services.rules.domain.rulebook.kpi import PeriodKind

ROLLING = "rolling"
_QUARTERS = {1: (4, 6, 30), 2: (7, 9, 30), 3: (10, 12, 31), 4: (1, 3, 31)}
"""The first month of each quarter, its last month, and the last day of that month."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period with the day for which it is reported. `year_starts_on` is None for the last twelve months.

    A quarter is reported as its whole contract year, on the last day of the quarter. What is owed for a year has no
    share for a quarter.
    """

    label: str
    as_of: date
    year_starts_on: date | None

    def months_for(self, kind: PeriodKind) -> tuple[date, date]:
        """Return the first and last day of the twelve months over which a KPI of this kind is counted."""
        if self.year_starts_on is None or kind is PeriodKind.ROLLING:
            return window_start(self.as_of, 12), self.as_of
        start = self.year_starts_on
        return start, last_day(start, 12)

    @property
    def reach(self) -> tuple[date, date]:
        """The first and last day of all facts that the report can need."""
        both = [self.months_for(kind) for kind in PeriodKind]
        return min(first for first, _ in both), max(last for _, last in both)


def period_of(label: str, asked: date | None, today: date) -> Period:
    """Return the period of a label: `2026-27`, `2026-Q3` (October to December 2026) or `rolling`.

    `asked` is the day for which it is reported. None means the latest possible day: today, or the last day of the
    period if that is earlier.

    Raises:
        Refusal: INVALID, with the reason PERIOD_NOT_VALID, AS_OF_IN_FUTURE or AS_OF_BEFORE_PERIOD.
    """
    if asked is not None and asked > today:
        raise invalid("AS_OF_IN_FUTURE", "as_of_date is in the future. Give today or an earlier day.", "as_of_date")
    if label == ROLLING:
        return Period(label, asked or today, None)
    first, start, end = _days(label)
    as_of = min(asked or today, end)
    if as_of < first:
        message = f"{label} begins on {first}. Give that day or a later one, or ask for an earlier period."
        raise invalid("AS_OF_BEFORE_PERIOD", message, "as_of_date")
    return Period(label, as_of, start)


def quarters_until(period: Period, most: int) -> list[Period]:
    """Return the quarters up to the one that holds the day of a period, oldest first, each for its last day.

    The last one is for the day of the period. Of the last twelve months each is the twelve months up to its day.
    """
    found, day = [], period.as_of
    for _ in range(most):
        label = quarter_of(day)
        first, start, _end = _days(label)
        found.append(Period(label, day, start if period.year_starts_on else None))
        day = first - timedelta(days=1)
    return found[::-1]


def quarter_of(day: date) -> str:
    """Return the label of the quarter that holds a day."""
    return f"{contract_year(day)}-Q{(day.month - 4) // 3 % 4 + 1}"


def quarter_end(label: str) -> date:
    """Return the last day of a quarter.

    Raises:
        Refusal: INVALID, PERIOD_NOT_VALID for anything but a quarter.
    """
    if "-Q" not in label:
        raise _not_valid()
    return _days(label)[2]


def finished_quarter(label: str, today: date) -> Period:
    """Return a quarter that is over, reported for its last day.

    Raises:
        Refusal: INVALID, PERIOD_NOT_VALID; PRECONDITION, QUARTER_NOT_OVER.
    """
    end = quarter_end(label)
    if today <= end:
        message = f"{label} runs until {end}. Freeze its pack when it is over."
        raise precondition("QUARTER_NOT_OVER", message, "name", ends=str(end))
    return period_of(label, end, today)


def _days(label: str) -> tuple[date, date, date]:
    """Return the first day of a period, the first day of its contract year, and the last day of the period."""
    year = re.fullmatch(r"(20[0-9]{2})-([0-9]{2})", label)
    if year and int(year[2]) == (int(year[1]) + 1) % 100:
        start = date(int(year[1]), 4, 1)
        return start, start, last_day(start, 12)
    quarter = re.fullmatch(r"(20[0-9]{2})-Q([1-4])", label)
    if not quarter:
        raise _not_valid()
    start = date(int(quarter[1]), 4, 1)
    month, last_month, month_end = _QUARTERS[int(quarter[2])]
    calendar_year = start.year + (month < 4)
    return date(calendar_year, month, 1), start, date(calendar_year, last_month, month_end)


def _not_valid() -> Exception:
    message = "A period is a contract year such as 2026-27, a quarter such as 2026-Q3, or rolling."
    return invalid("PERIOD_NOT_VALID", message, "name")
