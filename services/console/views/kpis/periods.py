"""The periods of figures: contract years from April to March, quarters of them, and the last twelve months."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from services.client.kpis.figures import label_of, year_of
from services.console.views.heading import Link
from services.console.words import words

ROLLING = "rolling"
_YEAR, _QUARTER = re.compile(r"20[0-9]{2}-[0-9]{2}"), re.compile(r"(20[0-9]{2})-Q([1-4])")


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its label, for example `2026-Q3`: the third quarter of the contract year that begins in 2026."""

    label: str
    first: date | None
    """First day. None for the last twelve months."""
    last: date | None

    @property
    def report(self) -> str:
        """Return the name of its report."""
        return f"kpiReports/{self.label}"

    @property
    def href(self) -> str:
        """Return the address of its page."""
        return f"/kpis/{self.label}"

    @property
    def is_quarter(self) -> bool:
        """Return whether it is a quarter, which has a pack."""
        return "-Q" in self.label

    def is_over(self, today: date) -> bool:
        """Return whether its last day has passed."""
        return self.last is not None and self.last < today

    @property
    def name(self) -> str:
        """Return what people call it, for example `April to June 2026`."""
        said = words("kpis")["periods"]
        if self.first is None or self.last is None:
            return str(said["rolling"])
        if self.is_quarter:
            return str(said["quarter"].format(first=f"{self.first:%B}", last=f"{self.last:%B %Y}"))
        return str(said["year"].format(first=self.first.year, last=self.last.year))

    @property
    def short_name(self) -> str:
        """Return a quarter as a chart has room for it, for example `Apr to Jun 2026`."""
        if self.first is None or self.last is None:
            return self.name
        return str(words("kpis")["periods"]["quarter"].format(first=f"{self.first:%b}", last=f"{self.last:%b %Y}"))


def period_of(label: str) -> Period | None:
    """Return the period of a label in an address; None if it is none."""
    if label == ROLLING:
        return Period(label, None, None)
    quarter = _QUARTER.fullmatch(label)
    if quarter:
        return _quarter(int(quarter[1]), int(quarter[2]))
    if not _YEAR.fullmatch(label):
        return None
    first = date(int(label[:4]), 4, 1)
    return Period(label, first, date(first.year + 1, 3, 31)) if year_of(first) == label else None


def of_report(name: str) -> Period | None:
    """Return the period of a report by its name."""
    return period_of(label_of(name))


def tabs(today: date, shown: Period) -> tuple[Link, ...]:
    """Return links to the year before, this year, the last twelve months, and the quarters that have begun.

    The quarters are those of the year that is shown.
    """
    this_year = year_of(today)
    before = year_of(date(int(this_year[:4]) - 1, 4, 1))
    year = int(shown.label[:4]) if shown.first else int(this_year[:4])
    labels = [before, this_year, ROLLING]
    found = [*(period_of(label) for label in labels), *(_quarter(year, number) for number in (1, 2, 3, 4))]
    begun = [one for one in found if one is not None and (one.first is None or one.first <= today)]
    if shown.label not in {one.label for one in begun}:
        begun.insert(0, shown)
    return tuple(Link(_at_start(one.name), one.href, one.label == shown.label) for one in begun)


def _quarter(year: int, number: int) -> Period:
    month = 1 + number * 3 % 12
    calendar_year = year + (number == 4)
    next_month, next_year = (month + 3, calendar_year) if month < 10 else (1, calendar_year + 1)
    first = date(calendar_year, month, 1)
    return Period(f"{year}-Q{number}", first, date(next_year, next_month, 1) - timedelta(days=1))


def _at_start(text: str) -> str:
    return text[0].upper() + text[1:]
