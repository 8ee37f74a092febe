"""RecordReportsNotAvailable: record that there was no report to sample, and why (R161)."""

from dataclasses import dataclass
from datetime import date, datetime

from services.evidence.domain.report_sample import NoReportReason, ReportsNotAvailable, reports_not_available
from services.evidence.domain.safeguarder import entered
from services.evidence.ports import Register


@dataclass(frozen=True, slots=True)
class RecordReportsNotAvailable:
    """The number of reports that could not be sampled in a contract year. `on` is any day of that year."""

    safeguarder_id: str
    on: date
    reports: int
    reason: NoReportReason


def record_reports_not_available(
    command: RecordReportsNotAvailable, people: Register, now: datetime, today: date
) -> ReportsNotAvailable:
    """Publish that reports could not be sampled, for the KPIs of rules. Return the record.

    Raises:
        Refusal: NOT_FOUND. INVALID for a future day or a number out of range. PRECONDITION if the person did not serve
            on that day.
    """
    entry = entered(people.find(command.safeguarder_id))
    missing = reports_not_available(entry, command.on, command.reports, command.reason, now, today)
    people.publish_reports_not_available(missing)
    return missing
