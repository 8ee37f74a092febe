"""What may be done with a leave, and when (R90, record 2.7): it is asked for, and agreed to or declined."""

from dataclasses import dataclass, replace
from datetime import date

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.overlays.overlay import (
    Leave,
    LeaveKind,
    Overlay,
    OverlayPolicy,
    OverlayState,
    next_version,
)
from services.evidence.domain.overlays.suspension import Recorder
from services.evidence.domain.safeguarder import Safeguarder, check_serves
from services.evidence.domain.time_away import check_days
from services.refusals import invalid, precondition


@dataclass(frozen=True, slots=True)
class AskedLeave:
    """A leave as somebody asks for it. `ends_on`: None while nobody knows it."""

    kind: LeaveKind
    starts_on: date
    ends_on: date | None
    read_back: bool
    by_the_person: bool


def ask(overlay_id: str, entry: Safeguarder, asked: AskedLeave, policy: OverlayPolicy, by: Recorder) -> Overlay:
    """Return a leave that is asked for. Its days may have been before: that favours the person.

    Raises:
        Refusal: ASK_FIRST, END_BEFORE_START, NOT_APPOINTED.
    """
    if not asked.by_the_person and not asked.read_back:
        message = "A leave is asked for by the Safeguarder. If you enter it for them, read it back to them first."
        raise precondition("ASK_FIRST", message, "read_back")
    check_days(asked.starts_on, asked.ends_on)
    check_serves(entry, asked.starts_on)
    due_on = add_working_days(WorkingCalendar.OFFICE, by.today, policy.leave_answer_working_days)
    leave = Leave(asked.kind, not asked.by_the_person, due_on)
    return Overlay(
        overlay_id, entry.safeguarder_id, OverlayState.ASKED, asked.starts_on, asked.ends_on, None, policy.leave_does,
        asked.starts_on < by.today, by.now, by.person, by.now, leave=leave,
    )  # fmt: skip


def answer(overlay: Overlay, because: str, by: Recorder, *, agreed: bool) -> Overlay:
    """Return a leave that was asked for, agreed to or declined.

    Raises:
        Refusal: LEAVE_ANSWERED; SAY_WHY without a reason for declining.
    """
    leave = overlay.leave
    if leave is None or overlay.state is not OverlayState.ASKED:
        message = "This leave has its answer. Set its last day, or ask for another one."
        raise precondition("LEAVE_ANSWERED", message, "name")
    if not agreed and not because:
        raise invalid("SAY_WHY", "Say why the leave is declined. The Safeguarder reads it.", "because")
    answered = replace(leave, answered_by=by.person, because="" if agreed else because)
    state = OverlayState.AGREED if agreed else OverlayState.DECLINED
    return replace(next_version(overlay, by.person, by.now), leave=answered, state=state)


def end(overlay: Overlay, last_on: date | None, by: Recorder, *, not_taken: bool) -> Overlay:
    """Return a leave with its last day, also afterwards, or as one that was not taken.

    Raises:
        Refusal: LEAVE_NOT_AGREED; LAST_DAY_OR_NOT_TAKEN with both or neither; END_BEFORE_START.
    """
    if overlay.leave is None or overlay.state is not OverlayState.AGREED:
        raise precondition("LEAVE_NOT_AGREED", "Only a leave that was agreed to has an end.", "name")
    if (last_on is None) is not not_taken:
        raise invalid("LAST_DAY_OR_NOT_TAKEN", "Give the last day, or say that it was not taken.", "end_date")
    ended = next_version(overlay, by.person, by.now)
    if not_taken:
        return replace(ended, state=OverlayState.NOT_TAKEN)
    check_days(overlay.starts_on, last_on)
    return replace(ended, ends_on=last_on)
