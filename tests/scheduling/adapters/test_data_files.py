"""The data files say which numbers are given and which are ours. A fault is reported with its file and key."""

from datetime import time
from importlib.resources import files

import pytest
import yaml

from services.calendar_days import WorkingCalendar
from services.platform.data_file import DataFileError
from services.scheduling.adapters.data_files import read_policy, read_regions
from services.scheduling.domain.identifiers import Region

POLICY_TEXT = files("services.scheduling").joinpath("data", "policy.yaml").read_text(encoding="utf-8")


def test_the_framework_gives_three_sessions_and_two_trainings_a_year_and_no_other_number() -> None:
    policy = read_policy()
    assert (policy.support_sessions_per_year, policy.mandatory_trainings_per_year) == (3, 2)
    rows = yaml.safe_load(POLICY_TEXT)
    assert [key for key, row in rows.items() if row["basis"] == "given"] == [
        "support_sessions_per_year",
        "mandatory_trainings_per_year",
    ]


def test_the_other_numbers_are_read_with_their_types() -> None:
    policy = read_policy()
    assert policy.year_starts_on is None
    assert policy.calendar is WorkingCalendar.OFFICE
    assert policy.session_start_times == (time(10, 0), time(13, 30))
    assert (policy.notice_working_days, policy.agenda_freeze_working_days) == (10, 5)


def test_a_year_may_start_on_a_fixed_day() -> None:
    assert read_policy(POLICY_TEXT.replace("value: term_start", "value: 04-01")).year_starts_on == (4, 1)


def test_each_of_the_23_areas_has_a_region_and_each_region_has_areas() -> None:
    regions = read_regions()
    assert len(regions) == 23
    assert set(regions.values()) == set(Region)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("value: 3", "value: three", "support_sessions_per_year.value: write a whole number"),
        ("value: 3", "value: true", "support_sessions_per_year.value: write a whole number"),
        ("value: 10", "value: 0", "notice_working_days.value: write a whole number of 1 or more"),
        ("value: false", "value: maybe", "part_attendance_counts.value: write true or false"),
        ("value: term_start", "value: 02-29", "year_starts_on.value:"),
        ("value: office", "value: english", "calendar.value:"),
        ('["10:00", "13:30"]', '["01:30"]', "session_start_times.value: write daytime"),
        ('["10:00", "13:30"]', "[]", "session_start_times.value: write daytime"),
        ('["10:00", "13:30"]', "[10:00]", "session_start_times.value:"),
        ("notice_working_days:", "notice_days:", "notice_days, notice_working_days: write every number"),
        ("basis: given\n", "basis: official\n", "support_sessions_per_year.basis: write given or ours"),
        ("owner: Scottish Government", "owner:", "support_sessions_per_year: write value, basis, why, source, owner"),
        ("value: 4", "value: 25", "emergency_access_hours.value: write a whole number from 1 to 24"),
        ("value: 3", "value: [", "not readable as YAML"),
    ],
)
def test_a_fault_in_the_policy_is_named_by_file_and_key(old: str, new: str, fault: str) -> None:
    assert old in POLICY_TEXT
    with pytest.raises(DataFileError) as refused:
        read_policy(POLICY_TEXT.replace(old, new, 1))
    assert f"policy.yaml: {fault}" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("areas: {}", "areas: write at least one area"),
        ("- aberdeen", "write keys with their values"),
        ("areas: {aberdeen: {region: south}}", "areas.aberdeen.region: write one of east, north, west"),
        ("areas: {aberdeen: north}", "areas.aberdeen.region: write one of east, north, west"),
    ],
)
def test_a_fault_in_the_regions_is_named_by_file_and_key(text: str, fault: str) -> None:
    with pytest.raises(DataFileError) as refused:
        read_regions(text)
    assert f"regions.yaml: {fault}" in str(refused.value)
