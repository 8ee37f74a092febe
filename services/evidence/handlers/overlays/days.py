"""The days away of a person, and everything in evidence whose days move with them (R90)."""

from dataclasses import dataclass

from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.time_away import TimeAway, check_not_on_file, correct
from services.evidence.handlers.plans import approach
from services.evidence.handlers.reply_times import ReplyTimes, move_reply_times


@dataclass(frozen=True, slots=True)
class DaysAway:
    """What keeps days away in the current transaction. Nothing else in evidence records a time away."""

    plan: PlanFile
    reply_working_days: int

    def of(self, safeguarder_id: str) -> list[TimeAway]:
        """Return a person's times away as they were last recorded, latest first."""
        return self.plan.times_away.of(safeguarder_id)

    def keep(self, away: TimeAway) -> TimeAway:
        """Record a time away, or correct the one with its id, and move what stands still meanwhile.

        Raises:
            Refusal: KIND_STAYS, TIME_AWAY_ON_FILE.
        """
        known = self.of(away.safeguarder_id)
        before = next((each for each in known if each.time_away_id == away.time_away_id), None)
        recorded = correct(before, away) if before else away
        check_not_on_file(recorded, known)
        self.plan.times_away.record(recorded)
        reply_times = ReplyTimes(self.plan.times_away, self.plan.requests, self.reply_working_days)
        items = self.plan.file.of_person(recorded.safeguarder_id)
        move_reply_times(items, reply_times, self.plan.file, recorded.recorded_at)
        # Scheduling says nothing more of an action that has ended, and a leave may be recorded after that.
        approach.follow_days(recorded.safeguarder_id, self.plan)
        return recorded
