from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListReviewersRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListReviewersResponse(_message.Message):
    __slots__ = ("reviewers",)
    REVIEWERS_FIELD_NUMBER: _ClassVar[int]
    reviewers: _containers.RepeatedCompositeFieldContainer[Reviewer]
    def __init__(self, reviewers: _Optional[_Iterable[_Union[Reviewer, _Mapping]]] = ...) -> None: ...

class Reviewer(_message.Message):
    __slots__ = ("person", "level", "bars")
    class Bar(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        BAR_UNSPECIFIED: _ClassVar[Reviewer.Bar]
        BAR_LEVEL: _ClassVar[Reviewer.Bar]
        BAR_MANAGER: _ClassVar[Reviewer.Bar]
        BAR_TOOK_PART: _ClassVar[Reviewer.Bar]
        BAR_DID_NOT_ACCEPT: _ClassVar[Reviewer.Bar]
        BAR_LINK: _ClassVar[Reviewer.Bar]
    BAR_UNSPECIFIED: Reviewer.Bar
    BAR_LEVEL: Reviewer.Bar
    BAR_MANAGER: Reviewer.Bar
    BAR_TOOK_PART: Reviewer.Bar
    BAR_DID_NOT_ACCEPT: Reviewer.Bar
    BAR_LINK: Reviewer.Bar
    PERSON_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    BARS_FIELD_NUMBER: _ClassVar[int]
    person: str
    level: int
    bars: _containers.RepeatedScalarFieldContainer[Reviewer.Bar]
    def __init__(self, person: _Optional[str] = ..., level: _Optional[int] = ..., bars: _Optional[_Iterable[_Union[Reviewer.Bar, str]]] = ...) -> None: ...
