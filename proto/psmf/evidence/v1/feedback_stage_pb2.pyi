from google.type import date_pb2 as _date_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FeedbackStage(_message.Message):
    __slots__ = ("stage", "send_date")
    class Stage(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STAGE_UNSPECIFIED: _ClassVar[FeedbackStage.Stage]
        STAGE_RECEIVED: _ClassVar[FeedbackStage.Stage]
        STAGE_READ: _ClassVar[FeedbackStage.Stage]
        STAGE_TALKED_ABOUT: _ClassVar[FeedbackStage.Stage]
        STAGE_FINISHED: _ClassVar[FeedbackStage.Stage]
    STAGE_UNSPECIFIED: FeedbackStage.Stage
    STAGE_RECEIVED: FeedbackStage.Stage
    STAGE_READ: FeedbackStage.Stage
    STAGE_TALKED_ABOUT: FeedbackStage.Stage
    STAGE_FINISHED: FeedbackStage.Stage
    STAGE_FIELD_NUMBER: _ClassVar[int]
    SEND_DATE_FIELD_NUMBER: _ClassVar[int]
    stage: FeedbackStage.Stage
    send_date: _date_pb2.Date
    def __init__(self, stage: _Optional[_Union[FeedbackStage.Stage, str]] = ..., send_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...
