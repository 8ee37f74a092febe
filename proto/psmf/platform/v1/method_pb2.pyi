from google.protobuf import descriptor_pb2 as _descriptor_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DataClass(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DATA_CLASS_UNSPECIFIED: _ClassVar[DataClass]
    DATA_CLASS_OPEN: _ClassVar[DataClass]
    DATA_CLASS_OPAQUE: _ClassVar[DataClass]
    DATA_CLASS_PERSONAL: _ClassVar[DataClass]
    DATA_CLASS_SENSITIVE: _ClassVar[DataClass]

class Effect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EFFECT_UNSPECIFIED: _ClassVar[Effect]
    EFFECT_READ: _ClassVar[Effect]
    EFFECT_WRITE: _ClassVar[Effect]
DATA_CLASS_UNSPECIFIED: DataClass
DATA_CLASS_OPEN: DataClass
DATA_CLASS_OPAQUE: DataClass
DATA_CLASS_PERSONAL: DataClass
DATA_CLASS_SENSITIVE: DataClass
EFFECT_UNSPECIFIED: Effect
EFFECT_READ: Effect
EFFECT_WRITE: Effect
RULES_FIELD_NUMBER: _ClassVar[int]
rules: _descriptor.FieldDescriptor

class MethodRules(_message.Message):
    __slots__ = ("effect", "data_class", "deadline_seconds")
    EFFECT_FIELD_NUMBER: _ClassVar[int]
    DATA_CLASS_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    effect: Effect
    data_class: DataClass
    deadline_seconds: int
    def __init__(self, effect: _Optional[_Union[Effect, str]] = ..., data_class: _Optional[_Union[DataClass, str]] = ..., deadline_seconds: _Optional[int] = ...) -> None: ...
