"""A number of the rulebook that changes on a date: when, and what is written into the file."""

import re
from datetime import date

PARAMETERS, NUMBER = "parameters.yaml", "child_views_line"
WHY = "Demo. One report without the child's views is reason enough to offer support"
_VALUES = re.compile(rf"^{NUMBER}:\n(?:  .*\n)*?  values:\n(?:    .*\n)+", re.MULTILINE)


def changes_on(today: date) -> date:
    """Return the day on which the number changes: the first of the month after next."""
    months = today.year * 12 + today.month + 1
    return date(months // 12, months % 12 + 1, 1)


def with_the_date(parameters: str, on: date) -> str:
    """Return the file of parameters with another value of the number from a day on."""
    line = f"    - {{from: {on}, value: 1, origin: ours, cites: SSI 2012/336 reg 7, why: {WHY}}}\n"
    if line in parameters:
        return parameters
    return _VALUES.sub(lambda found: found.group() + line, parameters)
