"""RecordReportsNotAvailable: there was no report to sample, and why (R161)."""

from dataclasses import dataclass
from datetime import date, datetime

from services.evidence.domain.report_sample import NoReportReason, ReportsNotAvailable, reports_not_available
from services.evidence.ports import Register
from services.refusals import not_found


@dataclass(frozen=True, slots=True)
class RecordReportsNotAvailable:
    """How many reports of a contract year, named by one of its days, could not be sampled, and why."""

    safeguarder_id: str
    on: date
    reports: int
    reason: NoReportReason


def record_reports_not_available(
    command: RecordReportsNotAvailable, people: Register, now: datetime, today: date
) -> ReportsNotAvailable:
    """What was recorded. Whoever counts reports hears of it.

    Raises:
        Refusal: NOT_FOUND; INVALID for a day to come or a number out of range; PRECONDITION for a day not served on.
    """
    entry = people.find(command.safeguarder_id)
    if entry is None:
        raise not_found("SAFEGUARDER_NOT_FOUND", "No Safeguarder with this id is on the register.", "parent")
    found = reports_not_available(entry, command.on, command.reports, command.reason, now, today)
    people.had_no_reports(found)
    return found
