"""The numbers scheduling works with. Which are given by the framework and which are ours: data/policy.yaml."""

from dataclasses import dataclass
from datetime import time

from services.calendar_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class SchedulingPolicy:
    """One edition of the numbers; each has its reason, source and owner in the file it is read from."""

    support_sessions_per_year: int
    mandatory_trainings_per_year: int
    year_starts_on: tuple[int, int] | None
    """Month and day on which every twelve months begin; None: the day the person's term began."""
    calendar: WorkingCalendar
    """The calendar by which due dates, notice and the freezing of an agenda are counted."""
    part_attendance_counts: bool
    """Whether being present for part of a training event meets the obligation to attend it."""
    session_minutes: int
    session_start_times: tuple[time, ...]
    """London times at which a session may be proposed, in order of preference."""
    sessions_per_manager_per_day: int
    notice_working_days: int
    """Working days from proposing a session to the session itself."""
    agenda_freeze_working_days: int
    """Working days before a session from which its agenda takes no new item."""
