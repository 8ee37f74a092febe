"""Events that scheduling publishes. They hold ids, words from closed lists, dates and times, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from services.scheduling.domain.attendance import Attendance, Mode
from services.scheduling.domain.identifiers import (
    AccessId,
    AccessOutcome,
    ConcernId,
    DelegationId,
    DutyId,
    LinkId,
    ObligationId,
    Party,
    Region,
    SafeguarderId,
    SessionId,
    SupportManagerId,
    TrainingEventId,
)


@dataclass(frozen=True, slots=True)
class SupportManagerAllocated:
    """A Safeguarder has a support manager from a day on (R65)."""

    safeguarder_id: SafeguarderId
    support_manager: SupportManagerId
    region: Region
    from_on: date


@dataclass(frozen=True, slots=True)
class SupportManagerAllocationEnded:
    """A Safeguarder has no support manager any more after a day, because membership ended."""

    safeguarder_id: SafeguarderId
    support_manager: SupportManagerId
    to_on: date


@dataclass(frozen=True, slots=True)
class OwedObligation:
    """One obligation with its due date, as published in `ObligationsOpened` and `ObligationDueDateChanged`."""

    obligation_id: ObligationId
    kind: str
    number: int
    due_on: date


@dataclass(frozen=True, slots=True)
class ObligationsOpened:
    """The obligations of twelve months are set (R18)."""

    safeguarder_id: SafeguarderId
    window_starts_on: date
    window_ends_on: date
    support_sessions: int
    training_events: int
    obligations: tuple[OwedObligation, ...]


@dataclass(frozen=True, slots=True)
class ObligationDueDateChanged:
    """An obligation falls due on another day than was published before, for example because a pause ended."""

    safeguarder_id: SafeguarderId
    obligation: OwedObligation


@dataclass(frozen=True, slots=True)
class SupportSessionProposed:
    """A date is proposed for a session (R105). `concern_id` is set if a concern is the reason."""

    safeguarder_id: SafeguarderId
    session_id: SessionId
    starts_at: datetime
    concern_id: ConcernId | None
    obligation_id: ObligationId | None
    number: int
    minutes: int
    support_manager: SupportManagerId


@dataclass(frozen=True, slots=True)
class SupportSessionConfirmed:
    """The date of a session is confirmed."""

    safeguarder_id: SafeguarderId
    session_id: SessionId
    starts_at: datetime
    obligation_id: ObligationId | None


@dataclass(frozen=True, slots=True)
class SupportSessionRescheduled:
    """A session is moved: session `rescheduled_to` takes its place."""

    safeguarder_id: SafeguarderId
    session_id: SessionId
    rescheduled_to: SessionId
    starts_at: datetime
    asked_by: Party
    obligation_id: ObligationId | None
    reason: str | None
    state: str
    """The state of the session that takes the place."""
    number: int
    minutes: int
    support_manager: SupportManagerId


@dataclass(frozen=True, slots=True)
class SupportSessionHandedOver:
    """A session to come has another support manager, and keeps its time."""

    safeguarder_id: SafeguarderId
    session_id: SessionId
    support_manager: SupportManagerId


@dataclass(frozen=True, slots=True)
class SupportSessionCancelled:
    """A session will not take place."""

    safeguarder_id: SafeguarderId
    session_id: SessionId
    cancelled_by: Party
    obligation_id: ObligationId | None


@dataclass(frozen=True, slots=True)
class AgendaItemAdded:
    """A concern, or praise, is put on the agenda of a session (R110)."""

    safeguarder_id: SafeguarderId
    session_id: SessionId
    concern_id: ConcernId


@dataclass(frozen=True, slots=True)
class AgendaItemSettled:
    """A person said how an item of a session's agenda ended. A later event for the same item corrects it."""

    safeguarder_id: SafeguarderId
    session_id: SessionId
    concern_id: ConcernId
    outcome: str


@dataclass(frozen=True, slots=True)
class SupportSessionAttendanceRecorded:
    """Attendance at a core session is recorded. A later event for the same session corrects it."""

    safeguarder_id: SafeguarderId
    session_id: SessionId
    held_on: date
    team_present: bool
    attendance: Attendance
    recorded_at: datetime
    obligation_id: ObligationId
    reply_due_on: date | None
    """None while the time to reply stands still."""
    reply_time_moved: bool = False
    """Whether nothing but the time to reply changed."""
    mode: Mode | None = None
    """None if it was not held."""


@dataclass(frozen=True, slots=True)
class TrainingAttendanceRecorded:
    """Attendance at a mandatory training event is recorded. A later event for the same obligation corrects it."""

    safeguarder_id: SafeguarderId
    obligation_id: ObligationId
    held_on: date
    attendance: Attendance
    recorded_at: datetime
    history: bool
    reply_due_on: date | None
    """None while the time to reply stands still."""
    sharing_reported: bool
    reply_time_moved: bool = False
    """Whether nothing but the time to reply changed."""


@dataclass(frozen=True, slots=True)
class TrainingDelivered:
    """A mandatory training event was held that a person was owed. A later event for the same obligation corrects it.

    Without an event and a day it was not held after all.
    """

    safeguarder_id: SafeguarderId
    obligation_id: ObligationId
    training_event: TrainingEventId | None
    held_on: date | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AgendaFact:
    """Something on the agenda of a session, as published in `SupportSessionChanged`."""

    concern_id: ConcernId
    lane: str


@dataclass(frozen=True, slots=True)
class SupportSessionChanged:
    """A session as it stands from now on, extra one-to-ones included. The highest version of a session holds.

    Evidence keeps the papers and the record of a session by it.
    """

    safeguarder_id: SafeguarderId
    session_id: SessionId
    version: int
    changed_at: datetime
    starts_at: datetime
    state: str
    number: int
    rescheduled_to: SessionId | None
    freezes_at: datetime | None
    """The instant from which its papers are frozen. None while its date is only proposed."""
    agenda: tuple[AgendaFact, ...]
    mode: Mode | None


@dataclass(frozen=True, slots=True)
class DutyChanged:
    """A duty as it stands from now on. The highest version of a duty holds."""

    safeguarder_id: SafeguarderId
    duty_id: DutyId
    version: int
    kind: str
    owed_by: str
    about: str
    """Name under the Safeguarder of the record, the action or the support."""
    state: str
    due_on: date
    standstill_reasons: tuple[str, ...]
    changed_at: datetime
    person: str = ""
    """Who owes it, where that is one person other than the Safeguarder and the support manager."""


@dataclass(frozen=True, slots=True)
class DelegationChanged:
    """A delegation as it stands from now on. The highest version of a delegation holds."""

    safeguarder_id: SafeguarderId
    delegation_id: DelegationId
    version: int
    delegate: SupportManagerId
    support_manager: SupportManagerId
    from_on: date
    to_on: date
    ended: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """A declared link as it stands from now on. The highest version of a link holds."""

    safeguarder_id: SafeguarderId
    link_id: LinkId
    version: int
    person: str
    stands: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class EmergencyAccessChanged:
    """An emergency access as it stands from now on. The highest version of one holds."""

    safeguarder_id: SafeguarderId
    access_id: AccessId
    version: int
    person: str
    ends_at: datetime
    closed: bool
    outcome: AccessOutcome | None
    changed_at: datetime


Event = (
    SupportManagerAllocated
    | SupportManagerAllocationEnded
    | ObligationsOpened
    | ObligationDueDateChanged
    | SupportSessionProposed
    | SupportSessionConfirmed
    | SupportSessionRescheduled
    | SupportSessionHandedOver
    | SupportSessionCancelled
    | AgendaItemAdded
    | AgendaItemSettled
    | SupportSessionAttendanceRecorded
    | TrainingAttendanceRecorded
    | TrainingDelivered
    | SupportSessionChanged
    | DutyChanged
    | DelegationChanged
    | LinkChanged
    | EmergencyAccessChanged
)
