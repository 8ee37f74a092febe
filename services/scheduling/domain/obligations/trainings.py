"""Training events of the Team, and the obligations that a mandatory event delivers to each person (R122, R163).

That an event was held is a fact of its own. Who attended is another. Without this, attendance would say by itself that
training was delivered, and the figure would be 100 per cent whatever the Team had done.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from services.refusals import conflict, invalid, precondition
from services.scheduling.domain.events import TrainingDelivered
from services.scheduling.domain.identifiers import TrainingEventId
from services.scheduling.domain.obligations.obligations import Obligation, ObligationKind

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")


class TrainingKind(StrEnum):
    """The kind of a training event. Only a mandatory one is owed to everybody each year."""

    MANDATORY = "mandatory"
    POST_APPOINTMENT = "post_appointment"
    MODULAR = "modular"
    REAPPOINTMENT = "reappointment"


@dataclass(frozen=True, slots=True)
class TrainingEvent:
    """A training event with the days on which it was held. One event on several days is owed to a person once.

    A later record replaces the days. Without days it was not held after all.
    """

    training_event_id: TrainingEventId
    kind: TrainingKind
    held_on: tuple[date, ...]
    recorded_at: datetime
    version: int = 1


def check_training_event(event: TrainingEvent, today: date) -> None:
    """Refuse TRAINING_EVENT_ID_NOT_VALID, and TRAINING_IN_FUTURE for an event that was not held yet."""
    if not _ID.fullmatch(event.training_event_id):
        message = "A training event's id has 3 to 40 characters a-z, 0-9 and hyphen."
        raise invalid("TRAINING_EVENT_ID_NOT_VALID", message, field="name")
    if any(day > today for day in event.held_on):
        message = "The event is in the future. Record it when it was held."
        raise invalid("TRAINING_IN_FUTURE", message, field="held_dates")


def check_not_on_file(event: TrainingEvent, known: TrainingEvent | None, events: Iterable[TrainingEvent]) -> None:
    """Check that no other event of the same kind was held on a day that is new to an event. `known`: it, as recorded.

    One event under two ids would deliver both trainings of the year to everybody.

    Raises:
        Refusal: TRAINING_ON_FILE, with the name of the other one.
    """
    stood = known.held_on if known is not None and known.kind is event.kind else ()
    new_days = set(event.held_on) - set(stood)
    for other in events:
        is_another = other.training_event_id != event.training_event_id and other.kind is event.kind
        if is_another and new_days & set(other.held_on):
            message = "An event of this kind on one of these days is recorded under another id. "
            name = f"trainingEvents/{other.training_event_id}"
            message += "Correct that one. If there were two, set `again` (on the command line: --again)."
            raise conflict("TRAINING_ON_FILE", message, "held_dates", on_file=name)


def check_counts_once(
    owed: Obligation, held_on: date, obligations: Iterable[Obligation], events: Iterable[TrainingEvent]
) -> None:
    """Refuse attendance at an event for which attendance at another training owed is recorded (P26).

    One event would otherwise be two trainings attended, or two missed. Two events on one day are two. A record of the
    same day is a correction, and always taken.

    Raises:
        Refusal: TRAINING_RECORDED_ALREADY.
    """
    if owed.attendance_on == held_on:
        return
    mandatory = [event for event in events if event.kind is TrainingKind.MANDATORY]
    for other in obligations:
        day = other.attendance_on
        if day is None or other.obligation_id == owed.obligation_id:
            continue
        one, another = (
            {event.training_event_id for event in mandatory if on in event.held_on} for on in (day, held_on)
        )
        if (day == held_on or one & another) and len(one | another) < 2:
            message = (
                "Attendance at this event is recorded for another training. Correct it there. One event counts once."
            )
            raise precondition("TRAINING_RECORDED_ALREADY", message, "event_date")


def deliver(
    obligations: Sequence[Obligation],
    events: Iterable[TrainingEvent],
    serves_on: Callable[[date], bool],
    now: datetime,
    today: date,
) -> tuple[tuple[Obligation, ...], tuple[TrainingDelivered, ...]]:
    """Return one person's obligations with the events that deliver them, and what changed as events to publish.

    An obligation with attendance is delivered by the event of that day, and by no other. Any other one takes the first
    event that was held in its twelve months while the person served. Each event delivers one obligation. Calling this
    again changes nothing.
    """
    left = {event.training_event_id: event for event in events if event.kind is TrainingKind.MANDATORY}
    trainings = [
        owed for owed in obligations if owed.kind is ObligationKind.MANDATORY_TRAINING and not _told_before(owed)
    ]
    found: dict[str, tuple[TrainingEventId, date]] = {}
    for owed in sorted(trainings, key=lambda owed: (owed.attendance_on is None, owed.window_starts_on, owed.number)):
        days = [
            (day, event.training_event_id)
            for event in left.values()
            for day in event.held_on
            if serves_on(day) and _may_deliver(owed, day, today)
        ]
        if days:
            day, event_id = min(days)
            found[owed.obligation_id] = (event_id, day)
            del left[event_id]
    after = tuple(
        _delivered(owed, found.get(owed.obligation_id)) if owed in trainings else owed for owed in obligations
    )
    changed = (new for old, new in zip(obligations, after, strict=True) if _delivery(old) != _delivery(new))
    return after, tuple(
        TrainingDelivered(new.safeguarder_id, new.obligation_id, new.training_event, new.delivered_on, now)
        for new in changed
    )


def _told_before(owed: Obligation) -> bool:
    """Return whether the release before said that it was delivered. It kept no event, so that stays as it was told."""
    return owed.delivered and owed.training_event is None and owed.attendance_on is None


def _may_deliver(owed: Obligation, day: date, today: date) -> bool:
    if owed.attendance_on is not None:
        return day == owed.attendance_on
    return owed.window_starts_on <= day <= max(owed.window_ends_on, owed.closes_on(today))


def _delivered(owed: Obligation, by: tuple[TrainingEventId, date] | None) -> Obligation:
    event_id, day = by or (None, None)
    return replace(owed, delivered=by is not None, training_event=event_id, delivered_on=day)


def _delivery(owed: Obligation) -> tuple[TrainingEventId | None, date | None]:
    return owed.training_event, owed.delivered_on
