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

class TimeAwayKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TIME_AWAY_KIND_UNSPECIFIED: _ClassVar[TimeAwayKind]
    TIME_AWAY_KIND_LEAVE: _ClassVar[TimeAwayKind]
    TIME_AWAY_KIND_SUSPENSION: _ClassVar[TimeAwayKind]
TIME_AWAY_KIND_UNSPECIFIED: TimeAwayKind
TIME_AWAY_KIND_LEAVE: TimeAwayKind
TIME_AWAY_KIND_SUSPENSION: TimeAwayKind

class TimeAway(_message.Message):
    __slots__ = ("name", "kind", "start_date", "end_date", "cancelled", "record_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: TimeAwayKind
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    cancelled: bool
    record_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[TimeAwayKind, str]] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., cancelled: _Optional[bool] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RecordTimeAwayRequest(_message.Message):
    __slots__ = ("parent", "time_away_id", "kind", "start_date", "end_date", "cancelled", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    TIME_AWAY_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    time_away_id: str
    kind: TimeAwayKind
    start_date: _date_pb2.Date
    end_date: _date_pb2.Date
    cancelled: bool
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., time_away_id: _Optional[str] = ..., kind: _Optional[_Union[TimeAwayKind, str]] = ..., start_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., cancelled: _Optional[bool] = ..., request_id: _Optional[str] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ListTimesAwayRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ListTimesAwayResponse(_message.Message):
    __slots__ = ("times_away",)
    TIMES_AWAY_FIELD_NUMBER: _ClassVar[int]
    times_away: _containers.RepeatedCompositeFieldContainer[TimeAway]
    def __init__(self, times_away: _Optional[_Iterable[_Union[TimeAway, _Mapping]]] = ...) -> None: ...
