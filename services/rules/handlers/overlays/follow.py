"""Let concerns follow the suspensions of Safeguarders, which evidence keeps (R90)."""

from dataclasses import dataclass
from datetime import datetime

from services.calendar_days import london_today
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.overlays import SqlOverlays
from services.rules.domain.closed_lists import HoldReason
from services.rules.domain.concerns.history import CALENDAR, Made
from services.rules.domain.concerns.overlays.followed import OverlayFact, follow_overlays


@dataclass(frozen=True, slots=True)
class OverlayContext:
    """What overlays are followed with in the current transaction."""

    overlays: SqlOverlays
    concerns: SqlConcerns
    facts: SqlFacts
    now: datetime


def follow(said: OverlayFact, context: OverlayContext) -> None:
    """Store a version of an overlay, and let each open concern follow. Nothing is refused.

    What an overlay held back may be raised once it is over, so the person is evaluated again.
    """
    context.overlays.remember(said)
    follow_all(said.safeguarder_id, context.overlays, context.concerns, context.now)
    context.facts.ask_for_evaluation(said.safeguarder_id)


def follow_all(safeguarder_id: str, overlays: SqlOverlays, concerns: SqlConcerns, now: datetime) -> None:
    """Let each open concern of a person stand as their overlays have it. Calling this again changes nothing."""
    known = overlays.of(safeguarder_id)
    if not known:
        return
    for concern in concerns.of_person(safeguarder_id):
        if concern.is_open:
            move, after = follow_overlays(concern, known, london_today(now))
            if after is not concern:
                made = Made(move, CALENDAR, now, concern.state, after.state, HoldReason.SUSPENDED.value)
                concerns.make(after, made)
