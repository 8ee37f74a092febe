"""The one place where a change of an alert takes effect: stored, others silenced or heard again, people told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.notifications.domain.alert import Alert, Concern, Lane, Role
from services.notifications.domain.notification import Notification
from services.notifications.domain.recipients import is_hushed, is_open_to_the_person, who_is_told
from services.notifications.domain.suppression import settle
from services.notifications.ports import Alerts, Allocations, Notifications, People


@dataclass(frozen=True, slots=True)
class Policy:
    """What the Framework leaves open. Ours, each with its setting."""

    group_for: timedelta
    """How long messages to one person wait for one another, to go as one e-mail. Safety never waits."""
    safety_tell_safeguarder: bool
    """Whether a matter of safety is told to the Safeguarder concerned."""
    held_respond_within_working_days: int
    """How soon the Team looks at an evaluation that could not be relied on."""


@dataclass(frozen=True, slots=True)
class AlertContext:
    """Everything it takes to change alerts in the transaction at hand."""

    alerts: Alerts
    notifications: Notifications
    people: People
    allocations: Allocations
    policy: Policy
    now: datetime
    new_id: Callable[[], str]

    def keep(self, before: Alert | None, after: Alert, also_tell: str = "") -> Alert:
        """The alert as stored. `also_tell` names one more person who is told of it. No change changes nothing."""
        if before == after:
            return after
        known = {alert.alert_id: alert for alert in self.alerts.live_of(after.safeguarder_id)}
        kept = after
        for settled in settle(known.values(), after):
            old = before if settled.alert_id == after.alert_id else known[settled.alert_id]
            if settled == old:
                continue
            new = replace(settled, version=old.version + 1 if old else 1)
            self.alerts.keep(old, new, self.now)
            self._tell(old, new, also_tell if new.alert_id == after.alert_id else "")
            kept = new if new.alert_id == after.alert_id else kept
        return kept

    def recipient_of(self, concern: Concern) -> str:
        """The person a concern is for; empty for nobody.

        The allocated support manager, or somebody in the role, of that manager's region where there is one.
        """
        support_manager = self.allocations.support_manager_of(concern.safeguarder_id)
        if concern.tell is Role.SUPPORT_MANAGER:
            return support_manager
        return self.people.first_with_role(concern.tell, near=support_manager)

    def is_open_to_the_person(self, concern: Concern) -> bool:
        """Whether the Safeguarder concerned sees the matter."""
        return is_open_to_the_person(concern, self.policy.safety_tell_safeguarder)

    def tell_the_person(self, alert: Alert) -> None:
        """Tell the Safeguarder concerned that there is something to read."""
        person = self.people.about(alert.safeguarder_id)
        self.notifications.keep([self._intent(alert, person, to_the_person=True)])

    def heard(self, alert: Alert) -> Alert:
        """The alert, told of from now on: a person has taken it on, and the Safeguarder hears of it first."""
        if not alert.quiet:
            return alert
        return replace(alert, quiet=False, open_to_the_person=self.is_open_to_the_person(alert.concern))

    def notify(self, about: str, people: Sequence[str]) -> None:
        """Tell staff of something that is about no person; `about` stands in the place of an alert's id."""
        nobody = ""
        self.notifications.keep(
            [
                Notification(
                    notification_id=self.new_id(),
                    alert_id=about,
                    safeguarder_id=nobody,
                    recipient=person,
                    channel=self.people.channel(person),
                    to_the_person=False,
                    urgent=False,
                    created_at=self.now,
                    due_at=self.now + self.policy.group_for,
                )
                for person in people
            ]
        )

    def _tell(self, before: Alert | None, after: Alert, also_tell: str) -> None:
        if is_hushed(before, after):
            self.notifications.withdraw(after.alert_id)
        telling = who_is_told(before, after)
        if telling.the_person:
            self.tell_the_person(after)
        staff = dict.fromkeys(name for name in (telling.staff, also_tell) if name)
        self.notifications.keep([self._intent(after, name) for name in staff])

    def _intent(self, alert: Alert, recipient: str, to_the_person: bool = False) -> Notification:
        urgent = alert.concern.lane is Lane.SAFETY
        return Notification(
            notification_id=self.new_id(),
            alert_id=alert.alert_id,
            safeguarder_id=alert.safeguarder_id,
            recipient=recipient,
            channel=self.people.channel(recipient),
            to_the_person=to_the_person,
            urgent=urgent,
            created_at=self.now,
            due_at=self.now if urgent else self.now + self.policy.group_for,
        )
