"""By when the Team owes what, over weekends, Christmas and New Year: working days of the 2011 Act, s.202."""

from datetime import date

import pytest

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.adapters.record_numbers import complaint_numbers
from services.evidence.domain.complaints.moving import received
from services.evidence.domain.complaints.stages import Step
from tests.evidence.complaints.test_life_of_a_complaint import NUMBERS, a_complaint, step


@pytest.mark.parametrize(
    ("on", "answer", "acknowledge", "investigate"),
    [
        ("2026-12-01", "2026-12-08", "2026-12-04", "2026-12-30"),  # a Tuesday
        ("2026-12-04", "2026-12-11", "2026-12-09", "2027-01-05"),  # a Friday
        ("2026-12-05", "2026-12-11", "2026-12-09", "2027-01-05"),  # a Saturday: the same as the day before
        ("2026-12-22", "2026-12-30", "2026-12-28", "2027-01-21"),  # 25 December is a Friday
        ("2026-12-24", "2027-01-04", "2026-12-30", "2027-01-25"),  # the 26th is a Saturday, and so is 2 January
        ("2026-12-31", "2027-01-08", "2027-01-06", "2027-01-29"),
        ("2027-12-23", "2027-12-30", "2027-12-28", "2028-01-20"),  # Christmas is on a weekend
        ("2028-12-22", "2029-01-04", "2028-12-29", "2029-01-25"),  # Monday and Tuesday, twice
        ("2026-11-27", "2026-12-04", "2026-12-02", "2026-12-28"),  # St Andrew's Day is a working day of the Act
        ("2027-03-25", "2027-04-01", "2027-03-30", "2027-04-22"),  # and so is Good Friday
    ],
)
def test_the_days_of_a_complaint_are_counted_without_weekends_christmas_and_new_year(
    on: str, answer: str, acknowledge: str, investigate: str
) -> None:
    day = date.fromisoformat(on)
    assert received(day, NUMBERS).answer_due_on == date.fromisoformat(answer)
    item = step(a_complaint(day), Step.STAGE_2, day, today=day)
    assert [one.due_on for one in item.complaint_limits[1:]] == list(
        map(date.fromisoformat, (acknowledge, investigate))
    )


def test_the_days_are_the_numbers_of_the_file_and_the_first_day_does_not_count() -> None:
    numbers = complaint_numbers()
    assert (numbers.complaint_answer_working_days, numbers.complaint_acknowledge_working_days) == (5, 3)
    assert numbers.complaint_investigate_working_days == 20
    friday = date(2026, 12, 4)
    assert add_working_days(WorkingCalendar.STATUTORY, friday, 5) == received(friday, numbers).answer_due_on
