import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.evidence.v1 import recommendations_pb2 as _recommendations_pb2
from psmf.evidence.v1 import safeguarder_pb2 as _safeguarder_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DecisionRecord(_message.Message):
    __slots__ = ("kind", "effective_date", "term_months", "legal_basis", "end_reason", "decided_as", "reasons")
    KIND_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_DATE_FIELD_NUMBER: _ClassVar[int]
    TERM_MONTHS_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    END_REASON_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AS_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    kind: _safeguarder_pb2.RecordMinisterialDecisionRequest.Kind
    effective_date: _date_pb2.Date
    term_months: int
    legal_basis: _safeguarder_pb2.LegalBasis
    end_reason: _safeguarder_pb2.EndReason
    decided_as: _recommendations_pb2.Recommendation.Outcome
    reasons: str
    def __init__(self, kind: _Optional[_Union[_safeguarder_pb2.RecordMinisterialDecisionRequest.Kind, str]] = ..., effective_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., term_months: _Optional[int] = ..., legal_basis: _Optional[_Union[_safeguarder_pb2.LegalBasis, _Mapping]] = ..., end_reason: _Optional[_Union[_safeguarder_pb2.EndReason, str]] = ..., decided_as: _Optional[_Union[_recommendations_pb2.Recommendation.Outcome, str]] = ..., reasons: _Optional[str] = ...) -> None: ...

class MinisterialDecision(_message.Message):
    __slots__ = ("name", "record", "first_record", "record_time", "recorded_by", "recommendation", "corrections", "etag", "criteria_version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    FIRST_RECORD_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    RECORDED_BY_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDATION_FIELD_NUMBER: _ClassVar[int]
    CORRECTIONS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CRITERIA_VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    record: DecisionRecord
    first_record: DecisionRecord
    record_time: _timestamp_pb2.Timestamp
    recorded_by: str
    recommendation: str
    corrections: _containers.RepeatedCompositeFieldContainer[DecisionCorrection]
    etag: str
    criteria_version: int
    def __init__(self, name: _Optional[str] = ..., record: _Optional[_Union[DecisionRecord, _Mapping]] = ..., first_record: _Optional[_Union[DecisionRecord, _Mapping]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., recorded_by: _Optional[str] = ..., recommendation: _Optional[str] = ..., corrections: _Optional[_Iterable[_Union[DecisionCorrection, _Mapping]]] = ..., etag: _Optional[str] = ..., criteria_version: _Optional[int] = ...) -> None: ...

class DecisionCorrection(_message.Message):
    __slots__ = ("state", "record", "because", "entered_by", "enter_time", "answered_by", "answer_time", "withdrawn_because")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[DecisionCorrection.State]
        STATE_WAITING: _ClassVar[DecisionCorrection.State]
        STATE_CONFIRMED: _ClassVar[DecisionCorrection.State]
        STATE_WITHDRAWN: _ClassVar[DecisionCorrection.State]
    STATE_UNSPECIFIED: DecisionCorrection.State
    STATE_WAITING: DecisionCorrection.State
    STATE_CONFIRMED: DecisionCorrection.State
    STATE_WITHDRAWN: DecisionCorrection.State
    STATE_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    ENTERED_BY_FIELD_NUMBER: _ClassVar[int]
    ENTER_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_BY_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    state: DecisionCorrection.State
    record: DecisionRecord
    because: str
    entered_by: str
    enter_time: _timestamp_pb2.Timestamp
    answered_by: str
    answer_time: _timestamp_pb2.Timestamp
    withdrawn_because: str
    def __init__(self, state: _Optional[_Union[DecisionCorrection.State, str]] = ..., record: _Optional[_Union[DecisionRecord, _Mapping]] = ..., because: _Optional[str] = ..., entered_by: _Optional[str] = ..., enter_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answered_by: _Optional[str] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., withdrawn_because: _Optional[str] = ...) -> None: ...

class ListMinisterialDecisionsRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ListMinisterialDecisionsResponse(_message.Message):
    __slots__ = ("decisions",)
    DECISIONS_FIELD_NUMBER: _ClassVar[int]
    decisions: _containers.RepeatedCompositeFieldContainer[MinisterialDecision]
    def __init__(self, decisions: _Optional[_Iterable[_Union[MinisterialDecision, _Mapping]]] = ...) -> None: ...

class CorrectMinisterialDecisionRequest(_message.Message):
    __slots__ = ("name", "etag", "record", "not_made", "because", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    NOT_MADE_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    record: DecisionRecord
    not_made: bool
    because: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., record: _Optional[_Union[DecisionRecord, _Mapping]] = ..., not_made: _Optional[bool] = ..., because: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ConfirmDecisionCorrectionRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class WithdrawDecisionCorrectionRequest(_message.Message):
    __slots__ = ("name", "etag", "because", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    because: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., because: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...
