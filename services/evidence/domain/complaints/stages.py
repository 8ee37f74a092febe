"""How far a complaint has come, and its time limits (R47, X37).

The law asks for a published procedure and gives no days (SSI 2012/54 reg 11(6)). The stages are those of the model
procedure of the Scottish public sector. Every step that was recorded is kept, also one that was recorded wrongly.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from services.calendar_days import london_today


class Step(StrEnum):
    """What is recorded of a complaint after it was received."""

    SETTLED = "settled"
    """Answered at stage 1 and settled, without a finding."""
    ANSWERED = "answered"
    """Answered at stage 1, and not settled."""
    STAGE_2 = "stage_2"
    """Stage 2 was asked for."""
    ACKNOWLEDGED = "acknowledged"
    STAGE_2_ANSWERED = "stage_2_answered"
    EXTENDED = "extended"
    DECIDED = "decided"
    """The outcome. The decision itself is recorded, and this is its day."""
    OMBUDSMAN_TOLD = "ombudsman_told"


class ExtensionReason(StrEnum):
    """Why an answer has more time. A list, because words could say who complained, and other services hear of it."""

    INFORMATION_AWAITED = "information_awaited"
    SOMEBODY_AWAY = "somebody_away"
    MORE_TO_LOOK_INTO = "more_to_look_into"
    AGREED = "agreed"


class Limit(StrEnum):
    """What the Team owes. The words are those of the duties that scheduling makes of them."""

    ANSWER = "answer_complaint"
    ACKNOWLEDGE = "acknowledge_complaint"
    INVESTIGATE = "investigate_complaint"


class LimitState(StrEnum):
    """How a time limit stands."""

    AWAITED = "awaited"
    MET = "met"
    ENDED = "ended"
    """It ended without an answer: nobody waits for one any more."""


class Ending(StrEnum):
    """Whether a complaint still waits for anything."""

    OPEN = "open"
    DECIDED = "decided"
    GONE = "gone"
    """It was taken back, or its item is out of account."""


@dataclass(frozen=True, slots=True)
class ComplaintNumbers:
    """Our numbers, from services/evidence/data/record.yaml, in working days of the 2011 Act."""

    complaint_answer_working_days: int
    """To answer at stage 1, from the day on which the complaint was received."""
    complaint_acknowledge_working_days: int
    """To acknowledge a request for stage 2."""
    complaint_investigate_working_days: int
    """To answer at stage 2, from the day on which it was asked for."""
    complaint_extension_working_days: int
    """That one extension may add at most. Otherwise a slip in the year would silence a time limit for good."""


class Recorder(NamedTuple):
    """The person who records a step, and when."""

    person: str
    now: datetime

    @property
    def today(self) -> date:
        """The London date of now."""
        return london_today(self.now)


@dataclass(frozen=True, slots=True)
class Entry:
    """One step as it was recorded."""

    step: Step
    on: date
    """The day on which it was made."""
    by: str
    at: datetime
    due_on: date | None = None
    """The last day for the answer: that of stage 2 when it begins, or the new one of an extension."""
    acknowledge_by_on: date | None = None
    """The last day to acknowledge stage 2."""
    reason: ExtensionReason | None = None
    taken_out_at: datetime | None = None
    """When it was corrected or taken back. None while it stands."""
    taken_out_by: str = ""


@dataclass(frozen=True, slots=True)
class Stages:
    """The steps of one complaint."""

    answer_due_on: date | None = None
    """The last day to answer at stage 1, as it was set first. None if the complaint came without a time limit."""
    entries: tuple[Entry, ...] = ()
    """In order. One that was corrected stands before the one that took its place."""

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The steps that stand."""
        return tuple(entry for entry in self.entries if entry.taken_out_at is None)

    @property
    def without_people(self) -> "Stages":
        """The same, without who recorded what."""
        return replace(self, entries=tuple(replace(entry, by="", taken_out_by="") for entry in self.entries))


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit as it stands."""

    limit: Limit
    starts_on: date
    """The day from which it is counted, which is none of its days."""
    due_on: date
    state: LimitState = LimitState.AWAITED
    met_on: date | None = None
    """None while it was not met, and where the release before recorded the outcome that met it."""


def limits_of(stages: Stages, received_on: date, ending: Ending) -> tuple[TimeLimit, ...]:
    """Return every time limit that has begun, in order.

    The answer at stage 2 stands in for the acknowledgement, and an outcome for any answer. Nothing pauses a limit: the
    person who complained waits, whatever becomes of the Safeguarder.
    """
    limits: dict[Limit, TimeLimit] = {}
    if stages.answer_due_on is not None:
        limits[Limit.ANSWER] = TimeLimit(Limit.ANSWER, received_on, stages.answer_due_on)
    for entry in stages.standing:
        _follow(limits, entry, ending)
    return tuple(_at_the_end(limit, ending) for limit in limits.values())


def running_answer(limits: tuple[TimeLimit, ...]) -> TimeLimit | None:
    """Return the time limit of the answer that is awaited; None if none is."""
    answers = (limit for limit in limits if limit.limit is not Limit.ACKNOWLEDGE)
    return next((limit for limit in answers if limit.state is LimitState.AWAITED), None)


def _follow(limits: dict[Limit, TimeLimit], entry: Entry, ending: Ending) -> None:
    """Let one step change the time limits."""
    match entry.step:
        case Step.SETTLED | Step.ANSWERED:
            _close(limits, (Limit.ANSWER,), LimitState.MET, entry.on)
        case Step.STAGE_2 if entry.due_on and entry.acknowledge_by_on:
            _close(limits, (Limit.ANSWER,), LimitState.ENDED, None)
            limits[Limit.ACKNOWLEDGE] = TimeLimit(Limit.ACKNOWLEDGE, entry.on, entry.acknowledge_by_on)
            limits[Limit.INVESTIGATE] = TimeLimit(Limit.INVESTIGATE, entry.on, entry.due_on)
        case Step.ACKNOWLEDGED:
            _close(limits, (Limit.ACKNOWLEDGE,), LimitState.MET, entry.on)
        case Step.STAGE_2_ANSWERED:
            _close(limits, (Limit.ACKNOWLEDGE, Limit.INVESTIGATE), LimitState.MET, entry.on)
        case Step.DECIDED if ending is not Ending.GONE:
            _close(limits, tuple(Limit), LimitState.MET, entry.on)
        case Step.EXTENDED if entry.due_on and (answer := running_answer(tuple(limits.values()))):
            limits[answer.limit] = replace(answer, due_on=entry.due_on)


def _close(limits: dict[Limit, TimeLimit], closed: tuple[Limit, ...], state: LimitState, met_on: date | None) -> None:
    for limit in closed:
        if limit in limits and limits[limit].state is LimitState.AWAITED:
            limits[limit] = replace(limits[limit], state=state, met_on=met_on)


def _at_the_end(limit: TimeLimit, ending: Ending) -> TimeLimit:
    if limit.state is not LimitState.AWAITED or ending is Ending.OPEN:
        return limit
    return replace(limit, state=LimitState.MET if ending is Ending.DECIDED else LimitState.ENDED)
