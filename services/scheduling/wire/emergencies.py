"""Conversion of emergency accesses to and from protobuf messages."""

from datetime import datetime

from psmf.scheduling.v1 import emergency_access_pb2 as pb

from services.child_screen import refuse_a_child
from services.platform.calls.wire import from_word, name_parts, to_date, to_instant, to_member, to_needed_text
from services.scheduling.domain.emergency import AccessReview, EmergencyAccess, EmergencyKind, WantedAccess
from services.scheduling.domain.identifiers import AccessId, AccessOutcome, SafeguarderId
from services.scheduling.wire.messages import safeguarder

MOST_WORDS = 500
"""Characters of a reason. A longer one is a report, which belongs in the file."""


def wanted_access(request: pb.OpenEmergencyAccessRequest, year: int) -> WantedAccess:
    """Return what somebody asks for. `year`: the year in which the words are read.

    Raises:
        Refusal: INVALID for an unknown word, no reason, and words that look as if they name a child.
    """
    kind = to_member(EmergencyKind, pb.EmergencyAccess.Kind, request.kind, "kind")
    return WantedAccess(safeguarder(request.parent), kind, _words(request.reason, "reason", year))


def access_name(name: str) -> tuple[SafeguarderId, AccessId]:
    """Return the emergency access that a request names. Refuse INVALID for a malformed name."""
    safeguarder_id, access_id = name_parts(name, "safeguarders", "emergencyAccesses")
    return SafeguarderId(safeguarder_id), AccessId(access_id)


def access_review(request: pb.ReviewEmergencyAccessRequest, year: int) -> AccessReview:
    """Return what a reviewer says. `year`, and what is refused: as for `wanted_access`."""
    outcome = to_member(AccessOutcome, pb.EmergencyAccess.Outcome, request.outcome, "outcome")
    return AccessReview(outcome, _words(request.reasons, "reasons", year))


def access_message(known: EmergencyAccess, now: datetime, *, own: bool = False) -> pb.EmergencyAccess:
    """Return an emergency access as it stands now. `own`: for the Safeguarder, without the words of staff."""
    return pb.EmergencyAccess(
        name=f"safeguarders/{known.safeguarder_id}/emergencyAccesses/{known.access_id}",
        opened_by=known.opened_by,
        kind=from_word(pb.EmergencyAccess.Kind, known.kind),
        reason="" if own else known.reason,
        state=from_word(pb.EmergencyAccess.State, known.state_at(now)),
        open_time=to_instant(known.opened_at),
        end_time=to_instant(known.ends_at),
        closed_by=known.closed_by,
        close_time=to_instant(known.closed_at) if known.closed_at else None,
        review_due_date=to_date(known.review_due_on),
        outcome=from_word(pb.EmergencyAccess.Outcome, known.outcome) if known.outcome else None,
        reviewed_by=known.reviewed_by,
        review_time=to_instant(known.reviewed_at) if known.reviewed_at else None,
        review_reasons="" if own else known.review_reasons,
    )


def _words(text: str, field: str, year: int) -> str:
    return refuse_a_child(to_needed_text(text, field, MOST_WORDS), field, year)
