"""Ask for a leave, answer the request, and end a leave (R90, record 2.7)."""

from datetime import date

from services.evidence.domain.overlays import leave as life
from services.evidence.domain.overlays.leave import AskedLeave
from services.evidence.domain.overlays.overlay import Overlay, OverlayState
from services.evidence.domain.time_away import AwayKind, TimeAway, check_not_on_file
from services.evidence.handlers.overlays.suspend import Copy, OverlayFiles, entry_of, find, keep


def ask(safeguarder_id: str, overlay_id: str, asked: AskedLeave, files: OverlayFiles) -> Overlay:
    """Ask for a leave and return it. It is no time away until somebody agrees.

    Raises:
        Refusal: SAFEGUARDER_NOT_FOUND; TIME_AWAY_ON_FILE, also for days that are asked for already; otherwise as
            `life.ask` says.
    """
    made = life.ask(overlay_id, entry_of(safeguarder_id, files), asked, files.policy, files.by)
    waiting = (each for each in files.overlays.of(safeguarder_id) if each.state is OverlayState.ASKED)
    check_not_on_file(_days(made), [*files.days.of(safeguarder_id), *map(_days, waiting)])
    return keep(made, files)


def answer(copy: Copy, because: str, files: OverlayFiles, *, agreed: bool) -> Overlay:
    """Agree to a leave, or decline it.

    Raises:
        Refusal: OVERLAY_NOT_FOUND, ETAG_MISMATCH, TIME_AWAY_ON_FILE; otherwise as `life.answer` says.
    """
    return keep(life.answer(find(copy, AwayKind.LEAVE, files), because, files.by, agreed=agreed), files)


def end(copy: Copy, last_on: date | None, files: OverlayFiles, *, not_taken: bool) -> Overlay:
    """Set the last day of a leave, or record that it was not taken.

    Raises:
        Refusal: OVERLAY_NOT_FOUND, ETAG_MISMATCH, TIME_AWAY_ON_FILE; otherwise as `life.end` says.
    """
    return keep(life.end(find(copy, AwayKind.LEAVE, files), last_on, files.by, not_taken=not_taken), files)


def _days(asked: Overlay) -> TimeAway:
    who = (asked.recorded_by, asked.recorded_at)
    return TimeAway(asked.overlay_id, asked.safeguarder_id, AwayKind.LEAVE, asked.starts_on, asked.ends_on, False, *who)
