"""RecordTrainingAttendance: record how a person took part in a mandatory training event (R122, R124)."""

from services.scheduling.domain.attendance import TrainingAttendance
from services.scheduling.domain.identifiers import ObligationId, SafeguarderId
from services.scheduling.domain.obligations import obligations as domain
from services.scheduling.domain.obligations.obligations import Obligation
from services.scheduling.domain.obligations.trainings import check_counts_once
from services.scheduling.domain.schedule import deliver_trainings
from services.scheduling.handlers.context import SchedulingContext


def record_training_attendance(
    safeguarder_id: SafeguarderId, obligation_id: ObligationId, training: TrainingAttendance, context: SchedulingContext
) -> Obligation:
    """Record or correct attendance, and return the obligation.

    Raises:
        Refusal: NOT_FOUND. INVALID for a support session, a future event or one outside the obligation's window.
            TRAINING_RECORDED_ALREADY for an event that another obligation has. AWAY_THAT_DAY for an unexcused absence
            on a day on which the person is away; and as `check_not_reviewed` does.
    """
    before = context.schedule(safeguarder_id)
    owed = before.obligation(obligation_id)
    away = context.away(before)
    obligation, event = domain.record_training_attendance(owed, training, context.now, context.policy, away)
    held = context.trainings.all()
    check_counts_once(owed, training.held_on, before.obligations, held)
    change = deliver_trainings(before.with_obligation(obligation), held, context.now)
    context.keep(before, change.schedule, (*((event,) if event else ()), *change.events))
    return change.schedule.obligation(obligation_id)
