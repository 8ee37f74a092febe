"""The numbers scheduling works with. data/policy.yaml says which come from the framework and which are ours."""

from dataclasses import dataclass
from datetime import date, time

from services.calendar_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class SchedulingPolicy:
    """All numbers of scheduling. The file they are read from gives a reason, a source and an owner for each."""

    support_sessions_per_year: int
    mandatory_trainings_per_year: int
    year_starts_on: tuple[int, int] | None
    """Month and day on which each twelve months begin. None means the anniversary of the person's term."""
    calendar: WorkingCalendar
    """The calendar for due dates, notice and the freezing of an agenda."""
    part_attendance_counts: bool
    """Whether attending part of a training event meets the obligation."""
    session_minutes: int
    session_start_times: tuple[time, ...]
    """London times at which a session may start, in order of preference."""
    office_hours: tuple[time, time]
    """London times between which a session lies, unless there is a reason for another time."""
    no_proposals: tuple[tuple[int, int], tuple[int, int]]
    """First and last month and day, both included, of the days around New Year on which no date is proposed."""
    sessions_per_manager_per_day: int
    notice_working_days: int
    """Working days between the proposal of a session and the session itself."""
    attendance_reply_working_days: int
    """Office working days to reply to a record of attendance before an absence counts."""
    agenda_freeze_working_days: int
    """Working days before a session on which its agenda stops taking new items."""
    share_record_working_days: int
    """Office working days after a session in which its record is shared."""
    look_at_completion_working_days: int
    """Office working days in which the support manager looks at an action of which it is said that it is done."""
    review_action_working_days: int
    """Office working days in which an action whose day has passed is reviewed."""
    allocate_another_working_days: int
    """Office working days to allocate another support manager once a link with the current one is declared."""
    emergency_access_hours: int
    """Hours for which a file that is opened in an emergency can be read."""
    review_access_working_days: int
    """Office working days in which an emergency access is reviewed."""
    delegation_longest_days: int
    """Plain days that a delegation may last."""
    readiness_days: int
    """Calendar days before the end of a term from which the papers for the next one are open."""
    share_recommendation_days: int
    """Calendar days before the end of a term by which a recommendation for the next one is shared."""
    submit_recommendation_days: int
    """Calendar days before the end of a term by which a recommendation for the next one is submitted."""
    continuing_reviews_owed_from: date
    """First day of the first contract year in which the Team owes reviews of continuing appointment."""
    review_continuing_days: int
    """Calendar days before the end of a contract year by which a recommendation on continuing is submitted."""
    record_decision_working_days: int
    """Office working days after the last term, and after each month from its end, to record what was decided."""
    draws_owed_from: date
    """First day of the first half contract year in which the Team owes a draw for everybody who serves."""
    draw_sample_working_days: int
    """Office working days of a half contract year, or of the term, in which a report is drawn for somebody."""
    finalise_plan_working_days: int
    """Office working days from the start of a term to the day by which its plan is due while no session has a day."""
