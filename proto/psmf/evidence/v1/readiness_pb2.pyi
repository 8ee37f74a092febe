from google.type import date_pb2 as _date_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReadinessLine(_message.Message):
    __slots__ = ("what", "about", "date", "too_late")
    class What(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WHAT_UNSPECIFIED: _ClassVar[ReadinessLine.What]
        WHAT_OPEN_ACTION: _ClassVar[ReadinessLine.What]
        WHAT_SUPPORT_OWED: _ClassVar[ReadinessLine.What]
        WHAT_REPLY_RUNS: _ClassVar[ReadinessLine.What]
        WHAT_TRAINING_NOT_SHOWN: _ClassVar[ReadinessLine.What]
        WHAT_SAMPLES_SHORT: _ClassVar[ReadinessLine.What]
        WHAT_RAISED_TOO_LATE: _ClassVar[ReadinessLine.What]
        WHAT_REVIEW_OPEN: _ClassVar[ReadinessLine.What]
    WHAT_UNSPECIFIED: ReadinessLine.What
    WHAT_OPEN_ACTION: ReadinessLine.What
    WHAT_SUPPORT_OWED: ReadinessLine.What
    WHAT_REPLY_RUNS: ReadinessLine.What
    WHAT_TRAINING_NOT_SHOWN: ReadinessLine.What
    WHAT_SAMPLES_SHORT: ReadinessLine.What
    WHAT_RAISED_TOO_LATE: ReadinessLine.What
    WHAT_REVIEW_OPEN: ReadinessLine.What
    WHAT_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    TOO_LATE_FIELD_NUMBER: _ClassVar[int]
    what: ReadinessLine.What
    about: str
    date: _date_pb2.Date
    too_late: bool
    def __init__(self, what: _Optional[_Union[ReadinessLine.What, str]] = ..., about: _Optional[str] = ..., date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., too_late: _Optional[bool] = ...) -> None: ...
