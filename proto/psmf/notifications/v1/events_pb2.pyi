from google.type import date_pb2 as _date_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AlertOpened(_message.Message):
    __slots__ = ("safeguarder_id", "alert_id", "concern_id", "lane")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    LANE_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    alert_id: str
    concern_id: str
    lane: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., alert_id: _Optional[str] = ..., concern_id: _Optional[str] = ..., lane: _Optional[str] = ...) -> None: ...

class AlertAcknowledged(_message.Message):
    __slots__ = ("safeguarder_id", "alert_id", "concern_id", "owner", "next_date")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEXT_DATE_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    alert_id: str
    concern_id: str
    owner: str
    next_date: _date_pb2.Date
    def __init__(self, safeguarder_id: _Optional[str] = ..., alert_id: _Optional[str] = ..., concern_id: _Optional[str] = ..., owner: _Optional[str] = ..., next_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class AlertResolved(_message.Message):
    __slots__ = ("safeguarder_id", "alert_id", "concern_id")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    alert_id: str
    concern_id: str
    def __init__(self, safeguarder_id: _Optional[str] = ..., alert_id: _Optional[str] = ..., concern_id: _Optional[str] = ...) -> None: ...
