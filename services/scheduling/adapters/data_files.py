"""Reader of scheduling's data files: the region of each area, and the policy. Errors name the file and the key."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time, timedelta
from importlib.resources import files
from typing import Any

import yaml

from services.calendar_days import WorkingCalendar
from services.platform.data_file import YAML_LOADER, DataFileError
from services.scheduling.domain.emergency import LONGEST
from services.scheduling.domain.identifiers import Region
from services.scheduling.domain.obligations.policy import SchedulingPolicy

REASONS = ("basis", "why", "source", "owner")
DAYTIME = (time(8), time(18))
MOST = {"emergency_access_hours": LONGEST // timedelta(hours=1)}
"""The largest value of a number, where it has one."""


def read_regions(text: str | None = None) -> Mapping[str, Region]:
    """Return the region of each area by area id, from a text or else from the packaged file.

    Raises:
        DataFileError: The file cannot be used.
    """
    areas = _mapping("regions.yaml", text).get("areas")
    if not isinstance(areas, dict) or not areas:
        raise DataFileError("regions.yaml: areas: write at least one area with its name and region.")
    return {area: _region(area, row) for area, row in areas.items()}


def read_policy(text: str | None = None) -> SchedulingPolicy:
    """Return the numbers of the policy, from a text or else from the packaged file.

    Each number needs a basis, a reason, a source and an owner in the file.

    Raises:
        DataFileError: The file cannot be used.
    """
    rows = _mapping("policy.yaml", text)
    wanted = {field.name for field in fields(SchedulingPolicy)}
    if rows.keys() != wanted:
        differing = ", ".join(sorted(str(key) for key in rows.keys() ^ wanted))
        raise DataFileError(f"policy.yaml: {differing}: write every number of the policy and no other key.")
    values = {key: _value(key, row) for key, row in rows.items()}
    return SchedulingPolicy(**values)


def _mapping(name: str, text: str | None) -> dict[str, Any]:
    if text is None:
        text = files("services.scheduling").joinpath("data", name).read_text(encoding="utf-8")
    try:
        content = yaml.load(text, Loader=YAML_LOADER)  # noqa: S506  it is a safe one
    except yaml.YAMLError as fault:
        raise DataFileError(f"{name}: not readable as YAML: {fault}") from fault
    if not isinstance(content, dict):
        raise DataFileError(f"{name}: write keys with their values.")
    return content


def _region(area: str, row: object) -> Region:
    region: Any = row.get("region") if isinstance(row, dict) else None
    try:
        return Region(region)
    except ValueError as fault:
        raise DataFileError(f"regions.yaml: areas.{area}.region: write one of {', '.join(Region)}.") from fault


def _value(key: str, row: object) -> Any:
    if not isinstance(row, dict) or "value" not in row or not all(row.get(reason) for reason in REASONS):
        raise DataFileError(f"policy.yaml: {key}: write value, {', '.join(REASONS)}.")
    if row["basis"] not in {"given", "ours"}:
        raise DataFileError(f"policy.yaml: {key}.basis: write given or ours.")
    try:
        return _parsed(key, row["value"])
    except (TypeError, ValueError) as fault:
        raise DataFileError(f"policy.yaml: {key}.value: {fault}") from fault


def _parsed(key: str, value: Any) -> Any:
    if key == "year_starts_on":
        return None if value == "term_start" else _month_and_day(value)
    if key == "calendar":
        return WorkingCalendar(value)
    if key == "part_attendance_counts":
        return _flag(value)
    if key == "session_start_times":
        return _start_times(value)
    if key == "office_hours":
        return _from_to(_start_times(value))
    if key.endswith("_owed_from"):
        return date.fromisoformat(value)
    if key == "no_proposals":
        return _from_to(tuple(map(_month_and_day, value)))
    return _positive(value, MOST.get(key, 0))


def _month_and_day(value: str) -> tuple[int, int]:
    # 2023 is not a leap year. 29 February is refused, because most years do not have it.
    day = date.fromisoformat(f"2023-{value}")
    return day.month, day.day


def _from_to(values: tuple[Any, ...]) -> tuple[Any, Any]:
    if len(values) != 2:
        raise ValueError("write two values, from and to.")
    return values[0], values[1]


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("write true or false.")
    return value


def _positive(value: object, most: int = 0) -> int:
    # In Python `true` is an int too.
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("write a whole number of 1 or more.")
    if most and value > most:
        raise ValueError(f"write a whole number from 1 to {most}.")
    return value


def _start_times(value: list[str]) -> tuple[time, ...]:
    times = tuple(time.fromisoformat(text) for text in value)
    if not times or not all(DAYTIME[0] <= at <= DAYTIME[1] for at in times):
        raise ValueError('write daytime starts from 08:00 to 18:00 in quotation marks, like "10:00".')
    return times
