"""A support that the Team offers: what it is for, the Safeguarder's answer, and what the Team did (R76, R151)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.calendar_days import london_today
from services.evidence.domain.standing import GivenTime, Timed


class SupportState(StrEnum):
    """Where a support stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NONE_GIVEN = "none_given"
    UNAVAILABLE = "unavailable"
    NOT_DELIVERED = "not_delivered"
    DELIVERED = "delivered"


PROMISED = (SupportState.ACCEPTED, SupportState.NOT_DELIVERED)
"""States in which the Team still has to give it."""
WAITS = (SupportState.OFFERED, *PROMISED)
"""States in which somebody waits for it, or for an answer to it."""
OWED = (*PROMISED, SupportState.UNAVAILABLE)
"""States in which the Safeguarder did not get what they were to have. Nothing that needed it is *not met*."""


class SupportKind(StrEnum):
    """What support it is (R151)."""

    MODULE = "module"
    MENTORING = "mentoring"
    INFORMATION = "information"
    EXTRA_ONE_TO_ONE = "extra_one_to_one"


class SupportAnswer(StrEnum):
    """What the Safeguarder says to an offer, or that they were asked twice and said nothing."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NONE_GIVEN = "none_given"


class Received(StrEnum):
    """Whether the Safeguarder received it, as they say."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Supported:
    """Ids of the needs, actions and concerns that a support is for."""

    needs: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A support as somebody offers it."""

    kind: SupportKind
    supported: Supported
    words: str
    discussed_on: date
    promised_on: date | None = None
    """The day that the Team names with the offer. None: our usual time from the acceptance."""


@dataclass(frozen=True, slots=True)
class ReportedAnswer:
    """What the Safeguarder answered before the support is entered here (record 0.13)."""

    answer: SupportAnswer
    answered_on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """One version of one support."""

    support_id: str
    safeguarder_id: str
    offer: Offer
    offered_by: str
    created_at: datetime
    recorded_at: datetime
    answer_due_on: date | None
    version: int = 1
    state: SupportState = SupportState.OFFERED
    answer: SupportAnswer | None = None
    answered_on: date | None = None
    answer_words: str = ""
    answer_entered_by: str = ""
    """Who entered the answer; empty if the Safeguarder gave it themselves, and while there is none."""
    first_promised_on: date | None = None
    promised_on: date | None = None
    delivered_on: date | None = None
    given_said_on: date | None = None
    """The day on which it was last recorded as given."""
    given_since: date | None = None
    """The day since which it stands as given. A denial that the Safeguarder takes back begins it again."""
    deny_until: date | None = None
    """The last day on which the Safeguarder may say that they did not receive it, before any time away."""
    not_received_on: date | None = None
    """The day on which it was given, as the Team said and the Safeguarder denies."""
    unavailable_on: date | None = None
    because: str = ""
    received: Received | None = None
    received_words: str = ""

    @property
    def part_id(self) -> str:
        """Its id."""
        return self.support_id

    @property
    def name(self) -> str:
        """Return its resource name."""
        return f"safeguarders/{self.safeguarder_id}/supports/{self.support_id}"

    @property
    def etag(self) -> str:
        """Return what changes with every change."""
        return str(self.version)

    @property
    def reported(self) -> bool:
        """True if it was answered before it was entered here. No step against the Safeguarder rests on that answer."""
        return self.answered_on is not None and self.answered_on < london_today(self.created_at)

    @property
    def is_owed(self) -> bool:
        """True while the Safeguarder has not had what they accepted, or what the Team cannot provide."""
        return self.state in OWED

    @property
    def time_to_answer(self) -> GivenTime | None:
        """The Safeguarder's time to answer it, while an answer is awaited."""
        if self.answer_due_on is None:
            return None
        first_on = london_today(self.created_at) + timedelta(days=1)
        return GivenTime(self.safeguarder_id, self.support_id, Timed.ANSWER_SUPPORT, first_on, self.answer_due_on)

    @property
    def time_to_deny(self) -> GivenTime | None:
        """The Safeguarder's time to say that they did not receive it, while it stands as given. It is no duty."""
        last_on = self.received_due_on
        if last_on is None or self.given_said_on is None:
            return None
        first_on = self.given_said_on + timedelta(days=1)
        return GivenTime(self.safeguarder_id, self.support_id, None, first_on, last_on)

    @property
    def received_due_on(self) -> date | None:
        """The day until which they may say that they did not receive it, before any time away."""
        return self.deny_until if self.state is SupportState.DELIVERED else None

    def is_late(self, today: date) -> bool:
        """Return whether it is owed, and the day promised first has passed. Another promise changes nothing."""
        return self.state in PROMISED and self.first_promised_on is not None and self.first_promised_on < today
