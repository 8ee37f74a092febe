"""What the handlers of this service need from outside."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from services.notifications.domain.alert import Alert, Concern
from services.notifications.domain.notification import Channel, Notification, Outcome


class Alerts(Protocol):
    """The alerts, in the transaction at hand."""

    def find(self, alert_id: str) -> Alert | None:
        """The alert, or None."""
        ...

    def live_of(self, safeguarder_id: str) -> Sequence[Alert]:
        """A person's live alerts, in order of id."""
        ...

    def find_live(self, concern: Concern) -> Alert | None:
        """The live alert of this concern, or else of the same person, rule, subject and window."""
        ...

    def keep(self, before: Alert | None, after: Alert, at: datetime) -> None:
        """Store an alert, publish what happened to it, and log a silence that begins or ends."""
        ...

    def back_by(self, today: date) -> Sequence[Alert]:
        """Snoozed alerts whose day has come, earliest first."""
        ...

    def unassigned(self) -> Sequence[Alert]:
        """Live alerts that are for nobody, oldest first."""
        ...


class Notifications(Protocol):
    """The notifications, in the transaction at hand."""

    def keep(self, notifications: Sequence[Notification]) -> None:
        """Store notifications, new or changed."""
        ...

    def withdraw(self, alert_id: str) -> None:
        """Forget what was intended for staff about an alert, and never tried."""
        ...

    def next_group(self, now: datetime) -> Sequence[Notification]:
        """What goes as one e-mail next: due, and to one recipient. Empty for nothing.

        What goes to staff is left out until everything told to the person concerned of the same alert, no later than
        it, is in a final state (D5); urgent ones are not.
        """
        ...

    def claimed(self, before: datetime, copy_name: str) -> Sequence[Notification]:
        """Claims without an outcome: by one copy of the service, and by any if older than an instant."""
        ...


class People(Protocol):
    """Who is who."""

    def about(self, safeguarder_id: str) -> str:
        """The person whom a record is about, or empty."""
        ...

    def first_with_role(self, role: str, near: str = "") -> str:
        """The first person in a role, in order of id, or empty; one of the region of `near` comes first."""
        ...

    def role_of(self, person: str) -> str:
        """The person's role; empty for somebody unknown."""
        ...

    def channel(self, person: str) -> Channel:
        """How to reach a person: by e-mail, or by the inbox where they are known and have no address."""
        ...

    def address(self, person: str) -> str:
        """E-mail address, or empty."""
        ...


class Mailer(Protocol):
    """Hands e-mails over."""

    def send(self, address: str, reference: str, at: datetime) -> Outcome:
        """Send "there is something to read" to an address. `reference` is the same at every try of one e-mail.

        Blocks up to the configured time-out for each step of the conversation; never raises for what the network does.
        """
        ...
