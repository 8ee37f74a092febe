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

class NotCovered(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOT_COVERED_UNSPECIFIED: _ClassVar[NotCovered]
    NOT_COVERED_LISTS_ACROSS: _ClassVar[NotCovered]
    NOT_COVERED_CHANGES: _ClassVar[NotCovered]
    NOT_COVERED_OPERATION: _ClassVar[NotCovered]
    NOT_COVERED_OWN: _ClassVar[NotCovered]
NOT_COVERED_UNSPECIFIED: NotCovered
NOT_COVERED_LISTS_ACROSS: NotCovered
NOT_COVERED_CHANGES: NotCovered
NOT_COVERED_OPERATION: NotCovered
NOT_COVERED_OWN: NotCovered

class ListReadsRequest(_message.Message):
    __slots__ = ("parent", "include_own", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_OWN_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    include_own: bool
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., include_own: _Optional[bool] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListReadsResponse(_message.Message):
    __slots__ = ("reads", "next_page_token", "not_covered")
    READS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    NOT_COVERED_FIELD_NUMBER: _ClassVar[int]
    reads: _containers.RepeatedCompositeFieldContainer[Read]
    next_page_token: str
    not_covered: _containers.RepeatedScalarFieldContainer[NotCovered]
    def __init__(self, reads: _Optional[_Iterable[_Union[Read, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., not_covered: _Optional[_Iterable[_Union[NotCovered, str]]] = ...) -> None: ...

class Read(_message.Message):
    __slots__ = ("read_time", "reader", "role", "records", "right", "for_whom")
    class Right(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        RIGHT_UNSPECIFIED: _ClassVar[Read.Right]
        RIGHT_OWN: _ClassVar[Read.Right]
        RIGHT_ALLOCATED: _ClassVar[Read.Right]
        RIGHT_DELEGATED: _ClassVar[Read.Right]
        RIGHT_ROLE: _ClassVar[Read.Right]
    RIGHT_UNSPECIFIED: Read.Right
    RIGHT_OWN: Read.Right
    RIGHT_ALLOCATED: Read.Right
    RIGHT_DELEGATED: Read.Right
    RIGHT_ROLE: Read.Right
    READ_TIME_FIELD_NUMBER: _ClassVar[int]
    READER_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    RIGHT_FIELD_NUMBER: _ClassVar[int]
    FOR_WHOM_FIELD_NUMBER: _ClassVar[int]
    read_time: _timestamp_pb2.Timestamp
    reader: str
    role: str
    records: str
    right: Read.Right
    for_whom: str
    def __init__(self, read_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., reader: _Optional[str] = ..., role: _Optional[str] = ..., records: _Optional[str] = ..., right: _Optional[_Union[Read.Right, str]] = ..., for_whom: _Optional[str] = ...) -> None: ...
