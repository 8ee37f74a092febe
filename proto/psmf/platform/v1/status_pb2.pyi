import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetStatusRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Status(_message.Message):
    __slots__ = ("service", "version", "time", "outbox_position", "sources", "dead", "figures", "facts", "clock_step_time", "clock_step_seconds", "storage_fault", "last_commit_time", "last_refusal", "last_refusal_time")
    class FiguresEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    class FactsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    OUTBOX_POSITION_FIELD_NUMBER: _ClassVar[int]
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    DEAD_FIELD_NUMBER: _ClassVar[int]
    FIGURES_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    CLOCK_STEP_TIME_FIELD_NUMBER: _ClassVar[int]
    CLOCK_STEP_SECONDS_FIELD_NUMBER: _ClassVar[int]
    STORAGE_FAULT_FIELD_NUMBER: _ClassVar[int]
    LAST_COMMIT_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_REFUSAL_FIELD_NUMBER: _ClassVar[int]
    LAST_REFUSAL_TIME_FIELD_NUMBER: _ClassVar[int]
    service: str
    version: str
    time: _timestamp_pb2.Timestamp
    outbox_position: int
    sources: _containers.RepeatedCompositeFieldContainer[SourceStatus]
    dead: int
    figures: _containers.ScalarMap[str, int]
    facts: _containers.ScalarMap[str, str]
    clock_step_time: _timestamp_pb2.Timestamp
    clock_step_seconds: int
    storage_fault: str
    last_commit_time: _timestamp_pb2.Timestamp
    last_refusal: str
    last_refusal_time: _timestamp_pb2.Timestamp
    def __init__(self, service: _Optional[str] = ..., version: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., outbox_position: _Optional[int] = ..., sources: _Optional[_Iterable[_Union[SourceStatus, _Mapping]]] = ..., dead: _Optional[int] = ..., figures: _Optional[_Mapping[str, int]] = ..., facts: _Optional[_Mapping[str, str]] = ..., clock_step_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., clock_step_seconds: _Optional[int] = ..., storage_fault: _Optional[str] = ..., last_commit_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_refusal: _Optional[str] = ..., last_refusal_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SourceStatus(_message.Message):
    __slots__ = ("source", "position", "head_position", "connected", "fault", "unknown", "gap_events", "gap_position")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    HEAD_POSITION_FIELD_NUMBER: _ClassVar[int]
    CONNECTED_FIELD_NUMBER: _ClassVar[int]
    FAULT_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    GAP_EVENTS_FIELD_NUMBER: _ClassVar[int]
    GAP_POSITION_FIELD_NUMBER: _ClassVar[int]
    source: str
    position: int
    head_position: int
    connected: bool
    fault: str
    unknown: int
    gap_events: int
    gap_position: int
    def __init__(self, source: _Optional[str] = ..., position: _Optional[int] = ..., head_position: _Optional[int] = ..., connected: _Optional[bool] = ..., fault: _Optional[str] = ..., unknown: _Optional[int] = ..., gap_events: _Optional[int] = ..., gap_position: _Optional[int] = ...) -> None: ...
