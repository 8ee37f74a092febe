"""What a support session is about: praise first, nothing vanishes, and no surprises (R70, R110, B6, B11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.calendar_days import add_working_days, london_today
from services.scheduling.domain.identifiers import ConcernId
from services.scheduling.domain.obligations.policy import SchedulingPolicy


class Lane(StrEnum):
    """Where the rulebook routes a concern."""

    SUPPORT_NEED = "support_need"
    ESCALATION = "escalation"
    REAPPOINTMENT_RISK = "reappointment_risk"
    SAFETY = "safety"
    EXCELLENCE = "excellence"
    DATA_GAP = "data_gap"


class ItemOutcome(StrEnum):
    """How an item was closed. The words that go with it are in the session record, which evidence keeps."""

    ACKNOWLEDGED = "acknowledged"
    ACTION = "action"
    NO_ACTION = "no_action"
    CARRIED_FORWARD = "carried_forward"
    """Discussed, and goes on to the next session."""
    NOT_REACHED = "not_reached"
    """The session did not take place, so the item went on to the next at once."""
    WITHDRAWN = "withdrawn"
    """A person closed or dismissed the concern, or membership ended, before it was discussed."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A concern, or praise, to be discussed; open while it has no outcome."""

    concern_id: ConcernId
    lane: Lane
    added_at: datetime
    outcome: ItemOutcome | None = None

    @property
    def is_praise(self) -> bool:
        """Praise is acknowledged, and nothing else is."""
        return self.lane is Lane.EXCELLENCE

    def may_close_as(self, outcome: ItemOutcome) -> bool:
        """Whether this outcome suits the item. Praise is acknowledged at the session and never put off (R70)."""
        if outcome in {ItemOutcome.WITHDRAWN, ItemOutcome.NOT_REACHED}:
            return False
        return self.is_praise == (outcome is ItemOutcome.ACKNOWLEDGED)


def in_order(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """Praise first, then in the order in which items were added."""
    return tuple(sorted(items, key=lambda item: (not item.is_praise, item.added_at, item.concern_id)))


def freezes_on(starts_at: datetime, policy: SchedulingPolicy) -> date:
    """The first day on which the agenda of a session with a set date takes no new item."""
    return add_working_days(policy.calendar, london_today(starts_at), -policy.agenda_freeze_working_days)
