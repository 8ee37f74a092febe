import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TrainingKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRAINING_KIND_UNSPECIFIED: _ClassVar[TrainingKind]
    TRAINING_KIND_MANDATORY: _ClassVar[TrainingKind]
    TRAINING_KIND_POST_APPOINTMENT: _ClassVar[TrainingKind]
    TRAINING_KIND_MODULAR: _ClassVar[TrainingKind]
    TRAINING_KIND_REAPPOINTMENT: _ClassVar[TrainingKind]

class Attendance(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ATTENDANCE_UNSPECIFIED: _ClassVar[Attendance]
    ATTENDANCE_ATTENDED: _ClassVar[Attendance]
    ATTENDANCE_PART: _ClassVar[Attendance]
    ATTENDANCE_AWAITING_EVIDENCE: _ClassVar[Attendance]
    ATTENDANCE_ABSENT_EXCUSED: _ClassVar[Attendance]
    ATTENDANCE_ABSENT_UNEXCUSED: _ClassVar[Attendance]

class YesNo(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    YES_NO_UNSPECIFIED: _ClassVar[YesNo]
    YES_NO_YES: _ClassVar[YesNo]
    YES_NO_NO: _ClassVar[YesNo]

class Mode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MODE_UNSPECIFIED: _ClassVar[Mode]
    MODE_FACE_TO_FACE: _ClassVar[Mode]
    MODE_ONLINE: _ClassVar[Mode]
    MODE_TELEPHONE: _ClassVar[Mode]
TRAINING_KIND_UNSPECIFIED: TrainingKind
TRAINING_KIND_MANDATORY: TrainingKind
TRAINING_KIND_POST_APPOINTMENT: TrainingKind
TRAINING_KIND_MODULAR: TrainingKind
TRAINING_KIND_REAPPOINTMENT: TrainingKind
ATTENDANCE_UNSPECIFIED: Attendance
ATTENDANCE_ATTENDED: Attendance
ATTENDANCE_PART: Attendance
ATTENDANCE_AWAITING_EVIDENCE: Attendance
ATTENDANCE_ABSENT_EXCUSED: Attendance
ATTENDANCE_ABSENT_UNEXCUSED: Attendance
YES_NO_UNSPECIFIED: YesNo
YES_NO_YES: YesNo
YES_NO_NO: YesNo
MODE_UNSPECIFIED: Mode
MODE_FACE_TO_FACE: Mode
MODE_ONLINE: Mode
MODE_TELEPHONE: Mode

class Allocation(_message.Message):
    __slots__ = ("name", "support_manager", "region", "from_date", "to_date", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    REGION_FIELD_NUMBER: _ClassVar[int]
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    TO_DATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    support_manager: str
    region: str
    from_date: _date_pb2.Date
    to_date: _date_pb2.Date
    reason: str
    def __init__(self, name: _Optional[str] = ..., support_manager: _Optional[str] = ..., region: _Optional[str] = ..., from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., to_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class GetAllocationRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class CreateAllocationRequest(_message.Message):
    __slots__ = ("parent", "support_manager", "reason", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    support_manager: str
    reason: str
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., support_manager: _Optional[str] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class Obligation(_message.Message):
    __slots__ = ("name", "kind", "number", "window_start_date", "window_end_date", "due_date", "calendar", "clock_state", "delivered", "attended", "training_event")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[Obligation.Kind]
        KIND_SUPPORT_SESSION: _ClassVar[Obligation.Kind]
        KIND_MANDATORY_TRAINING: _ClassVar[Obligation.Kind]
    KIND_UNSPECIFIED: Obligation.Kind
    KIND_SUPPORT_SESSION: Obligation.Kind
    KIND_MANDATORY_TRAINING: Obligation.Kind
    class ClockState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        CLOCK_STATE_UNSPECIFIED: _ClassVar[Obligation.ClockState]
        CLOCK_STATE_RUNNING: _ClassVar[Obligation.ClockState]
        CLOCK_STATE_PAUSED: _ClassVar[Obligation.ClockState]
        CLOCK_STATE_STOPPED: _ClassVar[Obligation.ClockState]
    CLOCK_STATE_UNSPECIFIED: Obligation.ClockState
    CLOCK_STATE_RUNNING: Obligation.ClockState
    CLOCK_STATE_PAUSED: Obligation.ClockState
    CLOCK_STATE_STOPPED: Obligation.ClockState
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    WINDOW_START_DATE_FIELD_NUMBER: _ClassVar[int]
    WINDOW_END_DATE_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    CLOCK_STATE_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_FIELD_NUMBER: _ClassVar[int]
    ATTENDED_FIELD_NUMBER: _ClassVar[int]
    TRAINING_EVENT_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: Obligation.Kind
    number: int
    window_start_date: _date_pb2.Date
    window_end_date: _date_pb2.Date
    due_date: _date_pb2.Date
    calendar: str
    clock_state: Obligation.ClockState
    delivered: bool
    attended: bool
    training_event: str
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[Obligation.Kind, str]] = ..., number: _Optional[int] = ..., window_start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., window_end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., calendar: _Optional[str] = ..., clock_state: _Optional[_Union[Obligation.ClockState, str]] = ..., delivered: _Optional[bool] = ..., attended: _Optional[bool] = ..., training_event: _Optional[str] = ...) -> None: ...

class ListObligationsRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ListObligationsResponse(_message.Message):
    __slots__ = ("obligations",)
    OBLIGATIONS_FIELD_NUMBER: _ClassVar[int]
    obligations: _containers.RepeatedCompositeFieldContainer[Obligation]
    def __init__(self, obligations: _Optional[_Iterable[_Union[Obligation, _Mapping]]] = ...) -> None: ...

class TrainingEvent(_message.Message):
    __slots__ = ("name", "kind", "held_dates", "record_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    HELD_DATES_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: TrainingKind
    held_dates: _containers.RepeatedCompositeFieldContainer[_date_pb2.Date]
    record_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[TrainingKind, str]] = ..., held_dates: _Optional[_Iterable[_Union[_date_pb2.Date, _Mapping]]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListTrainingEventsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListTrainingEventsResponse(_message.Message):
    __slots__ = ("training_events",)
    TRAINING_EVENTS_FIELD_NUMBER: _ClassVar[int]
    training_events: _containers.RepeatedCompositeFieldContainer[TrainingEvent]
    def __init__(self, training_events: _Optional[_Iterable[_Union[TrainingEvent, _Mapping]]] = ...) -> None: ...

class RecordTrainingEventRequest(_message.Message):
    __slots__ = ("name", "kind", "held_dates", "request_id", "validate_only", "again")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    HELD_DATES_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    AGAIN_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: TrainingKind
    held_dates: _containers.RepeatedCompositeFieldContainer[_date_pb2.Date]
    request_id: str
    validate_only: bool
    again: bool
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[TrainingKind, str]] = ..., held_dates: _Optional[_Iterable[_Union[_date_pb2.Date, _Mapping]]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., again: _Optional[bool] = ...) -> None: ...

class RecordTrainingAttendanceRequest(_message.Message):
    __slots__ = ("name", "event_date", "attendance", "request_id", "validate_only", "history", "shared_date")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EVENT_DATE_FIELD_NUMBER: _ClassVar[int]
    ATTENDANCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    SHARED_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    event_date: _date_pb2.Date
    attendance: Attendance
    request_id: str
    validate_only: bool
    history: bool
    shared_date: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., event_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., attendance: _Optional[_Union[Attendance, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., history: _Optional[bool] = ..., shared_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class SupportSession(_message.Message):
    __slots__ = ("name", "support_manager", "number", "start_time", "minutes", "state", "agenda", "freeze_date", "rescheduled_to", "mode", "proposed_for_concern", "etag", "move_reason")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[SupportSession.State]
        STATE_PROPOSED: _ClassVar[SupportSession.State]
        STATE_CONFIRMED: _ClassVar[SupportSession.State]
        STATE_HELD: _ClassVar[SupportSession.State]
        STATE_NOT_HELD: _ClassVar[SupportSession.State]
        STATE_RESCHEDULED: _ClassVar[SupportSession.State]
        STATE_CANCELLED: _ClassVar[SupportSession.State]
    STATE_UNSPECIFIED: SupportSession.State
    STATE_PROPOSED: SupportSession.State
    STATE_CONFIRMED: SupportSession.State
    STATE_HELD: SupportSession.State
    STATE_NOT_HELD: SupportSession.State
    STATE_RESCHEDULED: SupportSession.State
    STATE_CANCELLED: SupportSession.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    SUPPORT_MANAGER_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    MINUTES_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    AGENDA_FIELD_NUMBER: _ClassVar[int]
    FREEZE_DATE_FIELD_NUMBER: _ClassVar[int]
    RESCHEDULED_TO_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_FOR_CONCERN_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    MOVE_REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    support_manager: str
    number: int
    start_time: _timestamp_pb2.Timestamp
    minutes: int
    state: SupportSession.State
    agenda: _containers.RepeatedCompositeFieldContainer[AgendaItem]
    freeze_date: _date_pb2.Date
    rescheduled_to: str
    mode: Mode
    proposed_for_concern: str
    etag: str
    move_reason: str
    def __init__(self, name: _Optional[str] = ..., support_manager: _Optional[str] = ..., number: _Optional[int] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., minutes: _Optional[int] = ..., state: _Optional[_Union[SupportSession.State, str]] = ..., agenda: _Optional[_Iterable[_Union[AgendaItem, _Mapping]]] = ..., freeze_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., rescheduled_to: _Optional[str] = ..., mode: _Optional[_Union[Mode, str]] = ..., proposed_for_concern: _Optional[str] = ..., etag: _Optional[str] = ..., move_reason: _Optional[str] = ...) -> None: ...

class AgendaItem(_message.Message):
    __slots__ = ("concern_id", "lane", "add_time", "outcome")
    class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OUTCOME_UNSPECIFIED: _ClassVar[AgendaItem.Outcome]
        OUTCOME_ACKNOWLEDGED: _ClassVar[AgendaItem.Outcome]
        OUTCOME_ACTION: _ClassVar[AgendaItem.Outcome]
        OUTCOME_NO_ACTION: _ClassVar[AgendaItem.Outcome]
        OUTCOME_CARRIED_FORWARD: _ClassVar[AgendaItem.Outcome]
        OUTCOME_NOT_REACHED: _ClassVar[AgendaItem.Outcome]
        OUTCOME_WITHDRAWN: _ClassVar[AgendaItem.Outcome]
    OUTCOME_UNSPECIFIED: AgendaItem.Outcome
    OUTCOME_ACKNOWLEDGED: AgendaItem.Outcome
    OUTCOME_ACTION: AgendaItem.Outcome
    OUTCOME_NO_ACTION: AgendaItem.Outcome
    OUTCOME_CARRIED_FORWARD: AgendaItem.Outcome
    OUTCOME_NOT_REACHED: AgendaItem.Outcome
    OUTCOME_WITHDRAWN: AgendaItem.Outcome
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    LANE_FIELD_NUMBER: _ClassVar[int]
    ADD_TIME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    concern_id: str
    lane: str
    add_time: _timestamp_pb2.Timestamp
    outcome: AgendaItem.Outcome
    def __init__(self, concern_id: _Optional[str] = ..., lane: _Optional[str] = ..., add_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., outcome: _Optional[_Union[AgendaItem.Outcome, str]] = ...) -> None: ...

class GetSupportSessionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListSupportSessionsRequest(_message.Message):
    __slots__ = ("parent", "upcoming_only", "page_size", "page_token", "from_date", "until_date", "states")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    UPCOMING_ONLY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_DATE_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    parent: str
    upcoming_only: bool
    page_size: int
    page_token: str
    from_date: _date_pb2.Date
    until_date: _date_pb2.Date
    states: _containers.RepeatedScalarFieldContainer[SupportSession.State]
    def __init__(self, parent: _Optional[str] = ..., upcoming_only: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., until_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., states: _Optional[_Iterable[_Union[SupportSession.State, str]]] = ...) -> None: ...

class ListSupportSessionsResponse(_message.Message):
    __slots__ = ("support_sessions", "next_page_token")
    SUPPORT_SESSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    support_sessions: _containers.RepeatedCompositeFieldContainer[SupportSession]
    next_page_token: str
    def __init__(self, support_sessions: _Optional[_Iterable[_Union[SupportSession, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ConfirmSupportSessionRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RescheduleSupportSessionRequest(_message.Message):
    __slots__ = ("name", "start_time", "asked_by", "request_id", "validate_only", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    ASKED_BY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    start_time: _timestamp_pb2.Timestamp
    asked_by: str
    request_id: str
    validate_only: bool
    reason: str
    def __init__(self, name: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., asked_by: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., reason: _Optional[str] = ...) -> None: ...

class SuggestSupportSessionTimesRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class SuggestSupportSessionTimesResponse(_message.Message):
    __slots__ = ("start_times",)
    START_TIMES_FIELD_NUMBER: _ClassVar[int]
    start_times: _containers.RepeatedCompositeFieldContainer[_timestamp_pb2.Timestamp]
    def __init__(self, start_times: _Optional[_Iterable[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]]] = ...) -> None: ...

class CancelSupportSessionRequest(_message.Message):
    __slots__ = ("name", "cancelled_by", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_BY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    cancelled_by: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., cancelled_by: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class SettleAgendaItemRequest(_message.Message):
    __slots__ = ("name", "concern_id", "outcome", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    concern_id: str
    outcome: AgendaItem.Outcome
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., concern_id: _Optional[str] = ..., outcome: _Optional[_Union[AgendaItem.Outcome, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class RecordSupportSessionAttendanceRequest(_message.Message):
    __slots__ = ("name", "team_present", "attendance", "mode", "request_id", "validate_only", "team_present_answer")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TEAM_PRESENT_FIELD_NUMBER: _ClassVar[int]
    ATTENDANCE_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    TEAM_PRESENT_ANSWER_FIELD_NUMBER: _ClassVar[int]
    name: str
    team_present: bool
    attendance: Attendance
    mode: Mode
    request_id: str
    validate_only: bool
    team_present_answer: YesNo
    def __init__(self, name: _Optional[str] = ..., team_present: _Optional[bool] = ..., attendance: _Optional[_Union[Attendance, str]] = ..., mode: _Optional[_Union[Mode, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., team_present_answer: _Optional[_Union[YesNo, str]] = ...) -> None: ...

class CalendarFile(_message.Message):
    __slots__ = ("file_name", "content_type", "content")
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    file_name: str
    content_type: str
    content: bytes
    def __init__(self, file_name: _Optional[str] = ..., content_type: _Optional[str] = ..., content: _Optional[bytes] = ...) -> None: ...
