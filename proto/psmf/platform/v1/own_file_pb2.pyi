import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import any_pb2 as _any_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from psmf.platform.v1 import method_pb2 as _method_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Ground(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GROUND_UNSPECIFIED: _ClassVar[Ground]
    GROUND_NOT_SHARED: _ClassVar[Ground]
    GROUND_WAITS_FOR_A_LOOK: _ClassVar[Ground]
    GROUND_ABOUT_OTHERS: _ClassVar[Ground]
    GROUND_NAMED_PERSON_FIRST: _ClassVar[Ground]
    GROUND_ASK_THE_TEAM: _ClassVar[Ground]

class NotCovered(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOT_COVERED_UNSPECIFIED: _ClassVar[NotCovered]
    NOT_COVERED_LISTS_ACROSS: _ClassVar[NotCovered]
    NOT_COVERED_CHANGES: _ClassVar[NotCovered]
    NOT_COVERED_OPERATION: _ClassVar[NotCovered]
    NOT_COVERED_OWN: _ClassVar[NotCovered]
GROUND_UNSPECIFIED: Ground
GROUND_NOT_SHARED: Ground
GROUND_WAITS_FOR_A_LOOK: Ground
GROUND_ABOUT_OTHERS: Ground
GROUND_NAMED_PERSON_FIRST: Ground
GROUND_ASK_THE_TEAM: Ground
NOT_COVERED_UNSPECIFIED: NotCovered
NOT_COVERED_LISTS_ACROSS: NotCovered
NOT_COVERED_CHANGES: NotCovered
NOT_COVERED_OPERATION: NotCovered
NOT_COVERED_OWN: NotCovered

class ExportMyFileRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ExportMyFileResponse(_message.Message):
    __slots__ = ("record", "end")
    RECORD_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    record: FileRecord
    end: FileEnd
    def __init__(self, record: _Optional[_Union[FileRecord, _Mapping]] = ..., end: _Optional[_Union[FileEnd, _Mapping]] = ...) -> None: ...

class FileRecord(_message.Message):
    __slots__ = ("method", "record", "withheld")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    WITHHELD_FIELD_NUMBER: _ClassVar[int]
    method: str
    record: _any_pb2.Any
    withheld: _containers.RepeatedCompositeFieldContainer[WithheldField]
    def __init__(self, method: _Optional[str] = ..., record: _Optional[_Union[_any_pb2.Any, _Mapping]] = ..., withheld: _Optional[_Iterable[_Union[WithheldField, _Mapping]]] = ...) -> None: ...

class WithheldField(_message.Message):
    __slots__ = ("field", "ground")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    field: str
    ground: Ground
    def __init__(self, field: _Optional[str] = ..., ground: _Optional[_Union[Ground, str]] = ...) -> None: ...

class FileEnd(_message.Message):
    __slots__ = ("records", "methods", "left_out")
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    METHODS_FIELD_NUMBER: _ClassVar[int]
    LEFT_OUT_FIELD_NUMBER: _ClassVar[int]
    records: int
    methods: _containers.RepeatedScalarFieldContainer[str]
    left_out: _containers.RepeatedCompositeFieldContainer[LeftOut]
    def __init__(self, records: _Optional[int] = ..., methods: _Optional[_Iterable[str]] = ..., left_out: _Optional[_Iterable[_Union[LeftOut, _Mapping]]] = ...) -> None: ...

class LeftOut(_message.Message):
    __slots__ = ("what", "ground")
    WHAT_FIELD_NUMBER: _ClassVar[int]
    GROUND_FIELD_NUMBER: _ClassVar[int]
    what: str
    ground: Ground
    def __init__(self, what: _Optional[str] = ..., ground: _Optional[_Union[Ground, str]] = ...) -> None: ...

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
        RIGHT_EMERGENCY: _ClassVar[Read.Right]
    RIGHT_UNSPECIFIED: Read.Right
    RIGHT_OWN: Read.Right
    RIGHT_ALLOCATED: Read.Right
    RIGHT_DELEGATED: Read.Right
    RIGHT_ROLE: Read.Right
    RIGHT_EMERGENCY: Read.Right
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
