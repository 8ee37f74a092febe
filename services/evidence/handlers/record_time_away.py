"""RecordTimeAway: record a leave, or correct a time away (R90)."""

from dataclasses import replace

from services.evidence.adapters.overlays.store import SqlOverlays
from services.evidence.domain.safeguarder import entered
from services.evidence.domain.time_away import AwayKind, TimeAway, check_time_away
from services.evidence.handlers.overlays.days import DaysAway
from services.refusals import Refusal, not_found, precondition


def record_time_away(
    away: TimeAway, corrects: str, records_decisions: bool, days: DaysAway, overlays: SqlOverlays
) -> TimeAway:
    """Record a time away and return it. `corrects`: the id of the one that it corrects; empty for a new one.

    Raises:
        Refusal: NOT_FOUND for an unknown person or time away. USE_THE_RECORD for the days of an overlay, which keeps
            them itself, and for a new suspension. Otherwise as `check_time_away` and `DaysAway.keep` say.
    """
    entry = entered(days.plan.people.find(away.safeguarder_id))
    check_time_away(away, entry, records_decisions=records_decisions)
    if not corrects and away.kind is AwayKind.SUSPENSION:
        raise _kept_as_an_overlay("kind", "SuspendSafeguarder")
    if corrects:
        if not any(each.time_away_id == corrects for each in days.of(away.safeguarder_id)):
            raise not_found("TIME_AWAY_NOT_FOUND", "This person has no such time away.", "time_away_id")
        if known := overlays.find(corrects):
            method = "EndLeave" if known.kind is AwayKind.LEAVE else "LiftSuspension"
            raise _kept_as_an_overlay("time_away_id", method)
    return days.keep(replace(away, time_away_id=corrects or away.time_away_id))


def _kept_as_an_overlay(field: str, method: str) -> Refusal:
    message = "This is kept as an overlay, and its days follow it: psmf overlay."
    return precondition("USE_THE_RECORD", message, field, method=f"psmf.evidence.v1.OverlayService/{method}")
