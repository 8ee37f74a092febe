"""A suspension of the demo's year, which was lifted, and a leave before it. Nothing of either is left.

After an interruption this can be repeated: every request has its own id.
"""

from datetime import date, timedelta
from typing import Any

from psmf.evidence.v1 import overlays_pb2 as pb
from psmf.evidence.v1 import times_away_pb2 as away

from services.client.client import Client
from services.demo.story.cast import MORAG
from services.demo.story.values import Story
from services.demo.telling import wire
from services.demo.waiting import wait_until_read
from services.platform.calls.wire import to_date

RECORDER = "decision-recorder"
LEAVE_DAYS_AGO = (200, 150)
SUSPENDED_DAYS_AGO, REVIEWED_DAYS_AGO, NOT_UPHELD_DAYS_AGO = 40, 14, 6
NEXT_REVIEW_DAYS = 26


class Overlays:
    """What Morag's year holds: leave, and a suspension while a complaint was looked into that was not upheld."""

    def __init__(self, story: Story, client: Client) -> None:
        self._story = story
        self._client = client
        self._parent = f"safeguarders/{story.named(MORAG).safeguarder_id}"

    def tell(self) -> None:
        """Record her leave and her suspension as they were, and lift the suspension from the day of the outcome."""
        first, last = LEAVE_DAYS_AGO
        leave = away.RecordTimeAwayRequest(
            parent=self._parent,
            kind=away.TIME_AWAY_KIND_LEAVE,
            start_date=to_date(self._ago(first)),
            end_date=to_date(self._ago(last)),
            request_id=self._id("leave"),
        )
        self._client.call(wire.PANEL_TEAM, self._client.times_away.RecordTimeAway, leave)
        suspended = self._does(
            "SuspendSafeguarder",
            parent=self._parent,
            reason=pb.Overlay.REASON_CONDUCT,
            policy="conduct-and-performance",
            notice_date=to_date(self._ago(SUSPENDED_DAYS_AGO + 1)),
            start_date=to_date(self._ago(SUSPENDED_DAYS_AGO)),
            review_date=to_date(self._ago(REVIEWED_DAYS_AGO)),
            decided_on=pb.SuspensionDecidedOn(without=pb.Overlay.WITHOUT_RECOMMENDATION_URGENT),
        )
        # Rules put nothing on hold and release nothing unless they hear of each step.
        wait_until_read(self._client, "rules", "evidence")
        self._does(
            "ReviewSuspension",
            name=suspended.name,
            reviewed_date=to_date(self._ago(REVIEWED_DAYS_AGO)),
            review_date=to_date(self._ago(REVIEWED_DAYS_AGO - NEXT_REVIEW_DAYS)),
            decided_on=pb.SuspensionDecidedOn(without=pb.Overlay.WITHOUT_RECOMMENDATION_NOT_READY),
        )
        self._does(
            "LiftSuspension",
            name=suspended.name,
            reason=pb.Overlay.LIFT_REASON_NOT_UPHELD,
            lift_date=to_date(self._ago(NOT_UPHELD_DAYS_AGO)),
        )
        wait_until_read(self._client, "rules", "evidence")

    def _does(self, method: str, **fields: Any) -> Any:
        request = getattr(pb, f"{method}Request")(request_id=self._id(method), **fields)
        return self._client.call(RECORDER, getattr(self._client.overlays, method), request)

    def _ago(self, days: int) -> date:
        return self._story.today - timedelta(days=days)

    def _id(self, verb: str) -> str:
        return wire.request_id(self._story, "overlay", verb)
