"""The two sides of a development plan, who acts now, and our numbers."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.calendar_days import london_today, months_later
from services.refusals import invalid
from services.who import Who


class Side(StrEnum):
    """Who says, owes or does something in a plan."""

    SAFEGUARDER = "safeguarder"
    SUPPORT_MANAGER = "support_manager"
    PANEL_TEAM = "panel_team"


@dataclass(frozen=True, slots=True)
class Actor(Who):
    """The person who acts, and when. A senior manager acts on the side of the support manager."""

    side: Side
    now: datetime

    @property
    def today(self) -> date:
        """The London date of now."""
        return london_today(self.now)

    @property
    def is_safeguarder(self) -> bool:
        """True if the Safeguarder acts."""
        return self.side is Side.SAFEGUARDER


@dataclass(frozen=True, slots=True)
class PlanNumbers:
    """Our numbers, from services/evidence/data/record.yaml. Working days are those of the office."""

    action_answer_working_days: int
    support_answer_working_days: int
    view_answer_working_days: int
    approach_working_days: int
    promise_working_days: int
    received_working_days: int
    plan_answer_working_days: int
    shortest_module_days: int
    shortest_reports_in_time_days: int
    shortest_mentor_days: int
    shortest_other_days: int
    least_working_days: int
    longest_months: int


def check_ahead(day: date, today: date, longest_months: int, field: str) -> None:
    """Check that a day is not in the past, and not too far ahead.

    Raises:
        Refusal: DATE_IN_PAST; DATE_TOO_FAR.
    """
    if day < today:
        raise invalid("DATE_IN_PAST", f"{field} is in the past.", field, date=day.isoformat())
    latest = months_later(today, longest_months)
    if day > latest:
        message = f"{field} can be at most {longest_months} months ahead."
        raise invalid("DATE_TOO_FAR", message, field, date=day.isoformat(), latest=latest.isoformat())
