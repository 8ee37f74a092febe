"""What the Team types to make a feedback link."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.console.forms.answers import MISSING, TypedDay, choice_in, day_in

GIVERS = ("child", "adult", "agency")
GIVER, DAY, CASE = "giver", "happened_date", "case_reference"
"""Names of the fields, as the contract has them."""
INSTEAD = "instead"
"""The hidden field with the link that a new one takes the place of, because nobody has its address."""


@dataclass(frozen=True, slots=True)
class TypedLink:
    """What was typed. `faults`: by field, a word of a closed list."""

    giver: str = ""
    day: TypedDay = field(default_factory=TypedDay)
    case: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def answer(self) -> dict[str, date | str]:
        """Return what is sent."""
        return {GIVER: self.giver, DAY: self.day.read, CASE: self.case}


def read_link(form: Mapping[str, str]) -> TypedLink:
    """Return what was typed to make a link."""
    giver, day, case = choice_in(form, GIVER, GIVERS), day_in(form, DAY), form.get(CASE, "").strip()[:60]
    faults = {} if giver else {GIVER: MISSING}
    if isinstance(day.read, str):
        faults[DAY] = day.read
    return TypedLink(giver, day, case, faults)
