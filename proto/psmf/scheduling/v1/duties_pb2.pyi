from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.type import date_pb2 as _date_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Duty(_message.Message):
    __slots__ = ("name", "kind", "owed_by", "about", "state", "start_date", "due_date", "overdue", "standstill_reasons")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[Duty.Kind]
        KIND_SHARE_RECORD: _ClassVar[Duty.Kind]
        KIND_ANSWER_RECORD: _ClassVar[Duty.Kind]
        KIND_RESPOND_TO_DISPUTE: _ClassVar[Duty.Kind]
        KIND_ANSWER_ACTION: _ClassVar[Duty.Kind]
        KIND_ANSWER_SUPPORT: _ClassVar[Duty.Kind]
        KIND_DELIVER_SUPPORT: _ClassVar[Duty.Kind]
        KIND_ACTION: _ClassVar[Duty.Kind]
        KIND_LOOK_AT_COMPLETION: _ClassVar[Duty.Kind]
        KIND_REVIEW_ACTION: _ClassVar[Duty.Kind]
        KIND_FINALISE_PLAN: _ClassVar[Duty.Kind]
        KIND_GIVE_VIEW: _ClassVar[Duty.Kind]
        KIND_ACKNOWLEDGE_APPROACH: _ClassVar[Duty.Kind]
        KIND_ALLOCATE_ANOTHER: _ClassVar[Duty.Kind]
        KIND_ASSIGN_REVIEW: _ClassVar[Duty.Kind]
        KIND_DECIDE_REVIEW: _ClassVar[Duty.Kind]
        KIND_SHARE_RECOMMENDATION: _ClassVar[Duty.Kind]
        KIND_SUBMIT_RECOMMENDATION: _ClassVar[Duty.Kind]
        KIND_REPRESENTATIONS: _ClassVar[Duty.Kind]
        KIND_REVIEW_SUSPENSION: _ClassVar[Duty.Kind]
        KIND_ANSWER_LEAVE: _ClassVar[Duty.Kind]
        KIND_DRAW_SAMPLE: _ClassVar[Duty.Kind]
        KIND_OBTAIN_REPORT: _ClassVar[Duty.Kind]
        KIND_READ_REPORT: _ClassVar[Duty.Kind]
        KIND_SECOND_READING: _ClassVar[Duty.Kind]
        KIND_RECONCILE_READINGS: _ClassVar[Duty.Kind]
        KIND_SHARE_READING: _ClassVar[Duty.Kind]
        KIND_RECORD_DECISION: _ClassVar[Duty.Kind]
        KIND_REVIEW_CONTINUING: _ClassVar[Duty.Kind]
        KIND_ANSWER_COMPLAINT: _ClassVar[Duty.Kind]
        KIND_ACKNOWLEDGE_COMPLAINT: _ClassVar[Duty.Kind]
        KIND_INVESTIGATE_COMPLAINT: _ClassVar[Duty.Kind]
        KIND_REVIEW_ACCESS: _ClassVar[Duty.Kind]
    KIND_UNSPECIFIED: Duty.Kind
    KIND_SHARE_RECORD: Duty.Kind
    KIND_ANSWER_RECORD: Duty.Kind
    KIND_RESPOND_TO_DISPUTE: Duty.Kind
    KIND_ANSWER_ACTION: Duty.Kind
    KIND_ANSWER_SUPPORT: Duty.Kind
    KIND_DELIVER_SUPPORT: Duty.Kind
    KIND_ACTION: Duty.Kind
    KIND_LOOK_AT_COMPLETION: Duty.Kind
    KIND_REVIEW_ACTION: Duty.Kind
    KIND_FINALISE_PLAN: Duty.Kind
    KIND_GIVE_VIEW: Duty.Kind
    KIND_ACKNOWLEDGE_APPROACH: Duty.Kind
    KIND_ALLOCATE_ANOTHER: Duty.Kind
    KIND_ASSIGN_REVIEW: Duty.Kind
    KIND_DECIDE_REVIEW: Duty.Kind
    KIND_SHARE_RECOMMENDATION: Duty.Kind
    KIND_SUBMIT_RECOMMENDATION: Duty.Kind
    KIND_REPRESENTATIONS: Duty.Kind
    KIND_REVIEW_SUSPENSION: Duty.Kind
    KIND_ANSWER_LEAVE: Duty.Kind
    KIND_DRAW_SAMPLE: Duty.Kind
    KIND_OBTAIN_REPORT: Duty.Kind
    KIND_READ_REPORT: Duty.Kind
    KIND_SECOND_READING: Duty.Kind
    KIND_RECONCILE_READINGS: Duty.Kind
    KIND_SHARE_READING: Duty.Kind
    KIND_RECORD_DECISION: Duty.Kind
    KIND_REVIEW_CONTINUING: Duty.Kind
    KIND_ANSWER_COMPLAINT: Duty.Kind
    KIND_ACKNOWLEDGE_COMPLAINT: Duty.Kind
    KIND_INVESTIGATE_COMPLAINT: Duty.Kind
    KIND_REVIEW_ACCESS: Duty.Kind
    class OwedBy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OWED_BY_UNSPECIFIED: _ClassVar[Duty.OwedBy]
        OWED_BY_SAFEGUARDER: _ClassVar[Duty.OwedBy]
        OWED_BY_SUPPORT_MANAGER: _ClassVar[Duty.OwedBy]
        OWED_BY_PANEL_TEAM: _ClassVar[Duty.OwedBy]
        OWED_BY_SENIOR_MANAGER: _ClassVar[Duty.OwedBy]
        OWED_BY_REVIEWER: _ClassVar[Duty.OwedBy]
        OWED_BY_READER: _ClassVar[Duty.OwedBy]
        OWED_BY_DATA_LEAD: _ClassVar[Duty.OwedBy]
    OWED_BY_UNSPECIFIED: Duty.OwedBy
    OWED_BY_SAFEGUARDER: Duty.OwedBy
    OWED_BY_SUPPORT_MANAGER: Duty.OwedBy
    OWED_BY_PANEL_TEAM: Duty.OwedBy
    OWED_BY_SENIOR_MANAGER: Duty.OwedBy
    OWED_BY_REVIEWER: Duty.OwedBy
    OWED_BY_READER: Duty.OwedBy
    OWED_BY_DATA_LEAD: Duty.OwedBy
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Duty.State]
        STATE_RUNNING: _ClassVar[Duty.State]
        STATE_STANDING_STILL: _ClassVar[Duty.State]
        STATE_MET: _ClassVar[Duty.State]
        STATE_ENDED: _ClassVar[Duty.State]
    STATE_UNSPECIFIED: Duty.State
    STATE_RUNNING: Duty.State
    STATE_STANDING_STILL: Duty.State
    STATE_MET: Duty.State
    STATE_ENDED: Duty.State
    class StandstillReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STANDSTILL_REASON_UNSPECIFIED: _ClassVar[Duty.StandstillReason]
        STANDSTILL_REASON_SUSPENDED: _ClassVar[Duty.StandstillReason]
        STANDSTILL_REASON_ON_LEAVE: _ClassVar[Duty.StandstillReason]
        STANDSTILL_REASON_SUPPORT_LATE: _ClassVar[Duty.StandstillReason]
        STANDSTILL_REASON_REVIEW_OPEN: _ClassVar[Duty.StandstillReason]
    STANDSTILL_REASON_UNSPECIFIED: Duty.StandstillReason
    STANDSTILL_REASON_SUSPENDED: Duty.StandstillReason
    STANDSTILL_REASON_ON_LEAVE: Duty.StandstillReason
    STANDSTILL_REASON_SUPPORT_LATE: Duty.StandstillReason
    STANDSTILL_REASON_REVIEW_OPEN: Duty.StandstillReason
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    OWED_BY_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    STANDSTILL_REASONS_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: Duty.Kind
    owed_by: Duty.OwedBy
    about: str
    state: Duty.State
    start_date: _date_pb2.Date
    due_date: _date_pb2.Date
    overdue: bool
    standstill_reasons: _containers.RepeatedScalarFieldContainer[Duty.StandstillReason]
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[Duty.Kind, str]] = ..., owed_by: _Optional[_Union[Duty.OwedBy, str]] = ..., about: _Optional[str] = ..., state: _Optional[_Union[Duty.State, str]] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., overdue: _Optional[bool] = ..., standstill_reasons: _Optional[_Iterable[_Union[Duty.StandstillReason, str]]] = ...) -> None: ...

class ListDutiesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDutiesResponse(_message.Message):
    __slots__ = ("duties", "next_page_token")
    DUTIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    duties: _containers.RepeatedCompositeFieldContainer[Duty]
    next_page_token: str
    def __init__(self, duties: _Optional[_Iterable[_Union[Duty, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
