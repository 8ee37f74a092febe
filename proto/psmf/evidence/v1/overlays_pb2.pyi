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

class Overlay(_message.Message):
    __slots__ = ("name", "kind", "state", "reason", "policy", "start_date", "end_date", "notice_date", "review_date", "reviewed_dates", "reported", "lift_date", "lift_reason", "effects", "record_time", "recorded_by", "leave_kind", "read_back", "answer_due_date", "answered_by", "because", "recommendation", "pack_hash", "without_recommendation", "lift_recommendation", "lift_pack_hash", "etag")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[Overlay.Kind]
        KIND_LEAVE: _ClassVar[Overlay.Kind]
        KIND_SUSPENSION: _ClassVar[Overlay.Kind]
    KIND_UNSPECIFIED: Overlay.Kind
    KIND_LEAVE: Overlay.Kind
    KIND_SUSPENSION: Overlay.Kind
    class LeaveKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        LEAVE_KIND_UNSPECIFIED: _ClassVar[Overlay.LeaveKind]
        LEAVE_KIND_ILLNESS: _ClassVar[Overlay.LeaveKind]
        LEAVE_KIND_PARENTAL: _ClassVar[Overlay.LeaveKind]
        LEAVE_KIND_CARING: _ClassVar[Overlay.LeaveKind]
        LEAVE_KIND_OTHER: _ClassVar[Overlay.LeaveKind]
    LEAVE_KIND_UNSPECIFIED: Overlay.LeaveKind
    LEAVE_KIND_ILLNESS: Overlay.LeaveKind
    LEAVE_KIND_PARENTAL: Overlay.LeaveKind
    LEAVE_KIND_CARING: Overlay.LeaveKind
    LEAVE_KIND_OTHER: Overlay.LeaveKind
    class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        REASON_UNSPECIFIED: _ClassVar[Overlay.Reason]
        REASON_CONDUCT: _ClassVar[Overlay.Reason]
        REASON_PERFORMANCE: _ClassVar[Overlay.Reason]
        REASON_PVG_CHECK: _ClassVar[Overlay.Reason]
        REASON_DISQUALIFICATION_CHECK: _ClassVar[Overlay.Reason]
    REASON_UNSPECIFIED: Overlay.Reason
    REASON_CONDUCT: Overlay.Reason
    REASON_PERFORMANCE: Overlay.Reason
    REASON_PVG_CHECK: Overlay.Reason
    REASON_DISQUALIFICATION_CHECK: Overlay.Reason
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Overlay.State]
        STATE_IN_FORCE: _ClassVar[Overlay.State]
        STATE_REVIEWED: _ClassVar[Overlay.State]
        STATE_LIFTED: _ClassVar[Overlay.State]
        STATE_ENDED: _ClassVar[Overlay.State]
        STATE_ASKED: _ClassVar[Overlay.State]
        STATE_AGREED: _ClassVar[Overlay.State]
        STATE_DECLINED: _ClassVar[Overlay.State]
        STATE_NOT_TAKEN: _ClassVar[Overlay.State]
    STATE_UNSPECIFIED: Overlay.State
    STATE_IN_FORCE: Overlay.State
    STATE_REVIEWED: Overlay.State
    STATE_LIFTED: Overlay.State
    STATE_ENDED: Overlay.State
    STATE_ASKED: Overlay.State
    STATE_AGREED: Overlay.State
    STATE_DECLINED: Overlay.State
    STATE_NOT_TAKEN: Overlay.State
    class LiftReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        LIFT_REASON_UNSPECIFIED: _ClassVar[Overlay.LiftReason]
        LIFT_REASON_NOT_UPHELD: _ClassVar[Overlay.LiftReason]
        LIFT_REASON_NO_LONGER_NEEDED: _ClassVar[Overlay.LiftReason]
        LIFT_REASON_IN_ERROR: _ClassVar[Overlay.LiftReason]
    LIFT_REASON_UNSPECIFIED: Overlay.LiftReason
    LIFT_REASON_NOT_UPHELD: Overlay.LiftReason
    LIFT_REASON_NO_LONGER_NEEDED: Overlay.LiftReason
    LIFT_REASON_IN_ERROR: Overlay.LiftReason
    class WithoutRecommendation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WITHOUT_RECOMMENDATION_UNSPECIFIED: _ClassVar[Overlay.WithoutRecommendation]
        WITHOUT_RECOMMENDATION_URGENT: _ClassVar[Overlay.WithoutRecommendation]
        WITHOUT_RECOMMENDATION_NOT_READY: _ClassVar[Overlay.WithoutRecommendation]
        WITHOUT_RECOMMENDATION_NONE_MADE: _ClassVar[Overlay.WithoutRecommendation]
    WITHOUT_RECOMMENDATION_UNSPECIFIED: Overlay.WithoutRecommendation
    WITHOUT_RECOMMENDATION_URGENT: Overlay.WithoutRecommendation
    WITHOUT_RECOMMENDATION_NOT_READY: Overlay.WithoutRecommendation
    WITHOUT_RECOMMENDATION_NONE_MADE: Overlay.WithoutRecommendation
    class Effect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        EFFECT_UNSPECIFIED: _ClassVar[Overlay.Effect]
        EFFECT_DAYS_AWAY: _ClassVar[Overlay.Effect]
        EFFECT_PRACTICE_HELD: _ClassVar[Overlay.Effect]
    EFFECT_UNSPECIFIED: Overlay.Effect
    EFFECT_DAYS_AWAY: Overlay.Effect
    EFFECT_PRACTICE_HELD: Overlay.Effect
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    NOTICE_DATE_FIELD_NUMBER: _ClassVar[int]
    REVIEW_DATE_FIELD_NUMBER: _ClassVar[int]
    REVIEWED_DATES_FIELD_NUMBER: _ClassVar[int]
    REPORTED_FIELD_NUMBER: _ClassVar[int]
    LIFT_DATE_FIELD_NUMBER: _ClassVar[int]
    LIFT_REASON_FIELD_NUMBER: _ClassVar[int]
    EFFECTS_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    RECORDED_BY_FIELD_NUMBER: _ClassVar[int]
    LEAVE_KIND_FIELD_NUMBER: _ClassVar[int]
    READ_BACK_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_BY_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDATION_FIELD_NUMBER: _ClassVar[int]
    PACK_HASH_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_RECOMMENDATION_FIELD_NUMBER: _ClassVar[int]
    LIFT_RECOMMENDATION_FIELD_NUMBER: _ClassVar[int]
    LIFT_PACK_HASH_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: Overlay.Kind
    state: Overlay.State
    reason: Overlay.Reason
    policy: str
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    notice_date: _date_pb2.Date
    review_date: _date_pb2.Date
    reviewed_dates: _containers.RepeatedCompositeFieldContainer[_date_pb2.Date]
    reported: bool
    lift_date: _date_pb2.Date
    lift_reason: Overlay.LiftReason
    effects: _containers.RepeatedScalarFieldContainer[Overlay.Effect]
    record_time: _timestamp_pb2.Timestamp
    recorded_by: str
    leave_kind: Overlay.LeaveKind
    read_back: bool
    answer_due_date: _date_pb2.Date
    answered_by: str
    because: str
    recommendation: str
    pack_hash: str
    without_recommendation: Overlay.WithoutRecommendation
    lift_recommendation: str
    lift_pack_hash: str
    etag: str
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[Overlay.Kind, str]] = ..., state: _Optional[_Union[Overlay.State, str]] = ..., reason: _Optional[_Union[Overlay.Reason, str]] = ..., policy: _Optional[str] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., notice_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., review_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reviewed_dates: _Optional[_Iterable[_Union[_date_pb2.Date, _Mapping]]] = ..., reported: _Optional[bool] = ..., lift_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., lift_reason: _Optional[_Union[Overlay.LiftReason, str]] = ..., effects: _Optional[_Iterable[_Union[Overlay.Effect, str]]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., recorded_by: _Optional[str] = ..., leave_kind: _Optional[_Union[Overlay.LeaveKind, str]] = ..., read_back: _Optional[bool] = ..., answer_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., answered_by: _Optional[str] = ..., because: _Optional[str] = ..., recommendation: _Optional[str] = ..., pack_hash: _Optional[str] = ..., without_recommendation: _Optional[_Union[Overlay.WithoutRecommendation, str]] = ..., lift_recommendation: _Optional[str] = ..., lift_pack_hash: _Optional[str] = ..., etag: _Optional[str] = ...) -> None: ...

class SuspensionDecidedOn(_message.Message):
    __slots__ = ("recommendation", "pack_hash", "without", "reasons")
    RECOMMENDATION_FIELD_NUMBER: _ClassVar[int]
    PACK_HASH_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    recommendation: str
    pack_hash: str
    without: Overlay.WithoutRecommendation
    reasons: str
    def __init__(self, recommendation: _Optional[str] = ..., pack_hash: _Optional[str] = ..., without: _Optional[_Union[Overlay.WithoutRecommendation, str]] = ..., reasons: _Optional[str] = ...) -> None: ...

class SuspendSafeguarderRequest(_message.Message):
    __slots__ = ("parent", "reason", "policy", "notice_date", "start_date", "review_date", "request_id", "validate_only", "decided_on")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    NOTICE_DATE_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    REVIEW_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    DECIDED_ON_FIELD_NUMBER: _ClassVar[int]
    parent: str
    reason: Overlay.Reason
    policy: str
    notice_date: _date_pb2.Date
    start_date: _date_pb2.Date
    review_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    decided_on: SuspensionDecidedOn
    def __init__(self, parent: _Optional[str] = ..., reason: _Optional[_Union[Overlay.Reason, str]] = ..., policy: _Optional[str] = ..., notice_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., review_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., decided_on: _Optional[_Union[SuspensionDecidedOn, _Mapping]] = ...) -> None: ...

class ReviewSuspensionRequest(_message.Message):
    __slots__ = ("name", "review_date", "reviewed_date", "request_id", "validate_only", "decided_on", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVIEW_DATE_FIELD_NUMBER: _ClassVar[int]
    REVIEWED_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    DECIDED_ON_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    review_date: _date_pb2.Date
    reviewed_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    decided_on: SuspensionDecidedOn
    etag: str
    def __init__(self, name: _Optional[str] = ..., review_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reviewed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., decided_on: _Optional[_Union[SuspensionDecidedOn, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class LiftSuspensionRequest(_message.Message):
    __slots__ = ("name", "reason", "lift_date", "request_id", "validate_only", "decided_on", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    LIFT_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    DECIDED_ON_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: Overlay.LiftReason
    lift_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    decided_on: SuspensionDecidedOn
    etag: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[_Union[Overlay.LiftReason, str]] = ..., lift_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., decided_on: _Optional[_Union[SuspensionDecidedOn, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class RequestLeaveRequest(_message.Message):
    __slots__ = ("parent", "kind", "start_date", "end_date", "read_back", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    READ_BACK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    kind: Overlay.LeaveKind
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    read_back: bool
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., kind: _Optional[_Union[Overlay.LeaveKind, str]] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., read_back: _Optional[bool] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class AgreeLeaveRequest(_message.Message):
    __slots__ = ("name", "answer", "because", "request_id", "validate_only", "etag")
    class Answer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ANSWER_UNSPECIFIED: _ClassVar[AgreeLeaveRequest.Answer]
        ANSWER_AGREED: _ClassVar[AgreeLeaveRequest.Answer]
        ANSWER_DECLINED: _ClassVar[AgreeLeaveRequest.Answer]
    ANSWER_UNSPECIFIED: AgreeLeaveRequest.Answer
    ANSWER_AGREED: AgreeLeaveRequest.Answer
    ANSWER_DECLINED: AgreeLeaveRequest.Answer
    NAME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    answer: AgreeLeaveRequest.Answer
    because: str
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., answer: _Optional[_Union[AgreeLeaveRequest.Answer, str]] = ..., because: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class EndLeaveRequest(_message.Message):
    __slots__ = ("name", "end_date", "not_taken", "request_id", "validate_only", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    NOT_TAKEN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    end_date: _date_pb2.Date
    not_taken: bool
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, name: _Optional[str] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., not_taken: _Optional[bool] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ..., etag: _Optional[str] = ...) -> None: ...

class ListOverlaysRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class SuspensionPolicy(_message.Message):
    __slots__ = ("name", "reasons", "decided_by")
    class DecidedBy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DECIDED_BY_UNSPECIFIED: _ClassVar[SuspensionPolicy.DecidedBy]
        DECIDED_BY_MINISTERS: _ClassVar[SuspensionPolicy.DecidedBy]
        DECIDED_BY_THE_TEAM: _ClassVar[SuspensionPolicy.DecidedBy]
    DECIDED_BY_UNSPECIFIED: SuspensionPolicy.DecidedBy
    DECIDED_BY_MINISTERS: SuspensionPolicy.DecidedBy
    DECIDED_BY_THE_TEAM: SuspensionPolicy.DecidedBy
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    name: str
    reasons: _containers.RepeatedScalarFieldContainer[Overlay.Reason]
    decided_by: SuspensionPolicy.DecidedBy
    def __init__(self, name: _Optional[str] = ..., reasons: _Optional[_Iterable[_Union[Overlay.Reason, str]]] = ..., decided_by: _Optional[_Union[SuspensionPolicy.DecidedBy, str]] = ...) -> None: ...

class ListOverlaysResponse(_message.Message):
    __slots__ = ("overlays", "policies")
    OVERLAYS_FIELD_NUMBER: _ClassVar[int]
    POLICIES_FIELD_NUMBER: _ClassVar[int]
    overlays: _containers.RepeatedCompositeFieldContainer[Overlay]
    policies: _containers.RepeatedCompositeFieldContainer[SuspensionPolicy]
    def __init__(self, overlays: _Optional[_Iterable[_Union[Overlay, _Mapping]]] = ..., policies: _Optional[_Iterable[_Union[SuspensionPolicy, _Mapping]]] = ...) -> None: ...
