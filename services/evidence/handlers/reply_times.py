"""Until when people may reply to items. Days away and days of a review are not counted (R90, B5)."""

from collections.abc import Iterable
from datetime import date, datetime

from services.calendar_days import Days, london_today
from services.evidence.adapters.review_requests.requests import SqlReviewRequests
from services.evidence.domain.evidence_item import EvidenceItem
from services.evidence.domain.life_of_an_item import ReplyTime, move_reply_time, reply_time
from services.evidence.domain.review_requests.request import ReviewRequest
from services.evidence.domain.review_requests.stopped import days_stopped
from services.evidence.domain.time_away import days_not_counted
from services.evidence.ports import File, TimesAway


class ReplyTimes:
    """The times to reply that begin in one transaction. Nothing else in evidence works one out."""

    def __init__(self, times_away: TimesAway, requests: SqlReviewRequests, working_days: int) -> None:
        self._times_away = times_away
        self._requests = requests
        self._working_days = working_days
        self._away: dict[str, list[Days]] = {}
        """Read once for each person, because an import has many items of one."""
        self._reviews: dict[str, list[ReviewRequest]] = {}

    def of(self, safeguarder_id: str, shared_on: date, evidence_id: str = "") -> ReplyTime:
        """Return a person's time to reply to what was shared with them on a day.

        `evidence_id`: empty for an item that is new, of which nobody has asked for a review.
        """
        if safeguarder_id not in self._away:
            self._away[safeguarder_id] = days_not_counted(self._times_away.versions_of(safeguarder_id))
        reviewed = days_stopped(evidence_id, self._reviews_of(safeguarder_id)) if evidence_id else []
        found = reply_time(shared_on, self._working_days, [*self._away[safeguarder_id], *reviewed])
        since = min((days.first_on for days in reviewed if days.last_on is None), default=None)
        return found._replace(reviewed_since=since)

    def _reviews_of(self, safeguarder_id: str) -> list[ReviewRequest]:
        if safeguarder_id not in self._reviews:
            self._reviews[safeguarder_id] = self._requests.of(safeguarder_id)
        return self._reviews[safeguarder_id]


def move_reply_times(items: Iterable[EvidenceItem], reply_times: ReplyTimes, file: File, now: datetime) -> None:
    """Move the time to reply to each of these items that ends on another day by now.

    Calling this again changes nothing.
    """
    for item in items:
        shared_on = item.content.shared_on
        if shared_on is None:
            continue
        reply = reply_times.of(item.safeguarder_id, shared_on, item.evidence_id)
        after = move_reply_time(item, reply, london_today(now), now)
        if after is not None:
            file.change(after, "reply_time_moved")
