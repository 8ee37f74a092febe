"""Two rows of bars on one scale: what was raised in each month, as the rules are and as they would be."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, TOP, BAR = 650, 150, 30, 80
"""Of the whole picture, of one of its rows, of the room above the highest bar, and of the highest bar."""
LABEL_AT = TOP + BAR + 22


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its first letter, its name, and two numbers."""

    letter: str
    name: str
    now: int
    proposed: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its number above and its letter below. `middle` is the middle of both."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    number: int
    letter: str
    number_at: float


@dataclass(frozen=True, slots=True)
class Row:
    """A row of bars, with its title at the left above it, so many units from the top."""

    title: str
    top: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class MonthsChart:
    """The picture. `says` is for those who cannot see it. `label_at`: where letters stand, from the top of a row."""

    title: str
    says: str
    width: int
    height: int
    rows: tuple[Row, ...]
    label_at: int


def build(title: str, says: str, names: tuple[str, str], months: Sequence[Month]) -> MonthsChart:
    """Return the picture. `names`: of the row of today's rules, and of the proposed ones."""
    most = max((number for month in months for number in (month.now, month.proposed)), default=0)
    both = ([month.now for month in months], [month.proposed for month in months])
    rows = (
        Row(name, number * ROW, tuple(_bar(months, place, value, most) for place, value in enumerate(values)))
        for number, (name, values) in enumerate(zip(names, both, strict=True))
    )
    return MonthsChart(title, says, WIDTH, 2 * ROW, tuple(rows), LABEL_AT)


def _bar(months: Sequence[Month], place: int, number: int, most: int) -> Bar:
    step = WIDTH / len(months)
    height = round(BAR * number / most, 1) if most else 0
    left, y = round(place * step + step * 0.15, 1), round(TOP + BAR - height, 1)
    middle = round(place * step + step / 2, 1)
    return Bar(left, y, round(step * 0.7, 1), height, middle, number, months[place].letter, round(y - 5, 1))
