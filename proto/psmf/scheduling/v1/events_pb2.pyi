import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.scheduling.v1 import cover_pb2 as _cover_pb2
from psmf.scheduling.v1 import duties_pb2 as _duties_pb2
from psmf.scheduling.v1 import emergency_access_pb2 as _emergency_access_pb2
from psmf.scheduling.v1 import scheduling_pb2 as _scheduling_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SupportManagerAllocated(_message.Message):
    __slots__ = ("safeguarder_id", "support_manager", "region", "from_date")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    REGION_FIELD_NUMBER: _ClassVar[int]
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    support_manager: str
    region: str
    from_date: _date_pb2.Date
    def __init__(self, safeguarder_id: _Optional[str] = ..., support_manager: _Optional[str] = ..., region: _Optional[str] = ..., from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class SupportManagerAllocationEnded(_message.Message):
    __slots__ = ("safeguarder_id", "support_manager", "to_date")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    TO_DATE_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    support_manager: str
    to_date: _date_pb2.Date
    def __init__(self, safeguarder_id: _Optional[str] = ..., support_manager: _Optional[str] = ..., to_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class ObligationsOpened(_message.Message):
    __slots__ = ("safeguarder_id", "window_start_date", "window_end_date", "support_sessions", "training_events", "obligations")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    WINDOW_START_DATE_FIELD_NUMBER: _ClassVar[int]
    WINDOW_END_DATE_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_SESSIONS_FIELD_NUMBER: _ClassVar[int]
    TRAINING_EVENTS_FIELD_NUMBER: _ClassVar[int]
    OBLIGATIONS_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    window_start_date: _date_pb2.Date
    window_end_date: _date_pb2.Date
    support_sessions: int
    training_events: int
    obligations: _containers.RepeatedCompositeFieldContainer[OwedObligation]
    def __init__(self, safeguarder_id: _Optional[str] = ..., window_start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., window_end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., support_sessions: _Optional[int] = ..., training_events: _Optional[int] = ..., obligations: _Optional[_Iterable[_Union[OwedObligation, _Mapping]]] = ...) -> None: ...

class ObligationDueDateChanged(_message.Message):
    __slots__ = ("safeguarder_id", "obligation")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    OBLIGATION_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    obligation: OwedObligation
    def __init__(self, safeguarder_id: _Optional[str] = ..., obligation: _Optional[_Union[OwedObligation, _Mapping]] = ...) -> None: ...

class OwedObligation(_message.Message):
    __slots__ = ("obligation_id", "kind", "number", "due_date")
    OBLIGATION_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    obligation_id: str
    kind: _scheduling_pb2.Obligation.Kind
    number: int
    due_date: _date_pb2.Date
    def __init__(self, obligation_id: _Optional[str] = ..., kind: _Optional[_Union[_scheduling_pb2.Obligation.Kind, str]] = ..., number: _Optional[int] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class SupportSessionProposed(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "start_time", "concern_id", "obligation_id", "number", "minutes", "support_manager")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    OBLIGATION_ID_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    MINUTES_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    start_time: _timestamp_pb2.Timestamp
    concern_id: str
    obligation_id: str
    number: int
    minutes: int
    support_manager: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., concern_id: _Optional[str] = ..., obligation_id: _Optional[str] = ..., number: _Optional[int] = ..., minutes: _Optional[int] = ..., support_manager: _Optional[str] = ...) -> None: ...

class SupportSessionConfirmed(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "start_time", "obligation_id")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    OBLIGATION_ID_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    start_time: _timestamp_pb2.Timestamp
    obligation_id: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., obligation_id: _Optional[str] = ...) -> None: ...

class SupportSessionRescheduled(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "rescheduled_to", "start_time", "asked_by", "obligation_id", "reason", "state", "number", "minutes", "support_manager")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    RESCHEDULED_TO_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    ASKED_BY_FIELD_NUMBER: _ClassVar[int]
    OBLIGATION_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    MINUTES_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    rescheduled_to: str
    start_time: _timestamp_pb2.Timestamp
    asked_by: str
    obligation_id: str
    reason: str
    state: _scheduling_pb2.SupportSession.State
    number: int
    minutes: int
    support_manager: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., rescheduled_to: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., asked_by: _Optional[str] = ..., obligation_id: _Optional[str] = ..., reason: _Optional[str] = ..., state: _Optional[_Union[_scheduling_pb2.SupportSession.State, str]] = ..., number: _Optional[int] = ..., minutes: _Optional[int] = ..., support_manager: _Optional[str] = ...) -> None: ...

class SupportSessionHandedOver(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "support_manager")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    support_manager: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., support_manager: _Optional[str] = ...) -> None: ...

class SupportSessionCancelled(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "cancelled_by", "obligation_id")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_BY_FIELD_NUMBER: _ClassVar[int]
    OBLIGATION_ID_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    cancelled_by: str
    obligation_id: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., cancelled_by: _Optional[str] = ..., obligation_id: _Optional[str] = ...) -> None: ...

class AgendaItemAdded(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "concern_id")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    concern_id: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., concern_id: _Optional[str] = ...) -> None: ...

class AgendaItemSettled(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "concern_id", "outcome")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    concern_id: str
    outcome: _scheduling_pb2.AgendaItem.Outcome
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., concern_id: _Optional[str] = ..., outcome: _Optional[_Union[_scheduling_pb2.AgendaItem.Outcome, str]] = ...) -> None: ...

class SupportSessionAttendanceRecorded(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "session_date", "team_present", "attendance", "record_time", "obligation_id", "reply_due_date", "reply_stands_still", "reply_time_moved", "mode")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_DATE_FIELD_NUMBER: _ClassVar[int]
    TEAM_PRESENT_FIELD_NUMBER: _ClassVar[int]
    ATTENDANCE_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    OBLIGATION_ID_FIELD_NUMBER: _ClassVar[int]
    REPLY_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REPLY_STANDS_STILL_FIELD_NUMBER: _ClassVar[int]
    REPLY_TIME_MOVED_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    session_date: _date_pb2.Date
    team_present: bool
    attendance: _scheduling_pb2.Attendance
    record_time: _timestamp_pb2.Timestamp
    obligation_id: str
    reply_due_date: _date_pb2.Date
    reply_stands_still: bool
    reply_time_moved: bool
    mode: _scheduling_pb2.Mode
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., session_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., team_present: _Optional[bool] = ..., attendance: _Optional[_Union[_scheduling_pb2.Attendance, str]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., obligation_id: _Optional[str] = ..., reply_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reply_stands_still: _Optional[bool] = ..., reply_time_moved: _Optional[bool] = ..., mode: _Optional[_Union[_scheduling_pb2.Mode, str]] = ...) -> None: ...

class TrainingDelivered(_message.Message):
    __slots__ = ("safeguarder_id", "obligation_id", "training_event", "event_date", "record_time")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    OBLIGATION_ID_FIELD_NUMBER: _ClassVar[int]
    TRAINING_EVENT_FIELD_NUMBER: _ClassVar[int]
    EVENT_DATE_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    obligation_id: str
    training_event: str
    event_date: _date_pb2.Date
    record_time: _timestamp_pb2.Timestamp
    def __init__(self, safeguarder_id: _Optional[str] = ..., obligation_id: _Optional[str] = ..., training_event: _Optional[str] = ..., event_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class TrainingAttendanceRecorded(_message.Message):
    __slots__ = ("safeguarder_id", "obligation_id", "event_date", "attendance", "record_time", "history", "reply_due_date", "sharing_reported", "reply_stands_still", "reply_time_moved")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    OBLIGATION_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_DATE_FIELD_NUMBER: _ClassVar[int]
    ATTENDANCE_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    REPLY_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    SHARING_REPORTED_FIELD_NUMBER: _ClassVar[int]
    REPLY_STANDS_STILL_FIELD_NUMBER: _ClassVar[int]
    REPLY_TIME_MOVED_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    obligation_id: str
    event_date: _date_pb2.Date
    attendance: _scheduling_pb2.Attendance
    record_time: _timestamp_pb2.Timestamp
    history: bool
    reply_due_date: _date_pb2.Date
    sharing_reported: bool
    reply_stands_still: bool
    reply_time_moved: bool
    def __init__(self, safeguarder_id: _Optional[str] = ..., obligation_id: _Optional[str] = ..., event_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., attendance: _Optional[_Union[_scheduling_pb2.Attendance, str]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., history: _Optional[bool] = ..., reply_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., sharing_reported: _Optional[bool] = ..., reply_stands_still: _Optional[bool] = ..., reply_time_moved: _Optional[bool] = ...) -> None: ...

class SupportSessionChanged(_message.Message):
    __slots__ = ("safeguarder_id", "session_id", "version", "change_time", "start_time", "state", "number", "rescheduled_to", "freeze_time", "agenda", "mode")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    RESCHEDULED_TO_FIELD_NUMBER: _ClassVar[int]
    FREEZE_TIME_FIELD_NUMBER: _ClassVar[int]
    AGENDA_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    session_id: str
    version: int
    change_time: _timestamp_pb2.Timestamp
    start_time: _timestamp_pb2.Timestamp
    state: _scheduling_pb2.SupportSession.State
    number: int
    rescheduled_to: str
    freeze_time: _timestamp_pb2.Timestamp
    agenda: _containers.RepeatedCompositeFieldContainer[AgendaFact]
    mode: _scheduling_pb2.Mode
    def __init__(self, safeguarder_id: _Optional[str] = ..., session_id: _Optional[str] = ..., version: _Optional[int] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., state: _Optional[_Union[_scheduling_pb2.SupportSession.State, str]] = ..., number: _Optional[int] = ..., rescheduled_to: _Optional[str] = ..., freeze_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., agenda: _Optional[_Iterable[_Union[AgendaFact, _Mapping]]] = ..., mode: _Optional[_Union[_scheduling_pb2.Mode, str]] = ...) -> None: ...

class AgendaFact(_message.Message):
    __slots__ = ("concern_id", "lane")
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    LANE_FIELD_NUMBER: _ClassVar[int]
    concern_id: str
    lane: str
    def __init__(self, concern_id: _Optional[str] = ..., lane: _Optional[str] = ...) -> None: ...

class DutyChanged(_message.Message):
    __slots__ = ("safeguarder_id", "duty_id", "version", "kind", "owed_by", "about", "state", "due_date", "standstill_reasons", "change_time", "person")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    DUTY_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    OWED_BY_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    STANDSTILL_REASONS_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    duty_id: str
    version: int
    kind: _duties_pb2.Duty.Kind
    owed_by: _duties_pb2.Duty.OwedBy
    about: str
    state: _duties_pb2.Duty.State
    due_date: _date_pb2.Date
    standstill_reasons: _containers.RepeatedScalarFieldContainer[_duties_pb2.Duty.StandstillReason]
    change_time: _timestamp_pb2.Timestamp
    person: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., duty_id: _Optional[str] = ..., version: _Optional[int] = ..., kind: _Optional[_Union[_duties_pb2.Duty.Kind, str]] = ..., owed_by: _Optional[_Union[_duties_pb2.Duty.OwedBy, str]] = ..., about: _Optional[str] = ..., state: _Optional[_Union[_duties_pb2.Duty.State, str]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., standstill_reasons: _Optional[_Iterable[_Union[_duties_pb2.Duty.StandstillReason, str]]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., person: _Optional[str] = ...) -> None: ...

class DelegationChanged(_message.Message):
    __slots__ = ("safeguarder_id", "delegation_id", "version", "delegate", "support_manager", "from_date", "to_date", "ended", "change_time")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    DELEGATION_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    DELEGATE_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    TO_DATE_FIELD_NUMBER: _ClassVar[int]
    ENDED_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    delegation_id: str
    version: int
    delegate: str
    support_manager: str
    from_date: _date_pb2.Date
    to_date: _date_pb2.Date
    ended: bool
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, safeguarder_id: _Optional[str] = ..., delegation_id: _Optional[str] = ..., version: _Optional[int] = ..., delegate: _Optional[str] = ..., support_manager: _Optional[str] = ..., from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., to_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., ended: _Optional[bool] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class LinkChanged(_message.Message):
    __slots__ = ("safeguarder_id", "link_id", "version", "person", "state", "change_time")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    LINK_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    link_id: str
    version: int
    person: str
    state: _cover_pb2.PersonLink.State
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, safeguarder_id: _Optional[str] = ..., link_id: _Optional[str] = ..., version: _Optional[int] = ..., person: _Optional[str] = ..., state: _Optional[_Union[_cover_pb2.PersonLink.State, str]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EmergencyAccessChanged(_message.Message):
    __slots__ = ("safeguarder_id", "access_id", "version", "person", "end_time", "closed", "outcome", "change_time")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    ACCESS_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    CLOSED_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    CHANGE_TIME_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    access_id: str
    version: int
    person: str
    end_time: _timestamp_pb2.Timestamp
    closed: bool
    outcome: _emergency_access_pb2.EmergencyAccess.Outcome
    change_time: _timestamp_pb2.Timestamp
    def __init__(self, safeguarder_id: _Optional[str] = ..., access_id: _Optional[str] = ..., version: _Optional[int] = ..., person: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., closed: _Optional[bool] = ..., outcome: _Optional[_Union[_emergency_access_pb2.EmergencyAccess.Outcome, str]] = ..., change_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
