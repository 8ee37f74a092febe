"""How the time of an action, or of an answer, stands: as evidence set its day, and as scheduling moved it since."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Timed(StrEnum):
    """What has time until a day, in scheduling's words for duties."""

    ACTION = "action"
    ANSWER_ACTION = "answer_action"
    ANSWER_SUPPORT = "answer_support"


@dataclass(frozen=True, slots=True)
class PartTime:
    """Until when a part of a plan has time, as scheduling said in one version of its duty."""

    duty_id: str
    timed: Timed
    part_id: str
    version: int
    due_on: date
    stands_still: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The last day of something, with the days that it stood still, and whether it stands still now."""

    due_on: date
    stands_still: bool = False

    def is_over(self, today: date) -> bool:
        """Return whether its last day is over. While it stands still, it is not."""
        return self.due_on < today and not self.stands_still


def standing_of(set_for: date, moved_to: date | None, stands_still: bool) -> Standing:
    """Return how a time stands. `moved_to`: its last day as scheduling last said; None if it said none.

    Standing still only adds days. So a day before the one that was set last is older than that.
    """
    return Standing(max(set_for, moved_to or set_for), stands_still)
