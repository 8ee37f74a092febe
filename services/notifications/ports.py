"""Interfaces between the handlers and the adapters of this service."""

from collections.abc import Iterable, Sequence, Set
from datetime import date, datetime, timedelta
from typing import Protocol

from services.notifications.domain.alert import Alert, Concern
from services.notifications.domain.duty import Duty, DutyKind
from services.notifications.domain.news import News
from services.notifications.domain.notification import Channel, Notification, Outcome, Retries


class Alerts(Protocol):
    """The alerts, in the current transaction."""

    def find(self, alert_id: str) -> Alert | None:
        """Return the alert, or None."""
        ...

    def live_of(self, safeguarder_id: str) -> Sequence[Alert]:
        """Return a person's live alerts, in order of id."""
        ...

    def find_standing(self, concern: Concern) -> Alert | None:
        """Return the alert of this concern that has not ended for good, or else the live one of the same matter."""
        ...

    def keep(self, before: Alert | None, after: Alert, at: datetime) -> None:
        """Store an alert, publish what happened to it, and record a suppression that begins or ends."""
        ...

    def asking_by(self, today: date, most_asked: int) -> Sequence[Alert]:
        """Return the alerts whose day to ask has come and that were asked about less often, earliest first."""
        ...

    def unassigned(self) -> Sequence[Alert]:
        """Return the live alerts without a recipient, oldest first."""
        ...


class Duties(Protocol):
    """The duties that scheduling has told of, in the current transaction."""

    def find(self, duty_id: str) -> Duty | None:
        """Return the duty, or None."""
        ...

    def keep(self, duty: Duty) -> None:
        """Store a new or changed duty."""
        ...

    def is_awaited(self, kind: DutyKind, due_on: date | None) -> bool:
        """Return whether a duty of a kind and a day is running."""
        ...

    def asking_until(self, until: date, most_asked: int) -> Sequence[Duty]:
        """Return the running duties due by a day, with fewer steps taken than a number, earliest due first."""
        ...


class Notifications(Protocol):
    """The notifications, in the current transaction."""

    def keep(self, notifications: Sequence[Notification]) -> None:
        """Store new or changed notifications."""
        ...

    def withdraw(self, alert_id: str) -> None:
        """Delete the messages to staff about an alert that were never tried."""
        ...

    def withdraw_request(self, about: str) -> None:
        """Delete the messages that ask a Safeguarder for something they have given, if they were never tried."""
        ...

    def has_asked(self, about: str, day: date) -> bool:
        """Return whether a Safeguarder was asked already for an answer about something by a day."""
        ...

    def has_told(self, about: str) -> bool:
        """Return whether anybody was told of something already."""
        ...

    def news_of(self, about: str) -> News:
        """Return what was last told about something on record."""
        ...

    def keep_news(self, about: str, news: News) -> None:
        """Store what was last told about something on record."""
        ...

    def next_group(self, now: datetime, retries: Retries) -> Sequence[Notification]:
        """Return the due notifications of the next e-mail, all to one recipient. Empty if nothing is due.

        What would wait longer than the longest wait is due: a clock that stood wrong has put it off. While the office
        is closed, only what is urgent goes by e-mail (X19). What is not urgent may go with it to the same person.

        A message to staff waits until every message to the Safeguarder about the same alert, created no later, is sent
        or has failed (D5). An urgent one does not wait.
        """
        ...

    def claimed(self, claimed_at: datetime, copy_name: str) -> Sequence[Notification]:
        """Return the claims of one copy of the service, and all claims made no later than an instant."""
        ...

    def lost(self, now: datetime, forgotten_after: timedelta, copy_name: str) -> Sequence[Notification]:
        """Return the claims of one copy of the service, and all claims too old or too far ahead to have a sender."""
        ...


class People(Protocol):
    """The directory of people."""

    def about(self, safeguarder_id: str) -> str:
        """Return the person whom a record is about, or empty."""
        ...

    def first_with_role(self, role: str, near: str = "", but: Set[str] = frozenset()) -> str:
        """Return the first person in a role by id, or empty; nobody of `but`. Those of `near`'s region come first."""
        ...

    def every_account(self, people: Iterable[str]) -> frozenset[str]:
        """Return these accounts, with every other account of the same people."""
        ...

    def role_of(self, person: str) -> str:
        """Return the person's role, or empty if they are unknown."""
        ...

    def channel(self, person: str) -> Channel:
        """Return how to reach a person: the inbox if they are known and have no address, or else e-mail."""
        ...

    def address(self, person: str) -> str:
        """Return the e-mail address of a person, or empty."""
        ...


class Mailer(Protocol):
    """The sender of e-mails. Tests send through one of their own."""

    def send(self, address: str, reference: str, at: datetime, answer_by_on: date | None = None) -> Outcome:
        """Send "there is something to read" to an address and return the outcome.

        `answer_by_on`: the first day by which an answer is asked for; None if none is.
        `reference` is the same at every try of one e-mail. The call can block for the configured time at each step of
        the conversation. It never raises for a network fault.
        """
        ...
