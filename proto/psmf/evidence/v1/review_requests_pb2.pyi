import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.evidence.v1 import reviewers_pb2 as _reviewers_pb2
from psmf.evidence.v1 import session_records_pb2 as _session_records_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReviewRequest(_message.Message):
    __slots__ = ("name", "target", "target_kind", "target_version", "grounds", "words", "asks_for", "made_date", "entered_by", "create_time", "late", "state", "accepted_by", "accept_words", "follows", "assign_due_date", "reviewer", "level", "decide_due_date", "statements", "decision", "reasons", "end_time", "concerns", "etag", "assigner", "moved_up")
    class TargetKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        TARGET_KIND_UNSPECIFIED: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_EVIDENCE_ITEM: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_CONCERN: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_SESSION_RECORD: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_ACTION: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_SUPPORT: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_APPROACH_CHANGE: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_RECOMMENDATION: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_NEED: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_VIEW: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_ACTION_REVIEW: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_SESSION_ABSENCE: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_TRAINING_ABSENCE: _ClassVar[ReviewRequest.TargetKind]
        TARGET_KIND_RULE_OVERRIDE: _ClassVar[ReviewRequest.TargetKind]
    TARGET_KIND_UNSPECIFIED: ReviewRequest.TargetKind
    TARGET_KIND_EVIDENCE_ITEM: ReviewRequest.TargetKind
    TARGET_KIND_CONCERN: ReviewRequest.TargetKind
    TARGET_KIND_SESSION_RECORD: ReviewRequest.TargetKind
    TARGET_KIND_ACTION: ReviewRequest.TargetKind
    TARGET_KIND_SUPPORT: ReviewRequest.TargetKind
    TARGET_KIND_APPROACH_CHANGE: ReviewRequest.TargetKind
    TARGET_KIND_RECOMMENDATION: ReviewRequest.TargetKind
    TARGET_KIND_NEED: ReviewRequest.TargetKind
    TARGET_KIND_VIEW: ReviewRequest.TargetKind
    TARGET_KIND_ACTION_REVIEW: ReviewRequest.TargetKind
    TARGET_KIND_SESSION_ABSENCE: ReviewRequest.TargetKind
    TARGET_KIND_TRAINING_ABSENCE: ReviewRequest.TargetKind
    TARGET_KIND_RULE_OVERRIDE: ReviewRequest.TargetKind
    class Ground(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        GROUND_UNSPECIFIED: _ClassVar[ReviewRequest.Ground]
        GROUND_FACT_WRONG: _ClassVar[ReviewRequest.Ground]
        GROUND_EVIDENCE_LEFT_OUT: _ClassVar[ReviewRequest.Ground]
        GROUND_PROCESS: _ClassVar[ReviewRequest.Ground]
        GROUND_STANDARD_MISREAD: _ClassVar[ReviewRequest.Ground]
        GROUND_OUT_OF_PROPORTION: _ClassVar[ReviewRequest.Ground]
        GROUND_OTHER: _ClassVar[ReviewRequest.Ground]
    GROUND_UNSPECIFIED: ReviewRequest.Ground
    GROUND_FACT_WRONG: ReviewRequest.Ground
    GROUND_EVIDENCE_LEFT_OUT: ReviewRequest.Ground
    GROUND_PROCESS: ReviewRequest.Ground
    GROUND_STANDARD_MISREAD: ReviewRequest.Ground
    GROUND_OUT_OF_PROPORTION: ReviewRequest.Ground
    GROUND_OTHER: ReviewRequest.Ground
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[ReviewRequest.State]
        STATE_SUBMITTED: _ClassVar[ReviewRequest.State]
        STATE_ACCEPTED: _ClassVar[ReviewRequest.State]
        STATE_NOT_ACCEPTED: _ClassVar[ReviewRequest.State]
        STATE_ASSIGNED: _ClassVar[ReviewRequest.State]
        STATE_DECIDED: _ClassVar[ReviewRequest.State]
        STATE_WITHDRAWN: _ClassVar[ReviewRequest.State]
    STATE_UNSPECIFIED: ReviewRequest.State
    STATE_SUBMITTED: ReviewRequest.State
    STATE_ACCEPTED: ReviewRequest.State
    STATE_NOT_ACCEPTED: ReviewRequest.State
    STATE_ASSIGNED: ReviewRequest.State
    STATE_DECIDED: ReviewRequest.State
    STATE_WITHDRAWN: ReviewRequest.State
    class Decision(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DECISION_UNSPECIFIED: _ClassVar[ReviewRequest.Decision]
        DECISION_UPHELD: _ClassVar[ReviewRequest.Decision]
        DECISION_PARTLY: _ClassVar[ReviewRequest.Decision]
        DECISION_NOT_UPHELD: _ClassVar[ReviewRequest.Decision]
    DECISION_UNSPECIFIED: ReviewRequest.Decision
    DECISION_UPHELD: ReviewRequest.Decision
    DECISION_PARTLY: ReviewRequest.Decision
    DECISION_NOT_UPHELD: ReviewRequest.Decision
    class Statement(_message.Message):
        __slots__ = ("words", "person", "create_time")
        WORDS_FIELD_NUMBER: _ClassVar[int]
        PERSON_FIELD_NUMBER: _ClassVar[int]
        CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
        words: str
        person: str
        create_time: _timestamp_pb2.Timestamp
        def __init__(self, words: _Optional[str] = ..., person: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    TARGET_KIND_FIELD_NUMBER: _ClassVar[int]
    TARGET_VERSION_FIELD_NUMBER: _ClassVar[int]
    GROUNDS_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ASKS_FOR_FIELD_NUMBER: _ClassVar[int]
    MADE_DATE_FIELD_NUMBER: _ClassVar[int]
    ENTERED_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    LATE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_BY_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_WORDS_FIELD_NUMBER: _ClassVar[int]
    FOLLOWS_FIELD_NUMBER: _ClassVar[int]
    ASSIGN_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    REVIEWER_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    DECIDE_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    STATEMENTS_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    ASSIGNER_FIELD_NUMBER: _ClassVar[int]
    MOVED_UP_FIELD_NUMBER: _ClassVar[int]
    name: str
    target: str
    target_kind: ReviewRequest.TargetKind
    target_version: int
    grounds: _containers.RepeatedScalarFieldContainer[ReviewRequest.Ground]
    words: str
    asks_for: str
    made_date: _date_pb2.Date
    entered_by: str
    create_time: _timestamp_pb2.Timestamp
    late: bool
    state: ReviewRequest.State
    accepted_by: str
    accept_words: str
    follows: str
    assign_due_date: _date_pb2.Date
    reviewer: str
    level: int
    decide_due_date: _date_pb2.Date
    statements: _containers.RepeatedCompositeFieldContainer[ReviewRequest.Statement]
    decision: ReviewRequest.Decision
    reasons: str
    end_time: _timestamp_pb2.Timestamp
    concerns: _containers.RepeatedScalarFieldContainer[str]
    etag: str
    assigner: str
    moved_up: int
    def __init__(self, name: _Optional[str] = ..., target: _Optional[str] = ..., target_kind: _Optional[_Union[ReviewRequest.TargetKind, str]] = ..., target_version: _Optional[int] = ..., grounds: _Optional[_Iterable[_Union[ReviewRequest.Ground, str]]] = ..., words: _Optional[str] = ..., asks_for: _Optional[str] = ..., made_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., entered_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., late: _Optional[bool] = ..., state: _Optional[_Union[ReviewRequest.State, str]] = ..., accepted_by: _Optional[str] = ..., accept_words: _Optional[str] = ..., follows: _Optional[str] = ..., assign_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reviewer: _Optional[str] = ..., level: _Optional[int] = ..., decide_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., statements: _Optional[_Iterable[_Union[ReviewRequest.Statement, _Mapping]]] = ..., decision: _Optional[_Union[ReviewRequest.Decision, str]] = ..., reasons: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., concerns: _Optional[_Iterable[str]] = ..., etag: _Optional[str] = ..., assigner: _Optional[str] = ..., moved_up: _Optional[int] = ...) -> None: ...

class CreateReviewRequestRequest(_message.Message):
    __slots__ = ("parent", "target", "grounds", "words", "asks_for", "made_date", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    GROUNDS_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ASKS_FOR_FIELD_NUMBER: _ClassVar[int]
    MADE_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    target: str
    grounds: _containers.RepeatedScalarFieldContainer[ReviewRequest.Ground]
    words: str
    asks_for: str
    made_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., target: _Optional[str] = ..., grounds: _Optional[_Iterable[_Union[ReviewRequest.Ground, str]]] = ..., words: _Optional[str] = ..., asks_for: _Optional[str] = ..., made_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class GetReviewRequestRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListReviewRequestsRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ListReviewRequestsResponse(_message.Message):
    __slots__ = ("review_requests",)
    REVIEW_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    review_requests: _containers.RepeatedCompositeFieldContainer[ReviewRequest]
    def __init__(self, review_requests: _Optional[_Iterable[_Union[ReviewRequest, _Mapping]]] = ...) -> None: ...

class AcceptReviewRequestRequest(_message.Message):
    __slots__ = ("name", "answer", "words", "etag", "request_id", "validate_only")
    class Answer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ANSWER_UNSPECIFIED: _ClassVar[AcceptReviewRequestRequest.Answer]
        ANSWER_ACCEPTED: _ClassVar[AcceptReviewRequestRequest.Answer]
        ANSWER_NOT_ACCEPTED: _ClassVar[AcceptReviewRequestRequest.Answer]
    ANSWER_UNSPECIFIED: AcceptReviewRequestRequest.Answer
    ANSWER_ACCEPTED: AcceptReviewRequestRequest.Answer
    ANSWER_NOT_ACCEPTED: AcceptReviewRequestRequest.Answer
    NAME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    answer: AcceptReviewRequestRequest.Answer
    words: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., answer: _Optional[_Union[AcceptReviewRequestRequest.Answer, str]] = ..., words: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class AssignReviewRequestRequest(_message.Message):
    __slots__ = ("name", "reviewer", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVIEWER_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    reviewer: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., reviewer: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class AddStatementRequest(_message.Message):
    __slots__ = ("name", "words", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    words: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., words: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class DecideReviewRequestRequest(_message.Message):
    __slots__ = ("name", "decision", "reasons", "record", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    decision: ReviewRequest.Decision
    reasons: str
    record: _session_records_pb2.RecordContent
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., decision: _Optional[_Union[ReviewRequest.Decision, str]] = ..., reasons: _Optional[str] = ..., record: _Optional[_Union[_session_records_pb2.RecordContent, _Mapping]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class WithdrawReviewRequestRequest(_message.Message):
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
