import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ComplaintStages(_message.Message):
    __slots__ = ("steps", "limits")
    class Step(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STEP_UNSPECIFIED: _ClassVar[ComplaintStages.Step]
        STEP_SETTLED: _ClassVar[ComplaintStages.Step]
        STEP_ANSWERED: _ClassVar[ComplaintStages.Step]
        STEP_STAGE_2: _ClassVar[ComplaintStages.Step]
        STEP_ACKNOWLEDGED: _ClassVar[ComplaintStages.Step]
        STEP_STAGE_2_ANSWERED: _ClassVar[ComplaintStages.Step]
        STEP_EXTENDED: _ClassVar[ComplaintStages.Step]
        STEP_DECIDED: _ClassVar[ComplaintStages.Step]
        STEP_OMBUDSMAN_TOLD: _ClassVar[ComplaintStages.Step]
    STEP_UNSPECIFIED: ComplaintStages.Step
    STEP_SETTLED: ComplaintStages.Step
    STEP_ANSWERED: ComplaintStages.Step
    STEP_STAGE_2: ComplaintStages.Step
    STEP_ACKNOWLEDGED: ComplaintStages.Step
    STEP_STAGE_2_ANSWERED: ComplaintStages.Step
    STEP_EXTENDED: ComplaintStages.Step
    STEP_DECIDED: ComplaintStages.Step
    STEP_OMBUDSMAN_TOLD: ComplaintStages.Step
    class ExtensionReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        EXTENSION_REASON_UNSPECIFIED: _ClassVar[ComplaintStages.ExtensionReason]
        EXTENSION_REASON_INFORMATION_AWAITED: _ClassVar[ComplaintStages.ExtensionReason]
        EXTENSION_REASON_SOMEBODY_AWAY: _ClassVar[ComplaintStages.ExtensionReason]
        EXTENSION_REASON_MORE_TO_LOOK_INTO: _ClassVar[ComplaintStages.ExtensionReason]
        EXTENSION_REASON_AGREED: _ClassVar[ComplaintStages.ExtensionReason]
    EXTENSION_REASON_UNSPECIFIED: ComplaintStages.ExtensionReason
    EXTENSION_REASON_INFORMATION_AWAITED: ComplaintStages.ExtensionReason
    EXTENSION_REASON_SOMEBODY_AWAY: ComplaintStages.ExtensionReason
    EXTENSION_REASON_MORE_TO_LOOK_INTO: ComplaintStages.ExtensionReason
    EXTENSION_REASON_AGREED: ComplaintStages.ExtensionReason
    class Correction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        CORRECTION_UNSPECIFIED: _ClassVar[ComplaintStages.Correction]
        CORRECTION_ANOTHER_DAY: _ClassVar[ComplaintStages.Correction]
        CORRECTION_TAKEN_BACK: _ClassVar[ComplaintStages.Correction]
    CORRECTION_UNSPECIFIED: ComplaintStages.Correction
    CORRECTION_ANOTHER_DAY: ComplaintStages.Correction
    CORRECTION_TAKEN_BACK: ComplaintStages.Correction
    class Limit(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        LIMIT_UNSPECIFIED: _ClassVar[ComplaintStages.Limit]
        LIMIT_ANSWER_COMPLAINT: _ClassVar[ComplaintStages.Limit]
        LIMIT_ACKNOWLEDGE_COMPLAINT: _ClassVar[ComplaintStages.Limit]
        LIMIT_INVESTIGATE_COMPLAINT: _ClassVar[ComplaintStages.Limit]
    LIMIT_UNSPECIFIED: ComplaintStages.Limit
    LIMIT_ANSWER_COMPLAINT: ComplaintStages.Limit
    LIMIT_ACKNOWLEDGE_COMPLAINT: ComplaintStages.Limit
    LIMIT_INVESTIGATE_COMPLAINT: ComplaintStages.Limit
    class LimitState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        LIMIT_STATE_UNSPECIFIED: _ClassVar[ComplaintStages.LimitState]
        LIMIT_STATE_AWAITED: _ClassVar[ComplaintStages.LimitState]
        LIMIT_STATE_MET: _ClassVar[ComplaintStages.LimitState]
        LIMIT_STATE_ENDED: _ClassVar[ComplaintStages.LimitState]
    LIMIT_STATE_UNSPECIFIED: ComplaintStages.LimitState
    LIMIT_STATE_AWAITED: ComplaintStages.LimitState
    LIMIT_STATE_MET: ComplaintStages.LimitState
    LIMIT_STATE_ENDED: ComplaintStages.LimitState
    class Recorded(_message.Message):
        __slots__ = ("step", "date", "due_date", "extension_reason", "recorded_by", "record_time", "taken_out_time", "taken_out_by")
        STEP_FIELD_NUMBER: _ClassVar[int]
        DATE_FIELD_NUMBER: _ClassVar[int]
        DUE_DATE_FIELD_NUMBER: _ClassVar[int]
        EXTENSION_REASON_FIELD_NUMBER: _ClassVar[int]
        RECORDED_BY_FIELD_NUMBER: _ClassVar[int]
        RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
        TAKEN_OUT_TIME_FIELD_NUMBER: _ClassVar[int]
        TAKEN_OUT_BY_FIELD_NUMBER: _ClassVar[int]
        step: ComplaintStages.Step
        date: _date_pb2.Date
        due_date: _date_pb2.Date
        extension_reason: ComplaintStages.ExtensionReason
        recorded_by: str
        record_time: _timestamp_pb2.Timestamp
        taken_out_time: _timestamp_pb2.Timestamp
        taken_out_by: str
        def __init__(self, step: _Optional[_Union[ComplaintStages.Step, str]] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., extension_reason: _Optional[_Union[ComplaintStages.ExtensionReason, str]] = ..., recorded_by: _Optional[str] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., taken_out_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., taken_out_by: _Optional[str] = ...) -> None: ...
    STEPS_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    steps: _containers.RepeatedCompositeFieldContainer[ComplaintStages.Recorded]
    limits: _containers.RepeatedCompositeFieldContainer[ComplaintLimit]
    def __init__(self, steps: _Optional[_Iterable[_Union[ComplaintStages.Recorded, _Mapping]]] = ..., limits: _Optional[_Iterable[_Union[ComplaintLimit, _Mapping]]] = ...) -> None: ...

class ComplaintLimit(_message.Message):
    __slots__ = ("limit", "start_date", "due_date", "state", "met_date")
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    MET_DATE_FIELD_NUMBER: _ClassVar[int]
    limit: ComplaintStages.Limit
    start_date: _date_pb2.Date
    due_date: _date_pb2.Date
    state: ComplaintStages.LimitState
    met_date: _date_pb2.Date
    def __init__(self, limit: _Optional[_Union[ComplaintStages.Limit, str]] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., state: _Optional[_Union[ComplaintStages.LimitState, str]] = ..., met_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class MoveComplaintStageRequest(_message.Message):
    __slots__ = ("name", "step", "date", "due_date", "extension_reason", "correction", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    EXTENSION_REASON_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    step: ComplaintStages.Step
    date: _date_pb2.Date
    due_date: _date_pb2.Date
    extension_reason: ComplaintStages.ExtensionReason
    correction: ComplaintStages.Correction
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., step: _Optional[_Union[ComplaintStages.Step, str]] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., extension_reason: _Optional[_Union[ComplaintStages.ExtensionReason, str]] = ..., correction: _Optional[_Union[ComplaintStages.Correction, str]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...
