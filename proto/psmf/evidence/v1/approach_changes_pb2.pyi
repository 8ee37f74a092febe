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

class ApproachChange(_message.Message):
    __slots__ = ("name", "concerns", "from_approach", "to_approach", "expectation", "because", "evidence", "skip_because", "discussed_date", "session", "actions", "how", "serve_date", "served_by", "create_time", "acknowledge_date", "acknowledge_due_date", "stands_from_date", "stands", "reported", "state", "end_words", "ended_by", "end_time", "superseded_by", "etag")
    class Approach(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        APPROACH_UNSPECIFIED: _ClassVar[ApproachChange.Approach]
        APPROACH_SUPPORT: _ClassVar[ApproachChange.Approach]
        APPROACH_CLEAR_ADVICE: _ClassVar[ApproachChange.Approach]
        APPROACH_REQUIRED_ACTION: _ClassVar[ApproachChange.Approach]
    APPROACH_UNSPECIFIED: ApproachChange.Approach
    APPROACH_SUPPORT: ApproachChange.Approach
    APPROACH_CLEAR_ADVICE: ApproachChange.Approach
    APPROACH_REQUIRED_ACTION: ApproachChange.Approach
    class How(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        HOW_UNSPECIFIED: _ClassVar[ApproachChange.How]
        HOW_AT_SESSION: _ClassVar[ApproachChange.How]
        HOW_CONSOLE: _ClassVar[ApproachChange.How]
        HOW_POST: _ClassVar[ApproachChange.How]
    HOW_UNSPECIFIED: ApproachChange.How
    HOW_AT_SESSION: ApproachChange.How
    HOW_CONSOLE: ApproachChange.How
    HOW_POST: ApproachChange.How
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[ApproachChange.State]
        STATE_SERVED: _ClassVar[ApproachChange.State]
        STATE_MET: _ClassVar[ApproachChange.State]
        STATE_WITHDRAWN: _ClassVar[ApproachChange.State]
        STATE_SUPERSEDED: _ClassVar[ApproachChange.State]
        STATE_SET_ASIDE: _ClassVar[ApproachChange.State]
        STATE_CONCERN_ENDED: _ClassVar[ApproachChange.State]
        STATE_SUPPORT_AGAIN: _ClassVar[ApproachChange.State]
    STATE_UNSPECIFIED: ApproachChange.State
    STATE_SERVED: ApproachChange.State
    STATE_MET: ApproachChange.State
    STATE_WITHDRAWN: ApproachChange.State
    STATE_SUPERSEDED: ApproachChange.State
    STATE_SET_ASIDE: ApproachChange.State
    STATE_CONCERN_ENDED: ApproachChange.State
    STATE_SUPPORT_AGAIN: ApproachChange.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    FROM_APPROACH_FIELD_NUMBER: _ClassVar[int]
    TO_APPROACH_FIELD_NUMBER: _ClassVar[int]
    EXPECTATION_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    SKIP_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    DISCUSSED_DATE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    HOW_FIELD_NUMBER: _ClassVar[int]
    SERVE_DATE_FIELD_NUMBER: _ClassVar[int]
    SERVED_BY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGE_DATE_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGE_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    STANDS_FROM_DATE_FIELD_NUMBER: _ClassVar[int]
    STANDS_FIELD_NUMBER: _ClassVar[int]
    REPORTED_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    END_WORDS_FIELD_NUMBER: _ClassVar[int]
    ENDED_BY_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    SUPERSEDED_BY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    concerns: _containers.RepeatedScalarFieldContainer[str]
    from_approach: ApproachChange.Approach
    to_approach: ApproachChange.Approach
    expectation: str
    because: str
    evidence: _containers.RepeatedScalarFieldContainer[str]
    skip_because: str
    discussed_date: _date_pb2.Date
    session: str
    actions: _containers.RepeatedScalarFieldContainer[str]
    how: ApproachChange.How
    serve_date: _date_pb2.Date
    served_by: str
    create_time: _timestamp_pb2.Timestamp
    acknowledge_date: _date_pb2.Date
    acknowledge_due_date: _date_pb2.Date
    stands_from_date: _date_pb2.Date
    stands: bool
    reported: bool
    state: ApproachChange.State
    end_words: str
    ended_by: str
    end_time: _timestamp_pb2.Timestamp
    superseded_by: str
    etag: str
    def __init__(self, name: _Optional[str] = ..., concerns: _Optional[_Iterable[str]] = ..., from_approach: _Optional[_Union[ApproachChange.Approach, str]] = ..., to_approach: _Optional[_Union[ApproachChange.Approach, str]] = ..., expectation: _Optional[str] = ..., because: _Optional[str] = ..., evidence: _Optional[_Iterable[str]] = ..., skip_because: _Optional[str] = ..., discussed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., session: _Optional[str] = ..., actions: _Optional[_Iterable[str]] = ..., how: _Optional[_Union[ApproachChange.How, str]] = ..., serve_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., served_by: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., acknowledge_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., acknowledge_due_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., stands_from_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., stands: _Optional[bool] = ..., reported: _Optional[bool] = ..., state: _Optional[_Union[ApproachChange.State, str]] = ..., end_words: _Optional[str] = ..., ended_by: _Optional[str] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., superseded_by: _Optional[str] = ..., etag: _Optional[str] = ...) -> None: ...

class ChangeApproachRequest(_message.Message):
    __slots__ = ("parent", "concerns", "to_approach", "expectation", "because", "evidence", "skip_because", "discussed_date", "session", "actions", "how", "reported_serve_date", "reported_acknowledge_date", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    TO_APPROACH_FIELD_NUMBER: _ClassVar[int]
    EXPECTATION_FIELD_NUMBER: _ClassVar[int]
    BECAUSE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    SKIP_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    DISCUSSED_DATE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    HOW_FIELD_NUMBER: _ClassVar[int]
    REPORTED_SERVE_DATE_FIELD_NUMBER: _ClassVar[int]
    REPORTED_ACKNOWLEDGE_DATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    concerns: _containers.RepeatedScalarFieldContainer[str]
    to_approach: ApproachChange.Approach
    expectation: str
    because: str
    evidence: _containers.RepeatedScalarFieldContainer[str]
    skip_because: str
    discussed_date: _date_pb2.Date
    session: str
    actions: _containers.RepeatedScalarFieldContainer[str]
    how: ApproachChange.How
    reported_serve_date: _date_pb2.Date
    reported_acknowledge_date: _date_pb2.Date
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., concerns: _Optional[_Iterable[str]] = ..., to_approach: _Optional[_Union[ApproachChange.Approach, str]] = ..., expectation: _Optional[str] = ..., because: _Optional[str] = ..., evidence: _Optional[_Iterable[str]] = ..., skip_because: _Optional[str] = ..., discussed_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., session: _Optional[str] = ..., actions: _Optional[_Iterable[str]] = ..., how: _Optional[_Union[ApproachChange.How, str]] = ..., reported_serve_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reported_acknowledge_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class AcknowledgeApproachRequest(_message.Message):
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

class EndApproachRequest(_message.Message):
    __slots__ = ("name", "outcome", "words", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    WORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    outcome: ApproachChange.State
    words: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., outcome: _Optional[_Union[ApproachChange.State, str]] = ..., words: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...
