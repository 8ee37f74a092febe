"""RecordTrainingEvent: record that a training event was held, and to whom it is thereby delivered (R122, R163)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from services.scheduling.domain.identifiers import TrainingEventId
from services.scheduling.domain.obligations.trainings import (
    TrainingEvent,
    TrainingKind,
    check_not_on_file,
    check_training_event,
)
from services.scheduling.domain.schedule import deliver_trainings
from services.scheduling.handlers.context import SchedulingContext


def record_training_event(
    event_id: TrainingEventId, kind: TrainingKind, held_on: Sequence[date], again: bool, context: SchedulingContext
) -> TrainingEvent:
    """Record or correct on which days an event was held, and deliver it to everybody who served then.

    `again`: the caller knows of another event of the kind on one of the days, and means a second one.

    Raises:
        Refusal: INVALID for an id that is not well formed, and for a day in the future; TRAINING_ON_FILE.
    """
    known = context.trainings.find(event_id)
    version = known.version + 1 if known else 1
    event = TrainingEvent(event_id, kind, tuple(sorted(set(held_on))), context.now, version)
    check_training_event(event, context.today)
    if known and replace(event, version=known.version, recorded_at=known.recorded_at) == known:
        return known
    if not again:
        check_not_on_file(event, known, context.trainings.all())
    context.trainings.put(event)
    events = context.trainings.all()
    days = (*event.held_on, *(known.held_on if known else ()))
    for safeguarder_id in context.schedules.serving(min(days)) if days else ():
        before = context.schedule(safeguarder_id)
        change = deliver_trainings(before, events, context.now)
        if change.schedule != before:
            context.keep(before, change.schedule, change.events)
    return event
