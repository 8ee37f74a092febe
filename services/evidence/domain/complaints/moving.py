"""What people record of the way of a complaint: the next step, another day for one, or that one was not made.

A step that is recorded wrongly is taken out and stays on file, with who took it out and when.
"""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.complaints.stages import (
    ComplaintNumbers,
    Ending,
    Entry,
    ExtensionReason,
    Recorder,
    Stages,
    Step,
    limits_of,
    running_answer,
)
from services.refusals import invalid, precondition

DECIDED = "The complaint already has an outcome. If it is wrong, another person of the Team can correct it."
_CALENDAR = WorkingCalendar.STATUTORY
"""The working day of the 2011 Act, s.202. It is the only one in the field's own law."""
_AFTER = {Step.ACKNOWLEDGED: Step.STAGE_2, Step.STAGE_2_ANSWERED: Step.STAGE_2}
_NO_LONGER = {
    Step.SETTLED: (Step.ANSWERED, Step.STAGE_2),
    Step.ANSWERED: (Step.SETTLED, Step.STAGE_2),
    Step.ACKNOWLEDGED: (Step.STAGE_2_ANSWERED,),
}
_NOT_NEXT = {
    Step.SETTLED: "Stage 1 is over, so the complaint is no longer settled there. Record its outcome.",
    Step.ANSWERED: "Stage 1 is over, so it is no longer answered there.",
    Step.ACKNOWLEDGED: "Only a request for stage 2 is acknowledged, and before it is answered.",
    Step.STAGE_2_ANSWERED: "Stage 2 was not asked for. Record that first.",
    Step.OMBUDSMAN_TOLD: "The ombudsman comes after the answer at stage 2, or after the outcome.",
}
_OF_AN_OUTCOME = (Step.SETTLED, Step.DECIDED)


class Correction(StrEnum):
    """What is wrong with a step that is recorded."""

    ANOTHER_DAY = "another_day"
    TAKEN_BACK = "taken_back"


class Case(NamedTuple):
    """A complaint as it stands."""

    stages: Stages
    received_on: date
    decided: bool


class Move(NamedTuple):
    """What somebody records."""

    step: Step
    on: date
    due_on: date | None = None
    reason: ExtensionReason | None = None
    correction: Correction | None = None


def received(received_on: date, numbers: ComplaintNumbers) -> Stages:
    """Return the stages of a complaint that has only been received."""
    return Stages(add_working_days(_CALENDAR, received_on, numbers.complaint_answer_working_days))


def moved(case: Case, move: Move, by: Recorder, numbers: ComplaintNumbers) -> Stages:
    """Return the stages of a complaint after a step, or after a correction of one.

    Raises:
        Refusal: DECIDED_ELSEWHERE; STEP_RECORDED; ALREADY_DECIDED; STEP_NOT_NEXT; and as `_check_day` and `_extended`
            say. Of a correction: STEP_NOT_RECORDED; OUTCOME_STAYS; LATER_STEPS; SAME_DAY; and as `_check_day` says.
    """
    if move.correction is Correction.TAKEN_BACK:
        return _taken_back(case, move, by)
    if move.correction is Correction.ANOTHER_DAY:
        return _on_another_day(case, move, by, numbers)
    _check_next(case, move.step)
    standing = case.stages.standing
    _check_day(move.on, (standing[-1].on if standing else case.received_on, by.today))
    entry = Entry(move.step, move.on, by.person, by.now)
    if move.step is Step.EXTENDED:
        entry = _extended(entry, case, move, numbers)
    elif move.due_on or move.reason:
        message = "Only an extension has a new last day and a reason for it."
        raise invalid("NO_EXTENSION", message, "due_date" if move.due_on else "extension_reason")
    return replace(case.stages, entries=(*case.stages.entries, _with_limits(entry, numbers)))


def decided(stages: Stages | None, by: Recorder) -> Stages:
    """Return the stages of a complaint that has its outcome today."""
    stages = stages or Stages()
    return replace(stages, entries=(*stages.entries, Entry(Step.DECIDED, by.today, by.person, by.now)))


def taken_over(new: Stages | None, old: Stages | None, by: Recorder, *, changed: bool, decided_now: bool) -> Stages:
    """Return the stages of the correction of a complaint: its own time limit, and the steps of the item before.

    One that had no time limit gets none. `changed`: whether the correction changes the outcome. The old one is then
    taken out with its day. An answer that settled the complaint stays an answer.
    """
    old = old or Stages()
    due_on = new.answer_due_on if new and old.answer_due_on else None
    stages = Stages(due_on, old.entries)
    if not changed:
        return stages
    entries: list[Entry] = []
    for entry in old.entries:
        is_outcome = entry.taken_out_at is None and entry.step in _OF_AN_OUTCOME
        entries.append(_out(entry, by) if is_outcome else entry)
        if is_outcome and entry.step is Step.SETTLED:
            entries.append(Entry(Step.ANSWERED, entry.on, by.person, by.now))
    stages = replace(stages, entries=tuple(entries))
    return decided(stages, by) if decided_now else stages


def check_received(stages: Stages | None, received_on: date) -> None:
    """Refuse DATE_AFTER_STEP for a day of receipt that is after a step of the complaint."""
    first = min((entry.on for entry in stages.standing), default=received_on) if stages else received_on
    if received_on > first:
        message = "A step of this complaint is recorded on an earlier day. Correct the day of that step first."
        raise invalid("DATE_AFTER_STEP", message, "evidence_item.received_date", latest=first.isoformat())


def _check_next(case: Case, step: Step) -> None:
    made = {entry.step for entry in case.stages.standing}
    if step is Step.DECIDED:
        message = "Record the outcome with DecideComplaint (psmf evidence decide)."
        raise precondition("DECIDED_ELSEWHERE", message, "step")
    if step in made and step is not Step.EXTENDED:
        message = "This step is recorded already. If it is wrong, correct its day or take it back."
        raise precondition("STEP_RECORDED", message, "step")
    if case.decided and step is not Step.OMBUDSMAN_TOLD:
        raise precondition("ALREADY_DECIDED", DECIDED, "step")
    early = step in _AFTER and _AFTER[step] not in made
    late = not made.isdisjoint(_NO_LONGER.get(step, ()))
    if step is Step.OMBUDSMAN_TOLD:
        early = not case.decided and Step.STAGE_2_ANSWERED not in made
    if early or late:
        raise precondition("STEP_NOT_NEXT", _NOT_NEXT[step], "step")


def _check_day(on: date, between: tuple[date, date], *, is_today: bool = True) -> None:
    """Check the day of a step against the steps before and after it.

    Raises:
        Refusal: DATE_IN_FUTURE; DATE_BEFORE_STEP; DATE_AFTER_STEP.
    """
    earliest, latest = between
    if on < earliest:
        message = "This is before the complaint was received, or before the step that came before it."
        raise invalid("DATE_BEFORE_STEP", message, "date", date=on.isoformat(), earliest=earliest.isoformat())
    if on > latest and is_today:
        raise invalid("DATE_IN_FUTURE", "date is in the future.", "date", date=on.isoformat())
    if on > latest:
        message = "This is after the step that came after it."
        raise invalid("DATE_AFTER_STEP", message, "date", date=on.isoformat(), latest=latest.isoformat())


def _extended(entry: Entry, case: Case, move: Move, numbers: ComplaintNumbers) -> Entry:
    """Return an extension of the answer that is awaited.

    Raises:
        Refusal: NO_TIME_LIMIT; FIELD_MISSING without a day or a reason; DATE_NOT_LATER; EXTENSION_TOO_LONG.
    """
    running = running_answer(limits_of(case.stages, case.received_on, Ending.OPEN))
    if running is None:
        message = "No answer to this complaint is awaited by a day, so there is nothing to extend."
        raise precondition("NO_TIME_LIMIT", message, "step")
    if move.due_on is None:
        raise invalid("FIELD_MISSING", "An extension needs its new last day. Set due_date.", "due_date")
    if move.reason is None:
        raise invalid("FIELD_MISSING", "An extension needs a reason. Set extension_reason.", "extension_reason")
    if move.due_on <= running.due_on:
        message = "An extension ends later than the time that there is already."
        raise invalid("DATE_NOT_LATER", message, "due_date", current=running.due_on.isoformat())
    latest = add_working_days(_CALENDAR, running.due_on, numbers.complaint_extension_working_days)
    if move.due_on > latest:
        message = f"One extension adds at most {numbers.complaint_extension_working_days} working days."
        raise invalid("EXTENSION_TOO_LONG", message, "due_date", latest=latest.isoformat())
    return replace(entry, due_on=move.due_on, reason=move.reason)


def _with_limits(entry: Entry, numbers: ComplaintNumbers) -> Entry:
    """Return a step with the last days that begin with it. They are kept: another number moves no day set before."""
    if entry.step is not Step.STAGE_2:
        return entry
    answer = add_working_days(_CALENDAR, entry.on, numbers.complaint_investigate_working_days)
    acknowledge = add_working_days(_CALENDAR, entry.on, numbers.complaint_acknowledge_working_days)
    return replace(entry, due_on=answer, acknowledge_by_on=acknowledge)


def _on_another_day(case: Case, move: Move, by: Recorder, numbers: ComplaintNumbers) -> Stages:
    entry = _recorded(case, move.step)
    standing = case.stages.standing
    place = standing.index(entry)
    before = standing[place - 1].on if place else case.received_on
    is_last = entry is standing[-1]
    _check_day(move.on, (before, by.today if is_last else standing[place + 1].on), is_today=is_last)
    if move.on == entry.on:
        raise invalid("SAME_DAY", "The step is recorded on this day already.", "date", date=move.on.isoformat())
    new = replace(entry, on=move.on, by=by.person, at=by.now)
    return _replaced(case.stages, entry, _out(entry, by), _with_limits(new, numbers))


def _taken_back(case: Case, move: Move, by: Recorder) -> Stages:
    entry = _recorded(case, move.step)
    if entry.step in _OF_AN_OUTCOME:
        message = "The complaint has its outcome by this. Another person of the Team can correct the outcome."
        raise precondition("OUTCOME_STAYS", message, "step")
    if entry is not case.stages.standing[-1]:
        raise precondition("LATER_STEPS", "Other steps came after it. Take those back first.", "step")
    return _replaced(case.stages, entry, _out(entry, by))


def _recorded(case: Case, step: Step) -> Entry:
    """Return the newest standing entry of a step, or refuse STEP_NOT_RECORDED."""
    found = [entry for entry in case.stages.standing if entry.step is step]
    if not found:
        raise precondition("STEP_NOT_RECORDED", "No such step is recorded of this complaint.", "step")
    return found[-1]


def _out(entry: Entry, by: Recorder) -> Entry:
    return replace(entry, taken_out_at=by.now, taken_out_by=by.person)


def _replaced(stages: Stages, old: Entry, *new: Entry) -> Stages:
    place = stages.entries.index(old)
    return replace(stages, entries=(*stages.entries[:place], *new, *stages.entries[place + 1 :]))
