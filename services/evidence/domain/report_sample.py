"""Reports that could not be sampled, with the reason. A missing report is never a silent gap (R161, D9)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.evidence.domain.safeguarder import Safeguarder, SafeguarderId
from services.refusals import invalid, precondition

MOST_REPORTS = 10
"""Upper limit of the number in one record. Nobody owes as many reports in a year."""


class NoReportReason(StrEnum):
    """The reason why there was no report to sample."""

    NO_APPOINTMENT = "no_appointment"
    NO_REPORT_DUE = "no_report_due"
    NOT_PROVIDED = "not_provided"


@dataclass(frozen=True, slots=True)
class ReportsNotAvailable:
    """The number of reports that could not be sampled in the contract year of a day. 0 withdraws an earlier number."""

    safeguarder_id: SafeguarderId
    on: date
    reports: int
    reason: NoReportReason
    recorded_at: datetime


def reports_not_available(
    entry: Safeguarder, on: date, reports: int, reason: NoReportReason, now: datetime, today: date
) -> ReportsNotAvailable:
    """Return the record to publish.

    Raises:
        Refusal: DATE_IN_FUTURE, REPORTS_OUT_OF_RANGE or NOT_SERVING.
    """
    if on > today:
        raise invalid("DATE_IN_FUTURE", "date is in the future.", "date", date=on.isoformat())
    if not 0 <= reports <= MOST_REPORTS:
        raise invalid("REPORTS_OUT_OF_RANGE", f"reports must be from 0 to {MOST_REPORTS}.", "reports")
    if not any(term.starts_on <= on <= term.ends_on for term in entry.terms):
        message = "The person did not serve on that day. Give a day in the same year on which they did."
        raise precondition("NOT_SERVING", message, "date")
    return ReportsNotAvailable(entry.safeguarder_id, on, reports, reason, now)
