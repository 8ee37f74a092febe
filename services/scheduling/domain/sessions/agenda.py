"""The agenda of a support session: praise first, no item is lost, no surprises (R70, R110, B6, B11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.calendar_days import add_working_days, london_today
from services.scheduling.domain.identifiers import ConcernId
from services.scheduling.domain.obligations.policy import SchedulingPolicy


class Lane(StrEnum):
    """What a concern is for, as the rulebook says."""

    SUPPORT_NEED = "support_need"
    ESCALATION = "escalation"
    REAPPOINTMENT_RISK = "reappointment_risk"
    SAFETY = "safety"
    EXCELLENCE = "excellence"
    DATA_GAP = "data_gap"


class ItemOutcome(StrEnum):
    """How an item ended. Databases hold every one of these words."""

    ACKNOWLEDGED = "acknowledged"
    ACTION = "action"
    NO_ACTION = "no_action"
    CARRIED_FORWARD = "carried_forward"
    """Not settled at the session, so it moved on to the next one."""
    NOT_REACHED = "not_reached"
    """The session did not take place, so the item moved to the next one at once."""
    WITHDRAWN = "withdrawn"
    """A person closed or dismissed the concern, or membership ended, before it was discussed."""


SETTLED = (ItemOutcome.ACKNOWLEDGED, ItemOutcome.ACTION, ItemOutcome.NO_ACTION)
"""Outcomes after which a matter needs no further session."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A concern, or praise, to be discussed. It is open while it has no outcome."""

    concern_id: ConcernId
    lane: Lane
    added_at: datetime
    outcome: ItemOutcome | None = None
    settled_at: datetime | None = None
    """When a person said how the item ended."""
    by_record: bool = False
    """True if the record of the session says how it ended, and not a person who settled it otherwise."""
    concern_ended: bool = False
    """True if a person closed or dismissed the concern after the item had its outcome."""

    @property
    def is_settled(self) -> bool:
        """True if the matter needs no further session, as a person said."""
        return self.outcome in SETTLED

    def may_end_as(self, outcome: ItemOutcome) -> bool:
        """Return whether a person may give this outcome. Praise is acknowledged, and nothing else is (R70)."""
        if outcome is ItemOutcome.CARRIED_FORWARD:
            return True
        return outcome in SETTLED and self.is_praise == (outcome is ItemOutcome.ACKNOWLEDGED)

    @property
    def is_praise(self) -> bool:
        """True if the item is praise."""
        return self.lane is Lane.EXCELLENCE


def in_order(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """Return the items with praise first, then in the order in which they were added."""
    # The id settles ties, so that every reader of the same items sees the same order.
    return tuple(sorted(items, key=lambda item: (not item.is_praise, item.added_at, item.concern_id)))


def freezes_on(starts_at: datetime, policy: SchedulingPolicy) -> date:
    """Return the first day on which the agenda of a confirmed session takes no new item."""
    return add_working_days(policy.calendar, london_today(starts_at), -policy.agenda_freeze_working_days)
