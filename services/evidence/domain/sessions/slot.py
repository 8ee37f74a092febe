"""What evidence knows of a support session: its slot, which scheduling owns.

Slots are kept version by version, because papers hold what was known at one instant, whenever it became known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.calendar_days import london_today

PRAISE_LANE = "excellence"
"""The lane of the rulebook in which rules raise praise."""


class SlotState(StrEnum):
    """Where a session stands, in scheduling's words."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    HELD = "held"
    NOT_HELD = "not_held"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"


WITHOUT_A_RECORD = (SlotState.NOT_HELD, SlotState.RESCHEDULED, SlotState.CANCELLED)
"""States of a session that needs no papers and has no record."""


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """A concern, or praise, on the agenda of a session."""

    concern_id: str
    lane: str

    @property
    def is_praise(self) -> bool:
        """True if rules raised it as praise."""
        return self.lane == PRAISE_LANE


@dataclass(frozen=True, slots=True)
class Slot:
    """One version of a session, as scheduling published it. `number` is 0 for an extra one-to-one."""

    session_id: str
    safeguarder_id: str
    version: int
    changed_at: datetime
    starts_at: datetime
    state: SlotState
    number: int
    freezes_at: datetime | None
    """From when its papers are frozen. None while its date is only proposed."""
    agenda: tuple[AgendaEntry, ...] = ()
    mode: str = ""
    """How it was held, in scheduling's word; empty while it was not."""

    @property
    def held_on(self) -> date:
        """The London date of the session."""
        return london_today(self.starts_at)


def newest(slots: Sequence[Slot]) -> Slot:
    """Return the newest version of one session, in whatever order they came."""
    return max(slots, key=lambda slot: slot.version)


def agenda_at(slots: Sequence[Slot], instant: datetime) -> tuple[AgendaEntry, ...]:
    """Return the agenda as it was at an instant. `slots`: every known version of one session."""
    by_then = [slot for slot in slots if slot.changed_at <= instant]
    return newest(by_then).agenda if by_then else min(slots, key=lambda slot: slot.version).agenda
