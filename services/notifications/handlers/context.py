"""The context of every handler. Every change of an alert is stored, and told to people, in `AlertContext.keep`."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.notifications.domain.alert import Alert, Concern, Lane, Role
from services.notifications.domain.ladder import Ladders, Rung, Step
from services.notifications.domain.notification import Notification
from services.notifications.domain.recipients import becomes_kept_from_staff, is_open_to_the_person, recipients_of
from services.notifications.domain.suppression import settle
from services.notifications.ports import Alerts, Duties, Notifications, People

TEAM_ROLE = "panel_team"
SENIOR_ROLE = "senior_manager"
DATA_LEAD_ROLE = "data_lead"


@dataclass(frozen=True, slots=True)
class Policy:
    """Numbers and choices that the Framework leaves open. Each has a setting."""

    group_for: timedelta
    """Time for which a message waits for others to the same person, to go as one e-mail. Safety never waits."""
    safety_tell_safeguarder: bool
    """Whether the Safeguarder concerned is told of a matter of safety."""
    held_respond_within_working_days: int
    """Office working days in which the Team looks at a deferred evaluation."""
    ladders: Ladders
    """Who is asked again about what nobody has answered, and when the office is open."""


@dataclass(frozen=True, slots=True)
class AlertContext:
    """Everything a handler needs to change alerts and to ask people in the current transaction."""

    alerts: Alerts
    duties: Duties
    notifications: Notifications
    people: People
    support_manager_of: Callable[[str], str]
    """The support manager allocated to a Safeguarder, by id; empty for none, and for one whom a link keeps out."""
    kept_out_of: Callable[[str], Set[str]]
    """Those whom a declared link keeps from the matters of a Safeguarder (X32)."""
    delegates_of: Callable[[str], Sequence[str]]
    """Those who act today for the support manager of a Safeguarder."""
    policy: Policy
    now: datetime
    new_id: Callable[[], str]

    def keep(self, before: Alert | None, after: Alert, also_tell: Sequence[str] = ()) -> Alert:
        """Store a changed alert, settle the suppression of the person's other alerts, and tell people.

        Return the alert as stored. `also_tell` names more people to tell.
        """
        # An unchanged alert keeps its version: a new one would only break the etags that callers hold.
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
            self._tell(old, new, also_tell if new.alert_id == after.alert_id else ())
            kept = new if new.alert_id == after.alert_id else kept
        return kept

    def recipient_of(self, concern: Concern) -> str:
        """Return the person a concern is for, or empty.

        This is the allocated support manager if the rule tells that role. For any other role it is the first person in
        it, and people of the support manager's region come first.
        """
        if concern.tell is Role.SUPPORT_MANAGER:
            return self.support_manager_of(concern.safeguarder_id)
        return self.somebody(concern.tell, concern.safeguarder_id)

    def somebody(self, role: str, safeguarder_id: str, but: str = "") -> str:
        """Return the first person in a role who may work on the matters of a Safeguarder, or empty; never `but`."""
        kept_out = {but, *self.kept_out_of(safeguarder_id)}
        return self.people.first_with_role(role, near=self.support_manager_of(safeguarder_id), but=kept_out)

    def manager_or_team(self, safeguarder_id: str) -> str:
        """Return the support manager of a Safeguarder. Who has none is the Team's to look at."""
        return self.support_manager_of(safeguarder_id) or self.somebody(TEAM_ROLE, safeguarder_id)

    def person_at(self, step: Step, owner: str, safeguarder_id: str) -> str:
        """Return the person who is asked at a step of a ladder: the cover, if nobody owns it or the owner has left."""
        is_here = bool(owner and self.people.role_of(owner))
        if step.who is Rung.OWNER and is_here and owner not in self.kept_out_of(safeguarder_id):
            return owner
        roles = self.policy.ladders.roles
        role = roles[step.who if step.who in roles else Rung.COVER]
        return self.somebody(role, safeguarder_id, but=owner)

    def is_open_to_the_person(self, concern: Concern) -> bool:
        """Return whether the Safeguarder concerned sees the matter."""
        return is_open_to_the_person(concern, self.policy.safety_tell_safeguarder)

    def end_quiet(self, alert: Alert) -> Alert:
        """Return an acknowledged alert that is no longer quiet. The Safeguarder is told of it from now on."""
        if not alert.quiet:
            return alert
        return replace(alert, quiet=False, open_to_the_person=self.is_open_to_the_person(alert.concern))

    def notify(
        self,
        about: str,
        people: Sequence[str],
        safeguarder_id: str = "",
        *,
        to_the_person: bool = False,
        urgent: bool = False,
        answer_by_on: date | None = None,
    ) -> None:
        """Tell people that there is something to read. `about` is an alert's id, or what takes the place of one.

        Beside a support manager, those are told who act for them today.
        """
        self.notifications.keep(
            [
                Notification(
                    notification_id=self.new_id(),
                    alert_id=about,
                    safeguarder_id=safeguarder_id,
                    recipient=person,
                    channel=self.people.channel(person),
                    to_the_person=to_the_person,
                    urgent=urgent,
                    created_at=self.now,
                    due_at=self.now if urgent else self.now + self.policy.group_for,
                    answer_by_on=answer_by_on,
                )
                for person in self.readers(people, safeguarder_id)
            ]
        )

    def readers(self, people: Sequence[str], safeguarder_id: str) -> Sequence[str]:
        """Return those who are told of a Safeguarder's matter: delegates too, and nobody whom a link keeps out."""
        manager, kept_out = self.support_manager_of(safeguarder_id), self.kept_out_of(safeguarder_id)
        acting = self.delegates_of(safeguarder_id) if manager and manager in people else ()
        return [person for person in dict.fromkeys((*people, *acting)) if person not in kept_out]

    def _tell(self, before: Alert | None, after: Alert, also_tell: Sequence[str]) -> None:
        if becomes_kept_from_staff(before, after):
            self.notifications.withdraw(after.alert_id)
        told = recipients_of(before, after)
        # The store holds the message to staff back until the one to the Safeguarder is sent (D5).
        if told.the_person:
            self._tell_of(after, [self.people.about(after.safeguarder_id)], to_the_person=True)
        staff = dict.fromkeys(name for name in (told.staff, *also_tell) if name)
        self._tell_of(after, list(staff))

    def _tell_of(self, alert: Alert, people: Sequence[str], *, to_the_person: bool = False) -> None:
        urgent = alert.concern.lane is Lane.SAFETY
        answer_by_on = None if to_the_person or alert.owner else alert.respond_by_on
        self.notify(
            alert.alert_id,
            people,
            alert.safeguarder_id,
            to_the_person=to_the_person,
            urgent=urgent,
            answer_by_on=answer_by_on,
        )
