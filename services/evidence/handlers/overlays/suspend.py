"""Suspend a Safeguarder, look at a suspension again, and lift it (R90, record 2.7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from services.evidence.adapters.overlays.store import SqlOverlays
from services.evidence.adapters.recommendations.kept import SqlTeamRecommendations
from services.evidence.domain.overlays import suspension as life
from services.evidence.domain.overlays.overlay import LiftReason, Overlay, OverlayPolicy, days_away
from services.evidence.domain.overlays.suspension import Asked, DecidedOn, Lifting, Look, Recorder
from services.evidence.domain.recommendations.decision import decide_on_suspension, undecided
from services.evidence.domain.recommendations.recommendation import Kind
from services.evidence.domain.safeguarder import Safeguarder, entered
from services.evidence.domain.time_away import AwayKind
from services.evidence.handlers.overlays.days import DaysAway
from services.evidence.handlers.plans.parts import check_etag
from services.evidence.ports import Register
from services.refusals import conflict, not_found

Copy = tuple[str, str, str]
"""The ids of a person and of an overlay, and the etag that the caller read. Empty: the overlay as it stands."""


@dataclass(frozen=True, slots=True)
class OverlayFiles:
    """What handlers need to work on overlays in the current transaction."""

    overlays: SqlOverlays
    days: DaysAway
    recommendations: SqlTeamRecommendations
    policy: OverlayPolicy
    by: Recorder


def suspend(safeguarder_id: str, overlay_id: str, asked: Asked, files: OverlayFiles) -> Overlay:
    """Suspend a person and return the suspension.

    Raises:
        Refusal: SAFEGUARDER_NOT_FOUND, TIME_AWAY_ON_FILE; otherwise as `life.suspend` and `decide_on_suspension` say.
    """
    entry = entry_of(safeguarder_id, files)
    made = life.suspend(overlay_id, entry, asked, files.policy, files.by)
    for known in files.overlays.of(safeguarder_id):
        if known.is_open:
            raise conflict("TIME_AWAY_ON_FILE", "The person is suspended already.", "parent", on_file=known.name)
    _follow(made, Kind.SUSPENSION, asked.decided_on, files)
    return keep(made, files)


def review(copy: Copy, look: Look, files: OverlayFiles) -> Overlay:
    """Record that a suspension was looked at and goes on.

    Raises:
        Refusal: OVERLAY_NOT_FOUND, ETAG_MISMATCH; otherwise as `life.review` and `decide_on_suspension` say.
    """
    after = life.review(find(copy, AwayKind.SUSPENSION, files), look, files.policy, files.by)
    _follow(after, Kind.SUSPENSION, look.decided_on, files)
    files.overlays.put(after)
    return after


def lift(copy: Copy, lifting: Lifting, files: OverlayFiles) -> Overlay:
    """Lift a suspension. One that was recorded in error leaves its recommendation as it was submitted.

    Raises:
        Refusal: OVERLAY_NOT_FOUND, ETAG_MISMATCH; otherwise as `life.lift` and `decide_on_suspension` say.
    """
    lifted = life.lift(find(copy, AwayKind.SUSPENSION, files), lifting, files.policy, files.by)
    _follow(lifted, Kind.END_SUSPENSION, lifting.decided_on, files)
    if lifting.reason is LiftReason.IN_ERROR and lifted.suspension and lifted.suspension.follows:
        followed = files.recommendations.find(lifted.suspension.follows.recommendation_id)
        assert followed is not None  # noqa: S101  it was followed, and nothing is deleted
        files.recommendations.put(undecided(followed, files.by.now))
    return keep(lifted, files)


def _follow(overlay: Overlay, kind: Kind, said: DecidedOn, files: OverlayFiles) -> None:
    """Store what was decided on the recommendation that is followed, if one is."""
    if said.recommendation_id:
        known = files.recommendations.find(said.recommendation_id)
        files.recommendations.put(decide_on_suspension(known, kind, said, overlay.safeguarder_id, files.by))


def end_with_memberships(overlays: SqlOverlays, days: DaysAway, now: datetime) -> None:
    """End the suspensions of those who are members no more. Calling this again changes nothing."""
    for ended in over_with_membership(overlays, days.plan.people, now):
        _keep(ended, overlays, days)


def go_on_with_membership(
    before: Safeguarder, after: Safeguarder, by: str, overlays: SqlOverlays, days: DaysAway, now: datetime
) -> None:
    """Let a suspension go on that ended with a membership which, as a correction says, did not end then."""
    for overlay in overlays.of(after.safeguarder_id):
        if goes_on := life.go_on_with_membership(overlay, before, after, by, now):
            _keep(goes_on, overlays, days)


def over_with_membership(overlays: SqlOverlays, people: Register, now: datetime) -> Iterator[Overlay]:
    """Yield the suspensions that are over because membership is, as they ended."""
    for overlay in overlays.open():
        entry = people.find(overlay.safeguarder_id)
        if entry and (ended := life.end_with_membership(overlay, entry, now)):
            yield ended


def keep(overlay: Overlay, files: OverlayFiles) -> Overlay:
    """Store an overlay and its days, and return it. Refuse TIME_AWAY_ON_FILE."""
    _keep(overlay, files.overlays, files.days)
    return overlay


def _keep(overlay: Overlay, overlays: SqlOverlays, days: DaysAway) -> None:
    """Store an overlay, and its days as a time away."""
    overlays.put(overlay)
    away = days_away(overlay)
    if away is not None:
        days.keep(away)


def entry_of(safeguarder_id: str, files: OverlayFiles) -> Safeguarder:
    """Return the entry of a person. Refuse SAFEGUARDER_NOT_FOUND."""
    return entered(files.days.plan.people.find(safeguarder_id))


def find(copy: Copy, kind: AwayKind, files: OverlayFiles) -> Overlay:
    """Return a suspension, or a leave, of a person. Refuse OVERLAY_NOT_FOUND and ETAG_MISMATCH."""
    safeguarder_id, overlay_id, etag = copy
    found = files.overlays.find(overlay_id)
    if found is None or found.safeguarder_id != safeguarder_id or found.kind is not kind:
        raise not_found("OVERLAY_NOT_FOUND", "This person has no such overlay.", "name")
    if etag:
        check_etag(etag, found.etag)
    return found
