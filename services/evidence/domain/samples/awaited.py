"""What a sampled report waits for, from whom and by when (record 3.1). Scheduling asks for it as a duty."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.calendar_days import WorkingCalendar, add_working_days, london_today
from services.evidence.domain.samples.sample import Sample, SampleNumbers, State


class Step(StrEnum):
    """What is awaited."""

    OBTAIN_REPORT = "obtain_report"
    READ_REPORT = "read_report"
    SECOND_READING = "second_reading"
    RECONCILE_READINGS = "reconcile_readings"
    SHARE_READING = "share_reading"


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that a sampled report waits for."""

    step: Step
    since_on: date
    """The day from which its time is counted, which is none of its days."""
    due_on: date
    person: str = ""
    """The reader whose turn it is. Empty for the Team."""


def awaited(sample: Sample, numbers: SampleNumbers) -> tuple[Awaited, ...]:
    """Return what a sampled report waits for. A report that is still to be drawn is not among it.

    A second reader may read at once. Nobody is asked for a second reading before the first one is in, because the
    reader of the first one has longer.
    """
    stood_on = london_today(sample.recorded_at)
    if sample.state is State.SELECTED:
        return (_counted(Step.OBTAIN_REPORT, stood_on, numbers.obtain_report_working_days),)
    if sample.state in (State.OBTAINED, State.ASSIGNED, State.READ) and not sample.is_complete:
        return tuple(_readings(sample, numbers))
    if sample.state is State.SECOND_READ:
        # Either reader may propose. One is asked, so that neither waits for the other.
        days = numbers.reconcile_readings_working_days
        return (_counted(Step.RECONCILE_READINGS, stood_on, days, sample.reader),)
    if sample.outcome and sample.evidence_id:
        return (_counted(Step.SHARE_READING, stood_on, numbers.share_reading_working_days),)
    return ()


def _readings(sample: Sample, numbers: SampleNumbers) -> Iterator[Awaited]:
    stood_on = london_today(sample.recorded_at)
    if not sample.reader or not sample.reading_of(sample.reader):
        given_on = sample.reader_since if sample.reader else sample.obtained_on
        yield _counted(Step.READ_REPORT, given_on or stood_on, numbers.read_report_working_days, sample.reader)
    elif sample.read_on:
        since_on = max(sample.read_on, sample.second_since or sample.read_on)
        yield _counted(Step.SECOND_READING, since_on, numbers.second_reading_working_days, sample.second_reader)


def _counted(step: Step, since_on: date, working_days: int, person: str = "") -> Awaited:
    return Awaited(step, since_on, add_working_days(WorkingCalendar.OFFICE, since_on, working_days), person)
