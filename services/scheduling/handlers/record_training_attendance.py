"""RecordTrainingAttendance: how a person took part in a mandatory training event (R122, R124)."""

from services.scheduling.domain.attendance import TrainingAttendance
from services.scheduling.domain.identifiers import ObligationId, SafeguarderId
from services.scheduling.domain.obligations import obligations as domain
from services.scheduling.domain.obligations.obligations import Obligation
from services.scheduling.handlers.context import SchedulingContext


def record_training_attendance(
    safeguarder_id: SafeguarderId, obligation_id: ObligationId, training: TrainingAttendance, context: SchedulingContext
) -> Obligation:
    """The obligation with attendance recorded, or corrected.

    Raises:
        Refusal: NOT_FOUND; INVALID for a support session, an event to come or outside the twelve months.
    """
    before = context.schedule(safeguarder_id)
    owed = before.obligation(obligation_id)
    obligation, event = domain.record_training_attendance(owed, training, context.now, context.policy)
    context.schedules.keep(before, before.with_obligation(obligation), (event,))
    return obligation
