"""Suspensions in the life of a suite."""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import overlays_pb2 as overlays

from services.platform.calls.wire import to_date
from tests.lives.life import Life

WITHOUT: list[Any] = overlays.Overlay.WithoutRecommendation.values()


def suspend_or_lift(life: Life) -> None:
    """Suspend somebody, look at a suspension again, or lift it."""
    safeguarder, _, _ = life.someone()
    listed = overlays.ListOverlaysRequest(parent=f"safeguarders/{safeguarder}")
    known = life.running.overlays.ListOverlays(listed, **life.running.as_("recorder")).overlays
    in_force = next((one.name for one in known if not one.HasField("lift_date")), "")
    today, words = life.running.today, overlays.Overlay
    look_by = to_date(today + timedelta(days=life.choices.randint(1, 28)))
    if not in_force:
        suspend = overlays.SuspendSafeguarderRequest(
            parent=f"safeguarders/{safeguarder}",
            reason=words.REASON_PVG_CHECK,
            policy="checks",
            notice_date=to_date(today),
            review_date=look_by,
        )
        if life.choices.random() < 0.3:
            suspend.reason, suspend.policy = words.REASON_CONDUCT, "conduct-and-performance"
            suspend.notice_date.CopyFrom(to_date(today - timedelta(days=1)))
            suspend.decided_on.without = life.choices.choice(WITHOUT)
        life.call(life.choices.choice(("panel-team", "recorder")), "overlays", "SuspendSafeguarder", suspend)
    elif life.choices.random() < 0.3:
        review = overlays.ReviewSuspensionRequest(name=in_force, review_date=look_by)
        review.decided_on.without = life.choices.choice(WITHOUT)
        life.call("recorder", "overlays", "ReviewSuspension", review)
    else:
        reason = life.choices.choice((words.LIFT_REASON_NOT_UPHELD, words.LIFT_REASON_IN_ERROR))
        lift = overlays.LiftSuspensionRequest(name=in_force, reason=reason)
        life.call("recorder", "overlays", "LiftSuspension", lift)
