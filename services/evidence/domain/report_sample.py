"""Reports that could not be sampled, and why: a person without a report is never a silent gap (R161, D9)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.evidence.domain.safeguarder import Safeguarder, SafeguarderId
from services.refusals import invalid, precondition

MOST_REPORTS = 10
"""More than anybody owes in a year."""


class NoReportReason(StrEnum):
    """Why there was no report to sample."""

    NO_APPOINTMENT = "no_appointment"
    NO_REPORT_DUE = "no_report_due"
    NOT_PROVIDED = "not_provided"


@dataclass(frozen=True, slots=True)
class ReportsNotAvailable:
    """That so many of the reports owed in the contract year of a day were not there; 0 takes back what was said."""

    safeguarder_id: SafeguarderId
    on: date
    reports: int
    reason: NoReportReason
    recorded_at: datetime


def reports_not_available(
    entry: Safeguarder, on: date, reports: int, reason: NoReportReason, now: datetime, today: date
) -> ReportsNotAvailable:
    """What is to be published. Refuses DATE_IN_FUTURE, REPORTS_OUT_OF_RANGE and NOT_SERVING."""
    if on > today:
        raise invalid("DATE_IN_FUTURE", "date is in the future.", "date", date=on.isoformat())
    if not 0 <= reports <= MOST_REPORTS:
        raise invalid("REPORTS_OUT_OF_RANGE", f"reports goes from 0 to {MOST_REPORTS}.", "reports")
    if not any(term.starts_on <= on <= term.ends_on for term in entry.terms):
        message = "The person did not serve on that day. Give a day of the year on which they did."
        raise precondition("NOT_SERVING", message, "date")
    return ReportsNotAvailable(entry.safeguarder_id, on, reports, reason, now)
