"""Until when people may reply to items. Their days away are not counted (R90, B4)."""

from datetime import date, datetime

from services.calendar_days import Days, london_today
from services.evidence.domain.life_of_an_item import ReplyTime, move_reply_time, reply_time
from services.evidence.domain.time_away import days_not_counted
from services.evidence.ports import File, TimesAway


class ReplyTimes:
    """The times to reply that begin in one transaction. Nothing else in evidence works one out."""

    def __init__(self, times_away: TimesAway, working_days: int) -> None:
        self._times_away = times_away
        self._working_days = working_days
        self._not_counted: dict[str, list[Days]] = {}
        """Read once for each person, because an import has many items of one."""

    def of(self, safeguarder_id: str, shared_on: date) -> ReplyTime:
        """Return a person's time to reply to what was shared with them on a day."""
        if safeguarder_id not in self._not_counted:
            self._not_counted[safeguarder_id] = days_not_counted(self._times_away.versions_of(safeguarder_id))
        return reply_time(shared_on, self._working_days, self._not_counted[safeguarder_id])


def move_reply_times(safeguarder_id: str, reply_times: ReplyTimes, file: File, now: datetime) -> int:
    """Move the time to reply to each of a person's items that ends on another day by now. Return how many moved.

    Calling this again changes nothing.
    """
    moved = 0
    for item in file.of_person(safeguarder_id):
        shared_on = item.content.shared_on
        if shared_on is None:
            continue
        after = move_reply_time(item, reply_times.of(safeguarder_id, shared_on), london_today(now), now)
        if after is not None:
            file.change(after, "reply_time_moved")
            moved += 1
    return moved
