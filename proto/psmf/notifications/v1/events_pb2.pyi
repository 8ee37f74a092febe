import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from psmf.notifications.v1 import notifications_pb2 as _notifications_pb2
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
    __slots__ = ("safeguarder_id", "alert_id", "concern_id", "owner", "next_date", "act", "follows")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEXT_DATE_FIELD_NUMBER: _ClassVar[int]
    ACT_FIELD_NUMBER: _ClassVar[int]
    FOLLOWS_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    alert_id: str
    concern_id: str
    owner: str
    next_date: _date_pb2.Date
    act: Act
    follows: bool
    def __init__(self, safeguarder_id: _Optional[str] = ..., alert_id: _Optional[str] = ..., concern_id: _Optional[str] = ..., owner: _Optional[str] = ..., next_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., act: _Optional[_Union[Act, _Mapping]] = ..., follows: _Optional[bool] = ...) -> None: ...

class AlertSnoozed(_message.Message):
    __slots__ = ("safeguarder_id", "alert_id", "concern_id", "owner", "next_date", "reason", "act")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEXT_DATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ACT_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    alert_id: str
    concern_id: str
    owner: str
    next_date: _date_pb2.Date
    reason: _notifications_pb2.AlertReason
    act: Act
    def __init__(self, safeguarder_id: _Optional[str] = ..., alert_id: _Optional[str] = ..., concern_id: _Optional[str] = ..., owner: _Optional[str] = ..., next_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., reason: _Optional[_Union[_notifications_pb2.AlertReason, str]] = ..., act: _Optional[_Union[Act, _Mapping]] = ...) -> None: ...

class AlertResolved(_message.Message):
    __slots__ = ("safeguarder_id", "alert_id", "concern_id", "outcome", "act", "follows", "owner", "next_date")
    SAFEGUARDER_ID_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    CONCERN_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ACT_FIELD_NUMBER: _ClassVar[int]
    FOLLOWS_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    NEXT_DATE_FIELD_NUMBER: _ClassVar[int]
    safeguarder_id: str
    alert_id: str
    concern_id: str
    outcome: _notifications_pb2.AlertReason
    act: Act
    follows: bool
    owner: str
    next_date: _date_pb2.Date
    def __init__(self, safeguarder_id: _Optional[str] = ..., alert_id: _Optional[str] = ..., concern_id: _Optional[str] = ..., outcome: _Optional[_Union[_notifications_pb2.AlertReason, str]] = ..., act: _Optional[_Union[Act, _Mapping]] = ..., follows: _Optional[bool] = ..., owner: _Optional[str] = ..., next_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class Act(_message.Message):
    __slots__ = ("person", "time")
    PERSON_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    person: str
    time: _timestamp_pb2.Timestamp
    def __init__(self, person: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
