import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListAuditEntriesRequest(_message.Message):
    __slots__ = ("parent", "caller", "method", "from_time", "to_time", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    CALLER_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    TO_TIME_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    caller: str
    method: str
    from_time: _timestamp_pb2.Timestamp
    to_time: _timestamp_pb2.Timestamp
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., caller: _Optional[str] = ..., method: _Optional[str] = ..., from_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., to_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAuditEntriesResponse(_message.Message):
    __slots__ = ("entries", "next_page_token")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[AuditEntry]
    next_page_token: str
    def __init__(self, entries: _Optional[_Iterable[_Union[AuditEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class AuditEntry(_message.Message):
    __slots__ = ("call_time", "caller", "role", "method", "outcome", "people", "relation", "for_whom", "position", "note")
    class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OUTCOME_UNSPECIFIED: _ClassVar[AuditEntry.Outcome]
        OUTCOME_DONE: _ClassVar[AuditEntry.Outcome]
        OUTCOME_TRIAL: _ClassVar[AuditEntry.Outcome]
        OUTCOME_REPEAT: _ClassVar[AuditEntry.Outcome]
        OUTCOME_DENIED: _ClassVar[AuditEntry.Outcome]
        OUTCOME_REFUSED: _ClassVar[AuditEntry.Outcome]
        OUTCOME_NOTED: _ClassVar[AuditEntry.Outcome]
    OUTCOME_UNSPECIFIED: AuditEntry.Outcome
    OUTCOME_DONE: AuditEntry.Outcome
    OUTCOME_TRIAL: AuditEntry.Outcome
    OUTCOME_REPEAT: AuditEntry.Outcome
    OUTCOME_DENIED: AuditEntry.Outcome
    OUTCOME_REFUSED: AuditEntry.Outcome
    OUTCOME_NOTED: AuditEntry.Outcome
    CALL_TIME_FIELD_NUMBER: _ClassVar[int]
    CALLER_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PEOPLE_FIELD_NUMBER: _ClassVar[int]
    RELATION_FIELD_NUMBER: _ClassVar[int]
    FOR_WHOM_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    call_time: _timestamp_pb2.Timestamp
    caller: str
    role: str
    method: str
    outcome: AuditEntry.Outcome
    people: _containers.RepeatedScalarFieldContainer[str]
    relation: str
    for_whom: str
    position: int
    note: str
    def __init__(self, call_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., caller: _Optional[str] = ..., role: _Optional[str] = ..., method: _Optional[str] = ..., outcome: _Optional[_Union[AuditEntry.Outcome, str]] = ..., people: _Optional[_Iterable[str]] = ..., relation: _Optional[str] = ..., for_whom: _Optional[str] = ..., position: _Optional[int] = ..., note: _Optional[str] = ...) -> None: ...

class CheckAuditRequest(_message.Message):
    __slots__ = ("checkpoints",)
    CHECKPOINTS_FIELD_NUMBER: _ClassVar[int]
    checkpoints: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, checkpoints: _Optional[_Iterable[str]] = ...) -> None: ...

class CheckAuditResponse(_message.Message):
    __slots__ = ("origin", "rows", "first_time", "unchained", "unchained_from_time", "unchained_to_time", "uncounted", "checkpoint_time", "restored_rows", "findings")
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    FIRST_TIME_FIELD_NUMBER: _ClassVar[int]
    UNCHAINED_FIELD_NUMBER: _ClassVar[int]
    UNCHAINED_FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    UNCHAINED_TO_TIME_FIELD_NUMBER: _ClassVar[int]
    UNCOUNTED_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_TIME_FIELD_NUMBER: _ClassVar[int]
    RESTORED_ROWS_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    origin: str
    rows: int
    first_time: _timestamp_pb2.Timestamp
    unchained: int
    unchained_from_time: _timestamp_pb2.Timestamp
    unchained_to_time: _timestamp_pb2.Timestamp
    uncounted: int
    checkpoint_time: _timestamp_pb2.Timestamp
    restored_rows: int
    findings: _containers.RepeatedCompositeFieldContainer[AuditFinding]
    def __init__(self, origin: _Optional[str] = ..., rows: _Optional[int] = ..., first_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., unchained: _Optional[int] = ..., unchained_from_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., unchained_to_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., uncounted: _Optional[int] = ..., checkpoint_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., restored_rows: _Optional[int] = ..., findings: _Optional[_Iterable[_Union[AuditFinding, _Mapping]]] = ...) -> None: ...

class AuditFinding(_message.Message):
    __slots__ = ("fault", "first_position", "last_position", "time")
    class Fault(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        FAULT_UNSPECIFIED: _ClassVar[AuditFinding.Fault]
        FAULT_CHANGED: _ClassVar[AuditFinding.Fault]
        FAULT_REMOVED: _ClassVar[AuditFinding.Fault]
        FAULT_ADDED: _ClassVar[AuditFinding.Fault]
        FAULT_REORDERED: _ClassVar[AuditFinding.Fault]
        FAULT_CUT_OFF: _ClassVar[AuditFinding.Fault]
        FAULT_REWRITTEN: _ClassVar[AuditFinding.Fault]
        FAULT_UNCHAINED_CHANGED: _ClassVar[AuditFinding.Fault]
        FAULT_CHECKPOINT_MISSING: _ClassVar[AuditFinding.Fault]
        FAULT_CHECKPOINT_FORGED: _ClassVar[AuditFinding.Fault]
        FAULT_OTHER_DATABASE: _ClassVar[AuditFinding.Fault]
    FAULT_UNSPECIFIED: AuditFinding.Fault
    FAULT_CHANGED: AuditFinding.Fault
    FAULT_REMOVED: AuditFinding.Fault
    FAULT_ADDED: AuditFinding.Fault
    FAULT_REORDERED: AuditFinding.Fault
    FAULT_CUT_OFF: AuditFinding.Fault
    FAULT_REWRITTEN: AuditFinding.Fault
    FAULT_UNCHAINED_CHANGED: AuditFinding.Fault
    FAULT_CHECKPOINT_MISSING: AuditFinding.Fault
    FAULT_CHECKPOINT_FORGED: AuditFinding.Fault
    FAULT_OTHER_DATABASE: AuditFinding.Fault
    FAULT_FIELD_NUMBER: _ClassVar[int]
    FIRST_POSITION_FIELD_NUMBER: _ClassVar[int]
    LAST_POSITION_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    fault: AuditFinding.Fault
    first_position: int
    last_position: int
    time: _timestamp_pb2.Timestamp
    def __init__(self, fault: _Optional[_Union[AuditFinding.Fault, str]] = ..., first_position: _Optional[int] = ..., last_position: _Optional[int] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetCheckpointsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Checkpoints(_message.Message):
    __slots__ = ("newest", "kept")
    NEWEST_FIELD_NUMBER: _ClassVar[int]
    KEPT_FIELD_NUMBER: _ClassVar[int]
    newest: str
    kept: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, newest: _Optional[str] = ..., kept: _Optional[_Iterable[str]] = ...) -> None: ...
