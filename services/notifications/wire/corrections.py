"""Conversion of what evidence says of corrected decisions."""

from typing import Any

from psmf.evidence.v1 import decisions_pb2

from services.notifications.domain.recommendations.corrections import Correction, CorrectionStands
from services.platform.calls.wire import known_member


def correction(message: Any) -> Correction:
    """Return a correction of a decision, without the membership that it has."""
    words = decisions_pb2.DecisionCorrection.State
    stands = known_member(CorrectionStands, words, message.state) or CorrectionStands.OTHERWISE
    ids = (message.safeguarder_id, message.decision_id, message.correction)
    return Correction(*ids, stands, message.entered_by)
