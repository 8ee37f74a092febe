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

class EmergencyAccess(_message.Message):
    __slots__ = ("name", "opened_by", "kind", "reason", "state", "open_time", "end_time", "closed_by", "close_time", "review_due_date", "outcome", "reviewed_by", "review_time", "review_reasons")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[EmergencyAccess.Kind]
        KIND_CHILD_AT_RISK: _ClassVar[EmergencyAccess.Kind]
        KIND_ADULT_AT_RISK: _ClassVar[EmergencyAccess.Kind]
    KIND_UNSPECIFIED: EmergencyAccess.Kind
    KIND_CHILD_AT_RISK: EmergencyAccess.Kind
    KIND_ADULT_AT_RISK: EmergencyAccess.Kind
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[EmergencyAccess.State]
        STATE_OPEN: _ClassVar[EmergencyAccess.State]
        STATE_OVER: _ClassVar[EmergencyAccess.State]
        STATE_CLOSED: _ClassVar[EmergencyAccess.State]
    STATE_UNSPECIFIED: EmergencyAccess.State
    STATE_OPEN: EmergencyAccess.State
    STATE_OVER: EmergencyAccess.State
    STATE_CLOSED: EmergencyAccess.State
    class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OUTCOME_UNSPECIFIED: _ClassVar[EmergencyAccess.Outcome]
        OUTCOME_JUSTIFIED: _ClassVar[EmergencyAccess.Outcome]
        OUTCOME_NOT_JUSTIFIED: _ClassVar[EmergencyAccess.Outcome]
    OUTCOME_UNSPECIFIED: EmergencyAccess.Outcome
    OUTCOME_JUSTIFIED: EmergencyAccess.Outcome
    OUTCOME_NOT_JUSTIFIED: EmergencyAccess.Outcome
    NAME_FIELD_NUMBER: _ClassVar[int]
    OPENED_BY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OPEN_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    CLOSED_BY_FIELD_NUMBER: _ClassVar[int]
    CLOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    REVIEW_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REVIEWED_BY_FIELD_NUMBER: _ClassVar[int]
    REVIEW_TIME_FIELD_NUMBER: _ClassVar[int]
    REVIEW_REASONS_FIELD_NUMBER: _ClassVar[int]
    name: str
    opened_by: str
    kind: EmergencyAccess.Kind
    reason: str
    state: EmergencyAccess.State
    open_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    closed_by: str
    close_time: _timestamp_pb2.Timestamp
    review_due_date: _date_pb2.Date
    outcome: EmergencyAccess.Outcome
    reviewed_by: str
    review_time: _timestamp_pb2.Timestamp
    review_reasons: str
    def __init__(self, name: _Optional[str] = ..., opened_by: _Optional[str] = ..., kind: _Optional[_Union[EmergencyAccess.Kind, str]] = ..., reason: _Optional[str] = ..., state: _Optional[_Union[EmergencyAccess.State, str]] = ..., open_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., closed_by: _Optional[str] = ..., close_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., review_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., outcome: _Optional[_Union[EmergencyAccess.Outcome, str]] = ..., reviewed_by: _Optional[str] = ..., review_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., review_reasons: _Optional[str] = ...) -> None: ...

class OpenEmergencyAccessRequest(_message.Message):
    __slots__ = ("parent", "kind", "reason", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    kind: EmergencyAccess.Kind
    reason: str
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., kind: _Optional[_Union[EmergencyAccess.Kind, str]] = ..., reason: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class CloseEmergencyAccessRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ReviewEmergencyAccessRequest(_message.Message):
    __slots__ = ("name", "outcome", "reasons", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    outcome: EmergencyAccess.Outcome
    reasons: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., outcome: _Optional[_Union[EmergencyAccess.Outcome, str]] = ..., reasons: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ListEmergencyAccessesRequest(_message.Message):
    __slots__ = ("parent", "include_reviewed", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_REVIEWED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    include_reviewed: bool
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., include_reviewed: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListEmergencyAccessesResponse(_message.Message):
    __slots__ = ("emergency_accesses", "next_page_token")
    EMERGENCY_ACCESSES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    emergency_accesses: _containers.RepeatedCompositeFieldContainer[EmergencyAccess]
    next_page_token: str
    def __init__(self, emergency_accesses: _Optional[_Iterable[_Union[EmergencyAccess, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
