"""Where the concern of an alert stands. The two are one matter, and rules hold its state (decision 2 of the suite)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from services.notifications.domain.alert import Alert, State, acknowledged, change_owner, plan


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a concern stands after an event of it.

    `moved_by`: the person who made the move; empty where a date or an evaluation did. `answers`: the latest act on the
    alert that is in it.
    """

    is_open: bool
    owner: str
    next_on: date | None
    moved_by: str
    answers: datetime | None

    @property
    def is_looked_after(self) -> bool:
        """True if somebody owns the concern and has said when they look at it next."""
        return bool(self.owner) and self.next_on is not None


def is_behind(standing: Standing, alert: Alert) -> bool:
    """Return whether an act on the alert is newer than the event. Rules have not answered it yet, and will."""
    return alert.acted_at is not None and (standing.answers is None or standing.answers < alert.acted_at)


def follow(alert: Alert, standing: Standing, today: date) -> Alert:
    """Return the alert with the owner and the next date of its concern, unless the event is behind the alert."""
    if is_behind(standing, alert):
        return alert
    followed = _with_owner(alert, standing)
    dated = (alert.owner, alert.next_on) != (standing.owner, standing.next_on)
    return plan(followed, today, dated=dated) if standing.moved_by or followed != alert else followed


def follow_hand_over(alert: Alert, standing: Standing, today: date) -> Alert:
    """Return the alert as another support manager owns its concern now (X15)."""
    if is_behind(standing, alert) or alert.owner == standing.owner:
        return alert
    return change_owner(replace(alert, next_on=standing.next_on), standing.owner, today)


def _with_owner(alert: Alert, standing: Standing) -> Alert:
    same = (alert.owner, alert.next_on) == (standing.owner, standing.next_on)
    # A person who moves a matter that asks has given it their attention.
    if same and not (standing.moved_by and alert.state is State.OPEN):
        return alert
    if standing.is_looked_after:
        return acknowledged(alert, standing.owner, standing.next_on)
    return replace(alert, owner=standing.owner, next_on=standing.next_on, state=State.OPEN, reason=None)
