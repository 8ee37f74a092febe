import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReadFeedRequest(_message.Message):
    __slots__ = ("after_position", "consumer")
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    CONSUMER_FIELD_NUMBER: _ClassVar[int]
    after_position: int
    consumer: str
    def __init__(self, after_position: _Optional[int] = ..., consumer: _Optional[str] = ...) -> None: ...

class FeedBatch(_message.Message):
    __slots__ = ("events", "head_position", "origin")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    HEAD_POSITION_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[FeedEvent]
    head_position: int
    origin: str
    def __init__(self, events: _Optional[_Iterable[_Union[FeedEvent, _Mapping]]] = ..., head_position: _Optional[int] = ..., origin: _Optional[str] = ...) -> None: ...

class FeedEvent(_message.Message):
    __slots__ = ("position", "id", "type", "source", "key", "key_sequence", "time", "traceparent", "data")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    KEY_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    position: int
    id: str
    type: str
    source: str
    key: str
    key_sequence: int
    time: _timestamp_pb2.Timestamp
    traceparent: str
    data: bytes
    def __init__(self, position: _Optional[int] = ..., id: _Optional[str] = ..., type: _Optional[str] = ..., source: _Optional[str] = ..., key: _Optional[str] = ..., key_sequence: _Optional[int] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., traceparent: _Optional[str] = ..., data: _Optional[bytes] = ...) -> None: ...
